"""Find whose words the words of a verb of speech are, where its plain subject does not say so.

What it captures: a subject that the parser hung on the verb as a description ("Brigade spokesman Oren Vasst put …"); the agent of
a passive ("a claim rejected by the army"); whoever is quoted as saying something, and whoever an outlet cites.
What it does not: a subject that a verb shares with another (`verbs.py`); what stands behind a preposition.
Example: "Radio Tamar quoted the mayor as saying …": what follows "saying" is the mayor's.
"""

from __future__ import annotations

from counterclaim.core.syntax import Sentence
from counterclaim.knowledge.lexicon import mapped

_QUOTING = frozenset("quote cite".split())
_SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "nsubj:outer")
_MISREAD = frozenset(("nmod:desc", "appos", "flat", "compound", "nmod", "dep"))
_NOMINAL = frozenset(("NOUN", "PROPN"))


def misread_subject(sentence: Sentence, i: int) -> int | None:
    """The name or noun right before a verb without a subject, where the parser took it for a description of the verb; else none."""
    tokens = sentence.tokens
    below = sentence.children[i]
    if tokens[i].upos != "VERB" or any(tokens[c].rel in _SUBJECTS or tokens[c].rel == "aux:pass" for c in below):
        return None
    if i > 1 and tokens[i - 1].text == "," and (aside := _before_aside(sentence, i - 2)) is not None:
        return aside
    before = [c for c in below if c < i and tokens[c].rel in _MISREAD and tokens[c].upos in _NOMINAL]
    led = any(tokens[k].rel == "case" for c in before for k in sentence.children[c])
    return before[-1] if before and not led and max(sentence.subtree(before[-1])) == i - 1 else None


def _before_aside(sentence: Sentence, last: int) -> int | None:
    """The noun between commas whose relative clause ends at this word: ", the army, which had denied any losses, admitted"; else none."""
    tokens = sentence.tokens
    for k, token in enumerate(tokens[: last + 1]):
        if token.rel != "acl:relcl" or max(sentence.subtree(k)) != last or tokens[token.head].rel not in ("appos", "conj"):
            continue
        first = min(sentence.subtree(token.head))
        if tokens[token.head].upos in _NOMINAL and (tokens[first].text == "," or (first and tokens[first - 1].text == ",")):
            return token.head
    return None


def relative_subject(sentence: Sentence, i: int) -> int | None:
    """The subject of a verb in a clause about a thing ("a claim the rebels dismissed"); none for another verb, or where the clause is about who speaks."""
    tokens = sentence.tokens
    if tokens[i].rel != "acl:relcl" or tokens[i].upos != "VERB":
        return None
    return next((c for c in sentence.children[i] if tokens[c].rel == "nsubj" and tokens[c].upos in _NOMINAL), None)


def agent(sentence: Sentence, i: int) -> int | None:
    """Who does what a passive verb says ("was dismissed by the army"); none for another verb, or where nobody is named."""
    tokens = sentence.tokens
    below = sentence.children[i]
    is_passive = any(tokens[c].rel in ("aux:pass", "nsubj:pass") for c in below) or (tokens[i].rel == "acl" and tokens[i].xpos == "VBN")
    if not is_passive or tokens[i].lemma in _QUOTING:
        return None
    return next(
        (c for c in below if tokens[c].rel.startswith("obl") and any(tokens[k].lemma == "by" and tokens[k].rel == "case" for k in sentence.children[c])), None
    )


def quoted(sentence: Sentence, i: int) -> int | None:
    """Who is quoted or cited as saying what this verb leads in ("quoted the mayor as saying"); none for another verb."""
    tokens = sentence.tokens
    above = tokens[i].head
    if above < 0 or tokens[above].lemma not in _QUOTING or tokens[i].rel not in ("advcl", "xcomp", "ccomp", "acl"):
        return None
    if not any(tokens[c].rel in ("mark", "case") and tokens[c].lemma == "as" for c in sentence.children[i]):
        return None
    below = {tokens[c].rel: c for c in reversed(sentence.children[above])}
    return below.get("nsubj:pass", below.get("obj"))


def cited(sentence: Sentence, i: int) -> tuple[int, int] | None:
    """Whom an outlet cites for what it says, and the verb by which it says so ("reported, citing doctors, that …"); else none."""
    tokens = sentence.tokens
    above = tokens[i].head
    if tokens[i].lemma not in _QUOTING or tokens[i].rel not in ("advcl", "acl") or above < 0:
        return None
    if tokens[above].upos != "VERB":
        # "Radio Tamar, citing doctors, reported": the parser hangs it on the outlet.
        above = tokens[above].head
    whom = next((c for c in sentence.children[i] if tokens[c].rel == "obj" and tokens[c].upos in (*_NOMINAL, "PRON")), None)
    is_said = above >= 0 and tokens[above].lemma in mapped("cues", "verbs") and clause(sentence, above) is not None
    return (whom, above) if whom is not None and is_said else None


def clause(sentence: Sentence, i: int) -> int | None:
    """The clause that a verb of speech leads in or follows; none where it has none."""
    return next((c for c in sentence.children[i] if sentence.tokens[c].rel in ("ccomp", "xcomp", "parataxis")), None)


def said_below(sentence: Sentence, i: int) -> list[int]:
    """The words of the clause that a verb of speech leads in, without its "that"; none where it has none."""
    head = clause(sentence, i)
    return [] if head is None else [k for k in sentence.subtree(head) if not (sentence.tokens[k].rel == "mark" and sentence.tokens[k].head == head)]
