"""A text and the claims in it to its paragraphs, each cut into stretches that the same claims rest on, however they overlap."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from counterclaim.clean.segments import lines
from counterclaim.clean.text import cleaned
from counterclaim.core.claim import Claim
from counterclaim.core.report import Line
from counterclaim.core.span import Span
from counterclaim.web.contexts import Card, Segment, TextLine


def marked(text: str, claims: Sequence[Claim], cards: Sequence[Card]) -> Iterator[TextLine]:
    """The paragraphs of a stored text in order, with the cards of the claims that begin in each. Card and claim go by number, from 1.

    A claim whose evidence begins in no paragraph is shown with the next one, so that none is lost.
    """
    found = _lines(text)
    spans = [claim.evidence.span for claim in claims]
    placed = 0
    for number, line in enumerate(found):
        is_last = number + 1 == len(found)
        here = [
            index
            for index in range(placed, len(claims))
            if spans[index].start < line.span.end or is_last  # claims come in the order of their evidence
        ]
        placed += len(here)
        begins = {index: max(spans[index].start, line.span.start) for index in here}
        yield TextLine(
            kind=line.kind, start=line.span.start, segments=tuple(_segments(text, line.span, claims, begins)), cards=tuple(cards[index] for index in here)
        )


def _segments(text: str, line: Span, claims: Sequence[Claim], begins: dict[int, int]) -> Iterator[Segment]:
    meeting = [(index, claim.evidence.span) for index, claim in enumerate(claims) if claim.evidence.span.meets(line)]
    cuts = {line.start, line.end}
    for _, span in meeting:
        cuts |= {max(span.start, line.start), min(span.end, line.end)}
    ordered = sorted(cuts)
    for start, end in itertools.pairwise(ordered):
        inside = [index for index, span in meeting if span.start <= start and end <= span.end]
        yield Segment(
            text=text[start:end],
            numbers=tuple(index + 1 for index in inside),
            begins=tuple(claims[index].key for index, at in sorted(begins.items()) if start <= at < end),
            ends=tuple(index + 1 for index, span in meeting if start < min(span.end, line.end) <= end and span.end <= line.end),
            unsafe=any(not claims[index].quotable for index in inside),
        )


def _lines(text: str) -> list[Line]:
    """The paragraphs of the stored text, told apart as the reader tells them apart."""
    clean = cleaned(text)
    found = [Line(Span(clean.back(line.span.start), clean.back_end(line.span.end)), line.kind) for line in lines(clean.text)]
    return found or [Line(Span(0, len(text)), "paragraph")]
