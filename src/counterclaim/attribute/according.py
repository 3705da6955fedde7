"""Turn "according to X" into an act of speech, and two in one sentence into acts with a content each.

What it captures: the phrase behind "according to" as the source, and as content the clause that the phrase hangs on. Of two
stacked on one sentence each source gets the joined clause that shares a name with it, or the part said right before it.

What it does not: "in line with", "per". Stacked sources that neither name nor place tells apart both keep the whole
sentence, flagged.

Example: "Three soldiers were killed, according to villagers" → villagers assert "Three soldiers were killed".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from counterclaim.attribute.pieces import manner, phrase, runs
from counterclaim.attribute.quotes import Quotation
from counterclaim.attribute.voices import Namer
from counterclaim.core.span import Span
from counterclaim.core.syntax import Sentence
from counterclaim.core.voice import Attribution

STACKED = "two sources stacked on one sentence"
_JOINS = re.compile(r"\W*(?:and|but|while|whereas)\b", re.IGNORECASE)


def by_according(number: int, sentence: Sentence, quotations: Sequence[Quotation], namer: Namer) -> Iterator[Attribution]:
    """According to X: the source is the phrase's object, the content the clause it hangs on."""
    tokens = sentence.tokens
    for i, token in enumerate(tokens[:-1]):
        if token.text.lower() != "according" or tokens[i + 1].text.lower() != "to":
            continue
        source = (
            token.head
            if token.rel == "case" and token.head > i
            else next((k for k in range(i + 2, len(tokens)) if tokens[k].upos in ("NOUN", "PROPN", "PRON")), None)
        )
        if source is None:
            continue
        own = {*sentence.subtree(source), i, i + 1}
        clause = tokens[source].head
        if clause < 0 or clause in own:
            clause = sentence.root
        kept = [k for k in sentence.subtree(clause) if k not in own]
        content = runs(sentence, kept or [k for k in range(len(tokens)) if k not in own])
        if content:
            yield Attribution(
                sentence=number,
                source=phrase(sentence, source),
                cue=Span(token.start, tokens[i + 1].end),
                content=tuple(content),
                act="asserts",
                voice=namer.voice(sentence, source, cue="according to", manner=manner(content, quotations), context=sentence),
            )


def dealt(text: str, sentences: Sequence[Sentence], found: Sequence[Attribution]) -> list[Attribution]:
    """Two "according to" in one sentence: each source gets the part that shares a name with it, else both keep all, flagged."""
    out = list(found)
    places: dict[int, list[int]] = {}
    for place, a in enumerate(out):
        if a.source is not None and a.cue.of(text).lower() == "according to":
            places.setdefault(a.sentence, []).append(place)
    for number, at in sorted(places.items()):
        if len(at) < 2:
            continue
        sentence = sentences[number]
        at.sort(key=lambda place: out[place].cue)
        stacked = [out[place] for place in at]
        taken = [Span(a.cue.start, a.source.end) for a in stacked if a.source is not None]
        heads = [
            sentence.root,
            *(c for c in sentence.children[sentence.root] if sentence.tokens[c].rel == "conj" and sentence.tokens[c].upos in ("VERB", "AUX")),
        ]
        clauses = [[s for s in runs(sentence, sentence.subtree(h, frozenset(("conj",)))) if not any(s.meets(t) for t in taken)] for h in heads]
        whole = runs(sentence, [k for k in range(len(sentence.tokens)) if not any(t.meets(sentence.tokens[k].span) for t in taken)])
        owners = [[k for k, clause in enumerate(clauses) if clause and _shares_name(text, a, clause)] for a in stacked]
        parts = _parted(text, sentence, taken)
        if parts is not None and not any(owners):
            for place, a, part in zip(at, stacked, parts, strict=True):
                out[place] = msgspec.structs.replace(a, content=(part,))
            continue
        plain = len(clauses) == len(stacked) and all(len(o) == 1 for o in owners) and len({o[0] for o in owners}) == len(owners)
        for k, a in enumerate(stacked):
            content = tuple(clauses[owners[k][0]]) if plain else tuple(whole)
            if content:
                out[at[k]] = msgspec.structs.replace(a, content=content, hedges=a.hedges if plain else (*a.hedges, STACKED))
    return out


def _parted(text: str, sentence: Sentence, taken: Sequence[Span]) -> list[Span] | None:
    """The part before each "according to X", where every part is said before its source and "and" or "but" opens the next; else none."""
    starts = [sentence.span.start, *(t.end for t in taken[:-1])]
    parts = [Span(start, t.start) for start, t in zip(starts, taken, strict=True)]
    if any(len(p.of(text).split()) < 3 for p in parts) or not all(_JOINS.match(p.of(text)) for p in parts[1:]):
        return None
    tidy = []
    for part in parts:
        words = part.of(text)
        tidy.append(Span(part.start + len(words) - len(words.lstrip(" ,;")), part.start + len(words.rstrip(" ,;"))))
    return tidy


def _shares_name(text: str, act: Attribution, clause: Sequence[Span]) -> bool:
    """Whether the source and the clause name one thing: words that begin alike, with capitals (Qatar, Qatari)."""

    def stems(spans: Sequence[Span]) -> set[str]:
        return {w[:5].lower() for s in spans for w in s.of(text).split() if w[:1].isupper() and len(w) > 3}

    return act.source is not None and bool(stems([act.source]) & stems(clause))
