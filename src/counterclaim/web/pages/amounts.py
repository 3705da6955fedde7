"""Aid and need: shipments and pledges with their amounts and whether totals add up, and people in want."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

import msgspec

from counterclaim.core.amount import Amount, InBase, Role, Told
from counterclaim.core.claim import Stage
from counterclaim.core.finding import Standing
from counterclaim.reconcile.amounts import amounts as amounts_of
from counterclaim.record import Record
from counterclaim.web.contexts import Page
from counterclaim.web.derived import CONTEXT
from counterclaim.web.holdings import Derived, Holdings
from counterclaim.web.pages.stories import is_between, span_words
from counterclaim.web.routes import LONGEST_NAME, Asked, PageKind, Query, whole, window
from counterclaim.web.rows import text_address
from counterclaim.web.wording import address

Matter = Literal["aid", "need"]
Comparable = Literal["one unit", "one measure", "not comparable", "no figures"]


class AmountQuery(Query, frozen=True, kw_only=True):
    """Which amounts to list."""

    what: Annotated[Matter | Literal[""], msgspec.Meta(description="Only aid, or only need.")] = ""
    stage: Annotated[Stage | Literal[""], msgspec.Meta(description="Only aid at this stage.")] = ""
    sums: Annotated[Literal["", "agrees", "disagrees"], msgspec.Meta(description="Only where a total was checked, with this result.")] = ""
    who: Annotated[str, msgspec.Meta(description="Only where the donor, or those in need, have this in their name.", max_length=LONGEST_NAME)] = ""
    goods: Annotated[str, msgspec.Meta(description="Only where the goods, or what is needed, have this in their name.", max_length=LONGEST_NAME)] = ""
    place: Annotated[str, msgspec.Meta(description="Only where the place has this in its name.", max_length=LONGEST_NAME)] = ""
    since: Annotated[dt.date | None, msgspec.Meta(description="Only of this day or later.")] = None
    until: Annotated[dt.date | None, msgspec.Meta(description="Only of this day or earlier.")] = None


class AmountRow(msgspec.Struct, frozen=True, kw_only=True):
    """One shipment or need. `amounts` are in the words of the reports with whose word they are; `low` and `high` are of needs alone."""

    key: str
    what: Matter
    who: str | None
    goods: tuple[str, ...]
    place: str | None
    stage: str | None
    day: str | None
    amounts: tuple[str, ...]
    low: float | None
    high: float | None
    units: Comparable
    units_because: str
    sum: Literal["agrees", "disagrees"] | None
    sum_because: str | None
    standing: Standing
    reports: int
    at: str


class ToldLine(msgspec.Struct, frozen=True, kw_only=True):
    """One claim of an amount: whose word, the figure in its words and in the base unit of its measure, and the part it plays in a sum."""

    party: str
    words: str
    in_base: str | None
    source: str | None
    role: Role
    act: str
    withdrawn: bool
    at_text: str


class AmountsPage(Page[AmountRow], frozen=True, kw_only=True):
    """Aid and need, and for each row the claims it is told by. `checked` and `disagreeing` count sums in the whole record."""

    told: tuple[tuple[ToldLine, ...], ...]
    checked: int
    disagreeing: int


def amounts(asked: Asked, query: AmountQuery) -> AmountsPage:
    """The shipments and needs that meet every condition: sums that do not come out first, then the latest."""
    held = asked.held
    known, rows = asked.derived(AMOUNTS)
    found, shown = window(held.lately("amounts lately", whole(query), lambda: [row for row in rows if _is_wanted(row, query)]), query)
    return AmountsPage(
        title="Aid and need",
        rows=found,
        window=shown,
        told=tuple(tuple(_line(one, held) for one in known[row.key].told) for row in found),
        checked=sum(row.sum is not None for row in rows),
        disagreeing=sum(row.sum == "disagrees" for row in rows),
    )


def _made(record: Record, held: Holdings) -> tuple[Mapping[str, Amount], Sequence[AmountRow]]:
    found = [one for one in held.findings.values() if one.question["kind"] in ("aid", "need")]
    known = {one.key: one for one in amounts_of(held.derive(CONTEXT, record), found)}
    return known, sorted((_row(one) for one in known.values()), key=_order)


AMOUNTS = Derived("amounts", _made)


def _order(row: AmountRow) -> tuple[bool, int, str, str]:
    return (row.sum != "disagrees", -(dt.date.fromisoformat(row.day).toordinal() if row.day else 0), row.what, row.key)


def _is_wanted(row: AmountRow, query: AmountQuery) -> bool:
    day = dt.date.fromisoformat(row.day) if row.day else None
    return (
        query.what in ("", row.what)
        and query.stage in ("", row.stage)
        and query.sums in ("", row.sum)
        and query.who.strip().casefold() in (row.who or "").casefold()
        and query.goods.strip().casefold() in "\n".join(row.goods).casefold()
        and query.place.strip().casefold() in (row.place or "").casefold()
        and is_between(day, day, query.since, query.until)
    )


def _row(one: Amount) -> AmountRow:
    question, check = one.question, one.sum_check
    named = question.get("goods")
    needed = tuple(dict.fromkeys(words for told in one.told for words in told.of))
    return AmountRow(
        key=one.key,
        what=one.kind,
        who=question.get("donor" if one.kind == "aid" else "who"),
        goods=((named,) if named else ()) if one.kind == "aid" else needed,
        place=question.get("place"),
        stage=question.get("stage"),
        day=question.get("day"),
        amounts=tuple(f"{told.party or 'unnamed'}: {told.words or 'no amount'}" for told in one.told),
        low=one.low,
        high=one.high,
        units=one.units.result,
        units_because=one.units.because,
        sum=check.result if check else None,
        sum_because=check.because if check else None,
        standing=one.standing,
        reports=len({told.report for told in one.told}),
        at=address("findings", one.key),
    )


def _line(told: Told, held: Holdings) -> ToldLine:
    base = told.base if told.base and not _is_same(told, told.base) else None
    return ToldLine(
        party=told.party or "unnamed",
        words=told.words or "",
        in_base=f"{span_words(_rounded(base.low), _rounded(base.high))} {base.unit}" if base else None,
        source=base.source if base else None,
        role=told.role,
        act=told.act,
        withdrawn=told.withdrawn,
        at_text=text_address(told.report, told.claim) if told.claim in held.claims else address("reports", told.report),
    )


def _is_same(told: Told, base: InBase) -> bool:
    """Whether the base unit gives nothing new."""
    return (told.low, told.high) == (base.low, base.high)


def _rounded(value: float | None) -> float | None:
    """A number without what conversion leaves behind: six digits, whole where it is."""
    if value is None:
        return None
    short = float(f"{value:.6g}")
    return int(short) if short.is_integer() else short


PAGES = (
    PageKind(
        path="/amounts",
        summary="Aid given and need told, with sums checked",
        template="amounts.html",
        context=AmountsPage,
        build=amounts,
        query=AmountQuery,
        needs=(AMOUNTS,),
        is_table=True,
        in_navigation="Aid and need",
    ),
)
