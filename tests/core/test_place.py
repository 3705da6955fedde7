"""Words for places that do not say which."""

from __future__ import annotations

import pytest

from counterclaim.core.place import is_open_set


@pytest.mark.parametrize(
    "words",
    [
        "both villages",
        "the two villages",
        "either village",
        "several towns",
        "at least 12 other districts",
        "two small hill villages near Tarn",
        "neighbouring villages",
        "dozens of settlements",
        "two districts of Pethra",
    ],
)
def test_a_set_that_is_open(words: str) -> None:
    assert is_open_set(words)


@pytest.mark.parametrize(
    "words",
    [
        "Tarn",
        "the village of Tarn",
        "the nearby village of Marsk",
        "the two villages of Marsk and Lesk",
        "the town",
        "all districts of Pethra",
        "both Marsk and Lesk",
    ],
)
def test_a_place_that_is_told(words: str) -> None:
    assert not is_open_set(words)
