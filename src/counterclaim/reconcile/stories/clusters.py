"""Scored pairs of events to clusters: the likeliest first, and never across a contradiction or a person's word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from counterclaim.core.story import Join
from counterclaim.reconcile.decisions import Pair as Decided
from counterclaim.reconcile.names import Names
from counterclaim.reconcile.stories.events import Event
from counterclaim.reconcile.stories.likeness import Pair, Profile, both, contradiction, profile


class Cluster:
    """A group of events on its way to a story."""

    def __init__(self, member: int, told: Profile) -> None:
        self.members = [member]
        self.profile = told
        self.joins: list[Join] = []
        self.judged: set[str] = set()
        self.apart: set[int] = set()


class Clusters:
    """All events, each in one cluster. What decides is what the whole clusters say, so a chain of likenesses cannot lead astray."""

    def __init__(self, events: Sequence[Event], names: Names) -> None:
        self._events = events
        self._names = names
        self._of = [Cluster(i, profile(event)) for i, event in enumerate(events)]

    def decide(self, decided: Iterable[Decided]) -> None:
        """Do as a person said. The latest decisions come first; what would undo one of them is passed over."""
        at = {event.key: i for i, event in enumerate(self._events)}
        for one in decided:
            a, b = at.get(one.a), at.get(one.b)
            if a is None or b is None:
                continue
            if one.is_merge and not self._are_kept_apart(a, b):
                self._join(a, b, 1.0, "a person put them together")
                self._of[a].judged.add(one.judgement)
            elif not one.is_merge and self._of[a] is not self._of[b]:
                for here, there in ((a, b), (b, a)):
                    self._of[here].apart.add(there)
                    self._of[here].judged.add(one.judgement)

    def merge(self, pairs: Iterable[Pair]) -> None:
        """Join what is likely enough, the likeliest first; of equal scores those of the smaller keys."""
        for pair in sorted(pairs, key=lambda pair: (-pair.score, self._events[pair.a].key, self._events[pair.b].key)):
            if self.can_meet(pair.a, pair.b):
                self._join(pair.a, pair.b, pair.score, pair.because)

    def can_meet(self, a: int, b: int) -> bool:
        """Whether nothing speaks against the two events being one, as their clusters now stand."""
        one, other = self._of[a], self._of[b]
        return one is other or not (self._are_kept_apart(a, b) or contradiction(self._names, one.profile, other.profile))

    def all(self) -> list[Cluster]:
        """The clusters, in the order of their first events."""
        return list({id(cluster): cluster for cluster in self._of}.values())

    def _are_kept_apart(self, a: int, b: int) -> bool:
        return any(self._of[i] is self._of[b] for i in self._of[a].apart)

    def _join(self, a: int, b: int, score: float, because: str) -> None:
        one, other = self._of[a], self._of[b]
        if one is other:
            return
        # The smaller goes into the larger, so that no event moves more than a few times.
        large, small = (one, other) if len(one.members) >= len(other.members) else (other, one)
        first, second = (one, other) if min(one.members) < min(other.members) else (other, one)
        large.profile = both(first.profile, second.profile)
        x, y = sorted((self._events[a].key, self._events[b].key))
        large.joins += [*small.joins, Join(x, y, score, because)]
        large.judged |= small.judged
        large.apart |= small.apart
        large.members += small.members
        for i in small.members:
            self._of[i] = large
