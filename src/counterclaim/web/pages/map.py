"""The map: what was last said of each place by a day, at its point, over outlines that come with the program."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Annotated, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from counterclaim.core.board import Board, Ground, LastWord
from counterclaim.core.link import Precision
from counterclaim.knowledge.outlines import BORDER, INNER, Box, outlines
from counterclaim.reconcile import boardviews
from counterclaim.web.contexts import Page
from counterclaim.web.errors import Misasked
from counterclaim.web.pages.board import BOARD, Boarded, Holder, MarkRow, Scrub, boarded, holders, mark, place_in, scrub, wanted
from counterclaim.web.routes import LONGEST_NAME, Asked, PageKind, Query, window

WIDTH, HEIGHT = 1000, 620
"""The drawing in its own units; one is a pixel on a screen wide enough."""
_RADIUS = 12
# Marks nearer than this are drawn as one, to be opened by a closer look.
_NEAR = 26
# A point or a span below this, in degrees, cannot be told apart by looking closer: the outlines say no more there.
_CLOSEST = 0.04
# The least degrees a window spans around its points: a province or two; around several too near to tell apart, no more than needed.
_LEAST_SPAN, _LEAST_CLOSER = 2.4, 0.5
_AROUND = 0.18
# Steps of a line that a screen cannot show, in units of the drawing.
_STEP = 1.6
# How far outside the drawing its lines end.
_BEYOND = 12.0
# Below so many units a degree the borders within countries would be all ink.
_INNER_FROM = 22
# The width of a letter and the height of a line of labels, near enough to keep them apart.
_LETTER, _LINE = 6.9, 15.0
_KM_PER_DEGREE = 111.32
_BARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)


class MapQuery(Query, frozen=True, kw_only=True):
    """Which part of the map."""

    day: Annotated[dt.date | None, msgspec.Meta(description="The day to look at; the last day of which something is said where none is given.")] = None
    place: Annotated[str, msgspec.Meta(description="Only places that have this in their name, or in that of a unit they lie in.", max_length=LONGEST_NAME)] = ""
    claimant: Annotated[str, msgspec.Meta(description="Only what claimants with this in their name say.", max_length=LONGEST_NAME)] = ""
    box: Annotated[
        str,
        msgspec.Meta(
            description="The window as west,south,east,north in degrees; around all points where none is given.", pattern=r"^[-\d., ]*$", max_length=80
        ),
    ] = ""


class MapRow(msgspec.Struct, frozen=True, kw_only=True):
    """A place as it is shown: its number on the map, none where no point is known; what each claimant last said, newest first.

    `at` is the one cell that says all there is, or the place in the table where several do.
    """

    number: int | None
    place: str
    place_key: str | None
    place_in: str
    precision: Precision
    lat: float | None
    lon: float | None
    disputed: bool
    holders: tuple[str, ...]
    says: tuple[str, ...]
    claims: tuple[str, ...]
    at: str


class MapPage(Page[MapRow], frozen=True, kw_only=True):
    """The map of a day.

    `words` are each row's, newest first. `box` is the window drawn, as west, south, east, north; `outside` counts places beyond it.
    """

    words: tuple[tuple[MarkRow, ...], ...]
    scrub: Scrub
    holders: tuple[Holder, ...]
    box: tuple[float, float, float, float] | None
    outside: int
    unplaced: int

    @property
    def drawing(self) -> Drawing | None:
        """The window drawn; none where no place shown has a point."""
        return drawn(Box(*self.box), self.rows, {one.name: one.tone for one in self.holders}) if self.box else None


class Sector(NamedTuple):
    """A part of a mark: one who is said to hold the place."""

    path: str
    tone: int


class Dot(NamedTuple):
    """A mark on the map: a place, or several too near to tell apart (`places` counts them), with where its label goes if there is room."""

    x: float
    y: float
    text: str
    places: int
    sectors: tuple[Sector, ...]
    tone: int
    hollow: bool
    disputed: bool
    said: str
    at: str
    label: str
    label_x: float
    label_y: float
    anchor: str


class Bar(NamedTuple):
    """The scale: so many units of the drawing are so many kilometres."""

    length: float
    km: int


class Move(NamedTuple):
    """A way to another window."""

    name: str
    sign: str
    box: str


class Drawing(NamedTuple):
    """What is drawn: paths of outlines, marks, a scale, and where one may go from here."""

    land: str
    border: str
    inner: str
    units: tuple[tuple[str, int], ...]
    dots: tuple[Dot, ...]
    bar: Bar
    moves: tuple[Move, ...]


def map_(asked: Asked, query: MapQuery) -> MapPage:
    """The places of which something was said by the day, those with a dispute and the newest words first."""
    at = boarded(asked)
    days, day, words, order = asked.held.lately("map lately", (query.day, query.place, query.claimant), lambda: _looked(at, query))
    box = box_of(query.box) or _around([point for place in order if (point := _point(at, place))])
    seen = [place for place in order if (point := _point(at, place)) is None or _is_in(box, point)]
    placed = [place for place in seen if _point(at, place)]
    unplaced = [place for place in seen if not _point(at, place)]
    numbered: list[tuple[int | None, Ground]] = [*enumerate(placed, 1), *((None, place) for place in unplaced)]
    shown, which = window(numbered, query)
    marks = tuple(tuple(mark(at, word.cell, day, word.age) for word in words[place]) for _, place in shown)
    rows = tuple(_row(at, place, its, number) for (number, place), its in zip(shown, marks, strict=True))
    return MapPage(
        title="Map",
        rows=rows,
        words=marks,
        window=which,
        scrub=scrub(days, day),
        holders=holders(at, {name for its in marks for one in its for name in one.holders}),
        box=(box.west, box.south, box.east, box.north) if box and placed else None,
        outside=len(order) - len(seen),
        unplaced=len(unplaced),
    )


class _Looked(NamedTuple):
    """What meets a query: the days, the day looked at with its words, and the places in order."""

    days: Sequence[dt.date]
    day: dt.date | None
    words: Mapping[Ground, Sequence[LastWord]]
    order: Sequence[Ground]


def _looked(at: Boarded, query: MapQuery) -> _Looked:
    cells = tuple(wanted(at, query.place, query.claimant))
    days = boardviews.days(Board(cells))
    day = query.day or (days[-1] if days else None)
    words = boardviews.on(Board(cells), day) if day else {}
    return _Looked(days, day, words, sorted(words, key=lambda place: (words[place][0].age, place.shown.casefold(), place.id)))


def box_of(words: str) -> Box | None:
    """The window that is asked for; none where nothing is. Raises Misasked."""
    if not words.strip():
        return None
    try:
        west, south, east, north = (float(part) for part in words.split(","))
    except ValueError as error:
        raise Misasked(f"the window {words!r} is not west,south,east,north in degrees") from error
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise Misasked(f"the window {words!r} is no window on the earth: west before east, south before north, within 180 and 90 degrees")
    return _fitted(Box(west, south, east, north))


def _point(at: Boarded, place: Ground) -> tuple[float, float] | None:
    where = at.where(place)
    return (where.lon, where.lat) if where and where.lon is not None and where.lat is not None else None


def _is_in(box: Box | None, point: tuple[float, float]) -> bool:
    return box is not None and box.west <= point[0] <= box.east and box.south <= point[1] <= box.north


def _around(points: Sequence[tuple[float, float]], least: float = _LEAST_SPAN) -> Box | None:
    """A window around the points, with room at its edges; none around none."""
    if not points:
        return None
    lons, lats = zip(*points, strict=True)
    across, up = max(max(lons) - min(lons), least), max(max(lats) - min(lats), least)
    east, north = (max(lons) + min(lons)) / 2, (max(lats) + min(lats)) / 2
    reach = 0.5 + _AROUND
    return _fitted(Box(east - across * reach, north - up * reach, east + across * reach, north + up * reach))


def _fitted(box: Box) -> Box:
    """The window widened to the shape of the drawing, in which a kilometre is as long eastward as northward in the middle."""
    middle = math.cos(math.radians((box.south + box.north) / 2)) or 1e-6
    across, up = (box.east - box.west) * middle, box.north - box.south
    if across / up < WIDTH / HEIGHT:
        across = up * WIDTH / HEIGHT
    else:
        up = across * HEIGHT / WIDTH
    east, north = (box.west + box.east) / 2, (box.south + box.north) / 2
    wide, up = min(across / middle, 360.0), min(up, 180.0)
    east, north = min(max(east, wide / 2 - 180), 180 - wide / 2), min(max(north, up / 2 - 90), 90 - up / 2)
    return Box(round(east - wide / 2, 4), round(north - up / 2, 4), round(east + wide / 2, 4), round(north + up / 2, 4))


def _row(at: Boarded, place: Ground, marks: Sequence[MarkRow], number: int | None) -> MapRow:
    where, point = at.where(place), _point(at, place)
    return MapRow(
        number=number,
        place=place.shown,
        place_key=place.key,
        place_in=place_in(at, place),
        precision=where.precision if where else "unknown",
        lat=point[1] if point else None,
        lon=point[0] if point else None,
        disputed=any(one.disputed_by for one in marks),
        holders=tuple(dict.fromkeys(name for one in marks if one.says == "holds" and not one.open for name in one.holders)),
        says=tuple(f"{one.claimant}: {one.told} ({one.age} days before)" for one in marks),
        claims=tuple(dict.fromkeys(claim for one in marks for claim in one.claims)),
        # One word that gives all that is said of a place is opened at once; several are side by side in the table.
        at=marks[0].at if len(marks) == 1 or number is None else f"#place-{number}",
    )


def drawn(box: Box, rows: Iterable[MapRow], tones: dict[str, int]) -> Drawing:
    """The window with the places that have a point."""
    placed = [row for row in rows if row.number is not None]
    frame = _Frame(box)
    units = tuple(
        (path, tones.get(row.holders[0], 0) if len(row.holders) == 1 else 0)
        for row in placed
        if row.precision in {"district", "province"} and (path := frame.path(outlines().unit(row.place_key or ""), closed=True))
    )
    land, border, inner = _ground(box)
    return Drawing(land, border, inner, units, tuple(_dots(frame, placed, tones)), _bar(frame), _moves(box))


class _Frame:
    """Degrees to units of the drawing."""

    def __init__(self, box: Box) -> None:
        self.box = box
        self.across = WIDTH / (box.east - box.west)
        self.up = HEIGHT / (box.north - box.south)

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a point is drawn."""
        return round((lon - self.box.west) * self.across, 1), round((self.box.north - lat) * self.up, 1)

    def path(self, lines: Iterable[NDArray[np.float64]], *, closed: bool = False) -> str:
        """Lines as one path, without the steps that a screen cannot show."""
        out: list[str] = []
        for line in lines:
            xs, ys = (line[:, 0] - self.box.west) * self.across, (self.box.north - line[:, 1]) * self.up
            # What lies beyond the window is brought to its edge, where it cannot be seen: the land of a continent is one ring.
            xs, ys = np.clip(xs, -_BEYOND, WIDTH + _BEYOND), np.clip(ys, -_BEYOND, HEIGHT + _BEYOND)
            if closed and max(np.ptp(xs), np.ptp(ys)) < _STEP:
                continue
            moves = np.flatnonzero((np.diff(xs, prepend=np.nan) != 0) | (np.diff(ys, prepend=np.nan) != 0))
            points = list(zip(xs[moves].round(1).tolist(), ys[moves].round(1).tolist(), strict=True))
            if not closed and len(points) > 2 and max(np.ptp(xs), np.ptp(ys)) < _STEP:
                points = [points[0], points[-1]]
            kept = [points[0]]
            for point in points[1:-1]:
                if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= _STEP:
                    kept.append(point)
            kept.append(points[-1])
            out.append("M" + " ".join(f"{x:g},{y:g}" for x, y in kept) + ("Z" if closed else ""))
        return "".join(out)


