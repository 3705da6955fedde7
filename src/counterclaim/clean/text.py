"""Turn a report's stored text into the text the parsers read, with a map back to the stored offsets."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass

# Characters that carry no words: zero-width marks, soft hyphens, byte-order marks, direction marks. A soft hyphen
# at a line break joins the halves of a word.
_NOTHING = re.compile("\u00ad\n?[ \t]*|[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
# One character for one character, so these need no map: every kind of blank becomes a plain one.
_BLANKS = dict.fromkeys((9, 11, 12, 160, 5760, *range(8192, 8203), 8239, 8287, 12288), " ") | {0x85: "\n", 0x2028: "\n", 0x2029: "\n"}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Text without invisible characters; `starts[i]` is the stored offset of its character i (none: they are equal)."""

    text: str
    starts: array[int] | None = None

    def back(self, offset: int) -> int:
        """The stored offset of a start in this text."""
        return offset if self.starts is None else self.starts[offset]

    def back_end(self, offset: int) -> int:
        """The stored offset of an end (exclusive) in this text."""
        return offset if self.starts is None or offset == 0 else self.starts[offset - 1] + 1


def cleaned(stored: str) -> Cleaned:
    """The text without invisible characters and with plain blanks."""
    text = stored.translate(_BLANKS)
    if _NOTHING.search(text) is None:
        return Cleaned(text)
    kept: list[str] = []
    starts = array("q")
    at = 0
    for found in _NOTHING.finditer(text):
        kept.append(text[at : found.start()])
        starts.extend(range(at, found.start()))
        at = found.end()
    kept.append(text[at:])
    starts.extend(range(at, len(text) + 1))
    return Cleaned("".join(kept), starts)
