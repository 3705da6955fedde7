"""Whether a record looks as it was written, seen in passing: what opening it to add to it can afford to look at.

What it catches: a definition of the log changed or taken away, such as the triggers that keep events from being edited; an event changed
by hand among the last ones, all of which are looked at, or among a few of those before, others each time the log has grown.
What it does not: most changes further back in a long log; tables that no longer say what the log says; texts and kept files that were
changed. `verify` goes through all of it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from counterclaim.store import log
from counterclaim.store.rows import rows
from counterclaim.store.verify import SHOWN, Problem, event_problems

# The last events, each of which is looked at: a record of some fifty reports is looked at whole. That takes hundredths of a second.
_LAST = 2_000
# Of the events before them so many are looked at, spread evenly.
_SAMPLED = 200

_COLUMNS = "SELECT seq, kind, key, body, at, previous, hash FROM events"


def doubts(connection: sqlite3.Connection) -> Iterator[Problem]:
    """What is plainly not as it was written; nothing proves that all is sound."""
    expected = {_told(statement) for statement in log.LOG}
    found = {_told(sql) for (sql,) in rows(connection, "SELECT sql FROM sqlite_schema WHERE tbl_name = 'events' AND sql IS NOT NULL")}
    for statement in sorted(expected ^ found):
        what, other = f"the definition {statement[:SHOWN]}…", "another one, or none"
        yield Problem("the log", *((what, other) if statement in expected else (other, what)))
    last, head = log.head(connection)
    for seq in (*_sample(max(last - _LAST, 0), head), *range(max(last - _LAST, 0) + 1, last + 1)):
        yield from _of(connection, seq)


def _told(sql: str) -> str:
    return " ".join(sql.split())


def _sample(older: int, head: str) -> range:
    """Numbers of events up to this one, spread evenly; where they begin follows from the last hash."""
    step = max(older // _SAMPLED, 1)
    return range(1 + int(head[:8], 16) % step, older + 1, step)


def _of(connection: sqlite3.Connection, seq: int) -> Iterator[Problem]:
    before = next(rows(connection, "SELECT hash FROM events WHERE seq = ?", (seq - 1,)), (log.BEGINNING if seq == 1 else "",))[0]
    row = next(rows(connection, f"{_COLUMNS} WHERE seq = ?", (seq,)), None)
    if row is None:
        yield Problem(f"event {seq}", "an event of this number", "none")
        return
    number, kind, key, body, at, previous, hashed = row
    yield from event_problems(log.Event(seq=number, kind=kind, key=key, body=body, at=at, previous=previous, hash=hashed), before)
