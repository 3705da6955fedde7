"""The words that say what kind of place a name is of, and names without them."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal

from counterclaim.core.folding import folded
from counterclaim.core.place import Place
from counterclaim.knowledge.lexicon import words

Level = Literal["country", "first", "second", "town"]
LEVELS: tuple[Level, ...] = ("country", "first", "second", "town")
_OF_LEVEL: dict[int, Level] = {0: "country", 1: "first", 2: "second"}


def level_of(place: Place) -> Level | None:
    """The level a place is of; none for regions, features and small units."""
    return "town" if place.feature.startswith("PPL") else _OF_LEVEL.get(place.level)


@cache
def classes() -> frozenset[str]:
    """All words for kinds of units."""
    return frozenset().union(*(words("places", "classes", level) for level in (*LEVELS, "local")))


def bare(name: str) -> str:
    """The folded name without the words for what it is at either end: "Province of Panjshir" → "panjshir"; all of it where nothing else is left."""
    return _without(name, classes())


def featureless(name: str) -> str:
    """The folded name of the place that a feature is named after: "Kabul airport" → "kabul"; all of it where it names no feature."""
    return _without(name, words("places", "features", "nouns") | {"international", "military", "air", "naval"})


def levels(name: str) -> frozenset[Level]:
    """The levels that the words at either end of a name speak for: "Panjshir province" → {"first"}; empty where there is none."""
    parts = folded(name).split()
    return levels_of((parts[0], parts[-1])) if len(parts) > 1 else frozenset()


@lru_cache(maxsize=50_000)
def levels_of(beside: tuple[str, ...]) -> frozenset[Level]:
    """The levels that any of these words speaks for."""
    return frozenset(level for level in LEVELS if words("places", "classes", level).intersection(beside))


def _without(name: str, left_out: frozenset[str]) -> str:
    parts = folded(name).split()
    start, end = 0, len(parts)
    while end - start > 1 and parts[end - 1] in left_out:
        end -= 1
    while end - start > 1 and parts[start] in left_out:
        start += 1
        if parts[start] in ("of", "de") and end - start > 1:
            start += 1
    return " ".join(parts[start:end])
