"""A word → the numbers of its pieces in a BERT uncased vocabulary.

The word is cleaned and lowered, loses its accents, and is parted at punctuation and at Chinese characters; each part is then cut from
the left into the longest pieces the vocabulary has. The weights learned from exactly these pieces, so every rule is BERT's own
(https://github.com/google-research/bert, `tokenization.py`), and a test compares them with the `tokenizers` library. Accepted: marks and
signs younger than Unicode 8, of rare scripts, which that library takes for letters it does not know.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

# A piece that goes on with a part has this before it.
_GOES_ON = "##"
_UNKNOWN = "[UNK]"
# A part of more letters than this is unknown as a whole.
_LONGEST = 200
# Characters remembered: a report has some hundred different ones, hostile text a million.
_REMEMBERED = 10_000
# Blocks of ideographs, each of which is a part of its own (kana and hangul are not).
_IDEOGRAPHS = (
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF),  # BERT begins at 2B820, the library that the training texts were cut with here
    (0x2F800, 0x2FA1F),
)
# What ASCII calls punctuation and Unicode a symbol.
_SIGNS = frozenset("$+<=>^`|~")
# Controls, formats and private characters go.
_GOES = frozenset(("Cc", "Cf", "Co", "Cs"))


class _Letters(dict[int, str]):
    """A character → what becomes of it, between spaces where it is a part of its own. For `str.translate`."""

    def __missing__(self, code: int) -> str:
        becomes = _becomes(chr(code))
        if len(self) < _REMEMBERED:
            self[code] = becomes
        return becomes


def encoder(vocabulary: str) -> Callable[[str], list[int]]:
    """Return what turns a word into the numbers of its pieces, none where nothing of it is left; a vocabulary has one piece a line."""
    pieces = {piece: number for number, piece in enumerate(vocabulary.split("\n")) if piece}
    longest = max(map(len, pieces))
    unknown = [pieces[_UNKNOWN]]
    letters = _Letters()

    def cut(part: str) -> list[int]:
        if len(part) > _LONGEST:
            return unknown
        numbers: list[int] = []
        start, before = 0, ""
        while start < len(part):
            end = min(len(part), start + longest)
            while (number := pieces.get(before + part[start:end])) is None:
                end -= 1
                if end == start:
                    return unknown
            numbers.append(number)
            start, before = end, _GOES_ON
        return numbers

    def encode(word: str) -> list[int]:
        return [number for part in word.translate(letters).split() for number in cut(part)]

    return encode


def _becomes(character: str) -> str:
    """Return what is left of a character: nothing, a space, or its letters, lowered and without accents."""
    if character in "\t\n\r":
        return " "
    if character == "\ufffd" or unicodedata.category(character) in _GOES:
        return ""
    if character.isspace():
        return " "
    letters = (letter for letter in unicodedata.normalize("NFD", character) if unicodedata.category(letter) != "Mn")
    becomes = "".join(f" {one} " if _is_punctuation(one) else one for letter in letters for one in letter.lower())
    return f" {becomes} " if any(first <= ord(character) <= last for first, last in _IDEOGRAPHS) else becomes


def _is_punctuation(character: str) -> bool:
    return character in _SIGNS or unicodedata.category(character)[0] == "P"
