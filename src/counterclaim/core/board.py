"""The control board: what each claimant says of each place, for which days."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from counterclaim.core.claim import Change

Says = Literal["holds", "does-not-hold", "contested", "besieged"]
# How it was said: outright; giving away one's own; denying another; leaving a place out of a set; by the gazetteer, from a set.
Basis = Literal["said", "conceded", "denied", "excepted", "derived"]


class Ground(msgspec.Struct, frozen=True, omit_defaults=True):
    """A place on the board. `key` is that of its link; `report` is set where the words name nothing and so stay in their report ("the city")."""

    id: str
    shown: str
    key: str | None = None
    report: str | None = None


class Claimant(msgspec.Struct, frozen=True):
    """Whose word it is; `shown` is null for a source without a name."""

    id: str
    shown: str | None


class Cell(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One claimant's word on one place for one stretch of days.

    `first` and `last` are as told, both included; null where the text leaves that side open: "by" a day is that day as `last` alone.
    `says` is of `holders`, none where the text names nobody; with `besieged` and `contested` they are those who besiege or contest.
    `change` is as claimed, or as in the claim that is denied; null for what was excepted.
    With `open`, `says` is what the claimant doubts or cannot verify, or the siege it denies: who holds the place stays open.
    `concedes` is true whenever the claimant gives its own side's place away, whatever the basis; `told` puts the cell in words.
    `claims` are the keys of the claims it rests on: for a derived cell those it follows from, which speak of a set of places.
    `disputed_by` are the ids of the claimants who say otherwise for a day of the stretch. What is withdrawn disputes nothing.
    """

    place: Ground
    claimant: Claimant
    first: dt.date | None
    last: dt.date | None
    says: Says
    holders: tuple[str, ...]
    change: Change | None
    basis: Basis
    told: str
    claims: tuple[str, ...]
    origins: int
    reports: int
    concedes: bool = False
    open: bool = False
    withdrawn: bool = False
    disputed_by: tuple[str, ...] = ()


class Board(msgspec.Struct, frozen=True):
    """All cells, by place, then day (the undated last), then claimant. A place nobody spoke of has none."""

    cells: tuple[Cell, ...]


class LastWord(msgspec.Struct, frozen=True):
    """A cell as it stands on a later day: what was last claimed, and how many days ago. It is not said to be so still."""

    cell: Cell
    age: int
