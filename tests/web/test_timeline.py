"""The timeline: what is listed, how it is cut into days, weeks, months and years, and the strip drawn of it."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from starlette.testclient import TestClient

from counterclaim.record import Record
from counterclaim.web.pages.timeline import HEIGHT, WIDTH, EntryRow, TimelinePage, binned
from tests.web.asking import client


def asked(asking: TestClient, query: str = "") -> dict[str, Any]:
    found: dict[str, Any] = asking.get(f"/timeline.json?per=10000&{query}").json()
    return found


def entry(day: str | None, what: Any = "claim") -> EntryRow:
    first = dt.date.fromisoformat(day) if day else None
    return EntryRow(
        what=what, first=first, last=first, kind="attack", act="", who=("Wire",), place=None, says="", quote=None, reports=1, origins=None, standing=(), at="/"
    )


def test_every_story_and_claim_is_on_it(looking: TestClient, demo: Path) -> None:
    rows = asked(looking)["rows"]
    with Record.open(demo, readonly=True) as record:
        assert {row["at"] for row in rows} == {f"/claims/{one.key}" for one in record.claims()} | {f"/stories/{one.key}" for one in record.stories()}
    assert {row["what"] for row in asked(looking, "show=stories")["rows"]} == {"story"}
    assert {row["what"] for row in asked(looking, "show=claims")["rows"]} == {"claim"}


def test_the_latest_is_first_and_the_undated_last(looking: TestClient) -> None:
    days = [row["first"] or row["last"] for row in asked(looking)["rows"]]
    dated = [day for day in days if day]
    assert days == [*sorted(dated, reverse=True), *[None] * (len(days) - len(dated))]


def test_the_strip_counts_what_is_dated(looking: TestClient) -> None:
    page = asked(looking)
    assert sum(one["stories"] + one["claims"] for one in page["bins"]) == len(page["rows"]) - page["undated"]
    shown = lxml.html.document_fromstring(looking.get("/timeline").text).xpath("//a[@class='bin']")
    assert len(shown) == sum(bool(one["stories"] or one["claims"]) for one in page["bins"])


def test_a_column_opens_its_days(looking: TestClient) -> None:
    for at in lxml.html.document_fromstring(looking.get("/timeline").text).xpath("//a[@class='bin']/@href"):
        since, until = (part.partition("=")[2] for part in at.partition("?")[2].split("&"))
        rows = asked(looking, at.partition("?")[2])["rows"]
        assert rows
        for row in rows:
            assert (row["last"] or row["first"]) >= since
            assert (row["first"] or row["last"]) <= until


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("kind=control", lambda row: "control" in row["kind"]),
        ("place=kibua", lambda row: "kibua" in f"{row['place']} {row['says']} {row['quote']}".casefold()),
        ("party=lwambo", lambda row: "lwambo" in f"{row['who']} {row['says']}".casefold()),
        ("since=2023-12-18&until=2023-12-20", lambda row: (row["last"] or row["first"]) >= "2023-12-18" and (row["first"] or row["last"]) <= "2023-12-20"),
    ],
)
def test_it_is_filtered(looking: TestClient, query: str, holds: Any) -> None:
    rows = asked(looking, query)["rows"]
    assert 0 < len(rows) < len(asked(looking)["rows"])
    assert all(holds(row) for row in rows)


@pytest.mark.parametrize(
    ("days", "unit", "first", "count"),
    [
        (("2021-09-04", "2021-09-04"), "day", "2021-09-04", 1),
        (("2021-09-04", "2021-09-10"), "day", "2021-09-04", 7),
        (("2021-09-04", "2021-12-20"), "week", "2021-08-30", 17),
        (("2021-02-27", "2025-01-01"), "month", "2021-02-01", 48),
        (("2001-02-27", "2025-01-01"), "year", "2001-01-01", 25),
    ],
    ids=["one day", "days", "weeks begin on Monday", "months", "years"],
)
def test_the_unit_is_the_finest_that_can_be_read(days: tuple[str, str], unit: str, first: str, count: int) -> None:
    found, bins = binned([entry(day) for day in days], None, None)
    assert (found, str(bins[0].first), len(bins)) == (unit, first, count)
    assert all(one.last + dt.timedelta(days=1) == other.first for one, other in itertools.pairwise(bins))
    assert sum(one.claims for one in bins) == 2


def test_what_began_before_the_days_asked_for_counts_on_the_first_of_them() -> None:
    _, bins = binned([entry("2021-09-01"), entry("2021-09-06")], dt.date(2021, 9, 5), None)
    assert [(str(one.first), one.claims) for one in bins] == [("2021-09-05", 1), ("2021-09-06", 1)]


def test_the_strip_stays_in_its_frame() -> None:
    unit, bins = binned([entry("2021-09-01"), entry("2021-09-01", "story"), entry("2021-10-30"), entry(None)], None, None)
    window: Any = None
    strip = TimelinePage(title="", rows=(), window=window, unit=unit, bins=bins, undated=1).strip
    assert strip.most == 1
    assert len(strip.columns) == 2
    for one in strip.columns:
        assert 0 <= one.x <= one.x + one.width <= WIDTH + 1
        assert 0 < one.claims_y <= HEIGHT
    assert all(0 <= tick.x <= WIDTH for tick in strip.ticks)


def test_an_empty_timeline_says_so(empty: Path) -> None:
    with client(empty) as asking:
        assert "The timeline is empty" in asking.get("/timeline").text
