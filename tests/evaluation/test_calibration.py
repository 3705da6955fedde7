"""Scores and shares right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.calibration import Scored, reliability


def test_scores_that_keep_their_word_have_no_error() -> None:
    rows = [Scored(0.75, right=k < 3) for k in range(4)]
    error, (only,) = reliability(rows)
    assert error == 0.0
    assert (only.low, only.said, only.right, only.claims) == (0.7, 0.75, 0.75, 4)


def test_an_engine_that_is_always_sure_and_half_right_is_off_by_half() -> None:
    assert reliability([Scored(1.0, right=True), Scored(1.0, right=False)])[0] == 50.0


def test_a_claim_of_less_weight_moves_less() -> None:
    heavy = [Scored(0.5, right=True), Scored(0.5, right=False, weight=1.0)]
    light = [Scored(0.5, right=True), Scored(0.5, right=False, weight=0.1)]
    assert reliability(heavy)[0] < reliability(light)[0]


def test_nothing_told_is_no_error() -> None:
    assert reliability([]) == (0.0, [])


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_every_claim_is_in_one_bin(rows: list[tuple[float, bool]]) -> None:
    error, bins = reliability(Scored(score, right=right) for score, right in rows)
    assert sum(b.claims for b in bins) == len(rows)
    assert 0 <= error <= 100
    assert all(b.low - 1e-9 <= b.said <= b.low + 0.1 + 1e-3 or b.said == pytest.approx(1.0) for b in bins)
