"""Markdown to plain text, lightly: marks of headings and emphasis go, everything else stays as it was typed."""

from __future__ import annotations

import re

_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+([^\n]*)", re.MULTILINE)
# Innermost first, so that emphasis inside bold goes too. A mark inside a word (a_b_c, 2*3*4) is no emphasis, and a star
# before a space is a bullet. What lies between two marks holds no such mark: the search stays linear.
_EMPHASIS = tuple(
    re.compile(rf"(?<![\w{mark}\\])({re.escape(mark) * count})(?=[^\s{mark}])([^{mark}\n]+)(?<=[^\s{mark}\\])\1(?![\w{mark}])")
    for count in (3, 1, 2)
    for mark in ("*", "_")
)


def without_marks(text: str) -> str:
    """Return the text without the marks of headings (`#`) and of emphasis (`*`, `_`); lists, quotations and links stay."""
    text = _HEADING.sub(_heading, text)
    for emphasis in _EMPHASIS:
        text = emphasis.sub(r"\2", text)
    return text


def _heading(found: re.Match[str]) -> str:
    """Return the words of a heading, without the marks that may close it."""
    words = found[1].rstrip()
    bare = words.rstrip("#")
    return bare.rstrip() if bare[-1:].isspace() or not bare else words
