"""Turn titles, ranks and appositions into what they say of the name they stand by.

What it captures: the name beside a noun ("UN spokeswoman Ilse Marn", "the militant group Ansaru", "the city of Goma"); the
offices and ranks before a person's name or behind it between commas; the body or country a person stands under.

What it does not: offices said with a verb ("she became a minister"), which the antecedents learn.

Example: "Tarik Sol, an NRF officer, left" → Tarik Sol: an officer; his side is NRF.
"""

from __future__ import annotations

from collections.abc import Mapping

from counterclaim.core.syntax import Sentence
from counterclaim.knowledge.lexicon import words
from counterclaim.parse.clauses import base
from counterclaim.parse.kinds import is_group, names_person, noun
from counterclaim.parse.proper import Proper


def name_beside(sentence: Sentence, named: Mapping[int, Proper], head: int) -> Proper | None:
    """The name that stands by a noun: "UN spokeswoman Ilse Marn", "the militant group Ansaru", "the city of Goma"."""
    token = sentence.tokens[head]
    lemma = noun(token)
    if token.upos not in ("NOUN", "PROPN"):
        return None
    for k in sentence.children[head]:
        name = named.get(k)
        if name is None or k < head or name.head(sentence) != k or head in range(name.first, name.last):
            continue
        rel = base(sentence.tokens[k].rel)
        is_next = name.first == head + 1 and rel in ("appos", "flat", "compound", "nmod", "dep")
        if name.kind == "Person" and not is_group(name.text):
            if names_person(token) and rel in ("appos", "flat"):
                return name
        elif name.kind in ("Organization", "Person") and is_next and lemma in words("antecedents", "nouns", "bodies"):
            return name
        elif name.kind == "Location" and lemma in words("antecedents", "descriptions", "places", "local"):
            is_of = name.first == head + 2 and sentence.tokens[head + 1].text.lower() == "of"
            if is_next or (is_of and rel == "nmod"):
                return name
    return None


def titles(sentence: Sentence, named: Mapping[int, Proper], name: Proper) -> tuple[list[int], set[int]]:
    """The words that give a named person an office or rank, before the name or behind it between commas, and those that head no phrase of their own."""
    found: list[int] = []
    taken: set[int] = set()
    known = words("antecedents", "nouns", "titles")
    for at in range(name.first, name.last):
        for k in sentence.children[at]:
            token = sentence.tokens[k]
            rel = base(token.rel)
            if k in named or name.first <= k < name.last:
                continue
            if k > at and rel == "appos" and names_person(token):
                taken.add(k)
                found.append(k)
            elif k < at and rel in ("compound", "flat", "amod", "nmod", "appos") and token.rel != "nmod:poss":
                if names_person(token) or token.text.lower() in known:
                    found.append(k)
                    taken.add(k)
                elif rel in ("compound", "amod"):
                    found.append(k)
    head = name.head(sentence)
    above = sentence.tokens[head].head
    if base(sentence.tokens[head].rel) in ("appos", "flat", "compound") and above >= 0 and above not in named and names_person(sentence.tokens[above]):
        found.append(above)
    return found, taken


def modifiers(sentence: Sentence, k: int) -> list[str]:
    """The words before a noun that say which sort it is."""
    return [sentence.tokens[c].text.lower() for c in sentence.children[k] if base(sentence.tokens[c].rel) in ("amod", "compound")]


def sides(sentence: Sentence, named: Mapping[int, Proper]) -> dict[int, str]:
    """For words that name people or bodies the name they stand under: "an NRF officer", "an officer in Kyiv"."""
    found: dict[int, str] = {}
    for name in dict.fromkeys(named.values()):
        at = name.head(sentence)
        if name.kind == "Person" and not is_group(name.text):
            continue
        for _ in range(3):
            if base(sentence.tokens[at].rel) not in ("compound", "nmod", "amod", "appos") or sentence.tokens[at].head < 0:
                break
            at = sentence.tokens[at].head
            found.setdefault(at, name.text)
    return found
