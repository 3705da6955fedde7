"""Phrases that may fill a slot, those that mean the same together, and numbers as MUC writes them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from counterclaim.core.span import Span
from evaluation.muc_scoring import words


class Phrase(msgspec.Struct, frozen=True):
    """A phrase that may fill a slot: its words in capitals, the sentence and word it hangs on, and the kind of name it is, if it is one."""

    words: str
    sentence: int
    head: int
    span: Span
    kind: str = ""
    title: str = ""
    many: str = "1"


class Group(msgspec.Struct, frozen=True):
    """Phrases of one report with the same name or words; `words` is the fullest wording."""

    words: str
    phrases: tuple[Phrase, ...]

    @property
    def is_person(self) -> bool:
        """Whether it is a name of a person."""
        return any(phrase.kind == "Person" for phrase in self.phrases)

    @property
    def title(self) -> str:
        """The longest description that stands before or beside the name; empty without one."""
        return max((phrase.title for phrase in self.phrases), key=len, default="")


def groups(phrases: Sequence[Phrase]) -> list[Group]:
    """Phrases with the same words and figure together; a person's shorter name goes with the first longer one that holds its words.

    A plural without a figure goes with the first phrase of the report that has one and the same words, or more.
    """
    by: dict[tuple[str, str], list[Phrase]] = {}
    people = sorted({p.words for p in phrases if p.kind == "Person"}, key=lambda name: -len(words(name)))
    fullest = {name: next((other for other in people if set(words(name)) <= set(words(other))), name) for name in people}
    counted = [(_stems(phrase.words), phrase) for phrase in phrases if phrase.many.isdigit() and phrase.many != "1"]
    for phrase in phrases:
        if phrase.kind == "Person":
            by.setdefault((fullest[phrase.words], "1"), []).append(phrase)
            continue
        many = phrase.many
        if many == "PLURAL":
            stems = _stems(phrase.words)
            same = next((other for found, other in counted if stems and stems <= found), None)
            if same is not None:
                by.setdefault((same.words, same.many), []).append(phrase)
                continue
        by.setdefault((phrase.words, many), []).append(phrase)
    found = []
    for (name, many), row in by.items():
        if words(name):
            first = next((phrase for phrase in row if phrase.many == many), row[0])
            found.append(Group(name, (first, *(phrase for phrase in row if phrase is not first))))
    return found


def _stems(phrase: str) -> frozenset[str]:
    """The words of a phrase without the s of a plural; those that stand for anybody are nobody in particular."""
    return frozenset(word.rstrip("S") for word in words(phrase)) - {"PEOPLE", "PERSON", "OTHER", "INDIVIDUAL", "MEMBER", "MAN", "MEN"}


# Number words as far as reports spell numbers out.
_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = {word: 10 * (i + 2) for i, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())}


def number(text: str) -> str | None:
    """The figure of a number, in digits; none when the words are no plain number."""
    plain = text.lower().replace(",", "")
    if plain.isdigit():
        return str(int(plain))
    if plain in _UNITS:
        return str(_UNITS.index(plain))
    parts = plain.split("-")
    if parts[0] in _TENS:
        return str(_TENS[parts[0]] + (_UNITS.index(parts[1]) if len(parts) > 1 and parts[1] in _UNITS else 0))
    return {"hundred": "100", "thousand": "1000", "dozen": "12"}.get(plain)
