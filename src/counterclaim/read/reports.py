"""A source to the reports in it: each with the bytes it was read from, or a refusal that says why not."""

from __future__ import annotations

import codecs
import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from itertools import chain
from typing import BinaryIO

import msgspec

from counterclaim.core.report import Received, Refusal, Report
from counterclaim.core.when import Basis, Published
from counterclaim.errors import InputRefused
from counterclaim.read.dates import day_of
from counterclaim.read.encodings import decoded
from counterclaim.read.header import parted
from counterclaim.read.markdown import without_marks
from counterclaim.read.options import Options
from counterclaim.read.plain import alike, fit, one_line, plain, plain_in_place, web_address
from counterclaim.read.records import EXPECTED, as_utf8, listed, record
from counterclaim.read.sources import STANDARD_INPUT, Source, why_unreadable

Results = Iterator[Received | Refusal]

# What standard input holds is told by how it begins, white space aside.
_OBJECT = re.compile(rb'\s*\{\s*["}]')
_LIST = re.compile(rb"\s*\[\s*[{\]]")
_BEGINNING = 1_000
_MARKUP = re.compile(rb"\s*<(?:!doctype|!--|\?xml|[a-z][a-z0-9]*[\s/>])", re.IGNORECASE)


def received(source: Source, options: Options = Options()) -> Results:  # noqa: B008 - a frozen value
    """Return the reports of a source, in order; a Refusal in the place of each that cannot be read. Never raises for a source."""
    reader = _READERS.get(source.suffix)
    if source.refused is not None or reader is None:
        yield Refusal(source.name, source.refused or why_unreadable(source.suffix))
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
    yield _from_text(source, options, _all(source, stream, options), is_markdown=False)


def _markdown(source: Source, stream: BinaryIO, options: Options) -> Results:
    """Return the report of a Markdown file."""
    yield _from_text(source, options, _all(source, stream, options), is_markdown=True)


def _page(source: Source, stream: BinaryIO, options: Options) -> Results:
    """Return the report of a web page."""
    yield _from_page(source, options, _all(source, stream, options))


def _json(source: Source, stream: BinaryIO, options: Options) -> Results:
    """Return the reports of a JSON file."""
    return _from_json(source, options, _all(source, stream, options))


def _json_lines(source: Source, stream: BinaryIO, options: Options) -> Results:
    """Return the reports of a file with an object a line, of which no more than a line is in memory."""
    return _from_lines(source, options, _lines(stream, options.largest))


def _sniffed(source: Source, stream: BinaryIO, options: Options) -> Results:
    """Return the reports of what has no suffix: JSON, JSON lines, a web page, or else text."""
    lines = _lines(stream, options.largest)
    first, second = next(lines, b""), next(lines, b"")
    if first is None or second is None:
        raise InputRefused(source.name, _too_large(options))
    if _OBJECT.match(as_utf8(first)) and (_is_json(first) or second.lstrip().startswith(b"{")):
        yield from _from_lines(source, options, chain((first, second), lines))
        return
    raw = first + second + stream.read(max(0, options.largest + 1 - len(first) - len(second)))
    if len(raw) > options.largest:
        raise InputRefused(source.name, _too_large(options))
    beginning = as_utf8(raw[:_BEGINNING])
    if _OBJECT.match(beginning) or _LIST.match(beginning):
        yield from _from_json(source, options, raw)
    elif _MARKUP.match(beginning):
        yield _from_page(source, options, raw)
    else:
        yield _from_text(source, options, raw, is_markdown=False)


_READERS: dict[str, Callable[[Source, BinaryIO, Options], Results]] = {
    ".htm": _page,
    ".html": _page,
    ".json": _json,
    ".jsonl": _json_lines,
    ".md": _markdown,
    ".txt": _text,
    STANDARD_INPUT: _sniffed,
}


def _from_text(source: Source, options: Options, raw: bytes, *, is_markdown: bool) -> Received:
    """Return the report of these bytes, with what a header above the text says of it; a title in the header opens the text."""
    header, body = parted(plain(decoded(source.name, raw)))
    text = (without_marks(body) if is_markdown else body).strip("\n")
    if header and not text.strip():
        raise InputRefused(source.name, "there is no text below its header")
    title = one_line(header.get("title"))
    if title and not alike(text.partition("\n")[0], title):
        text = f"{title}\n\n{text}"
    told = Told(title, one_line(header.get("outlet")), day_of(header.get("published")), "given", web_address(header.get("url")))
    return _received(source.name, source.id, fit(source.name, text), raw, told, options)


