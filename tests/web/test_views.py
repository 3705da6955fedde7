"""What follows from the claims, in every form and in a real Chromium: rows, the state in the address, keys, paper."""

from __future__ import annotations

import csv
import importlib.util
import io
from typing import Any

import lxml.html
import pytest
from starlette.testclient import TestClient

from counterclaim.web.app import Serving
from tests.web.asking import VIEWS
from tests.web.chromium import paths, set_width

needs_browser = pytest.mark.skipif(
    paths() is None or importlib.util.find_spec("selenium") is None,
    reason="no Chromium with its driver and selenium; on Debian: apt-get install chromium chromium-driver",
)


@pytest.mark.parametrize("path", VIEWS)
def test_a_list_is_the_same_rows_as_csv_and_json(looking: TestClient, path: str) -> None:
    rows = looking.get(f"{path}.json").json()["rows"]
    answer = looking.get(f"{path}.csv")
    assert "attachment" in answer.headers["content-disposition"]
    lines = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert len(lines) == len(rows) > 0
    assert not any("Row(" in cell or "Line(" in cell for line in lines for cell in line.values())


@pytest.mark.parametrize("path", VIEWS)
def test_the_state_is_in_the_address_of_every_download(looking: TestClient, path: str) -> None:
    asked = {"/board": "place=kibua", "/map": "place=kibua", "/tolls": "harm=killed", "/lineage": "q=wire", "/versions": "per=40"}
    query = asked.get(path, "since=2021-01-01")
    page = lxml.html.document_fromstring(looking.get(f"{path}?{query}").text)
    assert {f"{path}.csv?{query}", f"{path}.json?{query}"} <= set(page.xpath("//nav[@class='downloads']//a/@href"))


@pytest.mark.browser
@needs_browser
def test_the_day_is_scrubbed_with_the_keys(shown: Serving, browser: Any) -> None:
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.ui import WebDriverWait

    set_width(browser, 1280)
    browser.get(f"{shown.address}board?place=panjshir&day=2021-09-06")
    slider = browser.find_element("id", "scrub")
    assert slider.get_attribute("aria-valuetext") == "2021-09-06"
    slider.send_keys(Keys.ARROW_LEFT)
    WebDriverWait(browser, 30).until(lambda driver: "day=2021-09-05" in driver.current_url)
    assert browser.find_element("id", "scrub-day").get_attribute("value") == "2021-09-05"
    assert "place=panjshir" in browser.current_url


@pytest.mark.browser
@needs_browser
def test_a_mark_on_the_map_is_reached_and_opened_with_the_keys(shown: Serving, browser: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    browser.get(f"{shown.address}map?place=panjshir&day=2021-09-06")
    mark = browser.find_element("css selector", ".earth a.dot:not(.several)")
    browser.execute_script("arguments[0].focus()", mark)
    assert browser.execute_script("return document.activeElement === arguments[0]", mark)
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    assert "/board/" in browser.current_url or "#place-" in browser.current_url


@pytest.mark.browser
@needs_browser
def test_on_paper_the_views_keep_their_content(shown: Serving, browser: Any) -> None:
    for path, wanted in (("board", ".board td.now"), ("map", ".earth"), ("timeline", ".strip"), ("tolls", ".tolls td")):
        browser.get(f"{shown.address}{path}")
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        try:
            assert browser.find_element("css selector", wanted).is_displayed()
            assert not browser.find_element("css selector", ".filters").is_displayed()
        finally:
            browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
