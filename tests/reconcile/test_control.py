from __future__ import annotations

import pytest

from counterclaim.core.claim import Claim, Control, Modality, Statement, Verification
from counterclaim.core.codec import key
from counterclaim.core.link import Link
from counterclaim.core.report import Report
from counterclaim.core.voice import Act, Voice
from tests.reconcile.factories import claim, control, found, link, m, only, report, said_by, voice

DAY = "2021-09-05"
TALIBAN = voice("Bilal Karimi", "Taliban")
FRONT = voice("Fahim Dashty", "NRF")
ALL_BUT = Control(place=m("every district of the Panjshir"), holder=m("Taliban"), change="holds", except_=m("Bazarak", "Rokha"))


@pytest.mark.parametrize(
    ("claims", "standing", "why"),
    [
        ([claim(control("Paryan", "Taliban"), TALIBAN, days=DAY)], "claimed", "one origin"),
        ([claim(control("Paryan", "Taliban"), TALIBAN, days=DAY), claim(control("Paryan", "NRF"), FRONT, days=DAY)], "disputed", "two holders by two parties"),
        (
            [claim(control("Paryan", "Taliban"), TALIBAN, days=DAY), claim(control("Paryan", "Taliban", "left"), FRONT, days=DAY)],
            "disputed",
            "one says they left",
        ),
        (
            [claim(control("Paryan", "Taliban"), TALIBAN, days=DAY), claim(control("Paryan", "Taliban"), FRONT, act="denies", days=DAY)],
            "disputed",
            "one denies",
        ),
        (
            [claim(control("Paryan", "Taliban"), TALIBAN, days=DAY), claim(control("Paryan", "NRF", "lost"), FRONT, act="denies", days=DAY)],
            "disputed",
            "who denies that it lost a place holds it",
        ),
        (
            [claim(control("Paryan", "Taliban"), TALIBAN, days=DAY), claim(control("Paryan", "Taliban"), FRONT, act="doubts", days=DAY)],
            "claimed",
            "a doubt disputes nothing",
        ),
        (
            [claim(control("Paryan", "Taliban"), TALIBAN, days=DAY), claim(control("Paryan", "Taliban"), days=DAY)],
            "corroborated",
            "a spokesman and the outlet itself",
        ),
        (
            [claim(control("Paryan", "Taliban"), TALIBAN, days=DAY), claim(control("Paryan", "Taliban", "captured"), days=DAY)],
            "corroborated",
            "to capture is to hold",
        ),
        (
            [claim(control("Paryan", "Taliban"), TALIBAN, days=DAY), claim(control("Paryan", "the fighters"), FRONT, days=DAY)],
            "claimed",
            "a description may be anybody",
        ),
        (
            [claim(control("Paryan", "Taliban", "besieged"), TALIBAN, days=DAY), claim(control("Paryan", "NRF"), FRONT, days=DAY)],
            "claimed",
            "besieged by one, held by another",
        ),
        (
            [claim(control("Paryan", "Taliban", "besieged"), TALIBAN, days=DAY), claim(control("Paryan", "Taliban"), days=DAY)],
            "disputed",
            "who besieges it does not hold it",
        ),
        ([claim(control("Paryan", "Taliban", "besieged"), TALIBAN, days=DAY)], "claimed", "a siege is no concession"),
        ([claim(control("Wad Madani", "RSF", "lost"), voice("Dagalo", "RSF"), days=DAY)], "conceded", "a side says it lost the place"),
        ([claim(control("Wad Madani", "RSF", "lost"), "RSF", days=DAY)], "conceded", "a side by its own name"),
        ([claim(control("Goma", "RDF"), voice("A spokesman", "RDF"), act="denies", days=DAY)], "claimed", "to deny that one holds a place gives nothing away"),
        ([claim(control("Paryan", "Taliban"), voice("Griffiths", "UN"), days=DAY)], "claimed", "the UN is no side that holds places"),
        ([claim(control("Paryan", "NRF"), voice("Karimi", "Taliban", source_type="belligerent"), days=DAY)], "conceded", "a belligerent names another holder"),
        ([claim(control("Paryan", "the enemy"), TALIBAN, days=DAY, interest="against-interest")], "conceded", "the claim itself says so"),
        ([claim(control("Paryan", "Taliban"), TALIBAN, days=DAY, interest="against-interest")], "claimed", "unless the place is its own side's"),
        (
            [claim(control("Paryan", "Taliban"), TALIBAN, days=DAY), claim(Control(place=m("Paryan"), not_holder=m("Taliban")), FRONT, days=DAY)],
            "disputed",
            "out of their control",
        ),
        ([claim(control("Paryan", "Taliban"), TALIBAN), claim(control("Paryan", "NRF"), FRONT)], "disputed", "undated both"),
    ],
)
def test_standing(claims: list[Claim], standing: str, why: str) -> None:
    finding = only(claims, kind="control")
    assert (finding.standing, why) == (standing, why), finding.because


