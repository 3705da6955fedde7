"""The control board as it is asked: on a day, and by its days, places and claimants.

A view adds nothing to the board: what it shows of a day is what was last claimed, with its age.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from counterclaim.core.board import Board, Cell, Claimant, Ground, LastWord
from counterclaim.reconcile.days import Days


def on(board: Board, day: dt.date) -> dict[Ground, list[LastWord]]:
    """What each claimant last claimed of each place by this day, the newest first. A place of which nothing was claimed by then is not there.

    A claimant's own later word ends its earlier one. What is derived, or only doubted, ends nothing: it stands beside what the
    claimant last said, where it is not older. What was withdrawn, or has no day, is left out.
    """
    words: defaultdict[Ground, defaultdict[str, list[LastWord]]] = defaultdict(lambda: defaultdict(list))
    for cell in board.cells:
        age = _age(cell, day)
        if age is not None and not cell.withdrawn:
            words[cell.place][cell.claimant.id].append(LastWord(cell, age))
    return {place: sorted((word for said in by_claimant.values() for word in _last(said)), key=_newest) for place, by_claimant in words.items()}


def days(board: Board) -> tuple[dt.date, ...]:
    """The days on which a stretch of some cell begins or ends, in order."""
    return tuple(sorted({day for cell in board.cells for day in (cell.first, cell.last) if day is not None}))


def places(board: Board) -> tuple[Ground, ...]:
    """The places of the board, in its order."""
    return tuple(dict.fromkeys(cell.place for cell in board.cells))


def claimants(board: Board) -> tuple[Claimant, ...]:
    """Everybody whose word is on the board, by name; those without a name first."""
    return tuple(sorted({cell.claimant for cell in board.cells}, key=lambda one: (one.shown or "", one.id)))


def _age(cell: Cell, day: dt.date) -> int | None:
    """How many days ago the stretch ended, 0 within it; nothing where it had not begun, or has no day."""
    stretch = Days(cell.first, cell.last)
    if stretch.latest is None:
        return None
    if stretch.covers(day):
        return 0
    return (day - stretch.latest).days if stretch.latest < day else None


def _last(said: list[LastWord]) -> list[LastWord]:
    """The last of one claimant's words on one place: of what it said, and of what is derived or doubted, if that is not older."""
    settled = [word for word in said if word.cell.basis != "derived" and not word.cell.open]
    derived = [word for word in said if word.cell.basis == "derived" and not word.cell.open]
    doubts = [word for word in said if word.cell.open]
    oldest = _least(settled)
    return [word for strand in (settled, derived, doubts) for word in strand if word.age == _least(strand) and (oldest is None or word.age <= oldest)]


def _least(words: Iterable[LastWord]) -> int | None:
    return min((word.age for word in words), default=None)


def _newest(word: LastWord) -> tuple[int, str, str]:
    return word.age, word.cell.claimant.shown or "", word.cell.claimant.id
