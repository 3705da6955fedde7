"""A report's text to its fingerprint: the facts of each sentence, in order, and the runs of words it is written in.

What it captures: names (words with a capital that the text never writes small) and numbers, in digits or words, whatever the wording
around them; a rewrite keeps them and brings none.
What it does not: what a number counts; names that begin a sentence and are common words too.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from counterclaim.core.span import Span

_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*|\d[\d,.]*")
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?][”\"’']?(?=\s+[A-Z“\"‘]|\s*\n|\s*$)|(?=\n)|$)", re.MULTILINE)
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


@dataclass(frozen=True)
class Told:
    """One sentence: where it stands, its facts in order, and the stems of its words that tell something."""

    span: Span
    facts: tuple[str, ...]
    stems: frozenset[str]

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The facts, each once and in no order."""
        return frozenset(self.facts)


@dataclass(frozen=True)
class Print:
    """The fingerprint of one report."""

    id: str
    sentences: tuple[Told, ...]
    runs: frozenset[tuple[str, ...]]
    quotations: tuple[tuple[str, ...], ...]

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The facts in the order the report first tells them."""
        return tuple(dict.fromkeys(fact for sentence in self.sentences for fact in sentence.facts))

    @cached_property
    def facts(self) -> frozenset[str]:
        """All facts of the report."""
        return frozenset(self.order)


def fingerprint(name: str, text: str) -> Print:
    """The fingerprint of a report's text."""
    words = [m.group() for m in _WORD.finditer(text)]
    small = {_plain(word) for word in words if word[:1].islower()}
    told = tuple(
        Told(Span(*m.span()), tuple(f for f in _facts(m.group()) if f[0] == "#" or f not in small), _stems(m.group()))
        for m in _SENTENCE.finditer(text)
        if m.group().strip()
    )
    plain = [_plain(word) for word in words]
    runs = frozenset(tuple(plain[i : i + _RUN]) for i in range(max(0, len(plain) - _RUN + 1)))
    quotations = tuple(tuple(_plain(w.group()) for w in _WORD.finditer(q.group(1))) for q in _QUOTED.finditer(text))
    return Print(name, told, runs, quotations)


def _plain(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))


def _stems(sentence: str) -> frozenset[str]:
    return frozenset(plain[:_STEM] for m in _WORD.finditer(sentence) if (plain := _plain(m.group())) not in _COMMON)


def _facts(sentence: str) -> list[str]:
    """Names and numbers of a sentence in order; numbers as "#17"."""
    found: list[str] = []
    words = [m.group() for m in _WORD.finditer(sentence)]
    i = 0
    while i < len(words):
        word, plain = words[i], _plain(words[i])
        value, used = _number(words, i)
        if value is not None:
            found.append(f"#{value:g}")
            i += used
            continue
        if word[0].isdigit():
            found.append("#" + plain.replace(",", "").rstrip("."))
        elif word[0].isupper() and plain not in _COMMON and len(plain) > 1:
            found.append(re.sub(r"['’]s$", "", plain))
        i += 1
    return found


def _number(words: list[str], at: int) -> tuple[float | None, int]:
    """The value of number words that begin here, and how many they are; none where no number begins."""
    parts = _plain(words[at]).split("-")
    if not all(part in _SMALL for part in parts):
        return None, 0
    value, used = float(sum(_SMALL[part] for part in parts)), 1
    while at + used < len(words):
        plain = _plain(words[at + used])
        if plain in _SCALES:
            value *= _SCALES[plain]
        elif plain in _UNITS and value >= 20 and value % 10 == 0:  # "twenty one"
            value += _UNITS[plain]
        else:
            break
        used += 1
    return value, used
