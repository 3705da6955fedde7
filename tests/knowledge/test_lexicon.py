"""The word lists: every file loads, words are written as the code looks them up, and none stands where two rules would fight over it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from itertools import combinations
from typing import Any

import pytest

from counterclaim.knowledge.lexicon import mapped, table, words

DATA = resources.files("counterclaim.knowledge").joinpath("data")
# Rules of tolls and names of other peoples' columns; `test_houses.py` and `test_standards.py` look after them.
OTHERS = frozenset(("houses.toml", "standards.toml"))
NAMES = sorted(file.name.removesuffix(".toml") for file in DATA.iterdir() if file.name.endswith(".toml") and file.name not in OTHERS)

# Names of the world keep their capitals; everything else is compared in lower case.
CAPITALISED = frozenset([("countries", "countries"), ("antecedents", "capitals")])

Path = tuple[str, ...]


def leaves(name: str) -> Iterator[tuple[Path, Any]]:
    """All that stands in a file, each with its path."""

    def walk(found: dict[str, Any], path: Path) -> Iterator[tuple[Path, Any]]:
        for key, value in found.items():
            if isinstance(value, dict):
                yield from walk(value, (*path, key))
            else:
                yield (*path, key), value

    return walk(table(name), (name,))


def lists() -> list[Path]:
    """The paths of all lists of words."""
    return [path for name in NAMES for path, value in leaves(name) if isinstance(value, str | list)]


def test_there_are_word_lists() -> None:
    assert {"cues", "kinds", "words", "countries"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_file_holds_words_and_numbers(name: str) -> None:
    for path, value in leaves(name):
        assert isinstance(value, str | float | int) or (isinstance(value, list) and all(isinstance(x, str) for x in value)), path


@pytest.mark.parametrize("path", [p for p in lists() if p[:2] not in CAPITALISED], ids=".".join)
def test_a_list_is_loaded_in_lower_case(path: Path) -> None:
    found = words(*path)
    assert found
    assert {w for w in found if w != w.lower() or w != w.strip()} == set()


@pytest.mark.parametrize("path", [p for p in lists() if p[:2] in CAPITALISED], ids=".".join)
def test_countries_and_capitals_are_capitalised(path: Path) -> None:
    assert path[-1][0].isupper()
    assert {w for w in words(*path) if not w[0].isupper()} == set()


# Tables whose lists are turned round, word → list: of a word that stands in two, one meaning would be lost without a sound.
ONE_MEANING: list[tuple[Path, Path]] = [
    (("cues", "verbs"), ()),
    (("cues", "nouns"), ()),
    (("kinds", "attack", "means"), ()),
    (("kinds", "control"), ("captured", "lost", "left", "besieged", "holds")),
    (("kinds", "movement"), ()),
    (("kinds", "casualties"), ("killed", "wounded", "captured", "surrendered", "displaced", "trapped", "missing")),
    (("kinds", "aid"), ("sent", "arrived", "distributed", "pledged", "blocked")),
    (("antecedents", "nouns"), ("male", "female")),
    (("antecedents", "names"), ("men", "women")),
]


@pytest.mark.parametrize(("path", "chosen"), [pytest.param(path, chosen, id=".".join(path)) for path, chosen in ONE_MEANING])
def test_no_word_stands_in_two_lists_of_which_one_must_win(path: Path, chosen: Path) -> None:
    found: Any = table(path[0])
    for part in path[1:]:
        found = found[part]
    both = {(a, b): words(*path, a) & words(*path, b) for a, b in combinations(chosen or tuple(found), 2)}
    assert {pair: shared for pair, shared in both.items() if shared} == {}


def test_a_list_may_be_one_string_or_a_list() -> None:
    assert "deny" in words("cues", "verbs", "denies")
    assert "according to" in words("cues", "phrases", "according")


def test_lists_turned_round() -> None:
    assert mapped("cues", "verbs")["deny"] == "denies"
    assert mapped("kinds", "attack", "means")["airstrike"] == "air strike"


def test_irregular_verbs_have_three_forms() -> None:
    assert [row for row in table("words")["irregular"] if len(row.split()) != 3] == []


def test_what_is_not_listed_is_named() -> None:
    with pytest.raises(KeyError, match="nowhere"):
        words("cues", "nowhere")
