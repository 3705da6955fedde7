"""Stories with their sentences report by report, and versions with what became of the claims."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from starlette.testclient import TestClient

from counterclaim.record import Record
from counterclaim.web.pages.stories import is_between, span_words
from tests.web.asking import client


def asked(asking: TestClient, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = asking.get(f"/stories.json?per=1000&{query}").json()["rows"]
    return found


def test_every_story_of_the_record_is_listed(looking: TestClient, demo: Path) -> None:
    with Record.open(demo, readonly=True) as record:
        assert {row["key"]: (row["claims"], row["reports"]) for row in asked(looking)} == {
            one.key: (len(one.claims), len(one.reports)) for one in record.stories()
        }


def test_a_story_gives_every_sentence_and_why_they_belong_together(looking: TestClient, demo: Path) -> None:
    with Record.open(demo, readonly=True) as record:
        known = record.stories()
    assert any(one.joins for one in known)
    for one in known:
        page = looking.get(f"/stories/{one.key}", headers={"accept": "application/json"}).json()
        assert {claim["key"] for telling in page["tellings"] for claim in telling["claims"]} == set(one.claims)
        assert {telling["report"]["id"] for telling in page["tellings"]} == set(one.reports)
        assert [(join["a"]["key"], join["b"]["key"]) for join in page["joins"]] == [(join.a, join.b) for join in one.joins]
        assert [part["role"] for part in page["parts"]] == [part.role for part in one.actors]
        shown = lxml.html.document_fromstring(looking.get(f"/stories/{one.key}").text)
        opens = set(shown.xpath("//blockquote//a/@href"))
        assert {claim["at_text"] for telling in page["tellings"] for claim in telling["claims"]} <= opens


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("kind=casualties", lambda row: "casualties" in row["kinds"]),
        ("place=medani", lambda row: "medani" in row["place"].casefold()),
        ("party=taliban", lambda row: "taliban" in json.dumps(row["actors"]).casefold()),
        ("told=2", lambda row: row["reports"] >= 2),
        ("until=2021-12-31", lambda row: (row["first"] or row["last"]) <= "2021-12-31"),
    ],
)
def test_stories_are_filtered(looking: TestClient, query: str, holds: Any) -> None:
    rows = asked(looking, query)
    assert 0 < len(rows) < len(asked(looking))
    assert all(holds(row) for row in rows)


def test_versions_say_what_became_of_each_claim(looking: TestClient, demo: Path) -> None:
    with Record.open(demo, readonly=True) as record:
        known = record.versions()
    page = looking.get("/versions.json").json()
    assert [(row["older"], row["newer"]) for row in page["rows"]] == [(one.older, one.newer) for one in known] != []
    assert [[one["claim"]["key"] for one in retold] for retold in page["retold"]] == [[one.claim for one in each.claims] for each in known]
    shown = lxml.html.document_fromstring(looking.get("/versions").text)
    for retold in page["retold"]:
        assert {one["claim"]["at_text"] for one in retold} <= set(shown.xpath("//td//a/@href"))


D = dt.date


@pytest.mark.parametrize(
    ("first", "last", "since", "until", "is_in"),
    [
        (None, None, None, None, True),
        (None, None, D(2021, 1, 1), None, False),
        (D(2021, 1, 1), D(2021, 1, 9), D(2021, 1, 5), None, True),
        (D(2021, 1, 1), D(2021, 1, 9), None, D(2021, 1, 5), True),
        (D(2021, 1, 1), D(2021, 1, 4), D(2021, 1, 5), None, False),
        (None, D(2021, 1, 4), D(2021, 1, 4), D(2021, 1, 4), True),
        (D(2021, 1, 6), None, None, D(2021, 1, 5), False),
    ],
)
def test_days_are_within_a_span_if_one_of_them_is(
    first: dt.date | None, last: dt.date | None, since: dt.date | None, until: dt.date | None, is_in: bool
) -> None:
    assert is_between(first, last, since, until) is is_in


@pytest.mark.parametrize(
    ("low", "high", "words"), [(9, 9, "9"), (9, 1400, "9 to 1,400"), (9, None, "at least 9"), (None, 12, "up to 12"), (None, None, "no number")]
)
def test_a_range_in_words(low: int | None, high: int | None, words: str) -> None:
    assert span_words(low, high) == words


def test_what_is_not_there_is_said(looking: TestClient, empty: Path) -> None:
    assert looking.get("/stories/none").status_code == 404
    with client(empty) as asking:
        assert "No story yet" in asking.get("/stories").text
        assert "No report here is a later version" in asking.get("/versions").text
