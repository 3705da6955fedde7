"""Web archives, written by warcio and by hand, to pages with their addresses; what is cut off is named, what was whole is read."""

from __future__ import annotations

import gzip
import io

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from counterclaim.core.report import Received, Refusal
from counterclaim.read import Options
from tests.read.factories import reason, results, web_page
from tests.read.hostile import answer, record


def archive(pages: list[tuple[str, bytes, list[tuple[str, str]]]], *, packed: bool) -> bytes:
    """An archive that a third party's library wrote."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("x.warc", {"software": "test"}))
    for url, body, fields in pages:
        head = StatusAndHeaders("200 OK", fields, protocol="HTTP/1.1")
        told = {"WARC-Date": "2024-03-04T10:00:00Z"}
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=head, warc_headers_dict=told))
        writer.write_record(
            writer.create_warc_record(url, "request", payload=io.BytesIO(b""), http_headers=StatusAndHeaders("GET / HTTP/1.1", [], is_http_request=True))
        )
    return out.getvalue()


HTML = [("Content-Type", "text/html; charset=utf-8")]


# The library leaves its own temporary files to the garbage collector.
LEFT_OPEN = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")


@LEFT_OPEN
@pytest.mark.parametrize("packed", [False, True])
def test_pages_are_read_with_their_addresses(packed: bool) -> None:
    pages = [(f"https://news.example/a/{number}?x=1", web_page(f"<p>The end of {number}.</p>").encode(), HTML) for number in range(3)]
    found = results("day.warc.gz" if packed else "day.warc", archive(pages, packed=packed))
    assert [type(item) for item in found] == [Received] * 3
    first = found[0]
    assert isinstance(first, Received)
    assert first.report.id.startswith("news.example/a/0-")
    assert first.report.url == "https://news.example/a/0?x=1"
    assert "record 2 (https://news.example/a/0?x=1), captured 2024-03-04" in (first.report.source or "")
    assert first.raw == pages[0][1]
    assert first.report.text.endswith("The end of 0.")


@LEFT_OPEN
def test_the_charset_of_the_server_comes_before_that_of_the_page() -> None:
    body = web_page("<p>“It fell,” he said.</p>", '<meta charset="koi8-r">').encode("cp1252")
    (found,) = results("d.warc", archive([("https://x.example/", body, [("Content-Type", "text/html; charset=windows-1252")])], packed=False))
    assert isinstance(found, Received)
    assert "“It fell,”" in found.report.text


def test_the_address_and_the_day_of_the_page_win() -> None:
    head = '<link rel="canonical" href="/story/1"><meta property="article:published_time" content="2024-03-01">'
    (found,) = results("d.warc", record("response", answer(web_page("", head)), "https://x.example/amp/1"))
    assert isinstance(found, Received)
    assert found.report.url == "https://x.example/story/1"
    assert str(found.report.published.day) == "2024-03-01"


def chunked(body: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(body[at : at + 50]), body[at : at + 50]) for at in range(0, len(body), 50)) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (gzip.compress(web_page("").encode()), "Content-Encoding: gzip\r\n"),
        (web_page("").encode(), "Content-Encoding: gzip\r\n"),
        (chunked(web_page("").encode()), "Transfer-Encoding: chunked\r\n"),
        (web_page("").encode(), "Transfer-Encoding: chunked\r\n"),
        (chunked(gzip.compress(web_page("").encode())), "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"),
    ],
)
def test_bodies_are_unpacked_whether_or_not_the_archiver_did(body: bytes, fields: str) -> None:
    (found,) = results("d.warc", record("response", answer(body, fields=fields), "https://x.example/"))
    assert isinstance(found, Received), found


def test_texts_taken_from_pages_are_read_too() -> None:
    found = results(
        "d.warc",
        record("conversion", b"The army left the town.", "https://x.example/", "text/plain")
        + record("resource", web_page("").encode(), "https://x.example/2", "text/html"),
    )
    assert [type(item) for item in found] == [Received, Received]


def test_what_is_no_page_is_counted_once() -> None:
    other = record("response", answer(b"\x89PNG", "image/png"), "https://x.example/p") + record(
        "response", answer("no", status="404 Not Found"), "https://x.example/q"
    )
    *_, last = results("d.warc", other * 3 + record("response", answer(web_page("")), "https://x.example/"))
    assert isinstance(last, Refusal)
    assert last.source == "d.warc (records passed over)"
    assert "3 image/png, 3 answered 404" in last.reason


def test_what_was_whole_before_a_cut_is_read_and_the_cut_is_named() -> None:
    whole = record("response", answer(web_page("")), "https://x.example/1")
    for cut in (1, 30, 200, len(whole) - 40):
        first, last = results("d.warc", whole + whole[:-4][:-cut])
        assert isinstance(first, Received)
        assert isinstance(last, Refusal)
        assert "record 2" in last.reason
        first, last = results("d.warc.gz", gzip.compress(whole) + gzip.compress(whole)[:-80])
        assert isinstance(first, Received)
        assert isinstance(last, Refusal)
        assert "ends early" in last.reason


def test_a_record_too_large_is_read_past() -> None:
    large = record("response", answer("x" * 50_000), "https://x.example/large")
    bad, good = results("d.warc", large + record("response", answer(web_page("")), "https://x.example/2"), Options(largest=20_000))
    assert isinstance(bad, Refusal)
    assert "larger than 20,000" in bad.reason
    assert isinstance(good, Received)


@pytest.mark.parametrize(("data", "why"), [(b"", "nothing in it"), (b"words\n" * 9, "no web archive"), (b"WARC/1.0\r\n\r\n", "does not say how long")])
def test_what_is_no_archive_is_refused(data: bytes, why: str) -> None:
    assert why in reason("d.warc", data)
