"""A block of `Key: value` lines at the top of a text file, apart from the text below it."""

from __future__ import annotations

import re

KEYS = ("title", "outlet", "published", "url", "author", "note")
_LINE = re.compile(rf"({'|'.join(KEYS)})[ \t]*:[ \t]*(.*)", re.IGNORECASE)
# One of these makes it a header: a text may well begin "Note: ..." on a line of its own.
_TELLING = frozenset({"title", "outlet", "published"})


def parted(text: str) -> tuple[dict[str, str], str]:
    """Return the header, its keys in lower case and empty values left out, and the text below; no header when there is none.

    A header ends with an empty line, or with the file. A key said twice has its first value.
    """
    header: dict[str, str] = {}
    at = len(text) - len(text.lstrip("\n"))
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at:end]
        at = end + 1
        if not line.strip():
            break
        found = _LINE.fullmatch(line)
        if found is None:
            return {}, text
        header.setdefault(found[1].lower(), found[2].strip())
    if not _TELLING & header.keys():
        return {}, text
    return {key: value for key, value in header.items() if value}, text[at:]
