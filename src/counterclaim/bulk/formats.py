"""Rows to the bytes of a shard's file and back: JSON Lines, plain or compressed, or Parquet with the extra of that name."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from counterclaim.bulk.batch import Read, Refused, Row
from counterclaim.core.claim import Claim
from counterclaim.core.codec import decode, encode
from counterclaim.core.link import Link
from counterclaim.core.report import Report
from counterclaim.errors import InputRefused, SettingsError

FORMATS = ("jsonl", "jsonl.gz", "parquet")
# gzip's own default is 9, which takes three times as long as 6 for a hundredth less.
_LEVEL = 6
# No row is so long; a compressed line that is was made to fill the memory.
_LONGEST = 1 << 29
NO_PYARROW = "Parquet needs pyarrow, which is not installed here: pip install 'counterclaim[parquet]'"


def content(rows: Sequence[Row], suffix: str) -> bytes:
    """The bytes of a file with these rows. The same rows give the same bytes. Raises SettingsError where Parquet is asked for without pyarrow."""
    if suffix == "parquet":
        return _parquet(rows)
    lines = b"".join(encode(row) + b"\n" for row in rows)
    # Without the time in its head, so that the same rows give the same bytes.
    return gzip.compress(lines, _LEVEL, mtime=0) if suffix == "jsonl.gz" else lines


def rows_of(path: Path) -> Iterator[Row]:
    """The rows of a shard's file, in order. Raises InputRefused for a file that is no such thing."""
    try:
        if path.suffix == ".parquet":
            yield from _from_parquet(path)
            return
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
            while line := lines.readline(_LONGEST):
                yield decode(line, Row)  # type: ignore[arg-type]
    except (ValueError, KeyError, EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InputRefused(str(path), f"not a shard of this version ({error}); run `counterclaim bulk` again with --fresh") from error


def check(suffix: str) -> None:
    """Raise SettingsError for a format that is none, or cannot be written here."""
    if suffix not in FORMATS:
        raise SettingsError(f"--format {suffix!r}: formats are {', '.join(FORMATS)}")
    if suffix == "parquet":
        _arrow()


def _arrow() -> Any:
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise SettingsError(NO_PYARROW) from error
    return pyarrow


def _parquet(rows: Sequence[Row]) -> bytes:
    """A row a report: what is known of it in columns, claims and links as lists of JSON objects."""
    arrow = _arrow()
    text, many = arrow.string(), arrow.list_(arrow.string())
    kinds = dict.fromkeys(("row", "id", "source", "reason", "outlet", "title", "url", "published", "report"), text)
    schema = arrow.schema([*((name, kind) for name, kind in kinds.items()), ("claims", many), ("links", many), ("raw", arrow.binary())])
    table = arrow.Table.from_pylist([_columns(row) for row in rows], schema=schema)
    out = io.BytesIO()
    arrow.parquet.write_table(table, out, compression="zstd")
    return out.getvalue()


def _columns(row: Row) -> dict[str, Any]:
    if isinstance(row, Refused):
        return {"row": "refused", "source": row.source, "reason": row.reason}
    report = row.report
    return {
        "row": "read",
        **{name: getattr(report, name) for name in ("id", "source", "outlet", "title", "url")},
        "published": report.published.day and report.published.day.isoformat(),
        "report": encode(report).decode(),
        "claims": [encode(claim).decode() for claim in row.claims],
        "links": [encode(link).decode() for link in row.links],
        "raw": row.raw,
    }


def _from_parquet(path: Path) -> Iterator[Row]:
    # Opened as a file: a name alone would be taken for a data set.
    with path.open("rb") as file, _arrow().parquet.ParquetFile(file) as table:
        for batch in table.iter_batches(batch_size=16):
            for found in batch.to_pylist():
                if found["row"] == "refused":
                    yield Refused(found["source"], found["reason"])
                else:
                    claims, links = (decode(claim, Claim) for claim in found["claims"]), (decode(link, Link) for link in found["links"])
                    yield Read(decode(found["report"], Report), tuple(claims), tuple(links), found["raw"])
