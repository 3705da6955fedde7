"""Names made comparable: one folding for gazetteers, registries and texts, so that what was indexed is what is asked for."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart, written as English newspapers write them.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "ı": "i", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "a", "ǝ": "a", "ħ": "h", "ŋ": "ng"})
# Apostrophes and the signs for hamza and ayn, which romanisations set and leave out at will.
_SIGNS = re.compile("['’‘`´ʼʻʾʿʹ]")
_OWNER = re.compile(r"['’]s\b(?!-)|(?<=s)['’](?=\s|$)")
_WORD = re.compile(r"[^\W_]+")
_ARTICLE = re.compile(r"^the\s+(?=\S)")


@lru_cache(maxsize=65536)
def folded(words: str) -> str:
    """Lower case, no accents, no apostrophes or possessives, no leading "the", hyphens and stops as single blanks; may be empty."""
    plain = _OWNER.sub("", words)
    if plain.isascii():
        plain = _SIGNS.sub("", plain.lower())
    else:
        # Taken apart before and after: some letters are capitals only once they are taken apart.
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", plain).casefold().translate(_LETTERS))
        plain = _SIGNS.sub("", "".join(c for c in plain if not unicodedata.combining(c)))
    return _ARTICLE.sub("", " ".join(_WORD.findall(plain)))


# Articles that romanisations of Arabic, Persian and Dari set, join and leave out.
_ARTICLES = re.compile(r"\b(?:al|el|ul|ad|ar|as|at|az|an|ash|adh|ez|es|ed|er)\s")
# Letters that romanisations give one sound.
_SOUNDS = str.maketrans({"q": "k", "c": "k", "g": "k", "v": "w", "b": "p", "d": "t", "z": "s", "x": "k", "j": "s"})
_SILENT = re.compile(r"[aeiouyw]|(?<=.)h")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=65536)
def skeleton(words: str) -> str:
    """The consonants of a name as classes of sounds, doubled ones once, articles left out: "Deir Ezzor" and "Dayr az Zawr" are "trsr"."""
    plain = _ARTICLES.sub("", folded(words) + " ").replace(" ", "")
    return _TWICE.sub(r"\1", _SILENT.sub("", plain).translate(_SOUNDS))
