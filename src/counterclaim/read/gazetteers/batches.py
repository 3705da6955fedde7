"""What reading a gazetteer file gives: batches of places with their names, what was passed over and why, and where to go on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from counterclaim.core.place import Place
from counterclaim.knowledge.gazetteer import Kind

# A place and the names it has there, each with how it has it.
Row = tuple[Place, Sequence[tuple[str, Kind]]]

FEW = 5
"""Malformed rows that are named; the others are counted. Five show whether it is one slip or a habit, and fit a terminal."""

SAMPLE = 1000
"""Rows at the start of a file by which it is judged."""
MOST_MALFORMED = 0.1
"""Share of malformed rows among the first above which a file is refused: a dump has a handful in millions, another kind of file nothing else."""


class Malformed(msgspec.Struct, frozen=True):
    """A row that could not be read: its line (or its number, in a file without lines) and why."""

    line: int
    reason: str


class Position(msgspec.Struct, frozen=True):
    """Where to go on: the bytes (of the unpacked file) or units behind, and the number of the next line or row."""

    at: int = 0
    line: int = 1


class Tally(msgspec.Struct, frozen=True):
    """What became of the rows of a file.

    rows: looked at. places: kept, units counted once. malformed: passed over, the first `FEW` of them in `named`. outside: of
    countries that were not asked for. names: kept, of a file of names. scripts: names in other scripts than Latin, and codes: codes
    and spellings made by machines, both passed over. matched: units that the packaged gazetteer knows, whose codes they took over.
    """

    rows: int = 0
    places: int = 0
    malformed: int = 0
    outside: int = 0
    names: int = 0
    scripts: int = 0
    codes: int = 0
    matched: int = 0
    named: tuple[Malformed, ...] = ()

    def __add__(self, other: Tally) -> Tally:
        counted = {name: getattr(self, name) + getattr(other, name) for name in self.__struct_fields__}
        return Tally(**counted | {"named": counted["named"][:FEW]})


class Batch(NamedTuple):
    """What a stretch of a file gave.

    `aliases` are pairs of a key of the file and the key the place is kept under instead; `names` are more names of places that
    are kept already, by the key of the file.
    """

    next: Position
    tally: Tally
    rows: Sequence[Row] = ()
    aliases: Sequence[tuple[str, str]] = ()
    names: Sequence[tuple[str, str, Kind]] = ()


class Bad(Exception):
    """A row is malformed; says why. It never leaves this room."""
