from __future__ import annotations

import pytest

from counterclaim.core.claim import Aid, Claim, Stage
from counterclaim.core.figure import Figure
from tests.reconcile.factories import claim, figure, found, link, m, only, said_by

DAY = "2022-06-04"
TRUST = "Bab al-Noor Trust"


def given(goods: str, low: float, *, place: str | None = None, stage: Stage | None = "sent", donor: str | None = TRUST, unit: str = "tonnes") -> Aid:
    return Aid(donor=m(donor) if donor else (), goods=(goods,), amount=figure(low, unit=unit), place=m(place) if place else (), stage=stage)


def told(aid: Aid, sentence: int = 1, *, days: str | None = DAY, report: str = "r1") -> Claim:
    return claim(aid, TRUST, days=days, sentence=sentence, report=report)


TOTAL = told(given("food", 480, place="Taiz"), 0)
FLOUR, RICE, OIL = told(given("flour", 210)), told(given("rice", 150)), told(given("oil", 100))


@pytest.mark.parametrize(
    ("claims", "result", "why"),
    [
        ([TOTAL, FLOUR, RICE, OIL], "disagrees", "210 + 150 + 100 = 460"),
        ([TOTAL, FLOUR, RICE, told(given("oil", 120))], "agrees", "210 + 150 + 120 = 480"),
        ([TOTAL, FLOUR, RICE, told(given("oil", 118))], "agrees", "478, rounded to 480"),
        ([TOTAL, FLOUR, RICE, told(given("oil", 110))], "disagrees", "470 is not rounded to 480"),
        ([TOTAL, FLOUR, told(given("rice", 150), 2), told(given("oil", 120), 3)], "agrees", "a sentence for each part"),
        ([told(given("food", 480, place="Taiz"), 3), told(given("flour", 300), 1), told(given("rice", 180), 2)], "agrees", "the total last"),
        ([TOTAL, told(given("flour", 300, donor=None), days=None), told(given("rice", 180, stage=None))], "agrees", "what a part leaves open it shares"),
        ([TOTAL, told(given("flour", 300, unit="Tonne")), told(given("rice", 180))], "agrees", "a unit in another spelling"),
        ([TOTAL, told(given("flour", 300_000, unit="kg")), told(given("rice", 180))], "agrees", "kilograms of a total in tonnes"),
    ],
)
def test_sums(claims: list[Claim], result: str, why: str) -> None:
    finding = only(claims)
    assert finding.sum_check is not None, why
    assert finding.sum_check.result == result, finding.because
    assert finding.sum_check.total in {one.key for one in claims}
    assert {finding.sum_check.total, *finding.sum_check.parts} == {one.key for one in claims}


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ([TOTAL, FLOUR], "one part is no list"),
        ([TOTAL, told(given("flour", 300), 5), told(given("rice", 180), 6)], "not beside it"),
        ([TOTAL, told(given("flour", 300, unit="tons")), told(given("rice", 180, unit="tons"))], "another unit"),
        ([TOTAL, told(given("flour", 300, stage="pledged")), told(given("rice", 180, stage="pledged"))], "another stage"),
        ([TOTAL, told(given("flour", 300), days="2022-07-01"), told(given("rice", 180), days="2022-07-01")], "another day"),
        ([TOTAL, told(given("flour", 300, place="Aden")), told(given("rice", 180, place="Aden"))], "another place"),
        ([TOTAL, told(given("flour", 300, donor="WFP")), told(given("rice", 180, donor="WFP"))], "another donor"),
        ([TOTAL, told(given("flour", 300), report="r2"), told(given("rice", 180), report="r2")], "another report"),
        ([TOTAL, told(given("flour", 480)), told(given("rice", 500))], "no smaller amounts"),
        ([told(given("rice", 500)), told(given("flour", 300)), told(given("beans", 200))], "a list and no total"),
        ([TOTAL, *[told(Aid(donor=m(TRUST), goods=(goods,), amount=Figure(None, None, "some", "tonnes"))) for goods in ("flour", "rice")]], "vague parts"),
    ],
)
def test_no_sum(claims: list[Claim], why: str) -> None:
    assert all(one.sum_check is None for one in found(claims)), why


@pytest.mark.parametrize(
    ("total", "parts", "result", "why"),
    [
        (figure(480, exact=False, unit="t"), (300, 200), "agrees", "at least 480 may be 500"),
        (figure(480, exact=False, unit="t"), (300, 100), "disagrees", "at least 480 is not 400"),
        (Figure(None, 480, "up to 480", "t"), (300, 100), "agrees", "up to 480 may be 400"),
        (figure(12.5, unit="t"), (6.25, 6.2), "agrees", "12.45, rounded to 12.5"),
        (figure(12.5, unit="t"), (6.0, 6.2), "disagrees", "12.2"),
        (figure(1000, unit="t"), (600, 360), "agrees", "a thousand, by the second digit"),
        (figure(1000, unit="t"), (600, 300), "disagrees", "900 is no thousand"),
    ],
)
def test_rounding(total: Figure, parts: tuple[float, float], result: str, why: str) -> None:
    whole = told(Aid(donor=m(TRUST), goods=("food",), amount=total), 0)
    claims = [whole, *(told(Aid(donor=m(TRUST), goods=(f"goods {i}",), amount=figure(part, unit="t"))) for i, part in enumerate(parts))]
    finding = only(claims)
    assert finding.sum_check is not None, why
    assert finding.sum_check.result == result, finding.because


