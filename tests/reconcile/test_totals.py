"""What moves between houses, and totals that count nobody twice."""

from __future__ import annotations

import pytest

from counterclaim.core.claim import Casualties, Claim
from counterclaim.knowledge.houses import house
from counterclaim.reconcile.context import context
from counterclaim.reconcile.tolls import tolls
from counterclaim.reconcile.totals import moved, total
from tests.reconcile.factories import claim, figure, killed, m

DOCTOR, PRIEST = "Josué Lwambo", "Jean-Baptiste Tulinabo"


def told(count: float, day: str | None, place: str | None = "Kibua", report: str = "r1", by: str = DOCTOR, sentence: int = 0, *, exact: bool = True) -> Claim:
    return claim(killed("people", figure(count, exact=exact), place), by, days=day, report=report, sentence=sentence)


def person(name: str, day: str | None = "2025-06-10", report: str = "r1", sentence: int = 5) -> Claim:
    return claim(Casualties(who=m(name), named=m(name), harm=("killed",), count=figure(1), place=()), "NRF", days=day, report=report, sentence=sentence)


TUESDAY, FRIDAY = told(9, "2025-06-10"), told(5, "2025-06-13", report="r2")


def test_what_moves_names_the_numbers_and_the_claims() -> None:
    both = claim(
        Casualties(who=m("people"), harm=("killed", "wounded"), count=figure(30), place=m("Kibua")), PRIEST, days="2025-06-10", sentence=1, report="r1"
    )
    at_hand = context([TUESDAY, both])
    changes = {one.question["harm"]: one for one in moved(tolls(at_hand, house("widest")), tolls(at_hand, house("acled")))}
    killed_ = changes["killed"]
    assert killed_.before is not None
    assert killed_.after is not None
    assert (killed_.before.numbers, killed_.after.numbers) == ((0, None, 30), (9, 9, 9))
    assert killed_.because == (
        "one number: the lowest figure told",
        f"claim {both.key[:10]}: was taken, now not taken; excluded: union of killed and wounded; killed floor 0",
    )
    assert (changes["wounded"].after, changes["wounded"].because) == (None, ("the second house has no toll of wounded",))


def test_nothing_moves_from_a_house_to_itself() -> None:
    found = tolls(context([TUESDAY, FRIDAY]), house("ucdp"))
    assert moved(found, found) == []


def test_a_grade_is_a_change() -> None:
    at_hand = context([TUESDAY])
    [one] = moved(tolls(at_hand, house("widest")), tolls(at_hand, house("airwars")))
    assert one.after is not None
    assert one.after.grade == "weak"


@pytest.mark.parametrize(
    ("claims", "low", "counted", "reasons", "why"),
    [
        ([TUESDAY], 9, 1, [], "one toll"),
        ([TUESDAY, FRIDAY], 14, 2, [], "other days, other reports"),
        ([TUESDAY, told(5, "2025-06-13", sentence=2)], 9, 1, ["one report tells of it"], "one report: a part of the other, perhaps"),
        ([TUESDAY, told(7, "2025-06-10", "Walikale", "r2")], None, 1, ["its days may meet"], "one day"),
        ([TUESDAY, told(40, "2025-06-01/2025-06-30", report="r2")], None, 1, ["its days may meet"], "a month that holds the day"),
        ([TUESDAY, told(5, "2025-06-13", None, "r2")], 9, 1, ["no place is told"], "no place"),
        ([TUESDAY, told(5, None, "Walikale", "r2")], 9, 1, ["no day is told"], "no day"),
        ([person("Fahim Dashty"), person("Abdul Wudod Zara", sentence=6)], 2, 2, [], "two by name"),
        ([TUESDAY, person("Fahim Dashty", report="r2")], None, 1, ["its days may meet"], "by name on the day of a toll"),
        ([FRIDAY, person("Fahim Dashty", report="r3")], 6, 2, [], "by name on another day"),
    ],
)
def test_totals(claims: list[Claim], low: int | None, counted: int, reasons: list[str], why: str) -> None:
    found = tolls(context(claims), house("widest"))
    added = total(found)
    assert (len(added.counted), len(added.left_out)) == (counted, len(reasons)), why
    assert [left.because.startswith(reason) for left, reason in zip(added.left_out, reasons, strict=True)] == [True] * len(reasons), added.left_out
    if low is not None:
        assert added.low == low, why
    assert {*added.counted, *(left.key for left in added.left_out)} == {one.key for one in found}


def test_an_open_bound_of_one_is_an_open_bound_of_all() -> None:
    added = total(tolls(context([TUESDAY, told(5, "2025-06-13", report="r2", exact=False)]), house("ucdp")))
    assert (added.low, added.best, added.high) == (14, 14, None)


def test_a_total_of_nothing_has_no_number() -> None:
    assert total([]).low is None
    assert total(tolls(context([TUESDAY]), house("widest")), "wounded").counted == ()
