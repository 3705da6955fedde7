"""Reports: in a list, to be read with their claims in place, and what could not be read."""

from __future__ import annotations

import msgspec

from counterclaim.core.finding import Standing
from counterclaim.core.report import LineKind
from counterclaim.web.contexts.page import Context


class ReportRow(msgspec.Struct, frozen=True, kw_only=True):
    """A report in a list."""

    id: str
    name: str
    outlet: str | None
    day: str | None
    day_known: str
    claims: int
    url: str | None
    at: str


class Segment(msgspec.Struct, frozen=True):
    """A stretch of text that the same claims rest on. `numbers` are those claims; `begins` those whose evidence begins here."""

    text: str
    numbers: tuple[int, ...]
    begins: tuple[str, ...]
    ends: tuple[int, ...]
    unsafe: bool


class Related(msgspec.Struct, frozen=True, kw_only=True):
    """A claim of another report on the same matter."""

    key: str
    party: str
    says: str
    report: str
    report_name: str
    at: str
    at_text: str


class CardFinding(msgspec.Struct, frozen=True, kw_only=True):
    """A finding a claim stands in, and what others say there."""

    key: str
    standing: Standing
    about: str
    at: str
    related: tuple[Related, ...]


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """A claim beside the text it was read in."""

    number: int
    key: str
    kind: str
    act: str
    voices: tuple[str, ...]
    slots: tuple[tuple[str, str], ...]
    quotable: bool
    days: str
    score: float
    modality: str
    findings: tuple[CardFinding, ...]
    at: str


class TextLine(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph of a report with the claims that begin in it. `start` is where it begins in the text."""

    kind: LineKind
    start: int
    segments: tuple[Segment, ...]
    cards: tuple[Card, ...]


class ReportPage(Context, frozen=True, kw_only=True):
    """The reading view of a report."""

    report: ReportRow
    source: str | None
    reader: str | None
    link: str | None
    lines: tuple[TextLine, ...]
    related: tuple[ReportRow, ...]


class RefusalRow(msgspec.Struct, frozen=True, kw_only=True):
    """A source that could not be read, and why."""

    source: str
    reason: str
