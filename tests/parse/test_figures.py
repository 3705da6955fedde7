"""Counts and amounts: the table of cases, and what the table does not say."""

from __future__ import annotations

import pytest

from counterclaim.core.figure import Derived
from counterclaim.parse.dates import moments
from counterclaim.parse.figures import quantities, value_of
from tests.cases import Case, params


@pytest.mark.parametrize("case", params("figures"))
def test_table(case: Case) -> None:
    text = case["text"]
    taken = [m.span for m in moments(text, None) if m.when.precision != "unknown" or m.when.words[:1].isdigit()]
    found = [{"words": q.figure.words, "low": q.figure.low, "high": q.figure.high, "unit": q.figure.unit} for q in quantities(text, taken=taken)]
    assert found == [{k: f.get(k) for k in ("words", "low", "high", "unit")} for f in case["figures"]]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("twenty-five", 25),
        ("2.5 million", 2_500_000),
        ("a hundred and twenty", 120),
        ("three hundred thousand", 300_000),
        ("half a million", 500_000),
        ("1,000", 1000),
        ("two dozen", 24),
    ],
)
def test_value_of(words: str, value: float) -> None:
    assert value_of(words) == value


def test_value_of_words_that_are_no_number() -> None:
    assert value_of("several") is None


@pytest.mark.parametrize(
    ("text", "words", "derived"),
    [
        ("A third of the town's 60,000 people have fled.", "A third of the town's 60,000", (20_000, 20_000)),
        ("Two thirds of its 900 fighters were killed.", "Two thirds of its 900", (600, 600)),
        ("About 40 per cent of the 12,000 residents have left.", "About 40 per cent of the 12,000", (4_800, 4_800)),
    ],
)
def test_a_share_of_a_number_is_not_the_number(text: str, words: str, derived: tuple[int, int]) -> None:
    [found] = [q.figure for q in quantities(text)]
    assert (found.words, found.low, found.high) == (words, None, None)
    assert isinstance(found.derived, Derived)
    assert (found.derived.low, found.derived.high) == derived


def test_a_share_beside_a_number_is_two_figures() -> None:
    found = [q.figure for q in quantities("Half of the region's families – 12,000 households – lack water.")]
    assert [f.low for f in found] == [0.5, 12_000]