def test_question_and_key() -> None:
    finding = only([claim(control("Paryan", "Taliban"), TALIBAN, days=DAY)])
    assert finding.question == {"kind": "control", "place": "Paryan", "as_of": DAY}
    assert finding.key == key(finding.question)


def test_a_party_has_one_position_in_several_words() -> None:
    claims = [claim(control("Paryan", "Taliban", "left"), FRONT, days=DAY), claim(control("Paryan", "NRF"), "NRF", days=DAY, report="r2")]
    finding = only(claims)
    assert said_by(finding) == {"NRF": ["NRF hold Paryan; Taliban left Paryan"]}
    assert (finding.positions[0].origins, finding.positions[0].reports) == (1, 2)


def test_a_party_that_speaks_against_itself_has_two() -> None:
    claims = [claim(control("Paryan", "Taliban"), TALIBAN, days=DAY), claim(control("Paryan", "Taliban", "lost"), "Taliban", days=DAY)]
    assert said_by(only(claims)) == {"Taliban": ["Taliban hold Paryan", "Taliban lost Paryan"]}


def test_exceptions_are_conceded() -> None:
    claims = [claim(ALL_BUT, TALIBAN, days=DAY), claim(control("Bazarak", "NRF"), FRONT, days=DAY, sentence=1)]
    finding = only(claims, place="Bazarak")
    assert finding.standing == "conceded"
    assert said_by(finding)["Taliban"] == ["Taliban do not hold Bazarak (excepted from every district of the Panjshir)"]
    assert {one.question["place"] for one in found(claims)} == {"Panjshir", "Bazarak", "Rokha"}


@pytest.mark.parametrize("act", ["denies", "doubts"])
def test_exceptions_of_what_is_not_asserted_say_nothing(act: Act) -> None:
    made = claim(ALL_BUT, FRONT, act=act, days=DAY)
    assert [one.question["place"] for one in found([made])] == ["Panjshir"]


def test_exceptions_from_what_was_lost_are_held() -> None:
    made = claim(Control(place=m("Panjshir"), holder=m("NRF"), change="lost", except_=m("Bazarak")), TALIBAN, days=DAY)
    assert said_by(only([made], place="Bazarak")) == {"Taliban": ["NRF hold Bazarak (excepted from Panjshir)"]}


def test_other_days_are_other_questions() -> None:
    claims = [claim(control("Wad Madani", "SAF"), "SAF", days="2023-12-18"), claim(control("Wad Madani", "RSF"), "RSF", days="2025-01-11")]
    assert [(one.question["as_of"], one.standing) for one in found(claims)] == [("2023-12-18", "claimed"), ("2025-01-11", "claimed")]


def test_a_range_of_days_meets_each_day_in_it() -> None:
    month = claim(control("Paryan", "Taliban"), TALIBAN, days="2021-09-01/2021-09-30")
    day = claim(control("Paryan", "NRF"), FRONT, days=DAY)
    standings = {one.question["as_of"]: one.standing for one in found([month, day])}
    assert standings == {DAY: "disputed", "2021-09-30": "claimed"}


@pytest.mark.parametrize(
    ("reports", "said", "as_of"),
    [((), None, None), ((), "2021-09-04", "2021-09-04"), ((report(published="2021-09-06"),), None, "2021-09-06")],
)
def test_undated_claims_hold_when_they_were_said_or_printed(reports: tuple[Report, ...], said: str | None, as_of: str | None) -> None:
    assert only([claim(control("Paryan", "Taliban"), said=said)], reports).question["as_of"] == as_of


