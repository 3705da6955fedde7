"""The overview, and what a search finds."""

from __future__ import annotations

import msgspec

from counterclaim.web.contexts.claims import ClaimRow
from counterclaim.web.contexts.findings import FindingRow
from counterclaim.web.contexts.page import Context, Page
from counterclaim.web.contexts.reports import ReportRow


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
