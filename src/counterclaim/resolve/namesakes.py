"""The names of people in one report to those that may be one: only they need be compared, and not every name with every other.

What it captures: every pair that `spellings.likeness` finds alike, by what the two must share for it: a word that sounds alike, an
initial, two forms of one given name, a nickname, or the words written as one.
What it does not: say that the two are one; it leaves out pairs that cannot be.
"""

from __future__ import annotations

from collections.abc import Sequence

from counterclaim.resolve.romanised import frame
from counterclaim.resolve.spellings import alike, kin, parts_of, sound_as_one


class Namesakes:
    """Full names, asked for those that a name may be."""

    def __init__(self, names: Sequence[str]) -> None:
        self._holders: dict[str, list[int]] = {}
        self._joined: dict[str, list[tuple[str, int]]] = {}
        for number, name in enumerate(names):
            parts, nicknames = parts_of(name)
            for word in {*parts, *nicknames}:
                self._holders.setdefault(word, []).append(number)
            self._joined.setdefault(frame("".join(parts)), []).append(("".join(parts), number))
        self._blocks: dict[str, list[str]] = {}
        for word in self._holders:
            for block in _shared(word):
                self._blocks.setdefault(block, []).append(word)
        self._alike: dict[str, list[int]] = {}

    def of(self, name: str) -> set[int]:
        """The numbers of the names that this one may be, or be short for, in the order they were given; its own among them."""
        parts, nicknames = parts_of(name)
        # Every word of the shorter of two names has its like in the longer: the rarest will do.
        found = set(min((self._like(part) for part in parts), key=len, default=()))
        for nickname in nicknames:
            found.update(self._like(nickname))
        joined = "".join(parts)
        found.update(number for other, number in self._joined.get(frame(joined), ()) if sound_as_one(joined, other))
        return found

    def _like(self, word: str) -> list[int]:
        """The numbers of the names with a word that may be this one."""
        if word not in self._alike:
            others = {other for block in _asked(word) for other in self._blocks.get(block, ()) if alike(word, other)}
            self._alike[word] = sorted({number for other in others for number in self._holders[other]})
        return self._alike[word]


def _shared(word: str) -> list[str]:
    """The blocks that a word lies in: by what no habit of romanisation changes, by its given name, by its first letter."""
    named = kin(word)
    return [f"frame {frame(word)}", *([f"name {named}"] if named else []), f"{'initial' if len(word) == 1 else 'letter'} {word[:1]}"]


def _asked(word: str) -> list[str]:
    """The blocks that the words lie in which may be this one: an initial may be every word that begins with it."""
    *blocks, letter = _shared(word)
    return [*blocks, letter, f"letter {word[:1]}"] if len(word) == 1 else [*blocks, f"initial {word[:1]}"]
