"""Turn words of a sentence into the stretches of text that an act of speech is made of: its source and its content.

What it captures: runs of neighbouring words without punctuation at their ends; the noun phrase of a source with its titles
and appositions; whether a content is quoted, told, or both.

What it does not: relative clauses behind a source; a number or a deed joined to a source, which belongs to what is said.

Example: "Colonel Aziz Rahmani, a spokesman for the army, who …" → "Colonel Aziz Rahmani, a spokesman for the army".
"""

from __future__ import annotations

from collections.abc import Sequence

from counterclaim.attribute.quotes import Quotation
from counterclaim.core.span import Span
from counterclaim.core.syntax import Sentence
from counterclaim.core.voice import Manner


def runs(sentence: Sentence, indices: Sequence[int]) -> list[Span]:
    """Spans of neighbouring tokens, without punctuation at their ends."""
    spans: list[Span] = []
    group: list[int] = []
    for k in [*indices, -1]:
        if group and k != group[-1] + 1:
            while group and sentence.tokens[group[-1]].upos == "PUNCT":
                group.pop()
            while group and sentence.tokens[group[0]].upos == "PUNCT":
                group.pop(0)
            if group:
                spans.append(Span(sentence.tokens[group[0]].start, sentence.tokens[group[-1]].end))
            group = []
        if k >= 0:
            group.append(k)
    return spans


def minus(span: Span, hole: Span) -> list[Span]:
    """What is left of a stretch on either side of a hole; scraps of up to three characters are dropped."""
    return [piece for piece in (Span(span.start, min(span.end, hole.start)), Span(max(span.start, hole.end), span.end)) if piece.end - piece.start > 3]


def phrase(sentence: Sentence, head: int) -> Span:
    """The noun phrase of this head with its titles and appositions, without relative clauses."""
    tokens = sentence.tokens
    # What is joined to a source is another source; a number or a deed joined to it belongs to what is said.
    other = {
        k
        for c in sentence.subtree(head)
        if c != head and tokens[c].rel == "conj" and any(tokens[j].upos in ("NUM", "VERB") for j in sentence.subtree(c))
        for k in sentence.subtree(c)
    }
    kept = [
        k for k in sentence.subtree(head, frozenset(("acl:relcl", "parataxis", "acl", "advcl"))) if k not in other and (k == head or tokens[k].rel != "punct")
    ]
    return Span(sentence.tokens[kept[0]].start, sentence.tokens[kept[-1]].end)


def manner(content: Sequence[Span], quotations: Sequence[Quotation]) -> Manner:
    """Direct where nearly all of a content is quoted, indirect where nothing is, else mixed."""
    inside = sum(max(0, min(c.end, q.span.end) - max(c.start, q.span.start)) for c in content for q in quotations if q.is_speech)
    total = sum(c.end - c.start for c in content)
    return "indirect" if inside == 0 else "direct" if inside >= 0.9 * total else "mixed"
