"""Half-open stretches of a report's stored text, in Unicode code points."""

from __future__ import annotations

import msgspec


class Span(msgspec.Struct, frozen=True, order=True, gc=False):
    """`start <= i < end` into the stored text of one report."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of the text that lie in the span."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Whether the other span lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


class Evidence(msgspec.Struct, frozen=True):
    """The sentence (or sentences) that carry a claim; `quote` is always the stored text of the span."""

    start: int
    end: int
    quote: str

    @property
    def span(self) -> Span:
        """Where the evidence stands."""
        return Span(self.start, self.end)


def evidence(text: str, span: Span) -> Evidence:
    """The evidence at this span of the text."""
    return Evidence(span.start, span.end, span.of(text))
