"""A toll by the rule of one house: how many were harmed in one matter, and what became of each claim of it."""

from __future__ import annotations

from typing import Literal

import msgspec

from counterclaim.core.claim import Counting

Number = int | float
Grade = Literal["confirmed", "fair", "weak", "contested", "discounted"]


class Row(msgspec.Struct, frozen=True):
    """One claim under the rule: the bounds it gives (null is open), whether they were taken, and why, in plain words."""

    claim: str
    low: Number | None
    high: Number | None
    taken: bool
    because: str


class Reckoning(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The toll of one matter by the rule of one house. A null number is open, or one the rule does not give.

    `key` is that of the finding with the same question, where there is one: a union has no finding for each of its harms.
    `origins` counts the independent origins of the claims taken. `counting` says how the toll stands to others, where its claims agree in that.
    """

    key: str
    house: str
    question: dict[str, str | None]
    low: Number | None
    best: Number | None
    high: Number | None
    because: str
    origins: int
    reports: tuple[str, ...]
    rows: tuple[Row, ...]
    grade: Grade | None = None
    is_person: bool = False
    counting: Counting | None = None

    @property
    def harm(self) -> str:
        """The harm, or the harms of a union."""
        return self.question.get("harm") or ""

    @property
    def numbers(self) -> tuple[Number | None, Number | None, Number | None]:
        """Low, best and high."""
        return self.low, self.best, self.high


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """What one toll comes to under two houses, and each claim the two treat otherwise; null where a house does not count the matter."""

    key: str
    question: dict[str, str | None]
    before: Reckoning | None
    after: Reckoning | None
    because: tuple[str, ...]


class LeftOut(msgspec.Struct, frozen=True):
    """A toll that a total does not hold, and why."""

    key: str
    because: str


class Total(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Tolls of one harm added up: those that surely are of other people than the rest. An open bound of one is an open bound of all.

    It is of one country and of one stretch of time, from `since` to `until`; null where nothing at hand tells them.
    """

    house: str
    harm: str
    low: Number | None
    best: Number | None
    high: Number | None
    counted: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    country: str | None = None
    since: str | None = None
    until: str | None = None
