from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec
import pytest

from counterclaim.core.claim import (
    Agreement,
    AgreementType,
    Aid,
    Answer,
    AnswerValue,
    Attack,
    Claim,
    Demand,
    Fighting,
    Movement,
    Offer,
    Pledge,
    Proposition,
    Statement,
    Talks,
    Term,
    Violation,
)
from counterclaim.core.judgement import Judgement
from counterclaim.core.mention import Mention
from counterclaim.core.promise import Promise, PromiseTerm
from counterclaim.core.voice import Act
from counterclaim.reconcile.promises import promises
from counterclaim.reconcile.promises.acts import act_class, stems
from tests.reconcile.demos import demos
from tests.reconcile.factories import claim, control, m, report, voice
from tests.reconcile.test_decisions import judged

MASSOUD, KARIMI = voice("Ahmad Massoud", "NRF"), voice("Bilal Karimi", "Taliban")
FIRST = Offer(by=m("NRF"), to=m("Taliban"), asks=(Term("leave Andarab"),), undertakings=(Term("stop fighting"),), sequence="condition-first")
SECOND = Offer(by=m("the NRF"), to=m("the Taliban"), asks=(Term("leave Andarab and Paryan"),), undertakings=(Term("stop fighting at once"),))
OFFER = claim(FIRST, MASSOUD, act="proposes", days="2021-09-05")


def one(*claims: Claim, judgements: Iterable[Judgement] = ()) -> Promise:
    """The one promise of these claims."""
    [found] = promises(claims, judgements=judgements)
    return found


def term(promise: Promise, act: str) -> PromiseTerm:
    """The term whose first wording begins with these words."""
    return next(one for one in promise.terms if one.act.startswith(act))


def test_wordings_of_one_offer_are_kept_side_by_side() -> None:
    later = claim(SECOND, voice("Fahim Dashty", "NRF"), act="proposes", days="2021-09-06", report="r2", outlet="Weekly")
    found = one(later, OFFER)
    assert (found.kind, [party.name for party in found.by], [party.name for party in found.to]) == ("offer", ["NRF"], ["Taliban"])
    assert (found.first, found.last) == (dt.date(2021, 9, 5), dt.date(2021, 9, 6))
    assert [(told.claim, told.report, told.voice, told.words) for told in found.wordings] == [
        (OFFER.key, "r1", "Ahmad Massoud", "sentence 0"),
        (later.key, "r2", "Fahim Dashty", "sentence 0"),
    ]
    assert [(told.role, told.act, told.party and told.party.name, len(told.wordings)) for told in found.terms] == [
        ("ask", "leave Andarab", "Taliban", 2),
        ("undertaking", "stop fighting", "NRF", 2),
    ]


def test_a_term_grows_from_wording_to_wording() -> None:
    later = claim(SECOND, MASSOUD, act="proposes", days="2021-09-06", sentence=1)
    asked = term(one(OFFER, later), "leave")
    assert asked.places == ("Andarab", "Paryan")
    assert [told.adds for told in asked.wordings] == [(), ("Paryan",)]


def test_a_wording_may_add_a_term() -> None:
    more = Offer(by=m("NRF"), to=m("Taliban"), asks=(Term("leave Andarab"), Term("free the prisoners")))
    found = one(OFFER, claim(more, MASSOUD, act="proposes", days="2021-09-06", sentence=1))
    assert found.wordings[1].adds == (term(found, "free").key,)
    assert found.wordings[0].adds == ()


def offer(by: str = "NRF", to: str | None = "Taliban", ask: str = "leave Andarab") -> Offer:
    return Offer(by=m(by), to=m(to) if to else (), asks=(Term(ask),))


