"""The record as the pages ask it: opened for each request in the thread that answers it, and what it keeps looked up once until it changes."""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import msgspec

from counterclaim.config import Settings
from counterclaim.core.claim import Claim
from counterclaim.core.codec import key as content_key
from counterclaim.core.finding import Finding
from counterclaim.core.link import Link
from counterclaim.core.report import Report
from counterclaim.record import Record
from counterclaim.resolve.registry import Registry
from counterclaim.store import Store
from counterclaim.web import wording

T = TypeVar("T")

PATIENCE = 0.25
"""How long a page may wait for the findings to be brought up to date and looked up, in seconds. On a large record that is being added to,
none would ever be quick."""


class Holdings(msgspec.Struct, frozen=True, dict=True, eq=False):
    """What stands in one state of the record, named by the hash of its last event. Nothing here is ever changed.

    `reports` are without their texts. `findings` are in the order they are listed in; `by_claim` goes from the key of a claim to those
    it stands in. What only some pages need is made when one of them first asks.
    """

    head: str
    took: float
    at: float
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
        """What a page derives from all of this, made once for this state of the record."""
        kept: dict[str, T] = self.__dict__.setdefault("kept", {})
        if name not in kept:
            # One makes it, the others wait for what it made: making it in each of their threads would take them all longer.
            locks: defaultdict[str, threading.RLock] = self.__dict__.setdefault("locks", defaultdict(threading.RLock))
            with locks[name]:
                if name not in kept:
                    kept[name] = make()
        return kept[name]

    def standings(self, claim: str) -> tuple[str, ...]:
        """The standings of the findings a claim stands in, each once."""
        return tuple(sorted({self.findings[key].standing for key in self.by_claim.get(claim, ())}))

    def titled(self, report: str) -> str:
        """What a report is called."""
        known = self.reports.get(report)
        return (known.title if known else None) or report


def holdings(record: Record) -> Holdings:
    """What stands in the record, looked up. The one place where the pages take findings and actors from."""
    began, head = time.monotonic(), record.store.head()
    claims, found, known = record.claims(), record.findings(), record.registry()
    by_claim: defaultdict[str, list[str]] = defaultdict(list)
    for finding in found:
        for claim in sorted({claim for position in finding.positions for claim in position.claims}):
            by_claim[claim].append(finding.key)
    return Holdings(
        head,
        time.monotonic() - began,
        time.monotonic(),
        {report.id: msgspec.structs.replace(report, text="") for report in record.store.reports()},
        {claim.key: claim for claim in claims},
        {finding.key: finding for finding in sorted(found, key=wording.rank)},
        {claim: tuple(keys) for claim, keys in by_claim.items()},
        Counter(each.report for each in claims),
        known,
    )


def _grouped(pairs: Iterable[tuple[str, Link]]) -> dict[str, tuple[Link, ...]]:
    found: defaultdict[str, list[Link]] = defaultdict(list)
    for key, link in pairs:
        found[key].append(link)
    return {key: tuple(links) for key, links in found.items()}


class Desk:
    """One record file and what is asked of it. Safe to ask from several threads; each opens the file for itself."""

    def __init__(self, path: Path, settings: Settings) -> None:
        self.path = path
        self.settings = settings
        self._lock = threading.Lock()
        self._kept: Holdings | None = None
        self._maker: threading.Thread | None = None

    @contextmanager
    def reading(self) -> Iterator[Record]:
        """The record opened for reading, in this thread."""
        with Record(Store.open(self.path, create=False, readonly=True), self.settings) as record:
            yield record

    @contextmanager
    def writing(self) -> Iterator[Record]:
        """The record opened for writing, in this thread."""
        with Record.open(self.path, settings=self.settings) as record:
            yield record

    def holdings(self, record: Record) -> Holdings:
        """What stands in the record. A thread of its own looks it up when it changed; where that takes long, the last is given meanwhile."""
        head, end = record.store.head(), time.monotonic() + PATIENCE
        while True:
            with self._lock:
                if self._kept is None:
                    self._kept = self._made()
                kept = self._kept
                if kept.head == head:
                    return kept
                if self._maker is None or not self._maker.is_alive():
                    self._maker = threading.Thread(target=self._make, args=(kept,), name="deriving", daemon=True)
                    self._maker.start()
                maker = self._maker
            maker.join(max(0.0, end - time.monotonic()))
            if time.monotonic() >= end:
                return self._kept

    def _made(self) -> Holdings:
        """What stands now, the findings brought up to date first. A record opened for itself, as pages have theirs for reading only."""
        with self.writing() as record:
            return holdings(record)

    def _make(self, last: Holdings) -> None:
        if last.took > PATIENCE:
            # Half the time at the most, so that pages are made beside it while a large record is being added to.
            time.sleep(max(0.0, last.took - (time.monotonic() - last.at)))
        made = self._made()
        with self._lock:
            self._kept = made


def version(store: Store, key: str) -> str:
    """What stands for one thing and all that was decided about it: it changes when they do, and not with the rest of the record."""
    events = [event.hash for event in store.events(key)]
    # What takes a judgement back is a judgement about it, and not about the thing.
    decided = [(one.key, [other.key for other in store.judgements(one.key)]) for one in store.judgements(key)]
    return content_key("version", events, decided)
