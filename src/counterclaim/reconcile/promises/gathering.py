"""Wordings to promises: which tellings are of one promise, and which of their terms are one term.

Wordings meet by who promises, to whom, and a word of what; each is compared with the few told before it, so the cost is near linear.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from counterclaim.core.claim import Agreement
from counterclaim.reconcile.promises.wordings import Asked, Telling

# Wordings of one promise follow one another within days or weeks; after a month without one, the next is another promise.
LULL = dt.timedelta(days=31)
# How many of those told before, of one maker and one word, a wording is compared with.
_BACK = 12
# A demand or a pledge is made of few words, and the same side makes many: this share of the shorter one's must be in common.
_ALIKE = 0.5


Block = tuple[str, ...]


class _Sets:
    """Disjoint sets of numbers."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def top(self, one: int) -> int:
        while self._above[one] != one:
            self._above[one] = self._above[self._above[one]]
            one = self._above[one]
        return one

    def join(self, a: int, b: int) -> None:
        a, b = self.top(a), self.top(b)
        self._above[max(a, b)] = min(a, b)


def gathered(tellings: Iterable[Telling]) -> list[list[Telling]]:
    """The wordings of each promise, in the order they were told; doubts and denials with what they doubt."""
    ordered = sorted(tellings, key=lambda telling: telling.order)
    sets = _Sets(len(ordered))
    addressed = [i for i, telling in enumerate(ordered) if telling.to or telling.kind == "agreement"]
    _join_blocks(ordered, addressed, sets)
    _join_unaddressed(ordered, [i for i, telling in enumerate(ordered) if not telling.to and telling.kind != "agreement"], addressed, sets)
    groups: defaultdict[int, list[Telling]] = defaultdict(list)
    for i, telling in enumerate(ordered):
        groups[sets.top(i)].append(telling)
    return [group for group in groups.values() if any(telling.is_made for telling in group)]


def _join_blocks(ordered: Sequence[Telling], members: Iterable[int], sets: _Sets) -> None:
    blocks: defaultdict[Block, list[int]] = defaultdict(list)
    for i in members:
        for block in _blocks(ordered[i]):
            blocks[block].append(i)
    for met in blocks.values():
        for place, i in enumerate(met):
            for j in met[max(0, place - _BACK) : place]:
                if sets.top(i) != sets.top(j) and are_one(ordered[j], ordered[i]):
                    sets.join(i, j)


def _join_unaddressed(ordered: Sequence[Telling], members: Sequence[int], addressed: Iterable[int], sets: _Sets) -> None:
    """A wording that names nobody it is made to goes to the one promise it is like; where two would do, it stays by itself."""
    blocks: defaultdict[Block, list[int]] = defaultdict(list)
    for i in addressed:
        for block in _blocks(ordered[i], with_to=False):
            blocks[block].append(i)
    left: list[int] = []
    found: list[tuple[int, int]] = []
    for i in members:
        near = {j for block in _blocks(ordered[i], with_to=False) for j in blocks.get(block, ())[-_BACK:] if are_one(ordered[j], ordered[i])}
        tops = {sets.top(j) for j in near}
        if len(tops) == 1:
            found.append((tops.pop(), i))
        else:
            left.append(i)
    for top, i in found:
        sets.join(top, i)
    _join_blocks(ordered, left, sets)


def _blocks(telling: Telling, *, with_to: bool = True) -> Iterable[Block]:
    """Where a wording meets others: by its maker, whom it is made to, and a word or place of its terms, or its report."""
    if telling.kind == "agreement":
        kind = telling.claim.proposition.type if isinstance(telling.claim.proposition, Agreement) else None
        parties = sorted(telling.by)
        if len(parties) < 2:
            return [("agreement", telling.claim.report, kind or "")]
        pairs = [(one, other) for i, one in enumerate(parties) for other in parties[i + 1 :]]
        return [("agreement", *pair) for pair in pairs] + [("agreement", telling.claim.report, kind or "")]
    what = {(one.role, word) for one in telling.terms for word in one.stems} | {("at", place.id) for one in telling.terms for place in one.places}
    if telling.kind == "offer":
        what.add(("in", telling.claim.report))
    makers = sorted(telling.by) or [f"report:{telling.claim.report}"]
    sides = (sorted(telling.to) or [""]) if with_to else [""]
    return [(by, to, *one) for by in makers for to in sides for one in sorted(what)]


def are_one(one: Telling, other: Telling) -> bool:
    """Whether two wordings are of one promise."""
    if one.day and other.day and abs(other.day - one.day) > LULL:
        return False
    kinds = {one.kind, other.kind}
    if kinds == {"agreement"}:
        return _is_one_agreement(one, other)
    if "agreement" in kinds or kinds == {"demand", "pledge"}:
        return False
    if one.to and other.to and one.to.keys().isdisjoint(other.to):
        return False
    shared = words(one) & words(other)
    places = {place.id for term in one.terms for place in term.places} & {place.id for term in other.terms for place in term.places}
    if kinds == {"offer"}:
        # One side's offers to one other within the month are one while they have a word, a place or a report in common.
        return bool(shared or places or one.claim.report == other.claim.report)
    return len(shared) >= max(1, _ALIKE * min(len(words(one)), len(words(other))))


def words(telling: Telling) -> frozenset[str]:
    """The stems of all terms of a wording."""
    return frozenset(word for term in telling.terms for word in term.stems)


def _is_one_agreement(one: Telling, other: Telling) -> bool:
    a, b = one.claim.proposition, other.claim.proposition
    types = {made.type for made in (a, b) if isinstance(made, Agreement) and made.type}
    if len(types) > 1:
        return False
    shared = one.by.keys() & other.by.keys()
    if len(shared) > 1:
        return True
    # "The two sides" of one report are the two that it names elsewhere.
    return one.claim.report == other.claim.report and (not one.by or not other.by or bool(shared))


def terms(group: Iterable[Telling]) -> list[list[Asked]]:
    """The terms of a promise, each with all its wordings, in the order they were first told."""
    found: list[list[Asked]] = []
    for telling in group:
        if not telling.is_made:
            continue
        open_to = list(range(len(found)))
        for term in telling.terms:
            # Two terms of one wording are two.
            same = next((i for i in open_to if is_one_term(found[i], term)), None)
            if same is None:
                found.append([term])
            else:
                found[same].append(term)
                open_to.remove(same)
    return found


def is_one_term(told: Sequence[Asked], term: Asked) -> bool:
    """Whether a term is one that was told before: of one role and side, of one class of act or with half of the words in common."""
    first = told[0]
    if first.role != term.role:
        return False
    parties = {one.party.id for one in told if one.party}
    if term.party and parties and term.party.id not in parties:
        return False
    if first.doing and first.doing == term.doing and first.doing in ("cease", "leave", "talk"):
        return True
    known = frozenset(word for one in told for word in one.stems)
    return bool(term.stems) and len(known & term.stems) >= max(1, _ALIKE * min(len(known), len(term.stems)))
