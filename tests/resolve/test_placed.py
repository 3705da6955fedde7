"""Places in claims to links: which place, how closely, and what stays open."""

from __future__ import annotations

import pytest

from counterclaim.core.link import Candidate, Link
from counterclaim.core.place import Place
from counterclaim.knowledge.gazetteer import Gazetteer
from counterclaim.resolve.located import located, precision
from tests.cases import Case, params
from tests.reading import reading


def links(text: str) -> dict[str, Link]:
    """The place links of a text by their words."""
    return {link.words: link for link in reading(text, reader="trained").links if link.kind == "place"}


def test_a_set_of_districts_is_linked_to_their_province() -> None:
    found = links("The Taliban captured all districts of Panjshir province except Bazarak and Rokha, their spokesman said on Sunday.")
    province = found["all districts of Panjshir province"].target
    assert province is not None
    assert (province.key, province.at and province.at.precision) == ("unit:AF.42", "province")


def test_a_name_spelled_like_a_district_is_a_suggestion_that_says_so() -> None:
    link = links("The Taliban captured all districts of Panjshir province except Bazarak and Rokha, their spokesman said on Sunday.")["Rokha"]
    assert link.target is not None
    assert (link.target.name, link.target.at and link.target.at.lat) == ("Rukhah", None)
    assert "spelled like it" in link.because


def test_a_feature_called_after_a_town_is_not_the_town() -> None:
    found = links("Fighters captured Kabul airport. Fighters captured Kabul on Sunday.")
    airport, town = found["Kabul airport"].target, found["Kabul"].target
    assert airport is not None
    assert town is not None
    assert airport.key != town.key


def test_a_part_of_a_province_is_not_the_province() -> None:
    found = links("Fighters captured western Tigray in Ethiopia. Fighters captured Tigray on Sunday.")
    part, whole = found["western Tigray"].target, found["Tigray"].target
    assert part is not None
    assert whole is not None
    assert part.key != whole.key
    assert part.key.startswith(whole.key)
    assert part.at is not None
    assert part.at.of


def test_a_town_named_with_its_province_is_the_town() -> None:
    link = links("Fighters captured Manbij in Aleppo province, a Syrian monitor said.").get("Manbij in Aleppo province") or links(
        "Fighters captured Manbij in Aleppo province, a Syrian monitor said."
    ).get("Manbij")
    assert link is not None
    assert link.target is not None
    assert link.target.name == "Manbij"


PLACES = [
    (Place("unit:AF", "Afghanistan", 33.0, 66.0, "PCLI", "AF"), "country"),
    (Place("unit:AF.42", "Panjshir", 35.3, 69.7, "ADM1", "AF", "42"), "province"),
    (Place("unit:AF.42.1", "Rukhah", None, None, "ADM2", "AF", "42", "1"), "district"),
    (Place("geonames:1", "Bazarak", 35.3, 69.5, "PPL", "AF", "42", "1"), "exact"),
    (Place("geonames:2", "Nowhere", None, None, "PPL", "AF", "42", "1"), "district"),
    (Place("region:red_sea", "Red Sea", 20.0, 38.0, "SEA"), "unknown"),
    (Place("region:hindu_kush", "Hindu Kush", 35.0, 71.0, "MTS", "AF"), "country"),
    (Place("region:panjshir_valley", "Panjshir Valley", 35.3, 69.6, "VAL", "AF", "42"), "province"),
    (Place("region:rafah_crossing", "Rafah crossing", 31.2, 34.2, "CRSG"), "exact"),
]


@pytest.mark.parametrize(("place", "expected"), PLACES, ids=[p.name for p, _ in PLACES])
def test_precision(place: Place, expected: str) -> None:
    assert precision(place) == expected


def test_a_feature_is_somewhere_in_its_place() -> None:
    assert precision(PLACES[3][0], is_feature=True) == "district"


def test_located_copies_what_a_record_needs() -> None:
    gazetteer = Gazetteer()
    [district] = [f.place for f in gazetteer.named("Rukhah") if f.place.level == 2]
    at = located(district, gazetteer)
    assert (at.country, at.province, at.district, at.lat, at.precision) == ("AF", "Panjshir", "Rukhah", None, "district")


@pytest.mark.parametrize("case", params("voices/town"))
def test_table_namesakes_abroad(case: Case) -> None:
    found = reading(case["text"], reader="trained", outlet="Wire", published="2025-05-06").links

    def targets(words: str, kind: str) -> list[Candidate]:
        return [link.target for link in found if link.kind == kind and words in link.words and link.target is not None]

    assert not [place for words in case.get("open", ()) for place in targets(words, "place")]
    for words in case.get("plain", ()):
        assert not [actor.name for actor in targets(words, "actor") if "(" in actor.name]
    for words, code in case.get("abroad", {}).items():
        assert not [place for place in targets(words, "place") if place.at is not None and place.at.country == code]
        assert not [actor.name for actor in targets(words, "actor") if f"({code})" in actor.name]
    for words, code in case.get("country", {}).items():
        assert {place.at.country for place in targets(words, "place") if place.at is not None} == {code}
