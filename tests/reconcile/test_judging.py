"""Judgements made: what each keeps, and what is refused with a remedy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec
import pytest

from counterclaim.core.claim import Claim, Control, Demand, Offer, Statement, Term
from counterclaim.core.codec import decode, encode
from counterclaim.core.judgement import Judgement
from counterclaim.core.mention import Mention
from counterclaim.core.span import Span
from counterclaim.core.voice import Voice
from counterclaim.core.when import When
from counterclaim.errors import JudgementRefused
from counterclaim.reconcile import judging
from tests.reconcile.factories import claim, control, figure, killed, m, report
from tests.reconcile.judgements import WORDS, accept, at, correct, reject

TEXT = "Dashty said on Sunday that the front held Rokha. Taliban fighters were told to leave within two days."
REPORT = report("r1", TEXT, outlet="Daily")
FIRST = Span(0, 48)
HOLDS = claim(control("Paryan", "Taliban"), "Karimi", days="2021-09-05")
OFFERS = claim(Offer(by=m("NRF"), asks=(Term("stop"),)), "Dashty", act="proposes", days="2021-09-05")


def added(**given: str) -> Claim:
    return judging.added(REPORT, FIRST, "control", given, by="Ada", words=WORDS)


def changed(made: Judgement) -> dict[str, object]:
    return {one.slot: one.now for one in judging.corrections(made)}


def test_a_judgement_keeps_who_when_and_where() -> None:
    made = reject(HOLDS, minute=3)
    assert (made.about, made.decision, made.by, made.at, made.value) == (HOLDS.key, "reject", "Ada", at(3), "not said")
    assert made.anchor
    where = made.anchor
    assert (where.report, where.start, where.end, where.quote, where.kind) == ("r1", 0, 98, "sentence 0", "control")
    assert (where.act, where.voice, where.said) == ("asserts", "Karimi", HOLDS.proposition)
    assert decode(encode(made), Judgement) == made


def test_a_judgement_kept_before_there_were_anchors_is_read_and_written_as_it_was() -> None:
    old = b'{"about":"c1","at":"2026-01-01T09:00:00Z","by":"Ada","decision":"accept","key":"j1","value":null}'
    assert encode(decode(old, Judgement)) == old


def test_the_same_decision_has_one_key_and_another_time_another() -> None:
    assert accept(HOLDS).key == accept(HOLDS).key
    assert len({accept(HOLDS).key, accept(HOLDS, minute=1).key, accept(HOLDS, by="Bo").key, reject(HOLDS).key}) == 4
    naive = judging.accept(HOLDS, by="Ada", at=dt.datetime(2026, 1, 1, 9))
    assert naive == accept(HOLDS)


def _slot(name: str) -> Callable[[Claim], object]:
    return lambda claim: getattr(claim.proposition, name)


# Slots with the words for them, the part of the claim they change, and what that comes to.
CORRECTIONS: list[tuple[Claim, dict[str, str], Callable[[Claim], object], object]] = [
    (HOLDS, {"holder": "NRF"}, lambda c: c.proposition, Control(place=m("Paryan"), holder=m("NRF"), change="holds")),
    # Words of the text, and the name they mean, under the key the record has for it.
    (HOLDS, {"holder": "the front=NRF"}, _slot("holder"), (Mention("the front", name="NRF", key="nrf"),)),
    (HOLDS, {"place": "Paryan; Rokha"}, _slot("place"), m("Paryan", "Rokha")),
    (HOLDS, {"except": "Rokha"}, _slot("except_"), m("Rokha")),
    # Nothing empties a slot.
    (HOLDS, {"holder": ""}, _slot("holder"), ()),
    (HOLDS, {"change": ""}, _slot("change"), None),
    (HOLDS, {"change": "lost", "act": "denies"}, lambda c: (_slot("change")(c), c.act), ("lost", "denies")),
    (HOLDS, {"when": "2021-09-04/2021-09-05"}, lambda c: c.when, When(dt.date(2021, 9, 4), dt.date(2021, 9, 5), "day", "2021-09-04/2021-09-05")),
    (HOLDS, {"when": "/2021-09-05"}, lambda c: c.when, When(None, dt.date(2021, 9, 5), "day", "/2021-09-05")),
    (HOLDS, {"when": ""}, lambda c: c.when, None),
    (HOLDS, {"modality": "planned"}, lambda c: c.modality, "planned"),
    # The outlet may be left out or named; a voice that keeps its name keeps what was read of it.
    (HOLDS, {"chain": "UN < Karimi"}, lambda c: c.chain, (Voice("Daily"), Voice("UN", words="UN"), Voice("Karimi"))),
    (HOLDS, {"chain": "Daily < Dashty (NRF)"}, lambda c: c.chain, (Voice("Daily"), Voice("Dashty", words="Dashty", speaks_for="NRF"))),
    (HOLDS, {"chain": "unnamed source"}, lambda c: c.chain, (Voice("Daily"), Voice(None))),
    (HOLDS, {"chain": ""}, lambda c: c.chain, (Voice("Daily"),)),
    (
        claim(killed("people")),
        {"count": "9", "harm": "killed;wounded"},
        lambda c: (_slot("count")(c), _slot("harm")(c)),
        (figure(9), ("killed", "wounded")),
    ),
    (claim(Offer(by=m("NRF"))), {"asks": "leave; stop"}, _slot("asks"), (Term("leave"), Term("stop"))),
    (claim(Demand(by=m("NRF"))), {"acts": "leave"}, _slot("acts"), ("leave",)),
    # What is part of the words and not between two of them is written twice.
    (claim(Demand(by=m("NRF"))), {"acts": "leave;; at once; stop"}, _slot("acts"), ("leave; at once", "stop")),
    (HOLDS, {"holder": "a==b=NRF"}, _slot("holder"), (Mention("a=b", name="NRF", key="nrf"),)),
    # A term has who is to do it and where, names with the name they mean after them; the next begins on the same line or another.
    (
        claim(Offer(by=m("NRF"))),
        {"asks": "stop the attacks; who: Taliban; Where: Panjshir; where: Rokha\n\nleave\nwho: the front=NRF; where: ; free prisoners"},
        _slot("asks"),
        (
            Term("stop the attacks", Mention("Taliban"), m("Panjshir", "Rokha")),
            Term("leave", Mention("the front", name="NRF", key="nrf")),
            Term("free prisoners"),
        ),
    ),
    (claim(Offer(asks=(Term("stop"), Term("leave", Mention("Taliban"))))), {"asks": "stop; leave"}, _slot("asks"), (Term("stop"), Term("leave"))),
    (claim(Offer(asks=(Term("stop"),))), {"asks": ""}, _slot("asks"), ()),
]


@pytest.mark.parametrize(("read", "given", "part", "expected"), CORRECTIONS)
def test_a_correction_changes_what_it_names(read: Claim, given: dict[str, str], part: Callable[[Claim], object], expected: object) -> None:
    made = judging.correct(read, given, by="Ada", at=at(0), words=WORDS)
    now = judging.corrected(read, judging.corrections(made))
    assert part(now) == expected
    assert (now.key, now.evidence) == (read.key, read.evidence)
    assert set(changed(made)) == set(given)


def test_a_correction_says_what_was_and_what_is() -> None:
    assert judging.told(correct(HOLDS, holder="the front=NRF", when="")) == "holder was Taliban, is the front (NRF); when was 2021-09-05, is empty"


def test_a_name_that_stands_in_the_evidence_is_found_there() -> None:
    read = added(holder="the front", place="Rokha")
    now = judging.corrected(read, judging.corrections(correct(read, holder="Dashty")))
    assert isinstance(now.proposition, Control)
    assert now.proposition.holder == (Mention("Dashty", span=Span(0, 6)),)


def test_a_correction_of_a_term_says_who_and_where() -> None:
    made = correct(OFFERS, asks="stop; who: Taliban; where: Rokha\nleave")
    assert judging.told(made) == "asks was stop, is stop [Taliban, Rokha], leave"


def test_words_that_a_claim_has_stay_as_the_report_has_them() -> None:
    broken = (Term("stop the\nattacks", Mention("the\nTaliban", span=Span(3, 10)), (Mention("Rokha", span=Span(20, 25)),)),)
    read = claim(Offer(by=(Mention("the\nfront", span=Span(40, 49)),), asks=broken), "Dashty", act="proposes", days="2021-09-05")
    given = {"by": "the front; NRF", "asks": "stop the attacks; who: the Taliban; where: Rokha\nleave"}
    now = judging.corrected(read, judging.corrections(judging.correct(read, given, by="Ada", at=at(0), words=WORDS)))
    assert now.proposition == Offer(by=(Mention("the\nfront", span=Span(40, 49)), Mention("NRF")), asks=(*broken, Term("leave")))


def test_a_term_added_stands_in_the_report_with_who_and_where() -> None:
    made = judging.added(REPORT, FIRST, "offer", {"asks": "held Rokha.\nTaliban; leave; who: Taliban fighters; where: Rokha"}, by="Ada", words=WORDS)
    assert isinstance(made.proposition, Offer)
    assert made.proposition.asks == (
        Term("held Rokha."),
        Term("Taliban"),
        Term("leave", Mention("Taliban fighters", span=Span(49, 65)), (Mention("Rokha", span=Span(42, 47)),)),
    )


def test_words_broken_over_two_lines_are_found_and_kept_as_they_stand() -> None:
    broken = report("r1", TEXT.replace("the front", "the\nfront").replace("Taliban fighters", "Taliban\nfighters"), outlet="Daily")
    made = judging.added(broken, FIRST, "control", {"holder": "the front"}, by="Ada", words=WORDS)
    assert made.proposition == Control(holder=(Mention("the\nfront", span=Span(27, 36)),))
    told = judging.added(broken, FIRST, "statement", {"content": "Taliban fighters were told"}, by="Ada", words=WORDS)
    assert told.proposition == Statement(content=("Taliban\nfighters were told",))


def test_a_claim_added_quotes_the_report() -> None:
    made = added(holder="the front=NRF", place="Rokha", change="holds", chain="Dashty", when="2021-09-05")
    assert made.evidence.quote == "Dashty said on Sunday that the front held Rokha."
    assert made.proposition == Control(
        place=(Mention("Rokha", span=Span(42, 47)),), holder=(Mention("the front", name="NRF", key="nrf", span=Span(27, 36)),), change="holds"
    )
    assert [voice.name for voice in made.chain] == ["Daily", "Dashty"]
    assert (made.score, made.because, made.act) == (1.0, "added by Ada", "asserts")
    kept = judging.add(made, by="Ada", at=at(0))
    assert kept.about == "r1"
    assert judging.added_claim(kept) == made


REFUSED: list[tuple[str, Callable[[], object]]] = [
    ("is not rejected without a reason; say why", lambda: judging.reject(HOLDS, by="Ada", at=at(0), reason=" ")),
    ("nobody is named who decides; give a name", lambda: accept(HOLDS, by="  ")),
    ("the evidence is the report's own words; reject the claim and add one", lambda: correct(HOLDS, evidence="x")),
    ("has no slot 'donor'; its slots are place, holder, not_holder, change, except", lambda: correct(HOLDS, donor="x")),
    ("change=sold: expected one of holds, captured", lambda: correct(HOLDS, change="sold")),
    ("act=sings: expected one of asserts", lambda: correct(HOLDS, act="sings")),
    ("when=Sunday: expected a day as YYYY-MM-DD", lambda: correct(HOLDS, when="Sunday")),
    ("when=2021-09-05/2021-09-04: expected FROM/TO with the earlier day first", lambda: correct(HOLDS, when="2021-09-05/2021-09-04")),
    ("when=/: expected FROM/TO", lambda: correct(HOLDS, when="/")),
    ("chain=UN <: expected names with `<` between them", lambda: correct(HOLDS, chain="UN <")),
    ("count=many: expected one figure", lambda: correct(claim(killed("people")), count="many")),
    ("gives a name without words", lambda: correct(HOLDS, holder="=NRF")),
    ("asks=who: Taliban: expected what is to be done first, then who and where", lambda: correct(OFFERS, asks="who: Taliban")),
    ("two are to do 'stop'; write the term once for each", lambda: correct(OFFERS, asks="stop; who: NRF; who: Taliban")),
    ("'=Panjshir' gives a name without words", lambda: correct(OFFERS, asks="stop; where: =Panjshir")),
    (
        "asks: 'the army' does not stand in report r1",
        lambda: judging.added(REPORT, FIRST, "offer", {"asks": "held Rokha; who: the army"}, by="Ada", words=WORDS),
    ),
    ("says this already .holder.; give a slot another value", lambda: correct(HOLDS, holder="Taliban")),
    ("says this already .no slot.", lambda: correct(HOLDS)),
    ("holder: 'the army' does not stand in report r1; give the words as the text has them", lambda: added(holder="the army", place="Rokha")),
    ("acts: 'surrender' does not stand", lambda: judging.added(REPORT, FIRST, "pledge", {"acts": "surrender"}, by="Ada", words=WORDS)),
    ("chain: 'Massoud' does not stand in report r1", lambda: added(place="Rokha", chain="Massoud")),
    ("says nothing without a slot; give one of place", lambda: added(chain="Dashty")),
    ("says nothing without a slot", lambda: added(place="")),
    ("90-120 are no words of report r1, which has 101 characters", lambda: judging.added(REPORT, Span(90, 120), "control", {}, by="Ada", words=WORDS)),
    ("no kind of claim 'conquest'; kinds are agreement", lambda: judging.added(REPORT, FIRST, "conquest", {"place": "Rokha"}, by="Ada", words=WORDS)),
    ("a is one thing already; name two", lambda: judging.merge("a", "a", by="Ada", at=at(0))),
    ("grade 'B' of claim .*: expected a letter A to F for the source and a digit", lambda: judging.grade(HOLDS.key, "B", by="Ada", at=at(0), of=HOLDS)),
    ("grade 'G1'", lambda: judging.grade(HOLDS.key, "G1", by="Ada", at=at(0), of=HOLDS)),
    ("grade 'B2' of outlet:Daily: expected a letter A to F for a source", lambda: judging.grade("outlet:Daily", "B2", by="Ada", at=at(0))),
    ("the comment on r1 is empty", lambda: judging.comment("r1", "", by="Ada", at=at(0))),
    ("takes another back and cannot be undone", lambda: judging.undo(judging.undo(accept(HOLDS), by="Ada", at=at(1)), by="Ada", at=at(2))),
]


@pytest.mark.parametrize(("reason", "make"), REFUSED)
def test_what_is_refused_says_why_and_what_to_do(reason: str, make: Callable[[], object]) -> None:
    with pytest.raises(JudgementRefused, match=reason):
        make()


def test_grades_merges_splits_and_undoing() -> None:
    assert judging.grade(HOLDS.key, "b2", by="Ada", at=at(0), of=HOLDS).value == "B2"
    assert judging.grade("outlet:Daily", "f", by="Ada", at=at(0)).value == "F"
    pair = judging.merge("a", "b", by="Ada", at=at(0))
    assert (pair.about, pair.decision, pair.value) == ("a", "merge", "b")
    assert judging.split("a", "b", by="Ada", at=at(0)).decision == "split"
    undone = judging.undo(pair, by="Bo", at=at(1))
    assert (undone.about, undone.decision, undone.by) == (pair.key, "withdraw", "Bo")


def test_a_value_that_does_not_fit_is_refused_when_it_is_read() -> None:
    made = msgspec.structs.replace(correct(HOLDS, holder="NRF"), value='[{"slot":"holder","was":[],"now":[{"name":"NRF"}]}]')
    with pytest.raises(JudgementRefused, match="cannot be corrected so"):
        judging.corrected(HOLDS, judging.corrections(made))
    with pytest.raises(JudgementRefused, match="is no correction of a claim"):
        judging.corrections(msgspec.structs.replace(made, value="broken"))
    with pytest.raises(JudgementRefused, match="adds no claim"):
        judging.added_claim(made)
