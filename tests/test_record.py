"""A record opened: reading into it, reading again, going on after a stop."""

from __future__ import annotations

from pathlib import Path

import pytest

from counterclaim.config import Settings
from counterclaim.core.report import Report
from counterclaim.errors import NotFound
from counterclaim.pipeline import Pipeline, Progress, Reading
from counterclaim.publish.records import claim_lines
from counterclaim.read import Options, sources
from counterclaim.record import Record, default_path

RULES = Settings(reader="rules")
TEXTS = {
    "a": "Rebels captured the town of Arvad on Sunday, the governor said. Three soldiers were killed.",
    "b": "The army denied that Arvad had fallen. It said its forces still held the town.",
    "c": "Aid workers said 40 people were wounded when shells hit a market in Kesh.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "reports"
    place.mkdir()
    for name, text in TEXTS.items():
        (place / f"{name}.txt").write_text(f"Outlet: Harrow Wire\nPublished: 2024-03-04\n\n{text}\n", encoding="utf-8")
    (place / "empty.txt").write_text("", encoding="utf-8")
    return place


def _read(path: Path, names: list[str | Path]) -> list[str]:
    with Record.open(path, settings=RULES, create=True) as record:
        return [step.outcome for step in record.read(sources(names), Options())]


def _export(path: Path) -> list[bytes]:
    with Record.open(path) as record:
        return list(claim_lines(record.claims(), record.links()))


def test_what_cannot_be_read_is_a_step_and_the_rest_goes_on(folder: Path, tmp_path: Path) -> None:
    assert sorted(_read(tmp_path / "r.db", [folder])) == ["new", "new", "new", "refused"]
    with Record.open(tmp_path / "r.db") as record:
        assert [r.source for r in record.store.refusals()] == [str(folder / "empty.txt")]


def test_reading_again_changes_nothing(folder: Path, tmp_path: Path) -> None:
    _read(tmp_path / "r.db", [folder])
    with Record.open(tmp_path / "r.db") as record:
        before = record.store.head()
    assert sorted(_read(tmp_path / "r.db", [folder])) == ["refused", "unchanged", "unchanged", "unchanged"]
    with Record.open(tmp_path / "r.db") as record:
        assert record.store.head() == before


def test_order_of_reading_does_not_change_the_export(folder: Path, tmp_path: Path) -> None:
    _read(tmp_path / "one.db", [folder / f"{n}.txt" for n in "abc"])
    _read(tmp_path / "two.db", [folder / f"{n}.txt" for n in "cab"])
    assert _export(tmp_path / "one.db") == _export(tmp_path / "two.db") != []


def test_a_stopped_run_goes_on(folder: Path, tmp_path: Path) -> None:
    with Record.open(tmp_path / "r.db", settings=RULES, create=True) as record:
        steps = record.read(sources([folder]), Options())
        assert next(steps).outcome == "new"
    assert sorted(_read(tmp_path / "r.db", [folder])) == ["new", "new", "refused", "unchanged"]


def test_a_report_that_says_more_of_itself_is_read_anew(folder: Path, tmp_path: Path) -> None:
    _read(tmp_path / "r.db", [folder / "a.txt"])
    (folder / "a.txt").write_text(f"Outlet: Meridian\nPublished: 2024-03-05\n\n{TEXTS['a']}\n", encoding="utf-8")
    assert _read(tmp_path / "r.db", [folder / "a.txt"]) == ["reread"]


def test_two_files_of_one_name_are_both_kept(folder: Path, tmp_path: Path) -> None:
    (folder / "a.md").write_text("Rebels left the town of Kesh on Monday, the army said.\n", encoding="utf-8")
    both: list[str | Path] = [folder / "a.txt", folder / "a.md"]
    assert _read(tmp_path / "r.db", both) == ["new", "new"]
    with Record.open(tmp_path / "r.db") as record:
        assert [(r.id[:2], r.text[:7]) for r in record.store.reports()] == [("a", "Rebels "), ("a-", "Rebels ")]
    assert _read(tmp_path / "r.db", both) == ["unchanged", "unchanged"]


def test_it_is_told_what_share_of_a_report_is_read(folder: Path, tmp_path: Path) -> None:
    told: list[tuple[str, float]] = []
    with Record.open(tmp_path / "r.db", settings=RULES, create=True) as record:
        list(record.read(sources([folder / "a.txt"]), Options(), lambda report, share: told.append((report.id, share))))
    shares = [share for _, share in told]
    assert {name for name, _ in told} == {"a"}
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] <= 1


def test_findings_name_the_dispute(folder: Path, tmp_path: Path) -> None:
    _read(tmp_path / "r.db", [folder])
    with Record.open(tmp_path / "r.db") as record:
        keys = {c.key for c in record.claims()}
        assert all(k in keys for f in record.findings() for p in f.positions for k in p.claims)


def test_an_error_of_ours_is_a_refusal_and_the_rest_goes_on(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Pipeline.read

    def broken(self: Pipeline, report: Report, told: Progress) -> Reading:
        if report.id == "b":
            raise IndexError("a bug")
        return whole(self, report, told)

    monkeypatch.setattr(Pipeline, "read", broken)
    with Record.open(tmp_path / "r.db", settings=RULES, create=True) as record:
        steps = {s.name: s for s in record.read(sources([folder]), Options())}
    refused = next(s for s in steps.values() if s.reason and "IndexError" in s.reason)
    assert refused.outcome == "refused"
    assert {steps["a"].outcome, steps["c"].outcome} == {"new"}


def test_asking_a_record_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no record at"):
        Record.open(tmp_path / "none.db")


def test_default_path_is_the_environments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTERCLAIM_RECORD", "/somewhere/else.db")
    assert default_path() == Path("/somewhere/else.db")
    monkeypatch.delenv("COUNTERCLAIM_RECORD")
    assert default_path() == Path("record.db")
