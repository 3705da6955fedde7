"""Parquet tables: a report a row, and what is no such table refused with a reason."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import pytest

from counterclaim.core.report import Received, Refusal
from counterclaim.read import Options, received, sources

pa = pytest.importorskip("pyarrow", reason="the extra [parquet] is not installed")
pq = pytest.importorskip("pyarrow.parquet", reason="the extra [parquet] is not installed")
ROWS: list[dict[str, Any]] = [
    {"id": "w1", "text": "Rebels captured Arvad.", "outlet": "Meridian", "published": dt.date(2024, 3, 4), "mood": "grim"},
    {"id": None, "text": "The army denied it.", "outlet": None, "published": None, "mood": None},
    {"id": "w3", "text": " ", "outlet": None, "published": None, "mood": None},
]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "wires.parquet"
    pq.write_table(pa.Table.from_pylist(ROWS), path)
    return path


def read(path: Path, options: Options | None = None) -> list[Received | Refusal]:
    return [item for source in sources([path]) for item in received(source, options or Options())]


def test_a_report_for_each_row(table: Path) -> None:
    first, second, third = read(table)
    assert isinstance(first, Received)
    assert (first.report.id, first.report.text, first.report.outlet) == ("w1", "Rebels captured Arvad.", "Meridian")
    assert first.report.published.day == dt.date(2024, 3, 4)
    assert b"grim" not in first.raw
    assert isinstance(second, Received)
    assert (second.report.id, second.report.source) == ("wires-2", f"{table} row 2")
    assert isinstance(third, Refusal)


def test_numbers_and_moments_are_written_as_text(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pq.write_table(pa.Table.from_pylist([{"id": 7, "text": "Shells fell on Kesh.", "published": dt.datetime(2024, 3, 4, 23, 5)}]), path)
    [item] = read(path)
    assert isinstance(item, Received)
    assert (item.report.id, item.report.published.day) == ("7", dt.date(2024, 3, 4))


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "Parquet"), (b"PAR1" + b"\x00" * 50 + b"PAR1", "Parquet"), (b"not a table at all", "Parquet")],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "t.parquet"
    path.write_bytes(content)
    [item] = read(path)
    assert isinstance(item, Refusal)
    assert reason in item.reason


def test_a_table_cut_short_is_refused(table: Path) -> None:
    table.write_bytes(table.read_bytes()[:-40])
    [item] = read(table)
    assert isinstance(item, Refusal)


def test_a_table_without_texts_names_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pq.write_table(pa.Table.from_pylist([{"body": "x"}]), path)
    [item] = read(path)
    assert isinstance(item, Refusal)
    assert "body" in item.reason


def test_a_group_that_unpacks_to_too_much_is_refused(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["counterclaim.read.parquet"], "LARGEST_GROUP", 10)
    [item] = read(table)
    assert isinstance(item, Refusal)
    assert "row group 1" in item.reason


def test_a_row_larger_than_may_be_read_is_refused(table: Path) -> None:
    items = read(table, Options(largest=60))
    assert [type(item) for item in items] == [Refusal, Received, Refusal]


def test_without_pyarrow_the_remedy_is_named(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    [item] = read(table)
    assert isinstance(item, Refusal)
    assert "counterclaim[parquet]" in item.reason
