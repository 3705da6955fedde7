"""Outlines of countries and their first-level units for maps drawn without a network: one packed file to lines in a window.

The outlines are Natural Earth's, made compact by `training/outlines.py`; they help the eye and say nothing of whose ground it is.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from functools import cache, cached_property
from importlib.resources import as_file, files
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).parent / "outlines-1" / "outlines.xz"
COAST, BORDER, INNER = 0, 1, 2
"""What a line divides: land from water, two countries, two units of one country."""


class Box(NamedTuple):
    """A window on the earth, in degrees."""

    west: float
    south: float
    east: float
    north: float


class Grid(NamedTuple):
    """How degrees are kept as whole steps: 65,536 around the earth and from pole to pole, 600 m at the most."""

    steps_east: int = 65535
    steps_north: int = 65535

    def steps(self, lon: float, lat: float) -> tuple[int, int]:
        """Degrees to the nearest step."""
        return round((lon + 180) / 360 * self.steps_east), round((lat + 90) / 180 * self.steps_north)

    def degrees(self, x: float, y: float) -> tuple[float, float]:
        """A step to its degrees."""
        return x / self.steps_east * 360 - 180, y / self.steps_north * 180 - 90


DOMAIN = Grid()


class _Packed(msgspec.Struct, frozen=True, array_like=True):
    """The file as it is written."""

    keys: tuple[str, ...]
    countries: tuple[str, ...]
    walks: tuple[tuple[tuple[int, ...], ...], ...]
    kinds: bytes
    counts: bytes
    points: bytes


class Outlines(msgspec.Struct, frozen=True, dict=True, eq=False):
    """Units with their keys, as walks along lines; a line walked backwards is written as its complement.

    `ends` says where each line's points end in `points`, which are steps of the grid.
    """

    keys: tuple[str, ...]
    countries: tuple[str, ...]
    walks: tuple[tuple[tuple[int, ...], ...], ...]
    kinds: NDArray[np.uint8]
    ends: NDArray[np.uint32]
    points: NDArray[np.uint16]

    def line(self, number: int) -> NDArray[np.float64]:
        """The points of a line in degrees, eastward and northward."""
        at = number if number >= 0 else ~number
        start = int(self.ends[at - 1]) if at else 0
        found = self._degrees[start : int(self.ends[at])]
        return found if number >= 0 else found[::-1]

    def within(self, box: Box, kind: int) -> Iterator[NDArray[np.float64]]:
        """The lines of a kind that may be seen in the window."""
        seen = (self.kinds == kind) & _meets(self._boxes, box)
        for number in np.flatnonzero(seen):
            yield self.line(int(number))

    def land(self, box: Box) -> Iterator[NDArray[np.float64]]:
        """The rings between land and water that may be seen in the window; what an odd number of them holds is land."""
        for number in np.flatnonzero(_meets(self._shore_boxes, box)):
            yield self.shores[int(number)]

    def unit(self, key: str) -> list[NDArray[np.float64]]:
        """The rings of the unit with this key; none where the source does not know it."""
        return [ring for number in self._by_key.get(key, ()) for ring in self.rings(number)]

    def rings(self, unit: int) -> Iterator[NDArray[np.float64]]:
        """The rings around a unit, by its number."""
        for walk in self.walks[unit]:
            yield np.concatenate([self.line(number) for number in walk])

    @cached_property
    def _degrees(self) -> NDArray[np.float64]:
        found = self.points.astype(np.float64)
        return np.column_stack((found[:, 0] / DOMAIN.steps_east * 360 - 180, found[:, 1] / DOMAIN.steps_north * 180 - 90))

    @cached_property
    def _boxes(self) -> NDArray[np.float64]:
        starts = np.concatenate(([0], self.ends[:-1])).astype(np.intp)
        return np.column_stack((np.minimum.reduceat(self._degrees, starts), np.maximum.reduceat(self._degrees, starts)))

    @cached_property
    def shores(self) -> tuple[NDArray[np.float64], ...]:
        """All coasts as closed rings: each line goes on where the one before it ends, as the units it is part of are walked."""
        onward: dict[tuple[int, int], list[int]] = {}
        for walks in self.walks:
            for walk in walks:
                for number in walk:
                    if self.kinds[number if number >= 0 else ~number] == COAST:
                        onward.setdefault(self._ends(number)[0], []).append(number)
        rings: list[NDArray[np.float64]] = []
        for start in sorted(onward):
            while onward[start]:
                ring, at = [], start
                while onward.get(at):
                    ring.append(onward[at].pop())
                    at = self._ends(ring[-1])[1]
                rings.append(np.concatenate([self.line(number) for number in ring]))
        return tuple(rings)

    def _ends(self, number: int) -> tuple[tuple[int, int], tuple[int, int]]:
        """The first and the last point of a line, as it is walked."""
        at = number if number >= 0 else ~number
        first, last = self.points[int(self.ends[at - 1]) if at else 0].tolist(), self.points[int(self.ends[at]) - 1].tolist()
        ends = (first[0], first[1]), (last[0], last[1])
        return ends if number >= 0 else (ends[1], ends[0])

    @cached_property
    def _shore_boxes(self) -> NDArray[np.float64]:
        return np.array([(*ring.min(axis=0), *ring.max(axis=0)) for ring in self.shores])

    @cached_property
    def _by_key(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, key in enumerate(self.keys):
            found.setdefault(key, []).append(number)
        return found


def _meets(boxes: NDArray[np.float64], box: Box) -> NDArray[np.bool_]:
    return (boxes[:, 0] <= box.east) & (boxes[:, 2] >= box.west) & (boxes[:, 1] <= box.north) & (boxes[:, 3] >= box.south)


def written(outlines: Outlines) -> bytes:
    """The outlines as one packed file, the same for the same outlines."""
    counts = np.diff(np.concatenate(([0], outlines.ends))).astype("<u4")
    # Steps from point to point are small, and pack well when their low bytes stand apart from their high ones.
    deltas = np.diff(outlines.points.astype(np.int32), axis=0, prepend=0).astype("<i4").astype("<i2")
    planes = np.ascontiguousarray(deltas.reshape(-1, 2).T).view(np.uint8).reshape(2, -1, 2)
    packed = _Packed(
        outlines.keys, outlines.countries, outlines.walks, outlines.kinds.tobytes(), counts.tobytes(), np.ascontiguousarray(planes.transpose(0, 2, 1)).tobytes()
    )
    return lzma.compress(msgspec.msgpack.encode(packed), preset=9 | lzma.PRESET_EXTREME)


def read(packed: bytes) -> Outlines:
    """The outlines of a packed file."""
    found = msgspec.msgpack.decode(lzma.decompress(packed), type=_Packed)
    counts = np.frombuffer(found.counts, dtype="<u4")
    total = int(counts.sum())
    planes = np.frombuffer(found.points, dtype=np.uint8).reshape(2, 2, total)
    deltas = np.ascontiguousarray(planes.transpose(0, 2, 1)).view("<i2").reshape(2, total)
    # Steps may go round: sums are taken modulo 65,536, as they were written.
    points = np.cumsum(deltas.astype(np.int64), axis=1).astype(np.uint16).T
    return Outlines(found.keys, found.countries, found.walks, np.frombuffer(found.kinds, dtype=np.uint8), np.cumsum(counts).astype(np.uint32), points)


@cache
def outlines() -> Outlines:
    """The packaged outlines, read once."""
    with as_file(files("counterclaim.knowledge") / "outlines-1" / "outlines.xz") as file:
        return read(file.read_bytes())
