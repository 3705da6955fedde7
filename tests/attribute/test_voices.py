"""Voices: the side a clause beside the name says they speak for or lead."""

from __future__ import annotations

import pytest

from counterclaim.core.claim import Control
from counterclaim.core.voice import Voice
from tests.cases import Case, params
from tests.reading import reading
from tests.voices import missed, told


def voice(text: str) -> Voice:
    return next(claim.chain[-1] for claim in reading(text, reader="trained", outlet="Wire", published="2024-03-04").claims if len(claim.chain) > 1)


@pytest.mark.parametrize(
    ("text", "side"),
    [
        pytest.param("Omar Sesse, who speaks for the Kesh Front, said rebels had captured the town of Arvad.", "Kesh Front", id="speaks for"),
        pytest.param(
            "Omar Sesse, who speaks for the Kesh Front in Arvad, said rebels had captured the town of Dara.", "Kesh Front", id="where is no part of it"
        ),
        pytest.param("Omar Sesse, who leads the Kesh Front, said rebels had captured the town of Arvad.", "Kesh Front", id="leads"),
        pytest.param("Omar Sesse, who runs the hospital at Arvad, said three people had been killed.", None, id="who runs a hospital speaks as a doctor"),
        pytest.param("Omar Sesse, who speaks for it locally, said rebels had captured the town of Arvad.", None, id="a pronoun that nothing resolves"),
    ],
)
def test_side(text: str, side: str | None) -> None:
    found = voice(text)
    assert found.name == "Omar Sesse"
    assert found.speaks_for == side


def test_they_of_a_spokesman_are_those_he_speaks_for() -> None:
    text = "Omar Sesse, who speaks for the Kesh Front, told reporters that they had captured the whole of Arvad."
    (claim,) = (c for c in reading(text, reader="trained", outlet="Wire", published="2024-03-04").claims if c.kind == "control")
    assert isinstance(claim.proposition, Control)
    assert [mention.words for mention in claim.proposition.holder] == ["Kesh Front"]


def test_a_short_form_in_brackets_is_no_part_of_the_name() -> None:
    assert voice("The Kesh Liberation Front (KLF) said rebels had captured the town of Arvad.").name == "Kesh Liberation Front"


@pytest.mark.parametrize("case", [*params("voices/source"), *params("voices/concession")])
def test_table_whose_words_they_are(case: Case) -> None:
    assert not missed(case, told(case))
