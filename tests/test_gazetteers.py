"""Importing gazetteers: what is there afterwards, after a stop, after a death, and when the file is another."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from counterclaim import gazetteers
from counterclaim.errors import GazetteerError, NotFound
from counterclaim.gazetteers import Progress, import_, installed, remove
from counterclaim.knowledge.gazetteer import Gazetteer, GazetteerWriter
from tests.read.gazetteer_files import collection, feature, geo, many, written, zipped

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where gazetteers of the test lie."""
    folder = tmp_path / "home"
    monkeypatch.setenv("COUNTERCLAIM_GAZETTEERS", str(folder))
    return folder


def dump(path: Path, count: int = 3000) -> Path:
    """A dump with a country, a province and a district among its towns."""
    lines = [
        geo(900_001, "Islamic Republic of Afghanistan", feature_class="A", feature_code="PCLI", admin1="00", admin2=""),
        geo(900_002, "Panjshir Province", alternatenames="Panjsher", feature_class="A", feature_code="ADM1", admin1="42", admin2=""),
        geo(900_003, "Shutul District", feature_class="A", feature_code="ADM2", admin1="42", admin2="3305"),
        *many(count),
        geo(900_004, "Qalat al-Test", alternatenames="Kalat,Testburg", admin1="42", admin2="3305", population="50000"),
        geo(900_005, "Over the border", country_code="PK"),
    ]
    return written(path, lines)


def names_table(path: Path) -> Path:
    """A table of alternate names for the dump."""
    rows = [f"{number}\t{number}\tde\tOrt {number}\t\t\t\t" for number in range(1, 600)]
    return written(path, [*rows, "7000\t900002\ten\tPandjchir\t\t\t\t", "7001\t900004\ticao\tOATT\t\t\t\t", "7002\t7777777\ten\tNowhere\t\t\t\t"])


def last(steps: Iterator[Progress]) -> Progress:
    """The last step, when all are done."""
    return list(steps)[-1]


def test_an_imported_dump_is_asked_beside_the_packaged_one(tmp_path: Path, home: Path) -> None:
    step = last(import_(dump(tmp_path / "AF.txt"), "af"))
    assert (step.doing, step.tally.places, step.tally.malformed) == ("done", 3005, 0)
    assert [path.name for path in home.iterdir()] == ["af.sqlite"]
    (one,) = installed()
    assert (one.name, one.is_whole, one.places, one.path) == ("af", True, 3005, home / "af.sqlite")
    assert one.made == "imported from AF.txt"
    assert "CC BY 4.0" in (one.licence or "")
    both = Gazetteer([one.path])
    (town,) = (found.place for found in both.named("Testburg"))
    assert (town.key, town.name, town.population) == ("geonames:900004", "Qalat al-Test", 50000)
    assert [unit.name for unit in both.parents(town)] == ["Shutul District", "Panjshir Province", "Islamic Republic of Afghanistan"]
    # The province is the packaged one under the same key, and its bare name is known.
    assert [(found.place.key, found.kind) for found in both.named("Panjshir")] == [("unit:AF.42", "bare")]


def test_steps_say_how_far_it_is(tmp_path: Path) -> None:
    path = dump(tmp_path / "AF.txt")
    steps = list(import_(path, "af"))
    assert [step.doing for step in steps] == ["places", "places", "index", "done"]
    assert [step.at for step in steps[:2]][-1] == steps[0].whole == path.stat().st_size


def test_alternate_names_take_the_place_of_the_column(tmp_path: Path) -> None:
    step = last(import_(dump(tmp_path / "AF.txt"), "af", alternates=names_table(tmp_path / "alternateNamesV2.txt")))
    # 599 German names, one English one, and one of a place that is not there; the code of an airport is no name.
    assert (step.tally.names, step.tally.codes, step.tally.places) == (601, 1, 3005)
    both = Gazetteer([installed()[0].path])
    assert [found.place.key for found in both.named("Pandjchir")] == ["unit:AF.42"]
    assert [found.place.key for found in both.named("Ort 7")] == ["geonames:7"]
    assert both.named("Testburg") == both.named("Nowhere at all") == both.named("OATT") == ()


