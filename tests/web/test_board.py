"""The control board: what stands on a day, what is marked, and that every cell opens its sentences."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from starlette.testclient import TestClient

from counterclaim.core.board import Cell, Claimant, Ground
from counterclaim.reconcile import boardviews
from counterclaim.record import Record
from counterclaim.web.pages.board import marks, scrub

DAY = dt.date(2021, 9, 6)


def rows(asking: TestClient, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = asking.get(f"/board.json?per=1000&{query}").json()["rows"]
    return found


@pytest.mark.parametrize("day", [dt.date(2021, 9, 5), DAY, dt.date(2023, 12, 19), dt.date(2030, 1, 1)])
def test_a_day_shows_what_stands_on_it_and_nothing_else(looking: TestClient, demo: Path, day: dt.date) -> None:
    with Record.open(demo, readonly=True) as record:
        found = boardviews.on(record.board(), day)
    wanted = {(place.shown, word.cell.told, word.age) for place, words in found.items() for word in words}
    assert {(row["place"], row["told"], row["age"]) for row in rows(looking, f"day={day}") if row["day"] == str(day)} == wanted != set()


def test_before_anything_was_said_the_board_is_empty_and_says_so(looking: TestClient) -> None:
    assert rows(looking, "day=1999-01-01") == []
    assert "by the day looked at" in looking.get("/board?day=1999-01-01").text


def test_every_cell_opens_the_claims_it_rests_on(looking: TestClient) -> None:
    shown = lxml.html.document_fromstring(looking.get(f"/board?day={DAY}&per=100").text)
    opens = set(shown.xpath("//table//td//a/@href"))
    for row in rows(looking, f"day={DAY}"):
        assert row["at"] in opens
        cell = looking.get(row["at"], headers={"accept": "application/json"}).json()
        assert [claim["key"] for claim in cell["claims"]] == row["claims"] != []
        page = lxml.html.document_fromstring(looking.get(row["at"]).text)
        quoted = {"".join(one.itertext()).strip() for one in page.xpath("//blockquote")}
        assert {claim["quote"] for claim in cell["claims"]} <= quoted
        assert {claim["at_text"] for claim in cell["claims"]} <= set(page.xpath("//blockquote//a/@href"))


def test_what_gives_away_and_what_follows_is_marked_in_words(looking: TestClient) -> None:
    page = lxml.html.document_fromstring(looking.get(f"/board?day={DAY}&per=100").text)
    standing = [row for row in rows(looking, f"day={DAY}") if row["day"] == str(DAY)]
    for row in standing:
        [words] = ["".join(one.itertext()) for one in page.xpath("//td[@class='now']//a[@href=$at]", at=row["at"])]
        names = {"concedes": row["concedes"], "follows": row["how"] == "derived", "disputed": bool(row["disputed_by"]), "doubted": row["open"]}
        # The sentence that a reader of the page hears may itself say "follows from", so marks alone are asked.
        marks_of = {"".join(one.itertext()).strip() for one in page.xpath("//td[@class='now']//a[@href=$at]//span[contains(@class, 'mark')]", at=row["at"])}
        assert {name for name, is_so in names.items() if is_so} == marks_of & set(names), words
    assert any(row["concedes"] for row in rows(looking, f"day={DAY}"))
    assert any(row["how"] == "derived" for row in rows(looking, f"day={DAY}"))


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("place=panjshir", lambda row: "panjshir" in f"{row['place']} {row['place_in']}".casefold()),
        ("claimant=TALIBAN", lambda row: "taliban" in row["claimant"].casefold()),
        ("within=1", lambda row: row["age"] <= 1),
    ],
)
def test_the_board_is_filtered(looking: TestClient, query: str, holds: Any) -> None:
    found = rows(looking, f"day={DAY}&{query}")
    assert 0 < len(found) < len(rows(looking, f"day={DAY}"))
    assert all(holds(row) for row in found)


@pytest.mark.parametrize("mark", ["disputed", "conceded", "derived"])
def test_places_are_found_by_what_is_marked(looking: TestClient, mark: str) -> None:
    names = {"disputed": lambda row: row["disputed_by"], "conceded": lambda row: row["concedes"], "derived": lambda row: row["how"] == "derived"}
    found = rows(looking, f"day={DAY}&mark={mark}")
    assert found
    for place in {row["place"] for row in found}:
        assert any(names[mark](row) for row in found if row["place"] == place)


def test_the_arrows_walk_every_day_of_which_something_is_said(looking: TestClient, demo: Path) -> None:
    with Record.open(demo, readonly=True) as record:
        days = [str(day) for day in boardviews.days(record.board())]
    at, walked = "/board", []
    while at:
        page = lxml.html.document_fromstring(looking.get(at).text)
        walked += page.xpath("//input[@id='scrub-day']/@value")
        at = next(iter(page.xpath("//form[@class='scrub']//a[@rel='prev']/@href")), "")
    assert walked == days[::-1]


def test_a_day_between_the_days_has_neighbours() -> None:
    days = (dt.date(2021, 9, 1), dt.date(2021, 9, 9))
    between = scrub(days, dt.date(2021, 9, 5))
    assert (between.previous, between.next) == days
    assert scrub((), None).days == ()


def test_a_cell_may_have_several_marks() -> None:
    cell = Cell(
        place=Ground("p", "Arvad"),
        claimant=Claimant("c", None),
        first=None,
        last=None,
        says="does-not-hold",
        holders=("Rebels",),
        change="lost",
        basis="denied",
        told="",
        claims=(),
        origins=1,
        reports=1,
        concedes=True,
        open=True,
        withdrawn=True,
        disputed_by=("d",),
    )
    assert marks(cell) == ("denied", "conceded", "open", "disputed", "withdrawn")


def test_a_cell_that_is_not_there_is_not_found(looking: TestClient) -> None:
    assert looking.get("/board/none").status_code == 404
