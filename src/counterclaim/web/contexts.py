"""What each page shows, as frozen values: the template gets one, the JSON side writes it as it is, and the OpenAPI description is made from it."""

from __future__ import annotations

from typing import Generic, TypeVar

import msgspec

from counterclaim.core.finding import Standing
from counterclaim.core.link import Precision
from counterclaim.core.report import LineKind

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


class ClaimRow(msgspec.Struct, frozen=True, kw_only=True):
    """A claim in a list. `says` are its filled slots; `standing` are those of the findings it stands in."""

    key: str
    kind: str
    act: str
    voices: str
    says: str
    quote: str
    quotable: bool
    days: str
    said: str
    standing: tuple[str, ...]
    score: float
    report: str
    report_name: str
    at: str
    at_text: str


class PositionRow(msgspec.Struct, frozen=True, kw_only=True):
    """What one party says on a question."""

    party: str
    says: str
    interest: str
    origins: int
    reports: int
    claims: tuple[str, ...]


class FindingRow(msgspec.Struct, frozen=True, kw_only=True):
    """A finding in a list."""

    key: str
    standing: Standing
    kind: str
    about: str
    place: str | None
    days: str
    range: str
    positions: tuple[PositionRow, ...]
    because: str
    at: str
    at_why: str


class ActorRow(msgspec.Struct, frozen=True, kw_only=True):
    """An actor in a list. `joined` and `possible` say which keys were made one with it, or may be, and why."""

    key: str
    name: str
    kind: str
    names: tuple[str, ...]
    ties: tuple[str, ...]
    reports: tuple[str, ...]
    joined: tuple[str, ...]
    possible: tuple[str, ...]
    at: str


class PlaceRow(msgspec.Struct, frozen=True, kw_only=True):
    """A place in a list; one whose words stay open has no key, and `candidates` are what they may mean."""

    key: str | None
    name: str
    words: tuple[str, ...]
    within: str
    precision: Precision
    lat: float | None
    lon: float | None
    reports: tuple[str, ...]
    candidates: tuple[str, ...]
    because: tuple[str, ...]
    at: str


class SourceRow(msgspec.Struct, frozen=True, kw_only=True):
    """An outlet in a list."""

    name: str
    reports: int
    claims: int
    first: str | None
    last: str | None
    at: str


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """A number on the overview, and the list it counts."""

    name: str
    number: int
    at: str


class Overview(Context, frozen=True, kw_only=True):
    """What is disputed, offered, unverified and new."""

    tallies: tuple[Tally, ...]
    standings: tuple[Tally, ...]
    disputed: tuple[FindingRow, ...]
    conceded: tuple[FindingRow, ...]
    offered: tuple[FindingRow, ...]
    unverified: tuple[FindingRow, ...]
    newest: tuple[ReportRow, ...]
    refused: int


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


class StandingClaim(msgspec.Struct, frozen=True, kw_only=True):
    """A claim on the page of a finding: who says it, in which sentence."""

    key: str
    act: str
    voices: str
    quote: str
    quotable: bool
    days: str
    report: str
    report_name: str
    day: str | None
    at: str
    at_text: str


class FullPosition(msgspec.Struct, frozen=True, kw_only=True):
    """A position with the sentences it rests on. `missing` counts claims that no longer stand."""

    party: str
    says: str
    interest: str
    origins: int
    reports: int
    claims: tuple[StandingClaim, ...]
    missing: int


class AnswerRow(msgspec.Struct, frozen=True, kw_only=True):
    """An answer to an offer, or a dated silence."""

    by: str
    value: str
    as_of: str | None
    claims: tuple[StandingClaim, ...]


class FindingPage(Context, frozen=True, kw_only=True):
    """A finding with all that it rests on."""

    finding: FindingRow
    question: tuple[tuple[str, str], ...]
    verification: str
    best: str
    rule: str | None
    positions: tuple[FullPosition, ...]
    formulations: tuple[str, ...]
    terms: tuple[tuple[str, str, str, str, str], ...]
    answers: tuple[AnswerRow, ...]
    sum_check: str | None


