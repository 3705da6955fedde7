"""Gazetteers that others made: files of GeoNames and tables of administrative units (OCHA COD-AB) to batches of places with their names.

Files are read as streams, so that one of twelve million rows needs no more memory than one of a thousand. A file is judged by its
first thousand rows and refused when more than a tenth of them is malformed; later ones are passed over and counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from counterclaim.errors import GazetteerError
from counterclaim.knowledge.gazetteer import Gazetteer
from counterclaim.read.gazetteers.batches import MOST_MALFORMED, Batch, Malformed, Position, Row, Tally
from counterclaim.read.gazetteers.columns import columns
from counterclaim.read.gazetteers.features import feature_rows
from counterclaim.read.gazetteers.files import beginning, checked, fingerprint, is_workbook, unpacked
from counterclaim.read.gazetteers.geonames import COLUMNS, dump, names
from counterclaim.read.gazetteers.tables import csv_rows, workbook_rows
from counterclaim.read.gazetteers.units import unit_batches

__all__ = ["Batch", "Malformed", "Position", "Row", "Shape", "Tally", "alternate_names", "fingerprint", "places", "recognised", "size"]

Shape = Literal["geonames", "csv", "xlsx", "geojson"]
EXPECTED = (
    f"expected a dump of GeoNames ({COLUMNS} columns with tabs between, no head), or a table of units (CSV, XLSX, GeoJSON) "
    "with columns such as ADM1_PCODE and ADM1_EN"
)


def recognised(path: Path) -> Shape:
    """What kind of file it is, by its first lines. Raises GazetteerError where it is none of those that can be read."""
    if is_workbook(checked(path)):
        return "xlsx"
    text = beginning(path)
    if text.lstrip()[:1] == "{":
        return "geojson"
    first = text.split("\n", 1)[0].rstrip("\r")
    if columns(tuple(cell.strip('"') for cell in re.split("[,;\t]", first))).codes:
        if (at := text.find("\ufffd")) >= 0:
            raise GazetteerError(f"{path}: expected UTF-8, line {text.count(chr(10), 0, at) + 1} is not; save it again as UTF-8 (in Excel: CSV UTF-8)")
        return "csv"
    if "\t" in first:
        return "geonames"
    raise GazetteerError(f"{path}: {EXPECTED}; its first line is {first[:60]!r}")


def size(path: Path) -> int:
    """The bytes to be read, unpacked; none where a workbook does not say."""
    if is_workbook(path):
        return 0
    with unpacked(path) as (_, whole):
        return whole


def places(
    path: Path,
    known: Gazetteer | None = None,
    *,
    start: Position | None = None,
    countries: frozenset[str] = frozenset(),
    alternates: bool = True,
) -> Iterator[Batch]:
    """The places of a file from a position on, only of some countries where they are named (ISO 3166-1 alpha-2).

    `known` is the packaged gazetteer; tables of units need it. `alternates` is false where a table of alternate names is read after
    the dump. Raises GazetteerError for a file that is refused.
    """
    start = start or Position()
    shape = recognised(path)
    if shape == "geonames":
        with unpacked(path) as (file, _):
            yield from _judged(path, dump(file, start, countries, known, alternates=alternates), start, EXPECTED)
        return
    if known is None:
        raise GazetteerError(f"{path}: a table of units is read against the packaged gazetteer, and none was given")
    rows = {"csv": csv_rows, "xlsx": workbook_rows, "geojson": feature_rows}[shape](path)
    yield from _judged(path, unit_batches(rows, start, countries, known), start, EXPECTED)


def alternate_names(path: Path, *, start: Position | None = None) -> Iterator[Batch]:
    """The names of GeoNames' table of alternate names from a position on. Raises GazetteerError for a file that is refused."""
    start = start or Position()
    beginning(checked(path))
    with unpacked(path) as (file, _):
        expected = "expected GeoNames' alternateNamesV2 (8 or 10 columns with tabs between, no head)"
        yield from _judged(path, names(file, start), start, expected)


def _judged(path: Path, batches: Iterator[Batch], start: Position, expected: str) -> Iterator[Batch]:
    """The batches, unless the first one of the file has too many malformed rows or none at all."""
    first = next(batches, None)
    if start == Position():
        found = first.tally if first else Tally()
        if not found.rows:
            raise GazetteerError(f"{path}: {expected}; there are no rows in it")
        if found.malformed > MOST_MALFORMED * found.rows:
            why = "; ".join(f"line {bad.line}: {bad.reason}" for bad in found.named[:2])
            raise GazetteerError(f"{path}: {expected}; {found.malformed:,} of its first {found.rows:,} rows are malformed ({why})")
    if first:
        yield first
    yield from batches
