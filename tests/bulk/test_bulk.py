"""Bulk runs: the same bytes however many processes, whole shards or none, going on after a stop, and what comes of it in a record."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim import bulk as many
from counterclaim.bulk import Read, Refused, Row, Task, Waiting, put_into, read_batch, rows
from counterclaim.bulk.batch import pipeline
from counterclaim.bulk.engines import Done, in_processes, in_turn
from counterclaim.bulk.formats import rows_of
from counterclaim.bulk.imports import renamed
from counterclaim.bulk.run import is_whole, with_processes
from counterclaim.bulk.shards import Shard, shards, written
from counterclaim.config import Settings
from counterclaim.core.report import Received, Refusal, Report
from counterclaim.errors import InputRefused, NotFound, SettingsError
from counterclaim.publish.records import claim_lines
from counterclaim.read import Options, sources
from counterclaim.record import Record
from tests.bulk.conftest import TEXTS

ROOT = Path(__file__).resolve().parents[2]
RULES = Settings(reader="rules")
TASK = Task(RULES, pipeline(RULES).reader, "jsonl")


def run(folder: Path, out: Path, *, size: int = 2, format: str = "jsonl", fresh: bool = False, options: Options | None = None) -> list[many.Progress]:  # noqa: A002
    return list(many.bulk([folder], out, settings=RULES, size=size, format=format, fresh=fresh, options=options, engine=with_processes(1)))


def files(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


def test_a_row_for_every_report_and_every_refusal(folder: Path, tmp_path: Path) -> None:
    last = run(folder, tmp_path / "out")[-1]
    found = list(rows(tmp_path / "out"))
    assert (last.tally.reports, last.tally.refused) == (6, 2)
    assert [row.report.id for row in found if isinstance(row, Read)][:3] == ["a", "b", "c"]
    assert {row.source.rpartition("/")[2] for row in found if isinstance(row, Refused)} == {"empty.txt", "wires.jsonl:3"}
    assert last.tally.claims == sum(len(row.claims) for row in found if isinstance(row, Read)) > 0
    assert all(len(path.read_text(encoding="utf-8").splitlines()) == 2 for path in written(tmp_path / "out").values())
    assert is_whole(tmp_path / "out")


def test_two_processes_give_the_bytes_of_one(folder: Path, tmp_path: Path) -> None:
    run(folder, tmp_path / "one")
    list(many.bulk([folder], tmp_path / "two", settings=RULES, size=2, engine=with_processes(2)))
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_the_trained_reader_gives_the_same_bytes_in_other_processes(tmp_path: Path) -> None:
    inputs = [ROOT / "examples" / "reports" / f"{name}.txt" for name in ("pj-wire-0904", "cd-road-0616")]
    for name, processes in (("one", 1), ("two", 2)):
        list(many.bulk(inputs, tmp_path / name, settings=Settings(), size=1, engine=with_processes(processes)))
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_the_order_of_completion_does_not_count(folder: Path, tmp_path: Path) -> None:
    def backwards(all_: Iterable[Shard], task: Task) -> Iterator[Done]:
        return iter(list(in_turn(all_, task))[::-1])

    run(folder, tmp_path / "one")
    list(many.bulk([folder], tmp_path / "two", settings=RULES, size=2, engine=backwards))
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_a_stopped_run_goes_on_with_what_is_missing(folder: Path, tmp_path: Path) -> None:
    run(folder, tmp_path / "whole")
    steps = many.bulk([folder], tmp_path / "out", settings=RULES, size=2, engine=with_processes(1))
    assert next(steps).shards == 1
    steps.close()  # type: ignore[attr-defined]
    assert not is_whole(tmp_path / "out")
    (tmp_path / "out" / "shard-000001-0123456789abcdef.jsonl.part").write_bytes(b"{")
    last = run(folder, tmp_path / "out")[-1]
    assert (last.shards, last.skipped) == (3, 1)
    assert files(tmp_path / "out") == files(tmp_path / "whole")
    assert run(folder, tmp_path / "out")[-1].shards == 0


def test_only_what_changed_is_read_again(folder: Path, tmp_path: Path) -> None:
    run(folder, tmp_path / "out")
    (folder / "c.txt").write_text("The army said it had retaken Kesh.\n", encoding="utf-8")
    last = run(folder, tmp_path / "out")[-1]
    assert (last.shards, last.skipped) == (1, 3)
    run(folder, tmp_path / "again")
    assert files(tmp_path / "out") == files(tmp_path / "again")


@pytest.mark.parametrize("options", [Options(outlet="Other"), Options(published=dt.date(2024, 1, 1))])
def test_other_options_are_another_result(folder: Path, tmp_path: Path, options: Options) -> None:
    run(folder, tmp_path / "out")
    assert run(folder, tmp_path / "out", options=options)[-1].skipped < 4
    assert len(written(tmp_path / "out")) == 4


def test_other_settings_are_another_shard() -> None:
    items = [Received(Report(id="a", text=TEXTS["a"]), b"x")]
    other = msgspec.structs.replace(TASK, reader="another")
    assert next(shards(items, TASK)).digest != next(shards(items, other)).digest
    assert next(shards(items, TASK)).digest == next(shards(items, TASK)).digest


def test_a_folder_of_other_inputs_is_not_overwritten(folder: Path, tmp_path: Path) -> None:
    run(folder, tmp_path / "out")
    with pytest.raises(SettingsError, match="--fresh"):
        list(many.bulk([folder / "a.txt"], tmp_path / "out", settings=RULES, engine=with_processes(1)))
    list(many.bulk([folder / "a.txt"], tmp_path / "out", settings=RULES, fresh=True, engine=with_processes(1)))
    assert len(written(tmp_path / "out")) == 1


def test_what_is_not_a_shard_is_left_alone(folder: Path, tmp_path: Path) -> None:
    run(folder, tmp_path / "out")
    (tmp_path / "out" / "notes.jsonl").write_text("mine", encoding="utf-8")
    (folder / "wires.jsonl").unlink()
    run(folder, tmp_path / "out", fresh=True)
    assert (tmp_path / "out" / "notes.jsonl").read_text(encoding="utf-8") == "mine"
    assert len(written(tmp_path / "out")) == 2


def test_a_report_that_fails_is_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    reads = pipeline(RULES)

    class Broken:
        reader = reads.reader

        def read(self, report: Report) -> object:
            if "Arvad" in report.text:
                raise ZeroDivisionError("oops")
            return reads.read(report)

    monkeypatch.setattr("counterclaim.bulk.batch.pipeline", lambda _: Broken())
    found = read_batch([Waiting(Report(id=name, text=text), b"") for name, text in TEXTS.items()], TASK)
    assert [type(row) for row in found] == [Refused, Refused, Read]
    assert "ZeroDivisionError" in found[0].reason  # type: ignore[union-attr]


def test_a_machine_with_another_reader_reads_nothing() -> None:
    with pytest.raises(SettingsError, match="same version"):
        read_batch([], msgspec.structs.replace(TASK, reader="trained 9"))


def test_a_process_that_dies_is_an_error_with_a_remedy() -> None:
    with pytest.raises(Exception, match="--processes"):
        list(in_processes([Shard(0, _Fatal(), "0")], TASK, processes=1))


class _Fatal(tuple[()]):
    """Ends the process that unpacks it."""

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (9,)


@pytest.mark.parametrize("name", ["a\udcffb", "\ud800"])
def test_names_that_are_no_text_are_escaped(name: str) -> None:
    [shard] = shards([Refusal(name, "no")], TASK)
    assert isinstance(shard.items[0], Refused)
    assert "\\u" in shard.items[0].source
    [shard] = shards([Received(Report(id="a", text=name), b"")], TASK)
    assert isinstance(shard.items[0], Refused)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["one", "two", "three"])), max_size=12), st.integers(1, 5))
@settings(max_examples=50, deadline=None)
def test_law_every_item_is_in_one_shard_and_no_two_texts_share_an_id(reports: list[tuple[str, str]], size: int) -> None:
    made = list(shards([Received(Report(id=name, text=text), b"") for name, text in reports], TASK, size))
    items = [item for shard in made for item in shard.items]
    assert [shard.number for shard in made] == list(range(len(made)))
    assert [item.report.text for item in items if isinstance(item, Waiting)] == [text for _, text in reports]
    texts: dict[str, set[str]] = {}
    for item in items:
        assert isinstance(item, Waiting)
        texts.setdefault(item.report.id, set()).add(item.report.text)
    assert all(len(of_id) == 1 for of_id in texts.values())


def test_parquet_holds_the_same_rows(folder: Path, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="the extra [parquet] is not installed")
    run(folder, tmp_path / "lines")
    run(folder, tmp_path / "table", format="parquet")
    assert list(rows(tmp_path / "table")) == list(rows(tmp_path / "lines"))
    [first, *_] = written(tmp_path / "table").values()
    [row, _] = pq.read_table(first).to_pylist()
    assert (row["id"], row["outlet"], row["published"]) == ("a", "Harrow Wire", "2024-03-04")
    assert json.loads(row["claims"][0])["report"] == "a"


def test_no_shards_and_broken_shards_are_named(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="counterclaim bulk"):
        next(rows(tmp_path))
    broken = tmp_path / "shard-000000-0123456789abcdef.jsonl"
    broken.write_bytes(b'{"row": "read"}\n')
    with pytest.raises(InputRefused, match="not a shard"):
        next(rows_of(broken))


def _read(path: Path, folder: Path) -> None:
    with Record.open(path, settings=RULES, create=True) as record:
        list(record.read(sources([folder]), Options()))


def _imported(path: Path, out: Path) -> list[str]:
    with Record.open(path, settings=RULES, create=True) as record:
        return [step.outcome for step in put_into(record, out)]


def test_an_import_gives_the_record_that_reading_gives(folder: Path, tmp_path: Path) -> None:
    _read(tmp_path / "read.db", folder)
    run(folder, tmp_path / "out")
    assert _imported(tmp_path / "bulk.db", tmp_path / "out").count("new") == 6
    with Record.open(tmp_path / "read.db") as one, Record.open(tmp_path / "bulk.db") as two:
        assert one.store.head() == two.store.head()
        assert list(two.store.verify()) == []
        assert one.findings() == two.findings() != []


def test_importing_again_changes_nothing(folder: Path, tmp_path: Path) -> None:
    run(folder, tmp_path / "out")
    _imported(tmp_path / "r.db", tmp_path / "out")
    with Record.open(tmp_path / "r.db") as record:
        head = record.store.head()
    assert set(_imported(tmp_path / "r.db", tmp_path / "out")) == {"unchanged", "refused"}
    with Record.open(tmp_path / "r.db") as record:
        assert record.store.head() == head


def test_an_id_that_another_text_has_in_the_record_gives_way(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.txt").write_text("The ministry said nobody had been hurt in Arvad.", encoding="utf-8")
    for name in ("read.db", "bulk.db"):
        _read(tmp_path / name, other)
    _read(tmp_path / "read.db", folder)
    run(folder, tmp_path / "out")
    _imported(tmp_path / "bulk.db", tmp_path / "out")
    with Record.open(tmp_path / "read.db") as one, Record.open(tmp_path / "bulk.db") as two:
        assert list(claim_lines(one.claims(), one.links())) == list(claim_lines(two.claims(), two.links()))


@pytest.mark.parametrize("text", TEXTS.values())
def test_law_a_renamed_row_is_what_reading_under_that_name_gives(text: str) -> None:
    def read(name: str) -> Row:
        return read_batch([Waiting(Report(id=name, text=text), b"raw")], TASK)[0]

    row = read("one")
    assert isinstance(row, Read)
    assert renamed(row, "two") == read("two")


def test_packed_shards_hold_the_same_rows_in_less_and_the_same_bytes_again(folder: Path, tmp_path: Path) -> None:
    run(folder, tmp_path / "plain")
    run(folder, tmp_path / "packed", format="jsonl.gz")
    list(many.bulk([folder], tmp_path / "two", settings=RULES, size=2, format="jsonl.gz", engine=with_processes(2)))
    assert files(tmp_path / "packed") == files(tmp_path / "two")
    assert list(rows(tmp_path / "packed")) == list(rows(tmp_path / "plain"))
    sizes = [sum(path.stat().st_size for path in written(tmp_path / name).values()) for name in ("packed", "plain")]
    assert sizes[0] < sizes[1] / 2
    assert run(folder, tmp_path / "packed", format="jsonl.gz")[-1].skipped == len(written(tmp_path / "packed"))


@pytest.mark.parametrize("damage", [lambda data: data[:-9], lambda data: b"no gzip", lambda data: data[:30] + b"\0\0\0" + data[33:]])
def test_a_damaged_packed_shard_is_refused_with_what_to_do(damage: Callable[[bytes], bytes], folder: Path, tmp_path: Path) -> None:
    run(folder, tmp_path / "out", format="jsonl.gz")
    path = next(iter(written(tmp_path / "out").values()))
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(InputRefused, match="--fresh"):
        list(rows_of(path))