@lru_cache(maxsize=64)
def _ground(box: Box) -> tuple[str, str, str]:
    """The outlines of a window: land, borders of countries, and borders within them."""
    frame, known = _Frame(box), outlines()
    inner = frame.path(known.within(box, INNER)) if frame.across >= _INNER_FROM else ""
    return frame.path(known.land(box), closed=True), frame.path(known.within(box, BORDER)), inner


def _dots(frame: _Frame, rows: Sequence[MapRow], tones: dict[str, int]) -> Iterable[Dot]:
    """The marks: alone, side by side where they share a point, or as one with their number where they are too near."""
    groups: list[list[MapRow]] = []
    for row in rows:
        x, y = frame.at(row.lon or 0.0, row.lat or 0.0)
        for group in groups:
            gx, gy = frame.at(group[0].lon or 0.0, group[0].lat or 0.0)
            if math.hypot(gx - x, gy - y) < _NEAR:
                group.append(row)
                break
        else:
            groups.append([row])
    taken: list[tuple[float, float, float, float]] = []
    spots: list[tuple[MapRow | list[MapRow], float, float]] = []
    for group in groups:
        x, y = frame.at(group[0].lon or 0.0, group[0].lat or 0.0)
        if len(group) == 1 or _is_one_point(group):
            left = x - (len(group) - 1) * _RADIUS
            spots += [(row, round(left + number * 2 * _RADIUS, 1), y) for number, row in enumerate(group)]
        else:
            spots.append((group, x, y))
    for one, x, y in spots:
        reach = _RADIUS + 4 if isinstance(one, MapRow) else _RADIUS + 8
        taken.append((x - reach, y - reach, x + reach, y + reach))
    for one, x, y in spots:
        yield _dot(one, x, y, tones, taken) if isinstance(one, MapRow) else _cluster(one, x, y, taken)