@pytest.mark.parametrize(
    ("second", "are_one", "why"),
    [
        (claim(offer(), MASSOUD, act="proposes", days="2021-09-07", report="r2"), True, "the same in another report"),
        (claim(offer(ask="end the attacks in Andarab"), act="proposes", days="2021-09-05", report="r2"), True, "a place in common"),
        (claim(offer(ask="free prisoners"), MASSOUD, act="proposes", days="2021-09-05", sentence=1), True, "of one report"),
        (claim(offer(ask="free prisoners"), MASSOUD, act="proposes", days="2021-09-05", report="r2"), False, "nothing in common"),
        (claim(offer(), MASSOUD, act="proposes", days="2021-10-20", report="r2"), False, "more than a month later"),
        (claim(offer(by="Dostum"), "Dostum", act="proposes", days="2021-09-05", report="r2"), False, "of somebody else"),
        (claim(offer(to="Pakistan"), MASSOUD, act="proposes", days="2021-09-05", report="r2"), False, "to somebody else"),
        (claim(offer(to=None), MASSOUD, act="proposes", days="2021-09-05", report="r2"), True, "to nobody in particular"),
        (claim(offer(), "Taliban", act="asserts", days="2021-09-05", report="r2"), True, "told by the other side"),
        (claim(Demand(by=m("NRF"), to=m("Taliban"), acts=("leave Andarab",)), MASSOUD, act="demands", days="2021-09-05"), True, "told as a demand"),
        (claim(Pledge(by=m("NRF"), acts=("stop fighting",)), MASSOUD, act="promises", days="2021-09-05", report="r2"), True, "told as a pledge"),
        (claim(Pledge(by=m("NRF"), acts=("build schools",)), MASSOUD, act="promises", days="2021-09-05", report="r2"), False, "another pledge"),
    ],
)
def test_one_promise_or_two(second: Claim, are_one: bool, why: str) -> None:
    found = promises([OFFER, second])
    assert (len(found) == 1) is are_one, why
    assert any(one.kind == "offer" for one in found)


def test_a_wording_to_nobody_stays_by_itself_where_two_would_do() -> None:
    other = claim(offer(to="Pakistan"), MASSOUD, act="proposes", days="2021-09-05", report="r2")
    unaddressed = claim(offer(to=None), MASSOUD, act="proposes", days="2021-09-05", report="r3")
    assert len(promises([OFFER, other, unaddressed])) == 3


def test_a_denial_stands_with_what_it_denies_and_makes_nothing() -> None:
    denial = claim(FIRST, "Taliban", act="denies", days="2021-09-05", report="r2")
    found = one(OFFER, denial)
    assert [(told.claim, told.doubt, bool(told.terms)) for told in found.wordings] == [(OFFER.key, None, True), (denial.key, "denies", False)]
    assert promises([denial]) == []


@pytest.mark.parametrize(("act", "modality_is_real"), [("hopes", True), ("expects", True), ("proposes", False)])
def test_what_nobody_made_is_no_promise(act: Act, modality_is_real: bool) -> None:
    assert promises([claim(FIRST, MASSOUD, act=act, modality="actual" if modality_is_real else "hypothetical")]) == []


def test_an_offer_taken_back_keeps_its_other_wordings() -> None:
    later = claim(SECOND, MASSOUD, act="proposes", days="2021-09-06", sentence=1)
    denial = claim(Statement(content=("he offered nothing",)), MASSOUD, act="denies", refutes=OFFER.key, sentence=7)
    found = one(OFFER, later, denial)
    assert [told.withdrawn for told in found.wordings] == [True, False]
    assert promises([OFFER, denial]) == []


def answered(value: AnswerValue, by: str = "Taliban", to: str | None = "NRF") -> Answer:
    return Answer(by=m(by), to=m(to) if to else (), value=value)


def test_silence_has_a_day_and_is_no_refusal() -> None:
    silences = [claim(answered("none"), days="/2021-09-06", report=name, outlet=outlet) for name, outlet in (("r1", "Daily"), ("r2", "Weekly"))]
    found = one(OFFER, *silences)
    assert found.answers == ()
    assert [(silence.by, silence.day, len(silence.claims)) for silence in found.silences] == [("Taliban", dt.date(2021, 9, 6), 2)]
    assert {told.state for told in found.terms} == {"open"}


