"""The promise ledger: every promise of the record with its terms, its wordings, and what bears on it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from starlette.testclient import TestClient

from counterclaim.record import Record
from tests.web.asking import client


def asked(asking: TestClient, query: str = "") -> dict[str, Any]:
    found: dict[str, Any] = asking.get(f"/promises.json?per=1000&{query}").json()
    return found


def test_the_ledger_has_every_promise_the_latest_first(looking: TestClient, demo: Path) -> None:
    page = asked(looking)
    with Record.open(demo, readonly=True) as record:
        assert {row["key"] for row in page["rows"]} == {one.key for one in record.promises()}
    days = [row["last"] or row["first"] or "" for row in page["rows"]]
    assert days == sorted(days, reverse=True)
    assert [len(row["terms"]) for row in page["rows"]] == [len(terms) for terms in page["terms"]]


def test_a_promise_gives_every_wording_term_and_reply(looking: TestClient, demo: Path) -> None:
    with Record.open(demo, readonly=True) as record:
        known = record.promises()
    assert any(one.silences for one in known)
    for one in known:
        page = looking.get(f"/promises/{one.key}", headers={"accept": "application/json"}).json()
        assert [row["claim"]["key"] for row in page["wordings"]] == [wording.claim for wording in one.wordings]
        assert [term["line"]["act"] for term in page["terms"]] == [term.act for term in one.terms]
        assert [term["line"]["state"] for term in page["terms"]] == [term.state for term in one.terms]
        assert [[row["claim"]["key"] for row in term["conduct"]] for term in page["terms"]] == [[row.claim for row in term.conduct] for term in one.terms]
        assert len(page["answers"]) == len(one.answers)
        assert [[claim["key"] for claim in row["claims"]] for row in page["silences"]] == [list(row.claims) for row in one.silences]
        shown = lxml.html.document_fromstring(looking.get(f"/promises/{one.key}").text)
        opens = set(shown.xpath("//blockquote//a/@href"))
        assert {row["claim"]["at_text"] for row in page["wordings"]} <= opens


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("kind=offer", lambda row: row["kind"] == "offer"),
        ("state=open", lambda row: any(term.endswith("(open)") for term in row["terms"])),
        ("reply=silent", lambda row: row["silences"] and not row["answers"]),
        ("reply=neither", lambda row: not row["silences"] and not row["answers"]),
        ("party=kitumaini", lambda row: "kitumaini" in json.dumps(row).casefold()),
        ("q=prisoners", lambda row: "prisoners" in json.dumps(row).casefold()),
        ("since=2025-06-15", lambda row: row["last"] >= "2025-06-15"),
    ],
)
def test_the_ledger_is_filtered(looking: TestClient, query: str, holds: Any) -> None:
    rows = asked(looking, query)["rows"]
    assert 0 < len(rows) < len(asked(looking)["rows"])
    assert all(holds(row) for row in rows)


def test_a_silence_is_told_as_one(looking: TestClient) -> None:
    [row, *_] = asked(looking, "reply=silent")["rows"]
    assert "No answer from" in looking.get(row["at"]).text


def test_a_promise_that_is_not_there_is_not_found(looking: TestClient) -> None:
    assert looking.get("/promises/none").status_code == 404


def test_an_empty_ledger_says_so(empty: Path) -> None:
    with client(empty) as asking:
        assert "The ledger is empty" in asking.get("/promises").text
        assert "No promise meets this" in asking.get("/promises?kind=offer").text
