"""Acts of speech: the table of cases, read by the plain reader: source, cue or act, and content of every attribution."""

from __future__ import annotations

import pytest

from counterclaim.attribute.spans import STACKED
from counterclaim.core.claim import Attack, Casualties
from tests.attribute.cases import found, is_right
from tests.cases import Case, params
from tests.reading import reading


@pytest.mark.parametrize("case", params("attribution", "rules/attribution"))
def test_table(case: Case) -> None:
    assert is_right(case)


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


def test_a_statement_speaks_for_whoever_issued_it() -> None:
    text = "Three soldiers were killed, according to the Arvadi ministry’s statement."
    (act,) = found(text)
    assert act.voice.name == "Arvadi ministry"
    assert act.voice.medium == "statement"


def test_whom_it_was_said_to() -> None:
    text = "The general told Harrow Wire that three soldiers were killed."
    (act,) = found(text)
    assert act.voice.addressee == "Harrow Wire"


def test_two_sources_each_get_the_part_said_before_them() -> None:
    text = "The war has claimed 1,800 lives according to the charity Lumen, and more than a million are displaced, according to the UN."
    found = reading(text, reader="trained", outlet="Wire")
    by_harm = {c.proposition.harm: c.chain[-1].name for c in found.claims if isinstance(c.proposition, Casualties)}
    assert "Lumen" in (by_harm[("killed",)] or "")
    assert "UN" in (by_harm[("displaced",)] or "")


def test_whoever_is_reminded_did_not_say_it() -> None:
    text = "Reminded that the bishop had accused the army of the killings, the spokesman said the army was in its barracks."
    found = reading(text, reader="trained", outlet="Wire")
    assert all("spokesman" not in (c.chain[-1].name or "") for c in found.claims if isinstance(c.proposition, Attack | Casualties))


def test_allegations_are_theirs_who_make_them() -> None:
    text = "Civilians need not fear, the minister said in response to allegations by the rebels that the army had shelled the market."
    found = reading(text, reader="trained", outlet="Wire")
    (shelled,) = [c for c in found.claims if isinstance(c.proposition, Attack)]
    assert "rebels" in (shelled.chain[-1].name or "")


def test_a_denial_does_not_reach_into_the_quotation_after_it() -> None:
    text = "The army denied the strike. “We hit a depot in Din,” its spokesman Olan Tress said."
    found = reading(text, reader="trained", outlet="Wire")
    assert all(c.act != "denies" for c in found.claims if "depot" in c.evidence.quote)
