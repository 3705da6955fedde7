from __future__ import annotations

import pytest

from counterclaim.core.claim import Attack, Casualties, Claim, Counting, Harm, Statement, Verification
from counterclaim.core.figure import Figure
from counterclaim.core.report import Report
from tests.reconcile.factories import claim, figure, found, killed, m, only, report, said_by, voice

DAY = "2025-06-10"
DOCTOR, PRIEST, ARMY = "Josué Lwambo", "Jean-Baptiste Tulinabo", voice("Alphonse Mbuyi", "FARDC")
UNION = Casualties(who=m("Taliban"), harm=("killed", "wounded", "captured"), count=figure(1000, exact=False, words="1,000 or more"), place=m("Panjshir"))
CAVEAT = claim(Verification(by=m("Daily"), value="not-verified", about=("the number of casualties",)), act="cannot-verify", sentence=9)


@pytest.mark.parametrize(
    ("claims", "standing", "low", "high", "why"),
    [
        ([claim(killed("people", figure(9)), DOCTOR, days=DAY)], "claimed", 9, 9, "one origin"),
        (
            [claim(killed("people", figure(9)), DOCTOR, days=DAY), claim(killed("people", figure(9)), DOCTOR, days=DAY, report="r2")],
            "claimed",
            9,
            9,
            "one quotation in two reports",
        ),
        (
            [claim(killed("people", figure(9)), DOCTOR, days=DAY), claim(killed("people", figure(9)), PRIEST, days=DAY)],
            "corroborated",
            9,
            9,
            "two who count alike",
        ),
        (
            [claim(killed("people", figure(9)), DOCTOR, days=DAY), claim(killed("people", figure(14, exact=False)), PRIEST, days=DAY)],
            "claimed",
            9,
            None,
            "a toll that may have grown",
        ),
        (
            [claim(killed("people", figure(9)), DOCTOR, days=DAY), claim(killed("people", figure(9)), ARMY, days=DAY, act="denies")],
            "disputed",
            9,
            9,
            "a number denied gives none",
        ),
        ([claim(killed("people", figure(9)), DOCTOR, days=DAY), claim(killed("people", figure(9)), ARMY, days=DAY, act="doubts")], "claimed", 9, 9, "a doubt"),
        ([claim(killed("people", figure(9)), DOCTOR, days=DAY, interest="against-interest")], "conceded", 9, 9, "against one's own interest"),
        ([claim(killed("people", figure(None, words="dozens")), DOCTOR, days=DAY)], "claimed", None, None, "a vague count"),
        (
            [claim(killed("people", figure(9)), DOCTOR, days=DAY), claim(killed("people", figure(None)), PRIEST, days=DAY)],
            "claimed",
            9,
            9,
            "a vague count confirms no number",
        ),
        ([claim(killed("people", figure(9)), DOCTOR, days=DAY), CAVEAT], "not-verified", 9, 9, "a caveat on tolls"),
        (
            [claim(killed("people", figure(9)), DOCTOR, days=DAY), claim(killed("people", figure(9)), PRIEST, days=DAY), CAVEAT],
            "corroborated",
            9,
            9,
            "two origins go before a caveat",
        ),
        (
            [claim(killed("people", figure(9)), DOCTOR, days=DAY), claim(killed("people", figure(9)), act="cannot-verify", days=DAY)],
            "not-verified",
            9,
            9,
            "the act itself",
        ),
    ],
)
def test_standing_and_range(claims: list[Claim], standing: str, low: int | None, high: int | None, why: str) -> None:
    finding = only(claims, kind="casualties")
    assert (finding.standing, finding.low, finding.best, finding.high, finding.rule) == (standing, low, None, high, "widest-range"), why


def test_question() -> None:
    finding = only(
        [claim(killed("people", figure(9)), DOCTOR, days=DAY), claim(killed("people", figure(14)), DOCTOR, days="2025-06-10/2025-06-12", sentence=1)]
    )
    assert finding.question == {"kind": "casualties", "who": "people", "harm": "killed", "place": "Kibua", "from": DAY, "to": "2025-06-12"}
    assert said_by(finding) == {DOCTOR: ["14 people were killed", "9 people were killed"]}


def test_a_union_has_a_finding_of_its_own() -> None:
    finding = only([claim(UNION, "NRF", days="2021-09-04/2021-09-05")])
    assert (finding.question["harm"], finding.low, finding.high) == ("killed, wounded, captured", 1000, None)
    assert said_by(finding) == {"NRF": ["1,000 or more Taliban were killed, wounded or captured"]}


