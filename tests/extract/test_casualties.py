"""One figure over several harms stays one union; each figure counts its own."""

from __future__ import annotations

import pytest

from counterclaim.core.claim import Casualties
from tests.reading import reading

Read = set[tuple[frozenset[str], float | None]]


def read(text: str) -> Read:
    said = [c.proposition for c in reading(text, reader="trained", outlet="Wire").claims if isinstance(c.proposition, Casualties)]
    return {(frozenset(p.harm), p.count.low if p.count else None) for p in said}


@pytest.mark.parametrize(
    ("text", "union", "low"),
    [
        pytest.param("The front put losses at 1,000 or more killed, wounded or captured.", "killed wounded captured", 1000, id="adjectives under one figure"),
        pytest.param("40 fighters had been killed, captured or forced to surrender near Din.", "killed captured surrendered", 40, id="forced to surrender"),
        pytest.param("Shelling killed and injured 23 people.", "killed wounded", 23, id="verbs that share their object"),
        pytest.param("More than 80 fighters were killed or wounded.", "killed wounded", 80, id="verbs that share their subject"),
        pytest.param("At least 300 were dead or missing after the raid.", "killed missing", 300, id="predicates"),
    ],
)
def test_a_union_is_never_split(text: str, union: str, low: float) -> None:
    found = read(text)
    assert found == {(frozenset(union.split()), low)}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("Five soldiers were killed and 12 wounded.", {("killed", 5), ("wounded", 12)}, id="a figure each"),
        pytest.param("The raid killed two soldiers and wounded a child.", {("killed", 2), ("wounded", 1)}, id="an object each"),
        pytest.param(
            "Two aid workers were abducted and their driver shot dead on the road to Torin on Wednesday, the charity Open Well said.",
            {("captured", 2), ("killed", 1)},
            id="a subject each",
        ),
        pytest.param(
            "The health office has counted at least 705 people killed and 5,287 wounded in the war.", {("killed", 705), ("wounded", 5287)}, id="a count each"
        ),
        pytest.param("The blast left 30 dead and 70 injured.", {("killed", 30), ("wounded", 70)}, id="left N dead and M injured"),
    ],
)
def test_figures_are_dealt_to_their_harms(text: str, wanted: set[tuple[str, float]]) -> None:
    assert read(text) == {(frozenset((harm,)), low) for harm, low in wanted}


@pytest.mark.parametrize(
    ("text", "who", "harms", "low"),
    [
        pytest.param(
            "The front put Taliban losses over the weekend at 1,000 or more killed, wounded or captured.",
            "Taliban",
            {"killed", "wounded", "captured"},
            1000,
            id="the harms stand behind the number",
        ),
        pytest.param(
            "Brigade spokesman Tal Reno put army losses at 30 or more killed or captured.", "army", {"killed", "captured"}, 30, id="a side by a bare noun"
        ),
        pytest.param("The army put its own losses at 12.", "army", {"losses"}, 12, id="losses, of whatever sort"),
    ],
)
def test_losses_put_at_a_number(text: str, who: str, harms: set[str], low: int) -> None:
    (claim,) = (c for c in reading(text, reader="trained", outlet="Wire", published="2021-09-06").claims if isinstance(c.proposition, Casualties))
    said = claim.proposition
    assert isinstance(said, Casualties)
    assert [mention.words for mention in said.who] == [who]
    assert (set(said.harm), said.count.low if said.count else None) == (harms, low)
    assert len(claim.chain) == 2  # whoever puts a number says it


def test_a_question_how_many_counts_nobody() -> None:
    text = "The army lost 40 soldiers in a day, the ministry said, without saying how many of them were dead."
    assert not any("killed" in harms and low != 40 for harms, low in read(text))
