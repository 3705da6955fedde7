"""Actors: who acts and speaks in the record, by all the names they are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated

import msgspec

from counterclaim.core.actor import Known, Tie
from counterclaim.core.link import Link
from counterclaim.errors import NotFound
from counterclaim.web.contexts import ActorPage, ActorRow, LinkRow, Page
from counterclaim.web.holdings import Holdings
from counterclaim.web.routes import LONGEST_NAME, Asked, Nothing, PageKind, Query, whole, window
from counterclaim.web.rows import finding_row, link_row, report_row
from counterclaim.web.wording import address

MOST_LISTED = 50
"""Findings and reports listed on the page of one actor or place; the lists behind it have all."""


class NameQuery(Query, frozen=True, kw_only=True):
    """Which names to list."""

    q: Annotated[str, msgspec.Meta(description="Only those with this in one of their names.", max_length=LONGEST_NAME)] = ""


def actors(asked: Asked, query: NameQuery) -> Page[ActorRow]:
    """The actors, those named in most reports first."""
    held = asked.held
    rows, shown = window(held.lately("actors lately", whole(query), lambda: _found(held, query)), query)
    return Page(title="Actors", rows=tuple(_row(actor, by_key(held)) for actor in rows), window=shown)


def _found(held: Holdings, query: NameQuery) -> list[Known]:
    words = query.q.strip().casefold()
    found = [actor for actor in held.registry.actors if any(words in name.casefold() for name in (actor.name, *actor.names))]
    return sorted(found, key=lambda actor: (-len(actor.reports), actor.name.casefold(), actor.key))


def by_key(held: Holdings) -> Mapping[str, Known]:
    """The actors by their keys; made once for each state of the record."""
    return held.keep("actors by key", lambda: {actor.key: actor for actor in held.registry.actors})


def actor(asked: Asked, _: Nothing, key: str) -> ActorPage:
    """One actor. Raises NotFound."""
    held = asked.held
    known = by_key(held).get(key)
    if known is None:
        raise NotFound(f"no actor {key!r} in this record")
    row = _row(known, by_key(held))
    found = held.named((known.name, *known.names))
    return ActorPage(
        title=known.name,
        actor=row,
        reports=tuple(report_row(held.reports[one], held.by_report.get(one, 0)) for one in known.reports[:MOST_LISTED] if one in held.reports),
        words=once(link for link in held.links_to.get(key, ()) if link.kind == "actor"),
        findings=tuple(finding_row(one) for one in found[:MOST_LISTED]),
        in_reports=len(known.reports),
        in_findings=len(found),
    )


def once(links: Iterable[Link]) -> tuple[LinkRow, ...]:
    """Links with the same words, meaning and reason as one row each."""
    rows = {(link.words, link.target.key if link.target else "", link.because): link for link in links}
    return tuple(link_row(link) for _, link in sorted(rows.items()))


def _row(actor: Known, known: Mapping[str, Known]) -> ActorRow:
    return ActorRow(
        key=actor.key,
        name=actor.name,
        kind=actor.kind,
        names=tuple(name for name in actor.names if name != actor.name),
        ties=tuple(sorted({_tie(tie) for tie in actor.ties})),
        reports=actor.reports,
        joined=tuple(why for _, why in actor.merged),
        possible=tuple(f"{known[key].name if key in known else key}: {why}" for key, why in actor.maybe),
        at=address("actors", actor.key),
    )


def _tie(tie: Tie) -> str:
    return f"{tie.relation} {tie.to}" if tie.relation == "speaks for" else tie.to


PAGES = (
    PageKind(
        path="/actors",
        summary="Who acts and speaks",
        template="actors.html",
        context=Page[ActorRow],
        build=actors,
        query=NameQuery,
        is_table=True,
        in_navigation="Actors",
    ),
    PageKind(path="/actors/{key}", summary="An actor with its names and ties", template="actor.html", context=ActorPage, build=actor),
)
