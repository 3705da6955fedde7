"""The first page: what is disputed, offered, unverified and new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import islice

from counterclaim.core.finding import Finding
from counterclaim.store import Counts
from counterclaim.web.contexts import FindingRow, Overview, Tally
from counterclaim.web.holdings import Holdings
from counterclaim.web.routes import Asked, Nothing, PageKind
from counterclaim.web.rows import finding_row, report_row
from counterclaim.web.wording import ORDER

SHOWN = 8
"""Rows of each part: a first look; the list behind it has all."""


def overview(asked: Asked, _: Nothing) -> Overview:
    """The state of the record at a glance."""
    held = asked.held
    return held.keep("overview", lambda: _made(held, asked.store.counts()))


def _made(held: Holdings, counts: Counts) -> Overview:
    found = list(held.findings.values())
    standings: Counter[str] = Counter(finding.standing for finding in found)
    newest = sorted(held.reports.values(), key=lambda report: (report.published.day is not None, str(report.published.day or ""), report.id), reverse=True)
    tallies = (("reports", counts.reports), ("claims", counts.claims), ("findings", len(found)), ("actors", len(held.registry.actors)))
    return Overview(
        title="What the record holds",
        tallies=tuple(Tally(name=name, number=number, at=f"/{name}") for name, number in tallies),
        standings=tuple(Tally(name=name, number=standings[name], at=f"/findings?standing={name}") for name in ORDER if standings[name]),
        disputed=_first(found, lambda one: one.standing == "disputed"),
        conceded=_first(found, lambda one: one.standing == "conceded"),
        offered=_first(found, lambda one: one.question.get("kind") == "offer"),
        unverified=_first(found, lambda one: one.standing == "not-verified"),
        newest=tuple(report_row(report, held.by_report.get(report.id, 0)) for report in newest[:SHOWN]),
        refused=counts.refusals,
    )


def _first(found: list[Finding], wanted: Callable[[Finding], bool]) -> tuple[FindingRow, ...]:
    return tuple(finding_row(one) for one in islice(filter(wanted, found), SHOWN))


PAGES = (
    PageKind(
        path="/", summary="What is disputed, offered, unverified and new", template="overview.html", context=Overview, build=overview, in_navigation="Overview"
    ),
)
