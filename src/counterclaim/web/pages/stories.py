"""Stories: events as they are told across reports; and reports that are later versions of others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Annotated

import msgspec

from counterclaim.core.claim import KINDS
from counterclaim.core.link import Precision
from counterclaim.core.story import Outcome, Role, Story, Toll, Version, VersionGround
from counterclaim.errors import NotFound
from counterclaim.reconcile.stories import stories_on
from counterclaim.reconcile.versions import versions as told_versions
from counterclaim.record import Record
from counterclaim.web import wording
from counterclaim.web.contexts import Context, Page, ReportRow, StandingClaim
from counterclaim.web.derived import CONTEXT, LINEAGE, TEXTS, WHEREABOUTS
from counterclaim.web.holdings import Derived, Holdings
from counterclaim.web.pages.board import standing_claims
from counterclaim.web.pages.findings import standing_claim
from counterclaim.web.routes import LONGEST_NAME, Asked, Nothing, PageKind, Query, whole, window
from counterclaim.web.rows import report_row
from counterclaim.web.wording import address

Kind = Annotated[str, msgspec.Meta(description="Only with claims of this kind.", max_length=40)]


class StoryQuery(Query, frozen=True, kw_only=True):
    """Which stories to list."""

    kind: Kind = ""
    place: Annotated[str, msgspec.Meta(description="Only where the place has this in its name.", max_length=LONGEST_NAME)] = ""
    party: Annotated[str, msgspec.Meta(description="Only where somebody with this in the name plays a role.", max_length=LONGEST_NAME)] = ""
    since: Annotated[dt.date | None, msgspec.Meta(description="Only of this day or later.")] = None
    until: Annotated[dt.date | None, msgspec.Meta(description="Only of this day or earlier.")] = None
    told: Annotated[int, msgspec.Meta(ge=1, le=1_000_000, description="Only those told in at least so many reports.")] = 1


class StoryRow(msgspec.Struct, frozen=True, kw_only=True):
    """A story in a list. `actors` are written as role and name, `figures` as harm and range."""

    key: str
    kinds: tuple[str, ...]
    first: dt.date | None
    last: dt.date | None
    place: str | None
    precision: Precision
    actors: tuple[str, ...]
    figures: tuple[str, ...]
    claims: int
    reports: int
    origins: int
    because: str
    at: str


class PartRow(msgspec.Struct, frozen=True, kw_only=True):
    """Who plays a role, by how many claims; `denied_by` are the sentences that deny it."""

    role: Role
    name: str
    claims: int
    denied_by: tuple[StandingClaim, ...]
    at: str | None


class TellingRow(msgspec.Struct, frozen=True, kw_only=True):
    """A report that tells the story, with the sentences that do."""

    report: ReportRow
    claims: tuple[StandingClaim, ...]


class JoinRow(msgspec.Struct, frozen=True, kw_only=True):
    """Why two sentences are of one event."""

    score: float
    because: str
    a: StandingClaim
    b: StandingClaim


class RetoldRow(msgspec.Struct, frozen=True, kw_only=True):
    """What a later version did to a claim of the earlier one, and the claim that stands in its place."""

    outcome: Outcome
    because: str
    claim: StandingClaim | None
    by: StandingClaim | None


class VersionRow(msgspec.Struct, frozen=True, kw_only=True):
    """A report that is a later version of another."""

    older: str
    older_name: str
    older_day: dt.date | None
    newer: str
    newer_name: str
    newer_day: dt.date | None
    outlet: str | None
    ground: VersionGround
    overlap: float
    because: str
    withdrawn: int
    superseded: int
    at: str
    at_text: str


class VersionsPage(Page[VersionRow], frozen=True, kw_only=True):
    """Versions, and for each row what became of the earlier one's claims."""

    retold: tuple[tuple[RetoldRow, ...], ...]


