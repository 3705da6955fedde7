"""Any string to the text that is stored: one kind of line ending, no control characters, whole characters only."""

from __future__ import annotations

import re

from counterclaim.errors import InputRefused
from counterclaim.read.english import why_not_english
from counterclaim.read.options import MOST_CHARACTERS

# Each becomes one space: left out, it would join the words on its two sides.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_ADDRESS = re.compile(r"\s*https?://[^\s\x00-\x20\x7f-\x9f\ud800-\udfff]{1,2000}\s*", re.IGNORECASE)


def plain(text: str) -> str:
    r"""Return the text with line endings as `\n`, a space for each control character and U+FFFD for each half character."""
    return _whole(text.replace("\r\n", "\n"))


def plain_in_place(text: str) -> str:
    r"""Return the text, character for character: of a line ending `\r\n` the first becomes a space, so that offsets stay true."""
    return _whole(text.replace("\r\n", " \n"))


def one_line(words: str | None) -> str | None:
    """Return A title or a name on one line, or nothing when it is blank."""
    return " ".join(plain(words).split()) or None if words else None


def alike(one: str, other: str) -> bool:
    """Whether two lines say the same, spacing and capitals aside."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def web_address(words: str | None) -> str | None:
    """Return the address, when it is one of the web; pages show it as a link, and a link must not run a script."""
    return words.strip() if words and _ADDRESS.fullmatch(words) else None


def fit(name: str, text: str) -> str:
    """Return the text itself, when it can be a report. Raises InputRefused for one that is blank, too long or not English."""
    if not text or text.isspace():
        raise InputRefused(name, "there is no text in it")
    if len(text) > MOST_CHARACTERS:
        raise InputRefused(name, f"the text has {len(text):,} characters, at most {MOST_CHARACTERS:,} are read; give each report a file of its own")
    if reason := why_not_english(text):
        raise InputRefused(name, reason)
    return text


def _whole(text: str) -> str:
    """Return the text without carriage returns, control characters and half characters; each is replaced by one character."""
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub(" ", text.replace("\r", "\n")))
