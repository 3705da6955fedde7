from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec
import pytest

from counterclaim.core.claim import Attack, Casualties, Claim, Control, Fighting, Movement, Proposition, Statement
from counterclaim.core.judgement import Judgement
from counterclaim.core.lineage import Kinship
from counterclaim.core.link import Candidate, Link, Located
from counterclaim.core.story import Story
from counterclaim.reconcile.context import context
from counterclaim.reconcile.stories import stories
from counterclaim.reconcile.stories.blocks import pairs
from counterclaim.reconcile.stories.events import events
from counterclaim.reconcile.whereabouts import Whereabouts
from tests.reconcile.demos import demos
from tests.reconcile.factories import claim, control, figure, killed, m, report, voice
from tests.reconcile.test_decisions import judged

DAY = "2025-06-10"
SHELLED = claim(Attack(actor=m("M23"), target=m("the market"), means="shelling", place=m("Kibua")), days=DAY)


def told(*claims: Claim, links: Iterable[Link] = (), judgements: Iterable[Judgement] = ()) -> list[int]:
    """How many claims each story has, the largest first."""
    return sorted((len(one.claims) for one in stories(claims, (), links, judgements)), reverse=True)


def attack(actor: str | None = "M23", target: str | None = "the market", place: str | None = "Kibua", means: str | None = "shelling") -> Attack:
    return Attack(actor=m(actor) if actor else (), target=m(target) if target else (), place=m(place) if place else (), means=means)


def other(proposition: Proposition, days: str | None = DAY, **where: str) -> Claim:
    """A claim of another report."""
    return claim(proposition, days=days, report=where.get("report", "r2"), outlet=where.get("outlet", "Weekly"))


@pytest.mark.parametrize(
    ("second", "are_one", "why"),
    [
        (other(attack()), True, "the same in another report"),
        (other(attack(actor=None, target=None, means=None)), True, "one place and day are enough"),
        (other(killed("people", figure(9))), True, "the dead of that place and day"),
        (other(attack(), "2025-06-12"), False, "another day"),
        (other(attack(), "2025-06-10/2025-06-11"), True, "days that meet"),
        (other(attack(place="Sake")), False, "another place"),
        (other(attack(actor="ADF")), False, "another attacker"),
        (other(attack(actor="fighters")), True, "a description may be anybody"),
        (other(attack(target="the hospital")), False, "another thing hit"),
        (other(attack(target="the market and the hospital")), True, "more things hit"),
        (other(attack(target=None, means="shooting")), False, "another way of attack"),
        (other(attack(target=None, means="bombing")), True, "another word for it"),
        (other(Fighting(sides=m("M23", "FARDC"), place=m("Kibua"))), True, "fighting there that day"),
        (other(control("Kibua", "M23", "captured")), True, "the place taken by the attacker that day"),
        (other(control("Kibua", "FARDC", "captured")), False, "the place taken by somebody else"),
        (other(control("Kibua", "M23")), False, "to hold a place is no event"),
        (other(Movement(actor=m("people"), action="flee", from_=m("Kibua"))), False, "people who flee are no part of the attack"),
        (claim(attack(), days=DAY, modality="planned", sentence=3), False, "planned"),
        (claim(attack(), days=DAY, act="demands", sentence=3), False, "demanded"),
        (claim(killed("people", figure(9), None), sentence=0), True, "harm told in the sentence of the attack"),
        (claim(killed("people", figure(9), None), sentence=0, days="2025-06-12"), False, "but for who died days later"),
        (claim(killed("people", figure(9), None), sentence=2), False, "harm of no place or day in another sentence"),
        (claim(attack(place=None), voice("Rwema", "M23"), act="denies", refutes=SHELLED.key, sentence=5), True, "denied by reference"),
    ],
)
def test_two_claims(second: Claim, are_one: bool, why: str) -> None:
    assert (told(SHELLED, second)[0] == 2) is are_one, why


@pytest.mark.parametrize(
    ("low", "high", "are_one", "why"),
    [
        (9, 9, True, "the same"),
        (14, None, True, "a toll that grew"),
        (35, 35, True, "not yet four times"),
        (36, 36, False, "four times"),
        (2, 2, False, "a fourth and less"),
    ],
)
def test_counts(low: int, high: int | None, are_one: bool, why: str) -> None:
    first = claim(killed("people", figure(9)), days=DAY)
    assert (told(first, other(killed("people", figure(low, high, exact=high is not None))))[0] == 2) is are_one, why


def test_counts_of_other_people_do_not_contradict() -> None:
    assert told(claim(killed("people", figure(40)), days=DAY), other(killed("children", figure(3)))) == [2]


