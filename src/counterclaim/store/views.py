"""What stands in a record now, asked in different ways. Nothing here writes."""

from __future__ import annotations

import difflib
import sqlite3
from collections.abc import Iterator

import msgspec

from counterclaim.core.claim import Claim
from counterclaim.core.judgement import Judgement
from counterclaim.core.link import Link
from counterclaim.core.report import Refusal, Report
from counterclaim.errors import NotFound
from counterclaim.store.filters import Filter, conditions
from counterclaim.store.log import Withdrawal, WithdrawnKind
from counterclaim.store.rows import decoded, rows

# Near names are looked for among this many ids on either side of the one asked for, in order of the alphabet: comparing
# against a hundred thousand would take seconds. Missed: a slip in the first letters of an id in a large record, accepted.
NEIGHBOURS = 500

# Of keys that begin alike so many are shown.
FEW = 5

_REPORTS = "SELECT e.body FROM reports AS r JOIN events AS e ON e.seq = r.seq"
_CLAIMS = "SELECT e.body FROM claims AS c JOIN events AS e ON e.seq = c.seq"
_KEYS = "SELECT c.key FROM claims AS c"
_MEETING = "JOIN reports AS r ON r.id = c.report WHERE"
_IN_ORDER = "ORDER BY c.report, c.starts, c.ends, c.key"
_LINKS = "SELECT e.body FROM links AS l JOIN events AS e ON e.seq = l.seq"
_JUDGEMENTS = "SELECT e.body FROM judgements AS j JOIN events AS e ON e.seq = j.seq"
_JUDGEMENTS_IN = """
    SELECT e.body FROM judgements AS j JOIN events AS e ON e.seq = j.seq
    WHERE j.report = ?1 OR j.about IN (SELECT key FROM judgements WHERE report = ?1) ORDER BY j.at, j.key
"""
_REFUSALS = "SELECT e.body FROM refusals AS f JOIN events AS e ON e.seq = f.seq"
_WITHDRAWALS = "SELECT e.body FROM withdrawals AS w JOIN events AS e ON e.seq = w.seq"
_COUNTS = """
    SELECT (SELECT count(*) FROM reports), (SELECT count(*) FROM claims), (SELECT count(*) FROM links),
           (SELECT count(*) FROM judgements), (SELECT count(*) FROM refusals), (SELECT count(*) FROM withdrawals),
           (SELECT count(*) FROM events)
"""


class Counts(msgspec.Struct, frozen=True):
    """How much of everything stands in a record; `events` is the length of its log."""

    reports: int
    claims: int
    links: int
    judgements: int
    refusals: int
    withdrawn: int
    events: int


def reports(connection: sqlite3.Connection) -> Iterator[Report]:
    """Every report, by id."""
    return decoded(rows(connection, f"{_REPORTS} ORDER BY r.id"), Report)


def find_report(connection: sqlite3.Connection, report_id: str) -> Report | None:
    """Report with this id, or none."""
    return next(decoded(rows(connection, f"{_REPORTS} WHERE r.id = ?", (report_id,)), Report), None)


def report(connection: sqlite3.Connection, report_id: str) -> Report:
    """Report with this id. Raises NotFound with the ids that are near."""
    if found := find_report(connection, report_id):
        return found
    before = rows(connection, "SELECT id FROM reports WHERE id < ? ORDER BY id DESC LIMIT ?", (report_id, NEIGHBOURS))
    after = rows(connection, "SELECT id FROM reports WHERE id > ? ORDER BY id LIMIT ?", (report_id, NEIGHBOURS))
    near = difflib.get_close_matches(report_id, [name for (name,) in (*before, *after)])
    raise NotFound(f"no report {report_id!r}" + (f"; near it: {', '.join(near)}" if near else ""))


def claims(connection: sqlite3.Connection, wanted: Filter) -> Iterator[Claim]:
    """Claims that meet the filter, by report, place in it and key, whatever order they came in."""
    where, values = conditions(wanted)
    return decoded(rows(connection, f"{_CLAIMS} {_MEETING} {where} {_IN_ORDER}", values), Claim)


