"""The law of the room: any bytes become reports or refusals, never an error."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterclaim.core.report import Received, Refusal
from counterclaim.read import Options
from counterclaim.read.sources import LONGEST_ID
from tests.read.factories import ENGLISH, results
from tests.read.hostile import packed

PIECES = st.sampled_from(
    [
        "<html>", "</p>", "<p>", "<div", "<!--", "-->", "<script>", "</script>", "<title>", "<h1>", "<td>", "<meta charset=", "utf-16", "<a href='", "&#0;", "&amp;", ">", "'", '"', "=",
        "<meta property='og:title' content='", "<script type='application/ld+json'>", '{"@type": "NewsArticle", "author": ', "<time datetime='2021-09-06'>", "<article>",
        '{"id": "a", "text": "', '", "published": ', '"}', "[", "]", "{", "}", ",", "\\ud800", "\\u0000", "\r\n", "\r", "\n\n", "\x00", "\x1b", "\ud800", "\ufeff", "\ufffe",
        "<rss>", "<channel>", "<item>", "</item>", "<description>", "<![CDATA[", "]]>", "<feed>", "<entry>", "<opml>", "<!ENTITY a 'b'>", "text,title\n", "text\tbody\n", ";", "\t",
        "WARC/1.0\r\n", "WARC-Type: response\r\n", "Content-Length: 20\r\n", "Content-Type: text/html\r\n", "HTTP/1.1 200 OK\r\n", "boundary=b\r\n", "--b\r\n",
        "Title: A\n", "Outlet: B\n", "Published: 2021-09-06\n", "# ", "**", "_", "* ", "é", "“", "ا", "军", "🙂", ENGLISH, " ",
    ]
)  # fmt: skip
WRITTEN = st.lists(PIECES, max_size=40).map(lambda pieces: "".join(pieces).encode("utf-8", "surrogatepass"))
ENCODED = st.tuples(st.lists(PIECES, max_size=20), st.sampled_from(["utf-16", "utf-16-le", "cp1252", "gb18030", "utf-32"])).map(
    lambda both: "".join(both[0]).encode(both[1], "ignore")
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["id", "text", "title", "outlet", "published", "url", "x"]), inner, max_size=6),
    max_leaves=12,
).map(lambda value: json.dumps(value).encode())
OBJECTS = st.fixed_dictionaries(
    {"text": st.text()}, optional={"id": st.text(max_size=3), "published": st.text() | st.integers(), "title": st.none() | st.text()}
)
LINES = st.lists(OBJECTS, max_size=5).map(lambda objects: "\n".join(map(json.dumps, objects)).encode())


PACKED = WRITTEN.map(gzip.compress) | st.dictionaries(st.text(min_size=1, max_size=8), WRITTEN, max_size=3).map(
    lambda files: packed({f"{name}.txt": data for name, data in files.items()})
)
CUT = st.tuples(PACKED, st.integers(0, 60)).map(lambda both: both[0][: len(both[0]) - both[1]])
PATHS = ["a.txt", "a.md", "a.html", "a.json", "a.jsonl", "a.csv", "a.tsv", "a.xml", "a.warc", "a.mhtml", "a.zip", "a.csv.gz", "a.warc.gz", "-"]


@pytest.mark.parametrize("path", PATHS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.one_of(st.binary(max_size=600), WRITTEN, ENCODED, JSON, LINES, PACKED, CUT), largest=st.sampled_from([50, 100_000]))
def test_any_bytes_become_reports_or_refusals(path: str, data: bytes, largest: int) -> None:
    found = results(path, data, Options(largest=largest))
    assert found
    for item in found:
        if isinstance(item, Refusal):
            assert item.reason
            assert item.source.startswith(path)
        else:
            assert isinstance(item, Received)
            assert not {"\r", "\x00"} & set(item.report.text)
            assert item.report.text.strip()
            assert item.report.text.encode()
            assert 1 <= len(item.report.id) <= LONGEST_ID
            assert item.report.source
            assert len(item.raw) <= max(largest, 3 * len(data)) or path.endswith(("zip", "gz"))
