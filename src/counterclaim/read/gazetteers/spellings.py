"""Which of a place's other names an English text may use."""

from __future__ import annotations

import re

# A letter that is not Latin. Modifier letters (the signs for hamza and ayn in romanisations) belong to Latin spellings.
_OTHER_SCRIPT = re.compile(r"(?![A-Za-zªºÀ-\u02ff\u1d00-\u1dbf\u1e00-\u1eff\u2c60-\u2c7f\ua720-\ua7ff\ufb00-\ufb06])[^\W\d_]")
_VOWEL = re.compile("[aeiouyAEIOUY]")
# Codes of airports have three or four letters; of other offices up to five, with figures.
_LONGEST_CODE = 5


def is_latin(words: str) -> bool:
    """Whether all letters are Latin ones."""
    return words.isascii() or not _OTHER_SCRIPT.search(words)


def is_code(words: str, *, country: bool = False) -> bool:
    """Whether a name is a code ("KBL", "OAKB") or a spelling that only machines use ("kbl", "he er song").

    Countries are called by their letters in English texts ("USA"); towns hardly ever, and their codes look no different.
    Accepted: a name without vowels that is one ("Krk") is lost among a place's other names, never as its own.
    """
    if not words.isascii():
        return words.islower()
    if words.isupper() and len(words) <= _LONGEST_CODE and " " not in words:
        return not country
    return words.islower() or not _VOWEL.search(words)
