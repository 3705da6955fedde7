"""Later claims to evidence for or against the terms of a promise: what a side is said to have done, where and when.

A claim found here is what somebody says was done after the promise was made. It bears on a term; it decides nothing.
Near linear: claims lie by side and sort of conduct in order of their days, and a term looks at a bounded stretch of them.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from counterclaim.core.claim import Aid, Attack, Claim, Control, Fighting, Movement, Talks, Violation
from counterclaim.core.promise import Bearing
from counterclaim.reconcile.context import Context
from counterclaim.reconcile.days import event_days
from counterclaim.reconcile.names import Name
from counterclaim.reconcile.promises.acts import ActClass, stems
from counterclaim.reconcile.promises.wordings import Asked, actor, day_of
from counterclaim.reconcile.whereabouts import Where, Whereabouts, relation

# What is done two months after the last wording is seldom about it any more.
_REACH = dt.timedelta(days=60)
# Claims listed for one term; the rest are counted.
MOST = 60
# People and things that a promise of protection covers; words of the target.
_PROTECTED = stems("civilians residents villagers women children aid workers hospital clinic ambulance school market camp convoy staff medics doctors refugees")
# Conduct a term of each class is borne on by: sort of conduct → what it speaks for, and why. "{}" is the side.
_BEARS: Mapping[ActClass, Mapping[str, tuple[Bearing, str]]] = {
    "cease": {
        "attack": ("against", "{} is said to have attacked"),
        "fighting": ("against", "{} is said to have fought; who began is not said"),
        "took": ("against", "{} is said to have taken a place by force or threat of it"),
    },
    "leave": {
        "withdrew": ("for", "{} is said to have left"),
        "lost": ("for", "{} is said to be gone from the place"),
        "took": ("against", "{} is said to have taken the place"),
        "holds": ("against", "{} is said to hold the place still"),
        "entered": ("against", "{} is said to have moved in"),
    },
    "open": {
        "blocked": ("against", "relief is said to have been blocked"),
        "besieged": ("against", "{} is said to besiege the place"),
        "delivered": ("for", "relief is said to have come through"),
    },
    "protect": {"attack on people": ("against", "{} is said to have attacked those it is about")},
    "relief": {"gave": ("for", "{} is said to have sent or brought relief")},
    "talk": {"talked": ("for", "{} is said to have met or talked")},
    "take": {"took": ("for", "{} is said to have taken it"), "lost": ("against", "{} is said to have lost it or left it")},
    "fight": {"attack": ("for", "{} is said to have attacked"), "fighting": ("for", "{} is said to have fought")},
    "release": {},
}
# Conduct that is anybody's: relief comes through a road whoever drives.
_ANYBODYS = frozenset({"blocked", "delivered"})


class Deed(NamedTuple):
    """What a claim says a side did."""

    day: dt.date
    claim: Claim
    sort: str
    side: Name | None
    places: tuple[Where, ...]
    denied: bool


class Found(NamedTuple):
    """A deed as it bears on a term."""

    deed: Deed
    bears: Bearing
    because: str


class Deeds:
    """All conduct at hand, by side and sort, in the order of days."""

    def __init__(self, context: Context, whereabouts: Whereabouts) -> None:
        found: defaultdict[tuple[str, str], list[Deed]] = defaultdict(list)
        for claim in context.claims:
            if claim.act not in ("asserts", "confirms", "denies") or claim.modality != "actual" or claim.key in context.withdrawn:
                continue
            day = event_days(claim, context.refuted(claim)).latest or day_of(context, claim)
            if day is None:
                continue
            for sort, side in _sorts(context, claim):
                where = "" if sort in _ANYBODYS else side.id if side else ""
                found[where, sort].append(Deed(day, claim, sort, side, whereabouts.places(claim), claim.act == "denies"))
        self._deeds = {where: sorted(deeds, key=lambda deed: (deed.day, deed.claim.key)) for where, deeds in found.items()}
        self._days = {where: [deed.day for deed in deeds] for where, deeds in self._deeds.items()}

    def bearing_on(
        self, doings: Iterable[ActClass], sides: Iterable[Name], places: Sequence[Where], first: dt.date, last: dt.date, made_in: frozenset[tuple[str, int]]
    ) -> tuple[list[Found], int]:
        """The deeds that bear on a term of these classes and sides, and how many more there are than are looked at.

        `made_in` are the sentences that promises are made in, by report and start: "if they end their attacks" tells of no later attack.
        """
        found: dict[str, tuple[Deed, Name, Bearing, str, str]] = {}
        unlisted = 0
        for doing in doings:
            for side in sides:
                for sort, (bears, why) in _BEARS[doing].items():
                    where = ("" if sort in _ANYBODYS else side.id), sort
                    days = self._days.get(where, [])
                    start, end = bisect_left(days, first), bisect_right(days, last + _REACH)
                    unlisted += max(0, end - start - MOST)
                    for deed in self._deeds.get(where, [])[start : min(end, start + MOST)]:
                        claim = deed.claim
                        if claim.key in found or (claim.report, claim.evidence.start) in made_in or (met := _where(deed, places, doing)) is None:
                            continue
                        found[claim.key] = deed, side, bears, why, met
        ordered = sorted(found.values(), key=lambda one: (one[0].day, one[0].claim.key))
        return [_found(*one) for one in ordered[:MOST]], unlisted + max(0, len(ordered) - MOST)


def violations(context: Context) -> dict[str, list[tuple[Claim, frozenset[str]]]]:
    """The claims that a side broke something, by the side, with the stems of what it broke."""
    found: defaultdict[str, list[tuple[Claim, frozenset[str]]]] = defaultdict(list)
    for claim in context.claims:
        if isinstance(claim.proposition, Violation) and claim.act in ("asserts", "confirms", "denies") and claim.key not in context.withdrawn:
            for mention in claim.proposition.by:
                found[actor(context, claim, mention.words).id].append((claim, stems(" ".join(claim.proposition.of))))
    return dict(found)


def bears_on(term: Asked, broken: frozenset[str]) -> bool:
    """Whether what is said to be broken is this term: a truce breaks what was to cease; else a word must be in common."""
    return bool(broken & (term.stems | (stems("truce ceasefire peace armistice hostilities") if term.doing == "cease" else frozenset())))


def _found(deed: Deed, side: Name, bears: Bearing, why: str, where: str) -> Found:
    because = f"{why.format(side.shown)}{where}, {deed.day.isoformat()}"
    if not deed.denied:
        return Found(deed, bears, because)
    return Found(deed, "for" if bears == "against" else "against", f"it is denied that {because}")


def _where(deed: Deed, places: Sequence[Where], doing: ActClass) -> str | None:
    """Where the deed meets the term, in words; none where it is elsewhere. A term of no place is met anywhere, but for what is of one place alone."""
    if not places:
        return None if doing in ("leave", "take") or deed.sort in _ANYBODYS else ""
    for place in places:
        for there in deed.places:
            if place.id == there.id:
                return f" at {there.name}"
            if relation(place, there) in ("within", "near") and there.level >= place.level:
                return f" at {there.name}, in or near {place.name}"
    return None


def _sorts(context: Context, claim: Claim) -> Iterator[tuple[str, Name | None]]:
    proposition = claim.proposition
    if isinstance(proposition, Attack):
        on_people = bool(stems(" ".join(mention.words for mention in proposition.target)) & _PROTECTED)
        for side in _sides(context, claim, [mention.words for mention in proposition.actor]):
            yield "attack", side
            if on_people:
                yield "attack on people", side
    elif isinstance(proposition, Fighting):
        yield from (("fighting", side) for side in _sides(context, claim, [mention.words for mention in proposition.sides]))
    elif isinstance(proposition, Talks):
        yield from (("talked", side) for side in _sides(context, claim, [mention.words for mention in proposition.participants]))
    elif isinstance(proposition, Control):
        sort = {"holds": "holds", "captured": "took", "lost": "lost", "left": "lost", "besieged": "besieged"}.get(proposition.change or "holds")
        if sort:
            yield from ((sort, side) for side in _sides(context, claim, [mention.words for mention in proposition.holder]))
        yield from (("lost", side) for side in _sides(context, claim, [mention.words for mention in proposition.not_holder]))
    elif isinstance(proposition, Movement):
        moved = {"withdraw": "withdrew", "flee": "withdrew", "enter": "entered", "advance": "entered", "deploy": "entered", "return": "entered"}
        if sort := moved.get(proposition.action or ""):
            yield from ((sort, side) for side in _sides(context, claim, [mention.words for mention in proposition.actor]))
    elif isinstance(proposition, Aid):
        if proposition.stage == "blocked":
            yield "blocked", None
        elif proposition.stage in ("arrived", "distributed"):
            yield "delivered", None
        if proposition.stage in ("sent", "arrived", "distributed"):
            yield from (("gave", side) for side in _sides(context, claim, [mention.words for mention in proposition.donor]))


def _sides(context: Context, claim: Claim, words: Iterable[str]) -> Iterator[Name]:
    found = {name.id: name for one in words if (name := actor(context, claim, one)).is_named}
    yield from (found[name] for name in sorted(found))