def test_only_the_countries_that_were_named(tmp_path: Path) -> None:
    step = last(import_(dump(tmp_path / "AF.txt"), "pk", countries=["PK"]))
    assert (step.tally.places, step.tally.outside) == (1, 3004)
    assert installed()[0].made == "imported from AF.txt (PK)"
    with pytest.raises(GazetteerError, match="no place in it of ZZ"):
        last(import_(dump(tmp_path / "AF.txt"), "zz", countries=["ZZ"]))
    with pytest.raises(GazetteerError, match="two capital letters"):
        last(import_(dump(tmp_path / "AF.txt"), "zz", countries=["AFG"]))


def test_units_with_p_codes_are_found_by_name_and_keep_their_codes(tmp_path: Path) -> None:
    said = {"ADM0_EN": "Afghanistan", "ADM0_PCODE": "AF", "ADM1_EN": "Panjsher", "ADM1_PCODE": "AF08"}
    drawn = {"type": "Polygon", "coordinates": [[[69, 35], [70, 35], [70, 36], [69, 36], [69, 35]]]}
    path = tmp_path / "afg_admbnda_adm2.geojson"
    path.write_text(
        collection(
            feature(said | {"ADM2_EN": "Shutul", "ADM2_PCODE": "AF0805"}, drawn),
            feature(said | {"ADM2_EN": "Testabad", "ADM2_PCODE": "AF0899"}, drawn),
        ),
        encoding="utf-8",
    )
    step = last(import_(path))
    assert (step.name, step.tally.places, step.tally.matched) == ("afg-admbnda-adm2", 3, 2)
    both = Gazetteer([installed()[0].path])
    assert (both.place("unit:AF.42") or pytest.fail("no province")).code == "AF08"
    (shutul,) = (found.place for found in both.named("Shutul") if found.place.level == 2)
    assert (shutul.key, shutul.code, shutul.lat, shutul.lon) == ("unit:AF.42.3305", "AF0805", 35.5, 69.5)
    (other,) = (found.place for found in both.named("Testabad"))
    assert (other.code, other.admin1, other.admin2) == ("AF0899", "42", "AF0899")
    assert [unit.key for unit in both.parents(other)] == ["unit:AF.42", "unit:AF"]
    assert other.key in {unit.key for unit in both.units_in(both.place("unit:AF.42") or other)}


def test_a_dry_run_checks_and_writes_nothing(tmp_path: Path, home: Path) -> None:
    path, table = dump(tmp_path / "AF.txt"), names_table(tmp_path / "alternateNamesV2.txt")
    step = last(import_(path, "af", alternates=table, dry_run=True))
    assert (step.tally.places, step.tally.names, step.doing) == (3005, 601, "done")
    assert not home.exists()
    with pytest.raises(GazetteerError, match="expected a dump of GeoNames"):
        last(import_(table, "names", dry_run=True))


def test_one_of_the_name_is_replaced_only_when_told(tmp_path: Path) -> None:
    last(import_(dump(tmp_path / "AF.txt"), "af"))
    with pytest.raises(GazetteerError, match="there is a gazetteer 'af' already; --fresh replaces it"):
        last(import_(dump(tmp_path / "AF.txt"), "af"))
    last(import_(dump(tmp_path / "AF.txt", 10), "af", fresh=True))
    assert installed()[0].places == 15


def test_names_that_are_no_file_names(tmp_path: Path) -> None:
    for name in ("", "../af", "AF", "a b", "a" * 65):
        with pytest.raises(GazetteerError, match="a name is small letters"):
            last(import_(dump(tmp_path / "AF.txt", 3), name))
    assert gazetteers.default_name(Path("/data/allCountries.zip")) == "allcountries"
    assert gazetteers.default_name(Path("Übung (1).csv")) == "bung-1"
    assert gazetteers.default_name(Path("村.txt")) == "gazetteer"


