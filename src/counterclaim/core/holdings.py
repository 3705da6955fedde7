"""What is kept of the reports side by side: an index, what each report posted to it, and the findings of each block."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

import msgspec

from counterclaim.core.finding import Finding
from counterclaim.core.index import Index, MemoryIndex, Posting


class Posted(msgspec.Struct, frozen=True, array_like=True):
    """What one report added to the index, by step; and the keys of its claims at the time."""

    linked: tuple[Posting, ...] = ()
    said: tuple[Posting, ...] = ()
    hints: tuple[Posting, ...] = ()
    blocks: tuple[Posting, ...] = ()
    claims: tuple[str, ...] = ()


NOTHING = Posted()


class Holdings(Protocol):
    """Where findings and the index they come from are kept; derived, so that it may be made again at any time."""

    @property
    def index(self) -> Index:
        """The index of all that was posted."""

    def is_empty(self) -> bool:
        """Whether no report was ever posted."""

    def change(self, come: Iterable[Posting], gone: Iterable[Posting]) -> None:
        """Post what comes and take out what goes."""

    def posted(self, report: str) -> Posted:
        """What a report posted; nothing where it was never there."""

    def post(self, report: str, posted: Posted) -> None:
        """Remember what a report posted."""

    def replace(self, block: str, found: Sequence[Finding]) -> None:
        """Put these findings in the place of those of a block."""


class MemoryHoldings:
    """Holdings in memory."""

    def __init__(self) -> None:
        self._index = MemoryIndex()
        self._posted: dict[str, Posted] = {}
        self._found: dict[str, tuple[Finding, ...]] = {}

    @property
    def index(self) -> MemoryIndex:
        """The index of all that was posted."""
        return self._index

    def is_empty(self) -> bool:
        """Whether no report was ever posted."""
        return not self._posted

    def change(self, come: Iterable[Posting], gone: Iterable[Posting]) -> None:
        """Post what comes and take out what goes."""
        self._index.change(come, gone)

    def posted(self, report: str) -> Posted:
        """What a report posted; nothing where it was never there."""
        return self._posted.get(report, NOTHING)

    def post(self, report: str, posted: Posted) -> None:
        """Remember what a report posted."""
        self._posted[report] = posted
        if posted == NOTHING:
            del self._posted[report]

    def replace(self, block: str, found: Sequence[Finding]) -> None:
        """Put these findings in the place of those of a block."""
        self._found[block] = tuple(found)

    def findings(self) -> Iterator[Finding]:
        """All findings, in no order that means anything."""
        for name in sorted(self._found):
            yield from self._found[name]


class Draft:
    """Holdings as they would be after some changes, which touch nothing until they are put in."""

    def __init__(self, under: Holdings) -> None:
        self._under = under
        self._changes: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._posted: dict[str, Posted] = {}
        self._found: dict[str, tuple[Finding, ...]] = {}

    @property
    def index(self) -> Draft:
        """The index of all that was posted."""
        return self

    def items(self, space: str, term: str) -> Mapping[str, int]:
        """The items under a term, with how many times each was posted."""
        kept = self._under.index.items(space, term)
        changes = self._changes.get((space, term))
        if not changes:
            return kept
        found = Counter(kept)
        found.update(changes)
        return {item: n for item, n in found.items() if n > 0}

    def is_empty(self) -> bool:
        """Whether no report was ever posted."""
        return not self._posted and self._under.is_empty()

    def change(self, come: Iterable[Posting], gone: Iterable[Posting]) -> None:
        """Post what comes and take out what goes."""
        for sign, postings in ((1, come), (-1, gone)):
            for space, term, item in postings:
                self._changes[space, term][item] += sign

    def posted(self, report: str) -> Posted:
        """What a report posted; nothing where it was never there."""
        return self._posted[report] if report in self._posted else self._under.posted(report)

    def post(self, report: str, posted: Posted) -> None:
        """Remember what a report posted."""
        self._posted[report] = posted

    def replace(self, block: str, found: Sequence[Finding]) -> None:
        """Put these findings in the place of those of a block."""
        self._found[block] = tuple(found)

    def put_in(self, holdings: Holdings) -> None:
        """Make the changes in holdings that are as those were which this was drafted on."""
        come = Counter({Posting(*at, item): n for at, items in self._changes.items() for item, n in items.items() if n > 0})
        gone = Counter({Posting(*at, item): -n for at, items in self._changes.items() for item, n in items.items() if n < 0})
        holdings.change(sorted(come.elements()), sorted(gone.elements()))
        for report, posted in sorted(self._posted.items()):
            holdings.post(report, posted)
        for block, found in sorted(self._found.items()):
            holdings.replace(block, found)
