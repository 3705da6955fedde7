"""Time expressions: the table of cases, and what the table does not say."""

from __future__ import annotations

import datetime as dt

import pytest

from counterclaim.parse.dates import latest, moments
from tests.cases import Case, params


@pytest.mark.parametrize("case", params("dates"))
def test_table(case: Case) -> None:
    published = dt.date.fromisoformat(case["published"]) if case["published"] else None
    found = [
        {"words": m.when.words, "from": m.when.start and m.when.start.isoformat(), "to": m.when.end and m.when.end.isoformat(), "precision": m.when.precision}
        for m in moments(case["text"], published)
    ]
    assert found == [{k: d[k] for k in ("words", "from", "to", "precision")} for d in case["dates"]]


def test_latest_skips_years_without_a_29_february() -> None:
    assert latest(2, 29, dt.date(2023, 6, 1)) == dt.date(2020, 2, 29)


def test_latest_of_a_day_that_never_is() -> None:
    assert latest(2, 30, dt.date(2023, 6, 1)) is None
