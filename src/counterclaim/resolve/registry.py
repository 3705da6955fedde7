"""The links of a record's reports to its registry of actors: who is who across reports.

What it captures: one key is one actor; spellings of one full name are one where nothing speaks against it (two sides, two reports' worth
of given names); what a person merged or split, until that is withdrawn.
What it does not: join a surname to a full name of another report, or two names that only may be one: those are listed as possible.
Example: "Belal Kareemi" in one report and "Bilal Karimi" in another, both for the Taliban, are one; so are not two of two sides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from counterclaim.core.actor import Known, Tie
from counterclaim.core.claim import Claim
from counterclaim.core.folding import folded, skeleton
from counterclaim.core.judgement import Judgement
from counterclaim.core.link import Candidate, Link
from counterclaim.core.report import Report
from counterclaim.resolve.spellings import likeness

# How alike two full names must be to be joined without another ground, and with one (the same side).
_ALIKE, _ALIKE_WITH_SIDE = 0.9, 0.7


class Registry(NamedTuple):
    """The actors of a record, and its links with every target brought to the one key of its actor."""

    actors: tuple[Known, ...]
    links: tuple[Link, ...]


def registry(links: Iterable[Link], claims: Iterable[Claim] = (), reports: Iterable[Report] = (), judgements: Iterable[Judgement] = ()) -> Registry:
    """The registry of these links. The order of what comes in changes nothing; judgements that were withdrawn must be left out or be there with what withdraws them."""
    ordered = sorted(links, key=lambda link: (link.report, link.kind, link.words))
    heard = _heard(ordered)
    days = {report.id: report.published.day for report in reports}
    ties = _ties(ordered, claims, days)
    merges, splits = _judged(judgements)
    above: dict[str, tuple[str, str]] = {}
    possible: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for one, other in _pairs(heard):
        name, like = _shown(heard[one]), likeness(_shown(heard[one]), _shown(heard[other]), "person")
        if not like.same or frozenset((one, other)) in splits:
            continue
        sides = [{folded(tie.to) for tie in ties.get(key, ()) if tie.relation == "speaks for"} for key in (one, other)]
        if all(sides) and sides[0].isdisjoint(sides[1]):
            continue
        if like.score >= (_ALIKE_WITH_SIDE if all(sides) else _ALIKE):
            ground = "and they speak for one side" if all(sides) else "and nothing in the reports speaks against it"
            _join(above, one, other, f"spelled alike ({like.because}), {ground}")
        else:
            possible[one].add((other, f"spelled alike ({like.because}) as {name}; no report ties the two"))
            possible[other].add((one, f"spelled alike ({like.because}); no report ties the two"))
    for one, other in sorted(tuple(sorted(pair)) for pair in merges):
        _join(above, one, other, "a person judged them one")
    tops = {key: _top(above, key) for key in heard}
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for key in sorted(heard):
        groups[tops[key]].append(key)
    names = {top: _shown([use for key in keys for use in heard[key]]) for top, keys in groups.items()}
    actors = tuple(_known(top, keys, names[top], heard, ties, above, possible) for top, keys in sorted(groups.items()))
    return Registry(actors, tuple(_brought(link, tops, names) for link in ordered))


def _heard(links: Sequence[Link]) -> dict[str, list[tuple[str, str, str]]]:
    """For each key the (report, words, name) it was linked from; places and parts of actors left out."""
    found: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for link in links:
        if link.kind == "actor" and link.target is not None and "#" not in link.target.key:
            found[link.target.key].append((link.report, link.words, link.target.name))
    return dict(found)


def _pairs(heard: Mapping[str, Sequence[tuple[str, str, str]]]) -> list[tuple[str, str]]:
    """Pairs of actors of no table whose full names end alike: what is worth comparing, near linear in the names."""
    blocks: defaultdict[str, set[str]] = defaultdict(set)
    for key, uses in heard.items():
        name = folded(_shown(uses))
        if not key.startswith("actor:") and " " in name:
            blocks[skeleton(name.split()[-1])].add(key)
    return sorted({(one, other) for block in blocks.values() for one in block for other in block if one < other})


def _shown(uses: Sequence[tuple[str, str, str]]) -> str:
    """The name most reports have; of several the longest, then the first."""
    votes: defaultdict[str, set[str]] = defaultdict(set)
    for report, _, name in uses:
        votes[name].add(report)
    return max(sorted(votes), key=lambda name: (len(votes[name]), len(name)))


def _ties(links: Sequence[Link], claims: Iterable[Claim], days: Mapping[str, object]) -> dict[str, set[Tie]]:
    """What voices are to whom they speak for, and their roles, by the key of the voice."""
    targets = {(link.report, link.words): link.target for link in links if link.kind == "actor" and link.target is not None}
    found: defaultdict[str, set[Tie]] = defaultdict(set)
    for claim in claims:
        for voice in claim.chain[1:]:
            who = targets.get((claim.report, voice.name or ""))
            if who is None:
                continue
            day = days.get(claim.report)
            when = {"day": day} if day is not None else {}
            if voice.speaks_for:
                side = targets.get((claim.report, voice.speaks_for))
                found[who.key].add(Tie("speaks for", side.name if side else voice.speaks_for, claim.report, **when))  # type: ignore[arg-type]
            if voice.role:
                found[who.key].add(Tie("role", voice.role, claim.report, **when))  # type: ignore[arg-type]
    return dict(found)


def _judged(judgements: Iterable[Judgement]) -> tuple[set[frozenset[str]], set[frozenset[str]]]:
    """The pairs of keys that stand merged and split: the later judgement of a pair goes before, a withdrawn one counts for nothing."""
    listed = sorted(judgements, key=lambda j: (j.at, j.key))
    gone = {j.about for j in listed if j.decision == "withdraw"}
    stands: dict[frozenset[str], str] = {}
    for judgement in listed:
        if judgement.decision in ("merge", "split") and judgement.key not in gone and judgement.value:
            stands[frozenset((judgement.about, judgement.value))] = judgement.decision
    return {pair for pair, what in stands.items() if what == "merge"}, {pair for pair, what in stands.items() if what == "split"}


def _join(above: dict[str, tuple[str, str]], one: str, other: str, why: str) -> None:
    a, b = _top(above, one), _top(above, other)
    if a != b:
        # A key of the table stays on top, for it is the same in every record.
        lower, upper = sorted((a, b), key=lambda key: (not key.startswith("actor:"), key), reverse=True)
        above[lower] = (upper, why)


def _top(above: Mapping[str, tuple[str, str]], key: str) -> str:
    while key in above:
        key = above[key][0]
    return key


def _known(
    top: str,
    keys: Sequence[str],
    name: str,
    heard: Mapping[str, Sequence[tuple[str, str, str]]],
    ties: Mapping[str, set[Tie]],
    above: Mapping[str, tuple[str, str]],
    possible: Mapping[str, set[tuple[str, str]]],
) -> Known:
    uses = [use for key in keys for use in heard[key]]
    of_these = {tie for key in keys for tie in ties.get(key, ())}
    kind = "group" if top.startswith("actor:") else "person" if any(tie.relation == "speaks for" for tie in of_these) else "unknown"
    maybe = {(_top(above, other), why) for key in keys for other, why in possible.get(key, ()) if _top(above, other) != top}
    return Known(
        top,
        name,
        kind,  # type: ignore[arg-type]
        tuple(sorted({words for _, words, _ in uses} | {shown for _, _, shown in uses})),
        tuple(sorted({report for report, _, _ in uses})),
        tuple(sorted(of_these, key=lambda tie: (tie.relation, tie.to, tie.report))),
        tuple((key, above[key][1]) for key in keys if key in above),
        tuple(sorted(maybe)),
    )


def _brought(link: Link, tops: Mapping[str, str], names: Mapping[str, str]) -> Link:
    """The link with its target under the one key of its actor."""
    if link.kind != "actor" or link.target is None:
        return link
    base, mark, part = link.target.key.partition("#")
    top = tops.get(base, base)
    if top == base and (mark or link.target.name == names.get(top, link.target.name)):
        return link
    name = link.target.name if mark else names.get(top, link.target.name)
    return msgspec.structs.replace(link, target=Candidate(name, f"{top}{mark}{part}", link.target.score))
