"""TimeMap's files, held against the field lists of its own validators (src/reducers/validate, read 2026-11)."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from counterclaim.publish.formats import write
from counterclaim.publish.material import Material
from tests.publish.factories import demo, figure, shelling

EVENT = set(
    "id description date time time_precision location latitude longitude type category category_full associations sources comments time_display "
    "narrative___stepStyles shape colour".split()
)
SOURCE = set("id title thumbnail paths type affil_s url description parent author date notes".split())
ASSOCIATION = set("id title desc mode colour type display filter_paths".split())


def read(found: Material) -> dict[str, Any]:
    return {name: json.loads(data) for name, data in write(found, "timemap").files.items()}


def test_no_field_timemap_would_discard_an_entry_for() -> None:
    found = read(demo())
    for event in found["events.json"]:
        assert set(event) <= EVENT
        assert {"description", "associations"} <= set(event)
        assert all(isinstance(value, str) for name, value in event.items() if name not in ("associations", "sources"))
        assert bool(event["latitude"]) == bool(event["longitude"])
        assert event["date"]
    for name, source in found["sources.json"].items():
        assert set(source) <= SOURCE
        assert source["id"] == name
        assert source["paths"] == []
    for one in found["associations.json"]:
        assert set(one) <= ASSOCIATION
        assert {"id", "title", "mode"} <= set(one)


def test_what_events_name_is_there() -> None:
    found = read(demo())
    associations = {one["id"] for one in found["associations.json"]}
    assert len(associations) == len(found["associations.json"])
    for event in found["events.json"]:
        assert set(event["associations"]) <= associations
        assert set(event["sources"]) <= set(found["sources.json"])


def test_a_day_as_timemap_reads_it() -> None:
    (event,) = read(shelling(counts=[("Harrow", figure(9))]))["events.json"]
    assert dt.datetime.strptime(event["date"], "%m/%d/%Y").replace(tzinfo=dt.UTC).date() == dt.date(2025, 6, 10)
    assert (event["latitude"], event["longitude"]) == ("-1.4", "28.5")
    assert "Killed: 9 by Harrow." in event["description"]


def test_a_file_of_its_own_tells_what_was_lost() -> None:
    assert read(demo())["about.json"]["lost"]
