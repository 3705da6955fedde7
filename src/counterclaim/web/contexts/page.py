"""What every page shows: a heading, a part of a list, why something cannot be shown."""

from __future__ import annotations

from typing import Generic, TypeVar

import msgspec

Row = TypeVar("Row")


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What every page has: the one heading."""

    title: str


class Window(msgspec.Struct, frozen=True):
    """Which rows of how many. `total` is null where there are more than were counted; `at_least` is then how many there are at the least."""

    page: int
    per: int
    first: int
    last: int
    at_least: int
    total: int | None
    has_next: bool


class Page(Context, Generic[Row], frozen=True, kw_only=True):
    """A list, or the part of it that was asked for."""

    rows: tuple[Row, ...]
    window: Window


class ErrorPage(Context, frozen=True, kw_only=True):
    """Why something cannot be shown or done."""

    status: int
    reason: str
