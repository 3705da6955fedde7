"""Answer claims to the promises they answer: replies, and silences with their day.

What it captures: an answer by a side the promise was made to, to the side that made it, between it and the next; an answer to nobody in
particular, in a report that tells of the promise, is to what that report told last before it.
What it does not: an answer in a report of its own that names nobody it is to.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from counterclaim.core.claim import Answer, AnswerValue, Claim
from counterclaim.core.promise import Reply, Silence
from counterclaim.reconcile.context import Context
from counterclaim.reconcile.days import text
from counterclaim.reconcile.names import Name
from counterclaim.reconcile.positions import listed
from counterclaim.reconcile.promises.wordings import Telling, day_of, party_ids

Group = Sequence[Telling]
# Answers by day, side and value, with the claims that tell of each.
Answers = tuple[tuple[Reply, ...], tuple[Silence, ...]]


def answers(context: Context, groups: Sequence[Group]) -> dict[int, Answers]:
    """What came back to each promise, by its place in the sequence."""
    by_report: defaultdict[str, list[tuple[int, str, int]]] = defaultdict(list)
    between: defaultdict[tuple[str, str], list[tuple[dt.date, int]]] = defaultdict(list)
    for i, group in enumerate(groups):
        for telling in group:
            if telling.kind in ("offer", "demand", "pledge") and telling.is_made:
                by_report[telling.claim.report].append((telling.claim.evidence.start, telling.key, i))
        first = min((telling.day for telling in group if telling.day), default=None)
        if first and group[0].kind in ("offer", "demand", "pledge"):
            for pair in {(maker, other) for telling in group for maker in telling.by for other in telling.to}:
                between[pair].append((first, i))
    for told in by_report.values():
        told.sort()
    for made in between.values():
        made.sort()
    found: defaultdict[int, list[tuple[Claim, dict[str, Name], dt.date | None]]] = defaultdict(list)
    for claim in context.claims:
        if isinstance(claim.proposition, Answer) and claim.act in ("asserts", "confirms") and claim.modality == "actual" and claim.key not in context.withdrawn:
            by = party_ids(context, context.actors(claim, claim.proposition.by))
            to = party_ids(context, context.actors(claim, claim.proposition.to))
            day = day_of(context, claim)
            for i in _answered(groups, by, to, day, by_report.get(claim.report, ()), between, claim):
                found[i].append((claim, by, day))
    return {i: _told(context, told) for i, told in found.items()}


def _answered(
    groups: Sequence[Group],
    by: dict[str, Name],
    to: dict[str, Name],
    day: dt.date | None,
    told: Sequence[tuple[int, str, int]],
    between: dict[tuple[str, str], list[tuple[dt.date, int]]],
    claim: Claim,
) -> list[int]:
    if to:
        # Of the promises between the two, the last made by that day, whatever report tells of it.
        found: set[tuple[dt.date, int]] = set()
        for one in by:
            for other in to:
                made = between.get((other, one), [])
                at = bisect_right(made, (day, len(groups))) if day else len(made)
                found.update(made[max(0, at - 1) : at])
        return [max(found)[1]] if found else []
    before = [i for start, key, i in told if start <= claim.evidence.start and key != claim.key and _is_party(groups[i], by)]
    return before[-1:] if before and _is_after(groups[before[-1]], day) else []


def _is_party(group: Group, by: dict[str, Name]) -> bool:
    """Whether the answer may be by whom the promise was made to: one of them, or anybody but its maker where it was made to nobody."""
    to = {name for telling in group for name in telling.to}
    made_by = {name for telling in group for name in telling.by}
    return not to.isdisjoint(by) if to else bool(by) and made_by.isdisjoint(by)


def _is_after(group: Group, day: dt.date | None) -> bool:
    first = min((telling.day for telling in group if telling.day), default=None)
    return day is None or first is None or day >= first


def _told(context: Context, told: Iterable[tuple[Claim, dict[str, Name], dt.date | None]]) -> Answers:
    groups: defaultdict[tuple[str, str, AnswerValue], list[str]] = defaultdict(list)
    days: dict[str, dt.date | None] = {}
    for claim, by, day in told:
        if isinstance(claim.proposition, Answer) and claim.proposition.value:
            days[text(day) or ""] = day
            groups[text(day) or "", listed({context.side(name) for name in by.values()}), claim.proposition.value].append(claim.key)
    replies = [Reply(by or None, value, days[day], tuple(sorted(keys))) for (day, by, value), keys in sorted(groups.items()) if value != "none"]
    silences = [Silence(by or None, days[day], tuple(sorted(keys))) for (day, by, value), keys in sorted(groups.items()) if value == "none"]
    return tuple(replies), tuple(silences)