class VoiceRow(msgspec.Struct, frozen=True, kw_only=True):
    """A voice of a chain, outermost first."""

    name: str
    words: str | None
    speaks_for: str | None
    role: str | None
    cue: str | None
    manner: str | None
    medium: str | None
    source_type: str | None
    addressee: str | None


class LinkRow(msgspec.Struct, frozen=True, kw_only=True):
    """What words of the claim name: the target, or the candidates while more than one is left."""

    words: str
    kind: str
    name: str | None
    key: str | None
    score: float | None
    within: str
    candidates: tuple[str, ...]
    because: str
    flag: str | None
    at: str | None


class EventRow(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened to a claim: it was read, withdrawn, judged."""

    at: str
    what: str
    hash: str


class Noted(msgspec.Struct, frozen=True, kw_only=True):
    """A person's judgement about a claim."""

    decision: str
    by: str
    at: str
    value: str | None


class ClaimPage(Context, frozen=True, kw_only=True):
    """A claim with its derivation. `version` stands for its state; a change sends it back, so that none is made on a stale page."""

    claim: ClaimRow
    before: str
    after: str
    slots: tuple[tuple[str, str], ...]
    chain: tuple[VoiceRow, ...]
    hedges: tuple[str, ...]
    modality: str
    because: str
    interest: str | None
    dated: str | None
    when_words: str | None
    said_words: str | None
    refutes: str | None
    refutes_at: str | None
    derived_from: str | None
    links: tuple[LinkRow, ...]
    findings: tuple[FindingRow, ...]
    judgements: tuple[Noted, ...]
    events: tuple[EventRow, ...]
    version: str


class HitRow(msgspec.Struct, frozen=True, kw_only=True):
    """A report that holds the words searched for."""

    id: str
    name: str
    outlet: str | None
    day: str | None
    excerpt: str
    claims: int
    at: str


class SearchPage(Page[ClaimRow], frozen=True, kw_only=True):
    """Reports and claims that meet a search."""

    asked: bool
    hits: tuple[HitRow, ...]


class ActorPage(Context, frozen=True, kw_only=True):
    """An actor with its names, ties, and where it speaks or is spoken of. The first reports and findings are listed; `in_` says how many there are."""

    actor: ActorRow
    reports: tuple[ReportRow, ...]
    words: tuple[LinkRow, ...]
    findings: tuple[FindingRow, ...]
    in_reports: int
    in_findings: int


class PlacePage(Context, frozen=True, kw_only=True):
    """A place with the words that name it and what is said of it. The first reports and findings are listed; `in_` says how many there are."""

    place: PlaceRow
    reports: tuple[ReportRow, ...]
    words: tuple[LinkRow, ...]
    findings: tuple[FindingRow, ...]
    in_reports: int
    in_findings: int


class SourcePage(Context, frozen=True, kw_only=True):
    """An outlet with its reports."""

    source: SourceRow
    reports: tuple[ReportRow, ...]


class RefusalRow(msgspec.Struct, frozen=True, kw_only=True):
    """A source that could not be read, and why."""

    source: str
    reason: str


class AddPage(Context, frozen=True, kw_only=True):
    """The forms by which reports come in, with what they take; and the runs of this server so far."""

    largest: int
    most_files: int
    most_bytes: int
    readable: tuple[str, ...]
    runs: tuple[RunRow, ...]


class RunRow(msgspec.Struct, frozen=True, kw_only=True):
    """A run of reading in a list."""

    id: str
    name: str
    state: str
    done: int
    total: int
    at: str


class StepRow(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one report of a run."""

    name: str
    outcome: str
    claims: int
    reason: str | None
    at: str | None


class RunPage(Context, frozen=True, kw_only=True):
    """A run of reading: how far it is, and what became of each report."""

    run: RunRow
    steps: tuple[StepRow, ...]
    problem: str | None


class ErrorPage(Context, frozen=True, kw_only=True):
    """Why something cannot be shown or done."""

    status: int
    reason: str