@pytest.mark.parametrize(
    ("answer", "is_one", "why"),
    [
        (claim(answered("rejects"), "Taliban", days="2021-09-08", report="r2"), True, "by whom it was made to"),
        (claim(answered("rejects", to=None), "Taliban", days="2021-09-08", sentence=3), True, "to what its report told last"),
        (claim(answered("rejects", to=None), "Taliban", days="2021-09-08", report="r2"), False, "to nobody, in a report of its own"),
        (claim(answered("supports", by="Pakistan"), "Pakistan", days="2021-09-08", report="r2"), False, "by somebody else"),
        (claim(answered("rejects", to="Dostum"), "Taliban", days="2021-09-08", report="r2"), False, "to somebody else"),
        (claim(answered("rejects"), "Taliban", days="2021-09-01", report="r2"), False, "before the offer"),
        (claim(answered("rejects"), "Taliban", act="denies", days="2021-09-08", report="r2"), False, "denied"),
    ],
)
def test_answers(answer: Claim, is_one: bool, why: str) -> None:
    assert bool(one(OFFER, answer).answers) is is_one, why


@pytest.mark.parametrize(
    ("silence", "has_one", "why"),
    [
        (claim(answered("none", by="the army", to=None), days="/2021-09-06", sentence=3), True, "whom the offer was made to, without a name"),
        (claim(answered("none", by="the army"), days="/2021-09-06", sentence=3), True, "and to whom it made"),
        (claim(answered("none", by="the police", to=None), days="/2021-09-06", sentence=3), False, "somebody else, without a name"),
        (claim(answered("none", by="the army", to=None), days="/2021-09-06", report="r2"), False, "an army of another report"),
    ],
)
def test_a_side_without_a_name_is_one_within_its_report(silence: Claim, has_one: bool, why: str) -> None:
    offer = claim(Offer(by=m("NRF"), to=m("the army"), asks=(Term("leave Andarab"),)), MASSOUD, act="proposes", days="2021-09-05", sentence=1)
    assert bool(one(offer, silence).silences) is has_one, why


def test_an_answer_is_rather_to_what_was_addressed_to_the_answerer() -> None:
    offer = claim(Offer(by=m("NRF"), to=m("the army"), asks=(Term("leave Andarab"),)), MASSOUD, act="proposes", days="2021-09-05", sentence=1)
    pledge = claim(Pledge(by=m("NRF"), acts=("protect civilians",)), MASSOUD, act="promises", days="2021-09-05", sentence=2)
    silence = claim(answered("none", by="the army", to=None), days="/2021-09-06", sentence=3)
    assert {found.kind: len(found.silences) for found in promises([offer, pledge, silence])} == {"offer": 1, "pledge": 0}


def test_an_offer_may_be_told_after_the_silence_it_met_with() -> None:
    offer = claim(Offer(by=m("NRF"), to=m("the army"), asks=(Term("leave Andarab"),)), MASSOUD, act="proposes", days="2021-09-05", sentence=3)
    silences = [claim(answered("none", by="the army", to=to), days="/2021-09-06", sentence=1) for to in ("NRF", None)]
    assert [len(one(offer, silence).silences) for silence in silences] == [1, 0]


def test_an_answer_is_to_the_last_offer_before_it() -> None:
    later = claim(FIRST, MASSOUD, act="proposes", days="2021-12-01", report="r3")
    answer = claim(answered("rejects"), "Taliban", days="2021-12-02", report="r4")
    assert [len(found.answers) for found in promises([OFFER, later, answer])] == [0, 1]


def test_no_silence_is_later_than_the_report_that_tells_it() -> None:
    [found] = promises([OFFER, claim(answered("none"), days="/2021-09-12")], [report(published="2021-09-06")])
    assert [silence.day for silence in found.silences] == [dt.date(2021, 9, 6)]


DEMAND = claim(Demand(by=m("NRF"), to=m("Taliban"), acts=("leave Andarab",)), MASSOUD, act="demands", days="2021-09-05")
TRUCE = claim(Agreement(parties=m("NRF", "Taliban"), type="ceasefire"), days="2021-09-05")


def pledged(act: str, by: str = "Taliban") -> Claim:
    return claim(Pledge(by=m(by), acts=(act,)), by, act="promises", days="2021-09-05")


