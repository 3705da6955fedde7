"""Turn a stretch of text into sentences of tokens, by rule."""

from __future__ import annotations

import re
from collections.abc import Iterator

from counterclaim.parse.tokens import NEVER_END, tokens

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?![ \t]*\n)[^\n]+)*")
_ENDS = re.compile(r"[.!?…]+|\.{2,}")
_CLOSERS = frozenset("\"”’'»)]}")
_BULLETS = frozenset("•·▪◦‣*-–—")
_NUMBERED = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)]\s+(?=\S)")
# Names that open with a small letter: "al-Bab was quiet".
_NAME = re.compile(r"(?:al|el|an|as|ad|ash)-[A-Z]")
# Full stops that end a sentence when a capital follows, whatever else they abbreviate.
_CLOCK = frozenset(("a.m.", "p.m."))

# Words that open a sentence after an abbreviation which may or may not have ended one ("in the U.S. The army").
_OPENERS = frozenset(
    "the a an he she it they we i you this that these those in on at but and however as after before when while if for "
    "there his her its their our my meanwhile according also although by since some many most not one what who both".split()
)

# A dateline before the first sentence: a place in capitals, then a date, an agency in brackets, or nothing, and a dash:
# "KABUL, Sept 4 (Harrow Wire) - ", "SAN ANTON, 20 NOV 89 (RADIO) -- [TEXT] ", "GOMA — ".
_DATELINE = re.compile(
    r"\s*[A-Z][A-Z.’'-]+(?:[ -][A-Z][A-Z.’'-]+){0,3}"
    r"(?:,[^()\n–—]{0,40}?)?"
    r"(?P<marked>\s*\([^()\n]{1,60}\)|,?\s*\d{1,2}\s+[A-Z][A-Za-z]{2,8}\.?(?:\s+\d{2,4})?|,?\s*[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:,?\s+\d{4})?)*"
    r"\s*(?:--|—|–|-)\s+(?:\[[A-Z ]{2,24}\]\s*)*(?=\S)"
)

Tokens = list[tuple[int, int]]


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Tokens]:
    """Yield the sentences of `text[start:end]`, each the list of its token spans; a blank line always ends one."""
    for paragraph in _PARAGRAPH.finditer(text, start, len(text) if end is None else end):
        for sentence in _split(text, list(tokens(text, _item(text, *paragraph.span()), paragraph.end()))):
            yield from _bounded(text, sentence)


def _item(text: str, start: int, end: int) -> int:
    """Where the words of a list item begin, after its bullet or number."""
    at = start
    while at < end and text[at].isspace():
        at += 1
    if at + 1 < end and text[at] in _BULLETS and text[at + 1] in " \t" and text[at + 1 : end].strip():
        return at + 1
    found = _NUMBERED.match(text, at, end)
    return found.end() if found else start


def dateline(text: str, start: int, end: int) -> int:
    """Where the report begins after the dateline of this stretch; `start` when it has none."""
    found = _DATELINE.match(text, start, min(end, start + 200))
    if found is None or (found["marked"] is None and text[found.end() : found.end() + 12].isupper()):
        return start
    return found.end()


# A paragraph of this many letters without a capital is printed without them, as some archives are: small letters open its sentences.
_UNCASED = 120


def _is_uncased(text: str, spans: Tokens) -> bool:
    letters = "".join(filter(str.isalpha, text[spans[0][0] : spans[-1][1]])) if spans else ""
    return len(letters) >= _UNCASED and sum(map(str.isupper, letters)) * 100 <= len(letters)


# Tokens of the longest sentence. Nobody writes longer ones: what comes is a list, a table or a page that lost its full stops, and all that
# is read in a sentence takes time by its square. Of 5,400 sentences of news that were counted the longest has 144.
_LONGEST = 300


def _bounded(text: str, sentence: Tokens) -> Iterator[Tokens]:
    """The sentence, cut where it has more tokens than any sentence: behind the last semicolon or else comma of a part, or in mid-stride."""
    while len(sentence) > _LONGEST:
        half = range(_LONGEST - 1, _LONGEST // 2, -1)
        stop = next((k + 1 for mark in ";," for k in half if text[sentence[k][0] : sentence[k][1]] == mark), _LONGEST)
        yield sentence[:stop]
        sentence = sentence[stop:]
    yield sentence


def _split(text: str, spans: Tokens) -> Iterator[Tokens]:
    current: Tokens = []
    i, n = 0, len(spans)
    uncased = _is_uncased(text, spans)
    while i < n:
        if current and _starts_item(text, spans, i):
            yield current
            current = []
        current.append(spans[i])
        i += 1
        if i == n or not _may_end(text, spans, i - 1):
            continue
        j = i
        while j < n and text[spans[j][0] : spans[j][1]] in _CLOSERS and spans[j][0] == spans[j - 1][1]:
            j += 1
        if j == n:
            current.extend(spans[i:j])
            i = j
            break
        following = text[spans[j][0] : spans[j][1]]
        glued = spans[j][0] == spans[j - 1][1]
        if (
            (following[0].islower() and not uncased and not _NAME.match(text, spans[j][0]))
            or following[0] in ",;:"
            or (glued and not _glued_sentence(text, spans, i - 1, j))
        ):
            current.extend(spans[i:j])
            i = j
            continue
        current.extend(spans[i:j])
        i = j
        yield current
        current = []
    if current:
        yield current


def _may_end(text: str, spans: Tokens, i: int) -> bool:
    word = text[spans[i][0] : spans[i][1]]
    if _ENDS.fullmatch(word):
        return True
    if not (word.endswith(".") and len(word) > 1):
        return False
    stem = word[:-1].lower()
    if stem in NEVER_END or len(stem) == 1 or i + 1 == len(spans):
        return False
    following = text[spans[i + 1][0] : spans[i + 1][1]]
    return following[0].isupper() and (following.lower() in _OPENERS or (word.lower() in _CLOCK and not following.isupper()))


def _glued_sentence(text: str, spans: Tokens, stop: int, following: int) -> bool:
    """A missing space after a full stop: "districts.The army": lower case before, a capitalised word after."""
    before, after = text[spans[stop][0] - 1 : spans[stop][0]], text[spans[following][0] : spans[following][1]]
    if text[spans[following][0] - 1] in '"”' and len(after) > 1 and after[0].isupper() and before not in '"“':
        return True
    return before.islower() and len(after) > 1 and after[0].isupper() and after[1:].islower() and spans[stop][1] == spans[following][0]


def _starts_item(text: str, spans: Tokens, i: int) -> bool:
    """A bullet at the start of a line opens a new sentence."""
    at = spans[i][0]
    return text[at] in _BULLETS and text[at - 1] == "\n" and text[at + 1 : at + 2] in (" ", "\t")
