"""Claims as people judged them: what counts, in which state, and what is adrift after another reading."""

from __future__ import annotations

import dataclasses

import msgspec
import pytest

from counterclaim.core.claim import Claim, Control
from counterclaim.core.codec import claim_key
from counterclaim.core.judgement import Judgement, Reviewed
from counterclaim.core.link import Candidate, Link
from counterclaim.core.span import Evidence, Span
from counterclaim.reconcile import judging
from counterclaim.reconcile.decisions import standing_judgements
from counterclaim.reconcile.judged import NO_CLAIM, Judged, about_claims, judged, named_anew
from tests.reconcile.factories import claim, control, killed, link, m, report
from tests.reconcile.judgements import WORDS, accept, at, correct, reject

HOLDS = claim(control("Paryan", "Taliban"), "Karimi")
LOST = claim(control("Rokha", "Taliban", "lost"), "Dashty", sentence=1)
TEXT = "Dashty said the front held Rokha."


def by(claims: list[Claim], *judgements: Judgement) -> Judged:
    return judged(claims, standing_judgements(judgements))


def of(found: Judged, key: str) -> Reviewed:
    return next(one for one in found.reviewed if one.claim.key == key)


def again(old: Claim, **changes: object) -> Claim:
    """The claim as another reader has it, under another key."""
    new = msgspec.structs.replace(old, because="another reader", **changes)
    made = claim_key(new)
    return msgspec.structs.replace(new, key=made if made != old.key else f"{old.key}-again")


def test_without_judgements_every_claim_counts_unreviewed() -> None:
    found = by([LOST, HOLDS])
    assert list(found.claims) == sorted([HOLDS, LOST], key=lambda one: one.key)
    assert {one.state for one in found.reviewed} == {"unreviewed"}
    assert (found.adrift, found.links) == ((), ())


def test_a_rejected_claim_counts_for_nothing_and_is_listed() -> None:
    found = by([HOLDS, LOST], reject(HOLDS))
    assert found.claims == (LOST,)
    assert (of(found, HOLDS.key).state, of(found, HOLDS.key).effective) == ("rejected", None)


def test_a_corrected_claim_counts_under_its_key_and_says_by_whom() -> None:
    found = by([HOLDS], correct(HOLDS, holder="NRF"))
    [now] = found.claims
    assert (now.key, now.proposition) == (HOLDS.key, control("Paryan", "NRF"))
    assert now.because == "made up; corrected by Ada on 2026-01-01: holder was Taliban, is NRF"
    assert (of(found, HOLDS.key).state, of(found, HOLDS.key).claim) == ("corrected", HOLDS)


def test_corrections_of_two_slots_and_of_one_slot_twice_come_together() -> None:
    first = correct(HOLDS, holder="NRF", change="captured")
    shown = by([HOLDS], first).claims[0]
    second = correct(HOLDS, minute=1, by="Bo", shown=shown, change="lost")
    for order in ([first, second], [second, first]):
        [now] = by([HOLDS], *order).claims
        assert now.proposition == control("Paryan", "NRF", "lost")
    assert by([HOLDS], first, second, judging.undo(second, by="Ada", at=at(2))).claims[0].proposition == shown.proposition


# Decisions in their order, and the state they come to.
STATES = [
    (["accept"], "accepted"),
    (["accept", "reject"], "rejected"),
    (["reject", "accept"], "accepted"),
    (["correct", "accept"], "corrected"),
    (["correct", "reject"], "rejected"),
    (["reject", "correct"], "corrected"),
    (["grade"], "unreviewed"),
    (["reject", "comment"], "rejected"),
    (["accept", "reject", "undo"], "accepted"),
    (["accept", "undo"], "unreviewed"),
]


@pytest.mark.parametrize(("decisions", "state"), STATES)
def test_the_later_decision_goes_before_the_earlier(decisions: list[str], state: str) -> None:
    made: list[Judgement] = []
    for i, decision in enumerate(decisions):
        match decision:
            case "accept":
                made.append(accept(HOLDS, minute=i))
            case "reject":
                made.append(reject(HOLDS, minute=i))
            case "correct":
                made.append(correct(HOLDS, minute=i, holder="NRF"))
            case "grade":
                made.append(judging.grade(HOLDS.key, "B2", by="Ada", at=at(i), of=HOLDS))
            case "comment":
                made.append(judging.comment(HOLDS.key, "hm", by="Ada", at=at(i), of=HOLDS))
            case _:
                made.append(judging.undo(made[-1], by="Ada", at=at(i)))
    assert of(by([HOLDS], *made), HOLDS.key).state == state


