"""Places: what the words of the reports name on the ground, and the words that stay open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Annotated, Literal

import msgspec

from counterclaim.core.claim import Control
from counterclaim.core.link import Link
from counterclaim.errors import NotFound
from counterclaim.resolve.located import located
from counterclaim.web import wording
from counterclaim.web.contexts import Page, PlacePage, PlaceRow
from counterclaim.web.derived import FOLLOWS
from counterclaim.web.holdings import Derived
from counterclaim.web.pages.actors import MOST_LISTED, NameQuery, once
from counterclaim.web.routes import Asked, Nothing, PageKind, window
from counterclaim.web.rows import finding_row, report_row
from counterclaim.web.wording import address


class PlaceQuery(NameQuery, frozen=True, kw_only=True):
    """Which places to list."""

    state: Annotated[Literal["", "known", "open"], msgspec.Meta(description="Only those known to a gazetteer, or only those left open.")] = ""


def places(asked: Asked, query: PlaceQuery) -> Page[PlaceRow]:
    """The places, those named in most reports first; words that stay open are rows of their own."""
    words = query.q.strip().casefold()
    found = [
        row
        for row in asked.derived(PLACES)
        if any(words in name.casefold() for name in (row.name, *row.words)) and (not query.state or (row.key is None) == (query.state == "open"))
    ]
    chosen, shown = window(found, query)
    return Page(title="Places", rows=chosen, window=shown)


def place(asked: Asked, _: Nothing, key: str) -> PlacePage:
    """One place. Raises NotFound."""
    held = asked.held
    links = [link for link in held.links_to.get(key, ()) if link.kind == "place"]
    row = _row(links) if links else _following(asked, key)
    found = held.named((row.name, *row.words))
    return PlacePage(
        title=row.name,
        place=row,
        reports=tuple(report_row(held.reports[one], held.by_report.get(one, 0)) for one in row.reports[:MOST_LISTED] if one in held.reports),
        words=once(links),
        findings=tuple(finding_row(one) for one in found[:MOST_LISTED]),
        in_reports=len(row.reports),
        in_findings=len(found),
    )


def _following(asked: Asked, key: str) -> PlaceRow:
    """A place that no report names, of which something follows from a claim about a set of places. Raises NotFound."""
    about = [(one, place) for one in asked.derived(FOLLOWS) if isinstance(one.proposition, Control) for place in one.proposition.place if place.key == key]
    if not about:
        raise NotFound(f"no place {key!r} in this record")
    gazetteer, name = asked.record.gazetteer(), about[0][1].name or key
    place = gazetteer.place(key)
    at = located(place, gazetteer) if place else None
    return PlaceRow(
        key=key,
        name=name,
        words=(),
        within=wording.where_words(name, at),
        precision=at.precision if at else "unknown",
        lat=at.lat if at else None,
        lon=at.lon if at else None,
        reports=tuple(sorted({one.report for one, _ in about})),
        candidates=(),
        because=tuple(sorted({one.because for one, _ in about})),
        at=address("places", key),
    )


def _rows(links: Iterable[Link]) -> list[PlaceRow]:
    return sorted((_row(some) for some in _groups(links)), key=lambda row: (-len(row.reports), row.name.casefold(), row.key or ""))


PLACES = Derived("places", lambda _, held: _rows(held.registry.links))


def _groups(links: Iterable[Link]) -> list[list[Link]]:
    """The links of one place, or of the same open words, together."""
    found: defaultdict[tuple[str, str], list[Link]] = defaultdict(list)
    for link in links:
        if link.kind == "place":
            found[("", link.target.key) if link.target else (link.words, "")].append(link)
    return [found[where] for where in sorted(found)]


def _row(links: Sequence[Link]) -> PlaceRow:
    target = links[0].target
    at = target.at if target else None
    name = target.name if target else links[0].words
    return PlaceRow(
        key=target.key if target else None,
        name=name,
        words=tuple(sorted({link.words for link in links} - {name})),
        within=wording.where_words(name, at),
        precision=at.precision if at else "unknown",
        lat=at.lat if at else None,
        lon=at.lon if at else None,
        reports=tuple(sorted({link.report for link in links})),
        candidates=tuple(sorted({f"{one.name} ({wording.where_words(one.name, one.at)})" for link in links for one in link.candidates})) if not target else (),
        because=tuple(sorted({link.because for link in links})),
        at=address("places", target.key) if target else f"/claims?place={wording.quoted(name)}",
    )


PAGES = (
    PageKind(
        path="/places",
        summary="What the words name on the ground",
        template="places.html",
        context=Page[PlaceRow],
        build=places,
        query=PlaceQuery,
        needs=(PLACES,),
        is_table=True,
        in_navigation="Places",
    ),
    PageKind(path="/places/{key}", summary="A place with the words that name it", template="place.html", context=PlacePage, build=place),
)
