"""Say of an "it" whether it stands for nothing.

What it captures: weather and time, a clause that follows ("it is unclear why"), what something costs or takes, the word
brought to the front ("it was the navy that …").

What it does not: an "it" that stands for a deed ("called it a mistake"), which means something, though no phrase.

Example: "It took two days to cross the river" → stands for nothing.
"""

from __future__ import annotations

from counterclaim.core.syntax import Sentence
from counterclaim.knowledge.lexicon import words
from counterclaim.parse.clauses import base

_FINITE = frozenset("that whether why how who what when where which if".split())
_CLAUSE = _FINITE | {"to", "for"}


def is_empty(sentence: Sentence, i: int) -> bool:
    """Whether an "it" stands for nothing: weather, time, a clause that follows, or the word brought to the front."""
    tokens, below = sentence.tokens, sentence.children
    token = tokens[i]
    if token.rel.startswith("expl"):
        return True
    if token.head < 0 or token.rel == "nmod:poss":
        return False
    verb = token.head
    if base(token.rel) in ("obj", "iobj") or (base(token.rel) == "nsubj" and i > verb):
        # "made it clear that …"
        told = next((k for k in range(i + 1, min(i + 4, len(tokens))) if tokens[k].upos == "ADJ"), None)
        return tokens[verb].lemma.lower() in _list("objects") and told is not None and _leads_on(sentence, told, _CLAUSE)
    if base(token.rel) != "nsubj":
        return False
    said = verb
    if tokens[verb].upos == "AUX":  # the plain reader hangs all on the verb: "it is clear"
        said = next((k for k in range(verb + 1, min(verb + 5, len(tokens))) if tokens[k].upos in ("ADJ", "NOUN", "VERB", "NUM", "PROPN")), verb)
    lemma = tokens[said].lemma.lower()
    is_passive = any(tokens[c].rel == "aux:pass" for c in below[said]) or (said != verb and tokens[said].upos == "VERB") or token.rel == "nsubj:pass"
    has_be = said != verb or any(base(tokens[c].rel) == "cop" for c in below[said])
    if is_passive:
        return lemma in _list("passives") and _leads_on(sentence, said, _FINITE)
    if has_be:
        return _is_empty_with_be(sentence, said, lemma)
    if lemma in _list("weather"):
        return True
    if lemma in _list("raising"):
        return _leads_on(sentence, said, _FINITE | {"as", "like"})
    if lemma in _list("costs"):
        return _leads_on(sentence, said, frozenset(("to",)), far=True) or any(
            tokens[c].lemma.lower() in words("antecedents", "nouns", "times") for c in below[said]
        )
    return lemma == "come" and i > 0 and tokens[i - 1].text.lower() == "when" and _leads_on(sentence, said, frozenset(("to",)))


def _is_empty_with_be(sentence: Sentence, said: int, lemma: str) -> bool:
    tokens, below = sentence.tokens, sentence.children
    token = tokens[said]
    if token.upos in ("ADJ", "ADV") and (lemma in _list("adjectives") or token.text.lower() in _list("adjectives")):
        return _leads_on(sentence, said, _CLAUSE, far=True) or any(base(tokens[c].rel) in ("csubj", "ccomp") for c in below[said])
    if token.upos == "ADJ" and lemma in _list("weather_adjectives"):
        return True
    if lemma in words("antecedents", "nouns", "times") or (
        token.upos == "NUM" and any(t.text.lower() in ("am", "pm", "a.m.", "p.m.", "o'clock") for t in tokens[said + 1 : said + 2])
    ):
        return not any(tokens[c].text.lower() in ("a", "an") for c in below[said])
    if lemma in _list("nouns") and _leads_on(sentence, said, _CLAUSE):
        return True
    # "It was the navy that shelled …", "it was in May that …"
    is_definite = token.upos == "PROPN" or any(base(tokens[c].rel) == "case" or tokens[c].text.lower() == "the" for c in below[said])
    cleft = any(tokens[c].rel == "acl:relcl" and c > said for c in below[said]) or (said + 1 < len(tokens) and tokens[said + 1].text.lower() in ("that", "who"))
    return is_definite and cleft


def _leads_on(sentence: Sentence, k: int, openers: frozenset[str], *, far: bool = False) -> bool:
    """Whether one of these words follows soon, before the clause ends."""
    for token in sentence.tokens[k + 1 : k + (9 if far else 4)]:
        if token.upos == "PUNCT" and token.text not in ("-", "–"):
            return False
        if token.text.lower() in openers:
            return True
    return False


def _list(name: str) -> frozenset[str]:
    return words("antecedents", "pleonastic", name)
