"""The packaged outlines: units by their key where the gazetteer has their towns, borders shared, and the recipe on a small map."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from counterclaim.knowledge.outlines import BORDER, COAST, DOMAIN, FILE, INNER, Box, Outlines, outlines, read, written
from training.outlines import outlines as made
from training.outlines import simplified

MOST_BYTES = 700_000


@pytest.fixture(scope="module")
def known() -> Outlines:
    return outlines()


def is_inside(known: Outlines, key: str, lon: float, lat: float) -> bool:
    """Whether the point is in the unit, by the rule of odd crossings."""
    crossings = 0
    for ring in known.unit(key):
        x, y = ring[:, 0], ring[:, 1]
        above = (y[:-1] > lat) != (y[1:] > lat)
        with np.errstate(divide="ignore", invalid="ignore"):
            at = x[:-1] + (lat - y[:-1]) / (y[1:] - y[:-1]) * (x[1:] - x[:-1])
        crossings += int(np.count_nonzero(above & (lon < at)))
    return crossings % 2 == 1


@pytest.mark.parametrize(
    ("key", "town", "lon", "lat"),
    [
        ("unit:AF.42", "Bazarak", 69.5152, 35.3129),
        ("unit:AF.40", "Charikar", 69.1714, 35.0136),
        ("unit:AF.13", "Kabul", 69.1723, 34.5289),
        ("unit:SD.38", "Wad Medani", 33.5199, 14.4012),
        ("unit:SD.29", "Khartoum", 32.5324, 15.5518),
        ("unit:CD.11", "Sake", 29.0434, -1.5739),
        ("unit:UA.05", "Avdiyivka", 37.7501, 48.1402),
        ("unit:YE.02", "Aden", 45.0385, 12.7796),
        ("unit:FR.11", "Paris", 2.3488, 48.8534),
    ],
)
def test_a_unit_holds_its_town_whatever_its_label_says(known: Outlines, key: str, town: str, lon: float, lat: float) -> None:
    assert is_inside(known, key, lon, lat), town


def test_panjshir_does_not_hold_its_neighbours_towns(known: Outlines) -> None:
    assert known.unit("unit:AF.42")
    assert not is_inside(known, "unit:AF.42", 69.1714, 35.0136)
    assert not is_inside(known, "unit:AF.42", 69.1723, 34.5289)


def test_a_key_nobody_has_has_no_outline(known: Outlines) -> None:
    assert known.unit("unit:XX.99") == []


def test_the_file_is_small_and_written_the_same_again(known: Outlines) -> None:
    assert FILE.stat().st_size <= MOST_BYTES
    again = read(written(known))
    assert np.array_equal(again.points, known.points)
    assert (again.keys, again.walks) == (known.keys, known.walks)


def test_every_walk_is_a_ring_and_borders_are_walked_from_both_sides(known: Outlines) -> None:
    sides = np.zeros(len(known.kinds), dtype=int)
    for unit, walks in enumerate(known.walks):
        for walk in walks:
            np.add.at(sides, [number if number >= 0 else ~number for number in walk], 1)
        for ring in known.rings(unit):
            assert np.array_equal(ring[0], ring[-1]), known.keys[unit]
    assert (sides[known.kinds == COAST] == 1).all()
    assert (sides[known.kinds == INNER] >= 2).all()
    assert (sides[known.kinds == BORDER] >= 2).all()


def test_a_window_has_what_may_be_seen_in_it(known: Outlines) -> None:
    near, wide = Box(68, 34, 71, 37), Box(60, 25, 80, 45)
    for kind in (INNER, BORDER):
        assert 0 < len(list(known.within(near, kind))) < len(list(known.within(wide, kind)))
    assert list(known.within(near, COAST)) == []
    for line in known.within(near, INNER):
        assert line[:, 0].max() >= near.west
        assert line[:, 0].min() <= near.east


@pytest.mark.parametrize(
    ("lon", "lat", "is_land"),
    [(69.2, 34.5, True), (32.5, 15.6, True), (38.0, 20.5, False), (50.5, 41.5, False), (37.75, 48.1, True), (-30.0, 0.0, False), (29.0, -1.6, True)],
)
def test_land_is_what_an_odd_number_of_shores_holds(known: Outlines, lon: float, lat: float, is_land: bool) -> None:
    crossings = 0
    for ring in known.land(Box(-180, -90, 180, 90)):
        assert np.array_equal(ring[0], ring[-1])
        x, y = ring[:, 0], ring[:, 1]
        above = np.flatnonzero((y[:-1] > lat) != (y[1:] > lat))
        at = x[above] + (lat - y[above]) / (y[above + 1] - y[above]) * (x[above + 1] - x[above])
        crossings += int(np.count_nonzero(lon < at))
    assert (crossings % 2 == 1) is is_land


def square(country: str, code: str, west: float, south: float, corners: int = 4) -> dict[str, Any]:
    """A unit of one square degree; each side has as many points as said."""
    along = np.linspace(0, 1, corners, endpoint=False)
    sides = [(along, 0 * along), (0 * along + 1, along), (1 - along, 0 * along + 1), (0 * along, 1 - along)]
    ring = [[west + x, south + y] for xs, ys in sides for x, y in zip(xs, ys, strict=True)]
    geometry = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    return {"properties": {"iso_a2": country, "gn_a1_code": code, "adm1_code": f"{code}-1"}, "geometry": geometry}


def test_three_squares_share_their_borders() -> None:
    found = made([square("AA", "AA.01", 0, 0), square("AA", "AA.02", 1, 0), square("BB", "BB.01", 0, 1)])
    assert sorted(found.keys) == ["ne:AA.01-1", "ne:AA.02-1", "ne:BB.01-1"]
    assert sorted(found.kinds.tolist()).count(INNER) == 1
    assert sorted(found.kinds.tolist()).count(BORDER) == 1
    [inner] = found.within(Box(-1, -1, 3, 3), INNER)
    assert inner[:, 0] == pytest.approx(1, abs=0.01)
    # Points on a straight side say nothing, and go; the ends of a border stay.
    assert len(inner) == 2


def test_the_order_of_the_units_changes_nothing() -> None:
    units = [square("AA", "AA.01", 0, 0), square("AA", "AA.02", 1, 0), square("BB", "BB.01", 0, 1)]
    assert written(made(units)) == written(made(units[::-1]))


def test_an_island_keeps_three_sides() -> None:
    ring = tuple(DOMAIN.steps(10 + x / 1000, 10 + y / 1000) for x, y in ((0, 0), (20, -2), (40, 0), (20, 40), (0, 0)))
    assert len(simplified(ring)) == 4
