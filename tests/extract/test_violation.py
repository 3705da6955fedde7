"""Breaches: when they were, and what is no breach or agreement at all."""

from __future__ import annotations

from counterclaim.core.claim import Agreement, Violation
from tests.reading import reading


def test_the_day_of_the_ceasefire_is_not_the_day_it_was_broken() -> None:
    text = "The army accused the rebels of breaking the ceasefire of 20 May over and over."
    (claim,) = (c for c in reading(text, outlet="Wire", published="2023-05-31").claims if isinstance(c.proposition, Violation))
    assert claim.when is None or claim.when.words != "20 May"


def test_the_means_are_no_part_of_what_is_broken() -> None:
    text = "The government accused the rebels of breaking the truce with drone attacks."
    said = [c.proposition for c in reading(text, reader="trained", outlet="Wire").claims if isinstance(c.proposition, Violation)]
    assert [one.of for one in said] == [("the truce",)]


def test_who_signs_nothing_agrees_to_nothing() -> None:
    text = "The rebels and the government signed nothing on the roads around Arvad."
    assert not any(isinstance(c.proposition, Agreement) for c in reading(text, reader="trained", outlet="Wire").claims)
