"""Rows of tables of administrative units (OCHA COD-AB) to places, with the codes of units that are known already.

A unit that the packaged gazetteer has under the same name, at the same level, in the same parent, is that unit: it takes over its
key and codes, and adds its P-code. Any other keeps its P-code as its code. Where two are alike, none is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from counterclaim.core.folding import folded
from counterclaim.core.place import Place
from counterclaim.errors import GazetteerError
from counterclaim.knowledge.gazetteer import Gazetteer, Kind, unit_key
from counterclaim.knowledge.places import bare, levels
from counterclaim.read.gazetteers.batches import FEW, SAMPLE, Bad, Batch, Malformed, Position, Row, Tally
from counterclaim.read.gazetteers.columns import DEEPEST, Columns, columns
from counterclaim.read.gazetteers.geonames import bare_names, degrees
from counterclaim.read.gazetteers.spellings import is_latin
from counterclaim.read.gazetteers.tables import Cells

MOST_UNITS = 300_000
"""Units a file may have: each is kept in memory to be counted once and to find its parts, some 100 MB at this number. The largest
table of a country has below 100,000."""
_PCODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,23}")
_ISO2 = re.compile("[A-Z]{2}")
# P-codes begin with the country, by two letters or by three, and go on in figures.
_BEGINNING = re.compile(r"([A-Z]{2})\d")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_LETTER = re.compile(r"[^\W\d_]")
# The word for units of a level in `knowledge.places`.
_LEVELS = {1: "first", 2: "second"}


class _Unit(NamedTuple):
    """What the rows below a unit need of it."""

    key: str
    admin1: str | None
    admin2: str | None


def unit_batches(rows: Iterable[Cells], start: Position, countries: frozenset[str], known: Gazetteer) -> Iterator[Batch]:
    """The units of a table in batches. It is always read from its start, for later rows lean on earlier ones; batches up to the position are left out."""
    made = _Units(known)
    kept: list[Row] = []
    bad: list[Malformed] = []
    count = outside = 0
    position = Position()

    def batch() -> Batch:
        tally = Tally(count, made.new, len(bad), outside, scripts=made.scripts, matched=made.matched, named=tuple(bad[:FEW]))
        return Batch(position, tally, tuple(kept))

    for row in rows:
        count, position = count + 1, Position(row.at, row.number + 1)
        try:
            found = _of_row(made, row, countries)
        except Bad as error:
            bad.append(Malformed(row.number, str(error)))
            found = []
        if found is None:
            outside += 1
        else:
            kept += found
        if count == SAMPLE:
            if position.line > start.line:
                yield batch()
            kept, bad, count, outside = [], [], 0, 0
            made.new = made.matched = made.scripts = 0
    if count and position.line > start.line:
        yield batch()


def _of_row(made: _Units, row: Cells, countries: frozenset[str]) -> list[Row] | None:
    """The units a row tells of; nothing where it lies in a country that was not asked for. Raises Bad."""
    if row.bad:
        raise Bad(row.bad)
    head = columns(tuple(row.cells))
    country = made.country(row.cells, head)
    return made.units(row, head, country) if not countries or country in countries else None


class _Units:
    def __init__(self, known: Gazetteer) -> None:
        self._known = known
        self._seen: dict[tuple[int, str], _Unit] = {}
        self._taken: dict[str, str] = {}
        self._inside: dict[str, dict[str, list[Place]]] = {}
        self.new = self.matched = self.scripts = 0

    def country(self, cells: Mapping[str, str], head: Columns) -> str:
        """The country of a row, by its code, its name, or how its P-codes begin. Raises Bad where none of them is known."""
        code = cells.get(head.codes.get(0, ""), "").strip()
        for words in (cells.get(head.country or "", "").strip().upper(), code.upper()):
            if _ISO2.fullmatch(words):
                return words
        names = [cells.get(name, "").strip() for name in (*head.names.get(0, ()), *head.others.get(0, ()))]
        if found := self._by_name(names) or self._by_code(cells, head):
            return found
        raise Bad(f"it does not say its country: {', '.join(repr(words) for words in (code, *names) if words) or 'no ADM0_PCODE and no name'}")

    def units(self, row: Cells, head: Columns, country: str) -> list[Row]:
        """The unit of a row, and the units above it that were not met before, the largest first."""
        coded = {level: code for level in range(DEEPEST + 1) if (code := row.cells.get(head.codes.get(level, ""), "").strip())}
        if not coded:
            raise Bad("it has no P-code")
        deepest = max(coded)
        if uncoded := [level for level, listed in head.names.items() if level > deepest and any(row.cells.get(name, "").strip() for name in listed)]:
            raise Bad(f"it has a name of level {max(uncoded)} and no P-code for it")
        point = self._point(row, head)
        found: list[Row] = []
        # Kept only when the whole row is good.
        met: dict[tuple[int, str], tuple[_Unit, bool]] = {}
        parent = _Unit(unit_key(country), None, None)
        for level in sorted({*range(1, deepest + 1), deepest}):
            if level not in coded:
                raise Bad(f"it has the P-code of level {deepest} and none of level {level}")
            code = coded[level]
            if not _PCODE.fullmatch(code):
                raise Bad(f"{code[:30]!r} is no P-code")
            if level < deepest and (level, code) in self._seen:
                parent = self._seen[level, code]
                continue
            names = self._names(row.cells, head, level)
            same = self._same(level, code, [words for words, _ in names], parent, country)
            place = self._place(level, code, names[0][0], parent, country, same)
            if level == deepest and point is not None:
                place = msgspec.structs.replace(place, lat=point[0], lon=point[1], point="given")
            found.append((place, [*names, *bare_names([words for words, _ in names])]))
            parent = _Unit(place.key, place.admin1, place.admin2)
            met[level, code] = parent, same is not None
        for at, (unit, is_known) in met.items():
            if at not in self._seen:
                if len(self._seen) >= MOST_UNITS:
                    raise GazetteerError(f"more than {MOST_UNITS:,} units in one file, which is no table of administrative units of a country")
                self._seen[at] = unit
                self.new += 1
                self.matched += is_known
        return found

    def _place(self, level: int, code: str, name: str, parent: _Unit, country: str, same: Place | None) -> Place:
        """The place of a unit: with the codes and the point of the one it is the same as, or with its P-code. Raises Bad where that is another's."""
        if same is not None:
            return msgspec.structs.replace(same, name=name, country=country, code=code)
        admin1 = code if level == 1 else parent.admin1
        admin2 = code if level == 2 else parent.admin2
        key = unit_key(country, admin1, admin2) if level <= 2 else f"pcode:{code}"
        if level <= 2 and self._known.place(key) is not None and self._taken.get(key) != code:
            raise Bad(f"its P-code {code!r} is the code of another unit there")
        return Place(key, name, None, None, f"ADM{level}" if level else "PCLI", country, admin1, admin2, 0, code)

    def _same(self, level: int, code: str, names: list[str], parent: _Unit, country: str) -> Place | None:
        """The unit of the packaged gazetteer that this one is; nothing where there is none, more than one, or another row was it before."""
        if level > 2:
            return None
        found = [self._known.unit(country)] if not level else self._alike(level, names, parent)
        if len(found) != 1 or found[0] is None or self._taken.setdefault(found[0].key, code) != code:
            return None
        return found[0]

    def _alike(self, level: int, names: list[str], parent: _Unit) -> list[Place | None]:
        if parent.key not in self._inside:
            above = self._known.place(parent.key)
            listed: dict[str, list[Place]] = {}
            for unit in self._known.units_in(above) if above else ():
                for fold in _folds(unit.name, level):
                    listed.setdefault(fold, []).append(unit)
            self._inside[parent.key] = listed
        found: dict[str, Place | None] = {}
        for words in names:
            for fold in _folds(words, level):
                found |= {unit.key: unit for unit in self._inside[parent.key].get(fold, ())}
            if found:
                return list(found.values())
        # By its other names, which only the index knows.
        inside = {unit.key for listed in self._inside[parent.key].values() for unit in listed}
        for words in names:
            found |= {f.place.key: f.place for f in self._known.named(words) if f.kind in ("own", "other") and f.place.key in inside}
        return list(found.values())

    def _names(self, cells: Mapping[str, str], head: Columns, level: int) -> list[tuple[str, Kind]]:
        columns_of_names = (*head.names.get(level, ()), *head.others.get(level, ()))
        given = [words for name in columns_of_names if _LETTER.search(words := cells.get(name, "").strip())]
        if any(_CONTROL.search(words) for words in given):
            raise Bad("a name has a control character")
        names = [words for words in dict.fromkeys(given) if is_latin(words)]
        self.scripts += sum(not is_latin(words) for words in given)
        if not names:
            raise Bad(f"it has no name of level {level} in Latin letters")
        return [(words, "other" if place else "own") for place, words in enumerate(names)]

    def _point(self, row: Cells, head: Columns) -> tuple[float, float] | None:
        if head.point and any(row.cells.get(name, "").strip() for name in head.point):
            lat, lon = (row.cells.get(name, "").strip() for name in head.point)
        elif row.point is not None:
            lat, lon = map(repr, row.point)
        else:
            return None
        return degrees(lat, 90, "latitude"), degrees(lon, 180, "longitude")

    def _by_name(self, names: Iterable[str]) -> str | None:
        countries = {f.place.country for words in names for f in self._known.named(words) if f.place.is_country}
        return countries.pop() if len(countries) == 1 else None

    def _by_code(self, cells: Mapping[str, str], head: Columns) -> str | None:
        begun = {found[1] for level in head.codes if level and (found := _BEGINNING.match(cells.get(head.codes[level], "").strip()))}
        return next(iter(begun)) if len(begun) == 1 and self._known.unit(*begun) else None


def _folds(name: str, level: int) -> set[str]:
    """The forms by which a unit is the same as another: its name, and without its word where that speaks of this level or none.

    "Kabul City" and "Kabul Province" are not called the same here, though a report may call both Kabul.
    """
    said = levels(name)
    return {folded(name), bare(name) if not said or _LEVELS[level] in said else folded(name)}
