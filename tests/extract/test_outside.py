"""Who is quoted takes no part in what he tells, unless he says so."""

from __future__ import annotations

import pytest

from tests.reading import reading


def doers(text: str) -> set[str]:
    """Whoever is said to have done something, in any claim."""
    found = reading(text, reader="trained", outlet="Wire", published="2025-05-06").claims
    slots = ("actor", "by", "sides", "holder")
    kinds = ("attack", "casualties", "control", "fighting", "movement", "violation", "protest")
    return {m.words for c in found if c.kind in kinds for slot in slots for m in getattr(c.proposition, slot, ())}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Two rockets fell on the bus station at Tarn and killed six people, the head of the clinic said.", id="joined verb"),
        pytest.param("Three shells fell on the market at Tarn on Tuesday and killed nine people, the doctor in charge of the ward said.", id="doctor"),
        pytest.param("A drone hit a school in Marsk and wounded four children, the mayor of the town said.", id="joined verb, mayor"),
        pytest.param("Shells struck the village and killed a farmer, a nurse at the hospital in Lom said.", id="nurse"),
    ],
)
def test_who_is_quoted_does_nothing_by_it(text: str) -> None:
    assert not doers(text) & {"the head of the clinic", "the mayor of the town", "a nurse at the hospital in Lom", "the doctor in charge of the ward"}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        pytest.param("The army admitted killing nine people in Marsk.", "The army", id="no subject of its own"),
        pytest.param("The rebels said they had captured the town of Tarn.", "The rebels", id="they"),
    ],
)
def test_who_says_that_he_did_it_did(text: str, who: str) -> None:
    assert {one.casefold() for one in doers(text)} & {who.casefold(), "they", "rebels"}
