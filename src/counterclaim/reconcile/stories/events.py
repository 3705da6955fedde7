"""Claims to what each tells of an event: when, where, who, what was hit and how many were harmed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from counterclaim.core.claim import Attack, Casualties, Claim, Control, Fighting, Harm, Mentions, Modality, Movement
from counterclaim.core.story import Role
from counterclaim.core.voice import Act
from counterclaim.reconcile.context import Context
from counterclaim.reconcile.days import NO_DAYS, days_of, event_days
from counterclaim.reconcile.names import Name, fold
from counterclaim.reconcile.ranges import Bounds, bounds
from counterclaim.reconcile.whereabouts import Where, Whereabouts, built

# Who asserts, denies or doubts an event speaks of it; who promises or demands one speaks of another day.
_ACTS: frozenset[Act] = frozenset({"asserts", "confirms", "denies", "doubts", "cannot-verify"})
_MODALITIES: frozenset[Modality] = frozenset({"actual", "past-background"})
# Holding a place is a state and no event.
_CHANGES = frozenset({"captured", "lost", "left", "besieged", "contested"})
# A report tells of the last few days; where it tells of an older event it says when that was.
REACH = dt.timedelta(days=3)
# What lasts longer is a period ("since the war began") with a toll of its own, and joins only claims of the very same period.
_LONG = dt.timedelta(days=10)
# Ways of attack that one event may mix, by the values of `means`; a shooting and an air strike are two.
_MEANS = {
    **dict.fromkeys(("air strike", "shelling", "bombing", "missile", "drone", "rocket"), "from afar"),
    **dict.fromkeys(("shooting", "raid", "ambush", "arson", "looting", "stabbing"), "close by"),
    "kidnapping": "kidnapping",
}


class Window(NamedTuple):
    """The days an event may have been on. `is_exact` where the claim's own words, or its report's one event, give them."""

    first: dt.date
    last: dt.date
    is_exact: bool

    @property
    def is_period(self) -> bool:
        """Whether it is a stretch of time rather than an event's days."""
        return self.last - self.first > _LONG

    def days(self) -> Iterator[dt.date]:
        """Each of its days."""
        for i in range((self.last - self.first).days + 1):
            yield self.first + dt.timedelta(days=i)

    def shared(self, other: Window) -> Window | None:
        """The days of both; none where they share none. Exact where either is."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Window(first, last, self.is_exact or other.is_exact) if first <= last else None


class Player(NamedTuple):
    """Who plays a role."""

    role: Role
    name: Name


class Harmed(NamedTuple):
    """A count of people harmed in one way; `who` are the words that tell one group from another."""

    harm: Harm
    who: frozenset[str]
    number: Bounds


class Event(NamedTuple):
    """What one claim tells of an event."""

    claim: Claim
    window: Window | None
    places: tuple[Where, ...]
    players: tuple[Player, ...]
    built: frozenset[str]
    means: str | None
    harmed: tuple[Harmed, ...]
    victims: frozenset[str]
    party: str

    @property
    def key(self) -> str:
        """The key of the claim."""
        return self.claim.key

    def named(self, *roles: Role) -> frozenset[str]:
        """The ids of the named players of these roles."""
        return frozenset(one.name.id for one in self.players if one.role in roles and one.name.is_named)


def is_event(claim: Claim) -> bool:
    """Whether the claim tells of an event, or denies one."""
    if claim.act not in _ACTS or claim.modality not in _MODALITIES or claim.counting == "sum":
        # A running total is of many events, and of none.
        return False
    proposition = claim.proposition
    if isinstance(proposition, Control):
        return proposition.change in _CHANGES
    return isinstance(proposition, Attack | Fighting | Casualties | Movement)


def events(context: Context, whereabouts: Whereabouts, wanted: frozenset[str]) -> Iterator[Event]:
    """The events of the claims at hand, in the order of their keys; `wanted` are claims that a person named, of whatever kind."""
    for claim in context.claims:
        if is_event(claim) or claim.key in wanted:
            yield _event(context, whereabouts, claim)


def _event(context: Context, whereabouts: Whereabouts, claim: Claim) -> Event:
    proposition = claim.proposition
    players = tuple(_players(context, claim))
    targets = [mention.words for slot in ("target", "place") for mention in getattr(proposition, slot, ())]
    return Event(
        claim=claim,
        window=_window(context, claim),
        places=whereabouts.places(claim),
        players=players,
        built=frozenset(one for words in targets for one in built(words)),
        means=_MEANS.get(proposition.means or "") if isinstance(proposition, Attack) else None,
        # A part, or more besides what was told of, contradicts no count of the whole.
        harmed=tuple(_harmed(proposition)) if isinstance(proposition, Casualties) and claim.counting is None else (),
        victims=frozenset(name.id for name in context.actors(claim, proposition.named)) if isinstance(proposition, Casualties) else frozenset(),
        party=context.party_id(claim),
    )


def _window(context: Context, claim: Claim) -> Window | None:
    """The days of a claim: its own, or a few up to the day it was told by; none where nothing tells."""
    report = context.reports.get(claim.report)
    published = report.published.day if report else None
    days = event_days(claim, context.refuted(claim))
    if days.first and days.last:
        return Window(days.first, days.last, is_exact=True)
    if days.first:
        return Window(days.first, max(days.first, published or days.first), is_exact=True)
    if days == NO_DAYS and claim.modality == "actual":
        days = days_of(claim.when) if claim.dated else NO_DAYS
    last = days.last or days.first
    if last is None and claim.modality == "actual" and claim.when is None:
        last = published
    if last is None:
        return None
    # What a report tells of was over when it was printed, whatever a misread date says.
    last = min(last, published) if published else last
    return Window(last - REACH, last, is_exact=False)


def _players(context: Context, claim: Claim) -> Iterator[Player]:
    for role, mentions in _roles(claim):
        for name in context.actors(claim, mentions):
            yield Player(role, context.side(name) if role in ("attacker", "side", "taker", "loser") else name)


def _roles(claim: Claim) -> Iterator[tuple[Role, Mentions]]:
    proposition = claim.proposition
    if isinstance(proposition, Attack):
        yield "attacker", proposition.actor
        yield "target", proposition.target
    elif isinstance(proposition, Fighting):
        yield "side", proposition.sides
    elif isinstance(proposition, Casualties):
        yield "attacker", proposition.by
        yield "harmed", proposition.named or proposition.who
    elif isinstance(proposition, Control):
        yield "loser" if proposition.change in ("lost", "left") else "taker", proposition.holder
    elif isinstance(proposition, Movement):
        yield "mover", proposition.actor


def _harmed(proposition: Casualties) -> Iterator[Harmed]:
    count = bounds(proposition.count)
    # A union of harms bounds none of them by itself.
    if len(proposition.harm) == 1 and not count.is_vague:
        who = frozenset(token for mention in proposition.who for token in fold(mention.words) if not token.isdigit())
        yield Harmed(proposition.harm[0], who - _ANYBODY, count)


# Words for people that single nobody out: "nine people", "nine bodies" and "the dead" are the same dead.
_ANYBODY = frozenset(
    "people person persons body bodies dead wounded killed injured casualties victims others another more least at civilians residents".split()
    + "one two three four five six seven eight nine ten eleven twelve dozen dozens hundreds thousands".split()
)
