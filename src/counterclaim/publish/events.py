"""Stories to events as coders of event data see them: who did what to whom, where, on which day, and who says so.

What it captures: the part of a story that is asserted and stands; named actors by role; the type by the kinds of its claims; the days and
the place as the standards code them.
What it does not: choose between two named attackers; make an event of what is only denied, of movement alone, or of a count over a war, a
long time or a country; take the day by which something was over for the day it was on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from counterclaim.core.actor import Actor
from counterclaim.core.claim import Attack, Casualties, Claim, Control
from counterclaim.core.link import Located
from counterclaim.core.story import Part, Role, Story
from counterclaim.knowledge.lexicon import table, words
from counterclaim.publish.victims import is_civilian, is_thing
from counterclaim.publish.view import View
from counterclaim.publish.words import span

_ASSERTED = frozenset({"asserts", "confirms"})
_AGAINST = frozenset({"denies", "doubts"})
_VIOLENT = frozenset({"fighting", "attack", "control", "protest"})
# People flee from much besides violence.
_YEAR_IS_MORE = 31
# The days before the last that make a week of it.
_WEEK = dt.timedelta(days=6)
# How the reason begins why a count of more than an event has no row.
TOTAL = "a total, and no event"
_HARMS = frozenset({"killed", "wounded", "captured", "missing", "losses"})


class Happening(NamedTuple):
    """One event. `claims` assert it, `against` deny or doubt something of it; `type` is a name in `standards.toml`, `subtype` a means."""

    story: Story
    claims: tuple[Claim, ...]
    against: tuple[Claim, ...]
    at: Located | None
    type: str
    means: str | None
    is_week: bool = False

    @property
    def first(self) -> dt.date | None:
        """The first day it may have been on; none where only the day is known by which it was over, unless the week before that is to be taken."""
        return self.story.last - _WEEK if self.is_week and self.story.first is None and self.story.last else self.story.first

    @property
    def last(self) -> dt.date | None:
        """The last of the days its claims agree on."""
        return self.story.last

    @property
    def day(self) -> dt.date | None:
        """The day it is filed under: the middle of its days, as ACLED's codebook has it; the last where no first is known."""
        if self.first is None or self.last is None:
            return self.last
        return self.first + (self.last - self.first) // 2

    @property
    def length(self) -> int | None:
        """How many days it may have been on; none where no first day is told."""
        return (self.last - self.first).days + 1 if self.first and self.last else None


def happenings(view: View, *, is_week: bool = False) -> tuple[list[Happening], list[str]]:
    """The events of a record by day, and what has no row, with the reason. `is_week` takes what was over by a day to be of the week before it."""
    found: list[Happening] = []
    left_out: list[str] = []
    for story in sorted(view.material.stories, key=lambda one: (one.last or dt.date.max, one.key)):
        event = happening(view, story)
        if isinstance(event, str):
            left_out.append(left(story, event))
        else:
            found.append(event._replace(is_week=is_week))
    return found, [*left_out, *totals_left(view)]


def left(story: Story, reason: str) -> str:
    """A story that has no row, told so that a coder can find it, with the reason: "story KEY (by 5 June 2024, Kibua, attack): …"."""
    told = (span(story.first, story.last) or "undated", story.place.name if story.place else "no place", " and ".join(story.kinds))
    return f"story {story.key} ({', '.join(told).replace(':', ' ')}): {reason}"


def totals_left(view: View) -> list[str]:
    """The counts of more than an event that stand in no story, and so have no row."""
    told = {key for story in view.material.stories for key in story.claims}
    found = [claim for key in view.material.totals if key not in told and view.is_standing(key) and (claim := view.claims.get(key)) is not None]
    live = sorted((claim for claim in found if claim.act in _ASSERTED), key=lambda one: (one.report, one.evidence.start, one.key))
    return [f"claim {one.key} (report {one.report.replace(':', ' ')}, {one.kind}): {TOTAL}: {view.material.totals[one.key]}" for one in live]


