"""A source to the reports in it: each with the bytes it was read from, or a refusal that says why not."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from contextlib import nullcontext
from itertools import chain
from pathlib import PurePosixPath
from typing import BinaryIO

import msgspec

from counterclaim.core.report import Received, Refusal
from counterclaim.errors import InputRefused
from counterclaim.read import objects
from counterclaim.read.archives import members
from counterclaim.read.dates import day_written
from counterclaim.read.encodings import decoded
from counterclaim.read.header import parted
from counterclaim.read.made import Results, Told, lines, made, too_large, whole
from counterclaim.read.markdown import without_marks
from counterclaim.read.options import Options
from counterclaim.read.plain import alike, fit, one_line, plain, web_address
from counterclaim.read.records import as_utf8
from counterclaim.read.sources import STANDARD_INPUT, Source, why_unreadable
from counterclaim.read.unpacking import gunzipped

# What standard input holds is told by how it begins, white space aside.
_OBJECT = re.compile(rb'\s*\{\s*["}]')
_LIST = re.compile(rb"\s*\[\s*[{\]]")
_BEGINNING = 1_000
_MARKUP = re.compile(rb"\s*<(?:!doctype|!--|\?xml|[a-z][a-z0-9]*[\s/>])", re.IGNORECASE)
_FEED = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,900}?-->\s*)*<(?:rss|rdf:RDF|feed|opml)\b", re.DOTALL)


MOST_REFUSALS = 1_000
"""Listed one by one of one source, and kept in the record. A table of a million broken rows would be a million lines to nobody."""


def received(source: Source, options: Options = Options()) -> Results:  # noqa: B008 - a frozen value
    """Return the reports of a source, in order; a Refusal in the place of each that cannot be read. Never raises for a source.

    Of very many refusals the later ones are counted in one at the end.
    """
    refused, last = 0, ""
    for item in _items(source, options):
        if isinstance(item, Refusal):
            refused, last = refused + 1, f"{item.source}: {item.reason}"
            if refused > MOST_REFUSALS:
                continue
        yield item
    if refused > MOST_REFUSALS:
        yield Refusal(source.name, f"{refused - MOST_REFUSALS:,} more of it are refused and not listed one by one; the last is {last}")


def _items(source: Source, options: Options) -> Results:
    """Return all reports and refusals of a source."""
    if source.fetch is not None:
        source = source.fetch()
    reader = _READERS.get(source.suffix)
    if source.refused is not None or reader is None:
        yield Refusal(source.name, source.refused or why_unreadable(source.suffix) or "it cannot be told what it is")
        return
    try:
        stream = source.open()
        # Standard input is not ours to close.
        with nullcontext(stream) if source.suffix == STANDARD_INPUT else stream:
            yield from reader(source, stream, options)
    except InputRefused as refused:
        yield Refusal(refused.source, refused.reason)
    except OSError as error:
        yield Refusal(source.name, f"cannot be read ({error.strerror or type(error).__name__}); see that it is there and that you may read it")


def _text(source: Source, stream: BinaryIO, options: Options) -> Results:
    """Return the report of a text file."""
    yield _from_text(source, options, whole(source, stream, options), is_markdown=False)


def _markdown(source: Source, stream: BinaryIO, options: Options) -> Results:
    """Return the report of a Markdown file."""
    yield _from_text(source, options, whole(source, stream, options), is_markdown=True)


def _page(source: Source, stream: BinaryIO, options: Options) -> Results:
    """Return the report of a web page."""
    yield _from_page(source, options, whole(source, stream, options))


def _saved_page(source: Source, stream: BinaryIO, options: Options) -> Results:
    """Return the report of a page that a browser saved with its pictures in one file."""
    from counterclaim.read.saved import page_in

    raw = whole(source, stream, options)
    inside, around = page_in(source.name, raw)
    yield _from_page(msgspec.structs.replace(source, around=around), options, inside, kept=raw)


def _document(source: Source, stream: BinaryIO, options: Options) -> Results:
    """Return the report of a PDF document."""
    from counterclaim.read.documents import document

    raw = whole(source, stream, options)
    found = document(source.name, raw)
    told = Told(title=found.title, author=found.author, day=found.day, basis="metadata")
    yield made(source, source.name, source.id, fit(source.name, plain(found.text)), raw, told, options)


def _json(source: Source, stream: BinaryIO, options: Options) -> Results:
    """Return the reports of a JSON file."""
    return objects.of_json(source, options, whole(source, stream, options))


def _json_lines(source: Source, stream: BinaryIO, options: Options) -> Results:
    """Return the reports of a file with an object a line, of which no more than a line is in memory."""
    return objects.of_lines(source, options, lines(stream, options.largest))


def _table(source: Source, stream: BinaryIO, options: Options) -> Results:
    """Return the reports of a table, a row each."""
    from counterclaim.read.tables import of_table

    return of_table(source, options, stream)


def _feed(source: Source, stream: BinaryIO, options: Options) -> Results:
    """Return the reports of a feed, an entry each."""
    return _from_feed(source, options, whole(source, stream, options))


def _archive(source: Source, stream: BinaryIO, options: Options) -> Results:
    """Return the reports of all files in an archive."""
    for member in members(source, stream, source.budget):
        yield from received(member, options)


def _gzip(source: Source, stream: BinaryIO, options: Options) -> Results:
    """Return the reports of the file that was packed, told by the suffix before `.gz`."""
    path = PurePosixPath(source.path)
    inner = path.stem if path.suffix.lower() == ".gz" else path.name
    if reason := why_unreadable(PurePosixPath(inner).suffix.lower()):
        raise InputRefused(source.name, f"packed with gzip, and of what is in it {reason}")
    if inner.lower().endswith(".gz"):
        raise InputRefused(source.name, "packed with gzip twice; unpack it once")
    inside = msgspec.structs.replace(source, path=path.with_name(inner).as_posix(), open=lambda: gunzipped(source.name, stream, source.budget))
    return received(inside, options)


def _web_archive(source: Source, stream: BinaryIO, options: Options) -> Results:
    """Return the reports of the pages in a web archive, of which no more than one is in memory."""
    from counterclaim.read.warc import pages

    for inside in pages(source, stream, options):
        yield from received(inside, options)


def _parquet(source: Source, stream: BinaryIO, options: Options) -> Results:
    """Return the reports of a Parquet table, of which a few rows are in memory."""
    # Loaded here: it needs a library of its own.
    from counterclaim.read.parquet import rows

    return objects.of_rows(source, options, rows(source.name, stream))


def _sniffed(source: Source, stream: BinaryIO, options: Options) -> Results:
    """Return the reports of what has no suffix: JSON, JSON lines, a web page, a feed, a document, an archive, or else text."""
    each = lines(stream, options.largest)
    first, second = next(each, b""), next(each, b"")
    if first is None or second is None:
        raise InputRefused(source.name, too_large(options))
    if _OBJECT.match(as_utf8(first)) and (_is_json(first) or second.lstrip().startswith(b"{")):
        yield from objects.of_lines(source, options, chain((first, second), each))
        return
    raw = first + second + stream.read(max(0, options.largest + 1 - len(first) - len(second)))
    if len(raw) > options.largest:
        raise InputRefused(source.name, too_large(options))
    beginning = as_utf8(raw[:_BEGINNING])
    if raw.startswith(b"%PDF-"):
        yield from _document(source, io.BytesIO(raw), options)
    elif raw.startswith(b"PK\x03\x04"):
        yield from _archive(source, io.BytesIO(raw), options)
    elif _OBJECT.match(beginning) or _LIST.match(beginning):
        yield from objects.of_json(source, options, raw)
    elif _FEED.match(beginning):
        yield from _from_feed(source, options, raw)
    elif _MARKUP.match(beginning):
        yield _from_page(source, options, raw)
    else:
        yield _from_text(source, options, raw, is_markdown=False)


_READERS: dict[str, Callable[[Source, BinaryIO, Options], Results]] = {
    **dict.fromkeys((".htm", ".html", ".xhtml"), _page),
    **dict.fromkeys((".mht", ".mhtml"), _saved_page),
    **dict.fromkeys((".jsonl", ".ndjson"), _json_lines),
    **dict.fromkeys((".csv", ".tsv"), _table),
    **dict.fromkeys((".xml", ".rss", ".atom", ".rdf", ".opml"), _feed),
    ".json": _json,
    ".md": _markdown,
    ".parquet": _parquet,
    ".txt": _text,
    ".pdf": _document,
    ".zip": _archive,
    ".gz": _gzip,
    ".warc": _web_archive,
    STANDARD_INPUT: _sniffed,
}


def _from_text(source: Source, options: Options, raw: bytes, *, is_markdown: bool) -> Received:
    """Return the report of these bytes, with what a header above the text says of it; a title in the header opens the text."""
    header, body = parted(plain(decoded(source.name, raw, source.around.charset)))
    text = (without_marks(body) if is_markdown else body).strip("\n")
    if header and not text.strip():
        raise InputRefused(source.name, "there is no text below its header")
    title = one_line(header.get("title"))
    if title and not alike(text.partition("\n")[0], title):
        text = f"{title}\n\n{text}"
    told = Told(
        title=title,
        outlet=one_line(header.get("outlet")),
        author=one_line(header.get("author")),
        day=day_written(header.get("published")),
        url=web_address(header.get("url")),
    )
    return made(source, source.name, source.id, fit(source.name, text), raw, told, options)


def _from_page(source: Source, options: Options, raw: bytes, kept: bytes | None = None) -> Received:
    """Return the report of these bytes of markup; `kept` is what they were taken from, where that is something else."""
    # Loaded here: the extractor takes longer to load than most reports take to read, and most are no web pages.
    from counterclaim.read.pages import page

    found = page(source.name, raw, source.around)
    told = Told(title=found.title, outlet=found.outlet, author=found.author, day=found.day, basis="metadata", url=found.url)
    return made(source, source.name, source.id, fit(source.name, found.text), kept or raw, told, options)


def _from_feed(source: Source, options: Options, raw: bytes) -> Results:
    """Return the reports of the entries of a feed."""
    from counterclaim.read.feeds import reports

    return reports(source, options, raw)


def _is_json(line: bytes) -> bool:
    """Whether the line is a whole JSON value."""
    try:
        msgspec.json.decode(as_utf8(line), type=msgspec.Raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True
