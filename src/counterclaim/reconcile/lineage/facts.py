"""A report's text to its fingerprint: the facts of each sentence, in order, and the runs of words it is written in.

What it captures: names (words with a capital that the text never writes small) and numbers, in digits or words, whatever the wording
around them; a rewrite keeps them and brings none.
What it does not: what a number counts; names that begin a sentence and are common words too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from counterclaim.core.span import Span

_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*|\d[\d,.]*")
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?][”\"’']?(?=\s+[A-Z“\"‘]|\s*\n|\s*$)|(?=\n)|$)", re.MULTILINE)
_OF = re.compile(r"['’]s$")
_QUOTED = re.compile(r"[“\"]([^”\"]{20,})[”\"]")
_UNITS = {
    word: i
    for i, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {word: 10 * i for i, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12}
_SMALL = _UNITS | _TENS
# Words that tell nothing, and are written with a capital at the head of a sentence.
_COMMON = frozenset(
    "the a an and or but of in on at to for from by with as is was were are be been has have had he she it they his her their its this that these those who "
    "which what when where not no said say says told there here than then also more most some any all one two after before over under into out up down about "
    "would could will can may had did does do him them we i you our us if so such only just still even other another while during since until between among "
    "against".split()
)
# Five words in a row are seldom written twice by chance.
_RUN = 5
# Words are compared by their beginning: "shelled", "shelling".
_STEM = 5
# Words whose plain form is kept in memory: those of a large record are some tens of thousands.
_WORDS = 65536


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence: where it stands, its facts in order, and the stems of its words that tell something, each once."""

    span: Span
    facts: tuple[str, ...]
    stems: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Print:
    """The fingerprint of one report. `runs` has a number for each run of words, in order: those of a large record would fill the memory as words."""

    id: str
    sentences: tuple[Told, ...]
    runs: NDArray[np.int64]
    quotations: tuple[tuple[str, ...], ...]

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The facts in the order the report first tells them."""
        return in_order(self)

    @cached_property
    def facts(self) -> frozenset[str]:
        """All facts of the report."""
        return frozenset(self.order)


def in_order(told: Print) -> tuple[str, ...]:
    """The facts of a report, each once, in the order it first tells them."""
    return tuple(dict.fromkeys(fact for sentence in told.sentences for fact in sentence.facts))


def are_same(a: Print, b: Print) -> bool:
    """Whether two reports are the same, word for word."""
    return np.array_equal(a.runs, b.runs)


def runs_shared(a: Print, b: Print) -> float:
    """How much of the shorter report stands in the other, in runs of words, 0 to 1."""
    return len(np.intersect1d(a.runs, b.runs, assume_unique=True)) / (min(len(a.runs), len(b.runs)) or 1)


def fingerprint(name: str, text: str) -> Print:
    """The fingerprint of a report's text."""
    # Sentences end at white space, so their words are the words of the text.
    told = [
        (Span(*m.span()), words, [_plain(word) for word in words]) for m in _SENTENCE.finditer(text) if (words := _WORD.findall(m.group())) or m.group().strip()
    ]
    small = {plain for _, words, plains in told for word, plain in zip(words, plains, strict=True) if word[:1].islower()}
    return Print(
        name,
        tuple(Told(span, tuple(fact for fact in _facts(words, plains) if fact[0] == "#" or fact not in small), _stems(plains)) for span, words, plains in told),
        _runs([plain for _, _, plains in told for plain in plains]),
        tuple(tuple(_plain(word) for word in _WORD.findall(quoted)) for quoted in _QUOTED.findall(text)),
    )


@lru_cache(_WORDS)
def _plain(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))


def _runs(words: Sequence[str]) -> NDArray[np.int64]:
    """A number for each run of words: the same for the same words, everywhere."""
    numbers = [_numbered(word) for word in words]
    return np.array(sorted(set(map(hash, zip(*(numbers[i:] for i in range(_RUN)), strict=False)))), dtype=np.int64)


@lru_cache(_WORDS)
def _numbered(word: str) -> int:
    # The hash of a string differs from process to process, that of numbers does not.
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def _stems(plains: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([_stem(plain) for plain in plains if plain not in _COMMON]))


@lru_cache(_WORDS)
def _stem(plain: str) -> str:
    return plain[:_STEM]


def _facts(words: Sequence[str], plains: Sequence[str]) -> list[str]:
    """Names and numbers among the words of a sentence, in order; numbers as "#17"."""
    found: list[str] = []
    passed = 0
    for i, (word, plain) in enumerate(zip(words, plains, strict=True)):
        if i < passed:
            continue
        if _small(plain) is not None:
            value, used = _number(plains, i)
            found.append(f"#{value:g}")
            passed = i + used
        elif word[0].isdigit():
            found.append("#" + plain.replace(",", "").rstrip("."))
        elif word[0].isupper() and plain not in _COMMON and len(plain) > 1:
            found.append(_name(plain))
    return found


@lru_cache(_WORDS)
def _name(plain: str) -> str:
    return _OF.sub("", plain)


def _number(plains: Sequence[str], at: int) -> tuple[float, int]:
    """The value of the number words that begin here, and how many they are."""
    value, used = _small(plains[at]) or 0.0, 1
    while at + used < len(plains):
        plain = plains[at + used]
        if plain in _SCALES:
            value *= _SCALES[plain]
        elif plain in _UNITS and value >= 20 and value % 10 == 0:  # "twenty one"
            value += _UNITS[plain]
        else:
            break
        used += 1
    return value, used


@lru_cache(_WORDS)
def _small(plain: str) -> float | None:
    """The value of a small number in words, "twenty-one" among them; none for other words."""
    parts = plain.split("-")
    return float(sum(_SMALL[part] for part in parts)) if all(part in _SMALL for part in parts) else None
