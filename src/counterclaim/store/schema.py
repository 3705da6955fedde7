"""The file a record is kept in: how it is marked and opened, and the numbered steps that bring an older one up to date."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from counterclaim.errors import NotFound, RecordError, RecordTooNew
from counterclaim.store import derived, log, state

# "CClm" in the header of every record, so that no other program's file is taken for one.
APPLICATION_ID = 0x43436C6D

# How long a writer waits for another. One report is one transaction of a few milliseconds, so this is reached only when
# somebody holds the file open in a debugger or a backup.
BUSY_SECONDS = 30.0
PAUSE_SECONDS = 0.02


def _the_log(connection: sqlite3.Connection) -> None:
    """1: the event log."""
    for statement in log.LOG:
        connection.execute(statement)


def _the_state(connection: sqlite3.Connection) -> None:
    """2: the tables derived from it."""
    state.rebuild(connection)


def _the_derived(connection: sqlite3.Connection) -> None:
    """3: the findings and the index they come from."""
    derived.make(connection)


def _the_moments(connection: sqlite3.Connection) -> None:
    """4: judgements are found by report; what is derived knows which events it was derived from."""
    state.rebuild(connection)
    derived.make(connection)


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (_the_log, _the_state, _the_derived, _the_moments)
VERSION = len(MIGRATIONS)


def opened(path: Path, *, create: bool, readonly: bool) -> sqlite3.Connection:
    """Open the record at this path and bring it up to date. Raises NotFound, RecordError or RecordTooNew where that cannot be."""
    if not path.exists() and (readonly or not create):
        raise NotFound(f"no record at {path}; reading reports into it makes one")
    if not path.parent.is_dir():
        raise NotFound(f"no folder {path.parent} to keep the record {path.name} in; make it first")
    mode = _still(path) if readonly else "mode=rwc" if create else "mode=rw"
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, isolation_level=None, timeout=BUSY_SECONDS)
        try:
            _prepare(connection, path, create=create, readonly=readonly)
        except BaseException:
            connection.close()
            raise
    except sqlite3.Error as error:
        raise RecordError(f"{path} cannot be opened as a counterclaim record ({error}); name another file, or restore this one from a copy") from error
    return connection


@contextmanager
def moment(connection: sqlite3.Connection) -> Iterator[None]:
    """One moment of the record for all that is read, whoever writes meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing, with nobody else writing meanwhile. Raises RecordError where the database refuses."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            # A full disk makes SQLite roll back by itself; a second time would hide the first error.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    except sqlite3.Error as error:
        raise RecordError(f"the record cannot be written: {error}; nothing of this was kept") from error


def migrate(connection: sqlite3.Connection) -> None:
    """Every step the file has not seen, once, all in one transaction."""
    with transaction(connection):
        # Asked again inside: another process may have been first.
        for number in range(_pragma(connection, "user_version"), VERSION):
            MIGRATIONS[number](connection)
            connection.execute(f"PRAGMA user_version = {number + 1}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _still(path: Path) -> str:
    """How to open for reading. Beside writers SQLite needs a file for turns even to read; where it cannot make one, nobody writes."""
    log_of_writes = path.with_name(f"{path.name}-wal")
    settled = not log_of_writes.exists() or not log_of_writes.stat().st_size
    return "mode=ro&immutable=1" if settled and not os.access(path.parent, os.W_OK) else "mode=ro"


def _prepare(connection: sqlite3.Connection, path: Path, *, create: bool, readonly: bool) -> None:
    # A record may come from a stranger: its triggers get no function that reaches outside the file.
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA foreign_keys = ON")
    version = _version(connection, path, create=create and not readonly)
    if readonly and version < VERSION:
        raise RecordError(f"{path} has record version {version} and this counterclaim reads version {VERSION}; open it once for writing to bring it up to date")
    if readonly:
        return
    connection.execute("PRAGMA synchronous = FULL")
    # On a Mac only this reaches the disk; elsewhere it says nothing.
    connection.execute("PRAGMA fullfsync = ON")
    if version < VERSION:
        migrate(connection)
    _write_ahead(connection)


def _version(connection: sqlite3.Connection, path: Path, *, create: bool) -> int:
    """Record version of the file, 0 for one still empty. Nothing is written before this has said that the file is ours."""
    # One moment for all three, as another process may be making the record just now.
    connection.execute("BEGIN")
    version, mark = _pragma(connection, "user_version"), _pragma(connection, "application_id")
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name LIMIT 3")]
    connection.execute("COMMIT")
    if mark == APPLICATION_ID:
        if version > VERSION:
            raise RecordTooNew(f"{path} has record version {version} and this counterclaim reads up to version {VERSION}; install a newer counterclaim")
        return version
    if mark or version or tables:
        holds = f"tables {', '.join(tables)}" if tables else f"application id {mark:#x}"
        raise RecordError(f"{path} is another program's database ({holds}), not a counterclaim record; name another file")
    if not create:
        raise RecordError(f"{path} is empty, not a counterclaim record; open it for writing to make it one, or name another file")
    return 0


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Readers go on while somebody writes. The mode is kept in the file, so that all but the first find it so.

    Others opening a record while it is made are in the way for a moment, and SQLite does not wait for them here as it does elsewhere.
    """
    tries = int(BUSY_SECONDS / PAUSE_SECONDS)
    for left in reversed(range(tries)):
        try:
            (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError:
            if not left:
                raise
            time.sleep(PAUSE_SECONDS)
            continue
        if mode != "wal":
            raise RecordError(f"a record cannot be kept on this file system: SQLite gives journal mode {mode!r} instead of 'wal'; choose a local folder")
        return


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
