"""The event log: what was ever added to a record, in order, each event chained to the one before by its hash.

Everything else in the file is derived from these rows. They are added to and never changed: triggers refuse it, and a change
made past the triggers breaks the chain. What the chain cannot show is a log cut short at its end; who needs to know that
keeps the last hash (`Store.head`) somewhere else.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import sqlite3
from collections.abc import Iterator
from typing import Literal

import msgspec

from counterclaim.core.codec import encode
from counterclaim.store.rows import rows

EventKind = Literal["report", "claim", "link", "judgement", "withdraw", "refusal"]
WithdrawnKind = Literal["claim", "link", "judgement"]

# What the first event names as the hash before it; the insert trigger writes it in SQL's own way.
BEGINNING = "0" * 64

# The insert trigger closes the way round the other two (INSERT OR REPLACE deletes without asking a delete trigger) and keeps
# any other program from adding an event that does not follow the last one.
LOG = (
    """
    CREATE TABLE events (
        seq INTEGER PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('report', 'claim', 'link', 'judgement', 'withdraw', 'refusal')),
        key TEXT NOT NULL,
        body TEXT NOT NULL,
        at TEXT NOT NULL,
        previous TEXT NOT NULL,
        hash TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX events_key ON events (key, seq)",
    "CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT raise(ABORT, 'the log is never changed'); END",
    "CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT raise(ABORT, 'the log is never shortened'); END",
    """
    CREATE TRIGGER events_in_order BEFORE INSERT ON events
    WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM events)
      OR NEW.previous IS NOT coalesce((SELECT hash FROM events ORDER BY seq DESC LIMIT 1), printf('%064d', 0))
    BEGIN SELECT raise(ABORT, 'an event follows the last one'); END
    """,
)


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the log. `at` is when it was written; it is not part of the hash, so the same history has the same hashes."""

    seq: int
    kind: EventKind
    key: str
    body: str
    at: str
    previous: str
    hash: str


class Withdrawal(msgspec.Struct, frozen=True, kw_only=True):
    """Something taken back. `asked` tells a person's wish, which later readings respect, from a newer reading that no longer says it."""

    of: WithdrawnKind
    key: str
    reason: str
    asked: bool


def chained(previous: str, kind: str, key: str, body: str) -> str:
    """Hash of an event. Kind and key go in as a JSON list, so that no two ways of cutting the bytes give one hash."""
    return hashlib.sha256(previous.encode() + encode((kind, key)) + body.encode()).hexdigest()


def head(connection: sqlite3.Connection) -> tuple[int, str]:
    """Give number and hash of the last event; 0 and the beginning where there is none."""
    row = connection.execute("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1").fetchone()
    return row or (0, BEGINNING)


def append(connection: sqlite3.Connection, kind: EventKind, key: str, body: str) -> Event:
    """Add an event at the end of the log. Only inside a write transaction, so that nobody comes in between."""
    seq, previous = head(connection)
    event = Event(
        seq=seq + 1,
        kind=kind,
        key=key,
        body=body,
        at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        previous=previous,
        hash=chained(previous, kind, key, body),
    )
    connection.execute(
        "INSERT INTO events (seq, kind, key, body, at, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (event.seq, event.kind, event.key, event.body, event.at, event.previous, event.hash),
    )
    return event


def events(connection: sqlite3.Connection, key: str | None = None) -> Iterator[Event]:
    """Events in the order they were added; with a key, those that carry it."""
    columns = "SELECT seq, kind, key, body, at, previous, hash FROM events"
    found = rows(connection, f"{columns} ORDER BY seq") if key is None else rows(connection, f"{columns} WHERE key = ? ORDER BY seq", (key,))
    for seq, kind, of, body, at, previous, hashed in found:
        yield Event(seq=seq, kind=kind, key=of, body=body, at=at, previous=previous, hash=hashed)
