"""Lineage: every kinship once, under its source where one is known, with the sentences side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import lxml.html
import pytest
from starlette.testclient import TestClient

from counterclaim.record import Record
from tests.store.factories import make_report, received
from tests.web.asking import client

TEXT = (
    "Rebels shelled the market of Arvad on Sunday, killing 14 people, the doctor Anna Brok said. The governor, Pavel Osk, blamed the militia of Tarn. "
    "Nine of the dead were children, Brok told the Wire by telephone from her clinic. The army sent 300 men and two helicopters to the town on Monday."
)


def asked(asking: TestClient, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = asking.get(f"/lineage.json?per=1000&{query}").json()["rows"]
    return found


def test_every_kinship_is_listed_once_under_its_source(looking: TestClient, demo: Path) -> None:
    with Record.open(demo, readonly=True) as record:
        known = record.lineage()
    rows = asked(looking)
    assert len(rows) == len(known.kinships) == len({frozenset((row["source"], row["report"])) for row in rows})
    assert {(row["report"], row["source"]) for row in rows if row["depth"]} == set(known.parents.items()) != set()
    assert {row["relation"] for row in rows if not row["depth"]} <= {"possible"}


def test_a_pair_lays_the_sentences_side_by_side(looking: TestClient, demo: Path) -> None:
    with Record.open(demo, readonly=True) as record:
        kin = {frozenset((one.a, one.b)): one for one in record.lineage().kinships}
        texts = {report.id: " ".join(report.text.split()) for report in record.store.reports()}
    for row in asked(looking):
        page = looking.get(row["at"], headers={"accept": "application/json"}).json()
        one = kin[frozenset((row["source"], row["report"]))]
        assert (page["source"]["id"], page["report"]["id"]) == (row["source"], row["report"])
        assert len(page["rows"]) == len(one.aligned) == row["aligned"]
        for aligned in page["rows"]:
            assert aligned["source"] in texts[row["source"]]
            assert aligned["report"] in texts[row["report"]]
        assert 0 < page["of_report"] <= 1
        shown = lxml.html.document_fromstring(looking.get(row["at"]).text)
        assert len(shown.xpath("//table[@class='aligned']/tbody/tr")) == len(page["rows"])


def test_a_copy_of_a_copy_stands_deeper(empty: Path) -> None:
    second = TEXT.replace("on Monday", "on Monday, the Star of Arvad reports")
    third = second.replace("by telephone ", "").replace("Rebels shelled", "Rebel forces shelled")
    with Record.open(empty) as record:
        for name, text in (("a", TEXT), ("b", second), ("c", third)):
            record.store.add(received(make_report(name, text)), [], [])
        parents = record.lineage().parents
    with client(empty) as asking:
        rows = asked(asking)
        depths = {row["report"]: row["depth"] for row in rows if row["depth"]}
        for report, depth in depths.items():
            above = parents[report]
            assert depth == depths.get(above, 0) + 1
        assert len(lxml.html.document_fromstring(asking.get("/lineage").text).xpath("//ul[@class='tree']/li[starts-with(@class, 'step')]")) == len(rows) > 0


@pytest.mark.parametrize(
    ("query", "holds"),
    [("relation=copy", lambda row: row["relation"] == "copy"), ("q=corridor", lambda row: "corridor" in f"{row['source_outlet']} {row['outlet']}".casefold())],
)
def test_the_lineage_is_filtered(looking: TestClient, query: str, holds: Any) -> None:
    rows = asked(looking, query)
    assert 0 < len(rows) < len(asked(looking))
    assert all(holds(row) for row in rows)


def test_what_is_not_there_is_said(looking: TestClient, empty: Path) -> None:
    assert looking.get("/lineage/none").status_code == 404
    with client(empty) as asking:
        assert "No report here was taken from another" in asking.get("/lineage").text
