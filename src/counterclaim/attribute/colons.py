"""Turn a short source and a colon into an act of speech.

What it captures: a name or a word for a party, an official or a witness in the first words, a colon, and a clause behind it.

What it does not: datelines ("Sudan: …"), headings with a verb or a number before the colon.

Example: "Army: 30 rebels were killed" → source "Army", cue ":", content "30 rebels were killed".
"""

from __future__ import annotations

from collections.abc import Iterator

from counterclaim.attribute.voices import Namer
from counterclaim.core.span import Span
from counterclaim.core.syntax import Sentence
from counterclaim.core.voice import Attribution
from counterclaim.knowledge.lexicon import words


def by_colon(number: int, sentence: Sentence, namer: Namer) -> Iterator[Attribution]:
    """A short source, a colon, and what it says: "Army: 30 rebels killed"."""
    tokens = sentence.tokens
    colon = next((i for i, t in enumerate(tokens[:7]) if t.text == ":"), None)
    if colon is None or colon == 0 or colon + 2 >= len(tokens) or any(t.upos in ("VERB", "AUX", "NUM") for t in tokens[:colon]):
        return
    if not any(
        t.upos == "PROPN" or t.lemma in words("cues", "types", "official") | words("cues", "types", "belligerent") | words("cues", "types", "witness")
        for t in tokens[:colon]
    ):
        return
    head = next((i for i in range(colon) if tokens[i].head >= colon or tokens[i].head < 0), colon - 1)
    # A country before a colon is a dateline, not a voice.
    if namer.is_place(sentence, head) or not any(t.upos in ("VERB", "AUX") for t in tokens[colon:]):
        return
    yield Attribution(
        sentence=number,
        source=Span(tokens[0].start, tokens[colon - 1].end),
        cue=tokens[colon].span,
        content=(Span(tokens[colon + 1].start, tokens[-1].end),),
        act="asserts",
        voice=namer.voice(sentence, head, cue=":", manner="indirect", context=sentence),
    )
