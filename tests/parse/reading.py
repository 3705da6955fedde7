"""The back-references of a text, read by either reader."""

from __future__ import annotations

from counterclaim.clean.segments import lines
from counterclaim.core.mention import Reference
from counterclaim.parse.antecedents import references
from counterclaim.parse.rules import parse
from counterclaim.plugins import Parser


def read(text: str, parser: Parser = parse) -> list[Reference]:
    parsed = parser(text, lines(text))
    return list(references(text, parsed.sentences, parsed.names))


def answers(text: str) -> dict[str, str | None]:
    """The words that refer back, each with what they are said to mean; of the same words the last."""
    return {reference.span.of(text): reference.antecedent.of(text) if reference.antecedent else None for reference in read(text)}
