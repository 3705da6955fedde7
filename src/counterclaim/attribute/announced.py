"""A line that only says who speaks ("Speaking today, the minister said:") → the paragraphs after it as that voice's words.

What it captures: statements given in full without quotation marks, in the first person, to the end of the report or the next
line of the kind.
What it does not: lists and facts after a colon (no first person), quotations (their marks say where they end).
Example: "The envoy said:" and then "I welcome the release of the crew. We will go on."
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from counterclaim.attribute.quotes import Quotation
from counterclaim.attribute.voices import Namer
from counterclaim.core.nearby import Nearby
from counterclaim.core.span import Span
from counterclaim.core.syntax import Sentence
from counterclaim.core.voice import Attribution
from counterclaim.knowledge.lexicon import mapped

_FIRST_PERSON = frozenset("i we my our us me".split())
# The first person shows itself within this many sentences of a statement, or the words are somebody else's.
_SOON = 3


def announced(sentences: Sequence[Sentence], quotations: Sequence[Quotation], namer: Namer) -> Iterator[Attribution]:
    """One act of speech for every sentence of every announced statement."""
    marks = Nearby((q, (q.span,)) for q in quotations)
    speakers = [_speaker(sentence) for sentence in sentences]
    for number, (sentence, head) in enumerate(zip(sentences, speakers, strict=True)):
        if head is None:
            continue
        # Sentences come in the order of their lines.
        start = next((k for k in range(number + 1, len(sentences)) if sentences[k].line > sentence.line), len(sentences))
        stop = next((k for k in range(start, len(sentences)) if speakers[k] is not None), len(sentences))
        words = range(start, stop)
        first = [t.text.lower() for k in words[:_SOON] for t in sentences[k].tokens]
        if not words or not _FIRST_PERSON & set(first) or any(q.span.meets(sentences[words[0]].span) for q in marks.of(sentences[words[0]].span)):
            continue
        verb = sentence.tokens[head].head
        cue = sentence.tokens[verb]
        voice = namer.voice(sentence, head, cue=cue.text, manner="direct", context=sentence)
        source = Span(sentence.tokens[min(sentence.subtree(head))].start, sentence.tokens[max(sentence.subtree(head))].end)
        for k in words:
            yield Attribution(sentence=k, source=source, cue=cue.span, content=(sentences[k].span,), act="asserts", voice=voice, carried=True)


def _speaker(sentence: Sentence) -> int | None:
    """The subject of the verb of saying that ends a line with a colon; none for other sentences."""
    tokens = sentence.tokens
    if len(tokens) < 3 or tokens[-1].text != ":":
        return None
    for i, token in enumerate(tokens):
        if token.upos == "VERB" and mapped("cues", "verbs").get(token.lemma) == "asserts" and i >= len(tokens) - 6:
            return next((c for c in sentence.children[i] if tokens[c].rel in ("nsubj", "nsubj:outer")), None)
    return None
