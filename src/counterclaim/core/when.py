"""When something happened or was said: a range of days with its precision and the words it rests on."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

Precision = Literal["day", "weekend", "week", "month", "season", "year", "before", "after", "unknown"]
Basis = Literal["given", "metadata", "text", "inferred", "unknown"]


class When(msgspec.Struct, frozen=True, rename={"start": "from", "end": "to"}):
    """Days from `start` to `end`, both included; either may be open. `words` are the text's own."""

    start: dt.date | None
    end: dt.date | None
    precision: Precision
    words: str


class Published(msgspec.Struct, frozen=True):
    """The day a report was published, and how that is known."""

    day: dt.date | None = None
    basis: Basis = "unknown"
