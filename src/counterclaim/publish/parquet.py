"""A table of the record to Parquet, typed as its columns say, for pandas, polars, DuckDB and Spark. Needs the extra `[parquet]`."""

from __future__ import annotations

import importlib
import io
from typing import Any

from counterclaim.errors import SettingsError
from counterclaim.publish.cells import Rows, Value

LOST = (
    "one table a file, as with CSV: `--table` chooses among claims, positions (findings), board, promises and eventreport",
    "the filled slots of a claim beyond place, first party and number, but as words in `says`",
    "the voices of a chain as a structure, candidates of links that stayed open, and reasons of links",
)


def written(table: Rows, head: dict[str, str]) -> bytes:
    """The table as one Parquet file, `head` in its metadata. Raises SettingsError where pyarrow is not installed."""
    try:
        arrow: Any = importlib.import_module("pyarrow")
        parquet: Any = importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise SettingsError("export parquet: pyarrow is not installed; pip install 'counterclaim[parquet]' (about 150 MB), or export csv") from error
    types = {
        "text": arrow.string(),
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "day": arrow.date32(),
        "flag": arrow.bool_(),
        "list": arrow.list_(arrow.string()),
    }
    schema = arrow.schema([arrow.field(one.name, types[one.kind], metadata={"says": one.says}) for one in table.columns], metadata=head)
    cells: list[tuple[Value, ...]] = list(zip(*table.rows, strict=True)) if table.rows else [()] * len(table.columns)
    arrays = [arrow.array([_value(cell, one.kind) for cell in column], types[one.kind]) for one, column in zip(table.columns, cells, strict=True)]
    out = io.BytesIO()
    parquet.write_table(arrow.Table.from_arrays(arrays, schema=schema), out, compression="zstd")
    return out.getvalue()


def _value(cell: Value, kind: str) -> object:
    return list(cell) if isinstance(cell, tuple) else float(cell) if kind == "number" and isinstance(cell, int) else cell
