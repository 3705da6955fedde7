"""Findings: in a list, and one with all that it rests on."""

from __future__ import annotations

import msgspec

from counterclaim.core.finding import Standing
from counterclaim.web.contexts.page import Context


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
