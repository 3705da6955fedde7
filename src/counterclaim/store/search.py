"""What somebody types to search, turned into a question to the index of words that cannot be malformed."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

import msgspec

from counterclaim.store.rows import rows

# A phrase in double quotes, or a stretch without spaces.
_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')

# Words of context shown around what was found.
EXCERPT_WORDS = 32

_SEARCH = """
    SELECT r.id, r.title, snippet(report_words, -1, '', '', '…', ?)
    FROM report_words JOIN reports AS r ON r.seq = report_words.rowid
    WHERE report_words MATCH ? ORDER BY bm25(report_words), r.id LIMIT ?
"""
_QUOTING = """
    SELECT key FROM claims WHERE report = ? AND seq IN (SELECT rowid FROM claim_words WHERE claim_words MATCH ?)
    ORDER BY starts, ends, key
"""


class Hit(msgspec.Struct, frozen=True):
    """A report that holds the words looked for, the stretch that holds them best, and the keys of claims whose quotations hold them too."""

    report: str
    title: str | None
    excerpt: str
    claims: tuple[str, ...]


def matching(text: str) -> str:
    """Text as a query for all its words, stems alike; what stands in double quotes is one phrase.

    Every term goes in as a quoted string, so that no sign of the query language is one here. Text without words finds nothing.
    """
    # A NUL would end the query early and half of a surrogate pair cannot be sent at all.
    clean = text.replace("\x00", " ").encode("utf-8", "replace").decode()
    terms = (phrase or word for phrase, word in _TERM.findall(clean))
    return " ".join(f'"{term}"' for term in terms) or '""'


def search(connection: sqlite3.Connection, text: str, limit: int) -> Iterator[Hit]:
    """Find the reports that hold all the words in text or title, best first."""
    wanted = matching(text)
    for report, title, excerpt in rows(connection, _SEARCH, (EXCERPT_WORDS, wanted, limit)):
        quoting = rows(connection, _QUOTING, (report, wanted))
        yield Hit(report, title, excerpt, tuple(key for (key,) in quoting))
