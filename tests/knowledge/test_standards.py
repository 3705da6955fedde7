from __future__ import annotations

import pytest

from counterclaim.knowledge.actors import actors
from counterclaim.knowledge.standards import columns, country_name, iso_number


@pytest.mark.parametrize(
    ("name", "part", "count", "first", "last"),
    [
        ("acled", "columns", 31, "event_id_cnty", "timestamp"),
        ("ucdp", "columns", 49, "id", "gwnob"),
        ("timemap", "event", 18, "id", "colour"),
        ("timemap", "source", 12, "id", "notes"),
        ("timemap", "association", 8, "id", "filter_paths"),
    ],
)
def test_columns_are_whole_and_each_there_once(name: str, part: str, count: int, first: str, last: str) -> None:
    found = columns(name, part)
    assert (len(found), found[0], found[-1]) == (count, first, last)
    assert len(set(found)) == count


@pytest.mark.parametrize(("code", "number"), [("AF", 4), ("CD", 180), ("UA", 804), ("SD", 729), ("SS", 728), ("YE", 887), ("XK", None), ("ZZ", None)])
def test_numeric_codes_of_countries(code: str, number: int | None) -> None:
    assert iso_number(code) == number


def test_every_country_of_an_actor_has_a_name_and_a_number_of_its_own() -> None:
    codes = {actor.country for actor in actors() if actor.country and country_name(actor.country)} - {"XK"}
    numbers = {iso_number(code) for code in codes}
    assert len(codes) > 100
    assert len(numbers) == len(codes)
    assert None not in numbers
