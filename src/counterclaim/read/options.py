"""What the person who hands in reports knows about them, and how much may be read."""

from __future__ import annotations

import datetime as dt

import msgspec

from counterclaim.config import Settings

MOST_CHARACTERS = 20_000_000
"""The longest text that becomes a report: some thirty long novels. A report is one published text; above this size a
file is a collection that was not taken apart, and every later stage would hold it in memory several times over."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What is said about every report of a run; `published` and `outlet` win over what a source says of itself.

    largest: the most bytes read for one report: a file, one line of a `.jsonl` file or row of a table, one record of a
    web archive; the file around it may itself be larger.
    columns: which column of a table, or field of an object, holds what: ("text", "body") for the text in "body".
    """

    published: dt.date | None = None
    outlet: str | None = None
    largest: int = Settings().largest
    columns: tuple[tuple[str, str], ...] = ()
