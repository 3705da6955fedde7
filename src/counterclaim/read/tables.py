"""A table (CSV, TSV) to reports, a row each, of which no more than a row is in memory; a bad row is refused by itself."""

from __future__ import annotations

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from counterclaim.core.report import Refusal
from counterclaim.errors import InputRefused
from counterclaim.read.columns import placed_in_table
from counterclaim.read.encodings import encoding_of
from counterclaim.read.made import Results, too_large
from counterclaim.read.objects import Texts, of_record
from counterclaim.read.options import Options
from counterclaim.read.records import Record, checked
from counterclaim.read.sources import Source

MOST_LINES = 10_000
"""Lines of one row. A cell with a whole article has a few hundred; past this a quotation mark was opened and never closed."""

MOST_BLANK = 100_000
"""Empty rows one after the other. A sheet saved whole ends in some thousands of them."""

_SAMPLE = 262_144
_SEPARATORS = ",;\t|"


def of_table(source: Source, options: Options, stream: BinaryIO) -> Results:
    """Return a report or a refusal for each row below the first. Raises InputRefused when the first names no column for the text."""
    # The module's own limit is for a whole process; ours holds before it is reached.
    csv.field_size_limit(max(csv.field_size_limit(), options.largest))
    sample = stream.read(_SAMPLE)
    if not sample.strip(b"\0 \t\r\n"):
        raise InputRefused(source.name, "there is nothing in it")
    encoding = encoding_of(source.name, sample)
    beginning = sample.decode(encoding, "replace")
    separator = "\t" if source.suffix == ".tsv" else _separator(beginning)
    rows = _rows(_lines(sample, stream, encoding, options), separator, options)
    number, head, _ = next(rows, (1, [], ""))
    if head is None:
        raise InputRefused(f"{source.name}:{number}", too_large(options))
    at, texts = placed_in_table(source.name, head, dict(options.columns)), Texts()
    is_empty, blank = True, 0
    for number, cells, raw in rows:
        name = f"{source.name}:{number}"
        if cells == []:
            blank += 1
            if blank > MOST_BLANK:
                raise InputRefused(name, f"over {MOST_BLANK:,} empty rows one after the other; what lay before was read, cut the table there")
            continue
        is_empty, blank = False, 0
        try:
            yield of_record(source, options, texts, name, f"{source.id}-{number}", _record(name, head, at, cells, raw, options), raw.encode("utf-8", "replace"))
        except InputRefused as refused:
            yield Refusal(refused.source, refused.reason)
    if is_empty:
        raise InputRefused(source.name, "there is no row below the first, which names the columns")


def _record(name: str, head: list[str], at: dict[str, int], cells: list[str] | None, raw: str, options: Options) -> Record:
    """Return what one row says. Raises InputRefused when it is broken or has no text."""
    if cells is None:
        if not raw:
            raise InputRefused(name, too_large(options))
        raise InputRefused(name, "a quotation mark is opened and not closed before the next cell; the rows below are read without it")
    if len(cells) > len(head):
        raise InputRefused(name, f"the row has {len(cells)} cells where the first has {len(head)}; a cell with the separator in it needs quotation marks")
    if at["text"] >= len(cells):
        raise InputRefused(name, f"the row has {len(cells)} cells where the first has {len(head)}, and none for the text")
    found = {slot: cells[number] for slot, number in at.items() if number < len(cells) and cells[number].strip()}
    day = msgspec.Raw(found.pop("published", "").strip().encode("utf-8", "replace"))
    return checked(name, Record(**{"text": "", **found}, published=day))


def _separator(beginning: str) -> str:
    """What parts the cells: the sign that the first line has most of."""
    first = beginning.removeprefix("\ufeff").lstrip("\r\n").partition("\n")[0]
    return max(_SEPARATORS, key=lambda sign: (first.count(sign), -_SEPARATORS.index(sign)))


def _lines(sample: bytes, stream: BinaryIO, encoding: str, options: Options) -> Iterator[str | None]:
    """Return the lines of the table as characters; nothing in the place of one longer than may be read."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    rest, is_lost, data = "", False, sample
    while True:
        rest += decoder.decode(data, final=not data)
        whole = io.StringIO(rest, newline="\n").readlines()
        rest = whole.pop() if whole and data and not whole[-1].endswith("\n") else ""
        for line in whole:
            yield None if is_lost or len(line) > options.largest else line.removeprefix("\ufeff")
            is_lost = False
        if len(rest) > options.largest:
            rest, is_lost = "", True
        if not data:
            return
        data = stream.read(_SAMPLE)


class _Ended(Exception):
    """The row goes on past what a row may be."""


class _Feed:
    """Lines handed to the parser of rows, kept while a row lasts so that they can be handed out again."""

    def __init__(self, lines: Iterator[str | None], most: int) -> None:
        self._lines, self._most, self._again = lines, most, deque[str | None]()
        self.row: list[str] = []
        self.number, self.is_lost, self._size = 0, False, 0

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines)
        self.number += 1
        if line is None:
            self.is_lost = True
            raise _Ended
        self._size += len(line)
        self.row.append(line)
        if len(self.row) > MOST_LINES or self._size > self._most:
            raise _Ended
        return line

    def begin(self) -> None:
        """Begin a row."""
        self.row, self._size, self.is_lost = [], 0, False

    def back(self) -> None:
        """Hand out again all lines of the row but its first."""
        self._again.extendleft(reversed(self.row[1:]))
        self.number -= max(0, len(self.row) - 1)


def _rows(lines: Iterator[str | None], separator: str, options: Options) -> Iterator[tuple[int, list[str] | None, str]]:
    """Return each row: its line, its cells, and its own characters; no cells for one that is too long or whose quotation never ends."""
    feed = _Feed(lines, options.largest)
    reader = csv.reader(feed, delimiter=separator)
    while True:
        feed.begin()
        number = feed.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (_Ended, csv.Error):
            is_one = len(feed.row) <= 1
            if not feed.is_lost:
                feed.back()
            yield number, None, "" if feed.is_lost or is_one else feed.row[0]
            reader = csv.reader(feed, delimiter=separator)
            continue
        if (len(feed.row) > 1 or feed.row[0].count('"') % 2) and _is_open(feed.row, separator):
            feed.back()
            yield number, None, feed.row[0]
            reader = csv.reader(feed, delimiter=separator)
            continue
        yield number, cells if any(cell.strip() for cell in cells) else [], "".join(feed.row)


def _is_open(row: list[str], separator: str) -> bool:
    """Whether the quotation in these lines is not a whole cell: it has no end, or ends inside another cell of a later row.

    The parser takes the end of the file for the first and joins what follows in the second; a mark that was never closed does either.
    """
    try:
        list(csv.reader(row, delimiter=separator, strict=True))
    except csv.Error:
        return True
    return False