def _is_one_point(rows: Sequence[MapRow]) -> bool:
    lons, lats = [row.lon or 0.0 for row in rows], [row.lat or 0.0 for row in rows]
    return max(max(lons) - min(lons), max(lats) - min(lats)) < _CLOSEST


def _dot(row: MapRow, x: float, y: float, tones: dict[str, int], taken: list[tuple[float, float, float, float]]) -> Dot:
    parts = [tones.get(name, 0) for name in row.holders]
    label, lx, ly, anchor = _label(row.place, x, y, _RADIUS, taken)
    said = f"{row.place}: {'; '.join(row.says)}"
    hollow = row.precision != "exact"
    sectors = tuple(Sector(path, tone) for path, tone in zip(_pie(x, y, len(parts)), parts, strict=True))
    return Dot(x, y, str(row.number), 1, sectors, parts[0] if parts else 0, hollow, row.disputed, said, row.at, label, lx, ly, anchor)


def _cluster(rows: Sequence[MapRow], x: float, y: float, taken: list[tuple[float, float, float, float]]) -> Dot:
    box = _around([(row.lon or 0.0, row.lat or 0.0) for row in rows], _LEAST_CLOSER)
    label, lx, ly, anchor = _label(f"{rows[0].place} and {len(rows) - 1} more", x, y, _RADIUS + 4, taken)
    said = f"{len(rows)} places too near to tell apart here, look closer: {', '.join(row.place for row in rows)}"
    return Dot(x, y, f"×{len(rows)}", len(rows), (), 0, False, any(row.disputed for row in rows), said, box_words(box) if box else "", label, lx, ly, anchor)


