"""Whether a text is plainly not English: a cheap look, made so that a list of names or a telegram passes."""

from __future__ import annotations

import re
import unicodedata

# Function words that English prose cannot do without and its neighbours do not spell alike. Left out for that: "a",
# "as", "at", "for", "in", "is", "on", "was", which are words of Danish, Dutch, German, Spanish or Somali too.
FUNCTION_WORDS = frozenset(
    {"and", "by", "from", "had", "has", "have", "his", "it", "not", "of", "said", "that", "the", "their", "they", "this", "to", "were", "which", "who", "with"}
)

LEAST_SHARE = 0.05
"""Below this share of function words a text is not English. Measured over words without a capital, in 2,253 English press
reports and notes of 40 such words or more: the poorest (a building plan in keywords) has 0.07, the poorest press report
0.10, half have 0.23 to 0.28; samples in German, Dutch, French, Spanish, Danish, Somali and Swahili have 0.00 to 0.04.
Moves with the words above."""

FEWEST_WORDS = 40
"""Fewer words than this say too little. Only words without a capital count: names are spelt alike in every language,
and a text in capitals is mostly an old telegram. So a Spanish text all in capitals passes: accepted."""

FIRST_WORDS = 2_000
FEWEST_LETTERS = 200
"""What forty words have in letters: the measure for scripts that do not part words."""

OTHER_SCRIPT = 0.8
"""A text is of another script when four letters in five are: an English report may quote a whole speech in Arabic."""

# What is looked at: more than the first 2,000 words of any prose, and a bound for what is no prose.
_LOOKED_AT = 40_000
_LOWER_WORD = re.compile(r"(?<![^\W\d_])[a-zß-öø-ÿāăąćčďđēėęěğīįıķļłńņňōőœřśşšţťūůűųźżž]+(?![^\W\d_])")
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-zªºÀ-ÖØ-öø-ʯḀ-ỿＡ-Ｚａ-ｚ]")


def why_not_english(text: str) -> str | None:
    """Return the reason to refuse the text, or nothing when it is English or too short to say."""
    beginning = text[:_LOOKED_AT]
    letters = _LETTER.findall(beginning)
    others = [letter for letter in letters if not _LATIN.match(letter)]
    if len(letters) >= FEWEST_LETTERS and len(others) > OTHER_SCRIPT * len(letters):
        script = unicodedata.name(others[len(others) // 2], "unknown").split()[0]
        return f"not English (the script is {script.capitalize() if script != 'CJK' else 'Chinese or Japanese'}); only English is read"
    words = _LOWER_WORD.findall(beginning)[:FIRST_WORDS]
    known = sum(word in FUNCTION_WORDS for word in words)
    if len(words) >= FEWEST_WORDS and known < LEAST_SHARE * len(words):
        return (
            f"not English ({known} of {len(words):,} words are among the commonest of English, at least {LEAST_SHARE:.0%} were expected); only English is read"
        )
    return None
