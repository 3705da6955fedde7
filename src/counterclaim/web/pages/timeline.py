"""The timeline: stories and claims by day, counted in a strip and listed under it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Literal, NamedTuple

import msgspec

from counterclaim.core.claim import Claim
from counterclaim.core.finding import Standing
from counterclaim.core.story import Story
from counterclaim.record import Record
from counterclaim.web import wording
from counterclaim.web.contexts import Page
from counterclaim.web.holdings import Derived, Holdings
from counterclaim.web.pages.stories import STORIES, is_between, story_row
from counterclaim.web.routes import Asked, PageKind, Query, whole, window
from counterclaim.web.wording import address

WIDTH, HEIGHT, FOOT = 1000, 130, 22
"""The strip in its own units, and the room for the days under it."""
_MOST_BINS = 64
_TICKS = 7
Unit = Literal["day", "week", "month", "year"]


class TimelineQuery(Query, frozen=True, kw_only=True):
    """Which part of the timeline."""

    show: Annotated[Literal["", "stories", "claims"], msgspec.Meta(description="Only stories, or only claims.")] = ""
    kind: Annotated[str, msgspec.Meta(description="Only of this kind.", max_length=40)] = ""
    place: Annotated[str, msgspec.Meta(description="Only where a place has this in its name.", max_length=200)] = ""
    party: Annotated[str, msgspec.Meta(description="Only where somebody with this in the name speaks or plays a role.", max_length=200)] = ""
    since: Annotated[dt.date | None, msgspec.Meta(description="Only of this day or later.")] = None
    until: Annotated[dt.date | None, msgspec.Meta(description="Only of this day or earlier.")] = None


class EntryRow(msgspec.Struct, frozen=True, kw_only=True):
    """A story or claim on the timeline. A claim is dated as its words or its report date it; `act` is empty for a story."""

    what: Literal["story", "claim"]
    first: dt.date | None
    last: dt.date | None
    kind: str
    act: str
    who: tuple[str, ...]
    place: str | None
    says: str
    quote: str | None
    reports: int
    origins: int | None
    standing: tuple[Standing, ...]
    at: str


class Bin(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the strip with what it counts."""

    first: dt.date
    last: dt.date
    stories: int
    claims: int


class TimelinePage(Page[EntryRow], frozen=True, kw_only=True):
    """The timeline. `bins` cut the dated entries that meet the conditions into days, weeks, months or years."""

    unit: Unit
    bins: tuple[Bin, ...]
    undated: int

    @property
    def strip(self) -> Strip:
        """The bins as they are drawn."""
        return _strip(self.bins, self.unit)


class Column(NamedTuple):
    """A bin as it is drawn: the claims from the foot, the stories before them."""

    x: float
    width: float
    claims_y: float
    stories_y: float
    said: str
    first: dt.date
    last: dt.date


class Tick(NamedTuple):
    """A day written under the strip."""

    x: float
    words: str
    anchor: str


class Strip(NamedTuple):
    """The strip of columns with its days and the number at its top."""

    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    most: int


def timeline(asked: Asked, query: TimelineQuery) -> TimelinePage:
    """The entries that meet every condition, the latest first, the undated last."""
    entries = asked.derived(TIMELINE)
    listed, unit, bins, undated = asked.held.lately("timeline lately", whole(query), lambda: _looked(entries, query))
    rows, shown = window(listed, query)
    return TimelinePage(title="Timeline", rows=rows, window=shown, unit=unit, bins=bins, undated=undated)


class _Looked(NamedTuple):
    """What meets a query: the rows, their strip, and how many have no day."""

    listed: Sequence[EntryRow]
    unit: Unit
    bins: tuple[Bin, ...]
    undated: int


def _looked(entries: Sequence[_Entry], query: TimelineQuery) -> _Looked:
    found = [entry for entry in entries if _is_wanted(entry.row, entry.places, entry.names, query)]
    listed = [entry.row for entry in found if query.show in ("", "stories" if entry.row.what == "story" else "claims")]
    unit, bins = binned([entry.row for entry in found], query.since, query.until)
    return _Looked(listed, unit, bins, sum(row.first is None and row.last is None for row in listed))


class _Entry(NamedTuple):
    """An entry with what it is searched by, in lower case."""

    row: EntryRow
    places: str
    names: str


def _order(entry: _Entry) -> tuple[int, str, str, str]:
    day = entry.row.first or entry.row.last
    return (-day.toordinal() if day else 1, "" if entry.row.what == "story" else "claim", entry.row.kind, entry.row.at)


def _stories(stories: Iterable[Story], held: Holdings) -> Iterator[_Entry]:
    for story in stories:
        row = story_row(story)
        standing = {one for claim in story.claims for one in held.standings(claim)}
        yield _Entry(
            EntryRow(
                what="story",
                first=row.first,
                last=row.last,
                kind=", ".join(row.kinds),
                act="",
                who=row.actors,
                place=row.place,
                says="; ".join(row.figures),
                quote=None,
                reports=row.reports,
                origins=row.origins,
                standing=tuple(one for one in wording.ORDER if one in standing),  # type: ignore[misc]
                at=row.at,
            ),
            (row.place or "").casefold(),
            "\n".join(row.actors).casefold(),
        )