@pytest.mark.parametrize(
    ("promise", "conduct", "bears", "why"),
    [
        (DEMAND, Movement(actor=m("Taliban"), action="withdraw", from_=m("Andarab")), "for", "who left"),
        (DEMAND, control("Andarab", "Taliban", "left"), "for", "who left, told as control"),
        (DEMAND, control("Andarab", "Taliban"), "against", "who is still there"),
        (DEMAND, Movement(actor=m("Taliban fighters"), action="enter", to=m("Andarab")), "against", "who moved in"),
        (DEMAND, control("Paryan", "Taliban"), None, "elsewhere"),
        (DEMAND, control("Andarab", "Pakistan"), None, "somebody else"),
        (TRUCE, Attack(actor=m("Taliban"), target=m("a post")), "against", "an attack by a party"),
        (TRUCE, Fighting(sides=m("NRF", "Taliban")), "against", "fighting, whoever began"),
        (TRUCE, Attack(actor=m("Pakistan"), target=m("a post")), None, "an attack by another"),
        (TRUCE, Violation(by=m("Taliban"), of=("the truce",)), "against", "a breach by name"),
        (TRUCE, Violation(by=m("Taliban"), of=("the airspace",)), None, "a breach of something else"),
        (pledged("protect civilians"), Attack(actor=m("Taliban"), target=m("a hospital")), "against", "those it is about"),
        (pledged("protect civilians"), Attack(actor=m("Taliban"), target=m("an army post")), None, "soldiers"),
        (pledged("send food to Andarab"), Aid(donor=m("Taliban"), goods=("rice",), stage="arrived", place=m("Andarab")), "for", "relief sent"),
        (pledged("let aid into Andarab"), Aid(donor=m("WFP"), goods=("rice",), stage="blocked", place=m("Andarab")), "against", "relief blocked"),
        (pledged("meet the front"), Talks(participants=m("Taliban", "NRF")), "for", "talks held"),
        (pledged("retake Andarab"), control("Andarab", "Taliban", "captured"), "for", "a threat carried out"),
        (pledged("paint the bridge"), Attack(actor=m("Taliban")), None, "an act no table has"),
    ],
)
def test_conduct_is_evidence_and_no_verdict(promise: Claim, conduct: Proposition, bears: str | None, why: str) -> None:
    later = claim(conduct, "A teacher", days="2021-09-20", report="r9", outlet="Weekly")
    told = [one for found in promises([promise, later]) for one in found.terms]
    assert [(one.claim, one.bears) for found in told for one in found.conduct] == ([(later.key, bears)] if bears else []), why
    assert {one.state for one in told} == ({"unknown"} if bears else {"open"})
    assert all("judged" in one.because for one in told if bears)


def test_conduct_before_the_promise_or_long_after_it_bears_on_nothing() -> None:
    for day in ("2021-09-01", "2022-03-01"):
        assert not one(DEMAND, claim(control("Andarab", "Taliban"), "A teacher", days=day, report="r9")).terms[0].conduct


def test_what_is_denied_speaks_the_other_way() -> None:
    denial = claim(Attack(actor=m("Taliban"), target=m("a post")), KARIMI, act="denies", days="2021-09-20", report="r9")
    [bearing] = one(TRUCE, denial).terms[0].conduct
    assert (bearing.bears, bearing.because.startswith("it is denied")) == ("for", True)


def test_the_sentence_of_an_offer_is_no_conduct() -> None:
    hedged = claim(Fighting(sides=m("NRF")), MASSOUD, days="2021-09-05")
    assert not term(one(OFFER, hedged), "stop").conduct


def test_more_conduct_than_is_listed_is_counted() -> None:
    attacks = [claim(Attack(actor=m("Taliban"), target=m("a post")), days="2021-09-20", report=f"a{i}") for i in range(70)]
    told = one(TRUCE, *attacks).terms[0]
    assert (len(told.conduct), told.unlisted) == (60, 10)


def test_both_sides_say_that_it_was_done() -> None:
    left = control("Andarab", "Taliban", "left")
    by_one, by_other = (claim(left, who, days="2021-09-20", report=name) for who, name in ((MASSOUD, "r8"), (KARIMI, "r9")))
    assert "both sides" not in one(DEMAND, by_one).terms[0].because
    told = one(DEMAND, by_one, by_other).terms[0]
    assert told.state == "unknown", "no verdict without a person"
    assert "both sides say that it was done" in told.because
    still = claim(control("Andarab", "Taliban"), "A teacher", days="2021-09-21", report="r7")
    assert "both sides" not in one(DEMAND, by_one, by_other, still).terms[0].because


