"""What was read to a report: the text with what its source tells of it, what stood around it, and what the user said."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from counterclaim.core.report import Received, Refusal, Report
from counterclaim.core.when import Basis, Published
from counterclaim.errors import InputRefused
from counterclaim.read.options import Options
from counterclaim.read.sources import STANDARD_INPUT, Source

Results = Iterator[Received | Refusal]


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What a source tells of a report besides its text, and how it tells the day."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    day: dt.date | None = None
    basis: Basis = "given"
    url: str | None = None


def made(source: Source, name: str, own_id: str, text: str, raw: bytes, told: Told, options: Options) -> Received:
    """Return the report of a text. What the options say wins over what the source tells, and that over what stood around it."""
    around = source.around
    given = Published(told.day, told.basis) if told.day else Published(around.day, "metadata") if around.day else Published()
    report = Report(
        id=f"stdin-{hashlib.sha256(text.encode()).hexdigest()[:8]}" if own_id == STANDARD_INPUT else own_id,
        text=text,
        title=told.title or around.title,
        outlet=options.outlet or told.outlet or around.outlet,
        author=told.author,
        published=Published(options.published, "given") if options.published else given,
        url=told.url or around.url,
        source=name,
        sha256=hashlib.sha256(raw).hexdigest(),
    )
    return Received(report, raw)


def whole(source: Source, stream: BinaryIO, options: Options) -> bytes:
    """Everything in the stream. Raises InputRefused when that is more than may be read."""
    raw = stream.read(options.largest + 1)
    if len(raw) > options.largest:
        raise InputRefused(source.name, too_large(options))
    return raw


def lines(stream: BinaryIO, largest: int) -> Iterator[bytes | None]:
    """Return the lines of the stream, line ends kept; nothing in the place of a line longer than may be read."""
    while line := stream.readline(largest + 1):
        if len(line) <= largest or line.endswith(b"\n"):
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(65_536)
        yield None


def too_large(options: Options) -> str:
    """Why more than the largest size is not read, and the remedy."""
    return f"larger than {options.largest:,} bytes, the most that is read for one report; take it apart, or set `largest` higher in the settings"
