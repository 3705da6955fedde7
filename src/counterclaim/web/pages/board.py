"""The control board: who says what of each place, day by day; what was conceded, denied or only follows is marked as such."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Literal, NamedTuple

import msgspec

from counterclaim.core.board import Basis, Board, Cell, Ground, LastWord, Says
from counterclaim.core.claim import Change
from counterclaim.core.codec import key as content_key
from counterclaim.core.link import Located
from counterclaim.errors import NotFound
from counterclaim.reconcile import boardviews
from counterclaim.record import Record
from counterclaim.web import wording
from counterclaim.web.contexts import Context, Page, StandingClaim, Window
from counterclaim.web.derived import CONTEXT
from counterclaim.web.holdings import Derived, Holdings
from counterclaim.web.pages.findings import standing_claim
from counterclaim.web.routes import MOST_DOWNLOADED, Asked, Nothing, PageKind, Query, window
from counterclaim.web.routes import whole as whole_of
from counterclaim.web.wording import address

UNNAMED = "an unnamed source"
PLACES = 20
"""Places on one page: each has a line for everybody who ever spoke of it, and a cell for each column."""
# Columns of the board: days before the one looked at, and after it. As many as leave each wide enough for names.
_BEFORE, _AFTER = 3, 1
# Holders with a tint of their own, those of most cells; a reader tells no more apart, and each is named in words.
_TONES = 6

BASES: dict[Basis, str] = {
    "said": "said outright",
    "conceded": "said of one's own side: it gives the place away",
    "denied": "a denial of what another claims",
    "excepted": "left out of a larger set that is claimed",
    "derived": "nobody said it of this place: it follows, by the gazetteer, from a claim about a set of places",
}


class BoardQuery(Query, frozen=True, kw_only=True):
    """Which part of the board."""

    per: Annotated[int, msgspec.Meta(ge=1, le=MOST_DOWNLOADED, description="Places a page; HTML shows 500 at the most.")] = PLACES
    day: Annotated[dt.date | None, msgspec.Meta(description="The day to look at; the last day of which something is said where none is given.")] = None
    place: Annotated[str, msgspec.Meta(description="Only places that have this in their name, or in that of a unit they lie in.", max_length=200)] = ""
    claimant: Annotated[str, msgspec.Meta(description="Only what claimants with this in their name say.", max_length=200)] = ""
    mark: Annotated[
        Literal["", "disputed", "conceded", "denied", "excepted", "derived", "open"], msgspec.Meta(description="Only places where a word is marked so.")
    ] = ""
    within: Annotated[
        Annotated[int, msgspec.Meta(ge=0, le=100_000)] | None, msgspec.Meta(description="Only what was said of at most so many days before the day.")
    ] = None


class Scrub(msgspec.Struct, frozen=True, kw_only=True):
    """The day looked at among all days of which something is said."""

    day: dt.date | None
    days: tuple[dt.date, ...]
    previous: dt.date | None
    next: dt.date | None


class MarkRow(msgspec.Struct, frozen=True, kw_only=True):
    """One claimant's word on one place as it stands on one day. `age` is how many days before that day its stretch ended."""

    place: str
    place_key: str | None
    place_in: str
    claimant: str
    day: dt.date | None
    says: Says
    holders: tuple[str, ...]
    change: Change | None
    how: Basis
    concedes: bool
    open: bool
    withdrawn: bool
    disputed_by: tuple[str, ...]
    first: dt.date | None
    last: dt.date | None
    age: int | None
    told: str
    claims: tuple[str, ...]
    origins: int
    reports: int
    at: str


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One claimant's line under a place: for each day of the board the numbers of its rows."""

    claimant: str
    cells: tuple[tuple[int, ...], ...]


