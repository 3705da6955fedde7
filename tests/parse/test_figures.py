"""Counts and amounts: the table of cases, and what the table does not say."""

from __future__ import annotations

import pytest

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
