"""Tolls: casualty claims to ranges by the rule of one house, each with the receipt of how its numbers were come to."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from typing import Annotated, Literal, NamedTuple

import msgspec

from counterclaim.core.claim import Aid, Casualties, Claim, Counting, Harm, Need
from counterclaim.core.finding import Standing
from counterclaim.core.toll import Grade, Reckoning
from counterclaim.errors import NotFound
from counterclaim.knowledge.houses import DEFAULT, House, houses
from counterclaim.reconcile.totals import countries, foremost, totals
from counterclaim.record import Record
from counterclaim.web import wording
from counterclaim.web.contexts import Context, Page, StandingClaim
from counterclaim.web.derived import CONTEXT
from counterclaim.web.errors import Misasked
from counterclaim.web.holdings import Derived, Holdings
from counterclaim.web.pages.findings import standing_claim
from counterclaim.web.pages.stories import is_between
from counterclaim.web.routes import LONGEST_NAME, Asked, PageKind, Query, whole, window
from counterclaim.web.wording import address

HouseAsked = Annotated[str, msgspec.Meta(description="The house by whose rule several counts become one toll.", max_length=40)]
ACROSS = 160
"""The bar of a range, in its own units."""
_LEFT_OUT = 50
_COUNTING: Mapping[Counting, Literal["part of a greater count", "besides others told of", "a running total", "taken back"]] = {
    "part": "part of a greater count",
    "further": "besides others told of",
    "sum": "a running total",
    "former": "taken back",
}
_SLOTS: tuple[tuple[type, str], ...] = ((Casualties, "count"), (Aid, "amount"), (Need, "count"))


class TollQuery(Query, frozen=True, kw_only=True):
    """Which tolls to list, and by whose rule."""

    house: HouseAsked = DEFAULT
    harm: Annotated[Harm | Literal[""], msgspec.Meta(description="Only of this harm.")] = ""
    place: Annotated[str, msgspec.Meta(description="Only where the place has this in its name.", max_length=LONGEST_NAME)] = ""
    who: Annotated[str, msgspec.Meta(description="Only where those harmed have this in their name.", max_length=LONGEST_NAME)] = ""
    party: Annotated[str, msgspec.Meta(description="Only where somebody with this in the name gives a count.", max_length=LONGEST_NAME)] = ""
    standing: Annotated[Standing | Literal[""], msgspec.Meta(description="Only where the finding has this standing.")] = ""
    since: Annotated[dt.date | None, msgspec.Meta(description="Only of this day or later.")] = None
    until: Annotated[dt.date | None, msgspec.Meta(description="Only of this day or earlier.")] = None


class ReceiptQuery(msgspec.Struct, frozen=True, kw_only=True):
    """By whose rule."""

    house: HouseAsked = DEFAULT


class HouseRow(msgspec.Struct, frozen=True, kw_only=True):
    """A house that can be chosen, with its rule in words and where the rule is written."""

    name: str
    title: str
    rule: str
    source: str
    harms: tuple[Harm, ...]


class TollRow(msgspec.Struct, frozen=True, kw_only=True):
    """A toll in the list. A null number is open, or one the rule does not give. `counts` are those taken, `passed` those that are not.

    `counting` says how it stands to others, where it does not count for itself.
    """

    key: str
    house: str
    who: str | None
    harm: str
    place: str | None
    first: str | None
    last: str | None
    low: float | None
    best: float | None
    high: float | None
    grade: Grade | None
    counts: tuple[str, ...]
    passed: tuple[str, ...]
    reports: int
    origins: int
    standing: Standing | None
    because: str
    at: str
    counting: Literal["part of a greater count", "besides others told of", "a running total", "taken back"] | None = None


class LeftRow(msgspec.Struct, frozen=True, kw_only=True):
    """A toll that the total does not hold, and why."""

    about: str
    because: str
    at: str


class TotalRow(msgspec.Struct, frozen=True, kw_only=True):
    """The tolls of one harm that surely are of other people, added up. The first that are left out are listed; `not_counted` says how many are."""

    harm: str
    low: float | None
    best: float | None
    high: float | None
    counted: int
    not_counted: int
    left_out: tuple[LeftRow, ...]


class TollsPage(Page[TollRow], frozen=True, kw_only=True):
    """The tolls by one house, those shown added up, and the houses there are."""

    house: HouseRow
    houses: tuple[HouseRow, ...]
    added: TotalRow | None

    @property
    def bars(self) -> tuple[Range, ...]:
        """The range of each row as it is drawn, all on one scale."""
        return _bars(self.rows)


class ReceiptRow(msgspec.Struct, frozen=True, kw_only=True):
    """One claim on a receipt: its bounds, whether they were taken and why, and which side of the range they set."""

    words: str
    low: float | None
    high: float | None
    taken: bool
    sets: tuple[str, ...]
    because: str
    claim: StandingClaim


class ByHouse(msgspec.Struct, frozen=True, kw_only=True):
    """What one house makes of the same matter; nothing where it does not count it."""

    house: str
    title: str
    counts: bool
    low: float | None
    best: float | None
    high: float | None
    because: str


class ReceiptPage(Context, frozen=True, kw_only=True):
    """How a toll was come to, and what the other houses make of it."""

    toll: TollRow
    house: HouseRow
    houses: tuple[HouseRow, ...]
    finding_at: str | None
    rows: tuple[ReceiptRow, ...]
    others: tuple[ByHouse, ...]


class Range(NamedTuple):
    """A range as it is drawn; a mark at an open side."""

    start: float
    width: float
    best: float | None
    opens_low: bool
    opens_high: bool


def tolls(asked: Asked, query: TollQuery) -> TollsPage:
    """The tolls that meet every condition, the latest first."""
    rule = _house(query.house)
    known, rows = asked.derived(TOLLS)[query.house]
    met, added = asked.held.lately("tolls lately", whole(query), lambda: _looked(asked, known, rows, query))
    found, shown = window(met, query)
    return TollsPage(title="Tolls", rows=found, window=shown, house=_house_row(rule), houses=_houses(), added=added)


def _looked(asked: Asked, known: Mapping[str, Reckoning], rows: Sequence[TollRow], query: TollQuery) -> tuple[Sequence[TollRow], TotalRow | None]:
    """What meets a query, and its total."""
    met = [row for row in rows if _is_wanted(row, query)]
    lie = asked.held.keep(f"countries of tolls, {query.house}", lambda: countries(known.values(), asked.held.registry.links)) if met else {}
    return met, _added([known[row.key] for row in met], query.harm or "killed", {row.key: row for row in met}, lie)


def _house(name: str) -> House:
    if name not in houses():
        raise Misasked(f"no house {name!r}; houses are {', '.join(houses())}")
    return houses()[name]


def _houses() -> tuple[HouseRow, ...]:
    return tuple(_house_row(one) for one in houses().values())


def _house_row(house: House) -> HouseRow:
    return HouseRow(name=house.name, title=house.title, rule=house.rule, source=house.source, harms=house.harms)


class _Reckoned(NamedTuple):
    """The tolls by one house, and as rows in the order they are listed in."""

    known: Mapping[str, Reckoning]
    rows: Sequence[TollRow]


def _made(record: Record, held: Holdings) -> Mapping[str, _Reckoned]:
    """The tolls by each house."""
    out = {}
    for house in houses():
        known = {one.key: one for one in record.tolls(house, held.derive(CONTEXT, record))}
        out[house] = _Reckoned(known, sorted((_row(one, held) for one in known.values()), key=_order))
    return out


TOLLS = Derived("tolls", _made)


def _order(row: TollRow) -> tuple[int, str, str, str]:
    day = _day(row.first or row.last)
    return (-(day.toordinal() if day else 0), (row.place or "").casefold(), row.harm, row.key)


def _is_wanted(row: TollRow, query: TollQuery) -> bool:
    party = query.party.strip().casefold()
    return (
        (not query.harm or query.harm in row.harm.split(", "))
        and query.standing in ("", row.standing)
        and query.place.strip().casefold() in (row.place or "").casefold()
        and query.who.strip().casefold() in (row.who or "").casefold()
        and (not party or any(party in count.casefold() for count in (*row.counts, *row.passed)))
        and is_between(_day(row.first), _day(row.last), query.since, query.until)
    )


def _day(day: str | None) -> dt.date | None:
    return dt.date.fromisoformat(day) if day else None


def _row(one: Reckoning, held: Holdings) -> TollRow:
    question, finding = one.question, held.findings.get(one.key)
    said = [(row.taken, _said(claim)) for row in one.rows if (claim := held.claims.get(row.claim))]
    return TollRow(
        key=one.key,
        house=one.house,
        who=question.get("who"),
        harm=one.harm or "harmed",
        place=question.get("place"),
        first=question.get("from"),
        last=question.get("to"),
        low=one.low,
        best=one.best,
        high=one.high,
        grade=one.grade,
        counts=tuple(dict.fromkeys(words for taken, words in said if taken)),
        passed=tuple(dict.fromkeys(words for taken, words in said if not taken)),
        reports=len(one.reports),
        origins=one.origins,
        standing=finding.standing if finding else None,
        because=one.because,
        at=address("tolls", one.key),
        counting=_COUNTING[one.counting] if one.counting else None,
    )


def _said(claim: Claim) -> str:
    """`Josué Lwambo: at least 14`."""
    voice = claim.chain[-1]
    who = wording.voice_words(voice, is_outlet=len(claim.chain) == 1)
    what = figure_words(claim) or "no number"
    return f"{who}: {what}{'' if claim.act in {'asserts', 'confirms'} else f' ({claim.act})'}"


def figure_words(claim: Claim) -> str:
    """The figure of a claim in its words; empty where it gives none."""
    for kind, slot in _SLOTS:
        if isinstance(claim.proposition, kind):
            figure = getattr(claim.proposition, slot)
            return figure.words if figure else ""
    return ""


def _added(reckonings: Sequence[Reckoning], harm: str, rows: dict[str, TollRow], lie: Mapping[str, str]) -> TotalRow | None:
    """The total over the tolls that meet the conditions; none where it would hold fewer than two."""
    found = foremost(totals(reckonings, harm, lie))
    if len(found.counted) < 2:
        return None
    left = tuple(LeftRow(about=titled(rows[one.key]), because=one.because, at=rows[one.key].at) for one in found.left_out[:_LEFT_OUT])
    return TotalRow(harm=harm, low=found.low, best=found.best, high=found.high, counted=len(found.counted), not_counted=len(found.left_out), left_out=left)


def receipt(asked: Asked, query: ReceiptQuery, key: str) -> ReceiptPage:
    """The receipt of one toll. Raises NotFound."""
    rule, held = _house(query.house), asked.held
    by_house = {name: found.known.get(key) for name, found in asked.derived(TOLLS).items()}
    shown = by_house[query.house]
    if shown is None and (counted := next((one for one in by_house.values() if one is not None), None)):
        # The matter is there, but this house does not count it: its receipt is empty, and the others' numbers stand beside it.
        because = f"{rule.title} does not count the {counted.harm}"
        shown = msgspec.structs.replace(counted, house=rule.name, low=None, best=None, high=None, because=because, rows=(), grade=None, origins=0)
    if shown is None:
        raise NotFound(f"no toll {key!r}; tolls are derived, and the claims this one stood on may have changed")
    row = _row(shown, held)
    return ReceiptPage(
        title=titled(row),
        toll=row,
        house=_house_row(rule),
        houses=_houses(),
        finding_at=address("findings", key) if key in held.findings else None,
        rows=tuple(sorted(_receipt_rows(shown, held), key=lambda one: (not one.taken, one.claim.day or "9", one.claim.report, one.claim.key))),
        others=tuple(_by_house(houses()[name], one, shown) for name, one in by_house.items()),
    )


def _receipt_rows(one: Reckoning, held: Holdings) -> list[ReceiptRow]:
    found = []
    for row in one.rows:
        if claim := held.claims.get(row.claim):
            sides = (("low", row.low, one.low), ("high", row.high, one.high))
            sets = tuple(side for side, bound, value in sides if row.taken and bound is not None and bound == value)
            opens = tuple(f"open {side}" for side, bound, value in sides if row.taken and bound is None and value is None)
            found.append(
                ReceiptRow(
                    words=figure_words(claim),
                    low=row.low,
                    high=row.high,
                    taken=row.taken,
                    sets=(*sets, *opens),
                    because=row.because,
                    claim=standing_claim(claim, held),
                )
            )
    return found


def _by_house(house: House, one: Reckoning | None, shown: Reckoning) -> ByHouse:
    if one is None:
        return ByHouse(house=house.name, title=house.title, counts=False, low=None, best=None, high=None, because=f"does not count the {shown.harm}")
    return ByHouse(house=house.name, title=house.title, counts=True, low=one.low, best=one.best, high=one.high, because=one.because)


def titled(row: TollRow) -> str:
    """What a toll is called: `People killed in Kibua, 2025-06-10`."""
    who = row.who or "people"
    days = wording.days(_day(row.first), _day(row.last))
    return f"{who[:1].upper()}{who[1:]} {row.harm}{f' in {row.place}' if row.place else ''}{f', {days}' if days else ''}"


def _bars(rows: Sequence[TollRow]) -> tuple[Range, ...]:
    """Ranges on a scale of powers of ten, as tolls on one page run from one to millions."""
    most = max((value for row in rows for value in (row.low, row.high, row.best) if value is not None), default=1.0)
    scale = ACROSS / math.log10(max(most, 9.0) + 1)

    def at(value: float) -> float:
        return round(scale * math.log10(max(value, 0.0) + 1), 1)

    out = []
    for row in rows:
        start, end = at(row.low) if row.low is not None else 0.0, at(row.high) if row.high is not None else float(ACROSS)
        best = at(row.best) if row.best is not None else None
        out.append(Range(min(start, ACROSS - 3.0), round(max(end - start, 3.0), 1), best, row.low is None, row.high is None))
    return tuple(out)


PAGES = (
    PageKind(
        path="/tolls",
        summary="Casualty claims to ranges, by a house rule",
        template="tolls.html",
        context=TollsPage,
        build=tolls,
        query=TollQuery,
        needs=(TOLLS,),
        is_table=True,
        in_navigation="Tolls",
    ),
    PageKind(
        path="/tolls/{key}",
        summary="How a toll was come to, by each house",
        template="toll.html",
        context=ReceiptPage,
        build=receipt,
        query=ReceiptQuery,
        needs=(TOLLS,),
    ),
)
