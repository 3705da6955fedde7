"""Tables of administrative units (CSV, Excel workbooks) to rows: a mapping from column to words, with the number of each."""

from __future__ import annotations

import csv
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from counterclaim.errors import GazetteerError
from counterclaim.read.gazetteers.columns import columns
from counterclaim.read.gazetteers.files import blocks as blocks_of
from counterclaim.read.gazetteers.files import check_ratio, unpacked

DELIMITERS = ",;\t"

LARGEST_WORKBOOK = 512 * 1024 * 1024
"""Bytes a workbook may unpack to. The largest table of units has a hundred thousand rows, some 60 MB as XML."""
LARGEST_STRINGS = 64 * 1024 * 1024
"""Bytes of the words of a workbook, which are held in memory as long as it is read."""
_STRINGS = "xl/sharedStrings.xml"
# The longest list of names has some thousand characters.
_LONGEST_CELL = 100_000
# Rows at the top of a sheet among which the head of the table is looked for: some tables stand under a title.
_TITLES = 5


class Cells(NamedTuple):
    """One row of a table: its number, the bytes of the file behind it, and its cells by column; or why it is malformed."""

    number: int
    at: int
    cells: Mapping[str, str]
    bad: str | None = None
    point: tuple[float, float] | None = None


def csv_rows(path: Path) -> Iterator[Cells]:
    """The rows of a CSV file, whose first line names the columns."""
    with unpacked(path) as (file, _):
        lines = _Lines(blocks_of(file))
        first = next(iter(lines), "")
        reader = csv.reader(lines, delimiter=max(DELIMITERS, key=first.count))
        head = next(csv.reader([first], delimiter=max(DELIMITERS, key=first.count)), [])
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise GazetteerError(f"{path}: near line {lines.number}: {error}; a quotation mark may be missing there") from error
            if any(len(cell) > _LONGEST_CELL for cell in cells):
                # The csv module's own limit is of the whole process, and others raise it.
                raise GazetteerError(f"{path}: near line {lines.number}: a cell of over {_LONGEST_CELL:,} characters; a quotation mark may be missing there")
            broken, lines.broken = lines.broken, None
            if broken:
                yield Cells(lines.number, lines.at, {}, broken)
            elif cells and not cells[0].startswith("#"):
                bad = None if len(cells) == len(head) else f"it has {len(cells)} columns, the first line has {len(head)}"
                yield Cells(lines.number, lines.at, dict(zip(head, cells, strict=False)), bad)


class _Lines:
    """Lines for the csv module, with the number of the last one and the bytes up to the end of its block."""

    def __init__(self, blocks: Iterable[Any]) -> None:
        self._blocks = blocks
        self.number = self.at = 0
        self.broken: str | None = None
        self._each = self._lines()

    def __iter__(self) -> Iterator[str]:
        return self._each

    def _lines(self) -> Iterator[str]:
        for block in self._blocks:
            for line in block.lines:
                self.number, self.at = self.number + 1, block.at
                if line is None:
                    self.broken = "it is not UTF-8, or far too long"
                yield (line or ("?" if line is None else "")) + "\n"


def workbook_rows(path: Path) -> Iterator[Cells]:
    """The rows of every sheet that has a table of units, one sheet after the other. Needs openpyxl."""
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise GazetteerError(f"{path}: reading Excel workbooks needs openpyxl; pip install 'counterclaim[xlsx]', or save the table as CSV") from error
    _check_size(path)
    with warnings.catch_warnings():
        # What openpyxl does not keep when a workbook is written again (drop-down lists, formats) is no matter here.
        warnings.simplefilter("ignore", UserWarning)
        try:
            book = load_workbook(path, read_only=True, data_only=True)
        except Exception as error:
            raise GazetteerError(f"{path}: not a workbook that can be read ({type(error).__name__}: {error}); save the table as CSV") from error
        try:
            number = 0
            for sheet in book.worksheets:
                head: list[str] = []
                for row, values in enumerate(sheet.iter_rows(values_only=True), 1):
                    number += 1
                    cells = [words_of(value) for value in values]
                    if head:
                        if any(cells) and not cells[0].startswith("#"):
                            yield Cells(number, 0, dict(zip(head, cells, strict=False)))
                    elif columns(tuple(cells)).codes:
                        head = cells
                    elif row >= _TITLES:
                        break
        finally:
            book.close()


def words_of(value: object) -> str:
    """A cell as words: numbers without a fraction that means nothing."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _check_size(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
    for member in members:
        check_ratio(path, member)
    whole, strings = sum(m.file_size for m in members), sum(m.file_size for m in members if m.filename == _STRINGS)
    if whole > LARGEST_WORKBOOK or strings > LARGEST_STRINGS:
        raise GazetteerError(f"{path}: the workbook unpacks to {whole / 1e6:.0f} MB, which is no table of units; save the sheet that is one as CSV")
