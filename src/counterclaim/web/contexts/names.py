"""Actors, places and outlets: in a list, and each with what is said of it; and what words name."""

from __future__ import annotations

import msgspec

from counterclaim.core.link import Precision
from counterclaim.web.contexts.findings import FindingRow
from counterclaim.web.contexts.page import Context
from counterclaim.web.contexts.reports import ReportRow


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
