"""The reports of the record, and the reading view: a report's text with its claims marked in place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

import msgspec

from counterclaim.core.claim import Claim
from counterclaim.core.report import Report
from counterclaim.store import Filter
from counterclaim.web import judged, wording
from counterclaim.web.contexts import Card, CardFinding, Page, Related, ReportPage, ReportRow
from counterclaim.web.holdings import Holdings
from counterclaim.web.marking import marked
from counterclaim.web.routes import LONGEST_NAME, Asked, Nothing, PageKind, Query, whole, window
from counterclaim.web.rows import report_row, text_address
from counterclaim.web.wording import address

MOST_RELATED = 12
"""Other reports named beside a report, and other claims beside a claim: those that share most; their findings have all."""


class ReportQuery(Query, frozen=True, kw_only=True):
    """Which reports to list."""

    q: Annotated[str, msgspec.Meta(description="Words in the title, outlet or id.", max_length=200)] = ""
    outlet: Annotated[str, msgspec.Meta(description="Only of this outlet, by its whole name.", max_length=LONGEST_NAME)] = ""


def reports(asked: Asked, query: ReportQuery) -> Page[ReportRow]:
    """The reports, the latest first; those without a day last."""
    held = asked.held
    rows, shown = window(held.lately("reports lately", whole(query), lambda: _found(held, query)), query)
    return Page(title="Reports", rows=tuple(report_row(report, held.by_report.get(report.id, 0)) for report in rows), window=shown)


def _found(held: Holdings, query: ReportQuery) -> list[Report]:
    words = query.q.casefold().split()
    found = [
        report
        for report in held.reports.values()
        if all(word in f"{report.title or ''} {report.outlet or ''} {report.id}".casefold() for word in words)
        and (not query.outlet or report.outlet == query.outlet)
    ]
    found.sort(key=lambda report: (report.title or report.id).casefold())
    found.sort(key=lambda report: str(report.published.day or ""), reverse=True)
    return found


def report(asked: Asked, _: Nothing, key: str) -> ReportPage:
    """The reading view of a report. Raises NotFound."""
    found = asked.store.report(key)
    claims = list(judged.claims(asked, Filter(report=found.id)))
    held = asked.held
    row = report_row(found, len(claims))
    cards = [_card(number, claim, held) for number, claim in enumerate(claims, start=1)]
    return ReportPage(
        title=row.name,
        report=row,
        source=found.source,
        reader=found.reader,
        link=row.url,
        lines=tuple(marked(found.text, claims, cards)),
        related=_related(found.id, claims, held),
    )


def _card(number: int, claim: Claim, held: Holdings) -> Card:
    found = [held.findings[key] for key in held.by_claim.get(claim.key, ()) if key in held.findings]
    return Card(
        number=number,
        key=claim.key,
        kind=claim.kind,
        act=claim.act,
        voices=tuple(wording.voice_words(voice, is_outlet=place == 0) for place, voice in enumerate(claim.chain)),
        slots=tuple(wording.slots(claim)),
        quotable=claim.quotable,
        days=wording.when_words(claim.when),
        score=round(claim.score, 2),
        modality=claim.modality,
        findings=tuple(
            CardFinding(key=one.key, standing=one.standing, about=wording.title(one), at=address("findings", one.key), related=_others(claim, one.key, held))
            for one in found
        ),
        at=address("claims", claim.key),
    )


def _others(claim: Claim, finding: str, held: Holdings) -> tuple[Related, ...]:
    """What other reports have on the matter."""
    out: list[Related] = []
    for position in held.findings[finding].positions:
        for key in position.claims:
            other = held.claims.get(key)
            if other is not None and other.report != claim.report:
                out.append(
                    Related(
                        key=key,
                        party=position.party or "unnamed",
                        says=position.says,
                        report=other.report,
                        report_name=held.titled(other.report),
                        at=address("claims", key),
                        at_text=text_address(other.report, key),
                    )
                )
    return tuple(out[:MOST_RELATED])


def _related(report_id: str, claims: Sequence[Claim], held: Holdings) -> tuple[ReportRow, ...]:
    """The reports that speak of the same matters, those that share most of them first."""
    shared: Counter[str] = Counter()
    for finding in sorted({key for claim in claims for key in held.by_claim.get(claim.key, ())}):
        at = {held.claims[key].report for position in held.findings[finding].positions for key in position.claims if key in held.claims}
        shared.update(at - {report_id})
    most = sorted(shared, key=lambda name: (-shared[name], name))[:MOST_RELATED]
    return tuple(report_row(held.reports[name], held.by_report.get(name, 0)) for name in most if name in held.reports)


PAGES = (
    PageKind(
        path="/reports",
        summary="The reports of the record",
        template="reports.html",
        context=Page[ReportRow],
        build=reports,
        query=ReportQuery,
        is_table=True,
        in_navigation="Reports",
    ),
    PageKind(path="/reports/{key}", summary="A report's text with its claims marked in place", template="report.html", context=ReportPage, build=report),
)
