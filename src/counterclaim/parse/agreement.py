"""Turn a phrase into its number and gender, and say whether a pronoun agrees with what it might mean.

What it captures: one, many or either, by the form of the noun, by what counts it, by the kind of name; m or f from titles,
role nouns and given names that are nearly always a man's or a woman's; "it" is no person; "they" are several, a body, or
one person of whom nothing is known.

What it does not: gender by guess: a name or noun that both sexes bear tells nothing.

Example: "spokeswoman Ilse Marn" → one, f: "she", not "he" or "they".
"""

from __future__ import annotations

from counterclaim.core.syntax import Sentence
from counterclaim.knowledge.lexicon import words
from counterclaim.parse.clauses import base
from counterclaim.parse.entities import Entity
from counterclaim.parse.kinds import A_PERSON, BODY, PERSON, Kinds, noun
from counterclaim.parse.proper import Proper

_FEW = frozenset(("headquarters", "barracks", "series", "means", "news", "police"))  # end in -s, and are one


def number(sentence: Sentence, head: int, name: Proper | None, kinds: Kinds) -> str:
    """Whether a phrase is one, many or either."""
    token = sentence.tokens[head]
    lemma = noun(token)
    if name is not None:
        if name.kind == "NORP":
            return "many" if token.text.endswith("s") and not token.text.isupper() else "either"
        return "either" if BODY in kinds else "one"
    below = [k for k in sentence.children[head] if k > head and base(sentence.tokens[k].rel) == "nmod"]
    if lemma in words("antecedents", "nouns", "quantities") and below:
        return "either" if lemma in ("kind", "sort", "type", "part", "rest", "one", "each") else "many"
    if (token.xpos in ("NNS", "NNPS") or lemma != token.lemma.lower()) and lemma not in _FEW:
        return "many"
    if token.upos == "PRON" or lemma in words("antecedents", "nouns", "several"):
        return "either"
    if any(sentence.tokens[k].text.lower() not in ("one", "1") for k in sentence.children[head] if k < head and base(sentence.tokens[k].rel) == "nummod"):
        return "many"
    return "either" if BODY in kinds else "one"


def gender(sentence: Sentence, head: int, person: Proper | None, said: set[str]) -> str:
    """The gender of a person by name, title or noun: m or f, or nothing where it is not told or told both ways."""
    men, women = words("antecedents", "nouns", "male"), words("antecedents", "nouns", "female")
    told = {"m" if word in men else "f" for word in said if word in men | women}
    if person is not None:
        given = person.text.casefold().split()
        if not told and len(given) > 1:
            told = {sex for sex, known in (("m", "men"), ("f", "women")) if given[0] in words("antecedents", "names", known)}
    elif not said:
        lemma = sentence.tokens[head].lemma.lower().rpartition("-")[2]
        told = {"m"} if lemma in men else {"f"} if lemma in women or lemma.endswith("woman") else set()
    return told.pop() if len(told) == 1 else ""


def same_sex(one: str, other: str) -> bool:
    """Whether nothing speaks against it: no two different genders are told."""
    return not one or not other or one == other


def agrees(form: str, e: Entity) -> bool:
    """Whether number, gender and kind allow a pronoun."""
    if form in ("he", "she"):
        return PERSON in e.kinds and e.number != "many" and not e.members and e.gender in ("", "m" if form == "he" else "f")
    if form == "it":
        return e.kinds != A_PERSON and e.number != "many" and not e.members
    # "They" of one person: somebody unnamed whose sex nobody told.
    return e.number != "one" or (e.kinds == A_PERSON and not e.name and not e.gender and e.determiner != "the")
