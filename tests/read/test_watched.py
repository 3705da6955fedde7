"""Watched feeds, over real HTTP on this machine: each page once, kept across runs, tried again where that may help."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from counterclaim.config import Settings
from counterclaim.errors import InputRefused, SettingsError
from counterclaim.read import Options
from counterclaim.read.watched import MOST_TRIES, Watched, feeds_named
from counterclaim.record import Record
from tests.read.factories import web_page
from tests.read.serving import Answer, Site, fetcher, site


@pytest.fixture
def there() -> Iterator[Site]:
    with site() as served:
        announce(served, "/a", "/b")
        served.put("/a", web_page("<p>The end of a.</p>"))
        served.put("/b", web_page("<p>The end of b.</p>"))
        yield served


def announce(served: Site, *paths: str) -> None:
    items = "".join(
        f"<item><title>Title {path}</title><link>{served.address}{path}</link><pubDate>Mon, 04 Mar 2024 10:00:00 GMT</pubDate></item>" for path in paths
    )
    served.put("/rss", f"<rss><channel><title>Harrow Wire</title>{items}</channel></rss>", Content_Type="application/rss+xml", ETag=f'"{len(paths)}"')


def watched(served: Site, tmp_path: Path) -> Watched:
    return Watched([f"{served.address}/rss"], tmp_path / "r.db.feeds.json")


def names(served: Site, tmp_path: Path) -> list[str]:
    return [source.name.removeprefix(served.address) for source in watched(served, tmp_path).round(fetcher())]


def test_each_page_is_given_once_across_runs(there: Site, tmp_path: Path) -> None:
    assert names(there, tmp_path) == ["/a", "/b"]
    assert names(there, tmp_path) == []
    announce(there, "/a", "/b", "/c")
    there.put("/c", web_page(""))
    assert names(there, tmp_path) == ["/c"]
    assert there.asked.count("/a") == 1


def test_what_the_feed_tells_stands_in_for_what_the_page_does_not(there: Site, tmp_path: Path) -> None:
    with Record.open(tmp_path / "r.db", settings=Settings(reader="rules"), create=True) as record:
        steps = [step for source in watched(there, tmp_path).round(fetcher()) for step in record.read([source], Options())]
        assert [step.outcome for step in steps] == ["new", "new"]
        report = record.store.report("127.0.0.1/a")
        assert (report.outlet, str(report.published.day), report.url) == ("Harrow Wire", "2024-03-04", f"{there.address}/a")


def test_a_round_that_is_stopped_goes_on_where_it_stopped(there: Site, tmp_path: Path) -> None:
    sources = watched(there, tmp_path).round(fetcher())
    next(sources)
    next(sources)  # the first is done, the second is at hand
    sources.close()
    assert names(there, tmp_path) == ["/b"]


def test_a_feed_that_has_not_changed_is_not_sent_again(there: Site, tmp_path: Path) -> None:
    seen: list[str | None] = []
    body = there.pages["/rss"]

    def page(request: BaseHTTPRequestHandler) -> Answer | None:
        seen.append(request.headers.get("If-None-Match"))
        return (304, {}, b"") if seen[-1] else body(request)

    there.pages["/rss"] = page
    names(there, tmp_path)
    assert names(there, tmp_path) == []
    assert seen == [None, '"2"']


def test_a_stopped_round_asks_for_the_whole_feed_again(there: Site, tmp_path: Path) -> None:
    sources = watched(there, tmp_path).round(fetcher())
    next(sources)
    sources.close()
    names(there, tmp_path)
    assert all("If-None-Match" not in fields for fields in there.fields)


def test_a_page_in_trouble_is_tried_again_and_refused_in_the_end(there: Site, tmp_path: Path) -> None:
    there.put("/b", "", status=503)
    assert names(there, tmp_path) == ["/a"]
    for _ in range(MOST_TRIES - 2):
        assert names(there, tmp_path) == []
    (last,) = watched(there, tmp_path).round(fetcher())
    assert last.refused is not None
    assert "503" in last.refused
    assert names(there, tmp_path) == []
    assert there.asked.count("/b") == MOST_TRIES


def test_a_page_in_trouble_is_read_once_the_trouble_is_over(there: Site, tmp_path: Path) -> None:
    there.put("/b", "", status=503)
    names(there, tmp_path)
    there.put("/b", web_page(""))
    assert names(there, tmp_path) == ["/b"]


def test_a_page_that_is_gone_is_refused_once(there: Site, tmp_path: Path) -> None:
    del there.pages["/b"]
    refused = [source.refused for source in watched(there, tmp_path).round(fetcher()) if source.refused]
    assert len(refused) == 1
    assert names(there, tmp_path) == []


def test_an_entry_that_leads_to_a_private_place_is_refused(there: Site, tmp_path: Path) -> None:
    there.put("/rss", "<rss><channel><item><title>x</title><link>http://10.0.0.1/admin</link></item></channel></rss>", Content_Type="text/xml")
    (source,) = watched(there, tmp_path).round(fetcher())
    assert source.refused is not None
    assert "no place of the public web" in source.refused


def test_a_feed_that_cannot_be_had_is_refused_and_the_others_go_on(there: Site, tmp_path: Path) -> None:
    both = Watched([f"{there.address}/none", f"{there.address}/rss"], tmp_path / "s.json")
    assert [source.refused is None for source in both.round(fetcher())] == [False, True, True]


def test_lists_and_addresses_name_feeds(tmp_path: Path) -> None:
    path = tmp_path / "l.opml"
    path.write_text('<opml><body><outline xmlUrl="https://a.example/rss"/></body></opml>')
    assert feeds_named([str(path), "https://b.example/", "https://a.example/rss"]) == ["https://a.example/rss", "https://b.example/"]


@pytest.mark.parametrize(("data", "why"), [(None, "cannot be read"), ("<opml/>", "no address of a feed"), ("<rss><channel/></rss>", "not a list")])
def test_what_is_no_list_is_refused(tmp_path: Path, data: str | None, why: str) -> None:
    path = tmp_path / "l.opml"
    if data is not None:
        path.write_text(data)
    with pytest.raises(InputRefused, match=why):
        feeds_named([str(path)])


def test_a_file_of_what_was_seen_that_is_something_else_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text("words")
    with pytest.raises(SettingsError, match="what was seen"):
        Watched([], tmp_path / "s.json")
