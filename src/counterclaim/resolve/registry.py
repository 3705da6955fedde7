"""The links of a record's reports to its registry of actors: who is who across reports.

What it captures: one key is one actor; spellings of one full name are one where nothing speaks against it (two sides, two reports' worth
of given names); what a person merged or split, until that is withdrawn.
What it does not: join a surname to a full name of another report, or two names that only may be one: those are listed as possible.
Example: "Belal Kareemi" in one report and "Bilal Karimi" in another, both for the Taliban, are one; so are not two of two sides.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from counterclaim.core.actor import Known, Tie
from counterclaim.core.claim import Claim
from counterclaim.core.index import MemoryIndex
from counterclaim.core.judgement import Judgement
from counterclaim.core.link import Candidate, Link
from counterclaim.core.report import Report
from counterclaim.resolve.merging import Group, Merging, called, judged, names_in, sides_in, siding


class Registry(NamedTuple):
    """The actors of a record, and its links with every target brought to the one key of its actor."""

    actors: tuple[Known, ...]
    links: tuple[Link, ...]


def registry(links: Iterable[Link], claims: Iterable[Claim] = (), reports: Iterable[Report] = (), judgements: Iterable[Judgement] = ()) -> Registry:
    """The registry of these links. The order of what comes in changes nothing; judgements that were withdrawn must be left out or be there with what withdraws them."""
    ordered = sorted(links, key=lambda link: (link.report, link.kind, link.words))
    told = list(claims)
    index = MemoryIndex()
    by_report: defaultdict[str, tuple[list[Link], list[Claim]]] = defaultdict(lambda: ([], []))
    for link in ordered:
        by_report[link.report][0].append(link)
    for claim in told:
        by_report[claim.report][1].append(claim)
    names: Counter[tuple[str, str]] = Counter()
    sides: Counter[tuple[str, str]] = Counter()
    for its_links, its_claims in by_report.values():
        names.update(names_in(its_links))
        sides.update(sides_in(its_links, its_claims))
    # What many reports name is worked out once. In which reports a name is, no group asks.
    for (key, name), times in names.items():
        index.post(called(key, name), times)
    for (key, name), times in sides.items():
        index.post((siding(key, name),), times)
    merging = Merging(index, judged(judgements))
    alike = _Alike()
    return Registry(known(ordered, told, reports, merging), tuple(alike.link(merging.brought(link)) for link in ordered))


class _Alike:
    """Links that share what is alike in them: those of a large record, each with words of its own, take four times the room."""

    def __init__(self) -> None:
        self._words: dict[str, str] = {}
        self._targets: dict[Candidate, Candidate] = {}

    def link(self, link: Link) -> Link:
        """The same link."""
        words, target = self._words.setdefault, link.target
        return Link(
            words(link.report, link.report),
            words(link.words, link.words),
            link.kind,
            self._targets.setdefault(target, target) if target is not None else None,
            words(link.because, link.because),
            link.candidates,
            link.flag,
        )


def known(links: Sequence[Link], claims: Iterable[Claim], reports: Iterable[Report], merging: Merging) -> tuple[Known, ...]:
    """The actors that these links name, in the order of their keys."""
    heard = _heard(links)
    ties = _ties(links, claims, {report.id: report.published.day for report in reports})
    groups = {group.top: group for key in sorted(heard) if (group := merging.group(key))}
    return tuple(_known(group, heard, ties, merging) for _, group in sorted(groups.items()))


def _heard(links: Sequence[Link]) -> dict[str, list[tuple[str, str, str]]]:
    """For each key the (report, words, name) it was linked from; places and parts of actors left out."""
    found: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for link in links:
        if link.kind == "actor" and link.target is not None and "#" not in link.target.key:
            found[link.target.key].append((link.report, link.words, link.target.name))
    return dict(found)


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


def _known(group: Group, heard: Mapping[str, Sequence[tuple[str, str, str]]], ties: Mapping[str, set[Tie]], merging: Merging) -> Known:
    uses = [use for key in group.keys for use in heard.get(key, ())]
    of_these = {tie for key in group.keys for tie in ties.get(key, ())}
    kind = "group" if group.top.startswith("actor:") else "person" if any(tie.relation == "speaks for" for tie in of_these) else "unknown"
    return Known(
        group.top,
        group.name,
        kind,  # type: ignore[arg-type]
        tuple(sorted({words for _, words, _ in uses} | {shown for _, _, shown in uses})),
        tuple(sorted({report for report, _, _ in uses})),
        tuple(sorted(of_these, key=lambda tie: (tie.relation, tie.to, tie.report))),
        tuple((key, why) for key, why in group.joined if key in heard),
        tuple(sorted({(merging.group(other).top, why) for other, why in group.maybe})),
    )
