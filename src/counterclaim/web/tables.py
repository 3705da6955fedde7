"""Rows of a page to CSV: the fields shown, text that a spreadsheet would take for a formula made harmless, the same rows to the same bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import msgspec

from counterclaim.web.contexts import PositionRow

# What makes a spreadsheet take a cell for a formula, by OWASP's page on CSV injection.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
# Addresses on this server say nothing outside it.
_LEFT_OUT = frozenset({"at", "at_text", "at_why"})


def table(row: type[msgspec.Struct], rows: Iterable[msgspec.Struct]) -> bytes:
    """CSV with a line of names, UTF-8, lines ended as RFC 4180 has it."""
    names = [name for name in row.__struct_fields__ if name not in _LEFT_OUT]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    for one in rows:
        writer.writerow([cell(getattr(one, name)) for name in names])
    return out.getvalue().encode("utf-8", "replace")


def cell(value: object) -> str:
    """A value as a cell. Numbers stay numbers; text that begins like a formula gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return str(value)
    words = _words(value)
    return f"'{words}" if words.startswith(_FORMULA) else words


def _words(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, PositionRow):
        return f"{value.party}: {value.says} ({value.reports} reports, {value.origins} origins)"
    if isinstance(value, Sequence):
        return "; ".join(_words(one) for one in value)
    return str(value)