def _pie(x: float, y: float, parts: int) -> list[str]:
    """The sectors of a mark, clockwise from the top."""
    if parts < 2:
        return [f"M{x - _RADIUS:g},{y:g}a{_RADIUS},{_RADIUS} 0 1 0 {2 * _RADIUS},0a{_RADIUS},{_RADIUS} 0 1 0 {-2 * _RADIUS},0Z"] * parts
    turns = [2 * math.pi * number / parts for number in range(parts + 1)]
    ends = [(round(x + _RADIUS * math.sin(turn), 1), round(y - _RADIUS * math.cos(turn), 1)) for turn in turns]
    return [
        f"M{x:g},{y:g}L{ends[number][0]:g},{ends[number][1]:g}A{_RADIUS},{_RADIUS} 0 0 1 {ends[number + 1][0]:g},{ends[number + 1][1]:g}Z"
        for number in range(parts)
    ]


def _label(words: str, x: float, y: float, reach: float, taken: list[tuple[float, float, float, float]]) -> tuple[str, float, float, str]:
    """Where a label goes: right, left, below or above, the first that is free; nowhere where none is."""
    wide = len(words) * _LETTER
    gap = reach + 6
    for left, middle, anchor in (
        (x + gap, y, "start"),
        (x - gap - wide, y, "end"),
        (x - wide / 2, y + gap + 6, "middle"),
        (x - wide / 2, y - gap - 6, "middle"),
    ):
        box = (left, middle - _LINE / 2, left + wide, middle + _LINE / 2)
        is_free = all(box[2] < other[0] or box[0] > other[2] or box[3] < other[1] or box[1] > other[3] for other in taken)
        if is_free and box[0] > 0 and box[2] < WIDTH and box[1] > 0 and box[3] < HEIGHT:
            taken.append(box)
            at = {"start": left, "end": left + wide, "middle": x}[anchor]
            return words, round(at, 1), round(middle + 4.5, 1), anchor
    return "", 0.0, 0.0, "start"


