"""Whether a record is still what was written: its log, what is derived from it, its quotations and its bytes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from itertools import zip_longest
from typing import TypeVar

import msgspec

from counterclaim.core.claim import Claim
from counterclaim.core.codec import decode
from counterclaim.core.report import Report
from counterclaim.errors import NotFound, RecordCorrupt, RecordError
from counterclaim.store import log, schema, state
from counterclaim.store.blobs import Blobs
from counterclaim.store.rows import Row

T = TypeVar("T")

_REPORT = "SELECT e.body FROM reports AS r JOIN events AS e ON e.seq = r.seq WHERE r.id = ?"
_INDEXES = {
    "report_words": (
        "CREATE VIRTUAL TABLE temp.report_terms USING fts5vocab (main, report_words, row)",
        "SELECT term, doc, cnt FROM temp.report_terms ORDER BY term",
    ),
    "claim_words": (
        "CREATE VIRTUAL TABLE temp.claim_terms USING fts5vocab (main, claim_words, row)",
        "SELECT term, doc, cnt FROM temp.claim_terms ORDER BY term",
    ),
}

# Of a long value only this much is shown in a problem.
SHOWN = 80


class Problem(msgspec.Struct, frozen=True):
    """One thing that is not as it should be: what it is, what was expected, and what is there instead."""

    thing: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.thing}: expected {self.expected}, found {self.found}"


def problems(connection: sqlite3.Connection, blobs: Blobs) -> Iterator[Problem]:
    """Every problem of the record, seen at one moment. A file too damaged to read on gives a last problem that says where."""
    try:
        connection.execute("BEGIN")
        yield from _file(connection)
        # A second record without a name, on disk only as far as it outgrows memory, grows from the log of the first.
        with closing(sqlite3.connect("", isolation_level=None)) as replica:
            schema.migrate(replica)
            yield from _schema(connection, replica)
            yield from _log(connection, replica)
            yield from _state(connection, replica)
        yield from _quotations(connection)
        yield from _sources(connection, blobs)
    except (sqlite3.Error, RecordError) as error:
        yield Problem("the file", "a database that can be read to the end", str(error))


def _file(connection: sqlite3.Connection) -> Iterator[Problem]:
    for (found,) in connection.execute("PRAGMA integrity_check"):
        if found != "ok":
            yield Problem("the file", "pages and indexes that agree", found)
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield Problem(f"row {row} of {table}", f"a row of {parent} that it belongs to", "none")


def _schema(connection: sqlite3.Connection, replica: sqlite3.Connection) -> Iterator[Problem]:
    """See who else wrote here: a trigger taken away is how a log gets edited; one put in is how it would edit itself."""
    query = "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'"
    expected, found = dict(replica.execute(query)), dict(connection.execute(query))
    for name in sorted(expected.keys() | found.keys()):
        if name not in found:
            yield Problem(name, "its definition", "nothing")
        elif name not in expected:
            yield Problem(name, "nothing of this name", "a definition")
        elif expected[name] != found[name]:
            yield Problem(name, _shown(expected[name]), _shown(found[name]))


def _log(connection: sqlite3.Connection, replica: sqlite3.Connection) -> Iterator[Problem]:
    """Follow the chain, while every event is played into the replica."""
    replica.execute("BEGIN")
    seq, previous = 0, log.BEGINNING
    for event in log.events(connection):
        thing = f"event {event.seq} ({event.kind} {event.key})"
        if event.seq != seq + 1:
            yield Problem(thing, f"event {seq + 1} to come before it", "a gap" if event.seq > seq + 1 else f"number {event.seq}")
        yield from event_problems(event, previous)
        # On from what is stored: one change is one problem, not one for each event after it.
        seq, previous = event.seq, event.hash
        try:
            state.apply(replica, event)
        except RecordError as error:
            yield Problem(thing, "an event that follows from those before it", str(error))


def event_problems(event: log.Event, previous: str) -> Iterator[Problem]:
    """What is wrong with one event, given the hash of the one before it."""
    thing = f"event {event.seq} ({event.kind} {event.key})"
    if event.previous != previous:
        yield Problem(thing, f"the hash before it to be {previous}", event.previous)
    hashed = log.chained(event.previous, event.kind, event.key, event.body)
    if event.hash != hashed:
        yield Problem(thing, f"the hash {event.hash}", f"words that hash to {hashed}: {_shown(event.body)}")


def _state(connection: sqlite3.Connection, replica: sqlite3.Connection) -> Iterator[Problem]:
    for table, query in state.TABLES.items():
        if query:
            columns = [column for column, *_ in connection.execute(query).description]
            yield from _differences(table, columns, replica.execute(query), connection.execute(query))
    for name in _INDEXES:
        yield from _index(name, connection, replica)


def _differences(table: str, columns: list[str], expected: Iterator[Row], found: Iterator[Row]) -> Iterator[Problem]:
    """Both come sorted by the columns that tell rows apart: the number of the event, or in `names` the whole row."""
    width = len(columns) if table == "names" else 1
    should, have = next(expected, None), next(found, None)
    while should or have:
        if should and (not have or should[:width] < have[:width]):
            yield Problem(_row(table, should), "a row, as the log says", "none")
            should = next(expected, None)
        elif have and (not should or have[:width] < should[:width]):
            yield Problem(_row(table, have), "no such row, as the log says", "one")
            have = next(found, None)
        elif should and have:
            for column, was, now in zip(columns, should, have, strict=True):
                if was != now:
                    yield Problem(_row(table, have), f"{column} {_shown(was)}, as the log says", _shown(now))
            should, have = next(expected, None), next(found, None)


def _index(name: str, connection: sqlite3.Connection, replica: sqlite3.Connection) -> Iterator[Problem]:
    """Each word with how many rows hold it and how often. Missed: a word filed under a wrong row, in step with its counts; accepted."""
    make, read = _INDEXES[name]
    counted = []
    for side in (replica, connection):
        side.execute(make)
        counted.append(side.execute(read))
    for expected, found in zip_longest(*counted):
        if expected != found:
            # All words after the first are likely out of step with it, and the remedy is one: to rebuild.
            yield Problem(f"the index {name}", f"word, rows and times {expected}, as the log says", str(found))
            return


def _quotations(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Claims come by report, so that each text is read once. Bodies that are no claim or report were named with the log."""
    text, read = "", None
    for report_id, body in connection.execute("SELECT c.report, e.body FROM claims AS c JOIN events AS e ON e.seq = c.seq ORDER BY c.report, c.seq"):
        if report_id != read:
            report = next(_bodies(connection.execute(_REPORT, (report_id,)), Report), None)
            text, read = report.text if report else "", report_id
        for claim in _bodies([(body,)], Claim):
            quoted = claim.evidence
            stands = quoted.span.of(text)
            if stands != quoted.quote:
                where = f"{quoted.start}-{quoted.end} of report {report_id}"
                yield Problem(f"claim {claim.key}", f"its quotation {_shown(quoted.quote)} at {where}", _shown(stands))


def _sources(connection: sqlite3.Connection, blobs: Blobs) -> Iterator[Problem]:
    seen = set()
    for report in _bodies(connection.execute("SELECT body FROM events WHERE kind = 'report' ORDER BY seq"), Report):
        if report.sha256 is None or report.sha256 in seen:
            continue
        seen.add(report.sha256)
        thing = f"source {report.sha256} of report {report.id}"
        try:
            blobs.read(report.sha256)
        except NotFound:
            yield Problem(thing, f"its bytes in {blobs.folder}", "none; read it again from its source to mend this")
        except (RecordCorrupt, OSError) as error:
            yield Problem(thing, "the bytes it was read from", str(error))


def _bodies(found: Iterable[Row], as_type: type[T]) -> Iterator[T]:
    for (body,) in found:
        with suppress(msgspec.MsgspecError):
            yield decode(body, as_type)


def _row(table: str, row: Row) -> str:
    name = " ".join(row[1:]) if table == "names" else row[1]
    return f"{table} {name} (event {row[0]})"


def _shown(value: object) -> str:
    said = repr(value)
    return said if len(said) <= SHOWN else f"{said[:SHOWN]}…"
