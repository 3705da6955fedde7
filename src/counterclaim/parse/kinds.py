"""Turn a noun or a name into the kinds of thing it can be: a person, a body, a place, a thing.

What it captures: nouns by the lists, names by the reader's type, corrected by the words around it ("in Kasenyi" is a
place), by the lists of countries and armed groups, and by how they are written ("M23").

What it does not: nouns no list knows, which are things; names with no type a reader knows, which can be anything.

Example: "villagers" → persons; "Khartoum" → a place or the body that rules from it.
"""

from __future__ import annotations

from functools import cache

from counterclaim.core.syntax import Sentence, Token
from counterclaim.knowledge.lexicon import table, words
from counterclaim.parse.clauses import base
from counterclaim.parse.names import countries
from counterclaim.parse.proper import Proper

Kinds = frozenset[str]
PERSON, BODY, PLACE, THING = "person", "body", "place", "thing"
ANYTHING: Kinds = frozenset((PERSON, BODY, PLACE, THING))
A_PERSON, A_BODY, A_PLACE, A_THING = (frozenset((kind,)) for kind in (PERSON, BODY, PLACE, THING))
A_PARTY, WILLED = frozenset((PLACE, BODY)), frozenset((BODY, PERSON))

_OF_NAME: dict[str, Kinds] = {
    "Person": A_PERSON,
    "Organization": A_BODY,
    "NORP": WILLED,
    "Location": A_PLACE,
    "Facility": A_PLACE,
    "Product": A_THING,
}
_PLACED = frozenset("in at near into inside outside around across toward towards within".split())


def kinds_of(sentence: Sentence, head: int, name: Proper | None) -> Kinds:
    """What a phrase can be, by its head and by the name in it: one kind where that is plain, several where it is not."""
    token = sentence.tokens[head]
    if name is not None:
        return _kinds_of_name(sentence, head, name)
    lemma = noun(token)
    if token.upos == "PRON":
        return A_PERSON
    if token.upos == "PROPN" or is_code(token):
        if is_group(token.text) or token.text.isupper() or is_code(token) or lemma in words("antecedents", "nouns", "bodies"):
            return A_BODY
        if is_person(lemma):
            return A_PERSON
        return ANYTHING if token.xpos != "NNPS" else ANYTHING - A_PLACE
    if lemma in words("antecedents", "nouns", "quantities"):
        lemma = next((sentence.tokens[k].lemma.lower() for k in sentence.children[head] if k > head and base(sentence.tokens[k].rel) == "nmod"), lemma)
    found = {kind for kind, nouns in ((BODY, "bodies"), (PLACE, "places")) if lemma in words("antecedents", "nouns", nouns)}
    if is_person(lemma) or lemma in words("antecedents", "nouns", "several") | words("antecedents", "nouns", "animals"):
        found.add(PERSON)
    if not found or lemma in words("antecedents", "nouns", "animals"):
        found.add(THING)
    return frozenset(found)


def _kinds_of_name(sentence: Sentence, head: int, name: Proper) -> Kinds:
    """By the reader's type, corrected where the words around it or the lists know better."""
    if is_group(name.text):
        return A_BODY
    if name.kind in ("Location", "Organization") and (name.text in countries() or name.text in table("antecedents")["capitals"]):
        return A_PARTY
    if name.last - name.first == 1 and not name.text.isupper() and _is_placed(sentence, head):
        return {"Organization": A_PARTY, "NORP": _OF_NAME["NORP"], "Product": _OF_NAME["Product"]}.get(name.kind, A_PLACE)
    return _OF_NAME.get(name.kind, ANYTHING)


def _is_placed(sentence: Sentence, head: int) -> bool:
    """Whether a preposition of place stands before the phrase: readers take unheard-of towns for persons."""
    return any(k < head and base(sentence.tokens[k].rel) == "case" and sentence.tokens[k].text.lower() in _PLACED for k in sentence.children[head])


@cache
def is_person(lemma: str) -> bool:
    """Whether a noun names persons."""
    known = words("antecedents", "nouns", "persons")
    plain = lemma.rpartition("-")[2]
    return lemma in known or (len(plain) > 4 and (plain in known or plain.endswith(("man", "woman", "men", "women", "ologist"))))


def names_person(token: Token) -> bool:
    """Whether a word names persons, as it stands or as the reader has its lemma."""
    return is_person(token.lemma.lower()) or is_person(token.text.lower())


@cache
def _groups() -> frozenset[str]:
    return frozenset(each.strip() for each in table("antecedents")["groups"]["known"].split("|"))


def is_group(full: str) -> bool:
    """Whether this is the name of a well-known armed group; short names count only in capitals ("ELN", not "Eln")."""
    return full.casefold() in _groups() and (len(full) > 4 or full.isupper())


def noun(token: Token) -> str:
    """The lemma of a noun; a plural that was read as a singular or a name is mended where the lists know the noun."""
    lemma = token.lemma.lower()
    single = lemma[:-1]
    return single if lemma.endswith("s") and not is_person(lemma) and (is_person(single) or single in words("antecedents", "hostile", "names")) else lemma


def is_code(token: Token) -> bool:
    """A name like M23, whatever the tagger makes of it."""
    return token.upos in ("NUM", "NOUN", "X", "SYM") and token.text[:1].isupper() and any(c.isdigit() for c in token.text) and token.text.isalnum()
