"""The log turned into tables that can be asked: what stands now, who is named in it, and the index of its words.

Nothing here is a source of anything: a row holds what it is found by and the number of the event that holds the rest.
"""

from __future__ import annotations

import datetime as dt
import sqlite3

import msgspec

from counterclaim.core.claim import Claim
from counterclaim.core.codec import decode
from counterclaim.core.judgement import Judgement
from counterclaim.core.link import Link
from counterclaim.core.report import Refusal, Report
from counterclaim.errors import RecordCorrupt
from counterclaim.store import log
from counterclaim.store.names import fold, names
from counterclaim.store.rows import rows

# msgspec works out a type when it first decodes one; two threads doing so at once end the process (seen with 0.22). Done here, on
# import, it is over before any thread can ask. Decoding through `codec` finds the types worked out.
for _kept in (Report, Claim, Link, Judgement, Refusal, log.Withdrawal):
    msgspec.json.Decoder(_kept)

# The tables in an order in which they can be dropped, each with the rows as `verify` compares them: own key first.
TABLES = {
    "report_words": None,
    "claim_words": None,
    "names": "SELECT claim, role, words FROM names ORDER BY claim, role, words",
    "claims": "SELECT * FROM claims ORDER BY seq",
    "links": "SELECT * FROM links ORDER BY seq",
    "judgements": "SELECT * FROM judgements ORDER BY seq",
    "refusals": "SELECT * FROM refusals ORDER BY seq",
    "withdrawals": "SELECT * FROM withdrawals ORDER BY seq",
    "reports": "SELECT * FROM reports ORDER BY seq",
}

