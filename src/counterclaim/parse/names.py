"""Find proper names by capitals and a small lexicon, each with a guess at what it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from counterclaim.core.mention import Name
from counterclaim.core.span import Span
from counterclaim.core.syntax import Sentence
from counterclaim.knowledge.lexicon import table

_ORGANISATION = frozenset(
    "Front Army Ministry Forces Force Party Movement Nations Union Council Committee Organisation Organization Commission Agency Court Government Authority Group Command Brigade Battalion Division "
    "Police Crescent Cross University Bank Office Department Mission Programme Program Fund Congress Parliament Alliance Coalition Militia Guard Service Bureau Press Foundation Association Assembly".split()
)
_TITLES = frozenset(
    "Mr Mr. Mrs Mrs. Ms Ms. Dr Dr. General Gen Gen. Colonel Col Col. Major Maj. Captain Capt. Lieutenant Lt. President Minister Commander Sheikh Mullah Imam King Queen Prince Senator Sen. Governor Gov. "
    "Ambassador Professor Prof. Secretary Chairman spokesman spokeswoman spokesperson leader commander chief general president minister colonel".split()
)
_PLACE_WORDS = frozenset(
    "province district city town village region state valley county camp airport island area governorate oblast Province District City Town Valley Region State County Camp Airport Island River".split()
)
_INTO = frozenset("in at near from to toward towards outside inside into across around north south east west".split())


@cache
def countries() -> dict[str, str]:
    """Country or demonym → type: Location or NORP."""
    found: dict[str, str] = {}
    for country, demonyms in table("countries")["countries"].items():
        found[country] = "Location"
        found.update((d, "NORP") for d in demonyms.split())
        found.update((d + "s", "NORP") for d in demonyms.split())
    return found


def names_by_rule(sentences: Sequence[Sentence]) -> Iterator[Name]:
    """Yield runs of proper nouns with a type; a name takes the type most of its occurrences have."""
    runs = [(sentence, first, last) for sentence in sentences for first, last in _runs(sentence)]
    votes: dict[str, Counter[str]] = {}
    typed = []
    for sentence, first, last in runs:
        words = " ".join(t.text for t in sentence.tokens[first:last])
        kind = _kind(sentence, first, last, words)
        votes.setdefault(words, Counter())[kind] += 2 if kind != "Miscellaneous" else 0
        typed.append((words, Span(sentence.tokens[first].start, sentence.tokens[last - 1].end)))
    for words, span in typed:
        best = max(sorted(votes[words]), key=lambda k: votes[words][k])
        yield Name(span, best)


def _runs(sentence: Sentence) -> Iterator[tuple[int, int]]:
    tokens = sentence.tokens
    i = 0
    while i < len(tokens):
        if tokens[i].upos != "PROPN":
            i += 1
            continue
        first = i
        while i < len(tokens) and (
            tokens[i].upos == "PROPN"
            or (
                tokens[i].text in ("-", "al", "of", "for", "the", "bin", "ibn", "de", "la", "el", "del")
                and i + 1 < len(tokens)
                and tokens[i + 1].upos == "PROPN"
                and tokens[i].text != "the"
                and not (tokens[i].text in ("of", "for") and tokens[i - 1].text not in _ORGANISATION)
            )
        ):
            i += 1
        while first < i - 1 and tokens[first].text in _TITLES:
            first += 1
        yield first, i


def _kind(sentence: Sentence, first: int, last: int, words: str) -> str:
    tokens = sentence.tokens
    before = tokens[first - 1].text if first else ""
    after = tokens[last].text if last < len(tokens) else ""
    if words in countries():
        return countries()[words]
    if any(t.text in _ORGANISATION for t in tokens[first:last]) or (words.isupper() and 2 <= len(words) <= 8):
        return "Organization"
    if before in _TITLES:
        return "Person"
    if after in _PLACE_WORDS or tokens[last - 1].text in _PLACE_WORDS or (before in _INTO and last - first <= 3):
        return "Location"
    if last - first >= 2 and before not in ("the", "The"):
        return "Person"
    return "Miscellaneous"
