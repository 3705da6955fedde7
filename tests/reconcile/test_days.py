from __future__ import annotations

import pytest

from counterclaim.reconcile.days import Days, days_of, event_days, state_days, text
from tests.reconcile.factories import claim, control, date, report, when


def days(words: str) -> Days:
    return days_of(when(words))


def test_days_read_the_wrong_way_round_are_put_in_order() -> None:
    assert days("2021-09-05/2021-09-04") == days("2021-09-04/2021-09-05")


@pytest.mark.parametrize(
    ("words", "anchor", "latest"),
    [("2021-09-04/2021-09-05", "2021-09-04", "2021-09-05"), ("/2021-09-05", "2021-09-05", "2021-09-05"), ("2021-09-04/", "2021-09-04", "2021-09-04")],
)
def test_anchor_and_latest(words: str, anchor: str, latest: str) -> None:
    assert (text(days(words).anchor), text(days(words).latest)) == (anchor, latest)


@pytest.mark.parametrize(
    ("words", "day", "covered", "why"),
    [
        ("2021-09-04/2021-09-06", "2021-09-05", True, "between"),
        ("2021-09-04/2021-09-06", "2021-09-07", False, "after"),
        ("/2021-09-05", "2021-09-05", True, "by that day, that day it was so"),
        ("/2021-09-05", "2021-09-04", False, "by a day says nothing of the day before"),
    ],
)
def test_covers(words: str, day: str, covered: bool, why: str) -> None:
    the_day = date(day)
    assert the_day is not None
    assert days(words).covers(the_day) is covered, why


def test_an_undated_denial_takes_the_days_of_what_it_denies() -> None:
    asserted = claim(control("Paryan", "Taliban"), days="2021-09-05")
    denied = claim(control("Paryan", "Taliban"), act="denies", refutes=asserted.key)
    assert event_days(denied, asserted) == days("2021-09-05")
    assert event_days(denied) == Days(None, None)


@pytest.mark.parametrize(
    ("happened", "said", "published", "expected", "why"),
    [
        ("2021-09-04", "2021-09-05", "2021-09-06", "2021-09-04", "its own day"),
        (None, "2021-09-05", "2021-09-06", "2021-09-05", "the day it was said"),
        (None, None, "2021-09-06", "2021-09-06", "the day of the report"),
        ("2021-09-04/", None, "2021-09-06", "2021-09-04/2021-09-06", "since then lasts till the report"),
        ("2021-09-08/", None, "2021-09-06", "2021-09-08/", "what begins after the report does not last till it"),
    ],
)
def test_state_days(happened: str | None, said: str | None, published: str, expected: str, why: str) -> None:
    made = claim(control("Paryan", "Taliban"), days=happened, said=said)
    assert state_days(made, None, report(published=published)) == days(expected), why
