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


class Material(msgspec.Struct, frozen=True, kw_only=True):
    """The values of a record. `withdrawn` are keys of claims that were taken back; `is_redacted` where private names were left out."""

    claims: tuple[Claim, ...] = ()
    findings: tuple[Finding, ...] = ()
    links: tuple[Link, ...] = ()
    reports: tuple[Report, ...] = ()
    stories: tuple[Story, ...] = ()
    cells: tuple[Cell, ...] = ()
    promises: tuple[Promise, ...] = ()
    withdrawn: frozenset[str] = frozenset()
    is_redacted: bool = False
