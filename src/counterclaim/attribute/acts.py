"""What an act of speech does with its content: asserts, denies, doubts …; hedges are kept as words."""

from __future__ import annotations

from counterclaim.core.syntax import Sentence
from counterclaim.core.voice import Act
from counterclaim.knowledge.lexicon import mapped, table, words

_NEGATIONS = frozenset("not n't n’t never".split())
_UNABLE = frozenset("unable impossible cannot could can able".split())


def act_of(sentence: Sentence, i: int) -> tuple[Act, tuple[str, ...]]:
    """The act of the cue verb at index i, with its hedging words."""
    tokens = sentence.tokens
    lemma = tokens[i].lemma
    act = mapped("cues", "verbs").get(lemma, "asserts")
    hedges = [tokens[c].text for c in sentence.children[i] if tokens[c].lemma in words("cues", "hedges", "words")]
    head = tokens[i].head
    if lemma in words("cues", "untrue", "verbs") and any(tokens[c].lemma.lower() in words("cues", "untrue", "words") for c in sentence.children[i]):
        # "A figure that the army called false".
        act = "denies"
    negated = is_negated(sentence, i)
    if tokens[i].rel == "xcomp" and head >= 0:
        if tokens[head].lemma in ("appear", "seem"):
            hedges.append(f"{tokens[head].text} to")
        if tokens[head].lemma in ("refuse", "decline", "fail"):
            negated = True
        negated = negated or is_negated(sentence, head)
    if negated:
        changed: str | None = table("cues")["negated"].get(lemma)
        act = changed or {"promises": "asserts", "expects": "doubts", "denies": "confirms", "doubts": "asserts"}.get(act, act)
    return act, tuple(hedges)  # type: ignore[return-value]


def is_negated(sentence: Sentence, i: int) -> bool:
    """Whether the word at index i is negated: not, never, no longer, unable to, or "no" on its subject."""
    for c in sentence.children[i]:
        token = sentence.tokens[c]
        if token.text.lower() in _NEGATIONS or (token.lemma == "no" and token.rel in ("det", "advmod")):
            return True
        if token.rel in ("nsubj", "nsubj:pass", "obj") and any(
            sentence.tokens[k].lemma in ("no", "neither") and sentence.tokens[k].rel == "det" for k in sentence.children[c]
        ):
            return True
        if token.rel in ("nsubj", "nsubj:pass") and token.lemma in ("nobody", "none", "no-one"):
            return True
    head = sentence.tokens[i].head
    return (
        sentence.tokens[i].rel == "xcomp"
        and head >= 0
        and (sentence.tokens[head].lemma == "unable" or (sentence.tokens[head].lemma == "able" and is_negated(sentence, head)))
    )
