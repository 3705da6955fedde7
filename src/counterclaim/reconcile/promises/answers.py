"""Answer claims to the promises they answer: replies, and silences with their day.

What it captures: an answer by a side the promise was made to, to the side that made it, between it and the next; an answer to nobody in
particular, in a report that tells of the promise, is to what that report told last before it, and rather to what was addressed to the
answerer than to what was addressed to nobody. Within one report "the army" is a side without having a name.
What it does not: an answer in a report of its own that names nobody it is to, or is by nobody who is named.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from counterclaim.core.claim import Answer, AnswerValue, Claim, Demand, Mentions, Offer, Pledge
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
    parties = cache(lambda i, report: _parties(context, groups[i], report))
    found: defaultdict[int, list[tuple[Claim, dict[str, Name], dt.date | None]]] = defaultdict(list)
    for claim in context.claims:
        if isinstance(claim.proposition, Answer) and claim.act in ("asserts", "confirms") and claim.modality == "actual" and claim.key not in context.withdrawn:
            by, to = (_sides(context, claim, mentions) for mentions in (claim.proposition.by, claim.proposition.to))
            day = day_of(context, claim)
            for i in _answered(parties, groups, by, to, day, by_report.get(claim.report, ()), between, claim):
                found[i].append((claim, by, day))
    return {i: _told(context, told) for i, told in found.items()}


def _sides(context: Context, claim: Claim, mentions: Mentions) -> dict[str, Name]:
    """The parties that these words of a claim name; where none has a name, whoever they describe, who is somebody within the report."""
    names = context.actors(claim, mentions)
    return party_ids(context, names) or {name.id: name for name in names}


def _answered(
    parties: Callable[[int, str], tuple[set[str], set[str]]],
    groups: Sequence[Group],
    by: dict[str, Name],
    to: dict[str, Name],
    day: dt.date | None,
    told: Sequence[tuple[int, str, int]],
    between: dict[tuple[str, str], list[tuple[dt.date, int]]],
    claim: Claim,
) -> list[int]:
    if any(name.is_named for name in to.values()) and any(name.is_named for name in by.values()):
        # Of the promises between the two, the last made by that day, whatever report tells of it.
        found: set[tuple[dt.date, int]] = set()
        for one in by:
            for other in to:
                made = between.get((other, one), [])
                at = bisect_right(made, (day, len(groups))) if day else len(made)
                found.update(made[max(0, at - 1) : at])
        return [max(found)[1]] if found else []
    addressed: list[int] = []
    others: list[int] = []
    later: list[int] = []
    for start, key, i in told:
        made_by, made_to = parties(i, claim.report)
        if key == claim.key or (to and made_by.isdisjoint(to)):
            continue
        if not made_to.isdisjoint(by):
            # "The army has not answered the front's offer": what the offer was may be told after that.
            (addressed if start <= claim.evidence.start else later if to else []).append(i)
        elif start <= claim.evidence.start and not made_to and by and made_by.isdisjoint(by):
            # Made to nobody, it may be answered by anybody but its maker.
            others.append(i)
    meant = addressed[-1:] or later[:1] or others[-1:]
    return meant if meant and _is_after(groups[meant[0]], day) else []


def _parties(context: Context, group: Group, report: str) -> tuple[set[str], set[str]]:
    """By whom and to whom a promise was made, and whom the wordings of this report describe without a name."""
    made_by = {name for telling in group for name in telling.by}
    made_to = {name for telling in group for name in telling.to}
    for telling in group:
        proposition = telling.claim.proposition
        if telling.claim.report == report and isinstance(proposition, Offer | Demand | Pledge):
            made_by.update(_sides(context, telling.claim, proposition.by))
            made_to.update(_sides(context, telling.claim, proposition.to))
    return made_by, made_to - made_by


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
