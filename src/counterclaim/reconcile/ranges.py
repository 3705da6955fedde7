"""Counts to one range: never narrower than what was claimed, never wider than the words allow."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

from counterclaim.core.figure import Figure

RULE = "widest-range"
"""The least lower and the greatest upper bound over the claims that assert a count. A side that one of them leaves open stays open;
a union of harms has a floor of 0 for each of them; a vague count gives nothing. There is no best: the rule does not choose."""

Number = int | float


class Bounds(NamedTuple):
    """A count's bounds; null is open."""

    low: Number | None
    high: Number | None

    @property
    def is_vague(self) -> bool:
        """Whether both sides are open."""
        return self.low is None and self.high is None


VAGUE = Bounds(None, None)


def bounds(figure: Figure | None) -> Bounds:
    """The bounds of a figure, in order even where the text was read the wrong way round; vague where there is none."""
    if figure is None:
        return VAGUE
    if figure.low is not None and figure.high is not None and figure.high < figure.low:
        return Bounds(figure.high, figure.low)
    return Bounds(figure.low, figure.high)


def widest(counts: Iterable[Bounds]) -> Bounds:
    """The range over these counts (the rule is told at `RULE`); open on both sides where all are vague."""
    counts = [count for count in counts if not count.is_vague]
    lows, highs = [count.low for count in counts], [count.high for count in counts]
    low = None if not lows or None in lows else min(low for low in lows if low is not None)
    high = None if not highs or None in highs else max(high for high in highs if high is not None)
    return Bounds(low, high)


def are_apart(counts: Iterable[Bounds]) -> bool:
    """Whether two of the counts cannot both hold."""
    return any(not can_both_hold(one, other) for one, other in combinations(set(counts), 2))


def can_both_hold(one: Bounds, other: Bounds) -> bool:
    """Whether some number lies within both."""
    return (one.low is None or other.high is None or one.low <= other.high) and (other.low is None or one.high is None or other.low <= one.high)