def test_a_union_has_a_floor_of_0_for_each_of_its_harms() -> None:
    single = claim(killed("Taliban", figure(17), "Panjshir"), "Emergency", days="2021-09-04")
    union = claim(UNION, "NRF", days="2021-09-04/2021-09-05")
    finding = only([single, union], harm="killed")
    assert (finding.low, finding.high, finding.standing) == (0, None, "claimed")
    assert {one for position in finding.positions for one in position.claims} == {single.key, union.key}


@pytest.mark.parametrize(("harm", "low"), [("killed", 0), ("wounded", 0), ("displaced", 30)])
def test_losses_may_be_of_every_sort(harm: Harm, low: int) -> None:
    losses = claim(Casualties(who=m("Ukraine"), harm=("losses",), count=figure(1500, exact=False), place=m("Avdiivka")), "Russia", days="2024-02-17")
    single = claim(Casualties(who=m("Ukraine"), harm=(harm,), count=figure(30), place=m("Avdiivka")), "Reuters", days="2024-02-17")
    assert only([losses, single], harm=harm).low == low


def test_vague_losses_stay_vague() -> None:
    losses = Casualties(who=m("NRF"), harm=("losses",), count=figure(None, words="heavy losses"))
    finding = only([claim(losses, "Taliban", days="2021-09-05")])
    assert (finding.low, finding.high) == (None, None)
    assert said_by(finding) == {"Taliban": ["NRF suffered losses (heavy losses)"]}


@pytest.mark.parametrize(
    ("published", "standing"),
    [(("2025-06-11", "2025-06-11"), "disputed"), (("2025-06-11", "2025-06-12"), "claimed"), ((None, "2025-06-12"), "claimed")],
)
def test_counts_that_cannot_both_hold(published: tuple[str | None, str | None], standing: str) -> None:
    claims = [claim(killed("people", figure(9)), DOCTOR, days=DAY), claim(killed("people", figure(21)), PRIEST, days=DAY, report="r2")]
    reports: list[Report] = [report(name, published=day) for name, day in zip(("r1", "r2"), published, strict=True)]
    assert only(claims, reports).standing == standing


def test_what_nothing_names_stays_in_its_report() -> None:
    claims = [claim(killed("people", figure(9), None), DOCTOR, days=DAY), claim(killed("people", figure(2), None), PRIEST, days=DAY, report="r2")]
    assert [(one.question["report"], one.low) for one in found(claims)] == [("r1", 9), ("r2", 2)]


@pytest.mark.parametrize("target", ["the market at Kibua", "Kibua market", "Kibua's market"])
def test_the_dead_of_an_attack_died_where_it_was(target: str) -> None:
    claims = [
        claim(killed("people", figure(9), None), DOCTOR, days=DAY),
        claim(Attack(target=m(target), means="shelling"), PRIEST, days=DAY, sentence=3),
        claim(killed("nine", figure(9), "Kibua"), PRIEST, days=DAY, report="r2"),
    ]
    [dead] = [one for one in found(claims) if one.question["kind"] == "casualties"]
    assert (dead.question["place"], dead.standing, sum(position.reports for position in dead.positions)) == ("Kibua", "corroborated", 2)


def test_of_two_attacks_of_a_day_neither_says_where() -> None:
    claims = [
        claim(killed("people", figure(9), None), DOCTOR, days=DAY),
        claim(Attack(target=m("Kibua market"), means="shelling"), PRIEST, days=DAY, sentence=3),
        claim(Attack(target=m("Goma airport"), means="shelling"), PRIEST, days=DAY, sentence=4),
    ]
    [dead] = [one for one in found(claims) if one.question["kind"] == "casualties"]
    assert dead.question["place"] is None


def test_somebody_named_dies_in_one_place() -> None:
    named = Casualties(who=m("Fahim Dashty"), named=m("Fahim Dashty"), harm=("killed",), count=figure(1), place=m("Panjshir"))
    nowhere = Casualties(who=m("Fahim Dashty"), named=m("Fahim Dashty"), harm=("killed",))
    claims = [claim(named, "NRF", days="2021-09-05"), claim(nowhere, "NRF", days="2021-09-05", report="r2")]
    finding = only([*claims, CAVEAT])
    assert (finding.question["place"], finding.positions[0].reports, finding.standing) == ("Panjshir", 2, "claimed")
    assert said_by(finding) == {"NRF": ["Fahim Dashty was killed"]}


