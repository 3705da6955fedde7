"""When a claim was, where its own words do not say: by when it was said, or by the one event of the report."""

from __future__ import annotations

import datetime as dt

import pytest

from counterclaim.core.claim import Claim
from tests.reading import reading

PUBLISHED = "2021-09-06"  # a Monday


def claims(text: str, kind: str, *, published: str | None = PUBLISHED) -> list[Claim]:
    return [c for c in reading(text, reader="trained", published=published).claims if c.kind == kind]


def days(claim: Claim) -> tuple[str | None, str | None]:
    """From and to, as written."""
    assert claim.when is not None
    return tuple(d.isoformat() if d else None for d in (claim.when.start, claim.when.end))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("text", "kind", "expected", "dated", "why"),
    [
        ("The spokesman said on Sunday that rebels had captured the town of Anaba.", "control", (None, "2021-09-05"), "said", "done by the day it was told"),
        ("Rebels captured the town of Anaba on Saturday, the spokesman said.", "control", ("2021-09-04", "2021-09-04"), None, "its own day"),
        ("The army said on Sunday that it rejected the offer.", "answer", ("2021-09-05", "2021-09-05"), None, "an act of speech is performed when it is said"),
        ("Rebels captured the town of Anaba.", "control", (None, "2021-09-06"), "report", "done by the day of the report"),
        ("The rebels hold the town of Anaba, the mayor said on Sunday.", "control", ("2021-09-05", "2021-09-05"), "said", "a state lasts when it is told"),
        ("At least 12 people were killed in Anaba on Saturday. A doctor said nine of the dead were killed in the market.", "casualties", ("2021-09-04", "2021-09-04"), "event", "the one event of the report"),
        ("Since August 20, 40 people have been killed in Anaba, the mayor said.", "casualties", ("2021-08-20", "2021-09-06"), None, "since a day until the report"),
        ("Fighting that began in 2019 has displaced 5,000 people in Anaba.", "casualties", ("2019-01-01", "2021-09-06"), None, "what began and goes on"),
    ],
)  # fmt: skip
def test_when(text: str, kind: str, expected: tuple[str | None, str | None], dated: str | None, why: str) -> None:
    found = claims(text, kind)
    assert found, "nothing of the kind was read"
    assert [(days(c), c.dated) for c in found][-1] == (expected, dated), why


def test_the_day_of_an_accusation_is_not_the_day_of_what_it_accuses_of() -> None:
    [attack] = claims("The army on Sunday accused the militia of killing the governor of Anaba.", "attack")
    assert days(attack) == (None, "2021-09-05")


def test_today_in_a_statement_is_the_day_of_the_statement() -> None:
    text = "“We lost two men today,” the front wrote in a tweet on Sunday."
    assert {days(c) for c in claims(text, "casualties")} == {("2021-09-05", "2021-09-05")}


def test_nothing_is_dated_where_no_day_is_known() -> None:
    [control] = claims("Rebels captured the town of Anaba.", "control", published=None)
    assert control.when is None
    assert control.dated is None


def test_what_was_told_by_a_day_is_filed_under_no_day() -> None:
    """That a report was published on a day says only that its events were over."""
    from counterclaim.reconcile.days import NO_DAYS, event_days

    [control] = claims("Rebels captured the town of Anaba.", "control")
    assert event_days(control) == NO_DAYS
    assert control.when is not None
    assert control.when.end == dt.date(2021, 9, 6)
