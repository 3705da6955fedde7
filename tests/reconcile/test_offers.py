from __future__ import annotations

import pytest

from counterclaim.core.claim import Answer, Claim, Offer, Statement, Term
from counterclaim.core.mention import Mention
from counterclaim.core.report import Report
from counterclaim.core.voice import Act
from tests.reconcile.factories import claim, found, m, only, report, said_by, voice

MASSOUD = voice("Ahmad Massoud", "NRF")
FIRST = Offer(by=m("Ahmad Massoud"), to=m("Taliban"), asks=(Term("end their attacks"),), undertakings=(Term("stop fighting"),), sequence="condition-first")
SECOND = Offer(
    by=m("the NRF"),
    to=m("the Taliban"),
    asks=(Term("leave Andarab", Mention("the Taliban"), m("Andarab")),),
    undertakings=(Term("stop fighting"),),
    sequence="condition-first",
)
SILENCE = Answer(by=m("Taliban"), to=m("Massoud"), value="none")
OFFERS = [
    claim(FIRST, MASSOUD, act="proposes", days="2021-09-05"),
    claim(SECOND, voice("Fahim Dashty", "NRF"), act="proposes", days="2021-09-06", report="r2", outlet="Weekly"),
]


def test_one_offer_in_two_wordings() -> None:
    finding = only(OFFERS)
    assert finding.question == {"kind": "offer", "by": "NRF", "to": "Taliban", "as_of": "2021-09-06"}
    assert finding.formulations == ("asks: end their attacks; undertakes: stop fighting", "asks: leave Andarab; undertakes: stop fighting")
    assert finding.terms == (
        {"role": "ask", "act": "end their attacks", "party": None, "places": None, "state": "open"},
        {"role": "undertaking", "act": "stop fighting", "party": None, "places": None, "state": "open"},
        {"role": "ask", "act": "leave Andarab", "party": "Taliban", "places": "Andarab", "state": "open"},
    )
    assert (finding.standing, finding.positions[0].origins, finding.positions[0].reports) == ("claimed", 1, 2)


def test_who_denies_an_offer_does_not_make_it() -> None:
    bid = Offer(by=m("rebels"), to=m("army"), undertakings=(Term("a truce"),))
    denial = claim(bid, voice("Defence Ministry"), act="denies", days="2021-09-05", sentence=1)
    finding = only([claim(bid, voice("rebels"), act="proposes", days="2021-09-05"), denial])
    assert (finding.question["by"], finding.standing) == ("rebels", "disputed")
    assert said_by(finding)["Defence Ministry"] == ["denies that undertakes: a truce"]


def test_one_person_offers_in_his_own_name() -> None:
    assert only(OFFERS[:1]).question["by"] == "Ahmad Massoud"


def test_silence_is_an_answer_with_a_day() -> None:
    silences = [claim(SILENCE, days="/2021-09-06"), claim(SILENCE, days="/2021-09-06", report="r2", outlet="Weekly")]
    finding = only([*OFFERS, *silences], kind="offer")
    assert [(one.by, one.value, one.as_of, len(one.claims)) for one in finding.answers] == [("Taliban", "none", "2021-09-06", 2)]
    assert said_by(finding)["Taliban"] == ["no answer by 2021-09-06"]
    assert [position.origins for position in finding.positions if position.party == "Taliban"] == [2]


@pytest.mark.parametrize(
    ("answer", "answered", "why"),
    [
        (claim(SILENCE, days="2021-09-06"), True, "by the side addressed, to who offers"),
        (claim(Answer(by=m("Taliban"), to=m("the NRF"), value="rejects"), "Taliban", days="2021-09-08"), True, "to the side that offers"),
        (claim(Answer(by=m("Taliban"), value="rejects"), "Taliban", days="2021-09-08"), True, "to nobody in particular, in the same report"),
        (claim(Answer(by=m("Taliban"), value="rejects"), "Taliban", days="2021-09-08", report="r9"), False, "to nobody in particular, elsewhere"),
        (claim(Answer(by=m("Pakistan"), to=m("Massoud"), value="supports"), "Pakistan", days="2021-09-08"), False, "by somebody else"),
        (claim(Answer(by=m("Taliban"), to=m("Dostum"), value="rejects"), "Taliban", days="2021-09-08"), False, "to somebody else"),
        (claim(SILENCE, days="2021-09-01"), False, "before the offer"),
        (claim(SILENCE), True, "undated"),
        (claim(SILENCE, act="denies", days="2021-09-06"), False, "denied"),
    ],
)
def test_answers(answer: Claim, answered: bool, why: str) -> None:
    assert bool(only([*OFFERS, answer], kind="offer").answers) is answered, why