def test_both_sides_say_that_it_was_broken() -> None:
    breach = Violation(by=m("Taliban"), of=("the ceasefire",))
    accused, owned = (claim(breach, who, days="2021-09-20", report=name) for who, name in ((MASSOUD, "r8"), (KARIMI, "r9")))
    assert "both sides" not in one(TRUCE, accused).terms[0].because
    told = one(TRUCE, accused, owned).terms[0]
    assert told.state == "unknown", "no verdict without a person"
    assert "both sides say that it was broken" in told.because


def test_what_was_only_asked_for_is_not_broken() -> None:
    ask = claim(Demand(by=m("NRF"), to=m("Taliban"), acts=("stop the attacks",)), MASSOUD, act="demands", days="2021-09-05")
    breach = Violation(by=m("Taliban"), of=("the ceasefire",))
    said = [claim(breach, who, days="2021-09-20", report=name) for who, name in ((MASSOUD, "r8"), (KARIMI, "r9"))]
    assert "both sides" not in one(ask, *said).terms[0].because
    assert "both sides" in one(ask, *said, claim(answered("accepts"), "Taliban", days="2021-09-06", report="r7")).terms[0].because


def test_a_person_judges_a_term_by_any_of_its_wordings() -> None:
    later = claim(SECOND, MASSOUD, act="proposes", days="2021-09-06", sentence=1)
    asked = term(one(OFFER, later), "leave")
    for key in {told.key for told in asked.wordings}:
        judgement = judged("j1", key, "grade", "met")
        told = term(one(OFFER, later, judgements=[judgement]), "leave")
        assert (told.state, told.judged, "Ada" in told.because) == ("met", "j1", True)
    changed = [judged("j1", asked.key, "grade", "met"), judged("j2", asked.wordings[1].key, "correct", "broken", hours=1)]
    assert term(one(OFFER, later, judgements=changed), "leave").state == "broken"
    assert term(one(OFFER, later, judgements=[*changed, judged("j3", "j2", "withdraw", hours=2)]), "leave").state == "met"
    assert term(one(OFFER, later, judgements=[judged("j1", asked.key, "grade", "splendid")]), "leave").state == "open"


def agreed(*parties: str, type_: AgreementType | None = "ceasefire") -> Agreement:
    return Agreement(parties=m(*parties), type=type_)


def test_an_agreement_is_tied_to_the_offer_it_answers() -> None:
    truce = claim(agreed("NRF", "Taliban"), days="2021-09-09", report="r2")
    first, second = promises([OFFER, truce])
    assert [(tie.promise, tie.relation) for tie in first.ties] == [(second.key, "answered-by")]
    assert [(tie.promise, tie.relation) for tie in second.ties] == [(first.key, "answers")]


@pytest.mark.parametrize(
    ("truce", "why"),
    [
        (claim(agreed("NRF", "Taliban"), days="2021-09-01", report="r2"), "before the offer"),
        (claim(agreed("NRF", "Taliban"), days="2022-03-01", report="r2"), "half a year later"),
        (claim(agreed("NRF", "Pakistan"), days="2021-09-09", report="r2"), "with somebody else"),
        (msgspec.structs.replace(claim(agreed("NRF", "Taliban"), days="/2021-09-09", report="r2"), dated="report"), "by then, and perhaps before"),
    ],
)
def test_agreements_that_answer_nothing(truce: Claim, why: str) -> None:
    assert not any(found.ties for found in promises([OFFER, truce])), why


@pytest.mark.parametrize(
    ("second", "are_one", "why"),
    [
        (claim(agreed("Taliban", "the NRF"), days="2021-09-06", report="r2"), True, "the same parties"),
        (claim(agreed("the two sides"), days="2021-09-06", sentence=1), True, "the two sides of one report"),
        (claim(agreed("the two sides"), days="2021-09-06", report="r2"), False, "the two sides of another"),
        (claim(agreed("NRF", "Pakistan"), days="2021-09-06", report="r2"), False, "one party in common"),
        (claim(agreed("NRF", "Taliban", type_="exchange"), days="2021-09-06", report="r2"), False, "of another type"),
        (claim(agreed("NRF", "Taliban"), days="2021-11-06", report="r2"), False, "two months later"),
    ],
)
def test_one_agreement_or_two(second: Claim, are_one: bool, why: str) -> None:
    assert (len(promises([TRUCE, second])) == 1) is are_one, why


