"""Nothing of a report is ever HTML: sixty and more payloads in every text field come out as the very same text."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any
from urllib.parse import quote

import lxml.html
import pytest
from starlette.testclient import TestClient

from counterclaim.record import Record
from tests.web.asking import PAYLOADS, TABLES, client, crawled, face, hostile, token

# What our own templates are made of; anything else has come from a report.
TAGS = frozenset(
    "html head meta title link script noscript body a header div svg g path rect circle text span form label input button nav ul ol li main h1 h2 h3 h4 p b br time dl dt dd "
    "section article table caption thead tbody tr th td blockquote mark bdi code kbd details summary footer select option textarea progress figure figcaption".split()
)
# Pages of each sort: some of every way to break out (markup, attributes, addresses, scripts, styles, spreadsheets), which lie side by side in the table.
ENOUGH = 12
ADDRESSES = ("href", "src", "action", "formaction", "data-at", "data-events", "content")


def test_the_corpus_is_large_and_without_doubles() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 60


@pytest.fixture(scope="module")
def pages(attacked: TestClient) -> dict[str, str]:
    """Every sort of page of the hostile record: the lists whole, the text of every report, and enough of all others."""
    ids = [row["id"] for row in attacked.get("/reports.json?per=500").json()["rows"]]
    seeds = [*(f"/reports/{quote(one, safe='')}" for one in ids), *(f"/review?report={quote(one, safe='')}" for one in ids[::6])]
    seeds += [f"/search?q={quote(words)}" for words in PAYLOADS[::8]]
    return crawled(attacked, ENOUGH, seeds)


def check(page: str) -> Any:
    """Raises AssertionError where the page has an element, handler or address that no template of ours wrote."""
    root = lxml.html.document_fromstring(page)
    for element in root.iter():
        assert isinstance(element.tag, str), "a comment, and we write none"
        assert element.tag.lower() in TAGS, element.tag
        if element.tag == "script":
            assert element.get("src", "").startswith("/static/")
            assert not (element.text or "").strip()
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on"), name
            assert name.lower() not in {"style", "srcdoc", "srcset"}, name
            # Ours where a claim is added, and there on the first field alone.
            assert name.lower() != "autofocus" or element.get("id", "").startswith(("kind", "slot-")), name
            if name in ADDRESSES and element.tag != "meta":
                assert value.startswith(("/", "#", "?")), value
                assert not value.startswith("//"), value
    return root


def test_no_page_has_anything_that_is_not_ours(pages: dict[str, str]) -> None:
    assert len(pages) > 250
    for page in pages.values():
        check(page)


@pytest.mark.parametrize("number", range(len(PAYLOADS)))
def test_each_payload_is_shown_as_it_is(pages: dict[str, str], hostile_record: Path, number: int) -> None:
    with Record.open(hostile_record) as record:
        report = next(one for one in record.store.reports() if one.id.startswith(f"{number}{PAYLOADS[number][:1].strip()}") and one.title == PAYLOADS[number])
    root = check(pages[f"/reports/{quote(report.id, safe='')}"])
    # HTML has no NUL, and a parser makes one line break of every sort.
    shown = "".join(root.xpath("//h1")[0].itertext())
    assert shown == PAYLOADS[number].replace("\x00", "\ufffd") or shown == PAYLOADS[number].replace("\x00", "")


def test_downloads_are_harmless_in_a_spreadsheet(attacked: TestClient) -> None:
    for path in TABLES:
        answer = attacked.get(f"{path.partition('?')[0]}.csv?per=1000{'&q=said' if '?' in path else ''}")
        assert answer.status_code == 200, path
        for line in csv.reader(io.StringIO(answer.text, newline="")):
            assert not any(cell.startswith(("=", "+", "@", "\t", "\r", "-")) and not cell.lstrip("-").replace(".", "").isdigit() for cell in line)


def test_what_reviewers_write_is_shown_as_text(attacked: TestClient) -> None:
    """Their names, reasons, remarks, corrected slots and terms and the claims they add, in the queue and on the page of each claim."""
    for row in attacked.get("/reports.json?per=500").json()["rows"][::5]:
        words = " ".join(row["name"].replace("\x00", "\ufffd").split())
        if not words:
            continue
        queue = attacked.get("/review.json", params={"report": row["id"]}).json()
        assert {"corrected", "rejected", "added", "open"} <= {one["state"] for one in queue["items"]}
        root = check(attacked.get("/review", params={"report": row["id"]}).text)
        told = " ".join("".join(root.xpath("//main")[0].itertext()).split())
        assert f"rejected by {words}" in told
        given = [" ".join(one.split()) for one in root.xpath("//input[@name='slot-holder']/@value")]
        assert any(doubled(f"{words} again") in one for one in given), given
        lines = [" ".join(one.text.split()) for one in root.xpath("//textarea[@name='slot-asks']")]
        assert any(f"{words} done".replace(";", ";;") in one for one in lines), lines
        for one in queue["items"]:
            if one["at"].startswith("/claims/"):
                root = check(attacked.get(one["at"]).text)
                by = {" ".join("".join(each.itertext()).split()) for each in root.xpath("//section[@aria-labelledby='notes']//li/b")}
                assert by <= {words}


def doubled(words: str) -> str:
    return words.replace("=", "==").replace(";", ";;")


@pytest.mark.parametrize("words", PAYLOADS)
def test_what_is_asked_comes_back_as_text(looking: TestClient, words: str) -> None:
    for name in ("reports", "findings", "claims", "actors", "places", "sources", "search", "source"):
        check(looking.get(f"/{name}", params={"q": words}).text)
    for name in ("reports", "findings", "claims", "actors", "places", "nothing"):
        answer = looking.get(f"/{name}/{quote(words, safe='')}")
        assert answer.status_code == 404
        check(answer.text)
    check(looking.get("/claims", params={"act": words, "since": words, "page": words}).text)


def test_names_of_files_come_back_as_text(writing: TestClient) -> None:
    mark = token(writing)
    files = [("files", (f"{words}.txt", f"Rebels captured the town of Arvad on day {number}.", "text/plain")) for number, words in enumerate(PAYLOADS)]
    answer = writing.post("/add/files", data={"token": mark}, files=files)
    assert answer.status_code == 200
    run = answer.url.path
    writing.get(f"{run}/events")
    root = check(writing.get(run).text)
    assert len(root.xpath("//tbody[@id='steps']/tr")) == len(PAYLOADS)
    for path in ("/", "/reports?per=500", "/refused?per=500", "/add"):
        check(writing.get(path).text)
    assert face(writing).violations == []


def test_what_is_sent_by_a_form_comes_back_as_text(tmp_path: Path) -> None:
    """Notes, names, reasons, slots, terms and added claims, as people of this machine would send them."""
    path = tmp_path / "r.db"
    hostile(path, PAYLOADS[:1])
    with client(path) as asking:
        at = asking.get("/claims.json").json()["rows"][0]["at"]
        mark = token(asking)
        [report] = [row["id"] for row in asking.get("/reports.json").json()["rows"]]
        for words in PAYLOADS[::10]:
            version = asking.get(f"{at}.json").json()["version"]
            assert asking.post(f"{at}/note", data={"token": mark, "note": words, "by": words, "version": version}).status_code == 200
            sent = asking.post("/review/name", data={"token": mark, "by": words, "report": report})
            assert sent.status_code in (200, 422)
            check(sent.text)
            offer = next(one for one in asking.get("/review.json", params={"report": report}).json()["items"] if one["kind"] == "offer")
            about = {"token": mark, "report": report, "key": offer["key"], "version": offer["version"], "next": words, "show": words}
            for what, fields in (
                ("correct", {"slot-by": words, "slot-asks": f"{words}\nleave; who: {words}", "slot-sequence": words}),
                ("correct", {"slot-by": f"{words} by", "slot-asks": f"{words}\nleave; who: {words}"}),
                ("reject", {"reason": words}),
                ("add", {"start": "0", "end": "9", "kind": words, "slot-holder": words}),
                ("add", {"start": "0", "end": "9", "kind": "control", "slot-holder": words}),
                ("undo", {}),
            ):
                answer = asking.post(f"/review/{what}", data={**about, **fields})
                assert answer.status_code in (200, 404, 409, 422), (what, words)
                check(answer.text)
            check(asking.get(f"/missed/{quote(report, safe='')}", params={"start": "0", "end": "9", "kind": words}).text)
        check(asking.get(at).text)
        assert face(asking).violations == []