def _made(record: Record, held: Holdings) -> Sequence[_Entry]:
    return sorted([*_stories(held.derive(STORIES, record).values(), held), *_claims(held)], key=_order)


TIMELINE = Derived("timeline", _made)


def _claims(held: Holdings) -> Iterator[_Entry]:
    for claim in held.claims.values():
        filled = tuple(wording.slots(claim))
        slots = dict(filled)
        when = claim.when
        row = EntryRow(
            what="claim",
            first=when.start if when else None,
            last=when.end if when else None,
            kind=claim.kind,
            act=claim.act,
            who=(wording.chain_words(claim),),
            place=slots.get("place"),
            says=wording.on_one_line(filled),
            quote=claim.evidence.quote if claim.quotable else None,
            reports=1,
            origins=None,
            standing=held.standings(claim.key),  # type: ignore[arg-type]
            at=address("claims", claim.key),
        )
        places = "\n".join(words for name, words in slots.items() if name in {"place", "to", "from", "target", "places"})
        yield _Entry(row, places.casefold(), f"{row.who[0]}\n{_names(claim, slots)}".casefold())


def _names(claim: Claim, slots: dict[str, str]) -> str:
    speakers = [voice.speaks_for or "" for voice in claim.chain]
    return "\n".join([*speakers, *(words for name, words in slots.items() if name.replace(" ", "_") in {*wording.PARTY_SLOTS, "holder"})])


def _is_wanted(row: EntryRow, places: str, names: str, query: TimelineQuery) -> bool:
    return (
        (not query.kind or query.kind in row.kind.split(", "))
        and query.place.strip().casefold() in places
        and query.party.strip().casefold() in names
        and is_between(row.first, row.last, query.since, query.until)
    )


def binned(rows: Iterable[EntryRow], since: dt.date | None, until: dt.date | None) -> tuple[Unit, tuple[Bin, ...]]:
    """The dated entries counted by the finest unit that keeps the strip readable; each counts on its first day, or the first asked for."""
    dated = [(row.what, max(day, since) if since else day) for row in rows if (day := row.first or row.last)]
    if not dated:
        return "day", ()
    start, end = min(day for _, day in dated), max(day for _, day in dated)
    if until:
        end = min(end, until)
    for unit in _UNITS:
        starts = list(_starts(start, end, unit))
        if len(starts) <= _MOST_BINS or unit == "year":
            break
    counts = {first: [0, 0] for first in starts}
    for what, day in dated:
        counts[_floor(day, unit)][what == "claim"] += 1
    return unit, tuple(
        Bin(first=first, last=_next(first, unit) - dt.timedelta(days=1), stories=stories, claims=claims) for first, (stories, claims) in counts.items()
    )


_UNITS: tuple[Unit, ...] = ("day", "week", "month", "year")


def _floor(day: dt.date, unit: Unit) -> dt.date:
    """The first day of the unit this day is in; weeks begin on Monday."""
    if unit == "week":
        return day - dt.timedelta(days=day.weekday())
    return day if unit == "day" else day.replace(day=1) if unit == "month" else day.replace(month=1, day=1)


def _next(first: dt.date, unit: Unit) -> dt.date:
    if unit in ("day", "week"):
        return first + dt.timedelta(days=1 if unit == "day" else 7)
    return _floor(first + dt.timedelta(days=32 if unit == "month" else 367), unit)


def _starts(start: dt.date, end: dt.date, unit: Unit) -> Iterator[dt.date]:
    at, count = _floor(start, unit), 0
    while at <= end and (count <= _MOST_BINS or unit == "year"):
        yield at
        at, count = _next(at, unit), count + 1


def _strip(bins: Sequence[Bin], unit: Unit) -> Strip:
    most = max((max(one.stories, one.claims) for one in bins), default=0)
    step = WIDTH / max(len(bins), 1)
    high = HEIGHT - FOOT - 14
    columns = tuple(
        Column(
            round(number * step, 1),
            round(step, 1),
            round(HEIGHT - FOOT - high * one.claims / most, 1),
            round(HEIGHT - FOOT - high * one.stories / most, 1),
            f"{wording.days(one.first, one.last)}: {wording.counted(one.stories, 'story', 'stories')}, {wording.counted(one.claims, 'claim')}",
            one.first,
            one.last,
        )
        for number, one in enumerate(bins)
        if one.stories or one.claims
    )
    every = max(1, -(-len(bins) // _TICKS))
    ticks = tuple(
        Tick(
            round((number + 0.5) * step, 1), _tick(one.first, unit), "middle" if 40 < (number + 0.5) * step < WIDTH - 40 else "start" if number == 0 else "end"
        )
        for number, one in enumerate(bins)
        if number % every == 0
    )
    return Strip(columns, ticks, most)


def _tick(day: dt.date, unit: Unit) -> str:
    return {"year": str(day.year), "month": f"{day:%Y-%m}"}.get(unit, str(day))


PAGES = (
    PageKind(
        path="/timeline",
        summary="Stories and claims by day",
        template="timeline.html",
        context=TimelinePage,
        build=timeline,
        query=TimelineQuery,
        needs=(TIMELINE,),
        is_table=True,
        in_navigation="Timeline",
    ),
)
