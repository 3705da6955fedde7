"""What is derived from the record and kept beside it: an index of the reports, and the findings of each block.

None of it is a source of anything: it may be dropped and made again. `stale` lists the reports whose claims, links or judgements changed
since their findings were derived, with the last event of that time; a change and its mark are one transaction, so a stopped run leaves
nothing out, and what changes while findings are derived stays stale after it.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from counterclaim.core.codec import decode, encode
from counterclaim.core.finding import Finding
from counterclaim.core.holdings import NOTHING, Posted
from counterclaim.core.index import Posting
from counterclaim.store.rows import decoded, rows

TABLES = ("stale", "postings", "posted", "finding_claims", "findings", "derived_by")
STATE = (
    "CREATE TABLE stale (report TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    """
    CREATE TABLE postings (
        space TEXT NOT NULL,
        term TEXT NOT NULL,
        item TEXT NOT NULL,
        n INTEGER NOT NULL,
        PRIMARY KEY (space, term, item)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE TABLE posted (report TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT",
    """
    CREATE TABLE findings (
        id INTEGER PRIMARY KEY,
        block TEXT NOT NULL,
        key TEXT NOT NULL,
        kind TEXT NOT NULL,
        standing TEXT NOT NULL,
        question TEXT NOT NULL,
        body TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX findings_block ON findings (block)",
    "CREATE INDEX findings_key ON findings (key)",
    "CREATE INDEX findings_order ON findings (question, key)",
    "CREATE INDEX findings_standing ON findings (standing, kind)",
    "CREATE TABLE finding_claims (claim TEXT NOT NULL, finding INTEGER NOT NULL, PRIMARY KEY (claim, finding)) STRICT, WITHOUT ROWID",
    "CREATE INDEX finding_claims_of ON finding_claims (finding)",
    "CREATE TABLE derived_by (version TEXT NOT NULL, mark TEXT NOT NULL) STRICT",
)

_POST = "INSERT INTO postings (space, term, item, n) VALUES (?, ?, ?, 1) ON CONFLICT (space, term, item) DO UPDATE SET n = n + 1"
_TAKE = "UPDATE postings SET n = n - 1 WHERE space = ? AND term = ? AND item = ?"
_CLEAR = "DELETE FROM postings WHERE space = ? AND term = ? AND item = ? AND n <= 0"
_ANY = "hex(randomblob(16))"
_LAST = "SELECT coalesce(max(seq), 0) FROM events"
_TOUCH = f"INSERT INTO stale (report, seq) VALUES (?, ({_LAST})) ON CONFLICT (report) DO UPDATE SET seq = excluded.seq"  # noqa: S608 - all our own words


class Moment(NamedTuple):
    """A state of the record that something is derived from: a mark of what was derived before, and the last event."""

    mark: str | None
    seq: int


def make(connection: sqlite3.Connection) -> None:
    """Make the tables, empty, with every report stale; only inside a write transaction."""
    for table in TABLES:
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in STATE:
        connection.execute(statement)
    connection.execute(f"INSERT INTO stale (report, seq) SELECT id, ({_LAST}) FROM reports")  # noqa: S608 - all our own words


def touch(connection: sqlite3.Connection, reports: Iterable[str]) -> None:
    """Mark reports as stale; inside the transaction that changes them, and after the change."""
    connection.executemany(_TOUCH, ((report,) for report in reports))


class Derived:
    """The derived tables of one record, as holdings that findings are brought up to date in. Writes only inside a transaction of the store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @property
    def index(self) -> Derived:
        """The index of all that was posted."""
        return self

    def items(self, space: str, term: str) -> Mapping[str, int]:
        """The items under a term, with how many times each was posted."""
        return dict(rows(self._connection, "SELECT item, n FROM postings WHERE space = ? AND term = ?", (space, term)))

    def is_empty(self) -> bool:
        """Whether no report was ever posted."""
        return next(rows(self._connection, "SELECT 1 FROM posted LIMIT 1"), None) is None

    def change(self, come: Iterable[Posting], gone: Iterable[Posting]) -> None:
        """Post what comes and take out what goes."""
        gone = list(gone)
        self._connection.executemany(_POST, come)
        self._connection.executemany(_TAKE, gone)
        self._connection.executemany(_CLEAR, gone)

    def posted(self, report: str) -> Posted:
        """What a report posted; nothing where it was never there."""
        found = next(rows(self._connection, "SELECT body FROM posted WHERE report = ?", (report,)), None)
        return decode(zlib.decompress(found[0]), Posted) if found else NOTHING

    def post(self, report: str, posted: Posted) -> None:
        """Remember what a report posted."""
        body = zlib.compress(encode(posted), 1)
        self._connection.execute("INSERT INTO posted (report, body) VALUES (?, ?) ON CONFLICT (report) DO UPDATE SET body = excluded.body", (report, body))

    def replace(self, block: str, found: Sequence[Finding]) -> None:
        """Put these findings in the place of those of a block."""
        bodies = [encode(finding).decode() for finding in found]
        if bodies == [body for (body,) in rows(self._connection, "SELECT body FROM findings WHERE block = ? ORDER BY id", (block,))]:
            return
        self._connection.execute("DELETE FROM finding_claims WHERE finding IN (SELECT id FROM findings WHERE block = ?)", (block,))
        self._connection.execute("DELETE FROM findings WHERE block = ?", (block,))
        for finding, body in zip(found, bodies, strict=True):
            at = self._connection.execute(
                "INSERT INTO findings (block, key, kind, standing, question, body) VALUES (?, ?, ?, ?, ?, ?)",
                (block, finding.key, finding.question["kind"], finding.standing, encode(finding.question).decode(), body),
            ).lastrowid
            claims = {claim for position in finding.positions for claim in position.claims} | {claim for answer in finding.answers for claim in answer.claims}
            self._connection.executemany("INSERT INTO finding_claims (claim, finding) VALUES (?, ?)", ((claim, at) for claim in sorted(claims)))

    def findings(self, kind: str | None = None, standing: str | None = None) -> Iterator[Finding]:
        """The findings, of a kind and standing or of all, in the order of their questions."""
        query = "SELECT body FROM findings WHERE (?1 IS NULL OR kind = ?1) AND (?2 IS NULL OR standing = ?2) ORDER BY question, key"
        return decoded(rows(self._connection, query, (kind, standing)), Finding)

    def finding(self, key: str) -> Finding | None:
        """The finding with this key, or one whose key begins so; none where there is none, or more than one."""
        found = list(decoded(rows(self._connection, "SELECT body FROM findings WHERE key >= ? AND key < ? LIMIT 2", (key, f"{key}\uffff")), Finding))
        return found[0] if len({one.key for one in found}) == 1 else None

    def of_claim(self, claim: str) -> Iterator[Finding]:
        """The findings that rest on a claim."""
        query = "SELECT f.body FROM finding_claims AS c JOIN findings AS f ON f.id = c.finding WHERE c.claim = ? ORDER BY f.question, f.key"
        return decoded(rows(self._connection, query, (claim,)), Finding)

    def standings(self) -> dict[str, int]:
        """How many findings have each standing."""
        return dict(rows(self._connection, "SELECT standing, count(*) FROM findings GROUP BY standing ORDER BY standing"))

    def stale(self, limit: int = -1) -> list[str]:
        """The reports whose findings are to be derived anew, by id."""
        return [report for (report,) in rows(self._connection, "SELECT report FROM stale ORDER BY report LIMIT ?", (limit,))]

    def count_stale(self) -> int:
        """How many reports are stale."""
        return int(next(rows(self._connection, "SELECT count(*) FROM stale"))[0])

    def moment(self) -> Moment:
        """The state that what is derived now is derived from."""
        mark = next((str(mark) for (mark,) in rows(self._connection, "SELECT mark FROM derived_by")), None)
        return Moment(mark, int(next(rows(self._connection, _LAST))[0]))

    def settle(self, reports: Iterable[str], seen: Moment) -> None:
        """Say that these reports are up to date with what was seen; one that changed since then stays stale."""
        self._connection.executemany("DELETE FROM stale WHERE report = ? AND seq <= ?", ((report, seen.seq) for report in reports))
        self._connection.execute(f"UPDATE derived_by SET mark = {_ANY}")  # noqa: S608 - all our own words

    def touch(self, reports: Iterable[str]) -> None:
        """Mark reports as stale."""
        touch(self._connection, reports)

    def version(self) -> str | None:
        """What derived all this; none where nothing was derived yet."""
        return next((str(version) for (version,) in rows(self._connection, "SELECT version FROM derived_by")), None)

    def begin(self, version: str) -> None:
        """Drop everything that another version derived, all reports stale."""
        if self.version() != version:
            make(self._connection)
            self._connection.execute(f"INSERT INTO derived_by (version, mark) VALUES (?, {_ANY})", (version,))  # noqa: S608 - all our own words
