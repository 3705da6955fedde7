"""Turn the head of a phrase into where the phrase begins and ends.

What it captures: the naming, from after the article to the head, with "of" and what follows it; the whole phrase, from its
article or from the title before a name; its determiner.

What it does not: relative clauses and what else follows the head; a long "of" describes more than it names.

Example: "the villagers of Kasenyi who left" → naming "villagers of Kasenyi", determiner "the".
"""

from __future__ import annotations

from counterclaim.core.syntax import Sentence
from counterclaim.knowledge.lexicon import words
from counterclaim.parse.clauses import OWNERS, base
from counterclaim.parse.kinds import names_person

_DETERMINERS = frozenset("the a an this that these those both".split())
# "The women of the lower town": a longer of-phrase describes more than it names.
_LONG_OF = 5


def extent(sentence: Sentence, head: int) -> tuple[int, int]:
    """The words of a naming that is no proper name: from after the article to the head, with "of" and what follows it."""
    tokens = sentence.tokens
    start = head
    while start > 0 and _is_modifier(sentence, start - 1, head):
        start -= 1
    while start < head and (tokens[start].upos in ("DET", "PUNCT", "ADP", "ADV") or tokens[start].text.lower() in OWNERS):
        start += 1
    end = _flat_end(sentence, head)
    if end < len(tokens) and tokens[end].text.lower() == "of":
        below = tokens[end].head
        if tokens[below].head == head and below > end and base(tokens[below].rel) == "nmod" and tokens[below].upos in ("NOUN", "PROPN", "NUM"):
            end = _flat_end(sentence, below) if below - end <= _LONG_OF else end
    return start, end


def opens(sentence: Sentence, head: int, start: int, end: int, *, is_title: bool) -> int:
    """Where the whole phrase begins: at its article, or at the title before a name."""
    tokens = sentence.tokens
    known = words("antecedents", "nouns", "titles")
    at = start
    while is_title and at > 0 and (names_person(tokens[at - 1]) or tokens[at - 1].text.lower() in known):
        at -= 1
    while at > 0 and tokens[at - 1].head in (head, start) and tokens[at - 1].rel in ("amod", "compound", "nummod") and start != at:
        at -= 1
    if at > 0 and tokens[at - 1].upos == "DET" and at <= tokens[at - 1].head < end:
        at -= 1
    return at


def determiner(sentence: Sentence, head: int, start: int) -> str:
    """The article or pointing word before a phrase; "any" for another determiner, nothing for none."""
    found = next((sentence.tokens[k].text.lower() for k in sentence.children[head] if k < head and base(sentence.tokens[k].rel) == "det"), "")
    if not found and start > 0 and sentence.tokens[start - 1].upos == "DET":
        found = sentence.tokens[start - 1].text.lower()
    return found if found in _DETERMINERS or not found else "any"


def _flat_end(sentence: Sentence, head: int) -> int:
    tokens = sentence.tokens
    end = head + 1
    while end < len(tokens) and tokens[end].head == head and base(tokens[end].rel) in ("flat", "goeswith"):
        end += 1
    return end


def _is_modifier(sentence: Sentence, k: int, head: int) -> bool:
    """Whether word k belongs to the words before a head: its modifiers and owners, and what belongs to them."""
    at = k
    for _ in range(4):
        token = sentence.tokens[at]
        rel = base(token.rel)
        if token.head == head:
            return rel in ("compound", "amod", "nummod", "flat", "det", "punct") or token.rel in ("nmod:poss", "nmod:desc")
        if token.head < 0 or not (
            rel in ("compound", "amod", "nummod", "flat", "det", "punct", "advmod", "obl", "case", "conj", "cc") or token.rel == "nmod:poss"
        ):
            return False
        if token.head > head:
            return False
        at = token.head
    return False
