"""Which column of a table, or field of an object, holds what of a report: as the user says, or by the names that are usual."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from counterclaim.errors import InputRefused

# In order of how sure the name is. Left out: names that mean one thing here and another there ("description" is a summary
# in one table and the text in the next, so it comes last; "notes" is the text in tables of coded events).
USUAL: dict[str, tuple[str, ...]] = {
    "text": (
        "text",
        "body",
        "content",
        "article",
        "articlebody",
        "fulltext",
        "maintext",
        "articletext",
        "bodytext",
        "story",
        "notes",
        "message",
        "description",
    ),
    "title": ("title", "headline", "head", "heading", "articletitle", "eventtitle"),
    "published": (
        *("published", "publishedat", "publisheddate", "publishdate", "publicationdate", "datepublished", "datepublish", "pubdate", "date"),
        *("eventdate", "datetime", "createdat", "timestamp"),
    ),
    "outlet": ("outlet", "publisher", "publication", "source", "sourcename", "site", "sitename", "newspaper", "domain", "sourcedomain"),
    "url": ("url", "link", "href", "sourceurl", "articleurl", "permalink", "webpage"),
    "id": ("id", "guid", "uuid", "articleid", "docid", "documentid", "reportid", "key"),
    "author": ("author", "authors", "byline", "creator", "writer"),
}

_SHOWN = 12


def mapping(words: str) -> tuple[tuple[str, str], ...]:
    """Return what `text=body,title=headline` says. Raises ValueError, with a reason, for anything else."""
    found: dict[str, str] = {}
    for part in filter(str.strip, words.split(",")):
        slot, equals, column = (piece.strip() for piece in part.partition("="))
        if slot not in USUAL or not equals or not column:
            raise ValueError(f"{part.strip()!r}; expected WHAT=COLUMN, where WHAT is one of {', '.join(USUAL)}")
        if slot in found:
            raise ValueError(f"{slot!r} is said twice")
        found[slot] = column
    if not found:
        raise ValueError(f"nothing is said; expected WHAT=COLUMN, where WHAT is one of {', '.join(USUAL)}")
    return tuple(sorted(found.items()))


def placed(heads: Sequence[str], columns: Mapping[str, str]) -> dict[str, int]:
    """Return where each part of a report stands among these heads; parts that no head is named after are left out."""
    exact: dict[str, int] = {}
    bare: dict[str, int] = {}
    for number, head in enumerate(heads):
        exact.setdefault(head.strip(), number)
        bare.setdefault(_bare(head), number)
    found = {slot: at for slot, column in columns.items() if (at := exact.get(column, bare.get(_bare(column)))) is not None}
    taken = set(found.values())
    for slot, names in USUAL.items():
        if slot in columns:
            continue
        at = next((bare[name] for name in names if name in bare and bare[name] not in taken), None)
        if at is not None:
            found[slot] = at
            taken.add(at)
    return found


def placed_in_table(name: str, heads: Sequence[str], columns: Mapping[str, str]) -> dict[str, int]:
    """As `placed`, for the first row of a table. Raises InputRefused when a column that was named, or one for the text, is not there."""
    found = placed(heads, columns)
    there = ", ".join(repr(head.strip()[:40]) for head in heads[:_SHOWN]) + (" …" if len(heads) > _SHOWN else "")
    if missing := next((column for slot, column in columns.items() if slot not in found), None):
        raise InputRefused(name, f"no column is called {missing!r}; the first row of the table says {there}")
    if "text" not in found:
        raise InputRefused(name, f"no column is known to hold the text; the first row of the table says {there}; say which one does with --map text=COLUMN")
    return found


def _bare(head: str) -> str:
    """The letters and digits of a head: `Publish_Date` and `publishDate` are one."""
    return re.sub(r"[\W_]+", "", head).casefold()
