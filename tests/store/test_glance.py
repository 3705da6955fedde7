from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from counterclaim.store import Store, glance
from tests.store.factories import make_claim, make_report, received, sentence

TRIGGER = "events_no_update"


@pytest.fixture
def kept(path: Path) -> Path:
    """A record of two reports: six events."""
    with Store.open(path) as store:
        for name in ("r1", "r2"):
            report = make_report(name)
            store.add(received(report), [make_claim(report, sentence(n)) for n in range(2)], [])
    return path


@pytest.fixture
def intruder(kept: Path) -> Callable[[str], None]:
    """Somebody with another tool, who takes the trigger out of the way and puts it back."""

    def change(statement: str) -> None:
        with closing(sqlite3.connect(kept, isolation_level=None)) as connection:
            triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'events'").fetchall()
            for name, _ in triggers:
                connection.execute(f"DROP TRIGGER {name}")
            connection.execute(statement)
            for _, definition in triggers:
                connection.execute(definition)

    return change


def doubted(path: Path) -> list[str]:
    with Store.open(path, readonly=True) as store:
        return [problem.thing.split(" (")[0] for problem in store.doubts()]


def test_a_sound_record_raises_no_doubt(kept: Path) -> None:
    assert doubted(kept) == []


def test_an_empty_record_raises_no_doubt(store: Store) -> None:
    assert list(store.doubts()) == []


@pytest.mark.parametrize(
    ("statement", "things"),
    [
        ("UPDATE events SET body = replace(body, 'asserts', 'denies') WHERE seq = 2", ["event 2"]),
        ("UPDATE events SET key = 'r3' WHERE seq = 4", ["event 4"]),
        ("UPDATE events SET hash = 'a' WHERE seq = 2", ["event 2", "event 3"]),
        ("DELETE FROM events WHERE seq = 5", ["event 5", "event 6"]),
    ],
)
def test_an_event_changed_by_hand(kept: Path, intruder: Callable[[str], None], statement: str, things: list[str]) -> None:
    intruder(statement)
    assert doubted(kept) == things


def test_a_trigger_taken_away_and_one_put_in(kept: Path) -> None:
    with closing(sqlite3.connect(kept, isolation_level=None)) as connection:
        connection.execute(f"DROP TRIGGER {TRIGGER}")
        connection.execute("CREATE TRIGGER other AFTER INSERT ON events BEGIN SELECT 1; END")
    with Store.open(kept, readonly=True) as store:
        told = [(problem.expected, problem.found) for problem in store.doubts()]
    assert len(told) == 2
    assert any(TRIGGER in expected for expected, _ in told)
    assert any("TRIGGER other" in found for _, found in told)


@pytest.mark.parametrize("sampled", [1, 2, 4])
def test_of_a_long_log_the_last_events_and_some_others_are_looked_at(
    kept: Path, intruder: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, sampled: int
) -> None:
    intruder("UPDATE events SET body = body || ' '")
    monkeypatch.setattr(glance, "_LAST", 2)
    monkeypatch.setattr(glance, "_SAMPLED", sampled)
    found = doubted(kept)
    assert found[-2:] == ["event 5", "event 6"]
    assert len(set(found)) == sampled + 2
