"""The gazetteer asked: the packaged file, a second one beside it, and files that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from counterclaim.core.place import Place
from counterclaim.errors import GazetteerError
from counterclaim.knowledge.gazetteer import Gazetteer, GazetteerWriter, imported, number, unit_key


@pytest.fixture(scope="module")
def packaged() -> Gazetteer:
    return Gazetteer()


def written(path: Path, *places: tuple[Place, list[tuple[str, str]]]) -> Path:
    writer = GazetteerWriter(path)
    writer.add((place, names) for place, names in places)  # type: ignore[misc]
    writer.finish({"name": path.stem})
    return path


def test_a_name_gives_its_places_the_largest_first(packaged: Gazetteer) -> None:
    found = packaged.named("Tripoli")
    assert list(dict.fromkeys(f.place.country for f in found))[:2] == ["LY", "LB"]
    assert [f.place.population for f in found] == sorted((f.place.population for f in found), reverse=True)


def test_accents_articles_and_apostrophes_do_not_matter(packaged: Gazetteer) -> None:
    assert {f.place.key for f in packaged.named("bazarak")} == {f.place.key for f in packaged.named("Bāzārak")}


def test_how_a_name_is_a_places(packaged: Gazetteer) -> None:
    assert {f.kind for f in packaged.named("Georgian") if f.place.is_country} == {"people"}
    assert {f.kind for f in packaged.named("Burma") if f.place.is_country} == {"other"}
    assert {f.kind for f in packaged.named("Maidan Wardak") if f.place.level == 1} <= {"own", "other", "bare"}


def test_a_district_lies_in_its_province_and_country(packaged: Gazetteer) -> None:
    [district] = [f.place for f in packaged.named("Rukhah") if f.place.level == 2]
    assert [p.name for p in packaged.parents(district)] == ["Panjshir", "Afghanistan"]
    assert (district.lat, district.lon) == (None, None)


def test_units_in_a_province(packaged: Gazetteer) -> None:
    panjshir = packaged.unit("AF", "42")
    assert panjshir is not None
    units = packaged.units_in(panjshir)
    assert {"Parīān", "Rukhah"} <= {u.name for u in units}
    assert all((u.country, u.admin1, u.level) == ("AF", "42", 2) for u in units)
    assert packaged.units_in(units[0]) == ()


def test_sounding_finds_other_romanisations_in_one_country(packaged: Gazetteer) -> None:
    assert "Rukhah" in {p.name for p in packaged.sounding("Rokha", "AF")}
    assert packaged.sounding("Paris", "FR") == ()


def test_a_later_file_adds_places_and_takes_the_place_of_its_namesakes(tmp_path: Path) -> None:
    known = Place("geonames:1138958", "Kabul, as ours has it", 34.5, 69.2, "PPLC", "AF", "13", None, 5_000_000)
    hamlet = Place("pcode:AF990101", "Xyrbloq", 34.0, 69.0, "PPL", "AF", "13", None, 10, "AF990101")
    path = written(tmp_path / "ours.sqlite", (known, [("Kabul", "own")]), (hamlet, [("Xyrbloq", "own")]))
    both = Gazetteer([path])
    assert [f.place for f in both.named("Xyrbloq")] == [hamlet]
    assert both.place("geonames:1138958") == known
    assert [f.place.name for f in both.named("Kabul") if f.place.key == known.key] == [known.name]


def test_a_file_that_is_none_is_refused_by_name(tmp_path: Path) -> None:
    other = tmp_path / "letters.sqlite"
    other.write_text("no database at all, and long enough to be read as one" * 100)
    with pytest.raises(GazetteerError, match="letters"):
        Gazetteer([other])
    with pytest.raises(GazetteerError, match="missing"):
        Gazetteer([tmp_path / "missing.sqlite"])


def test_a_half_made_file_is_refused(tmp_path: Path) -> None:
    writer = GazetteerWriter(tmp_path / "half.sqlite")
    writer.add([(Place("geonames:1", "Xyrbloq", 1.0, 1.0, "PPL", "AF"), [("Xyrbloq", "own")])])
    writer.close()
    with pytest.raises(GazetteerError, match="not finished"):
        Gazetteer([tmp_path / "half.sqlite"])


def test_imported_files_by_name(tmp_path: Path) -> None:
    one = written(tmp_path / "one.sqlite", (Place("geonames:1", "A", 1.0, 1.0, "PPL", "AF"), [("A", "own")]))
    assert imported(tmp_path) == [one]
    assert imported(tmp_path, ["one"]) == [one]
    assert imported(tmp_path, []) == []
    with pytest.raises(GazetteerError, match="imported: one"):
        imported(tmp_path, ["two"])


def test_numbers_of_other_keys_are_above_every_geonames_number() -> None:
    assert number("geonames:1138958") == 1138958
    assert number(unit_key("AF", "42")) > 1 << 45
    assert number(unit_key("AF", "42")) != number(unit_key("AF", "4", "2"))
