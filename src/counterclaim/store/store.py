"""A record on disk: reports with their claims and links go in, one transaction each; what stands comes out."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Literal

import msgspec

from counterclaim.core.claim import Claim
from counterclaim.core.codec import decode
from counterclaim.core.codec import key as content_key
from counterclaim.core.judgement import Judgement
from counterclaim.core.link import Link
from counterclaim.core.report import Received, Refusal, Report
from counterclaim.errors import NotFound, RecordError, Stale
from counterclaim.store import derived, glance, log, schema, state, verify, views
from counterclaim.store.blobs import Blobs
from counterclaim.store.derived import Derived
from counterclaim.store.filters import Filter
from counterclaim.store.log import Event, EventKind, Withdrawal, WithdrawnKind
from counterclaim.store.reading import Reading, body, change, ids, is_same, reading
from counterclaim.store.rows import rows
from counterclaim.store.search import Hit, search
from counterclaim.store.sieve import sieved
from counterclaim.store.verify import Problem
from counterclaim.store.views import Counts

Outcome = Literal["new", "unchanged", "reread"]

EVERY = Filter()
REREAD = "a newer reading of the report does not say this"

_STANDS: dict[WithdrawnKind, str] = {
    "claim": "SELECT 1 FROM claims WHERE key = ?",
    "link": "SELECT 1 FROM links WHERE key = ?",
    "judgement": "SELECT 1 FROM judgements WHERE key = ?",
}
_BODIES: dict[WithdrawnKind, str] = {
    "claim": "SELECT c.key, e.body FROM claims AS c JOIN events AS e ON e.seq = c.seq WHERE c.report = ?",
    "link": "SELECT l.key, e.body FROM links AS l JOIN events AS e ON e.seq = l.seq WHERE l.report = ?",
}


# Where what a person decides about is: the report itself, the report of a claim or of a link.
_HOMES = ("SELECT id FROM reports WHERE id = ?", "SELECT report FROM claims WHERE key = ?", "SELECT report FROM links WHERE key = ?")


class Added(msgspec.Struct, frozen=True):
    """What an addition came to: the counts are of events, so all are 0 where nothing changed."""

    report: str
    outcome: Outcome
    claims: int = 0
    claims_withdrawn: int = 0
    links: int = 0
    links_withdrawn: int = 0


class Store:
    """A record opened. It belongs to the thread that opened it; every thread and process may have its own on the same file.

    Streams read as they are asked for: they see what is written to this store meanwhile, so take a list before writing.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, *, readonly: bool) -> None:
        self.path = path
        self.readonly = readonly
        self._connection = connection
        self._blobs = Blobs(path.with_name(f"{path.name}.blobs"))

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, create: bool = True, readonly: bool = False) -> Store:
        """Open the record in this file, making it or bringing it up to date as needed, unless it is for reading only.

        Raises NotFound where there is none, RecordError for a file that is something else, RecordTooNew for a newer record.
        """
        # Absolute, because a program may change its folder while the record is open.
        where = Path(path).absolute()
        return cls(where, schema.opened(where, create=create, readonly=readonly), readonly=readonly)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file. All that was acknowledged is on disk already."""
        self._connection.close()

    def free_id(self, report: Report) -> str:
        """Id to keep this report under: its own, unless another text has it. To be asked before reading, as claims carry the id."""
        for name in ids(report):
            known = views.find_report(self._connection, name)
            if known is None or known.text == report.text:
                return name
        raise RecordError(f"every id for report {report.id} is taken by another text; give it an id of its own")

    def add(self, received: Received, claims: Sequence[Claim], links: Sequence[Link]) -> Added:
        """Keep a report with all that was read in it, whole or not at all; on disk when this returns.

        The same report with the same claims and links changes nothing. Other claims replace those of the reading before, except
        that what a person has withdrawn stays withdrawn. Raises RecordError where another text has the id, and what `reading`
        raises for claims that do not belong to the text.
        """
        new = reading(received, claims, links)
        report_body = body(new.report, Report, f"report {new.report.id}")
        self._check_writable()
        # Before the transaction, so that nobody waits for this disk write; the bytes of a report that then fails are spare.
        if self._wants_bytes(new.report):
            self._blobs.keep(received.raw)
        with self._writing():
            old = views.find_report(self._connection, new.report.id)
            if old is not None and old.text != new.report.text:
                raise RecordError(f"report id {old.id} is taken by another text; read this one under the id {self.free_id(new.report)}")
            changed = old is None or not is_same(old, new.report)
            if changed:
                self._blobs.keep(received.raw)
                self._append("report", new.report.id, report_body)
            added, gone = self._replace("claim", new, new.claims)
            linked, unlinked = self._replace("link", new, new.links)
            if changed or added or gone or linked or unlinked:
                derived.touch(self._connection, [new.report.id])
        outcome: Outcome = "new" if old is None else "reread" if changed or added or gone or linked or unlinked else "unchanged"
        return Added(new.report.id, outcome, added, gone, linked, unlinked)

    def mend(self, received: Received) -> None:
        """Put back the bytes of a report already kept, where they are lost or damaged. Bytes other than those are left alone."""
        self._check_writable()
        known = self.find(received.report.id)
        if known is not None and known.sha256 == hashlib.sha256(received.raw).hexdigest():
            self._blobs.keep(received.raw)

    def refuse(self, refusal: Refusal) -> bool:
        """Remember that a source could not be read; whether this is news."""
        # A file name that is no text at all is the very thing to be reported here, so it is written with escapes.
        source, reason = (text.encode("utf-8", "backslashreplace").decode() for text in (refusal.source, refusal.reason))
        kept = Refusal(source, reason)
        key = content_key("refusal", kept)
        with self._writing():
            if self._has("SELECT 1 FROM refusals WHERE key = ?", key):
                return False
            self._append("refusal", key, body(kept, Refusal, f"refusal of {source}"))
        return True

    def judge(self, judgement: Judgement, *, expecting: Mapping[str, str] | None = None) -> bool:
        """Add a person's decision; whether it is news. One that was withdrawn stays so. Raises RecordError for another decision under its key.

        `expecting` are things by key with the `version` the person saw: where one has another by now, whoever wrote it, this raises Stale and
        adds nothing.
        """
        text = body(judgement, Judgement, f"judgement {judgement.key}")
        with self._writing():
            self.expect(expecting or {})
            known = [event.body for event in log.events(self._connection, judgement.key) if event.kind == "judgement"]
            if any(was != text for was in known):
                raise RecordError(f"the record has another judgement under the key {judgement.key}; a key names one judgement")
            if known:
                return False
            self._append("judgement", judgement.key, text)
            derived.touch(self._connection, self._concerned(judgement.key))
        return True

    def withdraw(self, key: str, reason: str) -> bool:
        """Take back a claim, link or judgement, so that no later reading brings it back; whether this is news. Raises NotFound."""
        with self._writing():
            for of, standing in _STANDS.items():
                gone = views.withdrawal(self._connection, of, key)
                if gone and gone.asked:
                    return False
                if gone or self._has(standing, key):
                    concerned = self._concerned(key)
                    self._withdraw(of, key, reason, asked=True)
                    derived.touch(self._connection, concerned)
                    return True
        raise NotFound(f"nothing to withdraw under the key {key!r}; claims, links and judgements can be withdrawn")

    def rebuild(self) -> None:
        """Make the derived tables again from the log. Changes nothing in a sound record, and mends one whose log is sound."""
        with self._writing():
            state.rebuild(self._connection)
            derived.make(self._connection)

    @contextmanager
    def deriving(self) -> Iterator[Derived]:
        """The derived tables, to be brought up to date: all of what is done to them, or nothing."""
        with self._writing():
            yield Derived(self._connection)

    @contextmanager
    def at_one_moment(self) -> Iterator[Derived]:
        """The derived tables, and all else that is asked of the record, as they are now, while others go on writing."""
        with schema.moment(self._connection):
            yield Derived(self._connection)

    @property
    def derived(self) -> Derived:
        """The derived tables, to be asked."""
        return Derived(self._connection)

    def reports(self) -> Iterator[Report]:
        """Every report, by id."""
        return views.reports(self._connection)

    def find(self, report_id: str) -> Report | None:
        """The report with this id, or none."""
        return views.find_report(self._connection, report_id)

    def has_report(self, report_id: str) -> bool:
        """Whether there is a report with this id; its text is not read."""
        return self._has("SELECT 1 FROM reports WHERE id = ?", report_id)

    def report(self, report_id: str) -> Report:
        """Report with this id. Raises NotFound with the ids that are near."""
        return views.report(self._connection, report_id)

    def claims(self, wanted: Filter = EVERY) -> Iterator[Claim]:
        """Claims that meet the filter, by report, place in it and key, whatever order they came in."""
        return views.claims(self._connection, wanted)

    def keys(self, wanted: Filter = EVERY) -> Iterator[str]:
        """The keys of the claims that meet the filter, in the order of `claims`; much quicker, as nothing is decoded."""
        return views.keys(self._connection, wanted)

    def claim(self, key: str) -> Claim:
        """Claim with this key. Raises NotFound, which says so when it was withdrawn, and why."""
        return views.claim(self._connection, key)

    def claim_keys(self, beginning: str) -> list[str]:
        """The first few keys of claims that begin so, enough to see whether there is one."""
        return views.claim_keys(self._connection, beginning)

    def matching(self, claims: Iterable[Claim], reports: Iterable[Report], links: Iterable[Link], wanted: Filter) -> set[str]:
        """The keys of those of these claims that meet the filter, given their reports and links; none of it need be in the record."""
        return sieved(claims, reports, links, wanted)

    def last_home(self, claim: str) -> str | None:
        """The report of a claim that stands or stood once; none for another key."""
        found = self.home(claim)
        if found is None:
            found = next((decode(event.body, Claim).report for event in log.events(self._connection, claim) if event.kind == "claim"), None)
        return found

    def home(self, claim: str) -> str | None:
        """The report of a claim that stands; none for another key."""
        return next((report for (report,) in rows(self._connection, "SELECT report FROM claims WHERE key = ?", (claim,))), None)

    def links(self, report: str | None = None) -> Iterator[Link]:
        """Links of a report, or all, by report, words and kind."""
        return views.links(self._connection, report)

    def judgements(self, about: str | None = None) -> Iterator[Judgement]:
        """Judgements about one thing, or all, in the order of the times they give."""
        return views.judgements(self._connection, about)

    def judgements_in(self, report: str) -> Iterator[Judgement]:
        """Judgements about claims that stand or stood in a report, and those about these judgements, in the order of the times they give."""
        return views.judgements_in(self._connection, report)

    def judged_reports(self) -> Iterator[str]:
        """The reports of the record with claims that somebody judged, by id."""
        return views.judged_reports(self._connection)

    def refusals(self) -> Iterator[Refusal]:
        """Every source that could not be read, by name."""
        return views.refusals(self._connection)

    def withdrawals(self) -> Iterator[Withdrawal]:
        """Everything that was taken back and stays so, by key."""
        return views.withdrawals(self._connection)

    def search(self, text: str, limit: int = 20) -> Iterator[Hit]:
        """Find the reports that hold all the words, best first. Any text may be asked for; one without words finds nothing."""
        return search(self._connection, text, limit)

    def raw(self, sha256: str) -> bytes:
        """Bytes a report was read from. Raises NotFound, or RecordCorrupt where they have changed since."""
        return self._blobs.read(sha256)

    def counts(self) -> Counts:
        """How much of everything stands in the record."""
        return views.counts(self._connection)

    def events(self, key: str | None = None) -> Iterator[Event]:
        """Events of the log in order; with the key of a report, claim, link or judgement, its history."""
        return log.events(self._connection, key)

    def version(self, key: str) -> str:
        """What stands for one thing and all that was decided about it: it changes when they do, and not with the rest of the record."""
        events = [event.hash for event in self.events(key)]
        # What takes a judgement back is a judgement about it, and not about the thing.
        decided = [(one.key, [other.key for other in self.judgements(one.key)]) for one in self.judgements(key)]
        return content_key("version", events, decided)

    def expect(self, versions: Mapping[str, str]) -> None:
        """Raise Stale where one of these things, by key, has another version."""
        for key, version in versions.items():
            if self.version(key) != version:
                raise Stale(f"{key} was judged, read anew or withdrawn after you looked at it; look at it again, then decide")

    def head(self) -> str:
        """Hash of the last event, which stands for all before it. Kept elsewhere, it shows whether the log was cut or rewritten."""
        return log.head(self._connection)[1]

    def doubts(self) -> Iterator[Problem]:
        """What is plainly not as it was written, as far as a look in passing shows (`glance`): to be asked before adding to a record."""
        return glance.doubts(self._connection)

    def verify(self) -> Iterator[Problem]:
        """Everything that is not as it should be, nothing for a sound record. Reads one moment of the record, beside all writers."""
        with closing(schema.opened(self.path, create=False, readonly=True)) as connection:
            yield from verify.problems(connection, self._blobs)

    def _check_writable(self) -> None:
        if self.readonly:
            raise RecordError(f"{self.path} was opened for reading only; open it for writing to add to it")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._check_writable()
        with schema.transaction(self._connection):
            yield

    def _concerned(self, key: str) -> list[str]:
        """The report of a claim or link, as it stands or stood, or of what a judgement is about."""
        found = {report for query in _HOMES for (report,) in rows(self._connection, query, (key,))}
        stood, judgement = self.last_home(key), views.judgement(self._connection, key)
        anchored = judgement.anchor.report if judgement is not None and judgement.anchor else None
        found |= {report for report in (stood, anchored) if report is not None and self.has_report(report)}
        if judgement is not None and judgement.about != key:
            found.update(self._concerned(judgement.about))
        return sorted(found)

    def _append(self, kind: EventKind, key: str, text: str) -> None:
        state.apply(self._connection, log.append(self._connection, kind, key, text))

    def _withdraw(self, of: WithdrawnKind, key: str, reason: str, *, asked: bool) -> None:
        withdrawal = Withdrawal(of=of, key=key, reason=reason, asked=asked)
        self._append("withdraw", key, body(withdrawal, Withdrawal, f"withdrawal of {of} {key}"))

    def _has(self, query: str, *values: str) -> bool:
        return next(rows(self._connection, query, values), None) is not None

    def _wants_bytes(self, report: Report) -> bool:
        """Not when the same text came from other bytes before: those are kept, and nothing would name these."""
        old = views.find_report(self._connection, report.id)
        return old is None or not is_same(old, report) or old.sha256 == report.sha256

    def _replace(self, of: Literal["claim", "link"], new: Reading, bodies: dict[str, str]) -> tuple[int, int]:
        """Bring what stands of the report to this reading: how many came and how many went."""
        old: dict[str, str] = dict(rows(self._connection, _BODIES[of], (new.report.id,)))
        asked = {key for key in bodies if (gone := views.withdrawal(self._connection, of, key)) and gone.asked}
        changes = change(old, bodies, asked)
        for key in changes.gone:
            self._withdraw(of, key, REREAD, asked=False)
        for key in changes.come:
            if self._has(_STANDS[of], key):
                raise RecordError(f"{of} {key} of report {new.report.id} is already there, in another report; a key names one {of}")
            self._append(of, key, bodies[key])
        return len(changes.come), len(changes.gone)
