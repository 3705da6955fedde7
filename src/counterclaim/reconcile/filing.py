"""Claims to the blocks they are filed in: what lies in one block is laid side by side, and nothing of another block changes that.

A block is named by its kind and by what its matters share, as JSON. A report touches the blocks its claims are filed in, and no others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Protocol

from counterclaim.core.codec import decode, encode
from counterclaim.core.finding import Finding
from counterclaim.reconcile.context import Context
from counterclaim.reconcile.days import Days

Block = str

# A state claimed for longer than this is laid beside others in the months of its two ends only.
_MOST_MONTHS = 600


class Filing(Protocol):
    """What a room files: anything that knows the report of its claim."""

    @property
    def report(self) -> str:
        """The report of the claim that speaks."""


class Room(Protocol):
    """The rules of some kinds: how claims are filed, and what the claims of one block come to."""

    def filed(self, context: Context) -> Iterator[tuple[Block, Filing]]:
        """The blocks of the claims of this context, each with what the claim says there."""

    def derived(self, context: Context, block: Block, filings: list[Filing]) -> Iterator[Finding]:
        """The findings of one block, given all that is filed in it."""


def block(*names: str | None) -> Block:
    """The name of a block."""
    return encode(names).decode()


def parts(block: Block) -> list[str | None]:
    """What a block is named by, its kind first."""
    found: list[str | None] = decode(block, list[str | None])
    return found


def months(days: Days) -> list[str | None]:
    """The months these days lie in, as YYYY-MM; one of null where no day is known."""
    first, last = days.first or days.last, days.last or days.first
    if first is None or last is None:
        return [None]
    start, end = _count(first), _count(last)
    counts = range(start, end + 1) if end - start < _MOST_MONTHS else (start, end)
    return [f"{count // 12:04d}-{count % 12 + 1:02d}" for count in counts]


def month(day: dt.date | None) -> str | None:
    """The month of a day, as YYYY-MM."""
    return f"{day:%Y-%m}" if day else None


def _count(day: dt.date) -> int:
    return 12 * day.year + day.month - 1
