"""Aid and need as they are told: each figure with its claim, its part in a sum, and the unit check."""

from __future__ import annotations

import pytest

from counterclaim.core.amount import Amount
from counterclaim.core.claim import Aid, Claim, Need, Statement
from counterclaim.reconcile import findings
from counterclaim.reconcile.amounts import amounts, unit_check
from counterclaim.reconcile.context import context
from tests.reconcile.factories import claim, figure, m

DAY = "2022-06-04"
TRUST = "Bab al-Noor Trust"


def given(goods: str, low: float, unit: str = "tonnes", *, by: str = TRUST, sentence: int = 1, place: str | None = "Taiz") -> Claim:
    aid = Aid(donor=m(TRUST), goods=(goods,), amount=figure(low, unit=unit), place=m(place) if place else (), stage="sent")
    return claim(aid, by, days=DAY, sentence=sentence)


TOTAL, FLOUR, RICE = given("food", 480, sentence=0), given("flour", 300_000, "kg"), given("rice", 150)


def of(claims: list[Claim]) -> list[Amount]:
    return amounts(context(claims), findings(claims))


def test_a_total_stands_before_its_parts_with_the_sum_check() -> None:
    [one] = of([TOTAL, FLOUR, RICE])
    assert [(told.role, told.of) for told in one.told] == [
        ("total", ("food",)),
        *sorted([("part", ("flour",)), ("part", ("rice",))], key=lambda part: _at(one, part[1])),
    ]
    assert one.sum_check is not None
    assert one.sum_check.result == "disagrees"
    assert (one.units.result, one.units.because) == ("one measure", "told in kg, tonnes; side by side in t")


def _at(one: Amount, of_goods: tuple[str, ...]) -> int:
    return [told.of for told in one.told].index(of_goods)


def test_a_figure_is_kept_and_brought_to_the_base_unit_beside_it() -> None:
    [told] = [told for one in of([TOTAL, FLOUR, RICE]) for told in one.told if told.of == ("flour",)]
    assert (told.words, told.low, told.unit) == ("300000", 300_000, "kg")
    assert told.base is not None
    assert (told.base.low, told.base.unit) == (300.0, "t")
    assert told.base.source


def test_what_cannot_be_converted_is_not() -> None:
    [one] = of([given("food", 20, "trucks")])
    assert one.told[0].base is None
    assert one.units.because == "all in trucks"


def test_another_unit_of_no_measure_is_said() -> None:
    [one] = of([given("food", 480), given("food", 20, "trucks", by="UN", sentence=5)])
    assert (one.units.result, one.units.because) == ("not comparable", "told in tonnes, trucks, which are not of one measure")


def test_a_denial_has_its_act_and_no_say_in_the_units() -> None:
    denial = claim(Statement(content=("not so",)), "Houthis", act="denies", refutes=TOTAL.key, sentence=8)
    [one] = of([TOTAL, denial])
    assert [(told.party, told.act, told.words) for told in one.told] == [(TRUST, "asserts", "480"), ("Houthis", "denies", None)]
    assert one.units.result == "one unit"
    assert one.standing == "disputed"


def test_needs_have_the_range_of_their_counts() -> None:
    needs = [
        claim(Need(who=m("families"), count=figure(count), need=("shelter",), place=m("Kibua")), by, days=DAY) for by, count in (("UN", 2400), ("MSF", 3000))
    ]
    [one] = of(needs)
    assert (one.kind, one.low, one.high, one.units.result) == ("need", 2400, 3000, "one unit")
    assert sorted(told.party or "" for told in one.told) == ["MSF", "UN"]
    assert {told.of for told in one.told} == {("shelter",)}


def test_other_findings_are_passed_over() -> None:
    assert of([claim(Statement(content=("so",)), "UN")]) == []


@pytest.mark.parametrize(
    ("units", "result"),
    [
        ([], "no figures"),
        ([None, None], "one unit"),
        (["Tonnes", "tonnes"], "one unit"),
        (["t", "kg", "lb"], "one measure"),
        (["t", "litre"], "not comparable"),
        (["t", None], "not comparable"),
        (["bags", "boxes"], "not comparable"),
    ],
)
def test_units(units: list[str | None], result: str) -> None:
    assert unit_check(units).result == result
