from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from counterclaim.core.link import Link
from counterclaim.errors import RecordCorrupt, RecordError
from counterclaim.store.rows import decoded, rows


def test_rows_come_as_they_are_asked_for() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        counted = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
        endless = rows(connection, counted)
        assert [next(endless), next(endless)] == [(1,), (2,)]


def test_a_stream_may_be_dropped_after_the_record_is_closed() -> None:
    connection = sqlite3.connect(":memory:")
    stream = rows(connection, "VALUES (1), (2)")
    next(stream)
    connection.close()
    stream.close()


def test_what_sqlite_cannot_read_is_a_record_error() -> None:
    with closing(sqlite3.connect(":memory:")) as connection, pytest.raises(RecordError, match=r"no such table.*verify says"):
        list(rows(connection, "SELECT 1 FROM absent"))


def test_a_body_of_something_else_is_corrupt() -> None:
    with pytest.raises(RecordCorrupt, match="something else than a link"):
        list(decoded([('{"report": 1}',)], Link))
