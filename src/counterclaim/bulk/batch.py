"""A batch of reports to a batch of rows: the one function that runs in a process, in many, and on Spark."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import msgspec

from counterclaim.config import Settings
from counterclaim.core.claim import Claim
from counterclaim.core.link import Link
from counterclaim.core.report import Received, Refusal, Report
from counterclaim.errors import SettingsError
from counterclaim.pipeline import Pipeline, failure


class Waiting(msgspec.Struct, frozen=True, tag_field="row", tag="waiting"):
    """A report that waits to be read, with the bytes it came from."""

    report: Report
    raw: bytes


class Refused(msgspec.Struct, frozen=True, tag_field="row", tag="refused"):
    """A source that could not be read as a report, and why."""

    source: str
    reason: str


class Read(msgspec.Struct, frozen=True, tag_field="row", tag="read"):
    """A report that was read: its claims, the links beside them, and the bytes it came from."""

    report: Report
    claims: tuple[Claim, ...]
    links: tuple[Link, ...]
    raw: bytes


Item = Waiting | Refused
Row = Read | Refused


class Task(msgspec.Struct, frozen=True):
    """What every batch of a run is read with. `reader` is the name of the reader the run began with: no machine may have another."""

    settings: Settings
    reader: str
    format: str


class Tally(msgspec.Struct, frozen=True):
    """How much of everything a batch was or came to."""

    reports: int = 0
    refused: int = 0
    claims: int = 0
    words: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.reports + other.reports, self.refused + other.refused, self.claims + other.claims, self.words + other.words)


@lru_cache(maxsize=1)
def pipeline(settings: Settings) -> Pipeline:
    """The reader of this process; it holds nothing of any report, so all batches share it."""
    return Pipeline(settings)


def read_batch(items: Sequence[Item], task: Task) -> list[Row]:
    """One row for each item, in order: read, or refused with a reason. The same items and task give the same rows anywhere.

    Raises SettingsError where this machine's reader is another than the task's.
    """
    reads = pipeline(task.settings)
    if reads.reader != task.reader:
        raise SettingsError(f"this machine reads with {reads.reader!r}, the run began with {task.reader!r}; install the same version, weights and gazetteers")
    return [item if isinstance(item, Refused) else _read(item, reads) for item in items]


def item(received: Received | Refusal) -> Item:
    """What came in, as an item of a batch. A report that cannot be written as UTF-8 is refused; names are written with escapes."""
    if isinstance(received, Received):
        waiting = Waiting(received.report, received.raw)
        try:
            msgspec.msgpack.encode(waiting)
        except UnicodeEncodeError as error:
            return item(Refusal(received.report.source or received.report.id, f"it has characters that cannot be written as UTF-8 ({error.reason})"))
        return waiting
    source, reason = (text.encode("utf-8", "backslashreplace").decode() for text in (received.source, received.reason))
    return Refused(source, reason)


def tally(rows: Sequence[Row]) -> Tally:
    """What is in these rows."""
    read = [row for row in rows if isinstance(row, Read)]
    return Tally(len(read), len(rows) - len(read), sum(len(row.claims) for row in read), sum(len(row.report.text.split()) for row in read))


def _read(waiting: Waiting, reads: Pipeline) -> Row:
    try:
        found = reads.read(waiting.report)
    except Exception as error:
        refusal = failure(waiting.report, error)
        return Refused(refusal.source, refusal.reason)
    return Read(found.report, found.claims, found.links, waiting.raw)