def _bar(frame: _Frame) -> Bar:
    per_km = frame.up / _KM_PER_DEGREE
    km = max((length for length in _BARS if length * per_km <= WIDTH / 5), default=_BARS[0])
    return Bar(round(km * per_km, 1), km)


def box_words(box: Box) -> str:
    """A window as it stands in an address."""
    return ",".join(f"{value:g}" for value in box)


def _moves(box: Box) -> tuple[Move, ...]:
    wide, high = box.east - box.west, box.north - box.south
    ways = [
        ("Closer", "+", box._replace(west=box.west + wide / 4, east=box.east - wide / 4, south=box.south + high / 4, north=box.north - high / 4)),
        ("Farther", "−", _clipped(Box(box.west - wide / 2, box.south - high / 2, box.east + wide / 2, box.north + high / 2))),
        ("West", "←", box._replace(west=box.west - wide * 0.4, east=box.east - wide * 0.4)),
        ("East", "→", box._replace(west=box.west + wide * 0.4, east=box.east + wide * 0.4)),
        ("North", "↑", box._replace(south=box.south + high * 0.4, north=box.north + high * 0.4)),
        ("South", "↓", box._replace(south=box.south - high * 0.4, north=box.north - high * 0.4)),
    ]
    return tuple(Move(name, sign, box_words(Box(*(round(value, 3) for value in to)))) for name, sign, to in ways if _is_on_earth(to) and to != box)


def _clipped(box: Box) -> Box:
    return Box(max(box.west, -180.0), max(box.south, -90.0), min(box.east, 180.0), min(box.north, 90.0))


def _is_on_earth(box: Box) -> bool:
    return box.west >= -180 and box.east <= 180 and box.south >= -90 and box.north <= 90 and box.north - box.south >= _CLOSEST


PAGES = (
    PageKind(
        path="/map",
        summary="What was last said of each place by a day, on a map",
        template="map.html",
        context=MapPage,
        build=map_,
        query=MapQuery,
        needs=(BOARD,),
        is_table=True,
        in_navigation="Map",
    ),
)
