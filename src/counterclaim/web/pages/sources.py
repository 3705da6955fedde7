"""Sources: the outlets whose reports were read, with their days and how many claims they carry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from counterclaim.core.report import Report
from counterclaim.errors import NotFound
from counterclaim.web.contexts import Page, SourcePage, SourceRow
from counterclaim.web.holdings import Holdings
from counterclaim.web.pages.actors import NameQuery
from counterclaim.web.routes import Asked, PageKind, window
from counterclaim.web.rows import report_row
from counterclaim.web.wording import quoted

UNNAMED = "unnamed outlet"


def sources(asked: Asked, query: NameQuery) -> Page[SourceRow]:
    """The outlets, those with most reports first."""
    held, words = asked.held, query.q.strip().casefold()
    rows, shown = window([row for row in held.keep("sources", lambda: _rows(held)) if words in row.name.casefold()], query)
    return Page(title="Sources", rows=rows, window=shown)


def _rows(held: Holdings) -> list[SourceRow]:
    return sorted((_row(name, reports, held) for name, reports in _outlets(held).items()), key=lambda row: (-row.reports, row.name.casefold()))


class OneSource(NameQuery, frozen=True, kw_only=True):
    """Which outlet; blank is the reports without one."""


def source(asked: Asked, query: OneSource) -> SourcePage:
    """One outlet with its reports, by its whole name. Raises NotFound."""
    held = asked.held
    found = _outlets(held).get(query.q or None)
    if not found:
        raise NotFound(f"no report is from {query.q or UNNAMED!r}")
    row = _row(query.q or None, found, held)
    latest = sorted(found, key=lambda report: (str(report.published.day or ""), report.id), reverse=True)
    return SourcePage(title=row.name, source=row, reports=tuple(report_row(report, held.by_report.get(report.id, 0)) for report in latest))


def _outlets(held: Holdings) -> dict[str | None, list[Report]]:
    found: defaultdict[str | None, list[Report]] = defaultdict(list)
    for report in held.reports.values():
        found[report.outlet].append(report)
    return dict(found)


def _row(name: str | None, reports: Sequence[Report], held: Holdings) -> SourceRow:
    days = sorted(str(report.published.day) for report in reports if report.published.day)
    return SourceRow(
        name=name or UNNAMED,
        reports=len(reports),
        claims=sum(held.by_report.get(report.id, 0) for report in reports),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        at=f"/source?q={quoted(name or '')}",
    )


PAGES = (
    PageKind(
        path="/sources",
        summary="The outlets whose reports were read",
        template="sources.html",
        context=Page[SourceRow],
        build=sources,
        query=NameQuery,
        is_table=True,
        in_navigation="Sources",
    ),
    PageKind(path="/source", summary="An outlet with its reports", template="source.html", context=SourcePage, build=source, query=OneSource),
)
