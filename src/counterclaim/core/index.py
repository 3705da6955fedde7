"""Facts of reports to what can be looked up by them: a multimap that counts, so that a report's share can be taken out again.

`space` says what is looked up, `term` by what, `item` what is found. The same value serves in memory and on disk (`store/derived.py`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol


class Posting(NamedTuple):
    """One entry: under this term of this space, this item is found."""

    space: str
    term: str
    item: str


class Index(Protocol):
    """What was posted and not taken out again."""

    def items(self, space: str, term: str) -> Mapping[str, int]:
        """The items under a term, with how many times each was posted."""


class MemoryIndex:
    """An index held in memory."""

    def __init__(self) -> None:
        self._items: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)

    def items(self, space: str, term: str) -> Mapping[str, int]:
        """The items under a term, with how many times each was posted."""
        return self._items.get((space, term), {})

    def post(self, come: Iterable[Posting], times: int = 1) -> None:
        """Post what comes, each posting so many times."""
        for space, term, item in come:
            self._items[space, term][item] += times

    def change(self, come: Iterable[Posting], gone: Iterable[Posting] = ()) -> None:
        """Post what comes and take out what goes; each posting counts once."""
        for sign, postings in ((1, come), (-1, gone)):
            for space, term, item in postings:
                under = self._items[space, term]
                under[item] += sign
                if under[item] <= 0:
                    del under[item]
                    if not under:
                        del self._items[space, term]