def test_who_denies_an_answer_speaks_for_itself() -> None:
    silence = claim(SILENCE, days="2021-09-06")
    denial = claim(SILENCE, voice("Mujahid", "Emirate"), act="denies", refutes=silence.key, sentence=3)
    assert said_by(only([*OFFERS, silence, denial], kind="offer"))["Emirate"] == ["denies that no answer by 2021-09-06"]


def test_a_month_of_silence_parts_two_offers() -> None:
    later = claim(FIRST, MASSOUD, act="proposes", days="2021-12-01", report="r3")
    findings = found([*OFFERS, later, claim(SILENCE, days="2021-12-02", report="r3")], kind="offer")
    assert [(one.question["as_of"], len(one.formulations), len(one.answers)) for one in findings] == [("2021-09-06", 2, 0), ("2021-12-01", 1, 1)]


def test_a_wording_that_names_nobody_joins_the_one_that_does() -> None:
    assembly = Offer(by=m("Massoud"), undertakings=(Term("meet in a large assembly"),))
    finding = only([*OFFERS, claim(assembly, MASSOUD, act="proposes", days="2021-09-05", sentence=1)])
    assert len(finding.formulations) == 3


def test_an_offer_to_nobody_is_answered_in_its_own_report() -> None:
    offer = claim(Offer(by=m("Massoud"), undertakings=(Term("meet"),)), MASSOUD, act="proposes", days="2021-09-05")
    near, far = claim(SILENCE, days="2021-09-06"), claim(SILENCE, days="2021-09-07", report="r2")
    assert [one.as_of for one in only([offer, near, far], kind="offer").answers] == ["2021-09-06"]


def test_wordings_of_one_day_stand_as_they_were_printed() -> None:
    claims = [claim(FIRST, MASSOUD, act="proposes", days="2021-09-05", report="r2"), claim(SECOND, MASSOUD, act="proposes", days="2021-09-05")]
    reports: list[Report] = [report("r1", published="2021-09-06"), report("r2", published="2021-09-05")]
    assert only(claims, reports).formulations[0] == "asks: end their attacks; undertakes: stop fighting"


def test_an_offer_without_terms_is_told_by_its_sentence() -> None:
    assert only([claim(Offer(by=m("Massoud"), to=m("Taliban")), MASSOUD, act="proposes", sentence=4)]).formulations == ("sentence 4",)


@pytest.mark.parametrize(("act", "standing"), [("asserts", "corroborated"), ("denies", "disputed"), ("doubts", "claimed")])
def test_others_tell_of_the_offer(act: Act, standing: str) -> None:
    assert only([*OFFERS, claim(FIRST, "Taliban", act=act, days="2021-09-05", sentence=2)]).standing == standing


def test_a_demand_is_no_offer_and_a_hypothetical_one_neither() -> None:
    made = claim(FIRST, MASSOUD, act="demands", days="2021-09-05")
    imagined = claim(FIRST, MASSOUD, act="proposes", modality="hypothetical", days="2021-09-05")
    assert found([made, imagined]) == []
    assert len(found([claim(FIRST, MASSOUD, act="proposes", modality="conditional", days="2021-09-05")])) == 1


def test_an_offer_taken_back_has_no_terms() -> None:
    denial = claim(Statement(content=("he offered nothing",)), MASSOUD, act="denies", refutes=OFFERS[0].key, sentence=7)
    finding = only([OFFERS[0], denial], kind="offer")
    assert (finding.standing, finding.formulations, finding.terms) == ("withdrawn", (), ())
