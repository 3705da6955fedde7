"""Say of a noun whether it can mean an entity: "the army", "the rebels", "the letter", "the capital".

What it captures: the noun, or one like it, in an entity's name; bodies that belong to no state; people and bodies that
fight; documents; countries, capitals and smaller places.

What it does not: which of several that fit is meant: that is for descriptions and pronouns.

Example: "the rebels" → M23, not the army; "the capital" → Khartoum, not Sudan.
"""

from __future__ import annotations

from functools import cache

from counterclaim.knowledge.lexicon import table, words
from counterclaim.parse.entities import Entity
from counterclaim.parse.kinds import A_PARTY, A_PERSON, BODY, PLACE
from counterclaim.parse.names import countries
from counterclaim.parse.proper import folded


def nouns_of(*path: str) -> frozenset[str]:
    """A list of nouns that descriptions are made of."""
    return words("antecedents", "descriptions", *path)


@cache
def alike(word: str) -> frozenset[str]:
    """A noun and the words that name the same sort of body: "army" and "military"."""
    of_words: dict[str, str] = table("antecedents")["descriptions"]["words"]
    return frozenset(of_words.get(word, "").split()) | {word}


def is_document(e: Entity) -> bool:
    """Whether it is something written or spoken, which can say things itself."""
    return e.word in words("antecedents", "nouns", "documents")


def is_called(e: Entity, word: str) -> bool:
    """Whether a body or place has this noun, or one like it, in its name: "the ministry", "the army"."""
    if not e.kinds & A_PARTY or e.number == "many" or (word in nouns_of("places", "country") and PLACE not in e.kinds):
        return False
    if word in _OF_A_STATE and e.name and not _is_a_states(e):
        return False
    return bool(e.words & alike(word)) if e.name else e.word in alike(word)


# "The army" is a state's. A body that only calls itself one ("the Free Tarn Army") is "the group" or by its name.
_OF_A_STATE = frozenset("army military police government".split())
_CALLED_ARMY = frozenset("army police".split())


def _is_a_states(e: Entity) -> bool:
    """Whether a name with such a word in it is a state's, as far as the words before it tell: "the Sudanese Army"."""
    parts = e.name.split()
    if not set(parts) & _CALLED_ARMY or len(parts) < 2:
        return True
    before = parts[: next(k for k, part in enumerate(parts) if part in _CALLED_ARMY)]
    known = {folded(name) for name in countries()}
    return not before or any(part in known for part in before) or " ".join(before) in known or bool(set(before) & {"national", "federal", "united", "us", "uk"})


def is_free(e: Entity) -> bool:
    """Whether this is a body that belongs to no state, by the words it is named with."""
    return BODY in e.kinds and PLACE not in e.kinds and not e.words & words("antecedents", "nouns", "state")


def fights(e: Entity) -> bool:
    """Whether "the rebels" can mean it: a body of no state, or people who carry arms."""
    if e.number == "many" and e.kinds == A_PERSON:
        return e.word in nouns_of("fighters") or e.word == "man"
    return is_free(e) and not e.words & words("antecedents", "nouns", "unarmed") and (bool(e.name) or e.word in nouns_of("group"))


def is_place(e: Entity, word: str) -> bool:
    """Whether "the country", "the capital" or "the village" can mean it."""
    if PLACE not in e.kinds or not e.name:
        return False
    is_country = e.name in _folded_countries()
    if word in nouns_of("places", "country"):
        return is_country
    if word in nouns_of("places", "capital"):
        return e.name in _folded_capitals()
    return word in nouns_of("places", "local") and not is_country


@cache
def _folded_countries() -> frozenset[str]:
    return frozenset(folded(name) for name, kind in countries().items() if kind == "Location")


@cache
def _folded_capitals() -> frozenset[str]:
    return frozenset(folded(name) for name in table("antecedents")["capitals"])
