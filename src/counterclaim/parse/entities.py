"""Somebody or something a report speaks of, the places and pronouns that speak of it, and the candidates for what a word means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from counterclaim.core.span import Span
from counterclaim.knowledge.lexicon import table
from counterclaim.parse.kinds import Kinds
from counterclaim.parse.proper import folded

# How many candidates a reference lists.
_SHOWN = 5


@dataclass(slots=True, eq=False)
class Entity:
    """Somebody or something a report speaks of, with what its mentions said of it. `naming` is its fullest naming so far."""

    naming: Span
    kinds: Kinds
    number: str
    gender: str
    word: str
    words: set[str]
    roles: set[str]
    name: str = ""
    party: str = ""
    determiner: str = ""
    is_armed: bool = False
    is_harmed: bool = False
    members: tuple[Entity, ...] = ()
    count: int = 0
    last: int = -1


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """One place where an entity is spoken of."""

    entity: Entity
    sentence: int
    at: int
    role: str
    depth: int
    line: int
    form: str = ""
    is_member: bool = False


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A third-person pronoun at its place in the sentence."""

    at: int
    span: Span
    form: str
    role: str
    clause: int
    is_reflexive: bool
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with what spoke for it."""

    entity: Entity
    score: float
    features: dict[str, float] = field(default_factory=dict)


def shown(found: Sequence[Scored]) -> tuple[Span, ...]:
    """The candidates a reference lists, the likeliest first; none when there is no choice."""
    return tuple(dict.fromkeys(each.entity.naming for each in found[:_SHOWN])) if len(found) > 1 else ()


def party(name: str) -> str:
    """The name of a side in a conflict: a country for its capital and its people."""
    return _countries().get(folded(name), folded(name))


@cache
def _countries() -> dict[str, str]:
    """Capitals and names of peoples → the country, all folded."""
    found = {folded(capital): folded(country) for capital, country in table("antecedents")["capitals"].items()}
    for country, peoples in table("countries")["countries"].items():
        found.update((folded(people + ending), folded(country)) for people in peoples.split() for ending in ("", "s"))
    return found
