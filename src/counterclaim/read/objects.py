"""JSON to reports: one object, a list of them, or an object a line; each that cannot be read is refused by itself."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterable
from itertools import chain

from counterclaim.core.report import Received, Refusal
from counterclaim.errors import InputRefused
from counterclaim.read.dates import day_written
from counterclaim.read.made import Results, Told, made, too_large
from counterclaim.read.options import Options
from counterclaim.read.plain import fit, one_line, plain_in_place, web_address
from counterclaim.read.records import EXPECTED, Record, as_utf8, listed, record
from counterclaim.read.sources import STANDARD_INPUT, Source


def of_json(source: Source, options: Options, raw: bytes) -> Results:
    """Return the reports of one object or of a list of them."""
    if not raw.strip():
        raise InputRefused(source.name, "there is no text in it")
    objects = listed(source.name, as_utf8(raw))
    if not objects:
        raise InputRefused(source.name, f"an empty list; expected {EXPECTED}")
    if len(objects) == 1 and not as_utf8(raw).lstrip().startswith(b"["):
        return _of_objects(source, options, [(source.name, source.id, raw)])
    return _of_objects(source, options, ((f"{source.name} item {n}", f"{source.id}-{n}", bytes(o)) for n, o in enumerate(objects, start=1)))


def of_lines(source: Source, options: Options, lines: Iterable[bytes | None]) -> Results:
    """Return the reports of lines that hold an object each; empty lines are passed over."""
    numbered = ((n, line.strip() if line is not None else None) for n, line in enumerate(lines, start=1))
    full = ((n, line) for n, line in numbered if line != b"")
    first = next(full, None)
    if first is None:
        raise InputRefused(source.name, "there is no text in it")
    if first[1] is not None and first[1].startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise InputRefused(source.name, "not UTF-8, which JSON lines must be; save it again as UTF-8")
    return _of_objects(source, options, ((f"{source.name}:{n}", f"{source.id}-{n}", line) for n, line in chain([first], full)))


def of_rows(source: Source, options: Options, rows: Iterable[bytes]) -> Results:
    """Return the reports of rows that are objects by now."""
    numbered = enumerate(rows, start=1)
    named = ((f"{source.name} row {n}", f"{source.id}-{n}", row if len(row) <= options.largest else None) for n, row in numbered)
    return _of_objects(source, options, named)


def _of_objects(source: Source, options: Options, objects: Iterable[tuple[str, str, bytes | None]]) -> Results:
    """Return a report or a refusal for each object: its name, the id it has by its place, and its bytes."""
    texts = Texts()
    for name, place, raw in objects:
        try:
            if raw is None:
                raise InputRefused(name, too_large(options))
            found = record(name, as_utf8(raw), dict(options.columns))
            yield of_record(source, options, texts, name, place, found, raw)
        except InputRefused as refused:
            yield Refusal(refused.source, refused.reason)


class Texts:
    """Which text has which id in one source."""

    def __init__(self) -> None:
        self._by_id: dict[str, bytes] = {}

    def claim(self, name: str, own_id: str, text: str) -> None:
        """Take an id for a text. Raises InputRefused when another text has it; the same text again is the same report again."""
        digest = hashlib.blake2b(text.encode(), digest_size=16).digest()
        if self._by_id.setdefault(own_id, digest) != digest:
            raise InputRefused(name, f"its id {own_id!r} was given to another text before it; give each report an id of its own")


def of_record(source: Source, options: Options, texts: Texts, name: str, place: str, found: Record, raw: bytes) -> Received:
    """Return the report of one object or row. Raises InputRefused when its text is none or its id is another's."""
    text = fit(name, plain_in_place(found.text))
    told = Told(
        title=one_line(found.title),
        outlet=one_line(found.outlet),
        author=one_line(found.author),
        day=day_written(found.written_date),
        url=web_address(found.url),
    )
    result = made(source, name, found.id or (STANDARD_INPUT if source.id == STANDARD_INPUT else place), text, raw, told, options)
    texts.claim(name, result.report.id, text)
    return result
