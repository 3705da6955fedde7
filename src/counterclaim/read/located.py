"""An address of the web as a source: fetched when it is read, and read as what the server says it is."""

from __future__ import annotations

import io
from functools import partial

from counterclaim.errors import InputRefused
from counterclaim.read.addresses import path_of
from counterclaim.read.fetching import Fetched, Fetcher
from counterclaim.read.sources import Around, Source, printable

TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "application/pdf": ".pdf",
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
    "multipart/related": ".mhtml",
    **dict.fromkeys(("application/rss+xml", "application/atom+xml", "application/rdf+xml", "text/xml", "application/xml", "text/x-opml"), ".xml"),
}


def located(url: str, fetcher: Fetcher, around: Around = Around()) -> Source:  # noqa: B008 - a frozen value
    """Return the address as a source that is fetched when it is read."""
    shown = printable(url)
    return Source(shown, path_of(url, ".html"), io.BytesIO, around=around, fetch=partial(_fetched, url, fetcher, around))


def _fetched(url: str, fetcher: Fetcher, around: Around) -> Source:
    """Return what lies at the address as a source, or a source that says why not."""
    try:
        return source_of(fetcher.get(url), around)
    except InputRefused as refused:
        return Source(printable(url), path_of(url, ".html"), io.BytesIO, refused.reason)


def source_of(found: Fetched, around: Around = Around()) -> Source:  # noqa: B008 - a frozen value
    """Return what a server sent as a source, refused when it says that it is nothing that is read."""
    name, suffix = printable(found.url), TYPES.get(found.content_type)
    known = Around(title=around.title, outlet=around.outlet, day=around.day, url=found.url, charset=found.charset)
    if suffix is None:
        what = f"the server says it is {printable(found.content_type[:60])!r}" if found.content_type else "the server does not say what it is"
        return Source(name, path_of(found.url, ".html"), io.BytesIO, f"{what}; pages, texts, PDF documents, feeds, tables and JSON are read")
    body = found.body
    return Source(name, path_of(found.url, suffix), lambda: io.BytesIO(body), around=known)