def test_a_time_without_a_zone_is_one_of_utc() -> None:
    naive = msgspec.structs.replace(accept(HOLDS, minute=1), at=at(1).replace(tzinfo=None))
    assert of(by([HOLDS], reject(HOLDS), naive), HOLDS.key).state == "accepted"
    assert of(by([HOLDS], naive, reject(HOLDS, minute=2)), HOLDS.key).state == "rejected"


def test_grades_and_comments_are_kept_beside_the_claim() -> None:
    graded = judging.grade(HOLDS.key, "B2", by="Ada", at=at(0), of=HOLDS)
    found = of(by([HOLDS], graded, judging.grade(HOLDS.key, "C3", by="Bo", at=at(1), of=HOLDS)), HOLDS.key)
    assert found.grade == "C3"
    assert found.effective == HOLDS


class TestAdded:
    REPORT = report("r1", TEXT, outlet="Daily")

    def made(self, place: str = "Rokha", holder: str = "the front=NRF") -> Claim:
        given = {"place": place, "holder": holder, "change": "holds", "chain": "Dashty"}
        return judging.added(self.REPORT, Span(0, len(TEXT)), "control", given, by="Ada", words=WORDS)

    def test_counts(self) -> None:
        made = self.made()
        found = by([HOLDS], judging.add(made, by="Ada", at=at(0)))
        assert made in found.claims
        assert of(found, made.key).state == "added"
        # The name a person gave counts in the report.
        assert found.links == (Link("r1", "the front", "actor", Candidate("NRF", "nrf", 1.0), "Ada says so"),)

    def test_may_be_corrected_rejected_and_undone(self) -> None:
        made = self.made()
        kept = judging.add(made, by="Ada", at=at(0))
        [now] = by([], kept, correct(made, minute=1, change="captured")).claims
        assert now.because == "added by Ada; corrected by Ada on 2026-01-01: change was holds, is captured"
        assert by([], kept, reject(made, minute=1)).claims == ()
        assert by([], kept, judging.undo(kept, by="Ada", at=at(1))).reviewed == ()

    def test_counts_once_when_a_newer_reader_says_it_too(self) -> None:
        made = self.made(holder="the front")
        read = again(made, score=0.4)
        found = by([read], judging.add(made, by="Ada", at=at(0)), accept(made, minute=1))
        assert found.claims == (read,)
        assert of(found, read.key).state == "accepted"
        assert found.adrift == ()

    def test_of_words_the_report_does_not_say_is_adrift(self) -> None:
        made = self.made()
        false = msgspec.structs.replace(made, evidence=Evidence(0, 6, "Massoud"))
        kept = msgspec.structs.replace(judging.add(made, by="Ada", at=at(0)), value=msgspec.json.encode(false).decode())
        found = judged([], [kept], self.REPORT)
        assert found.claims == ()
        assert "which report r1 does not say at 0-6" in found.adrift[0].reason

    def test_that_cannot_be_read_is_adrift(self) -> None:
        broken = msgspec.structs.replace(judging.add(self.made(), by="Ada", at=at(0)), value="{}")
        found = by([], broken)
        assert (found.claims, len(found.adrift)) == ((), 1)


@dataclasses.dataclass(frozen=True)
class Reading:
    """Claims of a newer reading, and what becomes of a rejection of HOLDS: the number of the claim it moves to, or why it is adrift."""

    why: str
    claims: list[Claim]
    moves_to: int | None
    reason: str = ""


def near(start: int, end: int, old: Claim = HOLDS, **changes: object) -> Claim:
    return again(old, evidence=Evidence(start, end, "x" * (end - start)), **changes)