def test_two_sides_that_blame_each_other_dispute_one_attack() -> None:
    blamed = claim(attack("M23"), voice("Mbuyi", "FARDC"), days=DAY)
    blames_back = claim(attack("FARDC"), voice("Rwema", "M23"), days=DAY, report="r2")
    [one] = stories([blamed, blames_back])
    assert [(part.name, part.claims) for part in one.actors if part.role == "attacker"] == [("FARDC", (blames_back.key,)), ("M23", (blamed.key,))]
    assert told(blamed, claim(attack("FARDC"), "A teacher", days=DAY, report="r2")) == [2], "the accused names another"
    assert told(claim(attack("M23"), "A priest", days=DAY), claim(attack("FARDC"), "A teacher", days=DAY, report="r2")) == [1, 1]


def test_who_took_and_who_lost_a_place() -> None:
    took = claim(control("Paryan", "Taliban", "captured"), days=DAY)
    assert told(took, other(control("Paryan", "NRF", "left"))) == [2]
    assert told(took, other(control("Paryan", "NRF", "captured"))) == [1, 1]
    assert told(took, other(control("Paryan", "Taliban", "left"))) == [1, 1]


def test_a_named_victim_needs_no_place() -> None:
    death = Casualties(who=m("Fahim Dashty"), named=m("Fahim Dashty"), harm=("killed",))
    assert told(claim(death, days=DAY), other(death)) == [2]
    assert told(claim(killed("a man", None, None), days=DAY), other(killed("a man", None, None))) == [1, 1]


def _located(words: str, report: str, precision: str, lat: float | None = None, lon: float | None = None, district: str | None = "Khinj") -> Link:
    at = msgspec.convert({"precision": precision, "country": "AF", "province": "Panjshir", "district": district, "lat": lat, "lon": lon}, Located)
    return Link(report, words, "place", Candidate(words, f"place:{words}", 1.0, at), "made up")


LINKS = [
    _located("Khinj", "r1", "exact", 35.43, 70.04),
    _located("Panjshir", "r2", "province", district=None),
    _located("Tal", "r3", "exact", 35.44, 70.05),
    _located("Far", "r4", "exact", 35.6, 70.4),
]
IN_KHINJ = claim(attack("Taliban", None, "Khinj"), days=DAY)
IN_PANJSHIR = other(attack("Taliban", None, "Panjshir"))


def test_a_place_within_another_needs_an_actor_in_common() -> None:
    assert told(IN_KHINJ, IN_PANJSHIR, links=LINKS) == [2]
    assert told(IN_KHINJ, other(attack(None, None, "Panjshir")), links=LINKS) == [1, 1]


def test_places_close_by() -> None:
    assert told(IN_KHINJ, other(attack("Taliban", None, "Tal"), report="r3"), links=LINKS) == [2]
    assert told(IN_KHINJ, other(attack("Taliban", None, "Far"), report="r4"), links=LINKS) == [1, 1]


def test_a_province_does_not_tie_two_of_its_towns() -> None:
    far = other(attack("Taliban", None, "Far"), report="r4")
    assert told(IN_KHINJ, IN_PANJSHIR, far, links=LINKS) == [2, 1]


def test_days_that_are_only_by_then() -> None:
    by_then = msgspec.structs.replace(other(attack("M23")), dated="report")
    assert told(SHELLED, by_then) == [2]
    assert told(claim(attack("M23", None, means=None), days="2025-06-05"), by_then) == [1, 1]
    assert stories([by_then])[0].first is None


def test_a_period_has_a_toll_of_its_own() -> None:
    war = claim(killed("people", figure(9)), days="2025-04-15/2025-06-20")
    assert told(SHELLED, war, other(killed("people", figure(9)), days="2025-04-15/2025-06-20")) == [2, 1]


def test_what_a_story_tells() -> None:
    toll = claim(killed("people", figure(9)), "Lwambo", days=DAY)
    later = other(killed("people", figure(14, exact=False)))
    denial = claim(attack("M23"), voice("Rwema", "M23"), act="denies", days=DAY, sentence=4)
    [one] = stories([SHELLED, toll, later, denial])
    assert (one.kinds, one.first, one.last, one.place and one.place.name) == (("attack", "casualties"), dt.date(2025, 6, 10), dt.date(2025, 6, 10), "Kibua")
    assert [(part.name, part.claims, part.denied_by) for part in one.actors if part.role == "attacker"] == [("M23", (SHELLED.key,), (denial.key,))]
    assert [(toll.harm, toll.low, toll.high, len(toll.claims)) for toll in one.figures] == [("killed", 9, None, 2)]
    assert one.reports == ("r1", "r2")
    assert len(one.joins) == 3
    assert all(join.because and 0.6 <= join.score <= 1 for join in one.joins)


def test_what_was_withdrawn_is_in_the_story_and_not_in_its_toll() -> None:
    toll, wrong = claim(killed("people", figure(9)), days=DAY), claim(killed("people", figure(26)), days=DAY, sentence=1)
    note = claim(Statement(content=("withdraws the figure of 26 dead",)), report="r3")
    [one] = stories([toll, wrong, note])
    assert (set(one.claims), one.figures[0].high) == ({toll.key, wrong.key}, 9)


