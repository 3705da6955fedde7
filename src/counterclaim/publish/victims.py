"""Who was harmed, by the words of claims: civilians, a state's, an armed group's, one person by name, or nobody can tell.

What it captures: nouns that say it ("villagers", "soldiers", "rebels"), and what our table of actors says of a named side.
What it does not: take "men" or "people" for civilians, or guess whose fighters somebody is.
Example: "three soldiers" are a state's; "nine men" may be anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from counterclaim.core.claim import Casualties, Claim
from counterclaim.core.mention import Mention
from counterclaim.knowledge.lexicon import words
from counterclaim.publish.view import View

Sort = Literal["civilians", "state", "group"]
_WORD = re.compile(r"[^\W\d_]+")
_LEADING = re.compile(r"^(?:(?:the|a|an|some|about|at least|more than|up to|[\d.,]+)\s+)+", re.IGNORECASE)


def tokens(said: str) -> frozenset[str]:
    """The words of a text without case."""
    return frozenset(_WORD.findall(said.casefold()))


def people(part: str) -> frozenset[str]:
    """One list of nouns for people (`data/standards.toml`)."""
    return words("standards", "people", part)


def is_armed(said: str) -> bool:
    """Whether words speak of people with weapons."""
    return bool(tokens(said) & (people("state") | people("group") | people("arms")))


def is_civilian(said: str) -> bool:
    """Whether words say that people are civilians, or name where civilians are: "nine villagers", "the market"; "nine men" do not."""
    return not is_armed(said) and bool(tokens(said) & (people("civilians") | people("sites")))


def is_anybody(said: str) -> bool:
    """Whether words say no more than that it was people."""
    found = tokens(_LEADING.sub("", said.strip()))
    return found <= people("anybody") | words("standards", "vague", "words") | _NUMBERS


_NUMBERS = frozenset("one two three four five six seven eight nine ten eleven twelve".split())


def is_thing(said: str) -> bool:
    """Whether words name a weapon, a building or a vehicle, and nobody."""
    head = re.split(r"\b(?:in|at|of|on|near|from|for)\b", said.casefold())[0]
    return bool(tokens(head) & words("standards", "things", "nouns"))


def whose(claim: Claim) -> tuple[Mention, ...]:
    """The people that a casualty claim speaks of."""
    proposition = claim.proposition
    return (proposition.named or proposition.who) if isinstance(proposition, Casualties) else ()


def label(view: View, claim: Claim) -> str:
    """The people of a claim in words, without articles and numbers; empty where they are only counted."""
    names = [_LEADING.sub("", view.name(claim, mention, "actor").strip()) for mention in whose(claim)]
    return " and ".join(dict.fromkeys(name for name in names if name and not is_anybody(name)))


def sort_of(view: View, claims: Iterable[Claim]) -> Sort | None:
    """What the people of these claims are, where all mentions say one thing."""
    found = {_sort(view, claim, mention) for claim in claims for mention in whose(claim)}
    return found.pop() if len(found) == 1 else None


def _sort(view: View, claim: Claim, mention: Mention) -> Sort | None:
    said = tokens(mention.words)
    is_state, is_group = bool(said & people("state")), bool(said & people("group"))
    if is_state or is_group:
        return None if is_state and is_group else "state" if is_state else "group"
    target = view.target(claim.report, mention.words, "actor")
    actor = view.actor_of(target.key.partition("#")[0]) if target else None
    if actor and said & people("arms"):
        return "state" if actor.kind in words("standards", "ucdp", "states") else "group" if actor.kind in words("standards", "ucdp", "groups") else None
    return "civilians" if is_civilian(mention.words) and said & people("civilians") else None


def sides_of(view: View, claims: Iterable[Claim]) -> frozenset[str]:
    """The keys of the actors that the people of these claims are linked to; empty where one of them is linked to none."""
    found = {target.key.partition("#")[0] if (target := view.target(claim.report, one.words, "actor")) else "" for claim in claims for one in whose(claim)}
    return frozenset() if "" in found else frozenset(found)


def names_of(view: View, claims: Iterable[Claim]) -> frozenset[str]:
    """What the people of these claims are called, as linked."""
    return frozenset(view.name(claim, one, "actor") for claim in claims for one in whose(claim))
