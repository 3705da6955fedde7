"""The review queue over HTTP: what it lists, what each decision keeps, what undoing takes back, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import lxml.html
import pytest
from starlette.testclient import TestClient

from counterclaim.core.claim import Control, Offer, Term
from counterclaim.core.judgement import Judgement
from counterclaim.core.mention import Mention
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
    assert {"name": "holder", "words": "", "terms": False} in reviewing.get(at).json()["slots"]
    fields = {"start": str(quiet["start"]), "end": str(quiet["end"]), "kind": "control", "slot-holder": "Rebels", "slot-place": " "}
    assert decide(reviewing, "add", **fields).status_code == 202
    added = item(reviewing, "added")
    assert (added["kind"], added["quote"], [one for one in added["slots"] if one["words"]]) == (
        "control",
        quiet["quote"],
        [{"name": "holder", "words": "Rebels", "terms": False}],
    )
    assert quiet["quote"] not in [one["quote"] for one in queue(reviewing)["items"] if one["sort"] == "silent"]
    decide(reviewing, "undo")
    assert item(reviewing, "silent")["quote"] == quiet["quote"]


def test_a_decision_on_a_stale_page_is_refused_and_changes_nothing(reviewing: TestClient) -> None:
    seen = item(reviewing)["version"]
    decide(reviewing, "accept")
    assert decide(reviewing, "reject", version=seen).status_code == 409
    assert item(reviewing)["state"] == "accepted"


def test_of_two_who_decide_at_the_same_moment_one_is_told_to_look_again(empty: Path) -> None:
    report = make_report("a", TEXT)
    claims = [make_claim(report, proposition=Control(place=(Mention(f"Place {number}"),))) for number in range(20)]
    with Record.open(empty) as record:
        record.store.add(received(report), claims, [])
    # Each face takes turns for itself; between the two, as between any two processes, the record alone decides.
    with client(empty) as one, client(empty) as other:
        queued = [each for each in queue(one)["items"] if each["sort"] == "claim"]
        together, answers = Barrier(2), {}

        def deciding(asking: TestClient, what: str, fields: dict[str, str]) -> None:
            mark = token(asking)
            for each in queued:
                together.wait()
                given = {"token": mark, "report": "a", "key": each["key"], "version": each["version"], **fields}
                answers[what, each["key"]] = asking.post(f"/review/{what}", data=given, headers=JSON).status_code

        threads = [Thread(target=deciding, args=(one, "reject", {"reason": "no"})), Thread(target=deciding, args=(other, "correct", {"slot-holder": "NRF"}))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert {tuple(sorted((answers["reject", each["key"]], answers["correct", each["key"]]))) for each in queued} == {(202, 409)}
        assert len(judgements(one)) == len(queued)


@pytest.fixture
def offering(empty: Path) -> Iterator[TestClient]:
    """A client of a record with one offer of two terms, the first over two lines of its report."""
    report = make_report("a", "The front would stop the\nattacks if the Taliban left Panjshir and Rokha. Nobody else spoke.")
    terms = (Term("stop the\nattacks"), Term("left", Mention("the Taliban"), (Mention("Panjshir"), Mention("Rokha"))))
    with Record.open(empty) as record:
        record.store.add(received(report), [make_claim(report, proposition=Offer(by=(Mention("The front"),), asks=terms))], [])
    with client(empty) as asking:
        yield asking


def test_terms_are_corrected_a_line_each(offering: TestClient) -> None:
    [asks] = [one for one in item(offering)["slots"] if one["name"] == "asks"]
    assert asks == {"name": "asks", "words": "stop the attacks\nleft; who: the Taliban; where: Panjshir; where: Rokha", "terms": True}
    page = lxml.html.document_fromstring(offering.get("/review?report=a").text)
    assert page.xpath("//textarea[@name='slot-asks']")[0].text.strip() == asks["words"]
    # As a browser sends it back: an unchanged slot is no correction.
    sent = asks["words"].replace("\n", "\r\n")
    assert decide(offering, "correct", **{"slot-asks": sent, "slot-by": "The front"}).status_code == 422
    assert decide(offering, "correct", **{"slot-asks": sent.replace("; where: Rokha", "\r\nspeak; who: Nobody")}).status_code == 202
    with Record.open(face(offering).desk.path) as record:
        [now] = record.claims()
    assert now.proposition == Offer(
        by=(Mention("The front"),),
        asks=(Term("stop the\nattacks"), Term("left", Mention("the Taliban"), (Mention("Panjshir"),)), Term("speak", Mention("Nobody"))),
    )
    assert "left [the Taliban, Panjshir]" in item(offering)["decided"]


def test_an_offer_is_added_with_its_terms(offering: TestClient) -> None:
    quiet = item(offering, "silent")
    fields = {"start": str(quiet["start"]), "end": str(quiet["end"]), "kind": "offer", "slot-undertakings": "spoke; who: Nobody else"}
    assert "<textarea" in offering.get(f"/missed/a?start={quiet['start']}&end={quiet['end']}&kind=offer").text
    assert decide(offering, "add", **fields).status_code == 202
    assert {"name": "undertakings", "words": "spoke; who: Nobody else", "terms": True} in item(offering, "added")["slots"]
    assert decide(offering, "add", **{**fields, "slot-undertakings": "who: Nobody else"}).status_code == 422


def test_every_page_shows_claims_as_people_judged_them(reviewing: TestClient) -> None:
    [before] = reviewing.get("/claims.json?report=a").json()["rows"]
    assert decide(reviewing, "correct", **{"slot-holder": "the governor"}).status_code == 202
    for at in ("/claims.json?report=a", "/search.json?actor=governor&kind=control"):
        assert "holder: the governor" in reviewing.get(at).json()["rows"][0]["says"]
    page = reviewing.get(f"{before['at']}.json").json()
    assert (page["state"], dict(page["slots"])["holder"]) == ("corrected", "the governor")
    assert [(one["decision"], "is the governor" in one["value"], one["stands"]) for one in page["judgements"]] == [("correct", True, True)]
    decide(reviewing, "undo")
    assert [one["stands"] for one in reviewing.get(f"{before['at']}.json").json()["judgements"]] == [False]
    decide(reviewing, "reject", reason="a headline")
    assert reviewing.get("/claims.json?report=a").json()["rows"] == []
    assert 'li class="card' not in reviewing.get("/reports/a").text
    assert "Somebody rejected this claim" in reviewing.get(before["at"]).text


def test_a_claim_somebody_added_has_a_page_and_takes_notes(reviewing: TestClient) -> None:
    quiet = item(reviewing, "silent")
    decide(reviewing, "add", start=str(quiet["start"]), end=str(quiet["end"]), kind="fighting", **{"slot-place": "The road"})
    row = next(one for one in reviewing.get("/claims.json?report=a").json()["rows"] if one["kind"] == "fighting")
    assert quiet["quote"] in reviewing.get("/reports/a").text
    page = reviewing.get(f"{row['at']}.json").json()
    assert page["state"] == "added"
    for what, fields, state in (("correct", {"slot-place": "Nobody"}, "added"), ("reject", {"reason": "no"}, "rejected"), ("undo", {}, "added")):
        mine = next(one for one in queue(reviewing)["items"] if one["kind"] == "fighting")
        assert decide(reviewing, what, key=mine["key"], version=mine["version"], **fields).status_code == 202
        assert next(one["state"] for one in queue(reviewing)["items"] if one["kind"] == "fighting") == state
    assert {"name": "place", "words": "Nobody", "terms": False} in item(reviewing, "added")["slots"]
    page = reviewing.get(f"{row['at']}.json").json()
    fields = {"token": token(reviewing), "note": "look again", "by": "Ann", "version": page["version"]}
    assert reviewing.post(f"{row['at']}/note", data=fields, headers=JSON).status_code == 202
    assert reviewing.post(f"{row['at']}/note", data=fields, headers=JSON).status_code == 409
    assert [one["value"] for one in reviewing.get(f"{row['at']}.json").json()["judgements"] if one["by"] == "Ann"] == ["look again"]


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
