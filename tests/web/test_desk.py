"""What is derived from the record: made when it changes, and given as it was where making it takes long."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from counterclaim.record import Record
from counterclaim.web import desk as desks
from counterclaim.web.desk import Desk, version
from tests.store.factories import make_claim, make_report, received
from tests.web.asking import RULES, client, face


def add(path: Path, name: str) -> str:
    report = make_report(name)
    claim = make_claim(report)
    with Record.open(path) as record:
        record.store.add(received(report), [claim], [])
    return claim.key


def test_what_is_derived_is_kept_until_the_record_changes(empty: Path) -> None:
    desk = Desk(empty, RULES)
    add(empty, "a")
    with desk.reading() as record:
        first = desk.holdings(record)
        assert desk.holdings(record) is first
    add(empty, "b")
    with desk.reading() as record:
        second = desk.holdings(record)
    assert (len(first.claims), len(second.claims)) == (1, 2)


def test_where_it_takes_long_the_last_is_given_and_the_page_says_so(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desks, "PATIENCE", -1.0)
    add(empty, "a")
    with client(empty) as asking:
        assert len(asking.get("/reports.json").json()["rows"]) == 1
        add(empty, "b")
        behind = asking.get("/reports")
        assert behind.headers["Counterclaim-Behind"] == "yes"
        assert "derived anew" in behind.text
        maker = face(asking).desk._maker
        assert maker is not None
        maker.join()
        now = asking.get("/reports.json")
        assert "Counterclaim-Behind" not in now.headers
        assert len(now.json()["rows"]) == 2


def test_a_claim_that_is_newer_than_what_is_derived_is_shown_all_the_same(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desks, "PATIENCE", -1.0)
    add(empty, "a")
    with client(empty) as asking:
        asking.get("/findings")
        monkeypatch.setattr(Desk, "_make", lambda *_: time.sleep(0))
        key = add(empty, "b")
        for path in (f"/claims/{key}", "/reports/b", "/claims", "/search?q=Arvad", "/findings", "/", "/actors", "/places", "/sources"):
            assert asking.get(path).status_code == 200, path


def test_a_version_is_of_one_thing(empty: Path) -> None:
    one, other = add(empty, "a"), add(empty, "b")
    with Record.open(empty) as record:
        before = version(record.store, one), version(record.store, other)
        record.store.withdraw(one, "a slip")
        after = version(record.store, one), version(record.store, other)
    assert before[0] != after[0]
    assert before[1] == after[1]
