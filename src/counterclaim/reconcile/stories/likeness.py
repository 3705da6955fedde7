"""Two claims to how likely they tell one event, and two groups of claims to whether they cannot.

A score is a sum of what speaks for it; a contradiction is a reason, and no score outweighs it. What contradicts: days that do not
meet, places that lie apart, attackers, takers or losers that are surely others, other built things hit, other ways of attack, counts
of one harm that are far apart. Two sides that blame each other for one attack do not contradict each other: they dispute it.
"""

from __future__ import annotations

from typing import NamedTuple

from counterclaim.core.claim import Harm
from counterclaim.core.story import Role
from counterclaim.reconcile.names import Name, Names
from counterclaim.reconcile.ranges import Bounds, can_both_hold
from counterclaim.reconcile.stories.events import Event, Window
from counterclaim.reconcile.whereabouts import Relation, Where, relation

# What each ground adds. Chosen so that one place and one day, of like kinds, are enough, and neither is enough without the other; a
# place that only holds the other, or a day that is only "by then", needs an actor or a thing hit in common as well.
PLACE: dict[Relation, float] = {"same": 0.45, "near": 0.35, "within": 0.25, "country": 0.0, "apart": 0.0}
DAY, DAYS, BY_THEN = 0.25, 0.2, 0.1
ACTOR, BUILT_THING, MEANS, VICTIM = 0.2, 0.1, 0.05, 0.35
SAME_COUNT, OTHER_COUNT = 0.1, -0.1
# Harm told in the sentence of an attack is that attack's; a report that tells one event tells it throughout.
ITS_HARM, SENTENCE, ONE_EVENT, NEXT, KIN, REFUTES = 0.6, 0.35, 0.35, 0.1, 0.1, 0.6
OTHER_KIND, OTHER_MOVE = -0.15, -0.2
ENOUGH = 0.6
# A toll grows for days and parts of it are told as if they were all: only counts this many times apart are of two events.
FAR_APART = 4
_GROUND = frozenset({"control", "movement"})
_FORCE = frozenset({"attack", "fighting"})
_DOERS: tuple[Role, ...] = ("attacker", "side", "taker", "loser", "mover")
# Claims that begin within this many characters stand in one or two sentences.
_CLOSE = 400


class Pair(NamedTuple):
    """Two claims with the score that they tell one event, and why."""

    score: float
    a: int
    b: int
    because: str


class Profile(NamedTuple):
    """What a group of claims says as one event; only what all its claims allow is left of days, places and things hit."""

    window: Window | None
    places: tuple[Where, ...]
    attackers: dict[str, Name]
    blamers: frozenset[str]
    sides: dict[str, Name]
    takers: dict[str, Name]
    losers: dict[str, Name]
    built: frozenset[str]
    means: frozenset[str]
    harmed: dict[tuple[Harm, frozenset[str]], Bounds]


def profile(event: Event) -> Profile:
    """The profile of one claim."""
    roles: dict[str, dict[str, Name]] = {"attacker": {}, "side": {}, "taker": {}, "loser": {}}
    for role, name in event.players:
        if name.is_named and role in roles:
            roles[role][name.id] = name
    attackers = roles["attacker"]
    # A detail of the one event a report tells ("beside the church") is no other event's.
    is_detail = event.claim.dated == "event"
    return Profile(
        window=event.window,
        places=event.places,
        attackers=attackers,
        blamers=frozenset({event.party}) if attackers else frozenset(),
        sides=roles["side"],
        takers=roles["taker"],
        losers=roles["loser"],
        built=frozenset() if is_detail else event.built,
        means=frozenset({event.means}) if event.means and not is_detail else frozenset(),
        harmed={(one.harm, one.who): one.number for one in event.harmed},
    )


def both(one: Profile, other: Profile) -> Profile:
    """The profile of two groups together."""
    window = one.window.shared(other.window) if one.window and other.window else one.window or other.window
    harmed = dict(one.harmed)
    for what, count in other.harmed.items():
        harmed[what] = _wider(harmed[what], count) if what in harmed else count
    return Profile(
        window=window or one.window,
        places=_narrower(one.places, other.places),
        attackers={**one.attackers, **other.attackers},
        blamers=one.blamers | other.blamers,
        sides={**one.sides, **other.sides},
        takers={**one.takers, **other.takers},
        losers={**one.losers, **other.losers},
        built=(one.built & other.built) or one.built | other.built,
        means=one.means | other.means,
        harmed=harmed,
    )


def contradiction(names: Names, one: Profile, other: Profile) -> str:
    """Why the two cannot be one event; empty where nothing speaks against it."""
    if one.window and other.window and one.window.shared(other.window) is None:
        return "their days do not meet"
    if one.window and other.window and one.window.is_period != other.window.is_period:
        return "one tells of a period, the other of its days"
    if one.places and other.places and all(relation(a, b) == "apart" for a in one.places for b in other.places):
        return "their places lie apart"
    if _are_others(names, one.attackers, other.attackers) and not (one.blamers & set(other.attackers) or other.blamers & set(one.attackers)):
        return "they name different attackers"
    if _are_others(names, one.takers, other.takers) or _are_others(names, one.losers, other.losers):
        return "they name different sides that took or lost the place"
    if any(set(a.takers) & set(b.losers) for a, b in ((one, other), (other, one))):
        return "one says that a side took the place, the other that it lost it"
    if one.sides and other.sides and _are_others(names, one.sides, other.sides):
        return "they name different sides"
    if one.built and other.built and one.built.isdisjoint(other.built):
        return "other things were hit"
    if one.means and other.means and one.means.isdisjoint(other.means):
        return "another way of attack"
    for what, count in one.harmed.items():
        if (said := other.harmed.get(what)) and _are_far_apart(count, said):
            return "their counts are far apart"
    return ""


