from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation import gate
from evaluation.gate import FLOORS, Floor, Lowered, Measured, Table, data_hash, failures, lowered, raised, settle

EMPTY = Table({})


def measured(sha256: str = "a" * 64, **figures: float) -> Measured:
    return Measured("dev-rules", figures, "python -m evaluation.gold dev", sha256)


PINNED = raised(EMPTY, measured(record=30.0, must_not=2))


def test_what_is_raised_is_held() -> None:
    assert PINNED.sets["dev-rules"]["record"] == Floor(30.0, "python -m evaluation.gold dev", "a" * 64)
    assert failures(PINNED, measured(record=30.0, must_not=2)) == []


@pytest.mark.parametrize(
    ("record", "must_not", "failed"),
    [(29.95, 2, []), (29.9, 2, ["record"]), (31.0, 2, []), (30.0, 3, ["must_not"]), (30.0, 1, []), (10.0, 9, ["must_not", "record"])],
)
def test_a_figure_may_not_fall_and_a_ceiling_may_not_rise(record: float, must_not: float, failed: list[str]) -> None:
    assert [line.split(":")[0] for line in failures(PINNED, measured(record=record, must_not=must_not))] == failed


def test_other_data_fails_and_says_so() -> None:
    (line,) = failures(PINNED, measured("b" * 64, record=99.0, must_not=0))
    assert "other data" in line
    assert raised(PINNED, measured("b" * 64, record=99.0, must_not=0)) == PINNED, "raising does not go over to other data"


def test_a_set_without_floors_fails() -> None:
    (line,) = failures(PINNED, measured(record=1)._replace(set="train"))
    assert "'train'" in line
    assert "dev-rules" in line


def test_a_pinned_figure_must_be_measured() -> None:
    assert failures(PINNED, measured(must_not=2)) == ["record: pinned at 30.0, not measured any more"]


def test_raising_never_lowers() -> None:
    table = raised(PINNED, measured(record=25.0, must_not=1, found=50.0))
    assert {name: floor.figure for name, floor in table.sets["dev-rules"].items()} == {"record": 30.0, "must_not": 1, "found": 50.0}
    assert table.lowered == ()


def test_lowering_keeps_the_reason_and_raises_nothing() -> None:
    table = lowered(PINNED, measured(record=25.0, must_not=1), "a trap was read wrongly")
    assert {name: floor.figure for name, floor in table.sets["dev-rules"].items()} == {"record": 25.0, "must_not": 2}
    assert table.lowered == (Lowered("dev-rules", "record", 30.0, 25.0, "a trap was read wrongly"),)
    assert lowered(EMPTY, measured(record=1.0), "nothing is pinned") == EMPTY


def test_going_over_to_other_data_is_noted() -> None:
    table = lowered(PINNED, measured("b" * 64, record=40.0, found=60.0), "three reports were added")
    assert failures(table, measured("b" * 64, record=40.0, found=60.0)) == []
    assert [(was.name, was.before, was.after) for was in table.lowered] == [("found", None, 60.0), ("record", 30.0, 40.0)]


def test_the_hash_counts_names_and_contents(tmp_path: Path) -> None:
    a, b = tmp_path / "a.json", tmp_path / "b.json"
    a.write_text("1", encoding="utf-8")
    b.write_text("2", encoding="utf-8")
    first = data_hash([a, b])
    assert first == data_hash([b, a])
    b.write_text("3", encoding="utf-8")
    assert data_hash([a, b]) != first
    assert data_hash([a]) != data_hash([b])


def test_settling_writes_only_when_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    floors = tmp_path / "floors.json"
    gate.save(EMPTY, floors)
    before = floors.read_bytes()
    assert settle(measured(record=30.0), floors) == 1
    assert floors.read_bytes() == before
    assert settle(measured(record=30.0), floors, raise_them=True) == 0
    assert settle(measured(record=20.0), floors) == 1
    assert settle(measured(record=20.0), floors, raise_them=True) == 1
    assert settle(measured(record=20.0), floors, lower="measured anew") == 0
    assert gate.load(floors).lowered[0].reason == "measured anew"
    capsys.readouterr()
    assert settle(measured(record=19.0), floors, as_json=True) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["figures"] == {"record": {"measured": 19.0, "floor": 20.0}}
    assert found["failures"] == ["record: 19.0, floor 20.0"]


def test_the_command_measures_and_names_the_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, floors = tmp_path / "dev", tmp_path / "floors.json"
    folder.mkdir()
    (folder / "r1.json").write_text("{}", encoding="utf-8")
    gate.save(EMPTY, floors)
    monkeypatch.setattr(gate, "measure_gold", lambda path, reader: {"record.f1": 12.5})
    assert gate.main(["--gold", str(folder), "--reader", "rules", "--raise"], floors) == 0
    (floor,) = gate.load(floors).sets["dev-rules"].values()
    assert floor == Floor(12.5, f"python -m evaluation.gold {folder} --reader rules --json", data_hash([folder / "r1.json"]))
    assert gate.main(["--gold", str(folder), "--reader", "rules", "--set", "other"], floors) == 1


@pytest.mark.parametrize("arguments", [["--gold", "no-such-folder"], [], ["--gold", ".", "--lower", " "], ["--gold", ".", "--raise", "--lower", "why"]])
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        gate.main(arguments)
    assert stopped.value.code == 2


def test_the_shipped_floors_can_be_read_and_are_sorted(tmp_path: Path) -> None:
    again = tmp_path / "floors.json"
    gate.save(gate.load(), again)
    assert again.read_bytes() == FLOORS.read_bytes()
