"""Names to whether the texts of a record give them a public office: "President Olan Deverik", "Rado Hult, the defence minister".

What it captures: an office right before the name, capitalised or with a word of its own ("rebel leader Jor Stavin"), or after a comma beside it.
What it does not: kin and staff of who holds an office ("the president's cousin", "a cousin of the president"); a surname with an office, which
may be a relative's; offices told of by a comma before a victim's name ("according to the governor, Amina Yusuf …"), which may be two people.
Example: in "the governor, Anselm Broda, said" Anselm Broda is public, unless he is named as harmed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from counterclaim.core.folding import folded
from counterclaim.knowledge.lexicon import words
from counterclaim.knowledge.standards import demonyms

_INITIALS = 2
_APART = r"(?!of\b|to\b|by\b|for\b|with\b|from\b|under\b|near\b|and\b|who\b|whose\b|where\b)"


def holders(texts: Iterable[str], names: Iterable[str], victims: Iterable[str]) -> frozenset[str]:
    """The names, among these, that some text gives a public office; `victims` are told by an office before a comma to be nobody."""
    names, harmed = sorted(names), {folded(one) for one in victims}
    found = set()
    patterns = {name: _patterns(name, is_victim=folded(name) in harmed) for name in names}
    for text in texts:
        plain = text.casefold()
        for name in names:
            if name not in found and name.casefold() in plain and any(pattern.search(text) for pattern in patterns[name]):
                found.add(name)
    return frozenset(found)


def is_office(word: str) -> bool:
    """Whether a word is a public office or rank, or the short form of one."""
    bare = word.rstrip(".,")
    return bare.casefold() in words("offices", "public") or bare in _short()


def is_body(name: str) -> bool:
    """Whether a name is that of a body or a people: it holds a noun for one, is an acronym, or names a faith or a nation."""
    parts = [one.strip(".,'’").casefold() for one in name.split()]
    is_acronym = len(parts) == 1 and name.isupper()
    return is_acronym or not words("offices", "bodies").isdisjoint(parts) or set(parts) <= _peoples()


def is_people(word: str) -> bool:
    """Whether a word names a faith or a nation: by itself it points at nobody."""
    return word.casefold() in _peoples()


@cache
def _peoples() -> frozenset[str]:
    return words("offices", "peoples") | demonyms()


def _patterns(name: str, *, is_victim: bool) -> list[re.Pattern[str]]:
    who, office, titled = re.escape(name), _office(), _titled()
    speaks = "|".join(sorted(words("offices", "speaks")))
    made = [
        rf"\b(?:{titled})(?: of (?:the )?[A-Z]\w+(?: [A-Z]\w+| and [A-Z]\w+)*)? {who}\b",
        rf"\b(?:{'|'.join(sorted(_short()))})\.? {who}\b",
        rf"(?<!\bthe )(?<!\ba )(?<!\bthis )\b(?:{office}) {who}\b",
        # A comma parts the name from what follows it: without one the office may be anybody's.
        rf"\b{who}, (?:{_APART}[\w'’.-]+ ){{0,4}}?(?:{office})\b(?!['’])(?! (?:{speaks})\b)",
    ]
    if not is_victim:
        made.append(rf"\b(?:{office}),? {who}\s*,")
    return [re.compile(one) for one in made]


@cache
def _short() -> frozenset[str]:
    """The short forms as they are written before a name: "Gen", and those of two letters in capitals ("PM")."""
    return frozenset(one.upper() if len(one) <= _INITIALS else one.capitalize() for one in words("offices", "short"))


@cache
def _office() -> str:
    return "|".join(sorted(map(re.escape, words("offices", "public")), key=len, reverse=True))


@cache
def _titled() -> str:
    return "|".join(re.escape(one.capitalize()) for one in sorted(words("offices", "public"), key=len, reverse=True))