def keys(connection: sqlite3.Connection, wanted: Filter) -> Iterator[str]:
    """The keys of the claims that meet the filter, in the order of `claims`; none is decoded for it."""
    where, values = conditions(wanted)
    return (key for (key,) in rows(connection, f"{_KEYS} {_MEETING} {where} {_IN_ORDER}", values))


def claim(connection: sqlite3.Connection, key: str) -> Claim:
    """Claim with this key. Raises NotFound, which says so when it was withdrawn, and why."""
    if found := next(decoded(rows(connection, f"{_CLAIMS} WHERE c.key = ?", (key,)), Claim), None):
        return found
    if gone := withdrawal(connection, "claim", key):
        raise NotFound(f"claim {key} was withdrawn: {gone.reason}")
    raise NotFound(f"no claim {key!r}")


def claim_keys(connection: sqlite3.Connection, beginning: str) -> list[str]:
    """The first few keys of claims that begin so."""
    query = "SELECT key FROM claims WHERE key >= ? AND key < ? ORDER BY key LIMIT ?"
    return [key for (key,) in rows(connection, query, (beginning, f"{beginning}\U0010ffff", FEW))]


def links(connection: sqlite3.Connection, of_report: str | None) -> Iterator[Link]:
    """Links of a report, or all, by report, words and kind."""
    order = "ORDER BY l.report, l.words, l.kind, l.key"
    if of_report is None:
        return decoded(rows(connection, f"{_LINKS} {order}"), Link)
    return decoded(rows(connection, f"{_LINKS} WHERE l.report = ? {order}", (of_report,)), Link)


def judgements(connection: sqlite3.Connection, about: str | None) -> Iterator[Judgement]:
    """Judgements about one thing, or all, in the order of the times they give."""
    if about is None:
        return decoded(rows(connection, f"{_JUDGEMENTS} ORDER BY j.at, j.key"), Judgement)
    return decoded(rows(connection, f"{_JUDGEMENTS} WHERE j.about = ? ORDER BY j.at, j.key", (about,)), Judgement)


def judgements_in(connection: sqlite3.Connection, report_id: str) -> Iterator[Judgement]:
    """Judgements about claims that stand or stood in a report, and those about these judgements, in the order of the times they give."""
    return decoded(rows(connection, _JUDGEMENTS_IN, (report_id,)), Judgement)


def judged_reports(connection: sqlite3.Connection) -> Iterator[str]:
    """The reports of the record with claims that somebody judged, by id."""
    query = "SELECT DISTINCT j.report FROM judgements AS j JOIN reports AS r ON r.id = j.report ORDER BY j.report"
    return (report_id for (report_id,) in rows(connection, query))


def judgement(connection: sqlite3.Connection, key: str) -> Judgement | None:
    """Judgement with this key, or none."""
    return next(decoded(rows(connection, f"{_JUDGEMENTS} WHERE j.key = ?", (key,)), Judgement), None)


def refusals(connection: sqlite3.Connection) -> Iterator[Refusal]:
    """Every source that could not be read, by name."""
    return decoded(rows(connection, f"{_REFUSALS} ORDER BY f.source, f.key"), Refusal)


def withdrawals(connection: sqlite3.Connection) -> Iterator[Withdrawal]:
    """Everything that was taken back and stays so, by key."""
    return decoded(rows(connection, f"{_WITHDRAWALS} ORDER BY w.key, w.thing"), Withdrawal)


def withdrawal(connection: sqlite3.Connection, of: WithdrawnKind, key: str) -> Withdrawal | None:
    """Withdrawal of this thing, or none."""
    return next(decoded(rows(connection, f"{_WITHDRAWALS} WHERE w.thing = ? AND w.key = ?", (of, key)), Withdrawal), None)


def counts(connection: sqlite3.Connection) -> Counts:
    """How much of everything stands in the record."""
    return Counts(*next(rows(connection, _COUNTS)))
