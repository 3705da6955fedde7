"""Counts and amounts as ranges that never say more than the words."""

from __future__ import annotations

import msgspec


class Figure(msgspec.Struct, frozen=True):
    """A number said in a text. `low` and `high` are null where the words give no bound ("dozens", "heavy losses")."""

    low: int | float | None
    high: int | float | None
    words: str
    unit: str | None = None

    @property
    def is_vague(self) -> bool:
        """Whether the words give no bound at all."""
        return self.low is None and self.high is None
