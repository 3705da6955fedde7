"""The map: points as the gazetteer has them, none made up; windows; marks that are told apart."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from starlette.testclient import TestClient

from counterclaim.errors import CounterclaimError
from counterclaim.knowledge.outlines import Box
from counterclaim.record import Record
from counterclaim.web.pages.map import HEIGHT, WIDTH, MapRow, box_of, drawn

AT = "/map?place=panjshir&day=2021-09-06"


def asked(asking: TestClient, at: str = AT) -> dict[str, Any]:
    found: dict[str, Any] = asking.get(at, headers={"accept": "application/json"}).json()
    return found


def place(number: int, lon: float, lat: float, **more: Any) -> MapRow:
    given: dict[str, Any] = {
        "number": number,
        "place": f"Place {number}",
        "place_key": None,
        "place_in": "",
        "precision": "exact",
        "lat": lat,
        "lon": lon,
        "disputed": False,
        "holders": ("Rebels",),
        "says": ("Rebels: hold it",),
        "claims": (),
        "at": f"#place-{number}",
    }
    return MapRow(**given | more)


def test_points_are_those_of_the_links_and_none_is_made_up(looking: TestClient, demo: Path) -> None:
    with Record.open(demo, readonly=True) as record:
        points = {link.target.key: link.target.at for link in record.registry().links if link.target and link.target.at}
    rows = asked(looking, "/map?per=1000")["rows"]
    assert any(row["number"] is None for row in rows)
    for row in rows:
        at = points.get(row["place_key"])
        assert (row["lat"], row["lon"]) == ((at.lat, at.lon) if at else (None, None))
        assert row["precision"] == (at.precision if at else "unknown")
        assert (row["number"] is None) == (row["lat"] is None)


def test_the_marks_are_the_places_of_the_table(looking: TestClient) -> None:
    page = lxml.html.document_fromstring(looking.get(AT).text)
    [svg] = page.xpath("//svg[@class='earth']")
    rows = asked(looking)["rows"]
    placed = [row for row in rows if row["number"]]
    marks = svg.xpath(".//a")
    counted = sum(int("".join(mark.xpath(".//text/text()")).strip("×")) if "several" in mark.get("class") else 1 for mark in marks)
    assert counted == len(placed) > 1
    for mark in marks:
        if "several" not in mark.get("class"):
            [row] = [row for row in placed if str(row["number"]) == "".join(mark.xpath(".//text/text()"))]
            assert ("hollow" in mark.get("class").split()) == (row["precision"] != "exact")
            assert ("disputed" in mark.get("class").split()) == row["disputed"]
            assert row["place"] in mark.get("aria-label")
    assert len(page.xpath("//table[contains(@class, 'places')]/tbody/tr")) == len(rows)


def test_a_mark_opens_its_word_or_its_row(looking: TestClient) -> None:
    for row in asked(looking, "/map?per=1000")["rows"]:
        if row["at"].startswith("#"):
            assert lxml.html.document_fromstring(looking.get("/map?per=500").text).xpath("//tr[@id=$at]", at=row["at"][1:])
        else:
            assert looking.get(row["at"]).status_code == 200


def test_a_closer_look_tells_places_apart(looking: TestClient) -> None:
    page = lxml.html.document_fromstring(looking.get("/map").text)
    nearer = page.xpath("//svg[@class='earth']//a[contains(@class, 'several')]/@href")
    assert nearer
    for at in nearer:
        assert len(asked(looking, at.replace("/map?", "/map.json?"))["rows"]) >= 2
        closer = lxml.html.document_fromstring(looking.get(at).text)
        assert closer.xpath("//svg[@class='earth']//a[not(contains(@class, 'several'))]")


def test_every_way_leads_to_a_window(looking: TestClient) -> None:
    todo = ["/map?box=20,10,40,30"]
    seen: set[str] = set()
    while todo and len(seen) < 20:
        at = todo.pop(0)
        if at in seen:
            continue
        seen.add(at)
        answer = looking.get(at)
        assert answer.status_code == 200, at
        todo += lxml.html.document_fromstring(answer.text).xpath("//nav[@class='moves']//a/@href")
    assert len(seen) == 20


@pytest.mark.parametrize("box", ["1", "1,2,3", "a,b,c,d", "10,0,5,5", "0,5,5,0", "-200,0,5,5", "0,-95,5,5", "nan,0,1,1", "0,0,inf,1", "0,0,0,0"])
def test_what_is_no_window_is_said(looking: TestClient, box: str) -> None:
    assert looking.get("/map", params={"box": box}).status_code == 422
    with pytest.raises(CounterclaimError):
        box_of(box)


@pytest.mark.parametrize("box", ["30,10,34,14", "-180,-90,180,90", "0,50,0.1,60", "100,88,170,90"])
def test_a_window_has_the_shape_of_the_drawing_and_stays_on_the_earth(box: str) -> None:
    found = box_of(box)
    assert found is not None
    west, south, east, north = (float(part) for part in box.split(","))
    assert -180 <= found.west <= west
    assert -90 <= found.south <= south
    assert east <= found.east <= 180
    assert north <= found.north <= 90
    if found.east - found.west < 359 and found.north - found.south < 179:
        middle = math.cos(math.radians((south + north) / 2))
        assert (found.east - found.west) * middle / (found.north - found.south) == pytest.approx(WIDTH / HEIGHT, rel=0.01)


def test_places_at_one_point_stand_side_by_side_and_near_ones_are_one_mark() -> None:
    box = Box(20, 0, 40, 12.4)
    same = drawn(box, [place(1, 30, 5), place(2, 30, 5)], {"Rebels": 1})
    assert [dot.text for dot in same.dots] == ["1", "2"]
    assert same.dots[1].x - same.dots[0].x == 24
    near = drawn(box, [place(1, 30, 5), place(2, 30.2, 5), place(3, 35, 5)], {"Rebels": 1})
    assert [(dot.text, dot.places) for dot in near.dots] == [("×2", 2), ("3", 1)]


def test_two_who_are_said_to_hold_it_share_a_mark() -> None:
    [dot] = drawn(Box(20, 0, 40, 12.4), [place(1, 30, 5, holders=("Rebels", "Army"))], {"Rebels": 1, "Army": 2}).dots
    assert [sector.tone for sector in dot.sectors] == [1, 2]
    assert len({sector.path for sector in dot.sectors}) == 2


def test_labels_do_not_cover_marks_or_one_another() -> None:
    rows = [place(number, 30 + number % 4, 4 + number // 4, place="A name of some length") for number in range(1, 17)]
    dots = drawn(Box(28, 2, 36, 7), rows, {}).dots
    boxes = []
    for dot in dots:
        if dot.label:
            left = {"start": dot.label_x, "end": dot.label_x - len(dot.label) * 6.9, "middle": dot.label_x - len(dot.label) * 3.45}[dot.anchor]
            boxes.append((left, dot.label_y - 12, left + len(dot.label) * 6.9, dot.label_y + 3))
    assert boxes
    for number, one in enumerate(boxes):
        assert all(one[2] <= other[0] or one[0] >= other[2] or one[3] <= other[1] or one[1] >= other[3] for other in boxes[:number])


def test_a_district_is_drawn_as_an_outline_too(looking: TestClient) -> None:
    units = lxml.html.document_fromstring(looking.get("/map?place=panjshir&day=2021-09-06").text).xpath("//path[starts-with(@class, 'unit')]")
    assert len(units) >= 1


def test_the_day_and_the_claimant_choose_the_words(looking: TestClient) -> None:
    early, late = (asked(looking, f"/map?day={day}&per=1000")["rows"] for day in (dt.date(2021, 9, 4), dt.date(2025, 6, 12)))
    assert 0 < len(early) < len(late)
    for words in asked(looking, "/map?claimant=taliban&per=1000")["words"]:
        assert all("taliban" in one["claimant"].casefold() for one in words)


def test_an_empty_map_says_so(writing: TestClient) -> None:
    assert "The map is empty" in writing.get("/map").text
