"""Offers whose sides do not stand where they are looked for first."""

from __future__ import annotations

import pytest

from counterclaim.core.claim import Offer
from tests.reading import reading


def offer(text: str) -> Offer:
    (found,) = (
        claim.proposition for claim in reading(text, reader="trained", outlet="Wire", published="2024-03-04").claims if isinstance(claim.proposition, Offer)
    )
    return found


@pytest.mark.parametrize(
    ("text", "asks", "undertakings", "to"),
    [
        pytest.param(
            "If the army leaves Arvad, he told elders at Kesh on Saturday, his men will let trucks through.",
            ["leaves Arvad"],
            ["let trucks through"],
            ["the army"],
            id="the words put in say who speaks, and are no part of the terms",
        ),
        pytest.param(
            "As soon as the army is out of Arvad and Kesh, Rahmani wrote, the group will open the road, free the 12 prisoners it holds and sit on a joint committee.",
            ["is out of Arvad and Kesh"],
            ["open the road", "free the 12 prisoners it holds", "sit on a joint committee"],
            ["the army"],
            id="a condition without a verb of its own; three undertakings are three terms",
        ),
        pytest.param(
            "Rahmani said the front would withdraw from Arvad and Kesh if the army opened the road to Din and released 20 prisoners.",
            ["opened the road to Din", "released 20 prisoners"],
            ["withdraw from Arvad and Kesh"],
            ["the army"],
            id="what is asked goes on behind the condition",
        ),
        pytest.param(
            "Rahmani said that once army attacks on Arvad had stopped, the front would stop fighting.",
            ["army attacks on Arvad had stopped"],
            ["stop fighting"],
            ["army"],
            id="attacks stop when those who attack stop",
        ),
    ],
)
def test_terms(text: str, asks: list[str], undertakings: list[str], to: list[str]) -> None:
    found = offer(text)
    assert [term.act for term in found.asks] == asks
    assert [term.act for term in found.undertakings] == undertakings
    assert [mention.words for mention in found.to] == to


def test_what_may_go_on_is_no_offer() -> None:
    found = reading("Villagers worry that raids on the valley could go on if the patrols pull out.", reader="trained", outlet="Wire", published="2024-03-04")
    assert not any(isinstance(claim.proposition, Offer) for claim in found.claims)
