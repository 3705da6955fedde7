"""What follows from the claims, in every form and in a real Chromium: rows, schemas, hostile text, both looks, narrow and wide, keys."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import lxml.html
import pytest
from starlette.testclient import TestClient

from counterclaim.config import Settings
from counterclaim.web.app import Serving
from tests.web.asking import client
from tests.web.chromium import chromium, paths, set_dark, set_width

LISTS = ("board", "map", "timeline", "promises", "tolls", "amounts", "stories", "versions", "lineage")
WITH_ITEMS = ("board", "promises", "tolls", "stories", "lineage")
TAGS = frozenset(
    "html head meta title link script body a header div svg g path rect circle text span form label input button nav ul ol li main h1 h2 h3 h4 p b br dl dt dd "
    "section article table caption thead tbody tr th td blockquote bdi details summary footer select option figure figcaption".split()
)
needs_browser = pytest.mark.skipif(
    paths() is None or importlib.util.find_spec("selenium") is None,
    reason="no Chromium with its driver and selenium; on Debian: apt-get install chromium chromium-driver",
)


def items(asking: TestClient, most: int = 1000) -> list[str]:
    """The things that the lists lead to."""
    return [at for name in WITH_ITEMS for at in dict.fromkeys(row["at"] for row in asking.get(f"/{name}.json?per={most}").json()["rows"])][:most]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_the_same_rows_as_csv_and_json(looking: TestClient, name: str) -> None:
    rows = looking.get(f"/{name}.json").json()["rows"]
    answer = looking.get(f"/{name}.csv")
    assert "attachment" in answer.headers["content-disposition"]
    lines = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert len(lines) == len(rows) > 0
    assert not any("Row(" in cell or "Line(" in cell for line in lines for cell in line.values())


@pytest.mark.parametrize("name", LISTS)
def test_the_state_is_in_the_address_of_every_download(looking: TestClient, name: str) -> None:
    query = {"board": "place=kibua", "map": "place=kibua", "tolls": "harm=killed", "lineage": "q=wire", "versions": "per=40"}.get(name, "since=2021-01-01")
    page = lxml.html.document_fromstring(looking.get(f"/{name}?{query}").text)
    assert {f"/{name}.csv?{query}", f"/{name}.json?{query}"} <= set(page.xpath("//nav[@class='downloads']//a/@href"))


def test_everything_is_json_as_it_is_described(looking: TestClient) -> None:
    described = looking.get("/openapi.json").json()
    for at in [*(f"/{name}" for name in LISTS), *items(looking, 200)]:
        got = looking.get(at, headers={"accept": "application/json"}).json()
        kind = f"{at}.json" if at[1:] in LISTS else f"/{at.split('/')[1]}/{{key}}.json"
        schema = described["paths"][kind]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema.validate(got, {**schema, "components": described["components"]})


def test_hostile_text_stays_text(hostile_record: Path) -> None:
    with client(hostile_record) as asking:
        pages = [*(f"/{name}?per=500" for name in LISTS), *items(asking)]
        assert len(pages) > 60
        for at in pages:
            answer = asking.get(at)
            assert answer.status_code == 200, at
            for element in lxml.html.document_fromstring(answer.text).iter():
                assert isinstance(element.tag, str), at
                assert element.tag.lower() in TAGS, (at, element.tag)
                for name, value in element.attrib.items():
                    assert not name.lower().startswith("on"), (at, name)
                    assert name.lower() not in {"style", "srcdoc", "srcset"}, (at, name)
                    if name in {"href", "src", "action"}:
                        assert value.startswith(("/", "#", "?")), (at, value)
                        assert not value.startswith("//"), (at, value)


def test_the_same_record_gives_the_same_bytes(demo: Path) -> None:
    asked = [*(f"/{name}.json" for name in LISTS), *(f"/{name}.csv" for name in LISTS)]
    with client(demo) as one, client(demo) as other:
        assert [one.get(at).content for at in asked] == [other.get(at).content for at in reversed(asked)][::-1]


@contextmanager
def served(record: Path) -> Iterator[Serving]:
    serving = Serving(record, Settings(reader="rules"))
    thread = threading.Thread(target=serving.run)
    thread.start()
    try:
        yield serving
    finally:
        serving.stop()
        thread.join()


@pytest.fixture(scope="module")
def face(demo: Path) -> Iterator[Serving]:
    with served(demo) as serving:
        yield serving


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as driver:
        yield driver


@pytest.fixture(scope="module")
def addresses(demo: Path) -> list[str]:
    """Each list, and one or two things of each sort."""
    with client(demo) as asking:
        leads = [row["at"] for name in WITH_ITEMS for row in asking.get(f"/{name}.json").json()["rows"][:1]]
    return [
        *(f"/{name}?per=8" for name in LISTS),
        "/board?place=panjshir&day=2021-09-06",
        "/map?place=panjshir&day=2021-09-06",
        "/tolls?house=ucdp",
        "/board?place=zz",
        *leads,
    ]


@pytest.mark.browser
@needs_browser
@pytest.mark.parametrize(("width", "dark"), [(360, False), (1280, True)], ids=["narrow in light", "wide in dark"])
def test_every_view_is_accessible_and_no_wider_than_its_screen(face: Serving, browser: Any, addresses: list[str], dark: bool, width: int) -> None:
    axe = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    set_dark(browser, dark)
    set_width(browser, width)
    browser.get_log("browser")
    for path in addresses:
        browser.get(face.address.rstrip("/") + path)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width, path
        browser.execute_script(axe)
        found = browser.execute_async_script("const done = arguments[0]; axe.run(document).then((result) => done(JSON.stringify(result.violations)));")
        told = [(one["id"], [node["html"][:200] for node in one["nodes"][:3]]) for one in json.loads(found)]
        assert told == [], (path, told)
    assert face.application.violations == []
    assert [line["message"] for line in browser.get_log("browser")] == []


@pytest.mark.browser
@needs_browser
def test_the_day_is_scrubbed_with_the_keys(face: Serving, browser: Any) -> None:
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.ui import WebDriverWait

    set_width(browser, 1280)
    browser.get(f"{face.address}board?place=panjshir&day=2021-09-06")
    slider = browser.find_element("id", "scrub")
    assert slider.get_attribute("aria-valuetext") == "2021-09-06"
    slider.send_keys(Keys.ARROW_LEFT)
    WebDriverWait(browser, 30).until(lambda driver: "day=2021-09-05" in driver.current_url)
    assert browser.find_element("id", "scrub-day").get_attribute("value") == "2021-09-05"
    assert "place=panjshir" in browser.current_url


@pytest.mark.browser
@needs_browser
def test_a_mark_on_the_map_is_reached_and_opened_with_the_keys(face: Serving, browser: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    browser.get(f"{face.address}map?place=panjshir&day=2021-09-06")
    mark = browser.find_element("css selector", ".earth a.dot:not(.several)")
    browser.execute_script("arguments[0].focus()", mark)
    assert browser.execute_script("return document.activeElement === arguments[0]", mark)
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    assert "/board/" in browser.current_url or "#place-" in browser.current_url


@pytest.mark.browser
@needs_browser
def test_on_paper_the_views_keep_their_content(face: Serving, browser: Any) -> None:
    for path, wanted in (("board", ".board td.now"), ("map", ".earth"), ("timeline", ".strip"), ("tolls", ".tolls td")):
        browser.get(f"{face.address}{path}")
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        try:
            assert browser.find_element("css selector", wanted).is_displayed()
            assert not browser.find_element("css selector", ".filters").is_displayed()
        finally:
            browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