def _from_page(source: Source, options: Options, raw: bytes) -> Received:
    """Return the report of these bytes of markup."""
    # Loaded here: the extractor takes longer to load than most reports take to read, and most are no web pages.
    from counterclaim.read.pages import page

    found = page(source.name, raw)
    told = Told(found.title, found.outlet, found.day, "metadata", found.url)
    return _received(source.name, source.id, fit(source.name, found.text), raw, told, options)


def _from_json(source: Source, options: Options, raw: bytes) -> Results:
    """Return the reports of one object or of a list of them."""
    if not raw.strip():
        raise InputRefused(source.name, "there is no text in it")
    objects = listed(source.name, as_utf8(raw))
    if not objects:
        raise InputRefused(source.name, f"an empty list; expected {EXPECTED}")
    if len(objects) == 1 and not as_utf8(raw).lstrip().startswith(b"["):
        return _from_objects(source, options, [(source.name, source.id, raw)])
    return _from_objects(source, options, ((f"{source.name} item {n}", f"{source.id}-{n}", bytes(o)) for n, o in enumerate(objects, start=1)))


def _from_lines(source: Source, options: Options, lines: Iterable[bytes | None]) -> Results:
    """Return the reports of lines that hold an object each; empty lines are passed over."""
    numbered = ((n, line.strip() if line is not None else None) for n, line in enumerate(lines, start=1))
    full = ((n, line) for n, line in numbered if line != b"")
    first = next(full, None)
    if first is None:
        raise InputRefused(source.name, "there is no text in it")
    if first[1] is not None and first[1].startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise InputRefused(source.name, "not UTF-8, which JSON lines must be; save it again as UTF-8")
    return _from_objects(source, options, ((f"{source.name}:{n}", f"{source.id}-{n}", line) for n, line in chain([first], full)))


def _from_objects(source: Source, options: Options, objects: Iterable[tuple[str, str, bytes | None]]) -> Results:
    """Return a report or a refusal for each object: its name, the id it has by its place, and its bytes.

    A text whose id another text has already is refused; the same text again is the same report again.
    """
    texts: dict[str, bytes] = {}
    for name, place, raw in objects:
        try:
            if raw is None:
                raise InputRefused(name, _too_large(options))
            found = record(name, as_utf8(raw))
            text = fit(name, plain_in_place(found.text))
            told = Told(one_line(found.title), one_line(found.outlet), day_of(found.written_date), "given", web_address(found.url))
            result = _received(name, found.id or (STANDARD_INPUT if source.id == STANDARD_INPUT else place), text, raw, told, options)
            digest = hashlib.blake2b(text.encode(), digest_size=16).digest()
            if texts.setdefault(result.report.id, digest) != digest:
                raise InputRefused(name, f"its id {result.report.id!r} was given to another text before it; give each report an id of its own")
        except InputRefused as refused:
            yield Refusal(refused.source, refused.reason)
        else:
            yield result


class Told(msgspec.Struct, frozen=True):
    """What a source tells of a report besides its text, and how it tells the day."""

    title: str | None
    outlet: str | None
    day: dt.date | None
    basis: Basis
    url: str | None


def _received(name: str, own_id: str, text: str, raw: bytes, told: Told, options: Options) -> Received:
    """Return the report of a text, with what is told of it; what the options say wins."""
    published = Published(told.day, told.basis) if told.day else Published()
    report = Report(
        id=f"stdin-{hashlib.sha256(text.encode()).hexdigest()[:8]}" if own_id == STANDARD_INPUT else own_id,
        text=text,
        title=told.title,
        outlet=options.outlet or told.outlet,
        published=Published(options.published, "given") if options.published else published,
        url=told.url,
        source=name,
        sha256=hashlib.sha256(raw).hexdigest(),
    )
    return Received(report, raw)


def _all(source: Source, stream: BinaryIO, options: Options) -> bytes:
    """Everything in the stream. Raises InputRefused when that is more than may be read."""
    raw = stream.read(options.largest + 1)
    if len(raw) > options.largest:
        raise InputRefused(source.name, _too_large(options))
    return raw


def _lines(stream: BinaryIO, largest: int) -> Iterator[bytes | None]:
    """Return the lines of the stream, line ends kept; nothing in the place of a line longer than may be read."""
    while line := stream.readline(largest + 1):
        if len(line) <= largest or line.endswith(b"\n"):
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(65_536)
        yield None


def _is_json(line: bytes) -> bool:
    """Whether the line is a whole JSON value."""
    try:
        msgspec.json.decode(as_utf8(line), type=msgspec.Raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True


def _too_large(options: Options) -> str:
    """Why more than the largest size is not read, and the remedy."""
    return f"larger than {options.largest:,} bytes, the most that is read for one report; take it apart, or set `largest` higher in the settings"
