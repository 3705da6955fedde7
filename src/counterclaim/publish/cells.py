"""Rows to CSV that a spreadsheet opens without obeying it, and back: text that begins like a formula is marked with an apostrophe."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

Kind = Literal["text", "integer", "number", "day", "flag", "list"]
# What a cell holds: nothing, one value, or several texts.
Value = str | int | float | bool | dt.date | tuple[str, ...] | None

BOM = b"\xef\xbb\xbf"
# Between the texts of one cell; sentences have semicolons of their own.
JOINED = " | "
# A spreadsheet runs a cell that begins so (OWASP, "CSV Injection"). Apostrophes before it count, so that the mark can be taken off again.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
# What no reader of CSV agrees on: control characters other than tab and line ends.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Column(msgspec.Struct, frozen=True):
    """A column: its name, what it holds, and what that says, for the page about it."""

    name: str
    kind: Kind
    says: str


class Rows(msgspec.Struct, frozen=True):
    """A table with its columns. `left_out` tells what has no row and why, `open` what a row leaves to the coder, `receipts` how numbers were made."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    left_out: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    receipts: tuple[str, ...] = ()


def neutral(words: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula."""
    words = _CONTROL.sub(" ", words)
    return f"'{words}" if _FORMULA.match(words) else words


def as_written(cell: str) -> str:
    """The text of a cell as it was before it was neutralised."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def cell(value: Value) -> str:
    """A value as the text of a cell. A number stays a number, whatever its sign; nothing is an empty cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return neutral(JOINED.join(value) if isinstance(value, tuple) else value)


def csv_bytes(header: Sequence[Sequence[str]], rows: Iterable[Sequence[Value]], *, bom: bool = False) -> bytes:
    """CSV in UTF-8 with these header lines, its rows ended as RFC 4180 has it. `bom` puts the mark before it that Excel needs."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerows([neutral(name) for name in line] for line in header)
    writer.writerows([cell(value) for value in row] for row in rows)
    return (BOM if bom else b"") + out.getvalue().encode()
