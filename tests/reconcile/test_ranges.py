from __future__ import annotations

import pytest

from counterclaim.core.figure import Figure
from counterclaim.reconcile.ranges import VAGUE, Bounds, bounds, can_both_hold, widest


@pytest.mark.parametrize(
    ("counts", "low", "high", "why"),
    [
        ([(9, 9)], 9, 9, "one exact count"),
        ([(9, 9), (14, None)], 9, None, "at least: open above"),
        ([(9, 9), (21, 21)], 9, 21, "least and greatest"),
        ([(None, 300), (250, 250)], None, 300, "up to: open below"),
        ([(1000, None), (None, 10)], None, None, "open on both sides, and never crossed"),
        ([(9, 9), (None, None)], 9, 9, "a vague count gives nothing"),
        ([(None, None)], None, None, "nothing but vague"),
        ([], None, None, "nothing"),
    ],
)
def test_widest(counts: list[tuple[int | None, int | None]], low: int | None, high: int | None, why: str) -> None:
    assert widest(Bounds(*count) for count in counts) == (low, high), why


def test_bounds_read_the_wrong_way_round_are_put_in_order() -> None:
    assert bounds(Figure(20, 10, "20 to 10")) == (10, 20)
    assert bounds(None) == VAGUE


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [((9, 9), (9, 12), True), ((9, 9), (10, 12), False), ((14, None), (26, 26), True), ((14, None), (9, 9), False), ((None, None), (9, 9), True)],
)
def test_can_both_hold(one: tuple[int | None, int | None], other: tuple[int | None, int | None], both: bool) -> None:
    assert can_both_hold(Bounds(*one), Bounds(*other)) is both
    assert can_both_hold(Bounds(*other), Bounds(*one)) is both
