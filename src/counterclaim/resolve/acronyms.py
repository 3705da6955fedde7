"""Acronyms and the words they stand for, within one report: introduced in brackets, or the first letters of one name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from counterclaim.core.folding import folded

_SMALL = frozenset("of for the and in de du des la al el".split())
_BRACKET = re.compile(
    r"\b((?:[A-Z][\w’'-]*|of|for|the|and|in|de|du|des|la)(?:[ -](?:[A-Z][\w’'-]*|of|for|the|and|in|de|du|des|la)){1,9})\s*\(([A-Z][A-Za-z.&-]{1,9})\)"
)


def introduced(text: str) -> Iterator[tuple[str, str]]:
    """Pairs (acronym, full name) that the text introduces: "the National Resistance Front (NRF)"."""
    for m in _BRACKET.finditer(text):
        full, short = m.group(1), m.group(2)
        words = re.split(r"[\s-]+", full)
        initials = [word[0] for word in words if word[0].isupper()]
        letters = [c for c in short if c.isupper()]
        if not letters:
            continue
        # The bracket abbreviates the end of the run of capitalised words before it.
        for n in range(len(initials)):
            if initials[n] == letters[0] and len(initials) - n >= min(2, len(letters)):
                parts = re.split(r"\s+", full)
                capital = [i for i, word in enumerate(parts) if word[0].isupper()]
                yield short, " ".join(parts[capital[min(n, len(capital) - 1)] :])
                break


def by_initials(names: Iterable[str]) -> dict[str, set[str]]:
    """Names by the first letters of their words, small words counted or not."""
    found: dict[str, set[str]] = {}
    for name in names:
        for letters in _initials(name):
            found.setdefault(letters, set()).add(name)
    return found


def expanded(short: str, names: Mapping[str, set[str]]) -> str | None:
    """The one name (of those `by_initials`) whose words begin with the letters of an acronym; none where none does, or several do."""
    letters = short.replace(".", "")
    if not (2 <= len(letters) <= 8 and letters.isupper()):
        return None
    found = names.get(letters.lower(), ())
    return next(iter(found)) if len(found) == 1 else None


def _initials(name: str) -> set[str]:
    words = folded(name).split()
    if len(words) < 2:
        return set()
    return {"".join(w[0] for w in words), "".join(w[0] for w in words if w not in _SMALL)}
