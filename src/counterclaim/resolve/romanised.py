"""Words of romanised names to how unlike they sound: an edit distance whose steps cost little where romanisations differ by habit.

What it captures: vowels of one sort (i, e, y; o, u), doubled letters, h, y and w set or left out, q and k and g, kh and h, sh and ch,
b and p, v and w and b. What it does not: names of one root that are two names (Hassan, Hussein; Mohamed, Mohamud) cost too much to be one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from counterclaim.core.folding import folded

# Groups of letters for one sound, longest first, each to one sign.
_GROUPS = (
    ("tsch", "C"), ("tch", "C"), ("tsh", "C"), ("sch", "S"), ("dzh", "J"), ("shch", "S"), ("kh", "K"), ("gh", "G"), ("sh", "S"), ("ch", "C"), ("zh", "J"), ("dj", "J"),
    ("dz", "z"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("ck", "k"), ("ts", "T"), ("tz", "T"), ("ks", "x"),
    ("iy", "i"), ("yi", "i"), ("ii", "i"), ("ee", "i"), ("ie", "i"), ("ey", "E"), ("ay", "E"), ("ei", "E"), ("ai", "E"), ("ae", "E"), ("oo", "u"), ("ou", "u"), ("uu", "u"), ("eu", "u"), ("aa", "a"), ("au", "o"), ("aw", "o"),
)  # fmt: skip
_TOKENS = re.compile("|".join(re.escape(letters) for letters, _ in _GROUPS) + "|.")
_SIGNS = dict(_GROUPS)
_VOWELS = frozenset("aeiouEy")
_DOUBLED = re.compile(r"([^aeiou])\1+")

# What it costs to write one sign for the other; what stands in neither table costs a whole step.
_CHANGES: dict[frozenset[str], float] = {}
for _pairs, _cost in (
    ("iy ei iE eE uo kq vw Kq zT cC cT JC", 0.1),
    ("ae aE qG qg gG Kh ge sS SC cS sc jJ jC xK xk", 0.25),
    ("jy Jy jg JS xh Ch dJ gh KG kg kK bp dt bv bw zs sT fp ck yu fv ce", 0.4),
    ("ai ao eo", 0.5),
    ("au iu eu uE oE io", 0.9),
):
    for _pair in _pairs.split():
        _CHANGES[frozenset(_pair)] = _cost
# What it costs to leave a sign out.
# A vowel left out and another set in is no less than one changed for the other: half of the dearest change.
_DROPPED = {"h": 0.2, "y": 0.2, "w": 0.3, "c": 0.5, "z": 0.9} | dict.fromkeys("aeiouE", 0.45)
_FAR = 9.0
# First letters that romanisations leave out: h, y, and the c that Somali writes for ayn.
_FAINT = frozenset("hyc")


@lru_cache(maxsize=100_000)
def sounds(word: str) -> str:
    """A word as signs for its sounds; doubled consonants once."""
    return "".join(_SIGNS.get(m, m) for m in _TOKENS.findall(_DOUBLED.sub(r"\1", folded(word).replace(" ", ""))))


# Signs that a habit changes or leaves out, each for less than a whole step.
_SOFT = frozenset(sign for pair in _CHANGES for sign in pair) | frozenset(sign for sign, cost in _DROPPED.items() if cost < 1.0)


def frame(word: str) -> str:
    """The signs of a word that only a whole step changes or leaves out: equal for any two words less than a step apart."""
    return "".join(sign for sign in sounds(word) if sign not in _SOFT)


@lru_cache(maxsize=200_000)
def distance(one: str, other: str) -> float:
    """How unlike two words sound: 0 for one spelling, about a whole step a consonant that differs; the same both ways."""
    a, b = sorted((sounds(one), sounds(other)))
    if a == b:
        return 0.0
    if abs(len(a) - len(b)) > 3 or not a or not b:
        return _FAR
    if a[0] != b[0] and _change(a[0], b[0]) > 0.5 and not {a[0], b[0]} & _FAINT and not {a[0], b[0]} <= _VOWELS:
        return _FAR
    row = [0.0]
    for sign in b:
        row.append(row[-1] + _drop(sign))
    for x in a:
        before, row = row, [row[0] + _drop(x)]
        for j, y in enumerate(b):
            step = before[j] if x == y else before[j] + _change(x, y)
            row.append(min(step, before[j + 1] + _drop(x), row[j] + _drop(y)))
    # A word with an ending more is another word more often than another spelling.
    return round(row[-1] + (0.2 if abs(len(a) - len(b)) > 1 else 0.0), 3)


def _change(x: str, y: str) -> float:
    return _CHANGES.get(frozenset((x, y)), 1.0 if (x in _VOWELS) == (y in _VOWELS) else 1.4)


def _drop(sign: str) -> float:
    return _DROPPED.get(sign, 1.0)
