"""Where the names of a report's armed groups stand in its text: which of them a stretch of it names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from counterclaim.core.folding import folded

_CHUNK = re.compile(r"\S+")


class Standing:
    """Some folded names with every place where they stand in a text, so that a stretch of it is not read again for each question."""

    def __init__(self, text: str, names: Iterable[str]) -> None:
        self._text = text
        self._names = list(names)
        self._longest = max((len(name.split()) for name in self._names), default=0)
        self._starts: list[int] = []  # of the chunks between blanks
        self._ends: list[int] = []
        self._words: list[str] = []
        self._first: list[int] = [0]  # the first word of each chunk, and past the last
        self._at: dict[str, list[int]] = {name: [] for name in self._names}
        if self._names:
            self._hear()

    def _hear(self) -> None:
        for chunk in _CHUNK.finditer(self._text):
            self._starts.append(chunk.start())
            self._ends.append(chunk.end())
            self._words += folded(chunk.group()).split()
            self._first.append(len(self._words))
        for at in range(len(self._words)):
            for name in _runs(self._words, at, self._longest):
                if name in self._at:
                    self._at[name].append(at)

    def named(self, start: int, end: int) -> Iterator[str]:
        """The names that stand wholly in `text[start:end]`, in the order they were given."""
        if not self._names:
            return
        first, past = bisect_left(self._starts, start), bisect_left(self._starts, end)
        # The chunks that the stretch cuts in two, and the words before and behind, are read as they are cut.
        head = self._cut(start, min(end, self._ends[first - 1])) if first and self._ends[first - 1] > start else []
        tail = []
        if past > first and self._ends[past - 1] > end:
            past -= 1
            tail = self._cut(self._starts[past], end)
        low, high = self._first[first], self._first[past] if past >= first else self._first[first]
        edges = {name for run in self._edges(head, tail, low, high) for at in range(len(run)) for name in _runs(run, at, self._longest)}
        for name in self._names:
            places = self._at[name]
            at = bisect_left(places, low)
            if name in edges or (at < len(places) and places[at] + name.count(" ") < high):
                yield name

    def _cut(self, start: int, end: int) -> list[str]:
        return folded(self._text[start:end]).split()

    def _edges(self, head: list[str], tail: list[str], low: int, high: int) -> Iterator[list[str]]:
        if head:
            yield [*head, *self._words[low : min(low + self._longest, high)], *(tail if high - low <= self._longest else [])]
        if tail:
            yield [*self._words[max(high - self._longest, low) : high], *tail]


def _runs(words: list[str], at: int, longest: int) -> Iterator[str]:
    """The runs of words that begin here, of up to this many words."""
    for n in range(1, min(longest, len(words) - at) + 1):
        yield " ".join(words[at : at + n])
