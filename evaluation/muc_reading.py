"""Read the reports of a MUC-4 file with the product, and keep what it read: a line of JSON a report.

What is kept of a report is its record (the claims, with the places of their slots) and the ground the record stands on:
sentences as trees, names, dates, and the triggers the claim heads saw. Keys of a MUC-4 file never get in here.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from counterclaim.config import ReaderName, Settings
from counterclaim.core.claim import Claim
from counterclaim.core.mention import Name
from counterclaim.core.report import Report
from counterclaim.core.span import Span
from counterclaim.core.syntax import Sentence, Trigger
from counterclaim.core.when import When
from counterclaim.errors import InputRefused
from counterclaim.pipeline import Attributed, Pipeline, Progress


class Seen(msgspec.Struct, frozen=True):
    """A report as the product read it. `triggers` has a row a sentence; `refused` reports have text and nothing else."""

    id: str
    text: str
    claims: tuple[Claim, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    names: tuple[Name, ...] = ()
    dates: tuple[tuple[Span, When], ...] = ()
    triggers: tuple[tuple[Trigger, ...], ...] = ()
    published: str | None = None


class _Keeping(Pipeline):
    """The pipeline, which also remembers how far it had read the last report before it made claims."""

    last: Attributed | None = None

    def attributed(self, report: Report, told: Progress = lambda _: None) -> Attributed:
        self.last = super().attributed(report, told)
        return self.last


def rows(file: Path) -> list[dict[str, Any]]:
    """The rows of a file of JSON Lines."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line.strip()]


def seen(given: Iterable[tuple[str, str]], reader: ReaderName, weights: str | None = None) -> Iterator[Seen]:
    """Each (id, text) as the product reads it, in order. A report it refuses is named on standard error and has no claims."""
    pipeline = _Keeping(Settings(reader=reader, weights=weights))
    for id_, text in given:
        try:
            reading = pipeline.read(Report(id=id_, text=text))
        except InputRefused as error:
            print(f"refused: {error}", file=sys.stderr)
            yield Seen(id_, text)
            continue
        ground = pipeline.last
        assert ground is not None
        day = reading.report.published.day
        yield Seen(
            id_,
            reading.report.text,
            reading.claims,
            tuple(ground.sentences),
            tuple(ground.names),
            tuple(ground.dates),
            tuple(tuple(row) for row in ground.triggers),
            day.isoformat() if day else None,
        )


def kept(file: Path, readings: Path | None, reader: ReaderName, weights: str | None = None) -> list[Seen]:
    """The reports of the file as read. With `readings`, what lies there is used; where nothing lies there, it is read and kept there."""
    if readings is not None and readings.is_file():
        return [msgspec.json.decode(line, type=Seen) for line in readings.read_bytes().split(b"\n") if line]
    given = [(row["id"], row["text"]) for row in rows(file)]
    found: list[Seen] = []
    for number, one in enumerate(seen(given, reader, weights), start=1):
        found.append(one)
        if number % 100 == 0:
            print(f"read {number} of {len(given)}", file=sys.stderr, flush=True)
    if readings is not None:
        readings.parent.mkdir(parents=True, exist_ok=True)
        readings.write_bytes(b"".join(msgspec.json.encode(one) + b"\n" for one in found))
    return found
