"""A gazetteer file as it is written: in batches, gone on with after a stop, and the same bytes whichever way it came to be."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from counterclaim.core.place import Place
from counterclaim.errors import GazetteerError
from counterclaim.knowledge.gazetteer import FORMAT, KINDS, GazetteerWriter, Kind, number

Row = tuple[Place, list[tuple[str, Kind]]]

PROVINCE: Row = (
    Place("unit:AF.42", "Panjshir", 35.44, 69.79, "ADM1", "AF", "42", code="geonames:6957555"),
    [("Panjshir Province", "own"), ("Panjshir", "bare"), ("Panjshér", "other")],
)
TOWN: Row = (Place("geonames:1138957", "Bāzārak", 35.3129, 69.5152, "PPL", "AF", "42", None, 24723), [("Bāzārak", "own"), ("Bazarak", "own")])
NOWHERE: Row = (Place("pcode:AF0806", "Paryan", None, None, "ADM3", "AF", "42", "4204", code="AF0806"), [("Paryan", "own"), ("پریان", "other"), ("", "other")])


def asked(path: Path, query: str) -> list[tuple[Any, ...]]:
    """What a query gives; the file is left as it is."""
    file = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        return file.execute(query).fetchall()
    finally:
        file.close()


def names(path: Path) -> dict[tuple[str, int], int]:
    """The names of a file, without what the reader asks by sound."""
    return {(folded, place): kind for folded, place, kind in asked(path, "SELECT folded, place, kind FROM name") if KINDS[kind] != "sound"}


def test_rows_are_kept_with_their_names_folded_and_the_best_kind_of_each(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    writer = GazetteerWriter(path)
    assert writer.add([PROVINCE, TOWN, NOWHERE]) == 3
    writer.finish({"name": "a"})
    assert names(path) == {
        ("panjshir province", number("unit:AF.42")): 0,
        # Its bare name and another spelling come to the same words: it is a name of the place then.
        ("panjshir", number("unit:AF.42")): 2,
        ("panjsher", number("unit:AF.42")): 1,
        ("bazarak", 1138957): 0,
        ("paryan", number("pcode:AF0806")): 0,
        ("پریان", number("pcode:AF0806")): 1,
    }
    rows = {row[0]: row[1:] for row in asked(path, "SELECT id, key, name, lat, lon, population, code FROM place")}
    assert rows[1138957] == (None, "Bāzārak", 353129, 695152, 24723, None)
    assert rows[number("pcode:AF0806")] == ("pcode:AF0806", "Paryan", None, None, 0, "AF0806")
    assert GazetteerWriter.noted(path) == {"format": FORMAT, "name": "a", "places": "3"}


def test_a_row_that_comes_again_takes_the_place_of_the_first_and_adds_its_names(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    writer = GazetteerWriter(path)
    writer.add([TOWN])
    writer.add([(Place("geonames:1138957", "Bazarak", 35.0, 69.0, "PPLA", "AF", "42"), [("Bazarak", "other"), ("Bozorak", "other")])])
    writer.finish({})
    assert asked(path, "SELECT name, feature FROM place") == [("Bazarak", "PPLA")]
    assert names(path) == {("bazarak", 1138957): 0, ("bozorak", 1138957): 1}


def test_batches_and_stops_leave_no_trace(tmp_path: Path) -> None:
    through, stopped = tmp_path / "through.sqlite", tmp_path / "stopped.sqlite"
    writer = GazetteerWriter(through)
    writer.add([PROVINCE, TOWN, NOWHERE])
    writer.finish({"name": "a"})
    for count, row in enumerate((PROVINCE, TOWN, NOWHERE)):
        writer = GazetteerWriter(stopped)
        assert writer.state() == ({"at": str(count - 1)} if count else {})
        writer.add([row], {"at": str(count)})
        writer.close()
    # The last batch again, as when a stop came before its note was seen.
    writer = GazetteerWriter(stopped)
    writer.add([NOWHERE])
    writer.finish({"name": "a"})
    assert stopped.read_bytes() == through.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["stopped.sqlite", "through.sqlite"]


def test_names_are_added_to_places_that_are_there(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    writer = GazetteerWriter(path)
    writer.add([PROVINCE, TOWN], aliases=[("geonames:6957555", "unit:AF.42")])
    heard: list[tuple[str, str, Kind]] = [
        ("geonames:6957555", "Pandjchir", "other"),
        ("geonames:1138957", "Bozorak", "other"),
        ("geonames:404", "Nowhere", "other"),
        ("geonames:1138957", "…", "other"),
    ]
    assert writer.add_names(heard, {"at": "9"}) == 2
    assert writer.state() == {"at": "9"}
    writer.finish({})
    found = names(path)
    assert found["pandjchir", number("unit:AF.42")] == 1
    assert found["bozorak", 1138957] == 1
    assert not any(folded == "nowhere" for folded, _ in found)


def test_a_finished_file_is_finished_again_to_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    writer = GazetteerWriter(path)
    writer.add([PROVINCE])
    writer.finish({"name": "a"})
    before = path.read_bytes()
    GazetteerWriter(path).finish({"name": "b"})
    assert path.read_bytes() == before


def test_what_is_no_gazetteer_or_is_being_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "prose.sqlite").write_text("The army said on Sunday that it had taken the town.\n" * 20, encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"prose\.sqlite cannot be written"):
        GazetteerWriter(tmp_path / "prose.sqlite")
    assert GazetteerWriter.noted(tmp_path / "prose.sqlite") == {}
    first = GazetteerWriter(tmp_path / "a.sqlite")
    first.add([TOWN], {"at": "1"})
    with pytest.raises(GazetteerError, match="another import may be at work"):
        GazetteerWriter(tmp_path / "a.sqlite")
    assert GazetteerWriter.noted(tmp_path / "a.sqlite") == {}
    first.close()
    assert GazetteerWriter.noted(tmp_path / "a.sqlite") == {"at": "1"}
