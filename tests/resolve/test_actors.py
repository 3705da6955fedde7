"""Who the words of a report mean: tables of texts, words and the actor, or none."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest

from counterclaim.core.link import Link
from counterclaim.core.mention import Mention
from counterclaim.core.report import Report
from counterclaim.core.span import Span
from counterclaim.core.when import Published
from counterclaim.resolve.actors import Setting
from tests.reading import pipeline


@cache
def setting(text: str) -> Setting:
    """A text with its cast, as the pipeline reads it."""
    return pipeline("trained").setting(pipeline("trained").attributed(Report(id="case", text=text, published=Published(dt.date(2021, 9, 6), "given"))))


def link(text: str, words: str) -> Link | None:
    """The link of these words where they stand first in the text."""
    start = text.index(words)
    return setting(text).link("case", Mention(words, span=Span(start, start + len(words))))


def who(text: str, words: str) -> str | None:
    """The key of whom the words mean."""
    found = link(text, words)
    return found.target.key if found is not None and found.target is not None else None


FRONT = (
    "Belal Kareemi, a Taliban spokesman, said on Sunday that Taliban fighters had captured Anaba. The National Resistance Front (NRF) denied it. "
    "Fahim Dashty, the front's spokesman, said the NRF held Anaba. Kareemi said Dashti was lying."
)


@pytest.mark.parametrize(
    ("text", "wordings", "why"),
    [
        (FRONT, ("Belal Kareemi", "Kareemi"), "a surname"),
        (FRONT, ("National Resistance Front", "the NRF"), "an acronym in brackets"),
        (FRONT, ("Taliban fighters", "Taliban"), "the fighters of a group are the group"),
        (FRONT, ("Fahim Dashty", "Dashti"), "another spelling of the surname"),
        (
            "The Rapid Support Forces captured Madani on Friday. The RSF captured Wad Rawah on Sunday.",
            ("The Rapid Support Forces", "The RSF"),
            "the first letters",
        ),
        ("Gen. Ahmad Massoud said on Friday that his men held Anaba. Massoud said he rejected the offer.", ("Ahmad Massoud", "Massoud"), "a title"),
        ("Israel struck Mezzeh on Friday. Israeli officials said they hit a depot.", ("Israel", "Israeli officials"), "what is Israeli is Israel's"),
        ("The Houthis captured Marib on Friday. The Houthi forces captured Taiz on Sunday.", ("The Houthis", "The Houthi forces"), "the table knows both"),
    ],
)
def test_one_actor_under_several_names(text: str, wordings: tuple[str, ...], why: str) -> None:
    found = {who(text, words) for words in wordings}
    assert None not in found
    assert len(found) == 1, why


@pytest.mark.parametrize(
    ("text", "one", "other", "why"),
    [
        (
            "Hassan al-Tamimi said on Friday he was free. Hussein al-Tamimi said on Sunday he was not.",
            "Hassan al-Tamimi",
            "Hussein al-Tamimi",
            "two given names",
        ),
        (FRONT, "Taliban fighters", "the NRF", "two groups"),
        (
            "The Taliban captured Anaba on Friday. The Pakistani Taliban attacked Bannu on Sunday.",
            "The Taliban",
            "The Pakistani Taliban",
            "two groups of one word",
        ),
        ("The Sudanese army captured Madani on Friday, and Sudan rejected the offer.", "The Sudanese army", "Sudan", "a state's army is not the state"),
    ],
)
def test_two_actors_stay_two(text: str, one: str, other: str, why: str) -> None:
    assert (who(text, one) or one) != (who(text, other) or other), why


def test_somebody_of_a_group_is_not_the_group() -> None:
    assert "#" in (who("Martin Griffiths met with Taliban leaders in Kabul on Sunday.", "Taliban leaders") or "")


def test_a_body_that_every_country_has_stays_open_and_flagged_where_its_country_is_not_said() -> None:
    text = (
        "Qatar flew 31 tonnes of blankets and flour into Kabul, according to a statement by the Qatari foreign minister. "
        "The plane carried 17 tonnes, the State Department said."
    )
    found = link(text, "State Department")
    assert found is not None
    assert found.target is None
    assert found.flag is not None
    assert "United States Department of State" in found.flag


def test_a_body_whose_country_the_passage_names_is_linked() -> None:
    found = link("The United States condemned the attack. The State Department said it would send an envoy.", "State Department")
    assert found is not None
    assert found.target is not None
    assert found.target.name == "United States Department of State"


def test_the_militants_among_two_armed_groups_are_nobodys() -> None:
    text = "The National Resistance Front fought the Taliban for two weeks after the militants captured Kabul."
    assert who(text, "the militants") is None
