"""Sentences as tokens in a dependency tree (Universal Dependencies names throughout)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from operator import attrgetter

import msgspec

from counterclaim.core.span import Span


class Token(msgspec.Struct, frozen=True, gc=False):
    """One word of a sentence; `head` is the index of its head in the sentence, -1 for the root."""

    start: int
    end: int
    text: str
    lemma: str
    upos: str
    xpos: str
    head: int
    rel: str

    @property
    def span(self) -> Span:
        """Where the token stands in the report's text."""
        return Span(self.start, self.end)


class Tagged(msgspec.Struct, frozen=True, gc=False):
    """A run of words with a part in an act of speech: SOURCE, CUE or CONTENT. `continues` when it goes on from the sentence before."""

    first: int
    last: int
    role: str
    continues: bool = False


class Role(msgspec.Struct, frozen=True, gc=False):
    """A word that the claim heads read as the head of a slot's filler, and how sure they are (0 to 1)."""

    slot: str
    word: int
    score: float


class Trigger(msgspec.Struct, frozen=True, gc=False):
    """A word that the claim heads read as expressing a claim of this kind, with its roles and the values of its fixed slots.

    `score` and the scores of roles and values are the heads' own probabilities, 0 to 1; `values` maps "slot=value" to one.
    """

    word: int
    kind: str
    score: float
    roles: tuple[Role, ...] = ()
    values: tuple[tuple[str, float], ...] = ()


_start, _end = attrgetter("start"), attrgetter("end")


class Sentence(msgspec.Struct, frozen=True, dict=True):
    """Tokens in order and their tree. `line` is the number of the line of the report it belongs to."""

    tokens: tuple[Token, ...]
    line: int = 0

    @property
    def span(self) -> Span:
        """From the first token to the last."""
        return Span(self.tokens[0].start, self.tokens[-1].end)

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each token the indices of its dependents, in order."""
        below: list[list[int]] = [[] for _ in self.tokens]
        for i, token in enumerate(self.tokens):
            if 0 <= token.head != i:
                below[token.head].append(i)
        return tuple(map(tuple, below))

    @cached_property
    def root(self) -> int:
        """The index of the token that heads the sentence."""
        return next((i for i, token in enumerate(self.tokens) if token.head < 0), 0)

    def subtree(self, i: int, without: frozenset[str] = frozenset()) -> list[int]:
        """The indices of token i and all below it, in order; branches whose relation is in `without` are left out."""
        found, todo = [], [i]
        while todo:
            at = todo.pop()
            found.append(at)
            todo.extend(c for c in self.children[at] if self.tokens[c].rel not in without)
        return sorted(found)

    def ancestors(self, i: int) -> Iterator[int]:
        """The heads above token i, nearest first."""
        seen = 0
        while (i := self.tokens[i].head) >= 0 and seen <= len(self.tokens):
            seen += 1
            yield i

    def at(self, offset: int) -> int | None:
        """The index of the token that holds this offset of the text, or none."""
        found = bisect_right(self.tokens, offset, key=_end)
        return found if found < len(self.tokens) and self.tokens[found].start <= offset else None

    def within(self, span: Span) -> range:
        """The indices of the tokens that meet this stretch of the text."""
        return range(bisect_right(self.tokens, span.start, key=_end), bisect_left(self.tokens, span.end, key=_start))
