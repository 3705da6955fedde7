"""Turn what the engine tagged as source, cue and content into the outermost acts of speech of a report.

What it captures: one act a cue, its head in the tree, whose noun of saying it is, whom it is said to.

What it does not: voices inside what others say, which the constructions add; contents in another paragraph that is not
quoted, such as a headline.

Example: tags on "The army", "said" and "it had taken Dagma" → the army asserts that it had taken Dagma.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from counterclaim.attribute.acts import act_of
from counterclaim.attribute.addressees import addressed, is_told, teller_over
from counterclaim.attribute.nouns import owner
from counterclaim.attribute.pieces import manner, minus, phrase, runs
from counterclaim.attribute.quotes import Quotation
from counterclaim.attribute.subjects import agent, cited, misread_subject, quoted, relative_subject
from counterclaim.attribute.tagged import relations
from counterclaim.attribute.voices import Namer
from counterclaim.core.nearby import Nearby
from counterclaim.core.span import Span
from counterclaim.core.syntax import Sentence, Tagged
from counterclaim.core.voice import Attribution
from counterclaim.knowledge.lexicon import mapped


def outermost(
    text: str, sentences: Sequence[Sentence], quotations: Sequence[Quotation], namer: Namer, tagged: Sequence[Sequence[Tagged]]
) -> Iterator[Attribution]:
    """The acts of speech the engine tagged, one a cue."""
    marks = Nearby((q, (q.span,)) for q in quotations)
    for relation in relations(sentences, tagged):
        number, first, last = relation.cue
        sentence = sentences[number]
        cue = Span(sentence.tokens[first].start, sentence.tokens[last - 1].end)
        pieces = [(n, Span(sentences[n].tokens[a].start, sentences[n].tokens[b - 1].end)) for n, a, b in relation.content]
        # What is reported indirectly stands in the cue's own paragraph; a headline above it is the outlet's.
        content = tuple(sorted(s for n, s in pieces if sentences[n].line == sentence.line or any(q.span.meets(s) for q in marks.of(s))))
        head = _head(sentence, first, last)
        if cited(sentence, head) is not None:
            # "Reported, citing doctors, that …": the doctors' words are read by their construction.
            continue
        if not content or _says_nothing(sentences, pieces, relation.content) or _speaks_for(sentence, head):
            continue
        if sentence.tokens[head].lemma not in mapped("cues", "verbs"):
            # "Appeared to refute": the act is the inner verb's.
            head = next((i for i in range(last - 1, first - 1, -1) if sentence.tokens[i].lemma in mapped("cues", "verbs")), head)
        teller = teller_over(sentence, head)
        if teller is not None:
            # "They tell anybody who calls that the town is theirs": what is said is theirs who tell.
            head, cue = teller, sentence.tokens[teller].span
        source = None if relation.source is None else _head(sentence, relation.source[1], relation.source[2])
        span = None if relation.source is None else Span(sentence.tokens[relation.source[1]].start, sentence.tokens[relation.source[2] - 1].end)
        if teller is not None:
            source = next((c for c in sentence.children[teller] if sentence.tokens[c].rel in ("nsubj", "csubj")), None)
            span = phrase(sentence, source) if source is not None else None
        elif is_told(sentence, head):
            # "Reminded that …, the governor said": whoever is reminded did not say it.
            source = span = None
        else:
            # Nobody tagged, or the wrong one: "Brigade spokesman Vasst put …", "a claim rejected by the army", "quoted the mayor as saying".
            whose_words = (quoted(sentence, head), agent(sentence, head), relative_subject(sentence, head))
            better = next((k for k in whose_words if k is not None), misread_subject(sentence, head) if source is None else None)
            if better is not None and (source is None or better not in sentence.ancestors(source)) and better != source:
                source, span = better, phrase(sentence, better)
                content = tuple(piece for c in content for piece in minus(c, span)) or content
        whose = owner(sentence, head, "by", "from") if sentence.tokens[head].upos == "NOUN" else None
        if whose is not None:
            # "Allegations by the rebels that …" are the rebels', whoever speaks in the sentence.
            source, span = whose, phrase(sentence, whose)
        act, hedges = act_of(sentence, head)
        if act in ("denies", "doubts"):
            # "The army denied the strike. “We hit a depot”": what is quoted next is said, not denied.
            objects = [c for c in sentence.children[head] if sentence.tokens[c].rel == "obj"]
            own = [span for c in objects for span in runs(sentence, sentence.subtree(c))]
            content = tuple(c for c in content if c.meets(sentence.span)) or tuple(own) or content
        near = list(dict.fromkeys(q for c in content for q in marks.of(c)))
        voice = addressed(text, sentence, head, content, namer.voice(sentence, source, cue=cue.of(text), manner=manner(content, near), context=sentence))
        yield Attribution(sentence=number, source=span, cue=cue, content=content, act=act, voice=voice, hedges=hedges)


def _says_nothing(sentences: Sequence[Sentence], pieces: Sequence[tuple[int, Span]], content: Sequence[tuple[int, int, int]]) -> bool:
    """Whether what was tagged as said is a stray word ("announced that night"), which the constructions read better."""
    return len(pieces) == 1 and all(token.upos == "DET" for n, a, b in content for token in sentences[n].tokens[a:b])


def _speaks_for(sentence: Sentence, head: int) -> bool:
    """Whether the cue says for whom somebody speaks, and nothing of what is said: "who spoke for the front"."""
    tokens = sentence.tokens
    if tokens[head].lemma != "speak" or not tokens[head].rel.startswith("acl"):
        return False
    return any(
        tokens[c].rel.startswith("obl") and any(tokens[k].rel == "case" and tokens[k].lemma == "for" for k in sentence.children[c])
        for c in sentence.children[head]
    )


def _head(sentence: Sentence, first: int, last: int) -> int:
    """The word of a run that the others hang on: the one whose head lies outside; for cues the last verb among those."""
    tokens = sentence.tokens
    outside = [i for i in range(first, last) if not first <= tokens[i].head < last]
    verbs = [i for i in outside if tokens[i].upos == "VERB"]
    nominal = [i for i in outside if tokens[i].upos in ("NOUN", "PROPN", "PRON")]
    return (verbs or nominal or outside or [first])[0]
