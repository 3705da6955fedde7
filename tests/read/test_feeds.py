"""Feeds and lists of feeds, as files: the entries with what the feed tells of them."""

from __future__ import annotations

import datetime as dt
import html

import pytest

from counterclaim.core.report import Received, Refusal
from counterclaim.core.when import Published
from counterclaim.read.feeds import feed
from tests.read.factories import ENGLISH, reason, report, results

RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Harrow Wire</title><link>https://harrow.example/</link>
<item><title>Army leaves &amp; returns</title><link>https://harrow.example/1?a=1&amp;b=2</link><guid isPermaLink="false">tag:1</guid><dc:creator>Ann Lee</dc:creator>
<pubDate>Mon, 04 Mar 2024 23:30:00 -0500</pubDate><media:description>A tank.</media:description><description>{html.escape(f"<p>{ENGLISH}</p>")}</description></item>
<item><title>Second</title><link>https://harrow.example/2</link><description>Short.</description>
<content:encoded><![CDATA[<p>{ENGLISH}</p><ul><li>One</li><li>Two</li></ul><script>alert(1)</script><p>The <b>end</b>.<br>Really.</p>]]></content:encoded></item>
</channel></rss>"""

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Harrow Wire</title>
<entry><id>urn:1</id><title type="html">Army &lt;b&gt;leaves&lt;/b&gt;</title><link rel="self" href="https://harrow.example/feed/1"/><link href="https://harrow.example/1"/>
<published>2024-03-04T10:00:00Z</published><updated>2024-03-09T10:00:00Z</updated><author><name>Ann Lee</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{ENGLISH}</p><p>It &lt;fell&gt;.</p></div></content></entry></feed>"""

RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="x"><title>Harrow Wire</title></channel>
<item rdf:about="x"><title>Army leaves</title><link>https://harrow.example/1</link><description>{ENGLISH}</description><dc:date>2024-03-04</dc:date></item></rdf:RDF>"""


def test_entries_of_rss_are_reports() -> None:
    first, second = results("harrow.rss", RSS)
    assert isinstance(first, Received)
    found = first.report
    assert found.text == f"Army leaves & returns\n\n{ENGLISH}"
    assert (found.title, found.outlet, found.author, found.url) == ("Army leaves & returns", "Harrow Wire", "Ann Lee", "https://harrow.example/1?a=1&b=2")
    assert found.published == Published(dt.date(2024, 3, 4), "metadata")
    assert isinstance(second, Received)
    assert second.report.text == f"Second\n\n{ENGLISH}\n\nOne\n\nTwo\n\nThe end.\n\nReally."


@pytest.mark.parametrize(
    ("path", "data"),
    [("a.atom", ATOM), ("a.xml", ATOM), ("a.rdf", RDF), ("-", ATOM), ("-", RSS.split("<item>")[0] + "<item>" + RSS.split("<item>")[1] + "</channel></rss>")],
)
def test_other_kinds_of_feed_are_read_alike(path: str, data: str) -> None:
    found = report(path, data)
    assert found.text.startswith("Army ")
    assert ENGLISH in found.text
    assert (found.outlet, found.published.day) == ("Harrow Wire", dt.date(2024, 3, 4))
    assert found.url is not None
    assert found.url.startswith("https://harrow.example/1")


def test_an_entry_in_xhtml_keeps_its_words() -> None:
    assert report("a.atom", ATOM).text.endswith("It <fell>.")


def test_an_entry_keeps_its_id_when_the_feed_rolls_on() -> None:
    first, second = (item.report.id for item in results("h.rss", RSS) if isinstance(item, Received))
    head, one, two = RSS.split("<item>")
    (later,) = (item.report.id for item in results("h.rss", f"{head}<item>{two}") if isinstance(item, Received))
    assert later == second != first
    assert one


def test_the_bytes_kept_are_those_of_the_entry() -> None:
    first = results("h.rss", RSS)[0]
    assert isinstance(first, Received)
    assert first.raw.startswith(b"<item")
    assert b"Second" not in first.raw


@pytest.mark.parametrize(
    "data",
    [
        RSS.encode("utf-16"),
        RSS.replace("utf-8", "windows-1252").encode("cp1252"),
        b"\xef\xbb\xbf" + RSS.encode(),
        RSS.replace("left", "&nbsp;&hellip;").encode(),
    ],
)
def test_encodings_and_loose_entities_are_read(data: bytes) -> None:
    assert [type(item) for item in results("h.xml", data)] == [Received, Received]


def test_the_last_entry_of_a_feed_that_ends_early_is_refused() -> None:
    first, last = results("h.rss", RSS[: RSS.index("Two</li>")])
    assert isinstance(first, Received)
    assert isinstance(last, Refusal)
    assert "ends early" in last.reason


def test_short_entries_of_a_feed_in_another_language_are_refused() -> None:
    items = "".join(
        f"<item><title>{n}</title><description>El ejército dijo que sus tropas habían tomado la ciudad de Bara.</description></item>" for n in range(30)
    )
    found = results("h.rss", f"<rss><channel>{items}<item><title>x</title><description>{(ENGLISH + ' ') * 4}</description></item></channel></rss>")
    assert [type(item) for item in found] == [Refusal] * 30 + [Received]


def test_a_list_of_feeds_names_them() -> None:
    data = b'<opml version="2.0"><body><outline text="a"><outline xmlUrl="https://a.example/rss"/></outline><outline xmlurl="https://b.example/"/><outline xmlUrl="javascript:x"/><outline xmlUrl="https://a.example/rss"/></body></opml>'
    assert feed("l.opml", data).feeds == ("https://a.example/rss", "https://b.example/")
    assert "a list of 2 feeds" in reason("l.opml", data)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("", "nothing in it"),
        ("<svg/>", "no feed"),
        ("<html><body>x</body></html>", "a web page"),
        ("words", "no XML"),
        ("<rss><channel/></rss>", "no entry"),
        ("<rss><channel><item><title>x</title></item></channel></rss>", "no text"),
        ('<!DOCTYPE rss [<!ENTITY a "b">]><rss/>', "entities of its own"),
        ("<rss>" + "<a>" * 5_000, "nests"),
    ],
)
def test_what_is_no_feed_is_refused(data: str, why: str) -> None:
    assert why in reason("x.xml", data)
