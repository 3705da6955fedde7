"""Everything an export is made from: the values of one record, put together once by whoever opened it."""

from __future__ import annotations

import msgspec

from counterclaim.core.board import Cell
from counterclaim.core.claim import Claim
from counterclaim.core.finding import Finding
from counterclaim.core.link import Link
from counterclaim.core.promise import Promise
from counterclaim.core.report import Report
from counterclaim.core.story import Story
from counterclaim.core.toll import Reckoning


class Material(msgspec.Struct, frozen=True, kw_only=True):
    """The values of a record. `is_redacted` where private names were left out.

    `withdrawn` are keys of claims that were taken back; `replaced` gives for a claim of an earlier version of a report the one that stands
    in its place; `totals` says of claims that count more than an event why; `tolls` has by the name of each house the tolls of each story.
    """

    claims: tuple[Claim, ...] = ()
    findings: tuple[Finding, ...] = ()
    links: tuple[Link, ...] = ()
    reports: tuple[Report, ...] = ()
    stories: tuple[Story, ...] = ()
    cells: tuple[Cell, ...] = ()
    promises: tuple[Promise, ...] = ()
    withdrawn: frozenset[str] = frozenset()
    replaced: dict[str, str] = {}
    totals: dict[str, str] = {}
    tolls: dict[str, dict[str, tuple[Reckoning, ...]]] = {}
    is_redacted: bool = False