class PlaceLines(msgspec.Struct, frozen=True, kw_only=True):
    """A place with a line for each claimant. `disputed` is whether two of them cannot both be right on the day looked at."""

    place: str
    place_in: str
    disputed: bool
    at: str | None
    lines: tuple[Line, ...]


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is said to hold places, with the tint that marks it; 0 is shared by all who have none of their own."""

    name: str
    tone: int


class BoardPage(Page[MarkRow], frozen=True, kw_only=True):
    """The board around a day. `rows` are all marks of the places shown; `apart` those that no day has: undated, or taken back."""

    scrub: Scrub
    columns: tuple[dt.date, ...]
    places: tuple[PlaceLines, ...]
    holders: tuple[Holder, ...]
    apart: tuple[MarkRow, ...]
    all_places: int


class CellPage(Context, frozen=True, kw_only=True):
    """One cell with the sentences it rests on, and what others say of the place."""

    cell: MarkRow
    how: str
    place_at: str | None
    claims: tuple[StandingClaim, ...]
    others: tuple[MarkRow, ...]


class Boarded(NamedTuple):
    """The board of one state of the record, with what pages look up in it. `marks` are the rows of cells that were shown, without a day."""

    board: Board
    keys: Mapping[int, str]
    by_key: Mapping[str, Cell]
    located: Mapping[str, Located]
    tones: Mapping[str, int]
    names: Mapping[str, str]
    marks: dict[int, MarkRow]

    def where(self, ground: Ground) -> Located | None:
        """Where a place lies, if a gazetteer knows it."""
        return self.located.get(ground.key or "")


def _made(record: Record, held: Holdings) -> Boarded:
    return _boarded(record.board(held.derive(CONTEXT, record)), held)


BOARD = Derived("board", _made)


def boarded(asked: Asked) -> Boarded:
    """The board of a state of the record."""
    return asked.derived(BOARD)


def _boarded(board: Board, held: Holdings) -> Boarded:
    keys = {id(cell): cell_key(cell) for cell in board.cells}
    counted = Counter(holder for cell in board.cells if cell.says == "holds" and not cell.open for holder in cell.holders)
    ordered = sorted(counted, key=lambda name: (-counted[name], name))
    located = {key: target.at for key, links in held.links_to.items() if (target := links[0].target) and target.at}
    return Boarded(
        board,
        keys,
        {keys[id(cell)]: cell for cell in board.cells},
        located,
        {name: number + 1 if number < _TONES else 0 for number, name in enumerate(ordered)},
        {cell.claimant.id: cell.claimant.shown or UNNAMED for cell in board.cells},
        {},
    )


def cell_key(cell: Cell) -> str:
    """What names a cell in an address: its place, claimant, days and word."""
    return content_key("cell", cell.place.id, cell.claimant.id, cell.first, cell.last, cell.says, cell.holders, cell.change, cell.basis, cell.told, cell.claims)


def board(asked: Asked, query: BoardQuery) -> BoardPage:
    """The board around a day: the places with the newest words first."""
    at = boarded(asked)
    days, day, words, chosen, by_place, apart = asked.held.lately("board lately", whole_of(query), lambda: _looked(at, query))
    shown, which = window(chosen, query)
    columns = _columns(days, day) if day else ()
    near = Board(tuple(cell for place in shown for cell in by_place[place]))
    standing = {column: (words if column == day else boardviews.on(near, column)) for column in columns}
    rows: list[MarkRow] = []
    places = tuple(_lines(at, place, columns, standing, rows, day, query) for place in shown)
    return BoardPage(
        title="Control board",
        rows=tuple(rows),
        window=which,
        scrub=scrub(days, day),
        columns=columns,
        places=places,
        holders=holders(at, {name for row in rows for name in row.holders}),
        apart=tuple(mark(at, cell, None, None) for cell in apart[: query.per]),
        all_places=len(by_place),
    )


class _Looked(NamedTuple):
    """What meets a query: the days, the words of the day looked at, the places in order, all cells by place, and those that no day has."""

    days: Sequence[dt.date]
    day: dt.date | None
    words: Mapping[Ground, Sequence[LastWord]]
    chosen: Sequence[Ground]
    by_place: Mapping[Ground, Sequence[Cell]]
    apart: Sequence[Cell]


def _looked(at: Boarded, query: BoardQuery) -> _Looked:
    cells = wanted(at, query.place, query.claimant)
    by_place: dict[Ground, list[Cell]] = {}
    for cell in cells:
        by_place.setdefault(cell.place, []).append(cell)
    days = boardviews.days(Board(tuple(cells)))
    day = query.day or (days[-1] if days else None)
    words = boardviews.on(Board(tuple(cells)), day) if day else {}
    chosen = sorted((place for place in words if _is_wanted(words[place], query)), key=lambda place: (words[place][0].age, place.shown.casefold(), place.id))
    apart = [cell for cell in cells if (cell.withdrawn or (cell.first is None and cell.last is None)) and not query.mark]
    return _Looked(days, day, words, chosen, by_place, apart)


def wanted(at: Boarded, place: str, claimant: str) -> list[Cell]:
    """The cells of places and claimants with these words in their names."""
    place, claimant = place.strip().casefold(), claimant.strip().casefold()
    grounds = {ground: place in f"{ground.shown}\n{place_in(at, ground)}".casefold() for ground in boardviews.places(at.board)} if place else {}
    return [cell for cell in at.board.cells if (not place or grounds[cell.place]) and (not claimant or claimant in (cell.claimant.shown or UNNAMED).casefold())]


def _is_wanted(words: Sequence[LastWord], query: BoardQuery) -> bool:
    near = [word for word in words if query.within is None or word.age <= query.within]
    return any(query.mark in marks(word.cell) for word in near) if query.mark else bool(near)


def marks(cell: Cell) -> tuple[str, ...]:
    """What marks a cell beside its word."""
    found = [cell.basis] if cell.basis != "said" else []
    found += ["conceded"] if cell.concedes and cell.basis != "conceded" else []
    return (*found, *(["open"] if cell.open else []), *(["disputed"] if cell.disputed_by else []), *(["withdrawn"] if cell.withdrawn else []))


def _columns(days: Sequence[dt.date], day: dt.date) -> tuple[dt.date, ...]:
    before, after = days[: bisect_left(days, day)], days[bisect_right(days, day) :]
    return (*before[-_BEFORE:], day, *after[:_AFTER])


def scrub(days: Sequence[dt.date], day: dt.date | None) -> Scrub:
    """The day among these days, with its neighbours."""
    if day is None:
        return Scrub(day=None, days=(), previous=None, next=None)
    before, after = days[: bisect_left(days, day)], days[bisect_right(days, day) :]
    return Scrub(day=day, days=tuple(days), previous=before[-1] if before else None, next=after[0] if after else None)


def _lines(
    at: Boarded,
    place: Ground,
    columns: Sequence[dt.date],
    standing: Mapping[dt.date, Mapping[Ground, Sequence[LastWord]]],
    rows: list[MarkRow],
    day: dt.date | None,
    query: BoardQuery,
) -> PlaceLines:
    """The lines of a place; its marks go to the rows."""
    by_claimant: dict[str, list[list[int]]] = {}
    disputed = False
    for number, column in enumerate(columns):
        for word in standing[column].get(place, ()):
            if query.within is not None and word.age > query.within:
                continue
            line = by_claimant.setdefault(word.cell.claimant.id, [[] for _ in columns])
            line[number].append(len(rows))
            rows.append(mark(at, word.cell, column, word.age))
            disputed = disputed or (column == day and bool(word.cell.disputed_by))
    return PlaceLines(
        place=place.shown,
        place_in=place_in(at, place),
        disputed=disputed,
        at=address("places", place.key) if place.key else None,
        lines=tuple(
            Line(claimant=at.names[claimant], cells=tuple(tuple(cell) for cell in by_claimant[claimant]))
            for claimant in sorted(by_claimant, key=lambda one: (at.names[one].casefold(), one))
        ),
    )


def mark(at: Boarded, cell: Cell, day: dt.date | None, age: int | None) -> MarkRow:
    """A cell as a row."""
    known = at.marks.get(id(cell)) or at.marks.setdefault(id(cell), _mark(at, cell))
    return known if day is None and age is None else msgspec.structs.replace(known, day=day, age=age)


def _mark(at: Boarded, cell: Cell) -> MarkRow:
    return MarkRow(
        place=cell.place.shown,
        place_key=cell.place.key,
        place_in=place_in(at, cell.place),
        claimant=cell.claimant.shown or UNNAMED,
        day=None,
        says=cell.says,
        holders=cell.holders,
        change=cell.change,
        how=cell.basis,
        concedes=cell.concedes,
        open=cell.open,
        withdrawn=cell.withdrawn,
        disputed_by=tuple(sorted(at.names.get(one, one) for one in cell.disputed_by)),
        first=cell.first,
        last=cell.last,
        age=None,
        told=cell.told,
        claims=cell.claims,
        origins=cell.origins,
        reports=cell.reports,
        at=address("board", at.keys.get(id(cell)) or cell_key(cell)),
    )


def place_in(at: Boarded, ground: Ground) -> str:
    """The units a place lies in; for words that name nothing, the report they stay in."""
    if ground.report:
        return f"in {ground.report}"
    return wording.where_words(ground.shown, at.where(ground))


def holders(at: Boarded, names: Iterable[str]) -> tuple[Holder, ...]:
    """Those who are named as holders, each with its tint, those with one of their own first."""
    found = [Holder(name=name, tone=at.tones.get(name, 0)) for name in set(names)]
    return tuple(sorted(found, key=lambda one: (one.tone == 0, one.tone, one.name.casefold(), one.name)))


def cell(asked: Asked, _: Nothing, key: str) -> CellPage:
    """One cell of the board. Raises NotFound."""
    at, held = boarded(asked), asked.held
    found = at.by_key.get(key)
    if found is None:
        raise NotFound(f"no cell {key!r} on the board; cells are derived, and the claims this one stood on may have changed")
    others = [other for other in at.board.cells if other.place == found.place and other is not found]
    return CellPage(
        title=f"{found.place.shown}, {wording.days(found.first, found.last) or 'undated'}",
        cell=mark(at, found, None, None),
        how=BASES[found.basis],
        place_at=address("places", found.place.key) if found.place.key else None,
        claims=standing_claims(found.claims, held),
        others=tuple(mark(at, other, None, None) for other in others),
    )


def standing_claims(keys: Iterable[str], held: Holdings) -> tuple[StandingClaim, ...]:
    """The claims with these keys that stand, with their sentences."""
    return tuple(_standing(keys, held))


def _standing(keys: Iterable[str], held: Holdings) -> Iterator[StandingClaim]:
    for key in keys:
        if claim := held.claims.get(key):
            yield standing_claim(claim, held)


def whole(rows: Sequence[object]) -> Window:
    """The window of a list that is shown whole."""
    return Window(page=1, per=max(1, len(rows)), first=1 if rows else 0, last=len(rows), at_least=len(rows), total=len(rows), has_next=False)


PAGES = (
    PageKind(
        path="/board",
        summary="Who says what of each place, day by day",
        template="board.html",
        context=BoardPage,
        build=board,
        query=BoardQuery,
        needs=(BOARD,),
        is_table=True,
        in_navigation="Board",
    ),
    PageKind(
        path="/board/{key}",
        summary="A cell of the board with the sentences it rests on",
        template="board_cell.html",
        context=CellPage,
        build=cell,
        needs=(BOARD,),
    ),
)