def test_places_without_a_name_stay_in_their_report() -> None:
    claims = [claim(control("the city", "RSF"), days=DAY), claim(control("the city", "SAF"), days=DAY, report="r2", outlet="Weekly")]
    assert [(one.question["report"], one.standing) for one in found(claims)] == [("r1", "claimed"), ("r2", "claimed")]


@pytest.mark.parametrize(
    ("links", "standing"),
    [((), "claimed"), ((link("the fighters", "Taliban"),), "corroborated"), ((link("the fighters", "ISKP"),), "disputed")],
)
def test_links_name_holders(links: tuple[Link, ...], standing: str) -> None:
    claims = [claim(control("Paryan", "Taliban"), TALIBAN, days=DAY), claim(control("Paryan", "the fighters"), FRONT, days=DAY)]
    assert only(claims, links=links).standing == standing


def test_a_statement_that_refutes_a_claim_stands_against_it() -> None:
    asserted = claim(control("Panjshir", "Taliban", "captured"), TALIBAN, days="2021-09-06")
    denial = claim(Statement(content=("this",)), FRONT, act="denies", days="2021-09-07", refutes=asserted.key, sentence=1)
    finding = only([asserted, denial], kind="control")
    assert finding.standing == "disputed"
    assert said_by(finding)["NRF"] == ["denies that Taliban captured Panjshir"]


def test_a_claim_of_another_place_that_refutes_a_claim_stands_against_it() -> None:
    asserted = claim(control("Panjshir", "Taliban", "captured"), TALIBAN, days=DAY)
    answer = claim(control("all strategic positions", "NRF"), FRONT, days=DAY, refutes=asserted.key)
    finding = only([asserted, answer], place="Panjshir")
    assert finding.standing == "disputed"
    assert said_by(finding)["NRF"] == ["refutes that Taliban captured Panjshir"]


@pytest.mark.parametrize("modality", ["planned", "conditional", "hypothetical", "past-background", "habitual"])
def test_what_is_not_actual_makes_no_finding(modality: Modality) -> None:
    assert found([claim(control("Paryan", "Taliban"), TALIBAN, days=DAY, modality=modality)]) == []


@pytest.mark.parametrize(
    ("about", "standing"),
    [
        ("who is in control of the districts", "not-verified"),
        ("territorial claims", "not-verified"),
        ("the number of casualties", "claimed"),
        ("a video", "claimed"),
    ],
)
def test_caveats(about: str, standing: str) -> None:
    caveat = claim(Verification(by=m("Daily"), value="not-verified", about=(about,)), act="cannot-verify", sentence=5)
    finding = only([claim(control("Paryan", "Taliban"), TALIBAN, days=DAY), caveat], kind="control")
    assert finding.standing == standing
    assert finding.verification == ("not-verified" if standing == "not-verified" else "none")


@pytest.mark.parametrize(
    ("claims", "because"),
    [
        (
            [(control("Paryan", "Taliban"), TALIBAN), (control("Paryan", "NRF"), FRONT)],
            "two parties, NRF and Taliban, name different holders for overlapping days",
        ),
        (
            [(control("Paryan", "Taliban"), TALIBAN), (control("Paryan", "Taliban", "left"), FRONT)],
            "one party says that a holder holds the place and another that it does not, NRF and Taliban for overlapping days",
        ),
        ([(control("Paryan", "Taliban", "left"), FRONT), (control("Paryan", "NRF"), FRONT)], "one origin says it; nobody at hand disputes or verifies it"),
        (
            [(control("Paryan", "Taliban", "left"), "Emergency"), (control("Paryan", "NRF"), FRONT)],
            "2 origins say it in different ways; nobody at hand disputes one of them",
        ),
        ([(control("Paryan", "Taliban", "lost"), TALIBAN)], "Taliban say it against their own interest: the place is not theirs"),
    ],
)
def test_reasons_are_plain(claims: list[tuple[Control, Voice | str]], because: str) -> None:
    assert only([claim(proposition, voice, days=DAY) for proposition, voice in claims]).because == because