def happening(view: View, story: Story) -> Happening | str:
    """The event of a story, or why it is none."""
    at_hand = [claim for key in story.claims if (claim := view.claims.get(key)) is not None and view.is_standing(key)]
    asserted = tuple(claim for claim in at_hand if claim.act in _ASSERTED)
    if not asserted:
        return "nobody asserts it, or who did took it back"
    if reason := total(view, story):
        return f"{TOTAL}: {reason}"
    asserted = tuple(claim for claim in asserted if claim.key not in view.material.totals)
    if not any(_is_violent(claim) for claim in asserted):
        return "movement or displacement alone"
    if story.last is None:
        return "no day is known"
    at = view.at(story.place.key if story.place else None)
    against = tuple(claim for claim in at_hand if claim.act in _AGAINST)
    return Happening(story, asserted, against, at, _type(view, asserted, at), _means(asserted))


def total(view: View, story: Story) -> str:
    """Why a story is a count of more than one event; empty where it is an event. What its sentence tells beside the count is part of it."""
    live = [claim for key in story.claims if (claim := view.claims.get(key)) is not None and view.is_standing(key) and claim.act in _ASSERTED]
    counts = [claim for claim in live if claim.key in view.material.totals]
    sentences = {(claim.report, claim.evidence.start) for claim in counts}
    if any((claim.report, claim.evidence.start) not in sentences for claim in live):
        return ""
    return "; ".join(sorted({view.material.totals[claim.key] for claim in counts}))


def uncoded(event: Happening, *, most_days: int, wants_less_than_country: bool) -> str:
    """Why the codes of a standard have no value for the days or the place of an event; empty where they have."""
    if event.length is None:
        return "no day is told, only one by which it was over (`--week` takes the week before it)"
    if event.length > most_days:
        return f"its days are told less closely than to {'a year' if most_days > _YEAR_IS_MORE else 'a month'}"
    if event.story.place is None:
        return "no place is told"
    if wants_less_than_country and event.story.place.precision == "country":
        return "no place is told but a country"
    return ""


def unplaced(event: Happening) -> str:
    """What is left to the coder of an event whose place no gazetteer in use has; empty where one has it."""
    spot = event.story.place
    if spot is None or (spot.lat is not None and spot.precision != "unknown"):
        return ""
    return f"story {event.story.key}: “{spot.name}” is in no gazetteer in use: no point and no precision (`counterclaim gazetteer import` adds one)"


def _is_violent(claim: Claim) -> bool:
    return claim.kind in _VIOLENT or (isinstance(claim.proposition, Casualties) and bool(_HARMS.intersection(claim.proposition.harm)))


def parts(view: View, story: Story, *roles: Role) -> list[Part]:
    """Who plays these roles by somebody's word that stands: those with a name that is linked first, then by how many claims say so."""
    found = [part for part in story.actors if part.role in roles and any(view.is_standing(claim) for claim in part.claims)]
    return sorted(found, key=lambda part: (part.key is None, -len(part.claims), part.name))


def named(view: View, story: Story, *roles: Role) -> list[str]:
    """The names of those who play these roles and are linked to an actor, each once. A weapon, a building, a place or a person is no actor."""
    return list(dict.fromkeys(part.name for part in parts(view, story, *roles) if part.key and _is_actor(view, part)))


def _is_actor(view: View, part: Part) -> bool:
    if view.actor_of(part.key):
        return True
    places = view.place_names
    return not is_thing(part.name) and part.name not in places and part.name not in view.persons and not is_civilian(part.name)


def one_or_none(names: Iterable[str]) -> str | None:
    """The one name, or none where there are several: which of two accounts holds is not ours to say."""
    found = list(names)
    return found[0] if len(found) == 1 else None


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
            return "civilians" if any(is_civilian(mention.words) for one in attacks for mention in one.target) else "attack"
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