def test_a_stopped_import_goes_on_unless_its_file_is_another(tmp_path: Path, home: Path) -> None:
    path = dump(tmp_path / "AF.txt")
    steps = import_(path, "af")
    assert next(steps).tally.rows == 1000
    steps.close()  # type: ignore[attr-defined]
    (half,) = installed()
    assert (half.is_whole, half.places, half.path) == (False, None, home / "af.partial")
    with pytest.raises(GazetteerError, match="of other countries.*--fresh begins anew"):
        last(import_(path, "af", countries=["AF"]))
    text = path.read_bytes()
    path.write_bytes(text + f"{geo(999_999)}\n".encode())
    with pytest.raises(GazetteerError, match="before it changed"):
        last(import_(path, "af"))
    path.write_bytes(text)
    going = list(import_(path, "af"))
    assert [step.doing for step in going] == ["places", "index", "done"]
    assert (going[-1].tally.rows, installed()[0].places) == (3005, 3005)


def test_a_fresh_import_forgets_what_was_half_made(tmp_path: Path) -> None:
    steps = import_(dump(tmp_path / "AF.txt"), "af")
    next(steps)
    steps.close()  # type: ignore[attr-defined]
    last(import_(dump(tmp_path / "other.txt", 5), "af", fresh=True))
    assert installed()[0].places == 10


def test_two_imports_of_one_name_at_once(tmp_path: Path) -> None:
    first = import_(dump(tmp_path / "AF.txt"), "af")
    next(first)
    with pytest.raises(GazetteerError, match="another import may be at work"):
        last(import_(dump(tmp_path / "AF.txt"), "af"))
    assert last(first).tally.places == 3005


def test_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gazetteers, "SPACE", shutil.disk_usage(tmp_path).total)
    with pytest.raises(GazetteerError, match=r"GB free, the import needs about .* GB; free some"):
        last(import_(dump(tmp_path / "AF.txt"), "af"))


def test_a_folder_that_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("COUNTERCLAIM_GAZETTEERS", str(tmp_path / "file" / "folder"))
    with pytest.raises(GazetteerError, match="COUNTERCLAIM_GAZETTEERS can name another folder"):
        last(import_(dump(tmp_path / "AF.txt"), "af"))


def test_removing(tmp_path: Path, home: Path) -> None:
    last(import_(dump(tmp_path / "AF.txt", 5), "af"))
    steps = import_(dump(tmp_path / "PK.txt", 1500), "pk")
    next(steps)
    steps.close()  # type: ignore[attr-defined]
    with pytest.raises(NotFound, match="no gazetteer 'wrld'; installed: af, pk"):
        remove("wrld")
    with pytest.raises(NotFound):
        remove("../home/af")
    remove("af")
    remove("pk")
    assert installed() == []
    assert list(home.iterdir()) == []


# Deaths: what it dies in, and at which call into C from the first step of that. A batch of 4 KB makes some thousand calls, and the
# index, its packing and the last renaming some fifty.
DEATHS = [("places", 3), ("places", 700), ("places", 9000), ("places", 40_000), ("names", 1), ("names", 2500)]
DEATHS += [("index", call) for call in range(1, 100, 3)]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_an_import_that_was_killed_goes_on_to_the_same_gazetteer(tmp_path: Path, home: Path) -> None:
    """One import through many deaths: it ends in the very bytes of an import that nothing disturbed."""
    path, table = zipped(tmp_path / "AF.zip", AF__txt=dump(tmp_path / "AF.txt", 1800).read_bytes()), names_table(tmp_path / "names.txt")
    whole = tmp_path / "whole"

    def run(folder: Path, doing: str, call: int) -> int:
        command = [sys.executable, "-m", "tests.importer", str(path), "af", doing, str(call), str(table)]
        env = os.environ | {"COUNTERCLAIM_GAZETTEERS": str(folder)}
        return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode

    assert run(whole, "places", 0) == 0
    left_at = set()
    for doing, call in DEATHS:
        died = run(home, doing, call)
        if (home / "af.sqlite").exists():
            break
        assert died == -9, (doing, call)
        left_at.add(GazetteerWriter.noted(home / "af.partial").get("state"))
    # It died in several batches and all over the making of the index, and the last time so late that it was done.
    assert len(left_at) > 5
    assert call > 30
    assert (home / "af.sqlite").read_bytes() == (whole / "af.sqlite").read_bytes()
    assert [each.name for each in home.iterdir()] == ["af.sqlite"]
