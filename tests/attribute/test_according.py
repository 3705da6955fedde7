"""According to X, and two of them stacked on one sentence."""

from __future__ import annotations

from counterclaim.attribute.according import STACKED
from counterclaim.core.claim import Casualties
from tests.attribute.cases import found
from tests.reading import reading


def test_two_sources_stacked_are_dealt_to_the_parts_they_name() -> None:
    text = (
        "Arvad sent 20 trucks of flour, and a ship came from Keshmar with 30 tonnes of rice, according to the Arvadi ministry, according to a Keshmari charity."
    )
    first, second = (a for a in found(text) if a.cue.of(text) == "according to")
    assert "flour" in first.content[0].of(text)
    assert "rice" in " ".join(c.of(text) for c in second.content)
    assert STACKED not in (*first.hedges, *second.hedges)


def test_two_sources_that_name_neither_part_stay_both_with_a_flag() -> None:
    text = "The town was hit by shells in the night, according to villagers, according to a teacher."
    first, second = (a for a in found(text) if a.cue.of(text) == "according to")
    assert STACKED in first.hedges
    assert STACKED in second.hedges
    assert not any(b.cue.meets(c) for a in (first, second) for b in (first, second) for c in a.content)


def test_two_sources_each_get_the_part_said_before_them() -> None:
    text = "The war has claimed 1,800 lives according to the charity Lumen, and more than a million are displaced, according to the UN."
    found = reading(text, reader="trained", outlet="Wire")
    by_harm = {c.proposition.harm: c.chain[-1].name for c in found.claims if isinstance(c.proposition, Casualties)}
    assert "Lumen" in (by_harm[("killed",)] or "")
    assert "UN" in (by_harm[("displaced",)] or "")
