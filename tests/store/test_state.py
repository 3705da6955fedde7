from __future__ import annotations

import datetime as dt
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from counterclaim.core.report import Refusal, Report
from counterclaim.core.when import When
from counterclaim.errors import RecordCorrupt
from counterclaim.store import Store, Withdrawal, schema, state
from counterclaim.store.log import Event, EventKind, append
from counterclaim.store.reading import body
from tests.store.factories import days, make_claim, make_judgement, make_link, make_report, received, sentence


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        schema.migrate(made)
        yield made


def dump(connection: sqlite3.Connection) -> dict[str, list[object]]:
    """All derived rows and, by the terms, the indexes."""
    found: dict[str, list[object]] = {table: connection.execute(query).fetchall() for table, query in state.TABLES.items() if query}
    for table in ("report_words", "claim_words"):
        connection.execute(f"CREATE VIRTUAL TABLE temp.terms USING fts5vocab (main, {table}, instance)")
        found[table] = connection.execute("SELECT * FROM temp.terms ORDER BY 1, 2, 3, 4").fetchall()
        connection.execute("DROP TABLE temp.terms")
    return found


def test_rebuilt_tables_are_the_tables_that_grew(store: Store) -> None:
    store.add(received(), [make_claim(span=sentence(n)) for n in range(3)], [make_link()])
    store.add(received(make_report(title="Later")), [make_claim(), make_claim(span=sentence(1), score=0.2)], [make_link()])
    store.withdraw(make_claim().key, "misread")
    store.judge(make_judgement())
    store.refuse(Refusal("a.pdf", "empty"))
    with closing(sqlite3.connect(store.path)) as other:
        grown = dump(other)
    store.rebuild()
    with closing(sqlite3.connect(store.path)) as other:
        assert dump(other) == grown
    assert all(grown.values())


def event(kind: EventKind, text: str, key: str = "k") -> Event:
    return Event(seq=1, kind=kind, key=key, body=text, at="", previous="", hash="")


UNFIT: list[tuple[EventKind, str, str]] = [
    ("report", "{}", "a body of something else"),
    ("claim", "no JSON", "no body at all"),
    ("withdraw", body(Withdrawal(of="claim", key="k", reason="why", asked=True), Withdrawal, ""), "withdrawn without having been added"),
]


@pytest.mark.parametrize(("kind", "text"), [row[:2] for row in UNFIT], ids=[row[2] for row in UNFIT])
def test_an_event_that_does_not_fit_is_named(connection: sqlite3.Connection, kind: EventKind, text: str) -> None:
    with pytest.raises(RecordCorrupt, match="event 1 "):
        state.apply(connection, event(kind, text))


def test_an_event_twice_does_not_fit(connection: sqlite3.Connection) -> None:
    state.apply(connection, append(connection, "report", "r1", body(make_report(), Report, "")))
    judgement = make_judgement()
    text = body(judgement, type(judgement), "")
    state.apply(connection, append(connection, "judgement", judgement.key, text))
    with pytest.raises(RecordCorrupt, match=r"event 3 .judgement j1. does not follow"):
        state.apply(connection, append(connection, "judgement", judgement.key, text))


FIRST_DECODED = """
import sys, threading
from counterclaim.store.reading import reading
from tests.store.factories import make_claim, make_link, received

sys.setswitchinterval(1e-6)
together = threading.Barrier(4)

def read():
    together.wait()
    reading(received(), [make_claim()], [make_link()])

threads = [threading.Thread(target=read) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""


def test_threads_may_be_the_first_to_decode() -> None:
    """One run in five ended in a segmentation fault of msgspec before the types were worked out on import."""
    for _ in range(3):
        subprocess.run([sys.executable, "-c", FIRST_DECODED], cwd=Path(__file__).parents[2], check=True)


MAY = dt.date(2024, 5, 1)
JUNE = dt.date(2024, 6, 1)
# When, said, the first and last day the claim is filed under.
DAYS: list[tuple[When | None, When | None, tuple[str | None, str | None]]] = [
    (days(MAY, JUNE), days(JUNE, JUNE), ("2024-05-01", "2024-06-01")),
    (None, days(JUNE, JUNE), ("2024-06-01", "2024-06-01")),
    (days(None, None), days(JUNE, None), ("2024-06-01", None)),
    (None, None, (None, None)),
]


@pytest.mark.parametrize(("when", "said", "expected"), DAYS)
def test_days(store: Store, when: When | None, said: When | None, expected: tuple[str | None, str | None]) -> None:
    store.add(received(), [make_claim(when=when, said=said)], [])
    with closing(sqlite3.connect(store.path)) as other:
        assert other.execute("SELECT first_day, last_day FROM claims").fetchone() == expected
