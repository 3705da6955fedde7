"""The houses that count casualties, and the rule of each as a table an analyst can read (`data/houses.toml`)."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from counterclaim.core.claim import Harm
from counterclaim.core.folding import folded
from counterclaim.errors import SettingsError
from counterclaim.knowledge.lexicon import table

DEFAULT = "widest"
# Beside one of these a vague word is a part of a greater one: "tens of thousands" are not tens.
_GREATER = frozenset(("thousand", "thousands", "million", "millions", "billion", "billions"))


class House(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How one house makes a toll; `data/houses.toml` says what the words mean. `source` names where the rule is written."""

    name: str
    title: str
    rule: str
    source: str
    harms: tuple[Harm, ...]
    low: Literal["least", "told", "floor", "none"]
    best: Literal["none", "low", "agreed", "greatest"]
    high: Literal["greatest", "low", "none"]
    unions: Literal["share", "ceiling", "alone", "excluded"]
    vague: dict[str, int] = {}
    grades: bool = False

    def count_of(self, words: str) -> tuple[str, int] | None:
        """The vague word and what it counts as here; none where the words hold no such word, or a greater one too."""
        told = folded(words).split()
        found = [(word, self.vague[word]) for word in told if word in self.vague]
        return found[0] if len(found) == 1 and _GREATER.isdisjoint(told) else None


@cache
def houses() -> dict[str, House]:
    """Every house by its name, in the order of the table."""
    return {name: msgspec.convert({"name": name, **row}, House) for name, row in table("houses").items()}


def house(name: str) -> House:
    """The house of this name. Raises SettingsError where there is none."""
    if name not in houses():
        raise SettingsError(f"no house {name!r}; houses are {', '.join(houses())}")
    return houses()[name]
