"""Keys of actors to those that are one across reports, looked up around one of them.

What a report adds to the index is told by its own links and claims alone (`postings`), so a report touches only the keys near its own.
The rules are told at `registry.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from counterclaim.core.claim import Claim
from counterclaim.core.folding import folded, skeleton
from counterclaim.core.index import Index, Posting
from counterclaim.core.judgement import Judgement
from counterclaim.core.link import Candidate, Link
from counterclaim.resolve.spellings import likeness

# How alike two full names must be to be joined without another ground, and with one (the same side).
_ALIKE, _ALIKE_WITH_SIDE = 0.9, 0.7


class Judged(NamedTuple):
    """The pairs of keys that a person holds to be one, and two."""

    merges: Mapping[str, frozenset[str]]
    splits: frozenset[frozenset[str]]


class Group(NamedTuple):
    """Keys that are one actor: the one that stands for all, the name it is shown by, why each was joined, and who else it may be."""

    top: str
    name: str
    keys: tuple[str, ...]
    joined: tuple[tuple[str, str], ...]
    maybe: tuple[tuple[str, str], ...]


def postings(report: str, links: Iterable[Link], claims: Iterable[Claim]) -> Iterator[Posting]:
    """What a report adds: the names each key has in it, the endings of full names, and whom each speaks for."""
    links = list(links)
    named = names_in(links)
    for key, name in sorted(named):
        yield from called(key, name)
    yield from (Posting("who.in", key, report) for key in sorted({key for key, _ in named}))
    for key, name in sorted(sides_in(links, claims)):
        yield siding(key, name)


def names_in(links: Iterable[Link]) -> set[tuple[str, str]]:
    """The keys of the actors that a report links words to, with the names it has for them; parts of actors left out."""
    return {(link.target.key, link.target.name) for link in links if link.kind == "actor" and link.target is not None and "#" not in link.target.key}


def called(key: str, name: str) -> Iterator[Posting]:
    """What a name that a report has for an actor adds."""
    yield Posting("who.name", key, name)
    plain = folded(name)
    if not key.startswith("actor:") and " " in plain:
        yield Posting("who.surname", skeleton(plain.split()[-1]), key)


def sides_in(links: Iterable[Link], claims: Iterable[Claim]) -> set[tuple[str, str]]:
    """The keys of the actors that speak for somebody in a report, with the names of those they speak for."""
    targets = {link.words: link.target for link in links if link.kind == "actor" and link.target is not None}
    return {
        (who.key, side.name if (side := targets.get(voice.speaks_for)) else voice.speaks_for)
        for claim in claims
        for voice in claim.chain[1:]
        if voice.speaks_for and (who := targets.get(voice.name or "")) is not None
    }


def siding(key: str, name: str) -> Posting:
    """What a side that an actor speaks for in a report adds."""
    return Posting("who.side", key, folded(name))


def judged(judgements: Iterable[Judgement]) -> Judged:
    """The pairs that stand merged and split: the later judgement of a pair goes before, a withdrawn one counts for nothing."""
    listed = sorted(judgements, key=lambda j: (j.moment, j.key))
    gone = {j.about for j in listed if j.decision == "withdraw"}
    stands: dict[frozenset[str], str] = {}
    for judgement in listed:
        if judgement.decision in ("merge", "split") and judgement.key not in gone and judgement.value:
            stands[frozenset((judgement.about, judgement.value))] = judgement.decision
    merges: dict[str, set[str]] = {}
    for pair, decision in stands.items():
        if decision == "merge" and len(pair) == 2:
            one, other = sorted(pair)
            merges.setdefault(one, set()).add(other)
            merges.setdefault(other, set()).add(one)
    return Judged({key: frozenset(others) for key, others in merges.items()}, frozenset(pair for pair, what in stands.items() if what == "split"))


class Merging:
    """Which keys are one, looked up in an index. Answers are remembered: a changed index needs a new one."""

    def __init__(self, index: Index, decided: Judged) -> None:
        self._index = index
        self._decided = decided
        self._groups: dict[str, Group] = {}
        self._beside: dict[str, tuple[dict[str, str], dict[str, str]]] = {}
        self._shown: dict[str, str] = {}

    def group(self, key: str) -> Group:
        """The group of a key; of itself alone where nothing joins it to another."""
        if key not in self._groups:
            found, waiting = {key}, [key]
            joined: dict[str, str] = {}
            while waiting:
                for other, why in sorted(self._joins(waiting.pop())[0].items()):
                    joined.setdefault(other, why)
                    if other not in found:
                        found.add(other)
                        waiting.append(other)
            keys = tuple(sorted(found))
            # A key of the table stands for all, for it is the same in every record.
            top = min(keys, key=lambda one: (not one.startswith("actor:"), one))
            maybe = {(other, why) for one in keys for other, why in self._joins(one)[1].items() if other not in found}
            reasons = tuple((one, joined.get(one) or joined[top]) for one in keys if one != top)
            group = Group(top, self._name(keys), keys, reasons, tuple(sorted(maybe)))
            self._groups.update(dict.fromkeys(keys, group))
        return self._groups[key]

    def knows(self, key: str) -> bool:
        """Whether the group of a key was looked up."""
        return key in self._groups

    def brought(self, link: Link) -> Link:
        """The link with its target under the one key of its actor."""
        if link.kind != "actor" or link.target is None:
            return link
        key, name = self.target(link.target.key, link.target.name)
        if (key, name) == (link.target.key, link.target.name):
            return link
        return Link(link.report, link.words, link.kind, Candidate(name, key, link.target.score), link.because, link.candidates, link.flag)

    def target(self, key: str, name: str) -> tuple[str, str]:
        """The one key of the actor of a key and the name it is shown by; a part of an actor ("#…") keeps its own name."""
        base, mark, part = key.partition("#")
        group = self.group(base)
        return f"{group.top}{mark}{part}", name if mark or not group.name else group.name

    def _joins(self, key: str) -> tuple[dict[str, str], dict[str, str]]:
        """The keys that are the same as this one, and those that may be, each with the reason."""
        if key not in self._beside:
            same = dict.fromkeys(self._decided.merges.get(key, ()), "a person judged them one")
            maybe: dict[str, str] = {}
            for other in self._alike(key):
                like = likeness(*sorted((self._show(key), self._show(other))), "person")
                if not like.same or frozenset((key, other)) in self._decided.splits:
                    continue
                sides = [set(self._index.items("who.side", one)) for one in (key, other)]
                if all(sides) and sides[0].isdisjoint(sides[1]):
                    continue
                if like.score >= (_ALIKE_WITH_SIDE if all(sides) else _ALIKE):
                    ground = "and they speak for one side" if all(sides) else "and nothing in the reports speaks against it"
                    same.setdefault(other, f"spelled alike ({like.because}), {ground}")
                else:
                    maybe[other] = f"spelled alike ({like.because}); no report ties the two"
            self._beside[key] = same, maybe
        return self._beside[key]

    def _alike(self, key: str) -> list[str]:
        """Keys of no table whose full names end alike: what is worth comparing."""
        plain = folded(self._show(key))
        if key.startswith("actor:") or " " not in plain:
            return []
        end = skeleton(plain.split()[-1])
        others = (other for other in self._index.items("who.surname", end) if other != key)
        return sorted(other for other in others if " " in (name := folded(self._show(other))) and skeleton(name.split()[-1]) == end)

    def _show(self, key: str) -> str:
        if key not in self._shown:
            self._shown[key] = self._name((key,))
        return self._shown[key]

    def _name(self, keys: Iterable[str]) -> str:
        """The name most reports have; of several the longest, then the first. Empty where no report names the actor."""
        votes: dict[str, int] = {}
        for key in keys:
            for name, count in self._index.items("who.name", key).items():
                votes[name] = votes.get(name, 0) + count
        return max(sorted(votes), key=lambda name: (votes[name], len(name)), default="")


def moved(before: Merging, after: Merging, changed: Iterable[Posting]) -> set[str]:
    """The keys whose group these postings changed. `before` must have looked up the groups of all keys in them while they were as before."""
    touched = {posting.item if posting.space == "who.surname" else posting.term for posting in changed}
    near = {one for key in touched for merging in (before, after) for one in merging.group(key).keys}
    # A key that was in no group looked up before stood alone, or in one that none of these keys was in.
    return {key for key in near if not before.knows(key) or before.group(key)[:2] != after.group(key)[:2]}