READINGS = [
    Reading("the same words and slots", [again(HOLDS)], 0),
    Reading("beside another claim of the kind", [again(HOLDS), again(claim(control("Rokha", "NRF"), "Karimi"))], 0),
    Reading("the sentence cut elsewhere", [near(40, 110)], 0),
    Reading("a longer stretch around it", [near(0, 300)], 0),
    Reading("less than half of it shared", [near(60, 160)], None, NO_CLAIM),
    Reading("another sentence", [near(200, 298)], None, NO_CLAIM),
    Reading("another kind", [claim(killed("people"), "Karimi")], None, NO_CLAIM),
    Reading("nothing", [], None, NO_CLAIM),
    Reading("a case or an article apart", [again(HOLDS, proposition=control("paryan", "the Taliban"))], 0),
    Reading("a slot more", [again(HOLDS, proposition=msgspec.structs.replace(HOLDS.proposition, not_holder=m("NRF")))], 0),
    Reading(
        "another holder",
        [again(HOLDS, proposition=control("Paryan", "NRF"))],
        None,
        "the reader now says “place Paryan, holder NRF, change holds” (asserts, Karimi)",
    ),
    Reading("no holder", [again(HOLDS, proposition=Control(place=m("Paryan"), change="holds"))], None, "the reader now says"),
    Reading("another change", [again(HOLDS, proposition=control("Paryan", "Taliban", "lost"))], None, "the reader now says"),
    Reading("another act", [again(HOLDS, act="denies")], None, "(denies, Karimi)"),
    Reading("another voice", [again(HOLDS, chain=claim(control("a", "b"), "Dashty").chain)], None, "(asserts, Dashty)"),
    Reading("said twice", [near(0, 98), near(0, 90)], None, "2 claims at these words say it now"),
]


@pytest.mark.parametrize("reading", READINGS, ids=lambda reading: reading.why)
def test_what_was_judged_moves_to_the_one_claim_that_says_the_same(reading: Reading) -> None:
    made = reject(HOLDS)
    found = by(reading.claims, made)
    if reading.moves_to is None:
        [adrift] = found.adrift
        assert adrift.judgement == made
        assert reading.reason in adrift.reason
        assert len(found.claims) == len(reading.claims)
    else:
        moved = of(found, reading.claims[reading.moves_to].key)
        assert (moved.state, moved.moved) == ("rejected", (made.key,))
        assert found.adrift == ()


def test_a_correction_moves_with_its_claim_and_is_met_when_the_reader_says_so() -> None:
    made = correct(HOLDS, holder="NRF")
    moved = by([again(HOLDS)], made)
    assert moved.claims[0].proposition == control("Paryan", "NRF")
    met = again(HOLDS, proposition=control("Paryan", "NRF"))
    found = by([met], made)
    assert found.claims == (met,)
    assert of(found, met.key).state == "accepted"


def test_a_judgement_without_an_anchor_counts_while_its_claim_is_there() -> None:
    old = msgspec.structs.replace(reject(HOLDS), anchor=msgspec.UNSET)
    assert by([HOLDS], old).claims == ()
    assert "before the words judged were kept" in by([again(HOLDS)], old).adrift[0].reason


def test_a_correction_that_cannot_be_read_is_adrift_and_changes_nothing() -> None:
    broken = msgspec.structs.replace(correct(HOLDS, holder="NRF"), value="met")
    found = by([HOLDS], broken)
    assert (found.claims, of(found, HOLDS.key).state, len(found.adrift)) == ((HOLDS,), "unreviewed", 1)


def test_only_what_stands_and_is_about_claims_counts_for_claims() -> None:
    actors, undone = judging.merge("a", "b", by="Ada", at=at(0)), accept(HOLDS, minute=5)
    told = [reject(HOLDS), accept(LOST, minute=1), actors, undone, judging.undo(undone, by="Ada", at=at(6))]
    assert [one.decision for one in about_claims(told)] == ["accept", "reject"]


def test_a_persons_link_takes_the_place_of_the_readers() -> None:
    mine, other, place = link("the front", "NRF"), link("the front", "Janjaweed"), link("the front", "Front Street", kind="place")
    assert named_anew([other, place], [mine]) == [place, mine]
    assert named_anew([other], []) == [other]
