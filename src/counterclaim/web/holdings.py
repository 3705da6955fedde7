"""What stands in one state of the record, with what pages look up in it and what is made of it once."""

from __future__ import annotations

import gc
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

from counterclaim.core.claim import Claim
from counterclaim.core.finding import Finding
from counterclaim.core.link import Link
from counterclaim.core.report import Report
from counterclaim.record import Record
from counterclaim.resolve.registry import Registry, registry
from counterclaim.web import wording

T = TypeVar("T")
Made_co = TypeVar("Made_co", covariant=True)

# Queries of which a list keeps what meets them.
_LATELY = 24


class Holdings(msgspec.Struct, frozen=True, dict=True, eq=False):
    """What stands in one state of the record, named by the hash of its last event. Nothing here is ever changed.

    `reports` are without their texts. `findings` are in the order they are listed in; `by_claim` goes from the key of a claim to those
    it stands in. `took` is how many seconds it took to look up. What takes long and only some pages need is made when one of them first asks.
    """

    head: str
    took: float
    reports: Mapping[str, Report]
    claims: Mapping[str, Claim]
    findings: Mapping[str, Finding]
    by_claim: Mapping[str, tuple[str, ...]]
    by_report: Mapping[str, int]
    registry: Registry

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Finding, ...]]:
        """The findings about a place or party, or in which it says something, by each name a finding has for it."""
        found: defaultdict[str, list[Finding]] = defaultdict(list)
        for one in self.findings.values():
            place = one.question.get("place")
            for name in sorted(wording.parties(one) | ({place} if place else set())):
                found[name].append(one)
        return {name: tuple(some) for name, some in found.items()}

    @cached_property
    def links_of(self) -> Mapping[str, tuple[Link, ...]]:
        """The links of each report."""
        return _grouped((link.report, link) for link in self.registry.links)

    @cached_property
    def links_to(self) -> Mapping[str, tuple[Link, ...]]:
        """The links to each actor or place, by its key."""
        return _grouped((link.target.key, link) for link in self.registry.links if link.target is not None)

    def named(self, names: Iterable[str]) -> list[Finding]:
        """The findings that have one of these names, each once, in the order they are listed in."""
        keys = {one.key for name in names for one in self.by_name.get(name, ())}
        return [self.findings[key] for key in sorted(keys, key=self.places.__getitem__)]

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each finding stands in the list."""
        return {key: number for number, key in enumerate(self.findings)}

    def keep(self, name: str, make: Callable[[], T]) -> T:
        """What is made of all of this once, and quickly; what takes long is `Derived`."""
        kept: dict[str, T] = self.__dict__.setdefault("kept", {})
        if name not in kept:
            # One makes it, the others wait for what it made: making it in each of their threads would take them all longer.
            locks: defaultdict[str, threading.RLock] = self.__dict__.setdefault("locks", defaultdict(threading.RLock))
            with locks[name]:
                if name not in kept:
                    kept[name] = make()
        return kept[name]

    def lately(self, name: str, query: Hashable, make: Callable[[], T]) -> T:
        """What a page looks up for one query, kept for the next pages of the list while it is among those asked for last."""
        asked: dict[Hashable, T] = self.keep(name, dict)
        found = asked.pop(query, None) or make()
        asked[query] = found
        while len(asked) > _LATELY:
            # Another thread may be doing the same.
            asked.pop(next(iter(asked), None), None)
        return found

    def derive(self, what: Derived[T], record: Record) -> T:
        """What is derived from this state of the record, made where it was not made yet."""
        with unswept():
            return self.keep(what.name, lambda: what.make(record, self))

    def has(self, needs: Iterable[Derived[Any]]) -> bool:
        """Whether all of this is made."""
        return all(one.name in self.__dict__.get("kept", {}) for one in needs)

    def standings(self, claim: str) -> tuple[str, ...]:
        """The standings of the findings a claim stands in, each once."""
        return tuple(sorted({self.findings[key].standing for key in self.by_claim.get(claim, ())}))

    def titled(self, report: str) -> str:
        """What a report is called."""
        known = self.reports.get(report)
        return (known.title if known else None) or report


class Derived(NamedTuple, Generic[Made_co]):
    """Something that takes long to make of all that stands in a record: its name, and how it is made."""

    name: str
    make: Callable[[Record, Holdings], Made_co]


@contextmanager
def unswept() -> Iterator[None]:
    """Look for nothing to throw away meanwhile: nearly all that is made of a record stays, and looking through it again and again takes a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def holdings(record: Record, head: str) -> Holdings:
    """What stands in the record, looked up. The one place where the pages take findings and actors from.

    The findings are those last derived, from the state that `head` names or a later one.
    """
    with unswept():
        return _holdings(record, head)


def _holdings(record: Record, head: str) -> Holdings:
    began = time.monotonic()
    claims, found = record.claims(), list(record.store.derived.findings(None, None))
    reports = {report.id: msgspec.structs.replace(report, text="") for report in record.store.reports()}
    # What `Record.registry` gives, of claims and reports that are at hand already.
    known = registry(record.links(), claims, reports.values(), record.store.judgements())
    by_claim: defaultdict[str, list[str]] = defaultdict(list)
    for finding in found:
        for claim in sorted({claim for position in finding.positions for claim in position.claims}):
            by_claim[claim].append(finding.key)
    made = Holdings(
        head,
        time.monotonic() - began,
        reports,
        {claim.key: claim for claim in claims},
        {finding.key: finding for finding in sorted(found, key=wording.rank)},
        {claim: tuple(keys) for claim, keys in by_claim.items()},
        Counter(each.report for each in claims),
        known,
    )
    # No page should wait while these are made.
    for name in ("by_name", "links_of", "links_to", "places"):
        getattr(made, name)
    return made


def _grouped(pairs: Iterable[tuple[str, Link]]) -> dict[str, tuple[Link, ...]]:
    found: defaultdict[str, list[Link]] = defaultdict(list)
    for key, link in pairs:
        found[key].append(link)
    return {key: tuple(links) for key, links in found.items()}
