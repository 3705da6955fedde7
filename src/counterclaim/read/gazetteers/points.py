"""A point that stands for a polygon: inside its largest part, in the middle where the shape allows it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

Ring = Sequence[Sequence[float]]


def inside(polygons: Sequence[Sequence[Ring]]) -> tuple[float, float] | None:
    """Latitude and longitude of a point inside the largest polygon; nothing where none has an area.

    The centre of gravity of its outline, or, where that lies outside or in a hole, the middle of the widest stretch of the
    polygon at its latitude. Degrees are taken as flat: it marks a place to look at, and measures nothing.
    """
    sized = [(abs(_area(rings[0])), rings) for rings in polygons if rings and len(rings[0]) > 3]
    if not sized:
        return None
    area, rings = max(sized, key=lambda pair: pair[0])
    if not area:
        return None
    x, y = _centre(rings[0])
    stretches = _stretches(rings, y)
    if not stretches or any(left <= x <= right for left, right in stretches):
        return y, x
    left, right = max(stretches, key=lambda pair: pair[1] - pair[0])
    return y, (left + right) / 2


def _area(ring: Ring) -> float:
    """Twice the area, negative where the ring runs clockwise."""
    x0, y0 = ring[0][0], ring[0][1]
    return sum((a[0] - x0) * (b[1] - y0) - (b[0] - x0) * (a[1] - y0) for a, b in pairwise(ring))


def _centre(ring: Ring) -> tuple[float, float]:
    # Relative to the first corner, or the products of large degrees would drown small areas.
    x0, y0 = ring[0][0], ring[0][1]
    whole = x = y = 0.0
    for a, b in pairwise(ring):
        ax, ay, bx, by = a[0] - x0, a[1] - y0, b[0] - x0, b[1] - y0
        cross = ax * by - bx * ay
        whole += cross
        x += (ax + bx) * cross
        y += (ay + by) * cross
    return x0 + x / (3 * whole), y0 + y / (3 * whole)


def _stretches(rings: Sequence[Ring], y: float) -> list[tuple[float, float]]:
    """From where to where the polygon lies at one latitude, holes left out."""
    crossings = sorted(a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]) for ring in rings for a, b in pairwise(ring) if (a[1] > y) != (b[1] > y))
    return list(zip(crossings[::2], crossings[1::2], strict=False))
