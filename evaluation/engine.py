"""What the measurements ask of the engine: the sentences of one document in, trees and names out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol


class Tree(Protocol):
    """One sentence as the engine read it; `heads` are indices in the sentence, -1 for the root, `names` (start, end, type)."""

    @property
    def upos(self) -> Sequence[str]:
        """The universal part of speech of each word."""

    @property
    def heads(self) -> Sequence[int]:
        """The head of each word."""

    @property
    def rels(self) -> Sequence[str]:
        """The relation of each word to its head, subtype and all."""

    @property
    def names(self) -> Sequence[tuple[int, int, str]]:
        """The proper names, by their words."""


# The sentences of one document, and of each whether it opens a paragraph → a tree a sentence.
ReadTrees = Callable[[Sequence[Sequence[str]], Sequence[bool]], Sequence[Tree]]


def trained(weights: Path | None = None) -> ReadTrees:
    """Return the engine with the shipped weights, or with those in this folder."""
    from counterclaim.parse.engine import Engine

    return Engine(weights, claims=False).read
