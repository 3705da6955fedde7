"""Events to the pairs worth comparing: near linear in the claims.

Claims meet in blocks: of one place and day; of one unit and day, where one names the unit and the other a place in it; of one square of
the map and day; of one period; of one named victim; side by side in one report. In a block each claim is compared with the next few in
an order by what it says (the sorted neighbourhood of Hernández and Stolfo, SIGMOD 1995), so a block of n costs n times a constant.
A claim stands in a bounded number of blocks: days of its window times its places. Accepted gap: in a block of hundreds of claims that
contradict one another, two that would join may stand too far apart to be compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import floor

from counterclaim.reconcile.stories.events import Event
from counterclaim.reconcile.whereabouts import Where

# How many of a block each of it is compared with. More finds more in crowded blocks and costs as much more everywhere.
NEIGHBOURS = 12
# Claims of a report compared with those that follow, in the order of the text.
FOLLOWING = 8
# A square of the map, in degrees: two points within 5 km share one of the four that overlap. About 11 km at the equator.
_SQUARE = 0.1
_COUNTRY = 1

Block = tuple[object, ...]


def pairs(events: Sequence[Event]) -> Iterator[tuple[int, int]]:
    """The pairs of events worth comparing, by their place in the sequence, each once; the smaller first."""
    ranks = [_rank(event) for event in events]
    found: set[tuple[int, int]] = set()
    for members in _blocks(events).values():
        found.update(_neighbours(members, lambda i: ranks[i], NEIGHBOURS))
    for broad, narrow in _units(events):
        narrow.sort(key=lambda i: ranks[i])
        broad.sort(key=lambda i: ranks[i])
        found.update(_ordered(i, j) for i in broad for j in narrow[:NEIGHBOURS])
        found.update(_ordered(i, j) for j in narrow for i in broad[:NEIGHBOURS])
    found.update(_in_reports(events))
    yield from sorted(found)


def _blocks(events: Iterable[Event]) -> dict[Block, list[int]]:
    blocks: defaultdict[Block, list[int]] = defaultdict(list)
    for i, event in enumerate(events):
        for block in dict.fromkeys(_of(event)):
            blocks[block].append(i)
    return blocks


def _of(event: Event) -> Iterator[Block]:
    for victim in sorted(event.victims):
        yield "victim", victim
    window = event.window
    if window is None:
        return
    if window.is_period:
        for place in event.places:
            yield "period", place.id, window.first, window.last
        return
    for day in window.days():
        for place in event.places:
            yield "place", place.id, day
            for square in _squares(place):
                yield "square", square, day


def _squares(place: Where) -> Iterator[tuple[int, int, int, int]]:
    """The four overlapping squares that hold a point."""
    at = place.at
    if at is None or at.lat is None or at.lon is None or at.precision != "exact":
        return
    for x in (0, 1):
        for y in (0, 1):
            yield x, y, floor(at.lon / _SQUARE + x / 2), floor(at.lat / _SQUARE + y / 2)


def _units(events: Iterable[Event]) -> Iterator[tuple[list[int], list[int]]]:
    """For each unit and day: who names the unit itself, and who names a place in it."""
    broad: defaultdict[Block, list[int]] = defaultdict(list)
    narrow: defaultdict[Block, list[int]] = defaultdict(list)
    for i, event in enumerate(events):
        if event.window is None or event.window.is_period:
            continue
        for day in event.window.days():
            for place in event.places:
                units = place.units
                for level in range(_COUNTRY, len(units)):
                    (broad if place.level == level else narrow)[units[level], day].append(i)
    for block in sorted(broad.keys() & narrow.keys(), key=repr):
        yield broad[block], narrow[block]


def _in_reports(events: Sequence[Event]) -> Iterator[tuple[int, int]]:
    """Claims side by side in a report, those of its one event with the first of it, and a claim with the one it refutes."""
    by_key = {event.key: i for i, event in enumerate(events)}
    by_report: defaultdict[str, list[int]] = defaultdict(list)
    for i, event in enumerate(events):
        by_report[event.claim.report].append(i)
        refuted = by_key.get(event.claim.refutes or "")
        if refuted is not None and refuted != i:
            yield _ordered(i, refuted)
    for members in by_report.values():
        yield from _neighbours(members, lambda i: (events[i].claim.evidence.start, events[i].key), FOLLOWING)
        anchors: defaultdict[object, list[int]] = defaultdict(list)
        for i in members:
            if (window := events[i].window) is not None:
                anchors[window[:2]].append(i)
        for dated in anchors.values():
            first = min(dated, key=lambda i: (events[i].claim.dated is not None, events[i].claim.evidence.start, events[i].key))
            yield from (_ordered(first, i) for i in dated if i != first and "event" in (events[i].claim.dated, events[first].claim.dated))


def _neighbours(members: Iterable[int], rank: Callable[[int], object], reach: int) -> Iterator[tuple[int, int]]:
    ordered = sorted(members, key=rank)  # type: ignore[arg-type]
    for place, i in enumerate(ordered):
        for j in ordered[place + 1 : place + 1 + reach]:
            yield _ordered(i, j)


def _rank(event: Event) -> tuple[object, ...]:
    """What brings claims of one event side by side in a block: who, what, how, how many; then their keys."""
    attackers = sorted(event.named("attacker", "side", "taker", "loser", "mover"))
    counts = sorted((one.harm, one.number.low or 0) for one in event.harmed)
    return attackers, sorted(event.built), event.claim.kind, counts, event.key


def _ordered(i: int, j: int) -> tuple[int, int]:
    return (i, j) if i < j else (j, i)
