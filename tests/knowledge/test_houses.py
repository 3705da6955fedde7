"""The table of houses: whole, with sources, and its vague words."""

from __future__ import annotations

import pytest

from counterclaim.errors import SettingsError
from counterclaim.knowledge.houses import DEFAULT, house, houses


def test_every_house_says_its_rule_and_its_source() -> None:
    assert list(houses()) == ["widest", "acled", "ucdp", "airwars", "most", "least"]
    assert DEFAULT in houses()
    for name, one in houses().items():
        assert one.name == name
        assert one.title
        assert one.rule
        assert one.source
        assert "killed" in one.harms


@pytest.mark.parametrize(
    ("words", "counted"),
    [
        ("dozens", ("dozens", 12)),
        ("several dozens of people", ("dozens", 12)),
        ("Tens", ("tens", 10)),
        ("hundreds", ("hundreds", 100)),
        ("tens of thousands", None),
        ("hundreds of thousands", None),
        ("dozens, perhaps hundreds", None),
        ("many", None),
        ("scores", None),
        ("", None),
    ],
)
def test_acled_counts_the_vague_words_of_its_codebook(words: str, counted: tuple[str, int] | None) -> None:
    assert house("acled").count_of(words) == counted


def test_no_other_house_counts_a_vague_word() -> None:
    assert {name for name, one in houses().items() if one.count_of("dozens")} == {"acled"}


def test_a_house_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(SettingsError, match="no house 'acld'; houses are widest, acled"):
        house("acld")
