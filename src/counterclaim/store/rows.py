"""Rows of a query as they come, and as the values their bodies hold."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from counterclaim.core.codec import decode
from counterclaim.errors import RecordCorrupt, RecordError

T = TypeVar("T")
Row = tuple[Any, ...]


def rows(connection: sqlite3.Connection, query: str, values: Sequence[object] | Mapping[str, object] = ()) -> Generator[Row, None, None]:
    """Rows of the query, read as they are asked for. Raises RecordError where the file cannot be read."""
    try:
        # Not `yield from`: a stream dropped half-way would close the cursor, which fails once the record is closed.
        for row in connection.execute(query, values):  # noqa: UP028
            yield row
    except UnicodeEncodeError:
        # Half of a surrogate pair, from a broken link or file name, is in no record: nothing is found.
        return
    except sqlite3.Error as error:
        raise RecordError(f"the record cannot be read: {error}; verify says what is wrong with it") from error


def decoded(found: Iterable[Row], as_type: type[T]) -> Iterator[T]:
    """Values whose JSON the rows hold. Raises RecordCorrupt where one holds something else."""
    for (body,) in found:
        try:
            value = decode(body, as_type)
        except msgspec.MsgspecError as error:
            raise RecordCorrupt(f"the record holds something else than a {as_type.__name__.lower()} ({error}): {body[:200]}") from error
        yield value
