"""Values of the record to the rows that pages list them in."""

from __future__ import annotations

from counterclaim.core.claim import Claim
from counterclaim.core.finding import Finding, Position
from counterclaim.core.link import Link
from counterclaim.core.report import Report
from counterclaim.web import wording
from counterclaim.web.contexts import ClaimRow, FindingRow, LinkRow, PositionRow, ReportRow
from counterclaim.web.holdings import Holdings
from counterclaim.web.wording import address

_BASIS = {"given": "as given", "metadata": "as the page says", "text": "from the text", "inferred": "inferred", "unknown": ""}


def report_row(report: Report, claims: int) -> ReportRow:
    """A report in a list. Its address on the web is given only where it is one a browser may follow."""
    url = report.url if report.url and report.url.lower().startswith(("http://", "https://")) else None
    return ReportRow(
        id=report.id,
        name=report.title or report.id,
        outlet=report.outlet,
        day=str(report.published.day) if report.published.day else None,
        day_known=_BASIS[report.published.basis],
        claims=claims,
        url=url,
        at=address("reports", report.id),
    )


def text_address(report: str, claim: str) -> str:
    """Where a claim stands in the text of its report."""
    return f"{address('reports', report)}#t-{claim}"


def claim_row(claim: Claim, held: Holdings) -> ClaimRow:
    """A claim in a list."""
    return ClaimRow(
        key=claim.key,
        kind=claim.kind,
        act=claim.act,
        voices=wording.chain_words(claim),
        says=wording.slot_words(claim),
        quote=claim.evidence.quote,
        quotable=claim.quotable,
        days=wording.when_words(claim.when),
        said=wording.when_words(claim.said),
        standing=held.standings(claim.key),
        score=round(claim.score, 2),
        report=claim.report,
        report_name=held.titled(claim.report),
        at=address("claims", claim.key),
        at_text=text_address(claim.report, claim.key),
    )


def position_row(position: Position) -> PositionRow:
    """A position in a list."""
    return PositionRow(
        party=position.party or "unnamed",
        says=position.says,
        interest=position.interest,
        origins=position.origins,
        reports=position.reports,
        claims=position.claims,
    )


def finding_row(finding: Finding) -> FindingRow:
    """A finding in a list."""
    return FindingRow(
        key=finding.key,
        standing=finding.standing,
        kind=finding.question.get("kind") or "",
        about=wording.title(finding),
        place=finding.question.get("place"),
        days=wording.finding_days(finding),
        range=wording.range_words(finding),
        positions=tuple(position_row(position) for position in finding.positions),
        because=finding.because,
        at=address("findings", finding.key),
        at_why=address("why", finding.key),
    )


def link_row(link: Link) -> LinkRow:
    """What words name."""
    target = link.target
    room = "actors" if link.kind == "actor" else "places"
    return LinkRow(
        words=link.words,
        kind=link.kind,
        name=target.name if target else None,
        key=target.key if target else None,
        score=round(target.score, 2) if target else None,
        within=wording.where_words(target.name, target.at) if target else "",
        candidates=tuple(f"{one.name} ({one.score:.2f})" for one in link.candidates),
        because=link.because,
        flag=link.flag,
        at=address(room, target.key) if target and "#" not in target.key else None,
    )