def test_two_origins_corroborate_a_named_death_with_or_without_a_count() -> None:
    dead = [Casualties(who=m("Fahim Dashty"), named=m("Fahim Dashty"), harm=("killed",), count=count) for count in (figure(1), None)]
    assert only([claim(dead[0], "NRF", days=DAY), claim(dead[1], "Taliban", days=DAY)]).standing == "corroborated"


def test_a_side_without_a_place_is_not_laid_beside_one_with() -> None:
    claims = [claim(killed("Taliban", figure(50), "Rokha"), "NRF", days=DAY), claim(killed("Taliban", figure(900), None), "NRF", days=DAY)]
    assert sorted((one.low or 0) for one in found(claims)) == [50, 900]


def test_a_figure_taken_back_counts_no_more() -> None:
    doctor = claim(killed("people", figure(14, exact=False)), DOCTOR, days=DAY)
    mayor = claim(killed("people", figure(26)), "Théophile Muhindo", days=DAY, sentence=1)
    correction = claim(Statement(content=("withdraws the figure of 26 dead",)), report="r2")
    finding = only([doctor, mayor, correction])
    assert (finding.standing, finding.low, finding.high) == ("claimed", 14, None)
    assert said_by(finding)["Théophile Muhindo"] == ["26 people were killed (withdrawn)"]
    assert only([mayor, correction]).standing == "withdrawn"


def test_a_denial_without_a_day_joins_what_it_denies() -> None:
    asserted = claim(killed("soldiers", figure(850, 1000), "Avdiivka"), "An American newspaper", days="2024-02-20")
    denied = claim(killed("soldiers", figure(850, 1000), "Avdiivka"), voice("Likhoviy", "Ukraine"), act="denies", refutes=asserted.key, sentence=1)
    finding = only([asserted, denied])
    assert (finding.standing, finding.because) == ("disputed", "Ukraine disputes what American newspaper says")


def harmed(who: str | None, count: Figure | None, *harms: Harm, named: bool = False) -> Casualties:
    return Casualties(who=m(who) if who else (), harm=harms or ("killed",), count=count, named=m(who) if who and named else ())


@pytest.mark.parametrize(
    ("said", "as_", "words"),
    [
        (harmed("people", figure(12)), None, "12 people were killed"),
        (harmed("people", figure(12)), "part", "12 people were killed, as part of a greater count"),
        (harmed("people", figure(5)), "further", "5 people were killed, besides those told of"),
        (harmed("people", figure(30000, words="at least 30,000", exact=False)), "sum", "at least 30,000 people were killed in all"),
        (harmed("a baker", figure(1, words="a baker")), None, "a baker was killed"),
        (harmed("A child", figure(1, words="A child")), None, "a child was killed"),
        (harmed("a girl of six", figure(1, words="a girl")), None, "a girl of six was killed"),
        (harmed("a captain", figure(1, words="one")), "part", "a captain was killed, as part of a greater count"),
        (harmed("A couple in their sixties", figure(2, words="A couple")), None, "a couple in their sixties were killed"),
        (harmed("A family of five", figure(5, words="five")), None, "A family of five was killed"),
        (harmed("soldiers", figure(0, words="no")), None, "no soldiers were killed"),
        (harmed("civilian", figure(0, words="Not one")), None, "no civilian was killed"),
        (harmed("its soldiers", figure(0, words="None")), None, "none of its soldiers were killed"),
        (harmed(None, figure(0, words="Nobody")), None, "nobody was killed"),
        (harmed("residents", figure(None, words="residents")), None, "residents were killed"),
        (harmed("fighters", figure(None, words="dozens")), None, "dozens of fighters were killed"),
        (harmed("the group's fighters", figure(40)), None, "40 of the group's fighters were killed"),
        (harmed("wounded people", figure(14), "wounded"), None, "14 people were wounded"),
        (harmed("the wounded", figure(5), "wounded"), None, "5 people were wounded"),
        (harmed("wounded people", figure(4), "wounded", "captured"), None, "4 people were wounded or captured"),
        (harmed("Fahim Dashty", None, named=True), None, "Fahim Dashty was killed"),
    ],
)
def test_it_is_said_in_plain_english(said: Casualties, as_: Counting | None, words: str) -> None:
    assert said_by(only([claim(said, PRIEST, days="2025-06-10", counting=as_)])) == {PRIEST: [words]}
