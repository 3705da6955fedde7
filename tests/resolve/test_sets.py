"""Claims about sets of places, taken apart."""

from __future__ import annotations

import pytest

from counterclaim.core.claim import Claim, Control
from counterclaim.knowledge.gazetteer import Gazetteer
from counterclaim.resolve.sets import expanded
from tests.reading import reading


def derived(text: str) -> tuple[list[Claim], list[str]]:
    """The derived claims of a text, and the names of their places."""
    found = reading(text, reader="trained")
    made = list(expanded(found.claims, found.links, Gazetteer()))
    return made, [m.name or "" for c in made if isinstance(c.proposition, Control) for m in c.proposition.place]


def test_all_but_the_exceptions() -> None:
    made, names = derived("The Taliban captured all districts of Panjshir province except Bazarak and Rokha, their spokesman said on Sunday.")
    assert "Parīān" in names
    assert not {"Bāzārak", "Rukhah"} & set(names)
    assert len({c.key for c in made}) == len(made)


def test_a_derived_claim_says_what_it_follows_from_and_keeps_the_words() -> None:
    text = "Government forces hold every province of Afghanistan except Panjshir."
    made, names = derived(text)
    original = {c.key for c in reading(text, reader="trained").claims}
    assert len(names) == 33
    for claim in made:
        assert claim.derived_from in original
        assert claim.because.startswith("derived: “every province of Afghanistan”")
        assert claim.evidence.quote == text
        assert isinstance(claim.proposition, Control)
        assert claim.proposition.place[0].words == "every province of Afghanistan"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The Taliban captured Panjshir province, their spokesman said.", "no set"),
        ("The Taliban captured most districts of Panjshir, their spokesman said.", "most are not all, and nobody knows which"),
        ("The Taliban captured all districts of Panjshir except Xyrbloq, their spokesman said.", "an exception that no unit is found for"),
        ("The Taliban captured all twelve districts of Panjshir, their spokesman said.", "the gazetteer has another number of them"),
        ("The Taliban captured all districts of Bazarak, their spokesman said.", "no units are known inside"),
    ],
)
def test_nothing_is_derived(text: str, why: str) -> None:
    assert derived(text) == ([], []), why


def test_a_number_that_is_the_gazetteers() -> None:
    _, names = derived("The Taliban captured all seven districts of Panjshir, their spokesman said.")
    assert len(names) == 7
