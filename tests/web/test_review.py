"""The review queue over HTTP: what it lists, what each decision keeps, what undoing takes back, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from counterclaim.core.judgement import Judgement
from counterclaim.record import Record
from tests.store.factories import make_claim, make_link, make_report, received
from tests.web.asking import client, face, token

JSON = {"accept": "application/json"}
TEXT = "Rebels took Arvad, the governor said. The road was quiet. Nobody else spoke."


@pytest.fixture
def reviewing(empty: Path) -> Iterator[TestClient]:
    """A client of a record of two reports, the first with one claim and two silent sentences."""
    with Record.open(empty) as record:
        for name, text in (("a", TEXT), ("b", f"{TEXT} Again.")):
            report = make_report(name, text)
            record.store.add(received(report), [make_claim(report)], [])
    with client(empty) as asking:
        yield asking


def queue(asking: TestClient, asked: str = "?report=a") -> dict[str, Any]:
    found: dict[str, Any] = asking.get(f"/review.json{asked}").json()
    return found


def item(asking: TestClient, sort: str = "claim") -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in queue(asking)["items"] if one["sort"] == sort)
    return found


def decide(asking: TestClient, what: str, **fields: str) -> Any:
    claim = item(asking)
    given = {"token": token(asking), "report": "a", "key": claim["key"], "version": claim["version"], **fields}
    return asking.post(f"/review/{what}", data=given, headers=JSON)


def judgements(asking: TestClient) -> list[Judgement]:
    with Record.open(face(asking).desk.path) as record:
        return list(record.store.judgements())


def test_the_queue_has_claims_and_silent_sentences_in_the_order_of_the_text(reviewing: TestClient) -> None:
    found = queue(reviewing)
    starts = [one["start"] for one in found["items"]]
    assert starts == sorted(starts)
    assert {one["sort"] for one in found["items"]} == {"claim", "silent"}
    assert any(one["quote"] == "Nobody else spoke." for one in found["items"] if one["sort"] == "silent")
    assert (found["done"], found["total"], found["record_total"], found["reports_left"]) == (0, 1, 2, 2)


def test_without_a_report_the_first_that_is_not_done_is_shown(reviewing: TestClient) -> None:
    assert queue(reviewing, "")["report"]["id"] == "a"
    decide(reviewing, "accept")
    assert queue(reviewing, "")["report"]["id"] == "b"


@pytest.mark.parametrize(
    ("what", "fields", "state", "said"),
    [
        ("accept", {}, "accepted", "accepted by"),
        ("reject", {"reason": "it is a headline"}, "rejected", "it is a headline"),
        ("correct", {"slot-holder": "the army; the police"}, "corrected", "the police"),
    ],
)
def test_a_decision_is_kept_and_counted(reviewing: TestClient, what: str, fields: dict[str, str], state: str, said: str) -> None:
    assert decide(reviewing, what, **fields).status_code == 202
    found = item(reviewing)
    assert (found["state"], said in found["decided"]) == (state, True)
    assert (queue(reviewing)["done"], queue(reviewing)["record_done"]) == (1, 1)
    assert not [one for one in queue(reviewing, "?report=a&show=open")["items"] if one["sort"] == "claim"]


def test_the_later_decision_goes_before_and_undoing_brings_the_earlier_back(reviewing: TestClient) -> None:
    decide(reviewing, "accept")
    decide(reviewing, "reject", reason="no")
    assert item(reviewing)["state"] == "rejected"
    for state in ("accepted", "open"):
        assert decide(reviewing, "undo").status_code == 202
        assert item(reviewing)["state"] == state
    assert decide(reviewing, "undo").status_code == 404


def test_one_undoes_what_one_decided_oneself(reviewing: TestClient) -> None:
    reviewing.post("/review/name", data={"token": token(reviewing), "by": "Ann Ü"})
    decide(reviewing, "accept")
    reviewing.post("/review/name", data={"token": token(reviewing), "by": "Ben"})
    assert decide(reviewing, "undo").status_code == 404
    assert [one.by for one in judgements(reviewing)] == ["Ann Ü"]


def test_a_missed_claim_is_added_at_its_words(reviewing: TestClient) -> None:
    quiet = item(reviewing, "silent")
    at = f"/missed/a.json?start={quiet['start']}&end={quiet['end']}&kind=control"
    assert "holder" in reviewing.get(at).json()["slots"]
    fields = {"start": str(quiet["start"]), "end": str(quiet["end"]), "kind": "control", "slot-holder": "Rebels", "slot-place": " "}
    assert decide(reviewing, "add", **fields).status_code == 202
    added = item(reviewing, "added")
    assert (added["kind"], added["quote"], [one for one in added["slots"] if one["words"]]) == (
        "control",
        quiet["quote"],
        [{"name": "holder", "words": "Rebels"}],
    )
    assert quiet["quote"] not in [one["quote"] for one in queue(reviewing)["items"] if one["sort"] == "silent"]
    decide(reviewing, "undo")
    assert item(reviewing, "silent")["quote"] == quiet["quote"]


def test_a_decision_on_a_stale_page_is_refused_and_changes_nothing(reviewing: TestClient) -> None:
    seen = item(reviewing)["version"]
    decide(reviewing, "accept")
    assert decide(reviewing, "reject", version=seen).status_code == 409
    assert item(reviewing)["state"] == "accepted"


@pytest.mark.parametrize(
    ("what", "fields", "status"),
    [
        ("accept", {"key": "none"}, 404),
        ("correct", {}, 422),
        ("correct", {"slot-nothing": "x"}, 422),
        ("add", {"start": "5", "end": "2", "kind": "control"}, 422),
        ("add", {"start": "0", "end": "99999", "kind": "control"}, 422),
        ("add", {"start": "-1", "end": "3", "kind": "control"}, 422),
        ("add", {"start": "0", "end": "3", "kind": "weather"}, 422),
        ("add", {"start": "0", "end": "3", "kind": "control", "report": "none"}, 404),
        ("merge", {"other": "none"}, 409),
        ("split", {"other": "none"}, 409),
        ("accept", {"token": "0" * 64}, 403),
    ],
)
def test_what_cannot_be_decided_is_refused_and_changes_nothing(reviewing: TestClient, what: str, fields: dict[str, str], status: int) -> None:
    assert decide(reviewing, what, **fields).status_code == status
    assert judgements(reviewing) == []


@pytest.fixture
def alike(empty: Path) -> Iterator[TestClient]:
    """A client of a record in which two reports spell what may be one name in two ways."""
    with Record.open(empty) as record:
        for name, called in (("a", "Khalifa Haftar"), ("b", "Khalifa Hifter")):
            report = make_report(name, f"{called} took Arvad. Nobody else spoke.")
            record.store.add(received(report), [make_claim(report)], [make_link(name, called, called)])
    with client(empty) as asking:
        yield asking


@pytest.mark.parametrize(("what", "actors"), [("merge", 1), ("split", 2)])
def test_two_actors_that_may_be_one_are_asked_about_until_somebody_says(alike: TestClient, what: str, actors: int) -> None:
    pair = item(alike, "pair")
    assert set(pair["names"]) == {"Khalifa Haftar", "Khalifa Hifter"}
    fields = {"key": pair["key"], "other": pair["other"]}
    assert decide(alike, what, **fields).status_code == 202
    assert len(alike.get("/actors.json").json()["rows"]) == actors
    assert not [one for one in queue(alike)["items"] if one["sort"] == "pair"]
    assert decide(alike, what, **fields).status_code == 409
    decide(alike, "undo")
    assert len(alike.get("/actors.json").json()["rows"]) == 2
    assert item(alike, "pair")["other"] == pair["other"]


def test_after_a_decision_the_browser_goes_on_to_the_next(reviewing: TestClient) -> None:
    claim = item(reviewing)
    fields = {"token": token(reviewing), "report": "a", "key": claim["key"], "version": claim["version"], "next": "s-38", "show": "open"}
    answer = reviewing.post("/review/accept", data=fields, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/review?report=a&show=open#s-38")


def test_why_leads_down_to_the_sentences(looking: TestClient) -> None:
    for row in looking.get("/findings.json?per=20").json()["rows"]:
        found = looking.get(f"{row['at_why']}.json").json()
        assert found["top"]["parts"]
        assert " in " in found["sentences"]
    claim = looking.get("/claims.json?per=1").json()["rows"][0]
    assert looking.get(f"/why/{claim['key']}.json").json()["top"]["quote"] == claim["quote"]
    assert looking.get("/why/none").status_code == 404
