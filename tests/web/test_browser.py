"""The pages in a real Chromium: accessible in both looks, narrow and wide; nothing hostile runs; adding, filtering, downloading, keys."""

from __future__ import annotations

import importlib.util
import json
import os
import time
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from counterclaim.config import Settings
from counterclaim.record import Record
from counterclaim.web.app import Serving
from tests.web.asking import PAYLOADS, crawled, served
from tests.web.chromium import paths, set_dark, set_width

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(paths() is None, reason="no Chromium with its driver here; on Debian: apt-get install chromium chromium-driver"),
    pytest.mark.skipif(importlib.util.find_spec("selenium") is None, reason="selenium is not installed; pip install 'counterclaim[browser]'"),
]
TEXT = "Rebels captured the town of Arvad on Sunday, the governor said. Three soldiers were killed."
# Another axe-core to ask, where somebody has one.
AXE = Path(os.environ["COUNTERCLAIM_AXE"]) if "COUNTERCLAIM_AXE" in os.environ else None
# How long a page may take to show what it must: a slow machine, not a measure.
PATIENCE = 30.0


@pytest.fixture
def own(empty: Path) -> Iterator[Serving]:
    """A server of a record that may be changed."""
    with served(empty) as serving:
        yield serving


def until(question: Callable[[], Any]) -> Any:
    """What the question gives as soon as it gives anything."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := question():
            return found
        time.sleep(0.05)
    raise AssertionError("it did not come")


def press(browser: Any, by: str, what: str) -> None:
    """Press what leads to a page, and wait until it is another document: a form is sent after the press is answered."""
    from selenium.common.exceptions import StaleElementReferenceException

    page = browser.find_element("tag name", "html")
    browser.find_element(by, what).click()

    def is_gone() -> bool:
        try:
            return not page.is_enabled()
        except StaleElementReferenceException:
            return True

    until(is_gone)
    until(lambda: browser.execute_script("return document.readyState") == "complete")


@pytest.fixture(scope="module")
def every_page(looking: TestClient) -> list[str]:
    """One page of every sort that the route table has, lists no longer than a screen or two; and one that is not there."""
    quiet = next(one for one in looking.get("/review.json").json()["items"] if one["sort"] == "silent")
    missed = f"/missed/{quiet['at'].rpartition('/')[2]}?start={quiet['start']}&end={quiet['end']}&kind=offer"
    views = ("/board?place=panjshir&day=2021-09-06", "/board?place=zz", "/map?place=panjshir&day=2021-09-06", "/tolls?house=ucdp")
    found = [at for at in crawled(looking) if not at.startswith("/add/runs/")]
    return [*(at.replace("per=500", "per=8") for at in found), missed, *views, "/nothing"]


def errors(driver: Any) -> list[str]:
    """What the browser complained of; that a page is missing is no complaint of ours."""
    return [line["message"] for line in driver.get_log("browser") if "status of 4" not in line["message"]]


@pytest.mark.parametrize(("dark", "width"), [(False, 1280), (True, 360)], ids=["light and wide", "dark and narrow"])
def test_every_page_is_accessible_fits_its_screen_and_keeps_to_itself(shown: Serving, browser: Any, every_page: list[str], dark: bool, width: int) -> None:
    axe = AXE.read_text(encoding="utf-8") if AXE else files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    set_dark(browser, dark)
    set_width(browser, width)
    browser.get_log("browser")
    for path in every_page:
        browser.get(shown.address.rstrip("/") + path)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width, path
        fetched = browser.execute_script("return performance.getEntriesByType('resource').map((one) => one.name)")
        assert fetched
        assert all(one.startswith(shown.address) for one in fetched), fetched
        browser.execute_script(axe)
        found = browser.execute_async_script("const done = arguments[0]; axe.run(document).then((result) => done(JSON.stringify(result.violations)));")
        told = [(one["id"], [node["html"][:200] for node in one["nodes"][:3]]) for one in json.loads(found)]
        assert told == [], (path, told)
    assert shown.application.violations == []
    assert errors(browser) == []


def test_nothing_hostile_runs(hostile_record: Path, attacked: TestClient, browser: Any) -> None:
    browser.get_log("browser")
    with served(hostile_record) as serving:
        base = serving.address.rstrip("/")
        reports = [row["id"] for row in attacked.get("/reports.json?per=500").json()["rows"]][::6]
        seeds = [f"/review?report={quote(one, safe='')}" for one in reports[::2]] + [f"/search?q={quote(words)}" for words in PAYLOADS[::8]]
        paths = [at for at in crawled(attacked, seeds=seeds) if not at.startswith("/add/runs/")] + [f"/reports/{quote(one, safe='')}" for one in reports]
        for path in paths:
            browser.get(base + path)
            # An alert that something opened would make this raise.
            assert browser.execute_script("return window.ran === undefined && window.parent.ran === undefined"), path
            assert not browser.execute_script("return document.querySelectorAll('iframe, object, embed, base, style').length"), path
        assert serving.application.violations == []
    assert errors(browser) == []


def test_what_would_run_is_stopped_and_told(own: Serving, browser: Any) -> None:
    browser.get(own.address)
    browser.execute_script("document.querySelector('main').innerHTML = '<img src=/none onerror=\"window.ran=1\">'")
    assert "inline" in until(lambda: own.application.violations)[0]
    assert browser.execute_script("return window.ran === undefined")
    browser.get_log("browser")


def test_names_of_hostile_files_do_not_run_while_they_are_read(own: Serving, browser: Any, tmp_path: Path) -> None:
    folder = tmp_path / "hostile"
    folder.mkdir()
    for number, words in enumerate(PAYLOADS):
        name = f"{number} {words}".replace("/", "∕").replace("\x00", "")[:80]
        (folder / f"{name}.txt").write_text(f"{words} {TEXT}", encoding="utf-8")
    browser.get(f"{own.address}add")
    browser.find_element("id", "folder").send_keys(str(folder))
    press(browser, "css selector", "form[action='/add/folder'] button")
    until(lambda: browser.execute_script("return document.getElementById('state').textContent === 'done'"))
    assert len(browser.find_elements("css selector", "#steps tr")) == len(PAYLOADS)
    assert browser.execute_script("return window.ran === undefined")
    assert not browser.execute_script("return document.querySelectorAll('#steps script, #steps img, #steps svg, #steps iframe').length")
    assert own.application.violations == []


def test_a_text_is_pasted_read_and_found(own: Serving, browser: Any) -> None:
    set_width(browser, 1280)
    browser.get(own.address)
    press(browser, "link text", "Add reports")
    browser.find_element("id", "text").send_keys(TEXT)
    browser.find_element("id", "title").send_keys("Arvad falls")
    press(browser, "css selector", "form[action='/add/text'] button")
    until(lambda: browser.find_element("id", "after").is_displayed())
    press(browser, "link text", "Arvad falls")
    assert browser.find_element("css selector", "h1").text == "Arvad falls"
    marked = browser.find_elements("css selector", "mark")
    assert "".join(one.text for one in marked).startswith("Rebels captured")


def test_files_are_uploaded(own: Serving, browser: Any, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "two.txt").write_text(f"{TEXT} Again.", encoding="utf-8")
    browser.get(f"{own.address}add")
    browser.find_element("id", "files").send_keys(f"{tmp_path / 'one.txt'}\n{tmp_path / 'two.txt'}")
    press(browser, "css selector", "form[action='/add/files'] button")
    until(lambda: len(browser.find_elements("css selector", "#steps tr")) == 2)
    until(lambda: browser.find_element("id", "state").text == "done")


def test_a_list_is_filtered_and_what_is_shown_is_downloaded(shown: Serving, browser: Any, tmp_path: Path) -> None:
    from selenium.webdriver.support.select import Select

    set_width(browser, 1280)
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    browser.get(f"{shown.address}findings")
    Select(browser.find_element("id", "f-standing")).select_by_visible_text("disputed")
    press(browser, "css selector", ".filters button")
    until(lambda: browser.current_url.partition("?")[2].split("&")[0] == "standing=disputed")
    rows = browser.find_elements("css selector", "tbody tr")
    assert {row.find_element("css selector", ".standing").text for row in rows} == {"disputed"}
    browser.find_element("link text", "CSV").click()
    file = until(lambda: next(iter(tmp_path.glob("findings.csv")), None))
    assert len(until(lambda: file.read_text(encoding="utf-8")).splitlines()) == len(rows) + 1
    press(browser, "css selector", ".chosen a")
    assert browser.current_url == f"{shown.address}findings"


def test_from_a_finding_to_its_sentence_is_one_step(shown: Serving, browser: Any) -> None:
    browser.get(f"{shown.address}findings?standing=disputed")
    press(browser, "css selector", "tbody td:nth-child(2) a")
    quoted = browser.find_element("css selector", ".sentences blockquote a")
    words = quoted.text
    quoted.click()
    name = browser.current_url.partition("#")[2]
    found = browser.execute_script("const at = document.getElementById(arguments[0]); return at.nextElementSibling.textContent", name)
    assert " ".join(found.split()) in " ".join(words.split())


def test_the_reading_view_is_walked_by_keys(shown: Serving, browser: Any, demo: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    browser.get(f"{shown.address}reports/pj-wire-0904")
    body = browser.find_element("css selector", "body")
    body.send_keys("jj")
    assert browser.execute_script("return document.activeElement.dataset.claim") == "2"
    assert browser.execute_script("return document.querySelectorAll('mark.lit').length") > 0
    body.send_keys("k")
    at = browser.execute_script("return document.activeElement.dataset.at")
    assert browser.execute_script("return document.activeElement.dataset.claim") == "1"
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    until(lambda: browser.current_url.endswith(at))


def test_the_way_past_the_navigation_is_the_first_key(shown: Serving, browser: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    browser.get(shown.address)
    browser.find_element("css selector", "body").send_keys(Keys.TAB)
    first = browser.switch_to.active_element
    assert first.text == "Skip to the content"
    assert first.is_displayed()
    first.send_keys(Keys.ENTER)
    assert browser.execute_script("return document.activeElement.id") == "main"


def test_the_look_is_chosen_and_kept(shown: Serving, browser: Any) -> None:
    def ground() -> str:
        return str(browser.execute_script("return getComputedStyle(document.body).backgroundColor"))

    set_dark(browser, False)
    browser.get(f"{shown.address}findings?kind=control")
    light = ground()
    press(browser, "css selector", ".theme button[value=dark]")
    # The choice is a form and a redirect: the click returns before the page is there again.
    until(lambda: ground() != light)
    assert browser.current_url == f"{shown.address}findings?kind=control"
    browser.get(shown.address)
    assert ground() != light
    press(browser, "css selector", ".theme button[value=auto]")
    until(lambda: ground() == light)


def test_a_note_is_made_and_a_stale_page_is_told(own: Serving, browser: Any, empty: Path) -> None:
    with Record.open(empty, settings=Settings(reader="rules")) as record:
        from tests.store.factories import make_claim, make_report, received

        report = make_report()
        claim = make_claim(report)
        record.store.add(received(report), [claim], [])
    browser.get(f"{own.address}claims/{claim.key}")
    browser.switch_to.new_window("tab")
    browser.get(f"{own.address}claims/{claim.key}")
    for words in ("first", "second"):
        browser.find_element("id", "note").send_keys(words)
        browser.find_element("id", "by").send_keys("Ann")
        press(browser, "css selector", ".note button")
        if words == "first":
            assert "first" in browser.find_element("css selector", "#notes + .log").text
            browser.close()
            browser.switch_to.window(browser.window_handles[0])
    assert browser.find_element("css selector", "[role=alert]").text.startswith("409")


def test_on_paper_there_is_the_content_alone(shown: Serving, browser: Any) -> None:
    browser.get(f"{shown.address}findings")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert not browser.find_element("css selector", ".top").is_displayed()
        assert not browser.find_element("css selector", ".filters").is_displayed()
        assert browser.find_element("css selector", "tbody tr").is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def with_claims(path: Path) -> None:
    """Two claims on one report with silent sentences."""
    from counterclaim.core.claim import Fighting
    from counterclaim.core.mention import Mention
    from tests.store.factories import make_claim, make_report, received

    text = "Rebels took Arvad, the governor said. The road was quiet. Nobody else spoke."
    with Record.open(path, settings=Settings(reader="rules")) as record:
        report = make_report("a", text)
        record.store.add(received(report), [make_claim(report), make_claim(report, proposition=Fighting(place=(Mention("Arvad"),)))], [])


def states(browser: Any) -> list[str]:
    """What became of each claim in the queue, in its order."""
    found: list[str] = browser.execute_script("return [...document.querySelectorAll('.item.claim')].map((one) => one.dataset.state)")
    return found


def test_a_report_is_reviewed_by_keys_alone(own: Serving, browser: Any, empty: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    with_claims(empty)
    browser.get(f"{own.address}review")

    def press(*keys: str) -> None:
        for key in keys:
            browser.switch_to.active_element.send_keys(key)

    def at() -> str:
        return str(browser.execute_script("return document.activeElement.closest('.item')?.id"))

    first = at()
    press("j")
    assert at() != first
    press("k", "a")
    until(lambda: states(browser) == ["accepted", "open"])
    assert at() != first
    press("c")
    assert browser.switch_to.active_element.tag_name == "input"
    press("a town", Keys.ENTER)
    until(lambda: states(browser) == ["accepted", "corrected"])
    press("u")
    until(lambda: states(browser) == ["accepted", "open"])
    while at() != first:
        press("k")
    press("j", "r")
    press("no such claim", Keys.ENTER)
    until(lambda: states(browser) == ["accepted", "rejected"])
    assert "no such claim" in browser.find_element("css selector", ".item.rejected .deciding").text
    while "silent" not in browser.switch_to.active_element.get_attribute("class"):
        press("j")
    press("m")
    until(lambda: browser.find_elements("id", "choose"))
    press("fight", Keys.TAB, Keys.ENTER)
    until(lambda: browser.find_elements("id", "slot-sides"))
    press("Rebels", Keys.ENTER)
    until(lambda: browser.find_elements("css selector", ".item.added"))
    assert "3 of 3" in browser.find_element("css selector", ".standings-line").text
    assert own.application.violations == []


def test_a_reviewer_gives_a_name(own: Serving, browser: Any, empty: Path) -> None:
    with_claims(empty)
    browser.get(f"{own.address}review")
    field = browser.find_element("id", "by")
    field.clear()
    field.send_keys("Ann Ü")
    press(browser, "css selector", ".name button")
    press(browser, "css selector", ".item button[data-key=a]")
    assert "accepted by Ann Ü" in browser.find_element("css selector", ".item.accepted .deciding").text


def test_terms_are_written_a_line_each(own: Serving, browser: Any, empty: Path) -> None:
    from counterclaim.core.claim import Offer, Term
    from counterclaim.core.mention import Mention
    from tests.store.factories import make_claim, make_report, received

    text = "The front would stop the\nattacks if the Taliban left Panjshir. Nobody else spoke."
    terms = (Term("stop the\nattacks", places=(Mention("Panjshir"),)), Term("left", Mention("the Taliban")))
    with Record.open(empty, settings=Settings(reader="rules")) as record:
        report = make_report("a", text)
        record.store.add(received(report), [make_claim(report, proposition=Offer(asks=terms))], [])

    def asks() -> Any:
        browser.get(f"{own.address}review")
        browser.find_element("css selector", "summary[data-key=c]").click()
        return browser.find_element("css selector", "textarea[name=slot-asks]")

    assert asks().get_attribute("value") == "stop the attacks; where: Panjshir\nleft; who: the Taliban"
    press(browser, "css selector", ".correct button")
    until(lambda: ["nothing was corrected" in alert.text for alert in browser.find_elements("css selector", "[role=alert]")] == [True])
    asks().send_keys("\nspoke; who: Nobody else")
    press(browser, "css selector", ".correct button")
    until(lambda: states(browser) == ["corrected"])
    assert browser.find_element("css selector", ".filled .lines").text.splitlines()[2] == "spoke; who: Nobody else"
    with Record.open(empty) as record:
        [now] = record.claims()
    assert isinstance(now.proposition, Offer)
    assert now.proposition.asks == (*terms, Term("spoke", Mention("Nobody else")))


def test_words_selected_in_the_text_become_a_claim(own: Serving, browser: Any, empty: Path) -> None:
    with_claims(empty)
    browser.get(f"{own.address}reports/a")
    browser.execute_script(
        "const line = [...document.querySelectorAll('p[data-start]')].find((one) => one.textContent.includes('quiet'));"
        "const node = [...line.childNodes].find((one) => one.textContent.includes('The road'));"
        "const at = node.textContent.indexOf('The road');"
        "document.getSelection().setBaseAndExtent(node, at, node, at + 'The road was quiet.'.length);"
    )
    until(lambda: browser.find_element("id", "add-here").is_displayed())
    browser.find_element("css selector", "body").send_keys("m")
    until(lambda: browser.find_elements("id", "choose"))
    assert browser.find_element("css selector", "mark").text == "The road was quiet."


def test_from_a_standing_to_its_derivation_is_one_step(shown: Serving, browser: Any) -> None:
    browser.get(f"{shown.address}findings?standing=disputed")
    press(browser, "css selector", "tbody a")
    assert browser.find_element("css selector", "h1").text == "Why"
    assert browser.find_elements("css selector", ".why blockquote a")
