"""Turn nouns of saying into acts of speech.

What it captures: "the claim that …", "rumours that …", "his promise to …"; the source is the noun's possessor or its "by",
"from" or "of" phrase, or nobody named.

What it does not: relative clauses ("the claim that he made"); a noun of saying with no clause.

Example: "Allegations by the rebels that the army shelled the market" → the rebels assert it, cue "Allegations".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from counterclaim.attribute.pieces import manner, phrase, runs
from counterclaim.attribute.quotes import Quotation
from counterclaim.attribute.voices import Namer
from counterclaim.core.syntax import Sentence
from counterclaim.core.voice import Attribution
from counterclaim.knowledge.lexicon import mapped


def by_noun(number: int, sentence: Sentence, quotations: Sequence[Quotation], namer: Namer) -> Iterator[Attribution]:
    """The claim that, rumours that, his promise to: the source is the noun's possessor, or nobody named."""
    tokens = sentence.tokens
    acts = mapped("cues", "nouns")
    for i, token in enumerate(tokens):
        if token.upos != "NOUN" or token.lemma not in acts:
            continue
        clause = next(
            (
                c
                for c in sentence.children[i]
                if tokens[c].rel in ("acl", "ccomp", "acl:relcl")
                and any(tokens[k].rel == "mark" and tokens[k].lemma in ("that", "to") for k in sentence.children[c])
            ),
            None,
        )
        if clause is None or tokens[clause].rel == "acl:relcl":
            continue
        whose = owner(sentence, i, "by", "from", "of")
        content = runs(sentence, [k for k in sentence.subtree(clause) if not (tokens[k].rel == "mark" and tokens[k].head == clause)])
        if content:
            yield Attribution(
                sentence=number,
                source=phrase(sentence, whose) if whose is not None else None,
                cue=token.span,
                content=tuple(content),
                act=acts[token.lemma],  # type: ignore[arg-type]
                voice=namer.voice(sentence, whose, cue=token.text, manner=manner(content, quotations), context=sentence),
            )


def owner(sentence: Sentence, noun: int, *cases: str) -> int | None:
    """Whose word a noun of saying is: its possessor, or the phrase led in by one of these prepositions."""
    tokens = sentence.tokens
    return next(
        (
            c
            for c in sentence.children[noun]
            if tokens[c].rel == "nmod:poss"
            or (tokens[c].rel == "nmod" and any(tokens[k].lemma in cases and tokens[k].rel == "case" for k in sentence.children[c]))
        ),
        None,
    )
