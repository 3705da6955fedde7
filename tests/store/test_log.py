from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import pytest

from counterclaim.store import Store
from counterclaim.store.log import BEGINNING, chained
from tests.store.factories import make_claim, make_judgement, make_link, received


def test_each_event_names_the_hash_of_the_one_before(store: Store) -> None:
    assert store.head() == BEGINNING
    store.add(received(), [make_claim()], [make_link()])
    store.judge(make_judgement())
    events = list(store.events())
    assert [(event.seq, event.kind) for event in events] == [(1, "report"), (2, "claim"), (3, "link"), (4, "judgement")]
    assert [event.previous for event in events] == [BEGINNING, *(event.hash for event in events[:-1])]
    assert store.head() == events[-1].hash


def test_the_hash_covers_what_went_before_kind_key_and_body() -> None:
    expected = hashlib.sha256(b'0["claim","k"]{}').hexdigest()
    assert chained("0", "claim", "k", "{}") == expected
    others = {chained("1", "claim", "k", "{}"), chained("0", "link", "k", "{}"), chained("0", "claim", "l", "{}"), chained("0", "claim", "k", "[]")}
    assert expected not in others
    assert len(others) == 4


def test_where_kind_ends_and_key_begins_is_part_of_the_hash() -> None:
    assert chained("0", "claim", "s1", "{}") != chained("0", "claims", "1", "{}")


def test_the_same_history_has_the_same_hashes_whenever_it_is_written(tmp_path: Path) -> None:
    heads = set()
    for name in ("a", "b"):
        with Store.open(tmp_path / name) as store:
            store.add(received(), [make_claim()], [make_link()])
            heads.add(store.head())
    assert len(heads) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET body = '{}' WHERE seq = 1",
        "UPDATE events SET at = 'yesterday'",
        "DELETE FROM events WHERE seq = 2",
        "INSERT OR REPLACE INTO events SELECT 1, kind, 'else', body, at, previous, hash FROM events WHERE seq = 1",
        "INSERT INTO events SELECT 9, kind, key, body, at, hash, hash FROM events WHERE seq = 2",
        "INSERT INTO events SELECT 3, kind, key, body, at, previous, hash FROM events WHERE seq = 2",
    ],
    ids=["body", "time", "delete", "replace", "gap", "fork"],
)
def test_the_log_is_only_added_to(path: Path, statement: str) -> None:
    with Store.open(path) as store:
        store.add(received(), [make_claim()], [])
        before = list(store.events())
        other = sqlite3.connect(path)
        with pytest.raises(sqlite3.IntegrityError, match=r"the log is never|follows the last one"):
            other.execute(statement)
        other.close()
        assert list(store.events()) == before
