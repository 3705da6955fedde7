"""Guess the tags of words from lists, endings and neighbours: the plain reader's tagger, which needs no model.

It is right often enough to find subjects, verbs and objects of newspaper prose, and makes no claim beyond that.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from counterclaim.knowledge.lexicon import words
from counterclaim.parse.lemmas import irregular, lemma, verbs

BE = frozenset("is are was were be been being am 's ’s 're ’re".split())
HAVE = frozenset("has have had having 've ’ve".split())
_CLAUSE_WORDS = frozenset("who which that".split())


@cache
def _closed() -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in ("ADJ", "ADV", "SCONJ", "ADP", "DET", "PRON", "CCONJ", "AUX", "PART"):
        for word in words("words", tag):
            found[word] = tag
    return found


def tags(sentence: Sequence[str], names: frozenset[str] = frozenset()) -> list[str]:
    """A universal tag for every word; `names` are words seen capitalised inside other sentences of the report."""
    upper = sum(w.isupper() for w in sentence if w.isalpha()) > len(sentence) / 2
    out: list[str] = []
    for i, word in enumerate(sentence):
        out.append(_tag(sentence, out, i, word, upper=upper, names=names))
    for i, tag in enumerate(out):
        # A participle before a noun and after a determiner or adjective describes it ("the besieged city").
        if tag == "VERB" and 0 < i < len(out) - 1 and out[i - 1] in ("DET", "ADJ", "NUM") and out[i + 1] in ("NOUN", "PROPN"):
            out[i] = "ADJ"
    return out


def _tag(sentence: Sequence[str], before: Sequence[str], i: int, word: str, *, upper: bool, names: frozenset[str]) -> str:
    lower = word.lower()
    previous = before[-1] if before else ""
    last = sentence[i - 1].lower() if i else ""
    following = sentence[i + 1] if i + 1 < len(sentence) else ""
    if not any(c.isalnum() for c in word):
        return "SYM" if word in "$€£%" else "PUNCT"
    if any(c.isdigit() for c in word):
        return "NUM"
    if lower in _NUMBERS and not following[:1].isupper():
        return "NUM"
    if lower in ("'s", "’s", "'", "’") and previous in ("NOUN", "PROPN", "NUM"):
        return "PART"
    capital = word[0].isupper() and not upper
    if capital and i and previous != "PUNCT" and lower not in ("i",):
        if lower not in _closed() or (following[:1].isupper() and previous == "PROPN"):
            return "PROPN"
    elif capital and lower not in _closed() and (word in names or following[:1].isupper() or not (_verb_form(lower) or lower.endswith("ly"))):
        return "PROPN" if word in names or following[:1].isupper() or not lower.endswith(("s", "ed", "ing", "ly")) else "NOUN"
    if lower == "according" and following.lower() == "to":
        return "ADP"
    if lower == "to" and last == "according":
        return "ADP"
    if lower == "to":
        return "PART" if following and _bare(following.lower()) and following.lower() not in _closed() else "ADP"
    if lower == "that":
        return "SCONJ" if previous in ("VERB", "NOUN", "PROPN", "PRON", "AUX", "PUNCT", "ADP") or not i else "DET"
    if lower in ("before", "after", "since", "until", "as"):
        return "ADP" if _starts_phrase(sentence, i + 1) else "SCONJ"
    if lower in _NUMBERS:
        return "NUM"
    if lower in HAVE and not _ahead_verb(sentence, i):
        return "VERB"
    if lower in _closed():
        return _closed()[lower]
    if lower.endswith("ly"):
        return "ADV"
    if _verb_form(lower) and _verb_place(sentence, before, i, lower, previous, last):
        return "VERB"
    if upper and lower in names:
        return "PROPN"
    if (
        lower.endswith(("ful", "ous", "ive", "able", "ible", "ical", "less", "ary", "ish", "ese"))
        and following[:1].isalpha()
        and following.lower() not in _closed()
    ):
        return "ADJ"
    return "NOUN"


_NUMBERS = frozenset(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozen dozens hundreds thousands".split()
)


def _bare(word: str) -> bool:
    return word in verbs() or (word.isalpha() and not word.endswith(("s", "ed", "ing")) and word in verbs())


def _verb_form(word: str) -> bool:
    if word in words("words", "NOUN_ED_ING"):
        return False
    if word in irregular() or word in verbs():
        return True
    if word.endswith("ed") and len(word) > 4:
        return True
    if word.endswith("ing") and len(word) > 5:
        return True
    return word.endswith("s") and lemma(word, "VBZ") in verbs()


def _verb_place(sentence: Sequence[str], before: Sequence[str], i: int, word: str, previous: str, last: str) -> bool:
    """Whether a word that may be a verb or a noun stands where a verb does."""
    sure = word.endswith("ed") or (word in irregular() and word not in verbs())
    if last == "to" and previous == "PART":
        return True
    if last in words("words", "AUX"):
        return True
    if previous == "ADV" and len(before) > 1 and before[-2] in ("AUX", "PRON", "NOUN", "PROPN"):
        return True
    if word.endswith("ing"):
        return previous in ("AUX", "NOUN", "PROPN", "PRON", "PUNCT", "ADP", "SCONJ", "CCONJ", "") and not (
            previous == "ADP" and i + 1 < len(sentence) and sentence[i + 1].lower() in ("of", "in", "and")
        )
    if previous in ("DET", "ADJ", "ADP", "NUM") or last in ("'s", "’s"):
        return sure and previous not in ("ADJ",) and not (previous == "DET" and last in ("the", "a", "an", "its", "their", "his", "her"))
    if previous in ("NOUN", "PROPN", "PRON", "CCONJ", "SCONJ", "ADV", "PUNCT", "VERB", "PART", ""):
        if sure:
            return True
        if previous in ("PUNCT", "") or (previous == "VERB" and not sure):
            return False
        if previous == "PRON" or last in _CLAUSE_WORDS:
            return True
        plural_subject = last.endswith("s") or last in ("people", "police", "men", "women", "children")
        singular_verb = word.endswith("s") and word not in verbs()
        follows = sentence[i + 1].lower() if i + 1 < len(sentence) else ""
        ahead = _closed().get(follows, "") in ("DET", "ADP", "PRON", "SCONJ", "ADV") or follows == "to" or (sentence[i + 1][:1].isupper() if follows else False)
        if follows == "of":
            return False
        return ahead and (singular_verb != plural_subject) and previous in ("NOUN", "PROPN", "CCONJ", "ADV")
    return False


def _ahead_verb(sentence: Sequence[str], i: int) -> bool:
    for word in sentence[i + 1 : i + 4]:
        lower = word.lower()
        if lower in BE or lower in irregular() or lower.endswith("ed"):
            return True
        if _closed().get(lower) not in ("ADV", "PART"):
            return False
    return False


def _starts_phrase(sentence: Sequence[str], i: int) -> bool:
    """Whether what follows is a noun phrase with no verb soon after it (a preposition's object, not a clause)."""
    for word in sentence[i : i + 7]:
        lower = word.lower()
        if word in ',.;:”"' or lower in _CLAUSE_WORDS:
            return True
        if lower in words("words", "AUX") or (lower in irregular() and lower not in words("words", "NOUN_ED_ING")) or (lower.endswith("ed") and len(lower) > 4):
            return lower.endswith("ed") and word == sentence[i]
    return True
