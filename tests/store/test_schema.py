from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from counterclaim.errors import NotFound, RecordError, RecordTooNew
from counterclaim.store import Store, schema
from counterclaim.store.log import LOG
from tests.store.factories import make_claim, make_link, received


def tables(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT name, sql FROM sqlite_schema"))


def pragma(path: Path, name: str) -> object:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_a_new_record_is_marked_numbered_and_written_ahead(path: Path) -> None:
    Store.open(path).close()
    assert pragma(path, "application_id") == schema.APPLICATION_ID == int.from_bytes(b"CClm")
    assert pragma(path, "user_version") == schema.VERSION
    assert pragma(path, "journal_mode") == "wal"


def test_an_acknowledged_commit_is_on_disk(path: Path) -> None:
    with closing(schema.opened(path, create=True, readonly=False)) as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_opening_again_changes_nothing(path: Path) -> None:
    Store.open(path).close()
    before = path.read_bytes()
    Store.open(path).close()
    assert path.read_bytes() == before


class TestMigrations:
    def test_version_0_marked_and_empty(self, path: Path, tmp_path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        Store.open(tmp_path / "fresh").close()
        with Store.open(path) as store:
            store.add(received(), [], [])
            assert list(store.verify()) == []
        assert pragma(path, "user_version") == schema.VERSION
        assert tables(path) == tables(tmp_path / "fresh")

    def test_version_1_has_a_log_from_which_the_state_is_made(self, path: Path, tmp_path: Path) -> None:
        with Store.open(tmp_path / "full") as full:
            full.add(received(), [make_claim()], [make_link()])
            events = list(full.events())
        with closing(sqlite3.connect(path)) as connection, connection:
            for statement in LOG:
                connection.execute(statement)
            for event in events:
                row = (event.seq, event.kind, event.key, event.body, event.at, event.previous, event.hash)
                connection.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
            connection.execute("PRAGMA user_version = 1")
        shutil.copytree(tmp_path / "full.blobs", f"{path}.blobs")
        with Store.open(path) as store:
            assert list(store.events()) == events
            assert list(store.claims()) == [make_claim()]
            assert list(store.verify()) == []

    def test_each_step_runs_once(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        Store.open(path).close()
        ran: list[str] = []
        later = (*schema.MIGRATIONS, lambda connection: ran.append("third"), lambda connection: ran.append("fourth"))
        monkeypatch.setattr(schema, "MIGRATIONS", later)
        monkeypatch.setattr(schema, "VERSION", len(later))
        for _ in range(2):
            Store.open(path).close()
        assert ran == ["third", "fourth"]
        assert pragma(path, "user_version") == schema.VERSION

    def test_a_step_that_fails_leaves_the_file_as_it_was(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        Store.open(path).close()
        before = tables(path)

        def breaks(connection: sqlite3.Connection) -> None:
            connection.execute("CREATE TABLE half (done)")
            connection.execute("CREATE TABLE half (again)")

        monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, breaks))
        monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
        with pytest.raises(RecordError, match="half already exists"):
            Store.open(path)
        assert tables(path) == before
        assert pragma(path, "user_version") == schema.VERSION - 1

    def test_an_older_record_is_not_migrated_for_reading(self, path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        with pytest.raises(RecordError, match=r"record version 0 .* open it once for writing"):
            Store.open(path, readonly=True)


def test_a_newer_record_names_both_versions(path: Path) -> None:
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {schema.VERSION + 7}")
    for readonly in (False, True):
        with pytest.raises(RecordTooNew, match=rf"record version {schema.VERSION + 7} .* up to version {schema.VERSION};"):
            Store.open(path, readonly=readonly)


class TestWhatIsNoRecord:
    def test_a_text(self, path: Path) -> None:
        path.write_text("Rebels took Arvad on Monday. " * 100, encoding="utf-8")
        before = path.read_bytes()
        for readonly in (False, True):
            with pytest.raises(RecordError, match=r"not a database.*name another file"):
                Store.open(path, readonly=readonly)
        assert path.read_bytes() == before

    @pytest.mark.parametrize("statement", ["CREATE TABLE places (name)", "PRAGMA application_id = 7", "PRAGMA user_version = 1"])
    def test_another_program_s_database(self, path: Path, statement: str) -> None:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(statement)
        before = path.read_bytes()
        with pytest.raises(RecordError, match=r"another program's database.*name another file"):
            Store.open(path)
        assert path.read_bytes() == before

    def test_an_empty_file_becomes_one_only_when_asked(self, path: Path) -> None:
        path.touch()
        for options in ({"create": False}, {"readonly": True}):
            with pytest.raises(RecordError, match="is empty"):
                Store.open(path, **options)
        Store.open(path).close()
        assert pragma(path, "user_version") == schema.VERSION

    def test_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(RecordError, match="cannot be opened"):
            Store.open(tmp_path)

    def test_nothing(self, path: Path, tmp_path: Path) -> None:
        for options in ({"create": False}, {"readonly": True}):
            with pytest.raises(NotFound, match="no record at"):
                Store.open(path, **options)
        assert not path.exists()
        with pytest.raises(NotFound, match="no folder"):
            Store.open(tmp_path / "absent" / "war.record")


def test_names_that_mean_something_in_a_uri_are_names(tmp_path: Path) -> None:
    path = tmp_path / "what? 100%#1.record"
    Store.open(path).close()
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_a_record_in_a_folder_that_cannot_be_written_is_read_without_leaving_a_trace(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(path) as store:
        store.add(received(), [make_claim()], [])
    monkeypatch.setattr(os, "access", lambda *_: False)
    with Store.open(path, readonly=True) as store:
        assert list(store.claims()) == [make_claim()]
        assert list(store.verify()) == []
        assert not path.with_name(f"{path.name}-shm").exists()


class TestTransaction:
    def test_an_error_inside_undoes_all(self, path: Path) -> None:
        with closing(schema.opened(path, create=True, readonly=False)) as connection:
            with pytest.raises(RecordError, match="half already exists"), schema.transaction(connection):
                connection.execute("CREATE TABLE half (done)")
                connection.execute("CREATE TABLE half (again)")
            with pytest.raises(KeyboardInterrupt), schema.transaction(connection):
                connection.execute("CREATE TABLE half (done)")
                raise KeyboardInterrupt
            assert not connection.in_transaction
        assert "half" not in tables(path)

    def test_a_record_somebody_keeps_locked_is_an_error_that_says_so(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(schema, "BUSY_SECONDS", 0.01)
        with Store.open(path) as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(RecordError, match="database is locked; nothing of this was kept"):
                store.add(received(), [], [])
            other.execute("ROLLBACK")
            assert store.add(received(), [], []).outcome == "new"
