"""What is derived from the record: made when it changes, and given as it was where making it takes long."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import Any

import pytest

from counterclaim.record import Record
from counterclaim.web import desk as desks
from counterclaim.web.apart import Apart
from counterclaim.web.desk import Desk
from counterclaim.web.holdings import Derived, Holdings, holdings
from counterclaim.web.pages import PAGES
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
    add(empty, "a")
    with client(empty) as asking:
        assert len(asking.get("/reports.json").json()["rows"]) == 1
        monkeypatch.setattr(desks, "PATIENCE", -1.0)
        add(empty, "b")
        behind = asking.get("/reports")
        assert behind.headers["Counterclaim-Behind"] == "yes"
        assert "derived anew" in behind.text
        monkeypatch.setattr(desks, "PATIENCE", 60.0)
        asking.get("/reports")
        now = asking.get("/reports.json")
        assert "Counterclaim-Behind" not in now.headers
        assert len(now.json()["rows"]) == 2


def test_a_claim_that_is_newer_than_what_is_derived_is_shown_all_the_same(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(empty, "a")
    with client(empty) as asking:
        asking.get("/findings")
        asking.get("/places")
        monkeypatch.setattr(desks, "PATIENCE", -1.0)
        monkeypatch.setattr(Desk, "_make", lambda *_: None)
        key = add(empty, "b")
        for path in (f"/claims/{key}", "/reports/b", "/claims", "/search?q=Arvad", "/findings", "/", "/actors", "/places", "/sources"):
            assert asking.get(path).status_code == 200, path


def blocked(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Whatever is derived from now on waits until this is set, and pages wait for nothing."""
    goes_on, derive = Event(), Holdings.derive

    def late(record: Record, head: str) -> Holdings:
        assert goes_on.wait(60)
        return holdings(record, head)

    def lately(self: Holdings, what: Derived[Any], record: Record) -> Any:
        assert self.has([what]) or goes_on.wait(60)
        return derive(self, what, record)

    monkeypatch.setattr(desks, "holdings", late)
    monkeypatch.setattr(Holdings, "derive", lately)
    monkeypatch.setattr(desks, "PATIENCE", 0.0)
    monkeypatch.setattr(desks, "_FIRST", 0.0)
    return goes_on


DERIVED = sorted({page.path for page in PAGES if page.needs and "{" not in page.path})


def test_every_page_that_takes_long_is_asked_for() -> None:
    assert set(DERIVED) == {"/amounts", "/board", "/findings", "/lineage", "/map", "/places", "/promises", "/stories", "/timeline", "/tolls", "/versions"}


def test_no_page_waits_for_what_is_derived(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were a page to wait, it would wait for ever: what it waits for goes on only after all have answered."""
    add(empty, "a")
    with client(empty) as asking:
        for path in DERIVED:
            assert "Counterclaim-Behind" not in asking.get(path).headers
        goes_on = blocked(monkeypatch)
        add(empty, "b")
        for path in (*DERIVED, "/", "/review", "/actors"):
            answer = asking.get(path)
            assert (answer.status_code, answer.headers["Counterclaim-Behind"]) == (200, "yes"), path
        goes_on.set()
        monkeypatch.setattr(desks, "PATIENCE", 60.0)
        for path in DERIVED:
            assert "Counterclaim-Behind" not in asking.get(path).headers
        assert len(asking.get("/reports.json").json()["rows"]) == 2


def test_what_was_never_made_is_promised(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(empty, "a")
    with client(empty) as asking:
        goes_on = blocked(monkeypatch)
        for path in (*DERIVED, "/"):
            answer = asking.get(path)
            assert (answer.status_code, answer.headers["Refresh"], answer.headers["Retry-After"]) == (503, "2", "2"), path
            assert "worked out" in answer.text
        goes_on.set()
        monkeypatch.setattr(desks, "PATIENCE", 60.0)
        assert asking.get("/board").status_code == 200


def test_a_decision_does_not_wait_for_what_is_derived(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = add(empty, "a")
    with client(empty) as asking:
        asking.get("/board")
        goes_on = blocked(monkeypatch)
        add(empty, "b")
        assert asking.get("/board").headers["Counterclaim-Behind"] == "yes"
        with face(asking).desk.deciding() as record:
            record.accept(key, by="Ann")
        (item,) = (one for one in asking.get("/review.json?report=a").json()["items"] if one["key"] == key)
        assert item["state"] == "accepted"
        goes_on.set()


def test_what_goes_wrong_in_making_is_told_once_there_is_nothing_to_show(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(empty, "a")
    desk = Desk(empty, RULES)
    with desk.reading() as record:
        with monkeypatch.context() as patched:
            patched.setattr(desks, "holdings", lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                desk.holdings(record)
        assert set(desk.holdings(record).reports) == {"a"}


def test_only_the_last_states_are_held(empty: Path) -> None:
    desk = Desk(empty, RULES)
    for name in "abcd":
        add(empty, name)
        with desk.reading() as record:
            desk.holdings(record)
    assert [len(state.reports) for state in desk._states] == [3, 4]


def test_a_process_of_its_own_brings_findings_up_to_date(empty: Path) -> None:
    add(empty, "a")
    apart = Apart(empty, RULES)
    try:
        for name in "bc":
            add(empty, name)
            assert apart.refresh()
            with Record.open(empty) as record:
                assert record.is_current()
                assert record.findings() == record.derive_all()
    finally:
        apart.close()
    assert not apart.refresh()


def test_what_was_looked_up_lately_is_kept_for_a_few_queries(empty: Path) -> None:
    add(empty, "a")
    desk, made = Desk(empty, RULES), []
    with desk.reading() as record:
        held = desk.holdings(record)

    def make(number: int) -> tuple[int]:
        made.append(number)
        return (number,)

    for number in (0, 1, 0, *range(2, 40), 0):
        assert held.lately("numbers", number, lambda number=number: make(number)) == (number,)  # type: ignore[misc]
    assert made == [*range(40), 0]


def test_a_version_is_of_one_thing(empty: Path) -> None:
    one, other = add(empty, "a"), add(empty, "b")
    with Record.open(empty) as record:
        before = record.version(one), record.version(other)
        record.store.withdraw(one, "a slip")
        after = record.version(one), record.version(other)
    assert before[0] != after[0]
    assert before[1] == after[1]
