"""The Python API: the names at the front door, what they give, and that its examples are true."""

from __future__ import annotations

import datetime as dt
import doctest
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import counterclaim as cc
from counterclaim import frames
from counterclaim.errors import InputRefused, NotFound, SettingsError
from counterclaim.frames import COLUMNS, Library, What

ROOT = Path(__file__).resolve().parents[1]
RULES = cc.Settings(reader="rules")
TEXT = "Rebels captured the town of Arvad on Sunday, the governor said. Three soldiers were killed, the army said.\n"
LIBRARIES: tuple[Library, ...] = ("pandas", "polars")
TABLES: tuple[What, ...] = ("claims", "findings", "links", "reports")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(f"Outlet: Harrow Wire\nPublished: 2024-03-04\n\n{TEXT}", encoding="utf-8")
    return path


@pytest.mark.parametrize("place", ["src/counterclaim/__init__.py", "docs/how-to/python.md"])
def test_the_examples_are_true(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.setenv("COUNTERCLAIM_SETTINGS", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("COUNTERCLAIM_GAZETTEERS", str(tmp_path / "gazetteers"))
    monkeypatch.chdir(tmp_path)
    text = cc.__doc__ or "" if place.endswith(".py") else (ROOT / place).read_text(encoding="utf-8")
    # Markdown closes an example with a fence, which is no output.
    test = doctest.DocTestParser().get_doctest(text.replace("```", ""), {}, place, place, 0)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    said: list[str] = []
    runner.run(test, out=said.append)
    assert (runner.tries > 3, "".join(said)) == (True, "")


def test_every_name_at_the_front_door_is_there_and_documented() -> None:
    assert len(cc.__all__) <= 12
    assert all(getattr(cc, name).__doc__ for name in cc.__all__)
    assert set(cc.__all__) <= set(dir(cc))
    with pytest.raises(AttributeError, match="it has"):
        _ = cc.nothing


def test_importing_loads_nothing_heavy() -> None:
    code = "import sys, counterclaim; print(*sorted({name.partition('.')[0] for name in sys.modules} & {'numpy', 'onnxruntime', 'msgspec', 'rich', 'lxml', 'sqlite3'}))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == ""


def test_the_function_is_there_before_and_after_its_room_is_loaded(page: Path) -> None:
    code = f"""
import counterclaim as cc
S = cc.Settings(reader="rules")
one = [c.key for c in cc.read({str(page)!r}, settings=S)]
import counterclaim.read
from counterclaim import read
print(one == [c.key for c in cc.read({str(page)!r}, settings=S)] == [c.key for c in read({str(page)!r}, settings=S)], bool(one), cc.read.Options)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("True True <class")


def test_what_is_said_of_all_reports_counts(page: Path) -> None:
    [reading] = cc.readings(page, outlet="Meridian", published=dt.date(2024, 3, 9), settings=RULES)
    assert (reading.report.outlet, reading.report.published.day) == ("Meridian", dt.date(2024, 3, 9))
    assert [claim.key for claim in reading.claims] == [claim.key for claim in cc.read(page, outlet="Meridian", published=dt.date(2024, 3, 9), settings=RULES)]
    assert {link.report for link in reading.links} == {"page"}


def test_what_cannot_be_read_is_handed_over_or_raised_after_the_rest(page: Path) -> None:
    absent = page.with_name("absent.txt")
    refused: list[str] = []
    found = list(cc.read(absent, page, settings=RULES, refused=lambda one: refused.append(one.source)))
    assert (refused, len(found) > 0) == ([str(absent)], True)
    seen: list[cc.Claim] = []
    with pytest.raises(InputRefused, match=r"absent\.txt"):
        seen.extend(cc.read(absent, settings=RULES))
    with pytest.raises(InputRefused):
        for claim in cc.read(absent, page, settings=RULES):
            seen.append(claim)  # noqa: PERF402 - what came before the error is the point
    assert seen == found


def test_opening_makes_no_record_unless_asked(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        cc.open(tmp_path / "r.db")
    with cc.open(tmp_path / "r.db", create=True) as record:
        assert record.claims() == []


@pytest.fixture
def opened(page: Path, tmp_path: Path) -> cc.Record:
    opened = cc.open(tmp_path / "r.db", create=True, settings=RULES)
    assert [step.outcome for step in opened.read([page])] == ["new"]
    return opened


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("what", TABLES)
def test_a_frame_has_a_row_for_each_and_the_columns_said(what: What, library: Library, opened: cc.Record) -> None:
    pytest.importorskip(library, reason=f"{library} is not installed")
    with opened:
        found = opened.frame(what, library=library)
        count = {"claims": len(opened.claims()), "findings": len(opened.findings()), "links": len(opened.links()), "reports": 1}[what]
    assert list(found.columns) == list(COLUMNS[what])
    assert len(found) == count > 0


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("what", TABLES)
def test_a_frame_of_nothing_has_its_columns_too(what: What, library: Library) -> None:
    pytest.importorskip(library, reason=f"{library} is not installed")
    found = frames.frame(what, [], library)
    assert (list(found.columns), len(found)) == (list(COLUMNS[what]), 0)


def test_the_rows_of_claims_say_what_the_claims_say(opened: cc.Record) -> None:
    with opened:
        [control, harm] = [row for row in frames.claim_rows(opened.claims()) if row["kind"] in ("control", "casualties")]
    assert (control["places"], control["origin"], control["chain"]) == ("the town of Arvad", "governor", "Harrow Wire < governor")
    assert (control["from"], control["precision"]) == (dt.date(2024, 3, 3), "day")
    assert "count=Three" in str(harm["slots"])
    assert all(set(row) == set(COLUMNS["claims"]) for row in (control, harm))


def test_an_absent_library_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch, opened: cc.Record) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with opened, pytest.raises(SettingsError, match=r"counterclaim\[polars\]"):
        opened.frame(library="polars")
    with opened, pytest.raises(SettingsError, match="pandas, polars"):
        opened.frame(library="dask")  # type: ignore[arg-type]


def test_an_unknown_table_is_an_error_that_names_those_there_are(opened: cc.Record) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    with opened, pytest.raises(SettingsError, match="claims, findings"):
        opened.frame("board")  # type: ignore[arg-type]


def test_the_names_are_the_same_things_as_behind_the_door() -> None:
    assert cc.Record is importlib.import_module("counterclaim.record").Record
