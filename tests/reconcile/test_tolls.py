"""Tolls by each house: the numbers, what becomes of each claim, and why."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from counterclaim.core.claim import Casualties, Claim, Harm, Statement, Verification
from counterclaim.core.toll import Grade, Number, Reckoning
from counterclaim.knowledge.houses import house, houses
from counterclaim.reconcile.context import context
from counterclaim.reconcile.tolls import tolls
from tests.reconcile.demos import demos
from tests.reconcile.factories import claim, figure, killed, m, report, voice

DAY = "2025-06-10"
DOCTOR, PRIEST, ARMY = "Josué Lwambo", "Jean-Baptiste Tulinabo", voice("Alphonse Mbuyi", "FARDC")


def of(count: float | None, who: str = "people", *, words: str | None = None, exact: bool = True, up_to: float | None = None) -> Casualties:
    return killed(who, figure(count, up_to, words=words, exact=exact))


def union(count: float | None, *harms: Harm, exact: bool = True) -> Casualties:
    return Casualties(who=m("people"), harm=harms or ("killed", "wounded"), count=figure(count, exact=exact), place=m("Kibua"))


NINE, FOURTEEN = claim(of(9), DOCTOR, days=DAY), claim(of(14), PRIEST, days=DAY)
AT_LEAST, UP_TO = claim(of(14, exact=False), PRIEST, days=DAY), claim(of(None, up_to=12, words="up to 12"), PRIEST, days=DAY)
STRETCH, ABOUT = claim(of(850, up_to=1000), PRIEST, days=DAY), claim(of(9), PRIEST, days=DAY)
DOZENS, MANY, NONE = (claim(killed("people", count), PRIEST, days=DAY) for count in (figure(None, words="dozens"), figure(None, words="many"), None))
BOTH, EITHER = claim(union(30), PRIEST, days=DAY), claim(union(1000, "killed", "wounded", "captured", exact=False), PRIEST, days=DAY)
LOSSES = claim(union(50, "losses"), PRIEST, days=DAY)
DENIAL = claim(of(9), ARMY, days=DAY, act="denies", sentence=1)
CORRECTED = [claim(of(26), PRIEST, days=DAY, sentence=1), claim(Statement(content=("withdraws the figure of 26 dead",)), report="r2")]

Three = tuple[Number | None, Number | None, Number | None]


class Case(NamedTuple):
    """Claims, and low, best and high of the killed by each house, in the order of the table."""

    why: str
    claims: list[Claim]
    widest: Three
    acled: Three
    ucdp: Three
    airwars: Three
    most: Three
    least: Three


# fmt: off
CASES = [
    Case("one figure", [NINE], (9, None, 9), (9, 9, 9), (9, 9, 9), (9, None, 9), (9, 9, None), (None, 9, 9)),
    Case("two that differ", [NINE, FOURTEEN], (9, None, 14), (9, 9, 9), (9, None, 14), (9, None, 14), (9, 9, None), (None, 14, 14)),
    Case("two that agree", [NINE, ABOUT], (9, None, 9), (9, 9, 9), (9, 9, 9), (9, None, 9), (9, 9, None), (None, 9, 9)),
    Case("open above", [AT_LEAST], (14, None, None), (14, 14, 14), (14, 14, None), (14, None, None), (14, 14, None), (None, 14, None)),
    Case("open above, and less", [NINE, AT_LEAST], (9, None, None), (9, 9, 9), (9, None, None), (9, None, None), (9, 9, None), (None, 14, None)),
    Case("open below", [UP_TO], (None, None, 12), (12, 12, 12), (None, 12, 12), (None, None, 12), (0, 0, None), (None, 12, 12)),
    Case("a stretch", [STRETCH], (850, None, 1000), (850, 850, 850), (850, None, 1000), (850, None, 1000), (850, 850, None), (None, 1000, 1000)),
    Case("dozens", [DOZENS], (None,) * 3, (12, 12, 12), (None,) * 3, (None,) * 3, (None,) * 3, (None,) * 3),
    Case("dozens beside a figure", [NINE, DOZENS], (9, None, 9), (9, 9, 9), (9, 9, 9), (9, None, 9), (9, 9, None), (None, 9, 9)),
    Case("many", [MANY], (None,) * 3, (None,) * 3, (None,) * 3, (None,) * 3, (None,) * 3, (None,) * 3),
    Case("no count", [NINE, NONE], (9, None, 9), (9, 9, 9), (9, 9, 9), (9, None, 9), (9, 9, None), (None, 9, 9)),
    Case("a union alone", [BOTH], (0, None, 30), (0, 0, 0), (None,) * 3, (None,) * 3, (0, 0, None), (None, None, 30)),
    Case("a union beside a figure", [NINE, BOTH], (0, None, 30), (9, 9, 9), (9, 9, 9), (9, None, 9), (0, 0, None), (None, 9, 30)),
    Case("an open union", [NINE, EITHER], (0, None, None), (9, 9, 9), (9, 9, 9), (9, None, 9), (0, 0, None), (None, 9, None)),
    Case("losses of every sort", [NINE, LOSSES], (0, None, 50), (9, 9, 9), (9, 9, 9), (9, None, 9), (0, 0, None), (None, 9, 50)),
    Case("denied", [NINE, DENIAL], (9, None, 9), (9, 9, 9), (9, 9, 9), (9, None, 9), (9, 9, None), (None, 9, 9)),
    Case("taken back", [NINE, *CORRECTED], (9, None, 9), (9, 9, 9), (9, 9, 9), (9, None, 9), (9, 9, None), (None, 9, 9)),
]
# fmt: on


def reckoned(claims: list[Claim], name: str, harm: str = "killed") -> Reckoning:
    [one] = [one for one in tolls(context(claims), house(name)) if one.harm == harm]
    return one


@pytest.mark.parametrize("name", list(houses()))
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.why)
def test_numbers(case: Case, name: str) -> None:
    assert reckoned(case.claims, name).numbers == getattr(case, name)


@pytest.mark.parametrize(
    ("claims", "name", "of_claim", "taken", "bounds", "because"),
    [
        ([NINE], "widest", NINE, True, (9, 9), "tells “9”"),
        ([NINE, BOTH], "widest", BOTH, True, (0, 30), "union of killed and wounded; killed floor 0"),
        ([NINE, BOTH], "acled", BOTH, False, (0, 30), "excluded: union of killed and wounded; killed floor 0"),
        ([BOTH], "acled", BOTH, True, (0, 30), "union of killed and wounded; killed floor 0"),
        ([EITHER], "ucdp", EITHER, False, (0, None), "excluded: union of killed, wounded and captured; killed floor 0"),
        ([NINE, LOSSES], "most", LOSSES, True, (0, 50), "losses of every sort; killed floor 0"),
        ([NINE, FOURTEEN], "acled", FOURTEEN, False, (14, 14), "tells “14”; a lower number is taken"),
        ([NINE, FOURTEEN], "least", NINE, False, (9, 9), "tells “9”; a greater number is taken"),
        ([DOZENS], "acled", DOZENS, True, (12, 12), "vague: “dozens” counts as 12 by this house's table"),
        ([DOZENS], "widest", DOZENS, False, (None, None), "vague: “dozens” is no number"),
        ([MANY], "acled", MANY, False, (None, None), "vague: “many” is not in this house's table"),
        ([NINE, NONE], "widest", NONE, False, (None, None), "no count"),
        ([NINE, DENIAL], "widest", NINE, True, (9, 9), "tells “9”; denied by FARDC"),
        ([NINE, DENIAL], "widest", DENIAL, False, (None, None), "denies it: gives no number of its own"),
        ([FOURTEEN, DENIAL], "widest", FOURTEEN, True, (14, 14), "tells “14”"),
        ([NINE, *CORRECTED], "widest", CORRECTED[0], False, (26, 26), "withdrawn"),
    ],
)
def test_what_becomes_of_a_claim(claims: list[Claim], name: str, of_claim: Claim, taken: bool, bounds: tuple[float | None, float | None], because: str) -> None:
    [row] = [row for row in reckoned(claims, name).rows if row.claim == of_claim.key]
    assert (row.taken, (row.low, row.high), row.because) == (taken, bounds, because)


def by(actor: str, voice_name: str, count: float = 9, sentence: int = 0) -> Claim:
    one = Casualties(who=m("people"), harm=("killed",), count=figure(count), place=m("Kibua"), by=m(actor))
    return claim(one, voice_name, days=DAY, sentence=sentence)


@pytest.mark.parametrize(
    ("claims", "grade", "because"),
    [
        ([NINE], "weak", "one origin tells of it"),
        ([NINE, FOURTEEN], "fair", "2 independent origins tell of it"),
        ([NINE, claim(of(9), DOCTOR, days=DAY, report="r2")], "weak", "one origin tells of it"),
        ([NINE, DENIAL], "contested", "FARDC denies it"),
        ([by("M23", DOCTOR), by("FARDC", PRIEST)], "contested", "it is laid to FARDC and to M23"),
        ([by("M23", DOCTOR), by("M23", PRIEST)], "fair", "2 independent origins tell of it"),
        ([by("M23", "M23"), DENIAL], "confirmed", "M23 says that it did it"),
        ([CORRECTED[0], CORRECTED[1]], "discounted", "every count was taken back"),
        ([NINE, claim(Verification(by=m("UN"), value="false", about=("the toll",)), "UN", sentence=0)], "discounted", "UN checked it and calls it false"),
        ([MANY], None, "no claim gives a number that this house takes"),
    ],
)
def test_airwars_grades(claims: list[Claim], grade: Grade | None, because: str) -> None:
    one = reckoned(claims, "airwars")
    assert (one.grade, one.because) == (grade, because)


def test_the_reason_of_a_toll_says_what_its_numbers_do_not() -> None:
    assert reckoned([NINE, FOURTEEN], "ucdp").because == "no best: the claims tell 14, 9"
    assert reckoned([NINE, ABOUT], "ucdp").because == "best 9: all claims that count tell it"
    assert reckoned([BOTH], "acled").because == "only a union of harms gives a number"


def test_a_union_has_a_toll_of_each_harm_it_names() -> None:
    found = {one.harm: one.numbers for one in tolls(context([EITHER]), house("widest"))}
    assert found == {"killed, wounded, captured": (1000, None, None), **dict.fromkeys(("killed", "wounded", "captured"), (0, None, None))}


def test_losses_name_no_harm() -> None:
    assert [one.harm for one in tolls(context([LOSSES]), house("widest"))] == ["losses"]


@pytest.mark.parametrize(("name", "harms"), [("acled", ["killed"]), ("ucdp", ["killed"]), ("airwars", ["killed", "wounded"])])
def test_a_house_has_tolls_of_the_harms_it_counts(name: str, harms: list[str]) -> None:
    wounded = claim(Casualties(who=m("people"), harm=("wounded",), count=figure(26), place=m("Kibua")), DOCTOR, days=DAY)
    displaced = claim(Casualties(who=m("people"), harm=("displaced",), count=figure(300), place=m("Kibua")), DOCTOR, days=DAY)
    assert [one.harm for one in tolls(context([NINE, wounded, displaced, BOTH]), house(name))] == harms


def test_a_toll_has_the_key_of_its_finding_and_its_reports() -> None:
    copy = claim(of(9), DOCTOR, days=DAY, report="r2")
    one = reckoned([NINE, copy], "widest")
    assert one.question == {"kind": "casualties", "who": "people", "harm": "killed", "place": "Kibua", "from": DAY, "to": DAY}
    assert (one.origins, one.reports) == (1, ("r1", "r2"))


def test_one_person_by_name() -> None:
    named = Casualties(who=m("Fahim Dashty"), named=m("Fahim Dashty"), harm=("killed",), count=figure(1, words="Fahim Dashty"))
    one = reckoned([claim(named, "NRF", days=DAY)], "acled")
    assert one.is_person
    assert (one.numbers, one.rows[0].because) == ((1, 1, 1), "one person by name: “Fahim Dashty”")


def test_the_union_of_the_demo_reports_has_a_floor_of_0_killed() -> None:
    read = demos()
    at_hand = context(read.claims, read.reports, read.links)
    [said] = [one for one in read.claims if one.kind == "casualties" and "1,000 or more killed, wounded" in one.evidence.quote]
    for name, numbers, taken, because in (
        ("widest", (0, None, None), True, "union of killed, wounded and captured; killed floor 0"),
        ("acled", (0, 0, 0), True, "union of killed, wounded and captured; killed floor 0"),
        ("ucdp", (None, None, None), False, "excluded: union of killed, wounded and captured; killed floor 0"),
    ):
        [one] = [one for one in tolls(at_hand, house(name)) if one.harm == "killed" and any(row.claim == said.key for row in one.rows)]
        [row] = one.rows
        assert (one.numbers, row.taken, row.because) == (numbers, taken, because)


def test_the_demo_reports_have_no_toll_without_a_claim() -> None:
    read = demos()
    keys = {one.key for one in read.claims}
    found = tolls(context(read.claims, read.reports, read.links), house("widest"))
    assert found
    assert all(one.rows and {row.claim for row in one.rows} <= keys for one in found)


def test_reports_are_not_needed() -> None:
    assert tolls(context([NINE], [report("r1")]), house("widest"))[0].numbers == tolls(context([NINE]), house("widest"))[0].numbers


def test_the_claim_that_gives_the_best_number_is_taken_beside_a_greater_union() -> None:
    (found,) = (one for one in tolls(context([NINE, BOTH]), house("least")) if one.harm == "killed")
    assert (found.best, found.high) == (9, 30)
    assert {row.claim: row.taken for row in found.rows} == {NINE.key: True, BOTH.key: True}