class StoryPage(Context, frozen=True, kw_only=True):
    """A story with its sentences, report by report, who is in it, and why they belong together."""

    story: StoryRow
    place_at: str | None
    parts: tuple[PartRow, ...]
    tellings: tuple[TellingRow, ...]
    joins: tuple[JoinRow, ...]
    versions: tuple[VersionRow, ...]
    judged: int


def told(asked: Asked) -> Mapping[str, Story]:
    """The stories by key; the latest first, the undated last."""
    return asked.derived(STORIES)


def _made(record: Record, held: Holdings) -> Mapping[str, Story]:
    kin = held.derive(LINEAGE, record).kinships
    found = stories_on(held.derive(CONTEXT, record), held.derive(WHEREABOUTS, record), record.store.judgements(), kin)
    return {one.key: one for one in sorted(found, key=_order)}


def _later(record: Record, held: Holdings) -> tuple[Version, ...]:
    return tuple(told_versions(held.derive(TEXTS, record), held.claims.values()))


STORIES = Derived("stories", _made)
STORY_ROWS = Derived("story rows", lambda record, held: tuple(story_row(story) for story in held.derive(STORIES, record).values()))
VERSIONS = Derived("versions", _later)


def _order(story: Story) -> tuple[int, int, str]:
    day = story.first or story.last
    return (-day.toordinal() if day else 1, -len(story.reports), story.key)


def stories(asked: Asked, query: StoryQuery) -> Page[StoryRow]:
    """The stories that meet every condition, the latest first."""
    rows = asked.derived(STORY_ROWS)
    found, shown = window(asked.held.lately("stories lately", whole(query), lambda: [row for row in rows if _is_wanted(row, query)]), query)
    return Page(title="Stories", rows=found, window=shown)


def _is_wanted(row: StoryRow, query: StoryQuery) -> bool:
    place, party = query.place.strip().casefold(), query.party.strip().casefold()
    return (
        row.reports >= query.told
        and (not query.kind or query.kind in row.kinds)
        and place in (row.place or "").casefold()
        and (not party or any(party in actor.casefold() for actor in row.actors))
        and is_between(row.first, row.last, query.since, query.until)
    )


def is_between(first: dt.date | None, last: dt.date | None, since: dt.date | None, until: dt.date | None) -> bool:
    """Whether some day of the stretch is in the span asked for; a stretch without days is in none but the open one."""
    if since is None and until is None:
        return True
    start, end = first or last, last or first
    return start is not None and end is not None and (since is None or end >= since) and (until is None or start <= until)


def story_row(story: Story) -> StoryRow:
    """A story in a list."""
    return StoryRow(
        key=story.key,
        kinds=story.kinds,
        first=story.first,
        last=story.last,
        place=story.place.name if story.place else None,
        precision=story.place.precision if story.place else "unknown",
        actors=tuple(f"{part.role}: {part.name}{' (denied)' if part.denied_by else ''}" for part in story.actors),
        figures=tuple(f"{toll.harm}: {toll_words(toll)}" for toll in story.figures),
        claims=len(story.claims),
        reports=len(story.reports),
        origins=len(story.origins),
        because=story.because,
        at=address("stories", story.key),
    )


def toll_words(toll: Toll) -> str:
    """`9 to 14`, `at least 14`, `up to 12`, or that no number is given."""
    return span_words(toll.low, toll.high)


