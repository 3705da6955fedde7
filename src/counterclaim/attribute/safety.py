"""Say whether a sentence is safe to quote verbatim: broken quotation marks and the traces of machine rewriting make it unsafe.

What it captures: marks that open or close only once, a mark torn from its sentence ("will stay open” . the road.”"), words
doubled by a rewrite ("were were"), blanks before full stops.
What it does not: whether the words were ever said.
"""

from __future__ import annotations

import re

from counterclaim.core.span import Span

# Two equal words in a row that English does say: "that that", "had had"; names and numbers repeat as well.
_DOUBLED = re.compile(r"\b(?!(?:that|had|so|very|no|far|long|many|more|bye|knock|again)\b)([a-z]{2,})\s+\1\b")
_TORN = re.compile(r"[”\"]\s+[.,;]\s|\s[.;](?:\s|$)(?!\.)|[“][^“”]*[“]|[”]\s+\.\s+[a-z]")


def is_quotable(text: str, sentence: Span, paragraph: Span) -> bool:
    """Whether the sentence may be quoted as it stands; its paragraph shows whether a mark that it opens is closed later."""
    words = sentence.of(text)
    if _DOUBLED.search(words) or _TORN.search(words):
        return False
    if "“" not in words and "”" not in words:
        return True
    opened, closed = (text.count(mark, paragraph.start, paragraph.end) for mark in "“”")
    # A paragraph of a longer quotation opens without closing; it never closes without opening.
    return opened in (closed, closed + 1)