@pytest.mark.parametrize(
    ("unit", "total", "parts", "result", "why"),
    [
        ("kg", 2000, (800, 750), "disagrees", "rounding is of the kilograms told, not of two tonnes"),
        ("lb", 10000, (6000, 3900), "agrees", "9,900, as the same numbers in bags would"),
        ("kg", 480, (210, 150, 100), "disagrees", "460"),
    ],
)
def test_a_sum_in_one_unit_is_made_in_that_unit(unit: str, total: float, parts: tuple[float, ...], result: str, why: str) -> None:
    whole = told(Aid(donor=m(TRUST), goods=("food",), amount=figure(total, unit=unit)), 0)
    finding = only([whole, *(told(Aid(donor=m(TRUST), goods=(f"goods {i}",), amount=figure(part, unit=unit))) for i, part in enumerate(parts))])
    assert finding.sum_check is not None
    assert finding.sum_check.result == result, why
    assert f"make {sum(parts):,g} {unit}" in finding.sum_check.because


def test_question_positions_and_reason() -> None:
    finding = only([TOTAL, FLOUR, RICE, OIL])
    assert finding.question == {"kind": "aid", "donor": TRUST, "goods": "food", "place": "Taiz", "stage": "sent", "day": DAY}
    assert said_by(finding) == {
        TRUST: ["100 tonnes of oil was sent; 150 tonnes of rice was sent; 210 tonnes of flour was sent; 480 tonnes of food was sent"],
    }
    assert finding.because.endswith("the parts, 100 + 150 + 210, make 460 tonnes, not as the total of 480 says")
    assert (finding.low, finding.rule, finding.standing) == (None, None, "claimed")


def test_another_tells_of_a_gift() -> None:
    finding = only([claim(given("food", 480, place="Taiz"), "UN", days=DAY)])
    assert said_by(finding) == {"UN": ["480 tonnes of food from Bab al-Noor Trust was sent"]}


@pytest.mark.parametrize(("amounts", "standing"), [((480,), "corroborated"), ((500,), "claimed"), ((480, 500), "claimed")])
def test_all_origins_must_tell_one_amount(amounts: tuple[float, ...], standing: str) -> None:
    others = [claim(given("food", amount, place="Taiz"), name, days=DAY, sentence=9) for amount, name in zip(amounts, ("UN", "ICRC"), strict=False)]
    assert only([TOTAL, *others]).standing == standing


def test_a_part_denied_stands_against_the_total() -> None:
    denial = claim(given("oil", 100), "Houthis", act="denies", refutes=OIL.key, sentence=8)
    finding = only([TOTAL, FLOUR, RICE, OIL, denial], goods="food")
    assert finding.standing == "disputed"
    assert said_by(finding)["Houthis"] == ["denies that 100 tonnes of oil from Bab al-Noor Trust was sent"]


def test_goods_without_amount_or_name() -> None:
    findings = found([claim(Aid(), "UN", days=DAY), claim(Aid(donor=m("the charity"), stage="arrived"), "UN", days=DAY)], links=[link("the charity", TRUST)])
    assert [said_by(one)["UN"] for one in findings] == [["aid from Bab al-Noor Trust arrived"], ["aid was given"]]
    assert [one.question.get("report") for one in findings] == [None, "r1"]


def some(aid: Aid, sentence: int = 1) -> Claim:
    return claim(aid, TRUST, days=DAY, sentence=sentence, counting="part")


def test_what_is_only_some_of_it_is_not_added_up() -> None:
    finding = only([TOTAL, some(given("flour", 210)), some(given("rice", 150))])
    assert finding.sum_check is None
    assert said_by(finding)[TRUST] == [
        "150 tonnes of rice was sent, as part of a greater amount; 210 tonnes of flour was sent, as part of a greater amount; 480 tonnes of food was sent"
    ]


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ([TOTAL, FLOUR, RICE, told(given("oil", 120)), told(given("oil", 120), 2)], "a part told twice"),
        ([TOTAL, told(given("relief supplies", 360)), FLOUR, RICE, told(given("oil", 120))], "a part with parts of its own"),
    ],
)
def test_nothing_is_added_up_twice(claims: list[Claim], why: str) -> None:
    finding = only(claims)
    assert finding.sum_check is not None
    assert finding.sum_check.result == "agrees", why


def test_goods_by_the_piece_are_many() -> None:
    load = Aid(donor=m(TRUST), goods=("flour",), amount=figure(12, words="12 trucks", unit="truck"), stage="sent")
    assert said_by(only([told(load)]))[TRUST] == ["12 trucks of flour were sent"]
