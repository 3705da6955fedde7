"""Tolls by the rule of each house, their receipts, and the total of those that surely do not overlap."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import lxml.html
import pytest
from starlette.testclient import TestClient

from counterclaim.knowledge.houses import houses
from counterclaim.reconcile.totals import countries, foremost, totals
from counterclaim.record import Record
from counterclaim.web.pages.tolls import ACROSS, TollRow, TollsPage
from tests.web.asking import client

HOUSES = tuple(houses())


def asked(asking: TestClient, query: str = "") -> dict[str, Any]:
    found: dict[str, Any] = asking.get(f"/tolls.json?per=1000&{query}").json()
    return found


def receipt(asking: TestClient, at: str, house: str = "widest") -> dict[str, Any]:
    found: dict[str, Any] = asking.get(at, params={"house": house}, headers={"accept": "application/json"}).json()
    return found


@pytest.mark.parametrize("house", HOUSES)
def test_each_house_has_the_numbers_of_the_record(looking: TestClient, demo: Path, house: str) -> None:
    page = asked(looking, f"house={house}")
    with Record.open(demo, readonly=True) as record:
        known = {one.key: one for one in record.tolls(house)}
        lie = countries(known.values(), record.registry().links)
    assert {row["key"]: (row["low"], row["best"], row["high"], row["grade"]) for row in page["rows"]} == {
        key: (*one.numbers, one.grade) for key, one in known.items()
    }
    assert page["house"]["name"] == house
    if page["added"]:
        found = foremost(totals([known[row["key"]] for row in page["rows"]], "killed", lie))
        assert (page["added"]["low"], page["added"]["high"], page["added"]["counted"]) == (found.low, found.high, len(found.counted))
        assert page["added"]["counted"] + page["added"]["not_counted"] == sum(one.harm == "killed" for one in known.values())


@pytest.mark.parametrize("house", HOUSES)
def test_a_receipt_has_every_claim_with_what_it_did(looking: TestClient, demo: Path, house: str) -> None:
    with Record.open(demo, readonly=True) as record:
        known = record.tolls(house)
    for one in known:
        page = receipt(looking, f"/tolls/{one.key}", house)
        wanted = {(row.claim, row.low, row.high, row.taken, row.because) for row in one.rows}
        assert {(row["claim"]["key"], row["low"], row["high"], row["taken"], row["because"]) for row in page["rows"]} == wanted
        for side in ("low", "high"):
            if page["toll"][side] is not None and house == "widest" and any(row["taken"] for row in page["rows"]):
                assert any(side in row["sets"] for row in page["rows"]), (one.key, side)
        shown = lxml.html.document_fromstring(looking.get(f"/tolls/{one.key}", params={"house": house}).text)
        assert {row["claim"]["at_text"] for row in page["rows"]} <= set(shown.xpath("//blockquote//a/@href"))


def test_the_switch_keeps_what_else_is_asked(looking: TestClient) -> None:
    page = lxml.html.document_fromstring(looking.get("/tolls?harm=killed&house=acled").text)
    ways = page.xpath("//nav[@class='houses']//a/@href")
    assert len(ways) == len(HOUSES)
    assert "/tolls?harm=killed" in ways
    assert "/tolls?harm=killed&house=ucdp" in [way.replace("house=ucdp&harm=killed", "harm=killed&house=ucdp") for way in ways]
    assert page.xpath("//nav[@class='houses']//a[@aria-current]/text()") == [houses()["acled"].title]
    assert all("house=acled" in at for at in page.xpath("//a[@class='figure']/@href"))


def test_a_house_that_does_not_count_a_harm_says_so(looking: TestClient) -> None:
    [row, *_] = asked(looking, "harm=displaced")["rows"]
    page = receipt(looking, row["at"], "acled")
    assert page["rows"] == []
    assert "does not count the displaced" in page["toll"]["because"]
    assert {one["house"]: one["counts"] for one in page["others"]}["widest"]


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("harm=wounded", lambda row: "wounded" in row["harm"]),
        ("place=kibua", lambda row: "kibua" in row["place"].casefold()),
        ("party=lwambo", lambda row: "lwambo" in str(row["counts"] + row["passed"]).casefold()),
        ("standing=not-verified", lambda row: row["standing"] == "not-verified"),
        ("since=2025-06-11", lambda row: (row["last"] or row["first"]) >= "2025-06-11"),
    ],
)
def test_tolls_are_filtered(looking: TestClient, query: str, holds: Any) -> None:
    rows = asked(looking, query)["rows"]
    assert 0 < len(rows) < len(asked(looking)["rows"])
    assert all(holds(row) for row in rows)


def toll(low: float | None, high: float | None, best: float | None = None) -> TollRow:
    return TollRow(
        key="",
        house="widest",
        who=None,
        harm="killed",
        place=None,
        first=None,
        last=None,
        low=low,
        best=best,
        high=high,
        grade=None,
        counts=(),
        passed=(),
        reports=1,
        origins=1,
        standing=None,
        because="",
        at="/",
    )


def test_ranges_are_drawn_on_one_scale_with_open_sides_marked() -> None:
    nothing: Any = None
    rows = (toll(9, 9), toll(9, 900), toll(14, None), toll(None, 12), toll(None, None), toll(0, 1_000_000, 40))
    bars = TollsPage(title="", rows=rows, window=nothing, house=nothing, houses=(), added=None).bars
    assert bars[0].start == bars[1].start < bars[2].start
    assert bars[0].width < bars[1].width
    assert [(one.opens_low, one.opens_high) for one in bars] == [(False, False), (False, False), (False, True), (True, False), (True, True), (False, False)]
    assert all(one.start >= 0 and one.start + one.width <= ACROSS + 0.2 for one in bars)
    assert bars[5].best is not None
    assert 0 < bars[5].best < ACROSS


def test_what_is_no_house_or_toll_is_said(looking: TestClient) -> None:
    assert looking.get("/tolls?house=nobody").status_code == 422
    assert looking.get("/tolls/none").status_code == 404


def test_no_tolls_say_so(empty: Path) -> None:
    with client(empty) as asking:
        assert "No toll yet" in asking.get("/tolls").text


def test_a_part_of_a_greater_count_is_called_one(looking: TestClient, demo: Path) -> None:
    with Record.open(demo, readonly=True) as record:
        parts = {one.key for one in record.tolls() if one.counting == "part"}
    assert parts
    assert {row["key"] for row in asked(looking)["rows"] if row["counting"] == "part of a greater count"} == parts
    assert "part of a greater count" in looking.get("/tolls?per=1000").text
