"""Turn quoted sentences without a cue of their own into acts of whoever spoke the sentences around them.

What it captures: the other sentences of the same quotation, then those of the paragraph, then the sentences before.

What it does not: quotations with nobody near who speaks.

Example: "“We left at dawn,” Omar Sesse said. “The road was open.”" → the second sentence is Omar Sesse's too.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from counterclaim.attribute.quotes import Quotation
from counterclaim.core.nearby import Nearby
from counterclaim.core.span import Span
from counterclaim.core.syntax import Sentence
from counterclaim.core.voice import Attribution


def carried(text: str, sentences: Sequence[Sentence], quotations: Sequence[Quotation], found: Sequence[Attribution]) -> Iterator[Attribution]:
    """Quoted sentences without a cue of their own belong to the speaker of the quotation's neighbours."""
    by_sentence: dict[int, list[Attribution]] = {}
    for a in found:
        by_sentence.setdefault(a.sentence, []).append(a)
    voiced = sorted(by_sentence)
    speech = Nearby((q, (q.span,)) for q in quotations if q.is_speech)
    covered = Nearby((c, (c,)) for a in found for c in a.content)
    for number, sentence in enumerate(sentences):
        span = sentence.span
        inside = next(
            (
                q
                for q in speech.of(span)
                if q.span.start <= span.start + 2 and min(span.end, q.span.end) - max(span.start, q.span.start) > 0.6 * (span.end - span.start)
            ),
            None,
        )
        if inside is None or any(c.meets(span) and min(c.end, span.end) - max(c.start, span.start) > 0.5 * (span.end - span.start) for c in covered.of(span)):
            continue
        speaker = _neighbour(number, sentences, by_sentence, voiced, inside)
        if speaker is not None:
            voice = speaker.voice
            yield Attribution(
                sentence=number,
                source=speaker.source,
                cue=speaker.cue,
                content=(Span(max(span.start, inside.span.start), min(span.end, inside.span.end)),),
                act="asserts",
                voice=voice,
                carried=True,
            )


def _neighbour(
    number: int, sentences: Sequence[Sentence], by_sentence: dict[int, list[Attribution]], voiced: Sequence[int], inside: Quotation
) -> Attribution | None:
    """The act of speech that a quotation's sentence goes on from; `voiced` are the sentences that have one, in order."""

    def spoken(k: int) -> Attribution | None:
        options = [a for a in by_sentence.get(k, ()) if a.voice.manner in ("direct", "mixed")] or by_sentence.get(k, [])
        return options[0] if options else None

    line = sentences[number].line
    # The same quotation's other sentences first (its cue may follow), then the paragraph's, then the one before.
    after = bisect_right(voiced, number)
    for k in (*voiced[after : after + 1], *(k for k in voiced[max(after - 2, 0) : after][::-1] if k < number)):
        if sentences[k].line == line and sentences[k].span.meets(inside.span):
            return spoken(k)
    for k in range(number - 1, max(-1, number - 6), -1):
        if sentences[k].line == line and spoken(k):
            return spoken(k)
    for k in range(number + 1, min(len(sentences), number + 3)):
        if sentences[k].line == line and spoken(k):
            return spoken(k)
    for k in range(number - 1, max(-1, number - 4), -1):
        if spoken(k):
            return spoken(k)
    return None
