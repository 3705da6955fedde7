"""Turn the names a reader found into proper names by their words in the sentence, mended at their ends.

What it captures: the words of each name; ranks the reader took for a part of it are left off, capital adjectives it left
out are put back; names folded for comparing.

What it does not: names the reader missed, names that run over the end of a sentence.

Example: "National" before "Resistance Front", read as an organisation → "National Resistance Front".
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from counterclaim.core.mention import Name
from counterclaim.core.syntax import Sentence
from counterclaim.knowledge.lexicon import words
from counterclaim.parse.clauses import base


@dataclass(frozen=True, slots=True, eq=False)
class Proper:
    """A proper name by its words in the sentence."""

    first: int
    last: int
    kind: str
    text: str

    def head(self, sentence: Sentence) -> int:
        """The word of the name whose head lies outside it."""
        return next((k for k in range(self.first, self.last) if not self.first <= sentence.tokens[k].head < self.last), self.last - 1)


@lru_cache(maxsize=20_000)
def folded(name: str) -> str:
    """A name as it is compared: case, accents and the kind of apostrophe aside."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.replace("’", "'")) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def proper_names(text: str, sentence: Sentence, names: Sequence[Name]) -> dict[int, Proper]:
    """For each word of a sentence that belongs to a proper name that name, with the words the reader left out or took too many."""
    tokens = sentence.tokens
    found: dict[int, Proper] = {}
    others = {k for name in names if (k := sentence.at(name.span.end - 1)) is not None}
    for name in names:
        first, last = sentence.at(name.span.start), sentence.at(name.span.end - 1)
        if first is not None and last is not None:
            # A rank that the reader took for a part of the name.
            while name.kind == "Person" and first < last and tokens[first].text.lower() in words("antecedents", "nouns", "ranks"):
                first += 1
            # "National" in "the National Resistance Front", left out because it is an adjective.
            while name.kind == "Organization" and first > 1 and _is_capital_part(sentence, first - 1, first, last, others):
                first -= 1
            proper = Proper(first, last + 1, name.kind, text[tokens[first].start : name.span.end])
            found.update((k, proper) for k in range(first, last + 1) if k not in found)
    return found


def _is_capital_part(sentence: Sentence, k: int, first: int, last: int, others: Set[int]) -> bool:
    token = sentence.tokens[k]
    is_modifier = base(token.rel) in ("amod", "compound") and first <= token.head <= last
    return is_modifier and token.text[:1].isupper() and token.upos in ("ADJ", "NOUN", "PROPN") and k not in others
