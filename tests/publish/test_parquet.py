from __future__ import annotations

import importlib
import io
from typing import Any, get_args

import pytest

from counterclaim.errors import SettingsError
from counterclaim.publish.formats import Wishes, write
from counterclaim.publish.tables import TableName, rows
from tests.publish.factories import demo, view


def test_without_pyarrow_the_error_names_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> Any:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(importlib, "import_module", absent)
    with pytest.raises(SettingsError, match=r"pip install 'counterclaim\[parquet\]'"):
        write(demo(), "parquet")


@pytest.mark.parametrize("table", get_args(TableName))
def test_rows_come_back_equal_and_typed(table: TableName) -> None:
    parquet: Any = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed: pip install 'counterclaim[parquet]'")
    found = parquet.read_table(io.BytesIO(write(demo(), "parquet", Wishes(table=table)).files[""]))
    expected = rows(view(demo()), table)
    assert found.column_names == [one.name for one in expected.columns]
    for row, back in zip(expected.rows, found.to_pylist(), strict=True):
        assert tuple(tuple(cell) if isinstance(cell, list) else cell for cell in back.values()) == row
    assert b"lost" in found.schema.metadata
