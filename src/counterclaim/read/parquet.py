"""A Parquet table to an object for each row, as a line of JSON lines has it; a few rows are in memory at a time.

What it captures: the columns id, text, title, outlet, published and url; others are not read.
What it does not: columns of other names; rename them, or write JSON lines.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from counterclaim.errors import InputRefused
from counterclaim.read.records import Record

NO_PYARROW = "Parquet is read with pyarrow, which is not installed here: pip install 'counterclaim[parquet]'"
ROWS = 16
LARGEST_GROUP = 1_000_000_000
"""Bytes that the text columns of one row group may unpack to: writers make groups of a tenth of this, and a bomb is larger."""


def rows(name: str, stream: BinaryIO) -> Iterator[bytes]:
    """The rows as JSON objects, in order. Raises InputRefused where this is no such table, has no texts, or pyarrow is not installed."""
    try:
        import pyarrow as arrow
        import pyarrow.parquet as parquet
    except ImportError as error:
        raise InputRefused(name, NO_PYARROW) from error
    try:
        table = parquet.ParquetFile(stream)
        wanted = _columns(name, table)
        for batch in table.iter_batches(batch_size=ROWS, columns=wanted):
            for row in batch.to_pylist():
                yield msgspec.json.encode({column: _written(value) for column, value in row.items() if value is not None})
    # What pyarrow raises for damaged files is no more precise than this.
    except (arrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise InputRefused(name, f"not a Parquet file, or a damaged one ({str(error).partition(chr(10))[0][:200]})") from error


def _columns(name: str, table: Any) -> list[str]:
    """The columns that are read. Raises InputRefused where there is no text, or more of it than can be meant."""
    wanted = [column for column in Record.__struct_fields__ if column in table.schema_arrow.names]
    if "text" not in wanted:
        there = ", ".join(table.schema_arrow.names[:20])
        raise InputRefused(name, f"it has no column 'text' (there are {there}); rename the one with the texts")
    meta = table.metadata
    for number in range(meta.num_row_groups):
        group = meta.row_group(number)
        columns = (group.column(k) for k in range(group.num_columns))
        size = sum(column.total_uncompressed_size for column in columns if column.path_in_schema.partition(".")[0] in wanted)
        if size > LARGEST_GROUP:
            raise InputRefused(name, f"its row group {number + 1} unpacks to {size:,} bytes, the most is {LARGEST_GROUP:,}; write smaller row groups")
    return wanted


def _written(value: object) -> object:
    """A value as it stands in JSON: days as ISO, numbers of an id as text."""
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, int) else value
