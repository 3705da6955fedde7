"""Files of GeoNames (a dump of places, and its table of alternate names) to batches of places with their names.

The columns are those of the readme on GeoNames' download server. Countries and first- and second-level units are kept under
their codes, for that is how the other rows name the units they lie in; everything else under its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import IO

from counterclaim.core.folding import folded
from counterclaim.core.place import Place
from counterclaim.knowledge.gazetteer import Gazetteer, Kind, unit_key
from counterclaim.knowledge.places import bare
from counterclaim.read.gazetteers.batches import FEW, Bad, Batch, Malformed, Position, Row, Tally
from counterclaim.read.gazetteers.files import LONGEST, Block, blocks
from counterclaim.read.gazetteers.spellings import is_code, is_latin

COLUMNS = 19
# alternateNameId geonameid isolanguage name isPreferred isShort isColloquial isHistoric from to; older tables end after the eighth.
NAME_COLUMNS = (8, 10)
# What stands in the place of a language and marks no name: links, numbers of other bodies, post codes, offices, abbreviations, sounds, and
# the names of the French Revolution. A language has two or three letters, and perhaps a script or country.
_LANGUAGE = re.compile(r"(?:[a-z]{2,3}(?:-\w+)*|piny)?")
_NO_LANGUAGE = frozenset("link wkdt post iata icao faac abbr phon unlc tcid fr_1793".split())
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# Marks that turn the direction of text or end a line: fine round an Arabic name among others, no part of a place's own name.
_TURNS = re.compile(r"[\u2028-\u202e\u2066-\u2069]")
_FEATURE = re.compile(r"[A-Z0-9_]{0,10}")
_COUNTRY = re.compile(r"(?:[A-Z]{2})?")
# Codes of units are numbers, letters or names; GeoNames allows 20 characters of one level and 80 of the next.
_CODE = re.compile(r".{0,80}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# Digits of a GeoNames number: there are 13 million, in eight digits; ten leave room, and stay below the numbers of units.
_DIGITS = 10
_DIGITS_OF_PEOPLE = 11
NOWHERE = "00"  # GeoNames' code for "in no first-level unit"


def dump(file: IO[bytes], start: Position, countries: frozenset[str], known: Gazetteer | None, *, alternates: bool) -> Iterator[Batch]:
    """The places of a dump from a position on.

    `alternates` is false where the table of alternate names is read besides, which says what is a name and what is a code; `known`
    tells a country from other bodies under its code.
    """
    for block in blocks(file, start.at, start.line):
        rows: list[Row] = []
        aliases: list[tuple[str, str]] = []
        bad = _Bad(block)
        outside = scripts = codes = 0
        for number, line in _lines(block):
            try:
                cells = _cells(line, (COLUMNS,))
                if countries and cells[8] not in countries:
                    outside += 1
                    continue
                place = _place(cells, known)
            except Bad as error:
                bad.add(number, str(error))
                continue
            names: list[tuple[str, Kind]] = [(place.name, "own")]
            if cells[2] and cells[2] != place.name:
                names.append((cells[2], "own"))
            if alternates and cells[3]:
                for words in cells[3].split(","):
                    if not is_latin(words):
                        scripts += 1
                    elif is_code(words, country=place.is_country):
                        codes += 1
                    else:
                        names.append((words, "other"))
            if place.feature.startswith("ADM"):
                names += bare_names([words for words, _ in names])
            if place.code is not None:
                aliases.append((place.code, place.key))
            rows.append((place, names))
        count = len(block.lines)
        tally = Tally(count, len(rows), bad.count, outside, scripts=scripts, codes=codes, named=tuple(bad.named))
        yield Batch(Position(block.at, block.first + count), tally, rows, aliases)


def names(file: IO[bytes], start: Position) -> Iterator[Batch]:
    """The names of a table of alternate names from a position on, each under the key of the place in the dump."""
    for block in blocks(file, start.at, start.line):
        found: list[tuple[str, str, Kind]] = []
        bad = _Bad(block)
        scripts = codes = 0
        for number, line in _lines(block):
            try:
                cells = _cells(line, NAME_COLUMNS)
                key = _number(cells[1])
                if not cells[3].strip():
                    raise Bad("it has no name")
            except Bad as error:
                bad.add(number, str(error))
                continue
            if cells[2] in _NO_LANGUAGE or not _LANGUAGE.fullmatch(cells[2]) or is_code(cells[3], country=cells[2] == "en"):
                codes += 1
            elif not is_latin(cells[3]):
                scripts += 1
            else:
                found.append((key, cells[3], "other"))
        count = len(block.lines)
        tally = Tally(count, malformed=bad.count, names=len(found), scripts=scripts, codes=codes, named=tuple(bad.named))
        yield Batch(Position(block.at, block.first + count), tally, names=found)


def bare_names(heard: Sequence[str]) -> list[tuple[str, Kind]]:
    """The names without the words for what they are of, where those leave something else."""
    found: list[tuple[str, Kind]] = []
    for words in heard:
        stripped = bare(words)
        if stripped and stripped != folded(words):
            found.append((stripped, "bare"))
    return found


class _Bad:
    """The malformed rows of a block: counted, the first few kept."""

    def __init__(self, block: Block) -> None:
        self._cut = block.first + len(block.lines) - 1 if block.is_cut else None
        self.count, self.named = 0, list[Malformed]()

    def add(self, number: int, reason: str) -> None:
        self.count += 1
        if len(self.named) < FEW:
            self.named.append(Malformed(number, f"the file ends in the middle of it: {reason}" if number == self._cut else reason))


def _lines(block: Block) -> Iterator[tuple[int, str | None]]:
    return enumerate(block.lines, block.first)


def _cells(line: str | None, widths: Sequence[int]) -> list[str]:
    if line is None:
        raise Bad(f"it is not UTF-8, or longer than {LONGEST:,} bytes")
    if line.endswith("\r"):
        line = line[:-1]
    cells = line.split("\t")
    # Asked first of the text as a whole, for that is quick and nearly always the end of it.
    if not "".join(cells).isprintable() and (found := _CONTROL.search(line)):
        raise Bad(f"it has the control character U+{ord(found[0]):04X}")
    if len(cells) not in widths:
        raise Bad(f"it has {len(cells)} columns, expected are {' or '.join(map(str, widths))} with tabs between")
    return cells


def _number(cell: str) -> str:
    if not (cell.isascii() and cell.isdigit() and len(cell) <= _DIGITS):
        raise Bad(f"{cell[:20]!r} is no GeoNames number")
    return f"geonames:{int(cell)}"


def _place(cells: list[str], known: Gazetteer | None) -> Place:
    key = number = _number(cells[0])
    name = cells[1].strip()
    if not name:
        raise Bad("it has no name")
    if not name.isprintable() and (found := _TURNS.search(name)):
        raise Bad(f"its name has the control character U+{ord(found[0]):04X}")
    lat, lon = degrees(cells[4], 90, "latitude"), degrees(cells[5], 180, "longitude")
    feature, country, first, second, people = cells[7], cells[8] or None, cells[10], cells[11], cells[14]
    for cell, pattern, what in ((feature, _FEATURE, "feature code"), (cells[8], _COUNTRY, "country code"), (first, _CODE, "code"), (second, _CODE, "code")):
        if not pattern.fullmatch(cell):
            raise Bad(f"{cell[:20]!r} is no {what}")
    if people and not (people.isascii() and people.isdigit() and len(people) <= _DIGITS_OF_PEOPLE):
        raise Bad(f"{people[:20]!r} is no number of people")
    if not _DAY.fullmatch(cells[18]):
        raise Bad(f"{cells[18][:20]!r} is no day of change")
    admin1 = first if country and first not in ("", NOWHERE) else None
    admin2 = second if admin1 and second else None
    if feature.startswith("PCL"):
        admin1 = admin2 = None
        if country and _is_country(feature, name, country, known):
            key = unit_key(country)
    elif feature == "ADM1":
        admin2 = None
        if country and admin1:
            key = unit_key(country, admin1)
    elif feature == "ADM2" and country and admin1 and admin2:
        key = unit_key(country, admin1, admin2)
    # A unit is kept under its codes, and keeps its number beside them.
    own = None if key == number else number
    return Place(key, name, lat, lon, feature, country, admin1, admin2, int(people or 0), own)


def degrees(cell: str, most: int, what: str) -> float:
    """The number of a cell. Raises Bad where it is none or lies outside ± `most`."""
    try:
        value = float(cell)
    except ValueError:
        raise Bad(f"{cell[:20]!r} is no {what}") from None
    if not -most <= value <= most or "_" in cell:
        raise Bad(f"{what} {cell[:20]} lies outside ±{most}")
    return value


def _is_country(feature: str, name: str, country: str, known: Gazetteer | None) -> bool:
    """Whether a row is the country of its code: breakaway and former states have the code of the state that they are counted to."""
    if feature == "PCLH":
        return False
    if feature == "PCLI" or known is None or known.unit(country) is None:
        return True
    return any(found.place.key == unit_key(country) for found in known.named(name))
