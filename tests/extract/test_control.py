"""Who holds a place by words that say it without a verb of holding."""

from __future__ import annotations

from counterclaim.core.claim import Control
from tests.reading import reading


def controls(text: str) -> list[Control]:
    found = reading(text, reader="trained", outlet="Wire", published="2021-09-06").claims
    return [claim.proposition for claim in found if isinstance(claim.proposition, Control)]


def test_back_in_control_there() -> None:
    found = controls("The front answered that the Taliban had evacuated Paryan and that its own men were back in control there.")
    assert {(said.change, said.place[0].words, said.holder[0].words) for said in found} == {
        ("left", "Paryan", "the Taliban"),
        ("holds", "Paryan", "its own men"),
    }


def test_a_place_that_is_clear_is_rid_of_somebody() -> None:
    found = controls("The front declared that the Taliban had left Paryan and that the district was clear.")
    assert not any(said.change == "holds" or (said.change == "captured") for said in found)


def test_troops_that_withdraw_leave() -> None:
    found = controls("The army said troops of its First Division withdrew from Wad Madani on Monday.")
    assert {said.change for said in found} <= {"left"}
