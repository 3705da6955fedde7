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
from tests.web.asking import PAYLOADS, client, face, token

# What our own templates are made of; anything else has come from a report.
TAGS = frozenset(
    "html head meta title link script noscript body a header div svg path rect circle span form label input button nav ul ol li main h1 h2 h3 p b dl dt dd "
    "section article table caption thead tbody tr th td blockquote mark bdi code kbd details summary footer select option textarea progress".split()
)
ADDRESSES = ("href", "src", "action", "formaction", "data-at", "data-events", "content")


def test_the_corpus_is_large_and_without_doubles() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 60


@pytest.fixture(scope="module")
def pages(hostile_record: Path) -> dict[str, str]:
    """Every list, and every thing it leads to, of the hostile record."""
    out: dict[str, str] = {}
    with client(hostile_record) as asking:
        paths = ["/", "/add", *(f"/{name}?per=500" for name in ("reports", "findings", "claims", "actors", "places", "sources", "refused"))]
        paths += [f"/search?q={quote(words)}" for words in PAYLOADS]
        for name in ("reports", "findings", "claims", "actors", "places", "sources"):
            paths += [row["at"] for row in asking.get(f"/{name}.json?per=1000").json()["rows"]]
        for path in dict.fromkeys(paths):
            answer = asking.get(path)
            assert answer.status_code == 200, path
            out[path] = answer.text
    return out


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
            assert name.lower() not in {"style", "srcdoc", "srcset", "autofocus"}, name
            if name in ADDRESSES and element.tag != "meta":
                assert value.startswith(("/", "#")), value
                assert not value.startswith("//"), value
    return root


def test_no_page_has_anything_that_is_not_ours(pages: dict[str, str]) -> None:
    assert len(pages) > 600
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


def test_downloads_are_harmless_in_a_spreadsheet(hostile_record: Path) -> None:
    with client(hostile_record) as asking:
        for name in ("reports", "findings", "claims", "actors", "places", "sources", "refused"):
            answer = asking.get(f"/{name}.csv?per=1000")
            for line in csv.reader(io.StringIO(answer.text, newline="")):
                assert not any(cell.startswith(("=", "+", "@", "\t", "\r", "-")) and not cell.lstrip("-").replace(".", "").isdigit() for cell in line)


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


def test_a_note_comes_back_as_text(hostile_record: Path, tmp_path: Path) -> None:
    from tests.web.asking import hostile

    path = tmp_path / "r.db"
    hostile(path, PAYLOADS[:1])
    with client(path) as asking:
        at = asking.get("/claims.json").json()["rows"][0]["at"]
        for words in PAYLOADS[:20]:
            version = asking.get(at, headers={"accept": "application/json"}).json()["version"]
            answer = asking.post(f"{at}/note", data={"token": token(asking), "note": words, "by": words, "version": version})
            assert answer.status_code == 200
        check(asking.get(at).text)
