from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from counterclaim.store import Problem, Store
from counterclaim.store.log import chained
from tests.store.factories import make_claim, make_judgement, make_link, make_report, received, sentence

TRIGGERS = ("events_no_update", "events_no_delete", "events_in_order")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("original") / "war.record"
    with Store.open(path) as store:
        for name in ("r1", "r2"):
            report = make_report(name, title=f"Report {name}")
            store.add(received(report, raw=name.encode()), [make_claim(report, sentence(n)) for n in range(2)], [make_link(name)])
        store.withdraw(next(store.claims()).key, "misread")
        store.judge(make_judgement())
    return path


@pytest.fixture
def sound(original: Path, path: Path) -> Path:
    """A copy to spoil."""
    shutil.copytree(original.parent, path.parent, dirs_exist_ok=True)
    return path


@pytest.fixture
def intruder(sound: Path) -> Iterator[sqlite3.Connection]:
    """Somebody with another tool, who knows how to take triggers out of the way and to put them back."""
    with closing(sqlite3.connect(sound, isolation_level=None)) as connection:
        definitions = connection.execute("SELECT sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name in TRIGGERS:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for (definition,) in definitions:
            connection.execute(definition)


def verified(path: Path) -> list[Problem]:
    with Store.open(path, readonly=True) as store:
        return list(store.verify())


def mended(path: Path, intruder: sqlite3.Connection) -> list[Problem]:
    """What is found once the triggers are back, so that only the tampering shows."""
    missing = [problem for problem in verified(path) if problem.found == "nothing"]
    assert [problem.thing for problem in missing] == sorted(f"trigger {name}" for name in TRIGGERS)
    return [problem for problem in verified(path) if problem not in missing]


def rechain(connection: sqlite3.Connection) -> None:
    """Give every event the hash its words now have, as a careful forger would."""
    previous = None
    for seq, kind, key, body, before in connection.execute("SELECT seq, kind, key, body, previous FROM events ORDER BY seq").fetchall():
        previous = previous or before
        hashed = chained(previous, kind, key, body)
        connection.execute("UPDATE events SET previous = ?, hash = ? WHERE seq = ?", (previous, hashed, seq))
        previous = hashed


def test_a_sound_record_has_no_problem(sound: Path) -> None:
    assert verified(sound) == []


def test_an_empty_record_has_no_problem(store: Store) -> None:
    assert list(store.verify()) == []


def test_a_problem_says_what_was_expected_and_what_is_there() -> None:
    assert str(Problem("event 3", "the hash a", "words that hash to b")) == "event 3: expected the hash a, found words that hash to b"


class TestTheLog:
    def test_a_word_changed_in_a_body(self, sound: Path, intruder: sqlite3.Connection) -> None:
        intruder.execute("UPDATE events SET body = replace(body, 'because\":\"made', 'because\":\"Made') WHERE seq = 2")
        (problem,) = mended(sound, intruder)
        assert problem.thing.startswith("event 2 (claim ")
        assert problem.expected.startswith("the hash ")
        assert "words that hash to" in problem.found

    def test_a_changed_word_that_makes_another_row_shows_in_both(self, sound: Path, intruder: sqlite3.Connection) -> None:
        intruder.execute("UPDATE events SET body = replace(body, 'asserts', 'denies') WHERE seq = 3")
        problems = mended(sound, intruder)
        assert problems[0].thing.startswith("event 3 ")
        assert ("act 'denies', as the log says", "'asserts'") in [(problem.expected, problem.found) for problem in problems]

    def test_an_event_taken_out(self, sound: Path, intruder: sqlite3.Connection) -> None:
        intruder.execute("DELETE FROM events WHERE seq = 4")
        things = [(problem.thing, problem.found) for problem in mended(sound, intruder)]
        assert ("event 5 (report r2)", "a gap") in things
        assert any(thing == "row 4 of links" for thing, _ in things)

    def test_an_event_taken_out_and_the_rest_moved_up(self, sound: Path, intruder: sqlite3.Connection) -> None:
        intruder.execute("PRAGMA foreign_keys = OFF")
        intruder.execute("DELETE FROM events WHERE seq = 9")
        intruder.execute("UPDATE events SET seq = 9 WHERE seq = 10")
        assert any("the hash before it" in problem.expected for problem in mended(sound, intruder) if problem.thing.startswith("event 9 "))

    def test_two_bodies_exchanged(self, sound: Path, intruder: sqlite3.Connection) -> None:
        one, two = (intruder.execute("SELECT body FROM events WHERE seq = ?", (seq,)).fetchone()[0] for seq in (2, 3))
        intruder.executemany("UPDATE events SET body = ? WHERE seq = ?", [(two, 2), (one, 3)])
        things = {problem.thing.split(" (")[0] for problem in mended(sound, intruder)}
        assert {"event 2", "event 3"} <= things

    def test_a_body_that_is_no_claim_any_more(self, sound: Path, intruder: sqlite3.Connection) -> None:
        intruder.execute("UPDATE events SET body = '{}' WHERE seq = 3")
        problems = mended(sound, intruder)
        assert [problem.thing.split(" (")[0] for problem in problems[:2]] == ["event 3", "event 3"]
        assert problems[1].expected == "an event that follows from those before it"

    def test_the_time_is_not_vouched_for(self, sound: Path, intruder: sqlite3.Connection) -> None:
        intruder.execute("UPDATE events SET at = '1999-01-01T00:00:00+00:00'")
        assert mended(sound, intruder) == []


# What somebody does to a derived table, and a piece of the problem that names it.
STATE: list[tuple[str, str, str]] = [
    ("UPDATE reports SET text = replace(text, 'took', 'lost') WHERE id = 'r1'", "reports r1 (event 1)", "text "),
    ("UPDATE reports SET day = '2001-01-01' WHERE id = 'r2'", "reports r2 (event 5)", "day None"),
    ("UPDATE claims SET act = 'doubts' WHERE seq = 3", "(event 3)", "act 'asserts'"),
    ("DELETE FROM names WHERE claim = 3 AND role = 'party'", "names party  rebels  (event 3)", "a row"),
    ("DELETE FROM judgements", "judgements j1 (event 10)", "a row"),
    ("DELETE FROM withdrawals", "withdrawals ", "a row"),
    ("INSERT INTO names VALUES (3, 'party', ' somebody else ')", "names party  somebody else  (event 3)", "no such row"),
    ("INSERT INTO refusals VALUES (10, 'key', 'made up')", "refusals key (event 10)", "no such row"),
    ("INSERT INTO claim_words (rowid, quote) VALUES (3, 'planted')", "the index claim_words", "word, rows and times"),
    ("INSERT INTO report_words (report_words) VALUES ('delete-all')", "the index report_words", "word, rows and times"),
]


@pytest.mark.parametrize(("statement", "thing", "expected"), STATE, ids=[row[0][:40] for row in STATE])
def test_a_derived_table_that_says_something_else(sound: Path, statement: str, thing: str, expected: str) -> None:
    with closing(sqlite3.connect(sound)) as connection, connection:
        connection.execute(statement)
    problems = verified(sound)
    assert any(thing in problem.thing and problem.expected.startswith(expected) for problem in problems), problems
    with Store.open(sound) as store:
        store.rebuild()
        assert list(store.verify()) == []


def test_a_text_changed_by_a_careful_forger_no_longer_bears_its_quotations(sound: Path, intruder: sqlite3.Connection) -> None:
    report = json.loads(intruder.execute("SELECT body FROM events WHERE seq = 1").fetchone()[0])
    report["text"] = report["text"].replace("The army denied it.", "The army owned it.")
    intruder.execute("UPDATE events SET body = ? WHERE seq = 1", (json.dumps(report, sort_keys=True, separators=(",", ":")),))
    rechain(intruder)
    with Store.open(sound) as store:
        store.rebuild()
    (problem,) = mended(sound, intruder)
    assert problem.thing.startswith("claim ")
    assert problem.expected == "its quotation 'The army denied it.' at 29-48 of report r1"
    assert problem.found == "'The army owned it. '"


class TestTheBytes:
    def blob(self, path: Path) -> Path:
        return next(file for file in Path(f"{path}.blobs").glob("*/*") if file.read_bytes() == b"r1")

    def test_gone(self, sound: Path) -> None:
        blob = self.blob(sound)
        blob.unlink()
        (problem,) = verified(sound)
        assert problem.thing == f"source {blob.name} of report r1"
        assert problem.found.startswith("none")

    def test_changed(self, sound: Path) -> None:
        self.blob(sound).write_bytes(b"r?")
        (problem,) = verified(sound)
        assert problem.expected == "the bytes it was read from"
        assert "has changed" in problem.found

    def test_the_whole_folder_gone(self, sound: Path) -> None:
        Path(f"{sound}.blobs").rename(f"{sound}.elsewhere")
        assert len(verified(sound)) == 2


class TestTheFile:
    def test_a_trigger_put_in(self, sound: Path) -> None:
        with closing(sqlite3.connect(sound)) as connection:
            connection.execute("CREATE TRIGGER sly AFTER INSERT ON claims BEGIN DELETE FROM links; END")
        assert verified(sound) == [Problem("trigger sly", "nothing of this name", "a definition")]

    def test_a_trigger_made_harmless(self, sound: Path) -> None:
        with closing(sqlite3.connect(sound)) as connection:
            connection.execute("DROP TRIGGER events_no_delete")
            connection.execute("CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT 1; END")
        (problem,) = verified(sound)
        assert problem.thing == "trigger events_no_delete"
        assert "SELECT 1" in problem.found

    def test_pages_overwritten(self, sound: Path) -> None:
        with sound.open("r+b") as file:
            file.seek(4096 * 3)
            file.write(b"\xa5" * 4096 * 4)
        problems = verified(sound)
        assert problems
        assert {problem.thing for problem in problems} >= {"the file"}

    def test_the_log_dropped(self, sound: Path) -> None:
        with closing(sqlite3.connect(sound)) as connection:
            connection.execute("DROP TABLE events")
        problems = verified(sound)
        assert Problem("table events", "its definition", "nothing") in problems
        assert "no such table" in problems[-1].found


def test_verify_goes_on_beside_a_writer(store: Store) -> None:
    store.add(received(), [make_claim()], [])
    (blob,) = store.path.with_name(f"{store.path.name}.blobs").glob("*/*")
    blob.unlink()
    problems = store.verify()
    assert next(problems).thing.endswith("of report r1")
    # The check is in the middle of the record as it was.
    second = make_report("r2")
    assert store.add(received(second), [make_claim(second)], []).outcome == "new"
    assert list(problems) == []