def test_attacks_of_a_side_are_the_sides_own() -> None:
    told = Offer(by=m("NRF"), to=m("Taliban attacks"), asks=(Term("stopped", Mention("Taliban attacks")),), undertakings=(Term("stop fighting"),))
    found = one(OFFER, claim(told, MASSOUD, act="proposes", days="2021-09-05", report="r2"))
    assert [party.name for party in found.to] == ["Taliban"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("stop fighting", "cease"),
        ("halt their attacks and military moves", "cease"),
        ("not to attack each other", "cease"),
        ("a ceasefire", "cease"),
        ("quit both towns", "leave"),
        ("be out of the valley", "leave"),
        ("pull its troops back", "leave"),
        ("open the road", "open"),
        ("let trucks through", "open"),
        ("take down every barrier", "open"),
        ("free the prisoners", "release"),
        ("aid workers would be safe", "protect"),
        ("send 50 tonnes of flour", "relief"),
        ("sit down to talks", "talk"),
        ("take the city back", "take"),
        ("fight on", "fight"),
        ("not leave the city", None),
        ("paint the bridge", None),
    ],
)
def test_acts_have_classes(words: str, expected: str | None) -> None:
    assert act_class(words) == expected


def test_the_type_of_an_agreement_decides_where_its_words_do_not() -> None:
    assert [act_class("what was signed", kind) for kind in ("ceasefire", "withdrawal", "exchange", "access")] == ["cease", "leave", "release", "open"]
    assert act_class("what was signed", "peace") is None


def test_stems_bring_the_forms_of_a_word_together() -> None:
    assert stems("stopped") == stems("stops") == stems("stopping")
    assert stems("they will leave") == stems("leaves")


def _demo(by: str, kind: str = "offer") -> list[Promise]:
    read = demos()
    return [one for one in promises(read.claims, read.reports, read.links) if one.kind == kind and any(by in party.name for party in one.by)]


def test_demo_the_offer_in_four_wordings_and_its_silence() -> None:
    [found] = _demo("National Resistance Front")
    read = demos()
    assert [told.report for told in found.wordings] == ["pj-blog-0905", "pj-agency-0906", "pj-agency-0906", "pj-sitrep-0907"]
    assert [party.name for party in found.to] == ["Taliban"]
    assert term(found, "end their attacks").wordings[1].adds == ("Andarab",)
    assert found.answers == ()
    silent = {read.report_of(key) for silence in found.silences if silence.day == dt.date(2021, 9, 5) for key in silence.claims}
    assert {"pj-blog-0905", "pj-sitrep-0907"} <= silent


def test_demo_all_three_reports_tell_of_the_silence_of_one_day() -> None:
    [found] = _demo("National Resistance Front")
    assert [(silence.day, len(silence.claims)) for silence in found.silences] == [(dt.date(2021, 9, 5), 3)]


def test_demo_the_offer_in_three_growing_wordings() -> None:
    [found] = _demo("Kitumaini")
    assert [party.name for party in found.to] == ["March 23 Movement"]
    assert [told.report for told in found.wordings] == ["cd-road-0616"] * 3
    assert term(found, "leaves Nyabiondo").wordings[1].adds == ("Loashi",)
    assert len(found.wordings[2].adds) >= 2
    assert [silence.by for silence in found.silences] == ["March 23 Movement"]


@pytest.mark.xfail(strict=True, reason="the rewrite's three bids are read as pledges of an unnamed colonel, its silence as an answer to them")
def test_demo_the_rewrite_tells_of_the_same_offer() -> None:
    [found] = _demo("Kitumaini")
    assert "cd-road-0617-equator" in {told.report for told in found.wordings}


def test_demo_a_promise_told_by_a_copy_is_one_promise() -> None:
    [found] = _demo("Rapid Support Forces", "pledge")
    assert {told.report for told in found.wordings} == {"sd-madani-1220", "sd-madani-1220-corridor"}
