"""GeoJSON, read by shapely, and held against RFC 7946."""

from __future__ import annotations

import json
from typing import Any

import pytest

from counterclaim.publish.events import total
from counterclaim.publish.formats import write
from counterclaim.publish.material import Material
from tests.publish.factories import demo, figure, shelling, view

geometry: Any = pytest.importorskip("shapely.geometry", reason="shapely is not installed: pip install -r tests/standards.txt")


def read(found: Material) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(write(found, "geojson").files[""])
    return parsed


def test_every_geometry_is_a_point_on_earth() -> None:
    found = [geometry.shape(one["geometry"]) for one in read(demo())["features"] if one["geometry"]]
    assert len(found) > 20
    assert all(point.geom_type == "Point" and point.is_valid and -180 <= point.x <= 180 and -90 <= point.y <= 90 for point in found)


def test_points_come_back_as_they_are_in_the_record() -> None:
    made = shelling(counts=[("Harrow", figure(9))])
    (event,) = [one for one in read(made)["features"] if one["properties"]["what"] == "event"]
    point = geometry.shape(event["geometry"])
    assert (point.x, point.y) == (28.5, -1.4)
    assert event["properties"]["precision"] == "exact"
    assert event["properties"]["figures"] == {"killed": ["9 by Harrow"]}


def test_nothing_is_dropped_for_want_of_a_point() -> None:
    found, made = read(demo()), demo()
    seen = view(made)
    none = [story for story in made.stories if total(seen, story) or not any(map(seen.is_standing, story.claims))]
    assert len(found["features"]) == len(made.stories) - len(none) + len(made.cells)
    assert any(one["geometry"] is None for one in found["features"])
    assert len({one["id"] for one in found["features"]}) == len(found["features"])


def test_the_collection_tells_what_it_lost() -> None:
    assert read(demo())["counterclaim"]["lost"]
