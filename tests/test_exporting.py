"""The export command, end to end, on a small record."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from counterclaim.cli import main
from counterclaim.config import Settings
from counterclaim.publish.formats import FORMATS
from counterclaim.read import Options, sources
from counterclaim.record import Record

TEXT = """title: Shelling
outlet: Daily
date: 2025-06-11

Rebels captured Kibua on 10 June 2025, Omar Deng said. The army denied it.

Three soldiers were killed on 10 June 2025 in Kibua, Omar Deng said.
"""
Run = Callable[..., bytes]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exporting")
    (folder / "wire.txt").write_text(TEXT, encoding="utf-8")
    path = folder / "record.db"
    with Record.open(path, settings=Settings(reader="rules"), create=True) as opened:
        steps = list(opened.read(sources([folder / "wire.txt"]), Options()))
    assert sum(step.claims for step in steps) > 1
    return path


@pytest.fixture
def run(record: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    def running(*words: str, code: int = 0) -> bytes:
        capfdbinary.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main(["export", *words, "--record", str(record)])
        found = capfdbinary.readouterr()
        assert (stopped.value.code or 0) == code, found.err.decode()
        return found.out if code == 0 else found.err

    return running


@pytest.mark.parametrize("name", ["csv", "acled", "ucdp", "eventreport", "hxl", "geojson", "ftm", "webannotation", "claims", "findings"])
def test_what_is_one_file_goes_to_standard_output_and_repeats(name: str, run: Run) -> None:
    assert run(name) == run(name) != b""


@pytest.mark.parametrize("name", ["claims", "findings", "schema", *FORMATS])
def test_every_format_says_what_it_loses(name: str, run: Run) -> None:
    assert run(name, "--lost").decode().startswith(f"{name}: ")


def test_the_note_stands_beside_the_file(run: Run, tmp_path: Path) -> None:
    run("acled", "--out", str(tmp_path / "a.csv"))
    assert "ACLED-shaped, not ACLED" in (tmp_path / "a.csv.lost.txt").read_text(encoding="utf-8")
    run("geojson", "--out", str(tmp_path / "a.geojson"))
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.csv", "a.csv.lost.txt", "a.geojson"]
    assert json.loads((tmp_path / "a.geojson").read_bytes())["counterclaim"]["lost"]


def test_a_table_a_house_and_the_mark_for_excel(run: Run) -> None:
    data = run("csv", "--table", "eventreport", "--bom")
    assert data.startswith(b"\xef\xbb\xbfevent,report,")
    assert run("acled", "--house", "most")
    assert run("acled", "--week").count(b"counterclaim:") >= run("acled").count(b"counterclaim:")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("acled", "--house", "mine"), "house rules are widest, acled, ucdp, airwars, most, least"),
        (("csv", "--table", "all"), "tables are claims, positions"),
        (("html",), "name a folder or a .zip with --out"),
        (("timemap",), "name a folder or a .zip with --out"),
    ],
)
def test_what_cannot_be_done_says_what_can(words: tuple[str, ...], told: str, run: Run) -> None:
    assert told in " ".join(run(*words, code=6).decode().split())


def test_pages_into_a_folder_again_and_into_a_zip(run: Run, tmp_path: Path) -> None:
    run("html", "--out", str(tmp_path / "pages"))
    with (tmp_path / "pages" / "counterclaim-export.txt").open("a", encoding="utf-8") as listed:
        listed.write("../outside.txt\n/etc/hostname\n")
    (tmp_path / "outside.txt").write_text("mine", encoding="utf-8")
    before = {one.relative_to(tmp_path): one.read_bytes() for one in (tmp_path / "pages").rglob("*.html")}
    run("html", "--out", str(tmp_path / "pages"))
    assert {one.relative_to(tmp_path): one.read_bytes() for one in (tmp_path / "pages").rglob("*.html")} == before
    assert (tmp_path / "outside.txt").exists()
    run("html", "--out", str(tmp_path / "pages.zip"))
    with zipfile.ZipFile(tmp_path / "pages.zip") as archive:
        assert {Path("pages") / name for name in archive.namelist()} == set(before)


def test_a_folder_with_other_things_in_it_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert "name a new folder" in " ".join(run("html", "--out", str(tmp_path), code=6).decode().split())
    assert [one.name for one in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("name", ["claims", "findings", "csv", "eventreport", "geojson", "ftm"])
def test_redacting_leaves_out_a_witness(name: str, run: Run) -> None:
    assert b"Deng" in run(name)
    assert b"Deng" not in run(name, "--redact")


def test_events_as_rows(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("eventreport").decode(), newline="")))
    assert rows
    assert {row["report"] for row in rows} == {"wire"}