def span_words(low: float | None, high: float | None) -> str:
    """A range in words."""
    if low is None and high is None:
        return "no number"
    if low is None:
        return f"up to {high:,}"
    if high is None:
        return f"at least {low:,}"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def story(asked: Asked, _: Nothing, key: str) -> StoryPage:
    """One story. Raises NotFound."""
    found, held = told(asked).get(key), asked.held
    if found is None:
        raise NotFound(f"no story {key!r}; stories are derived, and the claims this one stood on may have changed")
    place = found.place
    by_report: dict[str, list[str]] = {}
    for claim in found.claims:
        if one := held.claims.get(claim):
            by_report.setdefault(one.report, []).append(claim)
    ordered = sorted(by_report, key=lambda report: (str(held.reports[report].published.day or "9") if report in held.reports else "9", report))
    return StoryPage(
        title=_titled(found),
        story=story_row(found),
        place_at=address("places", place.key) if place and place.key else None,
        parts=tuple(
            PartRow(
                role=part.role,
                name=part.name,
                claims=len(part.claims),
                denied_by=standing_claims(part.denied_by, held),
                at=address("actors", part.key) if part.key and part.key in _actors(held) else None,
            )
            for part in found.actors
        ),
        tellings=tuple(
            TellingRow(report=report_row(held.reports[report], held.by_report.get(report, 0)), claims=standing_claims(by_report[report], held))
            for report in ordered
            if report in held.reports
        ),
        joins=tuple(
            JoinRow(score=round(join.score, 2), because=join.because, a=standing_claim(held.claims[join.a], held), b=standing_claim(held.claims[join.b], held))
            for join in found.joins
            if join.a in held.claims and join.b in held.claims
        ),
        versions=tuple(_version_row(one, held) for one in _versions(asked) if one.older in by_report or one.newer in by_report),
        judged=len(found.judged),
    )


def _actors(held: Holdings) -> frozenset[str]:
    return held.keep("actor keys", lambda: frozenset(actor.key for actor in held.registry.actors))


def _titled(found: Story) -> str:
    where = f" at {found.place.name}" if found.place else ""
    days = wording.days(found.first, found.last)
    return f"{', '.join(found.kinds).capitalize()}{where}{f', {days}' if days else ''}"


def versions(asked: Asked, query: Query) -> VersionsPage:
    """Reports with their later versions, and what became of the earlier ones' claims."""
    found, shown = window(_versions(asked), query)
    rows = tuple(_version_row(version, asked.held) for version in found)
    return VersionsPage(title="Versions of reports", rows=rows, window=shown, retold=tuple(tuple(_retold(version, asked.held)) for version in found))


def _versions(asked: Asked) -> tuple[Version, ...]:
    return asked.derived(VERSIONS)


def _retold(version: Version, held: Holdings) -> Iterator[RetoldRow]:
    for one in version.claims:
        yield RetoldRow(
            outcome=one.outcome,
            because=one.because,
            claim=standing_claim(held.claims[one.claim], held) if one.claim in held.claims else None,
            by=standing_claim(held.claims[one.by], held) if one.by and one.by in held.claims else None,
        )


def _version_row(version: Version, held: Holdings) -> VersionRow:
    older, newer = held.reports[version.older], held.reports[version.newer]
    return VersionRow(
        older=version.older,
        older_name=held.titled(version.older),
        older_day=older.published.day,
        newer=version.newer,
        newer_name=held.titled(version.newer),
        newer_day=newer.published.day,
        outlet=newer.outlet,
        ground=version.ground,
        overlap=version.overlap,
        because=version.because,
        withdrawn=sum(one.outcome == "withdrawn" for one in version.claims),
        superseded=sum(one.outcome == "superseded" for one in version.claims),
        at=address("reports", version.older),
        at_text=address("reports", version.newer),
    )


STORY_KINDS = tuple(sorted(KINDS.keys() & {"attack", "casualties", "control", "fighting", "movement"}))
"""The kinds of claims that stories are made of."""

PAGES = (
    PageKind(
        path="/stories",
        summary="Events as they are told across reports",
        template="stories.html",
        context=Page[StoryRow],
        build=stories,
        query=StoryQuery,
        needs=(STORY_ROWS,),
        is_table=True,
        in_navigation="Stories",
    ),
    PageKind(
        path="/stories/{key}",
        summary="A story with its sentences, report by report",
        template="story.html",
        context=StoryPage,
        build=story,
        needs=(STORIES, VERSIONS),
    ),
    PageKind(
        path="/versions",
        summary="Reports that are later versions of others",
        template="versions.html",
        context=VersionsPage,
        build=versions,
        query=Query,
        needs=(VERSIONS,),
        is_table=True,
    ),
)
