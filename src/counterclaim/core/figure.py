"""Counts and amounts as ranges that never say more than the words."""

from __future__ import annotations

import msgspec


class Derived(msgspec.Struct, frozen=True):
    """What follows from a figure by arithmetic, and how. Nobody said it: it is never counted as a figure that was."""

    low: int | float
    high: int | float
    because: str


class Figure(msgspec.Struct, frozen=True):
    """A number said in a text. `low` and `high` are null where the words give no bound ("dozens", "heavy losses").

    "A third of the town's 60,000 people" gives no number of its own: its bounds are null, and `derived` says what a third would be.
    """

    low: int | float | None
    high: int | float | None
    words: str
    unit: str | None = None
    derived: Derived | msgspec.UnsetType = msgspec.UNSET

    @property
    def is_vague(self) -> bool:
        """Whether the words give no bound at all."""
        return self.low is None and self.high is None
