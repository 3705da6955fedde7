"""Claims of the remaining kinds to findings: claims of one kind, with the same parties and place and of the same day, side by side.

What it captures: fighting, attacks, violations, agreements, talks, protests and needs. Who asserts and who denies; for people in need
and protesters the range of the counts.
What it does not: guess that two claims mean one event where a slot differs or is left open in one of them; lay an accusation beside
its counter-accusation, which is another claim about another party; make findings of movements, demands, pledges or statements.
Example: the army says the M23 shelled the market, the M23 denies it: one finding, disputed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from counterclaim.core.claim import Agreement, Attack, Claim, Mentions, Need, Proposition, Protest, Violation
from counterclaim.core.codec import key
from counterclaim.core.figure import Figure
from counterclaim.core.finding import Finding
from counterclaim.reconcile.context import Context, Reading
from counterclaim.reconcile.days import event_days, text
from counterclaim.reconcile.filing import Block, block, parts
from counterclaim.reconcile.names import Name
from counterclaim.reconcile.positions import Bearing, Question, bearing, ids, listed, once, positions, same, scope, shown, within
from counterclaim.reconcile.ranges import RULE, are_apart, bounds, widest
from counterclaim.reconcile.standing import case, standing

Names = tuple[Name, ...]
Slots = dict[str, Names]


class Spec(NamedTuple):
    """How one kind is laid side by side: the slots that tell matters apart, and what such a claim says in plain words."""

    actors: tuple[str, ...]
    says: Callable[[Proposition, Slots], str]


def _in(slots: Slots) -> str:
    return f" in {listed(slots['place'], article=True)}" if slots.get("place") else ""


def _called(mentions: Mentions, names: Sequence[Name], otherwise: str) -> str:
    """Who fills a slot: by name where a name is told, else in the words of the claim, with their articles and numbers."""
    if not names or any(name.is_named for name in names):
        return listed(names) or otherwise
    said = [within(mention.words) for mention in mentions]
    return f"{', '.join(said[:-1])} and {said[-1]}" if len(said) > 1 else "".join(said) or otherwise


def _fighting(proposition: Proposition, slots: Slots) -> str:
    between = f" between {listed(slots['sides'])}" if len(slots["sides"]) > 1 else f" with {listed(slots['sides'])}" if slots["sides"] else ""
    return f"there was fighting{between}{_in(slots)}"


def _attack(proposition: Proposition, slots: Slots) -> str:
    means = f" ({proposition.means})" if isinstance(proposition, Attack) and proposition.means else ""
    actor, target = (proposition.actor, proposition.target) if isinstance(proposition, Attack) else ((), ())
    return f"{_called(actor, slots['actor'], 'somebody')} attacked {_called(target, slots['target'], 'somebody')}{_in(slots)}{means}"


def _violation(proposition: Proposition, slots: Slots) -> str:
    broken = ", ".join(proposition.of) if isinstance(proposition, Violation) else ""
    return f"{listed(slots['by']) or 'somebody'} broke {broken or 'an agreement or the law'}{_in(slots)}"


def _agreement(proposition: Proposition, slots: Slots) -> str:
    name = proposition.type if isinstance(proposition, Agreement) and proposition.type else "an agreement"
    return f"{listed(slots['parties']) or 'the parties'} agreed: {name}"


def _talks(proposition: Proposition, slots: Slots) -> str:
    return f"{listed(slots['participants']) or 'the parties'} held talks{_in(slots)}"


def _protest(proposition: Proposition, slots: Slots) -> str:
    return f"{_count(proposition)}{listed(slots['actor']) or 'people'} protested{_in(slots)}"


def _need(proposition: Proposition, slots: Slots) -> str:
    need = ", ".join(proposition.need) if isinstance(proposition, Need) else ""
    if isinstance(proposition, Need) and proposition.count is not None and proposition.count.unit:
        # Forty tonnes of flour are needed by people; they are no people.
        by = f" by {listed(slots['who'])}" if slots["who"] else ""
        return f"{proposition.count.words} of {need or 'relief'} are needed{by}{_in(slots)}"
    who = _people(proposition, slots["who"])
    is_one = not _count(proposition) and len(slots["who"]) == 1 and not who.lower().endswith(_PLURAL)
    return f"{_count(proposition)}{who} {'needs' if is_one else 'need'} {need or 'relief'}{_in(slots)}"


_PLURAL = ("s", "people", "men", "women", "children", "police")


def _people(proposition: Proposition, who: Sequence[Name]) -> str:
    """Whom the claim counts, in its own words, for 18 million Afghans are no 18 million Afghanistan; else as they are named."""
    said = proposition.who if isinstance(proposition, Need) else ()
    return (said[0].words if _count(proposition) and len(said) == 1 else listed(who)) or "people"


def _count(proposition: Proposition) -> str:
    figure = _figure(proposition)
    return f"{figure.words} " if figure else ""


KINDS: Mapping[str, Spec] = {
    "fighting": Spec(("sides",), _fighting),
    "attack": Spec(("actor", "target"), _attack),
    "violation": Spec(("by",), _violation),
    "agreement": Spec(("parties",), _agreement),
    "talks": Spec(("participants",), _talks),
    "protest": Spec(("actor",), _protest),
    "need": Spec(("who",), _need),
}
_COUNTED = (Need, Protest)


class Matter(NamedTuple):
    """What claims of one kind must share to be laid side by side."""

    slots: tuple[str, ...]
    type: str | None
    day: dt.date | None
    report: str | None


class Entry(NamedTuple):
    """What one claim says of one matter."""

    slots: Slots
    figure: Figure | None
    bearing: Bearing
    matter: Matter

    @property
    def report(self) -> str:
        """The report of the claim."""
        return self.bearing.claim.report


def filed(context: Context, kind: str) -> Iterator[tuple[Block, Entry]]:
    """Each claim of a kind under its event or state."""
    for reading in context.readings(kind):
        slots = _slots(context, reading.subject, KINDS[kind])
        matter = _matter(context, reading, slots)
        yield block(kind, *matter.slots, matter.type, text(matter.day), matter.report), _entry(context, reading, KINDS[kind], slots, matter)


def derived(context: Context, name: Block, filings: Sequence[Entry]) -> Iterator[Finding]:
    """The finding of an event or state."""
    yield _finding(context, parts(name)[0] or "", filings[0].matter, filings)


def _slots(context: Context, claim: Claim, spec: Spec) -> Slots:
    found = {slot: context.actors(claim, getattr(claim.proposition, slot)) for slot in spec.actors}
    place = getattr(claim.proposition, "place", None)
    return found if place is None else {**found, "place": context.places(claim, place)}


def _matter(context: Context, reading: Reading, slots: Slots) -> Matter:
    subject = reading.subject
    kind = subject.proposition.type if isinstance(subject.proposition, Agreement) else None
    day = event_days(subject, context.refuted(subject)).anchor
    return Matter(tuple(ids(names) for names in slots.values()), kind, day, scope(subject, *slots.values()))


def _entry(context: Context, reading: Reading, spec: Spec, slots: Slots, matter: Matter) -> Entry:
    proposition = reading.subject.proposition
    figure = _figure(proposition)
    count = bounds(figure)
    return Entry(slots, figure, bearing(context, reading, spec.says(proposition, slots), f"{count.low} {count.high}"), matter)


def _figure(proposition: Proposition) -> Figure | None:
    return proposition.count if isinstance(proposition, _COUNTED) else None


def _of_one_measure(entries: Sequence[Entry]) -> list[Entry]:
    """The entries whose figures can be laid side by side: those that count people, else those of the one unit there is."""
    units = {entry.figure.unit for entry in entries if entry.figure is not None}
    unit = None if None in units else units.pop() if len(units) == 1 else ""
    return [entry for entry in entries if entry.figure is None or entry.figure.unit == unit]


def _finding(context: Context, kind: str, matter: Matter, entries: Sequence[Entry]) -> Finding:
    question: Question = {"kind": kind, **{slot: shown(names) for slot, names in entries[0].slots.items()}}
    if kind == "agreement":
        question["type"] = matter.type
    question["day"] = text(matter.day)
    if matter.report:
        question["report"] = matter.report
    bearings = once(entry.bearing for entry in entries)
    live = [entry for entry in entries if entry.bearing.claim.key not in context.withdrawn and entry.bearing.sign == "for"]
    counts = [bounds(entry.figure) for entry in _of_one_measure(live)]
    differing = "origins give different counts; nobody at hand disputes one of them" if are_apart(counts) else ""
    decided = case(context, bearings, agreeing=same([entry.bearing for entry in live]), differing=differing)
    name, because = standing(decided)
    low, high = widest(counts)
    is_counted = any(entry.figure for entry in entries)
    return Finding(
        key=key(question),
        question=question,
        standing=name,
        positions=positions(context, bearings),
        verification=decided.check or "none",
        because=because,
        low=low,
        high=high,
        rule=RULE if is_counted else None,
    )