# A report told apart by better metadata replaces its row while claims point at it: hence deferred. Porter stems let "attack"
# find "attacked"; texts in other languages than English are found by their words as they stand.
STATE = (
    """
    CREATE TABLE reports (
        seq INTEGER PRIMARY KEY REFERENCES events (seq),
        id TEXT NOT NULL UNIQUE,
        title TEXT,
        text TEXT NOT NULL,
        day TEXT
    ) STRICT
    """,
    """
    CREATE TABLE claims (
        seq INTEGER PRIMARY KEY REFERENCES events (seq),
        key TEXT NOT NULL UNIQUE,
        report TEXT NOT NULL REFERENCES reports (id) DEFERRABLE INITIALLY DEFERRED,
        kind TEXT NOT NULL,
        act TEXT NOT NULL,
        starts INTEGER NOT NULL,
        ends INTEGER NOT NULL,
        first_day TEXT,
        last_day TEXT,
        quote TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX claims_in_order ON claims (report, starts, ends, key)",
    """
    CREATE TABLE names (
        claim INTEGER NOT NULL REFERENCES claims (seq),
        role TEXT NOT NULL CHECK (role IN ('voice', 'party', 'place')),
        words TEXT NOT NULL,
        PRIMARY KEY (claim, role, words)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE links (
        seq INTEGER PRIMARY KEY REFERENCES events (seq),
        key TEXT NOT NULL UNIQUE,
        report TEXT NOT NULL REFERENCES reports (id) DEFERRABLE INITIALLY DEFERRED,
        kind TEXT NOT NULL,
        words TEXT NOT NULL,
        folded TEXT NOT NULL,
        target TEXT,
        target_key TEXT
    ) STRICT
    """,
    "CREATE INDEX links_in_order ON links (report, words, kind, key)",
    """
    CREATE TABLE judgements (
        seq INTEGER PRIMARY KEY REFERENCES events (seq),
        key TEXT NOT NULL UNIQUE,
        about TEXT NOT NULL,
        at INTEGER NOT NULL,
        report TEXT
    ) STRICT
    """,
    "CREATE INDEX judgements_about ON judgements (about, at, key)",
    "CREATE INDEX judgements_report ON judgements (report, at, key)",
    "CREATE TABLE refusals (seq INTEGER PRIMARY KEY REFERENCES events (seq), key TEXT NOT NULL UNIQUE, source TEXT NOT NULL) STRICT",
    """
    CREATE TABLE withdrawals (
        seq INTEGER PRIMARY KEY REFERENCES events (seq),
        key TEXT NOT NULL,
        thing TEXT NOT NULL,
        asked INTEGER NOT NULL,
        report TEXT,
        UNIQUE (key, thing)
    ) STRICT
    """,
    "CREATE VIRTUAL TABLE report_words USING fts5 (title, text, content=reports, content_rowid=seq, tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE VIRTUAL TABLE claim_words USING fts5 (quote, content=claims, content_rowid=seq, tokenize='porter unicode61 remove_diacritics 2')",
)

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
# The index holds no words of its own, so a row is taken out by saying once more what went in. Triggers would do both, but SQLite
# before 3.42 lets none touch an index in a file that is not trusted.
_UNINDEX_REPORT = "INSERT INTO report_words (report_words, rowid, title, text) SELECT 'delete', seq, title, text FROM reports WHERE id = ?"
_UNINDEX_CLAIM = "INSERT INTO claim_words (claim_words, rowid, quote) SELECT 'delete', seq, quote FROM claims WHERE key = ?"
_HOME = "SELECT report FROM claims WHERE key = ?1 UNION ALL SELECT report FROM withdrawals WHERE key = ?1 AND thing = 'claim'"
_DELETE = {
    "claim": "DELETE FROM claims WHERE key = ?",
    "link": "DELETE FROM links WHERE key = ?",
    "judgement": "DELETE FROM judgements WHERE key = ?",
}


def rebuild(connection: sqlite3.Connection) -> None:
    """Drop the tables and fill them again from the log; only inside a write transaction.

    A migration that changes a derived table changes it above and calls this: the log is what must be carried over.
    """
    for table in TABLES:
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in STATE:
        connection.execute(statement)
    for event in log.events(connection):
        apply(connection, event)


def apply(connection: sqlite3.Connection, event: log.Event) -> None:
    """Do to the tables what the event says. Raises RecordCorrupt for one that does not fit what came before."""
    try:
        match event.kind:
            case "report":
                _report(connection, event.seq, decode(event.body, Report))
            case "claim":
                _claim(connection, event.seq, decode(event.body, Claim))
            case "link":
                _link(connection, event, decode(event.body, Link))
            case "judgement":
                _judgement(connection, event.seq, decode(event.body, Judgement))
            case "refusal":
                source = decode(event.body, Refusal).source
                connection.execute("INSERT INTO refusals (seq, key, source) VALUES (?, ?, ?)", (event.seq, event.key, source))
            case "withdraw":
                _withdraw(connection, event.seq, decode(event.body, log.Withdrawal))
    except (msgspec.MsgspecError, sqlite3.IntegrityError) as error:
        raise RecordCorrupt(f"event {event.seq} ({event.kind} {event.key}) does not follow from those before it: {error}") from error


def _report(connection: sqlite3.Connection, seq: int, report: Report) -> None:
    connection.execute(_UNINDEX_REPORT, (report.id,))
    connection.execute("DELETE FROM reports WHERE id = ?", (report.id,))
    connection.execute(
        "INSERT INTO reports (seq, id, title, text, day) VALUES (?, ?, ?, ?, ?)",
        (seq, report.id, report.title, report.text, _iso(report.published.day)),
    )
    connection.execute("INSERT INTO report_words (rowid, title, text) VALUES (?, ?, ?)", (seq, report.title, report.text))


def _claim(connection: sqlite3.Connection, seq: int, claim: Claim) -> None:
    first, last = _days(claim)
    quoted = claim.evidence
    _stands_again(connection, "claim", claim.key)
    # A judgement may have come before the claim it is about.
    connection.execute("UPDATE judgements SET report = ? WHERE about = ? AND report IS NULL", (claim.report, claim.key))
    connection.execute(
        "INSERT INTO claims (seq, key, report, kind, act, starts, ends, first_day, last_day, quote) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (seq, claim.key, claim.report, claim.kind, claim.act, quoted.start, quoted.end, first, last, quoted.quote),
    )
    connection.execute("INSERT INTO claim_words (rowid, quote) VALUES (?, ?)", (seq, quoted.quote))
    connection.executemany("INSERT INTO names (claim, role, words) VALUES (?, ?, ?)", ((seq, role, words) for role, words in sorted(names(claim))))


def _link(connection: sqlite3.Connection, event: log.Event, link: Link) -> None:
    target = link.target
    _stands_again(connection, "link", event.key)
    connection.execute(
        "INSERT INTO links (seq, key, report, kind, words, folded, target, target_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (event.seq, event.key, link.report, link.kind, link.words, fold(link.words), target and fold(target.name), target and target.key),
    )


def _judgement(connection: sqlite3.Connection, seq: int, judgement: Judgement) -> None:
    # A time without a zone is taken as UTC; whole microseconds, because a float would merge neighbours.
    at = judgement.at if judgement.at.tzinfo else judgement.at.replace(tzinfo=dt.UTC)
    report = judgement.anchor.report if judgement.anchor else _home(connection, judgement.about)
    connection.execute(
        "INSERT INTO judgements (seq, key, about, at, report) VALUES (?, ?, ?, ?, ?)",
        (seq, judgement.key, judgement.about, (at - _EPOCH) // _MICROSECOND, report),
    )


def _home(connection: sqlite3.Connection, claim: str) -> str | None:
    """The report of a claim that stands or was withdrawn; none for another key."""
    return next((str(report) for (report,) in rows(connection, _HOME, (claim,)) if report), None)


def _withdraw(connection: sqlite3.Connection, seq: int, withdrawal: log.Withdrawal) -> None:
    home = _home(connection, withdrawal.key) if withdrawal.of == "claim" else None
    if withdrawal.of == "claim":
        connection.execute(_UNINDEX_CLAIM, (withdrawal.key,))
        connection.execute("DELETE FROM names WHERE claim = (SELECT seq FROM claims WHERE key = ?)", (withdrawal.key,))
    stood = connection.execute(_DELETE[withdrawal.of], (withdrawal.key,)).rowcount
    gone = connection.execute("DELETE FROM withdrawals WHERE thing = ? AND key = ?", (withdrawal.of, withdrawal.key)).rowcount
    if not stood and not gone:
        raise RecordCorrupt(f"event {seq} withdraws {withdrawal.of} {withdrawal.key}, which was never added")
    connection.execute(
        "INSERT INTO withdrawals (seq, key, thing, asked, report) VALUES (?, ?, ?, ?, ?)",
        (seq, withdrawal.key, withdrawal.of, withdrawal.asked, home),
    )


def _stands_again(connection: sqlite3.Connection, thing: str, key: str) -> None:
    connection.execute("DELETE FROM withdrawals WHERE thing = ? AND key = ?", (thing, key))


def _days(claim: Claim) -> tuple[str | None, str | None]:
    """First and last day of what is claimed, else of the saying; nothing where the text gives neither."""
    for when in (claim.when, claim.said):
        if when and (when.start or when.end):
            return _iso(when.start), _iso(when.end)
    return None, None


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
