"""Findings: claims about the same matter laid side by side, with their standing."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

import msgspec

from counterclaim.core.claim import Claim
from counterclaim.core.finding import Finding, Standing
from counterclaim.errors import NotFound
from counterclaim.web import wording
from counterclaim.web.contexts import AnswerRow, FindingPage, FindingRow, FullPosition, Page, StandingClaim
from counterclaim.web.holdings import Derived, Holdings
from counterclaim.web.routes import LONGEST_NAME, Asked, Nothing, PageKind, Query, window
from counterclaim.web.rows import finding_row, text_address
from counterclaim.web.wording import address


class FindingQuery(Query, frozen=True, kw_only=True):
    """Which findings to list."""

    kind: Annotated[str, msgspec.Meta(description="Only questions of this kind.", max_length=40)] = ""
    standing: Annotated[Standing | Literal[""], msgspec.Meta(description="Only with this standing.")] = ""
    place: Annotated[str, msgspec.Meta(description="Only where the place has this in its name.", max_length=LONGEST_NAME)] = ""
    party: Annotated[str, msgspec.Meta(description="Only where a party with this in its name says something or is spoken of.", max_length=LONGEST_NAME)] = ""
    q: Annotated[str, msgspec.Meta(description="Words in the question, the positions or the reason.", max_length=200)] = ""


def findings(asked: Asked, query: FindingQuery) -> Page[FindingRow]:
    """The findings that meet every condition, those that need a look first."""
    rows, shown = window(_found(asked.derived(FOLDED), query), query)
    return Page(title="Findings", rows=tuple(finding_row(one.finding) for one in rows), window=shown)


class _Folded(NamedTuple):
    """A finding with what it is searched by, in lower case."""

    finding: Finding
    place: str
    parties: str
    words: str


def _folded(finding: Finding) -> _Folded:
    parties = sorted(wording.parties(finding))
    words = [wording.title(finding), finding.because, *(f"{one.party or ''} {one.says}" for one in finding.positions)]
    return _Folded(finding, (finding.question.get("place") or "").casefold(), "\n".join(parties).casefold(), " ".join(words).casefold())


FOLDED = Derived("findings", lambda _, held: [_folded(one) for one in held.findings.values()])


def _found(found: list[_Folded], query: FindingQuery) -> list[_Folded]:
    """The findings that meet every condition. Each condition passes over the list by itself, and only those that are set do."""
    if query.standing:
        found = [one for one in found if one.finding.standing == query.standing]
    if query.kind:
        found = [one for one in found if one.finding.question.get("kind") == query.kind]
    if place := query.place.strip().casefold():
        found = [one for one in found if place in one.place]
    if party := query.party.strip().casefold():
        found = [one for one in found if party in one.parties]
    for word in query.q.casefold().split():
        found = [one for one in found if word in one.words]
    return found


def finding(asked: Asked, _: Nothing, key: str) -> FindingPage:
    """One finding with every sentence it rests on. Raises NotFound."""
    held = asked.held
    found = held.findings.get(key)
    if found is None:
        raise NotFound(f"no finding {key!r}; findings are derived, and the claims this one stood on may have changed")
    row, check = finding_row(found), found.sum_check
    return FindingPage(
        title=row.about,
        finding=row,
        question=tuple((name.replace("_", " "), value or "open") for name, value in found.question.items()),
        verification=found.verification,
        best="" if found.best is None else f"{found.best:g}",
        rule=found.rule,
        positions=tuple(
            FullPosition(
                party=one.party or "unnamed",
                says=one.says,
                interest=one.interest,
                origins=one.origins,
                reports=one.reports,
                claims=_standing(one.claims, held),
                missing=sum(claim not in held.claims for claim in one.claims),
            )
            for one in found.positions
        ),
        formulations=found.formulations,
        terms=tuple(tuple(term.get(part) or "" for part in ("role", "act", "party", "places", "state")) for term in found.terms),  # type: ignore[misc]
        answers=tuple(AnswerRow(by=one.by or "unnamed", value=one.value, as_of=one.as_of, claims=_standing(one.claims, held)) for one in found.answers),
        sum_check=f"{check.total} against {' + '.join(check.parts)}: {check.result} ({check.because})" if check else None,
    )


def _standing(keys: tuple[str, ...], held: Holdings) -> tuple[StandingClaim, ...]:
    return tuple(standing_claim(held.claims[key], held) for key in keys if key in held.claims)


def standing_claim(claim: Claim, held: Holdings) -> StandingClaim:
    """A claim as it stands under a position."""
    report = held.reports.get(claim.report)
    return StandingClaim(
        key=claim.key,
        act=claim.act,
        voices=wording.chain_words(claim),
        quote=claim.evidence.quote,
        quotable=claim.quotable,
        days=wording.when_words(claim.when),
        report=claim.report,
        report_name=held.titled(claim.report),
        day=str(report.published.day) if report and report.published.day else None,
        at=address("claims", claim.key),
        at_text=text_address(claim.report, claim.key),
    )


PAGES = (
    PageKind(
        path="/findings",
        summary="Claims about the same matter laid side by side",
        template="findings.html",
        context=Page[FindingRow],
        build=findings,
        query=FindingQuery,
        needs=(FOLDED,),
        is_table=True,
        in_navigation="Findings",
    ),
    PageKind(path="/findings/{key}", summary="A finding with the sentences it rests on", template="finding.html", context=FindingPage, build=finding),
)
