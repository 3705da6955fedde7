"""Aid and need: each figure with the sentence it stands in, sums and units checked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import lxml.html
import pytest
from starlette.testclient import TestClient

from counterclaim.core.claim import Aid
from counterclaim.core.figure import Figure
from counterclaim.core.mention import Mention
from counterclaim.core.span import Span
from counterclaim.record import Record
from tests.store.factories import make_claim, make_report, received
from tests.web.asking import client

TEXT = "The trust sent 480 tonnes of food. It was 210 tonnes of flour. And 150 tonnes of rice. And 100 tonnes of beans."


def asked(asking: TestClient, query: str = "") -> dict[str, Any]:
    found: dict[str, Any] = asking.get(f"/amounts.json?per=1000&{query}").json()
    return found


@pytest.fixture
def summed(empty: Path) -> Path:
    """A record of a total of 480 tonnes with parts that make 460."""
    report = make_report("trust", TEXT)
    claims = []
    for goods, tonnes in (("food", 480), ("flour", 210), ("rice", 150), ("beans", 100)):
        start = TEXT.index(f"{tonnes} tonnes")
        begin, end = TEXT.rindex(". ", 0, start) + 2 if ". " in TEXT[:start] else 0, TEXT.index(".", start) + 1
        proposition = Aid(donor=(Mention("The trust"),), goods=(goods,), amount=Figure(tonnes, tonnes, f"{tonnes} tonnes", "tonnes"), stage="sent")
        claims.append(make_claim(report, Span(begin, end), proposition))
    with Record.open(empty) as record:
        record.store.add(received(report), claims, [])
    return empty


def test_every_shipment_and_need_of_the_record_is_listed(looking: TestClient, demo: Path) -> None:
    page = asked(looking)
    with Record.open(demo, readonly=True) as record:
        known = {one.key: one for one in record.amounts()}
    assert {row["key"] for row in page["rows"]} == set(known)
    for row, told in zip(page["rows"], page["told"], strict=True):
        assert [one["words"] for one in told] == [one.words or "" for one in known[row["key"]].told]
    shown = lxml.html.document_fromstring(looking.get("/amounts?per=500").text)
    assert {one["at_text"] for told in page["told"] for one in told} <= set(shown.xpath("//table//ul//a/@href"))


def test_a_sum_that_does_not_come_out_is_first_and_shown_with_its_parts(summed: Path) -> None:
    with client(summed) as asking:
        page = asked(asking)
        assert (page["checked"], page["disagreeing"]) == (1, 1)
        assert page["rows"][0]["sum"] == "disagrees"
        assert [(one["role"], one["words"]) for one in page["told"][0]] == [
            ("total", "480 tonnes"),
            ("part", "210 tonnes"),
            ("part", "150 tonnes"),
            ("part", "100 tonnes"),
        ]
        text = asking.get("/amounts").text
        assert "sum disagrees" in " ".join("".join(lxml.html.document_fromstring(text).itertext()).split())
        assert "does not add up" in " ".join(text.split()) or "do not add up" in " ".join(text.split())
        assert asked(asking, "sums=agrees")["rows"] == []
        assert len(asked(asking, "sums=disagrees")["rows"]) == 1


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("what=need", lambda row: row["what"] == "need"),
        ("what=aid&stage=pledged", lambda row: row["stage"] == "pledged"),
        ("who=RELIEF", lambda row: "relief" in row["who"].casefold()),
        ("goods=flour", lambda row: "flour" in str(row["goods"]).casefold()),
        ("place=kashebere", lambda row: "kashebere" in row["place"].casefold()),
        ("since=2025-01-01", lambda row: row["day"] >= "2025-01-01"),
    ],
)
def test_amounts_are_filtered(looking: TestClient, query: str, holds: Any) -> None:
    rows = asked(looking, query)["rows"]
    assert 0 < len(rows) < len(asked(looking)["rows"])
    assert all(holds(row) for row in rows)


def test_a_row_opens_its_finding(looking: TestClient) -> None:
    for row in asked(looking)["rows"]:
        assert looking.get(row["at"]).status_code == 200


def test_no_amounts_say_so(empty: Path) -> None:
    with client(empty) as asking:
        assert "claims of aid and of need" in asking.get("/amounts").text
