"""The seams where other people's code comes in. Built-ins enter by the same door; nothing registers itself on import."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from counterclaim.core.mention import Name
from counterclaim.core.report import Line
from counterclaim.core.syntax import Sentence, Tagged, Trigger


class Parsed(Protocol):
    """What a parser hands on: sentences in order and the proper names in the text."""

    @property
    def sentences(self) -> Sequence[Sentence]:
        """The report's sentences, in order."""

    @property
    def names(self) -> Sequence[Name]:
        """The proper names, in order."""

    @property
    def tagged(self) -> Sequence[Sequence[Tagged]]:
        """For each sentence its runs of words with a part in an act of speech; empty when the parser tags none."""

    @property
    def triggers(self) -> Sequence[Sequence[Trigger]]:
        """For each sentence the words that may express a claim; empty when the parser looks for none."""


class Parser(Protocol):
    """Turns the text of a report, with its lines told apart, into sentences and names."""

    def __call__(self, text: str, lines: Iterable[Line]) -> Parsed:
        """Every sentence lies in one line; lines that carry no report (boilerplate, related links) give none."""
