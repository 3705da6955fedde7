"""What is kept of the reports side by side: an index, what each report posted to it, and the findings of each block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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

    def findings(self) -> Iterator[Finding]:
        """All findings, in the order of their questions."""


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
