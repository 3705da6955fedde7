"""What moves between houses, and totals that count nobody twice."""

from __future__ import annotations

import pytest

from counterclaim.core.claim import Casualties, Claim, Counting
from counterclaim.core.link import Candidate, Link, Located
from counterclaim.knowledge.houses import house
from counterclaim.reconcile.context import context
from counterclaim.reconcile.tolls import tolls
from counterclaim.reconcile.totals import countries, foremost, moved, total, totals
from tests.reconcile.factories import claim, figure, killed, link, m

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


def counted(count: float, as_: Counting, day: str | None, place: str | None = "Kibua", report: str = "r2") -> Claim:
    return claim(killed("people", figure(count), place), DOCTOR, days=day, report=report, sentence=3, counting=as_)


@pytest.mark.parametrize(
    ("other", "reason", "why"),
    [
        (counted(30000, "sum", "2021-01-01/2025-06-30"), "a running total", "since a year"),
        (counted(47, "sum", None), "a running total", "a total of no day"),
        (told(210, "2024-01-01/2024-12-31", report="r2"), "it counts all of a longer time", "a year"),
        (claim(killed("children", figure(3)), DOCTOR, days="2025-06-10", sentence=1, counting="part"), "it counts some of those", "a part of the nine"),
    ],
)
def test_what_is_added_to_nothing(other: Claim, reason: str, why: str) -> None:
    added = total(tolls(context([TUESDAY, other]), house("widest")))
    assert (added.low, added.high) == (9, 9), why
    assert [left.because.startswith(reason) for left in added.left_out] == [True], added.left_out


def test_more_besides_is_added_in_one_report() -> None:
    other = counted(5, "further", "2025-06-13", report="r1")
    assert total(tolls(context([TUESDAY, other]), house("widest"))).low == 14


def test_a_part_gives_its_own_matter_no_number() -> None:
    part = claim(killed("people", figure(4)), DOCTOR, days="2025-06-10", sentence=1, counting="part")
    [one] = tolls(context([TUESDAY, part]), house("widest"))
    assert one.numbers == (9, None, 9)
    assert {row.because for row in one.rows} == {"tells “9”", "told as part of another count: gives no number of its own"}


def test_nothing_is_added_over_years() -> None:
    found = tolls(context([TUESDAY, told(100, "2021-09-04", "Paryan", report="r2"), FRIDAY]), house("widest"))
    added = totals(found)
    assert [(one.low, one.since, one.until) for one in added] == [(14, "2025-06-10", "2025-06-13"), (100, "2021-09-04", "2021-09-04")]
    first = foremost(added)
    assert (first.low, [left.because for left in first.left_out]) == (14, ["it is of another country or time (2021-09-04)"])


def test_nothing_is_added_over_countries() -> None:
    found = tolls(context([TUESDAY, told(100, "2025-06-20", "Tarn", report="r2")]), house("widest"))
    lie = dict(zip([one.key for one in found], ("CD", "SD"), strict=True))
    assert sorted((one.country, one.low) for one in totals(found, countries=lie)) == sorted((lie[one.key], one.low) for one in found)


def test_the_country_of_a_toll_is_that_of_its_place() -> None:
    kibua = Link("r1", "Kibua", "place", Candidate("Kibua", "kibua", 1.0, at=Located("exact", country="CD")), "made up")
    found = tolls(context([TUESDAY], (), [kibua]), house("widest"))
    assert countries(found, [kibua]) == {found[0].key: "CD"}
    assert countries(found, [link("Kibua", "Kibua", kind="place")]) == {}