def score(one: Event, other: Event, *, are_kin: bool) -> tuple[float, str]:
    """How likely the two claims tell one event, with the grounds. Whether they contradict each other is asked of their profiles."""
    grounds = [*_of_place(one, other), *_of_days(one, other), *_of_actors(one, other), *_of_telling(one, other, are_kin=are_kin), *_of_kind(one, other)]
    total = sum(value for value, _ in grounds)
    return round(min(1.0, max(0.0, total)), 3), ", ".join(why for value, why in grounds if value > 0)


Ground = tuple[float, str]


def _of_place(one: Event, other: Event) -> list[Ground]:
    found = {relation(a, b): (a, b) for a in one.places for b in other.places}
    if "same" in found:
        return [(PLACE["same"], f"at {found['same'][0].name}")]
    if "near" in found:
        return [(PLACE["near"], f"{found['near'][0].name} is near {found['near'][1].name}")]
    if "within" in found:
        a, b = sorted(found["within"], key=lambda where: (-where.level, where.name))
        return [(PLACE["within"], f"{a.name} and {b.name}, of one district or province")]
    return []


def _of_days(one: Event, other: Event) -> list[Ground]:
    if one.window is None or other.window is None:
        return []
    shared = one.window.shared(other.window)
    if shared is None:
        return []
    if not (one.window.is_exact and other.window.is_exact):
        return [(BY_THEN, f"by {shared.last.isoformat()}")]
    days = shared.first.isoformat() if shared.first == shared.last else f"{shared.first.isoformat()} to {shared.last.isoformat()}"
    return [(DAY if one.window[:2] == other.window[:2] else DAYS, f"on {days}")]


def _of_actors(one: Event, other: Event) -> list[Ground]:
    found: list[Ground] = []
    if one.victims & other.victims:
        found.append((VICTIM, "the same named dead or hurt"))
    elif shared := one.named(*_DOERS) & other.named(*_DOERS):
        found.append((ACTOR, f"both name {_shown(one, min(shared))}"))
    elif shared := one.named("target", "harmed") & other.named("target", "harmed"):
        found.append((ACTOR, f"both name {_shown(one, min(shared))} as hit"))
    if one.built & other.built:
        found.append((BUILT_THING, f"both tell of a {min(one.built & other.built)}"))
    if one.means and one.means == other.means and one.claim.kind == other.claim.kind:
        found.append((MEANS, f"attacked {one.means}"))
    same = [(a, b) for a in one.harmed for b in other.harmed if (a.harm, a.who) == (b.harm, b.who)]
    found.extend((SAME_COUNT, f"the same number {a.harm}") if can_both_hold(a.number, b.number) else (OTHER_COUNT, "") for a, b in same)
    return found


def _of_telling(one: Event, other: Event, *, are_kin: bool) -> list[Ground]:
    a, b = one.claim, other.claim
    found: list[Ground] = []
    if a.refutes == b.key or b.refutes == a.key:
        found.append((REFUTES, "one refutes the other"))
    if a.report != b.report:
        return [*found, (KIN, "their reports are kin")] if are_kin else found
    kinds = {a.kind, b.kind}
    if a.evidence.start == b.evidence.start:
        is_harm = "casualties" in kinds and bool(kinds & _FORCE)
        found.append((ITS_HARM, "harm told in the sentence of the attack") if is_harm else (SENTENCE, "in one sentence"))
    elif "event" in (a.dated, b.dated) and one.window and other.window and one.window[:2] == other.window[:2]:
        found.append((ONE_EVENT, "the one event of the report"))
    elif abs(a.evidence.start - b.evidence.start) <= _CLOSE:
        found.append((NEXT, "told next to each other"))
    return found


def _of_kind(one: Event, other: Event) -> list[Ground]:
    kinds = {one.claim.kind, other.claim.kind}
    if "movement" in kinds and one.named(*_DOERS).isdisjoint(other.named(*_DOERS)):
        return [(OTHER_MOVE, "")]
    if len(kinds) == 2 and len(kinds & _GROUND) == 1:
        return [(OTHER_KIND, "")]
    return []


def _shown(event: Event, name: str) -> str:
    return next(one.name.shown for one in event.players if one.name.id == name)


def _are_others(names: Names, one: dict[str, Name], other: dict[str, Name]) -> bool:
    """Whether both name somebody, and surely nobody in common."""
    return bool(one and other) and all(names.differ(a, b) for a in one.values() for b in other.values())


def _are_far_apart(one: Bounds, other: Bounds) -> bool:
    if can_both_hold(one, other):
        return False
    low, high = sorted(((one.low, one.high), (other.low, other.high)), key=lambda pair: pair[1] if pair[1] is not None else float("inf"))
    return low[1] is not None and high[0] is not None and high[0] >= FAR_APART * max(1, low[1])


def _wider(one: Bounds, other: Bounds) -> Bounds:
    lows, highs = [x for x in (one.low, other.low) if x is not None], [x for x in (one.high, other.high) if x is not None]
    return Bounds(min(lows) if len(lows) == 2 else None, max(highs) if len(highs) == 2 else None)


def _narrower(one: tuple[Where, ...], other: tuple[Where, ...]) -> tuple[Where, ...]:
    """The places that both allow, the narrower of two of which one holds the other; all of both where neither rules any out."""
    if not one or not other:
        return one or other
    met = {where.id: where for a in one for b in other if relation(a, b) != "apart" for where in _narrowest(a, b)}
    return tuple(met[name] for name in sorted(met)) or one


def _narrowest(a: Where, b: Where) -> tuple[Where, ...]:
    return (a,) if a.level > b.level else (b,) if b.level > a.level else (a, b)
