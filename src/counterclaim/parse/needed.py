r"""A pattern to words of which a text must hold one to match it: a look for a few words is much cheaper than the pattern.

What it captures: the letters and figures a pattern cannot do without, found in its own syntax tree; of alternatives, one each.
What it does not: patterns that may match without any fixed word; they have none and must always be tried.
Example: `\\bin\\s+(?:the\\s+)?(?P<m>May|June)\\b` needs one of "may", "june".
"""

from __future__ import annotations

import importlib
import re
from functools import cache
from typing import Any

# The letters that Python's patterns take for these ones when case is ignored, and `str.lower` does not.
_ALSO = str.maketrans({"ſ": "s", "ı": "i", "İ": "i"})
# More words than this are dearer to look for than the pattern.
_MOST = 24


def lowered(text: str) -> str:
    """The text as the words that `needed` gives are to be looked for in it."""
    return text.lower() if text.isascii() else text.translate(_ALSO).lower()


@cache
def needed(pattern: re.Pattern[str]) -> tuple[str, ...]:
    """Words in small letters, one of which stands in every text the pattern matches (`lowered`); none where there are no such words."""
    # Python's own parser of patterns, which it does not promise to keep: without it every pattern is tried, as before.
    try:
        found = _of(importlib.import_module("re._parser").parse(pattern.pattern, pattern.flags))
    except (ImportError, AttributeError, TypeError, ValueError, re.error):
        return ()
    return tuple(sorted(found)) if found and len(found) <= _MOST else ()


def may_match(pattern: re.Pattern[str], text: str) -> bool:
    """Whether the pattern can match in the text these letters are from (`lowered`): false only where it cannot."""
    words = needed(pattern)
    return not words or any(word in text for word in words)


def _of(parts: Any) -> frozenset[str] | None:
    """The best of what the parts of a sequence need: all are needed, so the longest and fewest words will do."""
    options: list[frozenset[str]] = []
    run = ""
    for kind, value in parts:
        name = str(kind)
        if name == "LITERAL" and len(lowered(chr(value))) == 1:
            run += lowered(chr(value))
            continue
        if run:
            options.append(frozenset((run,)))
            run = ""
        inner: frozenset[str] | None = None
        if name == "SUBPATTERN":
            inner = _of(value[-1])
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and value[0] >= 1:
            inner = _of(value[2])
        elif name == "BRANCH":
            branches = [_of(branch) for branch in value[1]]
            inner = frozenset().union(*(b for b in branches if b)) if all(branches) else None
        elif name == "IN":
            inner = _class(value)
        if inner:
            options.append(inner)
    if run:
        options.append(frozenset((run,)))
    return max(options, key=lambda words: (min(map(len, words)), -len(words)), default=None)


def _class(members: Any) -> frozenset[str] | None:
    """The characters of a class that lists few; the figures, where it is theirs."""
    found: set[str] = set()
    for kind, value in members:
        if str(kind) == "LITERAL":
            found.add(lowered(chr(value)))
        elif str(kind) == "RANGE" and value[1] - value[0] < 10:
            found.update(lowered(chr(code)) for code in range(value[0], value[1] + 1))
        else:
            return None
    return frozenset(found) if all(len(one) == 1 for one in found) else None
