"""Stories to events as coders of event data see them: who did what to whom, where, on which day, and who says so.

What it captures: the part of a story that is asserted and not taken back; named actors by role; the type by the kinds of its claims.
What it does not: choose between two named attackers, or make an event of what is only denied or of movement alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from counterclaim.core.actor import Actor
from counterclaim.core.claim import Attack, Casualties, Claim, Control
from counterclaim.core.link import Located
from counterclaim.core.story import Part, Role, Story
from counterclaim.knowledge.lexicon import table, words
from counterclaim.publish.view import View

_ASSERTED = frozenset({"asserts", "confirms"})
_AGAINST = frozenset({"denies", "doubts"})
_VIOLENT = frozenset({"fighting", "attack", "control", "protest"})
# People flee from much besides violence.
_HARMS = frozenset({"killed", "wounded", "captured", "missing", "losses"})


class Happening(NamedTuple):
    """One event. `claims` assert it, `against` deny or doubt something of it; `type` is a name in `standards.toml`, `subtype` a means."""

    story: Story
    claims: tuple[Claim, ...]
    against: tuple[Claim, ...]
    at: Located | None
    type: str
    means: str | None

    @property
    def day(self) -> dt.date | None:
        """The day it is filed under: the last of the days its claims agree on."""
        return self.story.last


def happenings(view: View) -> tuple[list[Happening], list[str]]:
    """The events of a record by day, and what has no row, with the reason."""
    found: list[Happening] = []
    left_out: list[str] = []
    for story in sorted(view.material.stories, key=lambda one: (one.last or dt.date.max, one.key)):
        event = happening(view, story)
        if isinstance(event, str):
            left_out.append(f"story {story.key}: {event}")
        else:
            found.append(event)
    return found, left_out


def happening(view: View, story: Story) -> Happening | str:
    """The event of a story, or why it is none."""
    at_hand = [claim for key in story.claims if (claim := view.claims.get(key)) is not None and key not in view.material.withdrawn]
    asserted = tuple(claim for claim in at_hand if claim.act in _ASSERTED)
    if not asserted:
        return "nobody asserts it, or who did took it back"
    if not any(_is_violent(claim) for claim in asserted):
        return "movement or displacement alone"
    if story.last is None:
        return "no day is known"
    return Happening(
        story=story,
        claims=asserted,
        against=tuple(claim for claim in at_hand if claim.act in _AGAINST),
        at=view.at(story.place.key if story.place else None),
        type=_type(view, asserted, view.at(story.place.key if story.place else None)),
        means=_means(asserted),
    )


def _is_violent(claim: Claim) -> bool:
    return claim.kind in _VIOLENT or (isinstance(claim.proposition, Casualties) and bool(_HARMS.intersection(claim.proposition.harm)))


def parts(story: Story, *roles: Role) -> list[Part]:
    """Who plays these roles by somebody's word: those with a name that is linked first, then by how many claims say so."""
    found = [part for part in story.actors if part.role in roles and part.claims]
    return sorted(found, key=lambda part: (part.key is None, -len(part.claims), part.name))


def named(story: Story, *roles: Role) -> list[str]:
    """The names of those who play these roles and are linked to an actor, each once."""
    return list(dict.fromkeys(part.name for part in parts(story, *roles) if part.key))


def one_or_none(names: Iterable[str]) -> str | None:
    """The one name, or none where there are several: which of two accounts holds is not ours to say."""
    found = list(names)
    return found[0] if len(found) == 1 else None


def is_people(name: str) -> bool:
    """Whether words speak of people without weapons, or of where they are: "nine people", "the market"."""
    parts = name.casefold().replace("-", " ").split()
    return bool(parts) and not any(part in _arms() for part in parts) and any(part in words("standards", "people", "civilians") for part in parts)


@cache
def _arms() -> frozenset[str]:
    return frozenset("fighter fighters soldier soldiers troops army forces militia rebels police gunmen militants".split())


def _type(view: View, claims: Iterable[Claim], at: Located | None) -> str:
    """The name of the type in `standards.toml`: by the gravest kind, as ACLED codes one event type an event."""
    claims = list(claims)
    kinds = {claim.kind for claim in claims}
    if attacks := [claim.proposition for claim in claims if isinstance(claim.proposition, Attack)]:
        remote: dict[str, str] = table("standards")["acled"]["remote"]
        if any(one.means in remote for one in attacks):
            return "remote"
        for name in ("taken", "plunder"):
            if all(one.means in words("standards", "acled", "means", name) for one in attacks):
                return name
        if "fighting" not in kinds:
            return "civilians" if any(is_people(mention.words) for one in attacks for mention in one.target) else "attack"
    if "fighting" in kinds:
        return "fighting"
    changes = {(claim.proposition.change, claim) for claim in claims if isinstance(claim.proposition, Control)}
    if changes:
        return _control(view, changes, at)
    return "casualties"


def _control(view: View, changes: Iterable[tuple[str | None, Claim]], at: Located | None) -> str:
    """By who took it: the state whose country the place lies in "regains", a foreign one overtakes like any other."""
    said = dict(sorted(((change or "", claim) for change, claim in changes), key=lambda one: (one[0], one[1].key), reverse=True))
    if "captured" in said:
        holder = getattr(said["captured"].proposition, "holder", ())
        found = [view.target(said["captured"].report, mention.words, "actor") for mention in holder]
        takers = [view.actor_of(one.key) if one else None for one in found]
        own = {_is_own_state(actor, at) for actor in takers}
        return {True: "control-state", False: "control-other"}.get(own.pop(), "control-open") if len(own) == 1 else "control-open"  # type: ignore[arg-type]
    return "control-besieged" if "besieged" in said and len(said) == 1 else "control-open" if "contested" in said else "control-left"


def _is_own_state(actor: Actor | None, at: Located | None) -> bool | None:
    """Whether an actor is the state a place lies in; null where that is not known."""
    if actor is None:
        return None
    if actor.kind not in words("standards", "ucdp", "states"):
        return False
    return actor.country == at.country if at and at.country and actor.country else None


def _means(claims: Iterable[Claim]) -> str | None:
    """The means of attack the claims agree on; none where they tell several."""
    found = {claim.proposition.means for claim in claims if isinstance(claim.proposition, Attack) and claim.proposition.means}
    return found.pop() if len(found) == 1 else None
