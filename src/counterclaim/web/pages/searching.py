"""Search: words in reports and claims, and claims by kind, place, actor, day and standing."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge
from typing import Annotated, Literal

import msgspec

from counterclaim.core.claim import Claim
from counterclaim.core.finding import Standing
from counterclaim.store import Filter
from counterclaim.web import judged
from counterclaim.web.contexts import HitRow, SearchPage
from counterclaim.web.holdings import Holdings
from counterclaim.web.pages.claims import Day
from counterclaim.web.routes import LONGEST_NAME, Asked, PageKind, Query, window
from counterclaim.web.rows import claim_row
from counterclaim.web.wording import address

MOST_HITS = 20
"""Reports shown for a search, best first; the claims below them go on page by page."""


class SearchQuery(Query, frozen=True, kw_only=True):
    """What is looked for."""

    q: Annotated[str, msgspec.Meta(description="Words, all of them; “a phrase” in double quotes.", max_length=200)] = ""
    kind: Annotated[str, msgspec.Meta(description="Only claims of this kind.", max_length=40)] = ""
    place: Annotated[str, msgspec.Meta(description="Only claims about this place.", max_length=LONGEST_NAME)] = ""
    actor: Annotated[str, msgspec.Meta(description="Only claims by or about this actor.", max_length=LONGEST_NAME)] = ""
    since: Day = None
    until: Day = None
    standing: Annotated[Standing | Literal[""], msgspec.Meta(description="Only claims in a finding with this standing.")] = ""


def search(asked: Asked, query: SearchQuery) -> SearchPage:
    """Reports that hold the words, and claims that meet every condition."""
    filters = (query.kind, query.place, query.actor, query.since, query.until, query.standing)
    asks = bool(query.q.strip()) or any(filters)
    held = asked.held
    found = (one for one in _found(asked, query) if not query.standing or query.standing in held.standings(one.key)) if asks else iter(())
    rows, shown = window(found, query)
    return SearchPage(
        title="Search",
        asked=asks,
        rows=tuple(claim_row(one, held) for one in rows),
        window=shown,
        hits=_hits(asked, query, held) if query.q.strip() and query.page == 1 else (),
    )


def _found(asked: Asked, query: SearchQuery) -> Iterator[Claim]:
    """The claims that meet the conditions. An actor may speak in a claim or be spoken of; a claim where it does both comes once."""
    wanted = Filter(kind=query.kind or None, place=query.place or None, since=query.since, until=query.until, words=query.q or None)
    if not query.actor.strip():
        yield from judged.claims(asked, wanted)
        return
    streams = [judged.claims(asked, msgspec.structs.replace(wanted, **{role: query.actor})) for role in ("voice", "party")]
    last = None
    for one in merge(*streams, key=lambda claim: (claim.report, claim.evidence.start, claim.evidence.end, claim.key)):
        if one.key != last:
            yield one
        last = one.key


def _hits(asked: Asked, query: SearchQuery, held: Holdings) -> tuple[HitRow, ...]:
    out = []
    for hit in asked.store.search(query.q, MOST_HITS):
        report = held.reports.get(hit.report)
        out.append(
            HitRow(
                id=hit.report,
                name=hit.title or hit.report,
                outlet=report.outlet if report else None,
                day=str(report.published.day) if report and report.published.day else None,
                excerpt=hit.excerpt,
                claims=len(hit.claims),
                at=address("reports", hit.report),
            )
        )
    return tuple(out)


PAGES = (
    PageKind(
        path="/search",
        summary="Search reports and claims",
        template="search.html",
        context=SearchPage,
        build=search,
        query=SearchQuery,
        is_table=True,
    ),
)
