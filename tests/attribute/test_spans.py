"""Acts of speech: the table of cases, read by the plain reader: source, cue or act, and content of every attribution."""

from __future__ import annotations

import pytest

from counterclaim.attribute.spans import STACKED
from tests.attribute.cases import found, is_right
from tests.cases import Case, params


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
