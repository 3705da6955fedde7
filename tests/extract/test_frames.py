"""How a deed stands in time: as a habit, as background, or as having happened."""

from __future__ import annotations

import pytest

from counterclaim.extract.frames import standing_in_time
from tests.extract.scenes import at, scene


@pytest.mark.parametrize(
    ("text", "word", "modality"),
    [
        pytest.param("The army regularly shells the market.", "shells", "habitual", id="an adverb of habit"),
        pytest.param("Rebels, who had seized the dam in 2014, attacked the town.", "seized", "past-background", id="before the story"),
        pytest.param("Rebels, who had seized the dam in 2014, attacked the town.", "attacked", "actual", id="the story itself"),
        pytest.param("He said the rebels had attacked the town on Monday.", "attacked", "actual", id="had of reported speech"),
        pytest.param("The rebels attacked the town.", "attacked", "actual", id="plain past"),
    ],
)
def test_standing_in_time(text: str, word: str, modality: str) -> None:
    found = scene(text)
    assert standing_in_time(found, found.sentence.tokens[at(text, word)].span) == modality