def test_a_copy_adds_a_report_and_no_origin() -> None:
    copied = other(SHELLED.proposition)
    reports = [report("r1", outlet="Daily"), report("r2", outlet="Weekly")]
    kin = Kinship("r1", "r2", "copy", 1.0, "r1", "made up")
    assert [len(one.origins) for one in stories([SHELLED, copied], reports)] == [2]
    assert [len(one.origins) for one in stories([SHELLED, copied], reports, kinships=[kin])] == [1]


APART = other(attack("ADF"))


def test_a_person_puts_together_and_takes_apart() -> None:
    merge, split = judged("j1", SHELLED.key, "merge", APART.key), judged("j2", SHELLED.key, "split", APART.key, hours=1)
    assert told(SHELLED, APART, judgements=[merge]) == [2]
    assert told(SHELLED, APART, judgements=[merge, split]) == [1, 1]
    assert told(SHELLED, APART, judgements=[merge, split, judged("j3", "j2", "withdraw", hours=2)]) == [2]
    assert [one.judged for one in stories([SHELLED, APART], judgements=[merge])] == [("j1",)]


def test_a_split_holds_against_every_likeness() -> None:
    third = other(attack(), report="r3")
    split = judged("j1", SHELLED.key, "split", third.key)
    found = stories([SHELLED, other(attack()), third], judgements=[split])
    assert sorted(len(one.claims) for one in found) == [1, 2]
    assert not any({SHELLED.key, third.key} <= set(one.claims) for one in found)


def test_a_later_merge_goes_before_an_earlier_split() -> None:
    third = other(attack(), report="r3")
    split = judged("j1", SHELLED.key, "split", third.key)
    merges = [judged("j2", SHELLED.key, "merge", APART.key, hours=1), judged("j3", APART.key, "merge", third.key, hours=2)]
    assert told(SHELLED, APART, third, judgements=[split, *merges]) == [3]


def test_a_person_may_put_any_claim_into_a_story() -> None:
    words = claim(Statement(content=("it was them",)), sentence=7)
    assert told(SHELLED, words) == [1]
    assert told(SHELLED, words, judgements=[judged("j1", words.key, "merge", SHELLED.key)]) == [2]


def _compared(size: int, towns: int) -> int:
    made = [
        claim(
            attack(f"Group{i % 7}", None, f"Town{i % towns}") if i % 2 else killed("people", figure(1 + i % 9), f"Town{i % towns}"),
            report=f"r{i}",
            days=f"2025-{1 + i % 12:02d}-{1 + i % 28:02d}",
        )
        for i in range(size)
    ]
    at_hand = context(made, (), ())
    return sum(1 for _ in pairs(list(events(at_hand, Whereabouts(at_hand, ()), frozenset()))))


@pytest.mark.parametrize(("towns", "why"), [(3, "crowded: hundreds of claims of one place and day"), (500, "spread out")])
def test_the_pairs_compared_grow_with_the_claims(towns: int, why: str) -> None:
    small, large = _compared(5_000, towns), _compared(20_000, towns)
    # Four times the claims; where all pairs of a block were compared it would be sixteen times.
    assert 0 < large <= 20_000 * 12, why
    assert large <= max(small, 5_000) * 8, why


def _demo_story(words: str) -> Story:
    read = demos()
    quoted = {one.key for one in read.claims if words in one.evidence.quote and one.kind == "attack"}
    found = [one for one in stories(read.claims, read.reports, read.links) if quoted & set(one.claims)]
    assert len(found) == 1, [one.reports for one in found]
    return found[0]


def test_demo_the_shelling_of_the_market_is_one_event_in_seven_reports() -> None:
    one = _demo_story("Three shells fell on the market")
    assert {"cd-market-0611", "cd-market-0611-listener", "cd-market-0612", "cd-market-0612-corrected", "cd-sitrep-0613", "cd-road-0616"} <= set(one.reports)
    assert (one.first, one.place and one.place.name) == (dt.date(2025, 6, 10), "Kibua")
    attackers = {part.name: part for part in one.actors if part.role == "attacker"}
    assert attackers["March 23 Movement"].claims
    assert attackers["March 23 Movement"].denied_by
    assert [(toll.low, toll.high) for toll in one.figures if toll.harm == "killed"] == [(9, None)]


def test_demo_the_stories_of_the_wars_stay_apart() -> None:
    read = demos()
    for one in stories(read.claims, read.reports, read.links):
        assert len({name.split("-")[0] for name in one.reports}) == 1, one.reports


def test_demo_evacuating_paryan_is_told_by_two_reports() -> None:
    read = demos()
    left = [one for one in stories(read.claims, read.reports, read.links) if one.place and one.place.name == "Parīān"]
    assert any({"pj-agency-0906", "pj-blog-0905"} <= set(one.reports) and "control" in one.kinds for one in left)


def test_a_change_without_a_value_is_no_event() -> None:
    assert stories([claim(Control(place=m("Kibua"), holder=m("M23")), days=DAY)]) == []
