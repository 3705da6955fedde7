"""Whether two wordings name the same thing or say the same thing, by the rules of the gold format."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


# A bare description of this kind names nobody: "government forces" is not found again in every "forces".
GENERIC = _words(
    "army attackers authorities children city civilians country district fighters forces government group gunmen men "
    "military militants officials official people police province rebels region residents soldiers state town troops women"
)
# Titles, offices, articles and possessives: a name is the same with and without them.
TITLES = _words(
    "a an and dr gen general her his in its leader minister mr mrs ms mullah of president prime sheikh spokesman spokesperson spokeswoman the their"
)
# Spelling variants count as the same name from here on; one word alone carries less chance agreement of its parts.
ONE_WORD, SEVERAL_WORDS = 0.85, 0.92
# A name shorter than this, blanks included, has no spelling variants: too many short names are neighbours.
SHORTEST_VARIANT = 4
# Texts agree from this Dice coefficient of their word sets on.
TEXT_OVERLAP = 0.5

_WORD = re.compile(r"\w+")


@lru_cache(maxsize=200_000)
def plain(words: str) -> str:
    """Return the words without case, accents, possessive endings and punctuation, one blank between them."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", words).casefold() if not unicodedata.combining(c))
    return " ".join(_WORD.findall(bare.replace("’s", "").replace("'s", "")))


@lru_cache(maxsize=200_000)
def content_words(words: str) -> tuple[str, ...]:
    """Return the plain words in order, titles and articles left out."""
    return tuple(word for word in plain(words).split() if word not in TITLES)


@lru_cache(maxsize=200_000)
def same_name(said: str, accepted: str) -> bool:
    """Whether both name the same: equal, one inside the other with the same first or last word, or spelt alike."""
    a, b = content_words(said), content_words(accepted)
    if not a or not b:
        return plain(said) == plain(accepted)
    if a == b:
        return True
    fewer, more = (set(b), set(a)) if len(set(b)) < len(set(a)) else (set(a), set(b))
    if fewer <= more and not fewer <= GENERIC and (a[0] == b[0] or a[-1] == b[-1]):
        return True
    joined = " ".join(a)
    least = ONE_WORD if len(a) == len(b) == 1 else SEVERAL_WORDS
    return len(joined) >= SHORTEST_VARIANT and jaro_winkler(joined, " ".join(b)) >= least


@lru_cache(maxsize=200_000)
def same_text(said: str, accepted: str) -> bool:
    """Whether the two share enough of their words, in whatever order."""
    a, b = set(content_words(said)), set(content_words(accepted))
    return bool(a) and bool(b) and 2 * len(a & b) / (len(a) + len(b)) >= TEXT_OVERLAP


def jaro_winkler(a: str, b: str) -> float:
    """Jaro-Winkler similarity, 0 to 1, with half transpositions counted.

    Written out because libraries round transpositions down or withhold the bonus for a common beginning below 0.7.
    """
    if a == b:
        return 1.0
    matched_a, matched_b = _matches(a, b)
    m = len(matched_a)
    if not m:
        return 0.0
    transposed = sum(a[i] != b[j] for i, j in zip(matched_a, matched_b, strict=True)) / 2
    jaro = (m / len(a) + m / len(b) + (m - transposed) / m) / 3
    shared = 0
    while shared < min(4, len(a), len(b)) and a[shared] == b[shared]:
        shared += 1
    return jaro + shared * 0.1 * (1 - jaro)


def _matches(a: str, b: str) -> tuple[list[int], list[int]]:
    """Return the offsets in either string of the characters they have in common within reach, each list in order."""
    reach = max(max(len(a), len(b)) // 2 - 1, 0)
    in_a: list[int] = []
    free = [True] * len(b)
    for i, letter in enumerate(a):
        for j in range(max(i - reach, 0), min(i + reach + 1, len(b))):
            if free[j] and b[j] == letter:
                free[j] = False
                in_a.append(i)
                break
    return in_a, [j for j, is_free in enumerate(free) if not is_free]
