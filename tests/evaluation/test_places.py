"""The measure of toponyms: what is right, what pairs, and the command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from counterclaim.core.place import Place
from counterclaim.core.span import Span
from counterclaim.resolve.weighing import Resolution
from evaluation.places import is_right, kilometres, main, paired

KABUL = {"start": 0, "end": 5, "lat": 34.5, "lon": 69.2, "geonameid": 1138958}
NEAR_KABUL = Place("geonames:2", "Bagrami", 34.5, 69.3, "PPL", "AF")
PARIS = Place("geonames:3", "Paris", 48.9, 2.3, "PPLC", "FR")


def made(start: int, end: int, place: Place | None) -> Resolution:
    return Resolution(Span(start, end), place, (), "")


def report(*toponyms: dict[str, Any]) -> dict[str, Any]:
    return {"id": "r", "text": "Kabul and Paris and more words than are needed", "toponyms": list(toponyms)}


def test_a_hundred_miles_are_right_and_more_are_not() -> None:
    assert is_right(KABUL, NEAR_KABUL)
    assert not is_right(KABUL, PARIS)
    assert not is_right(KABUL, None)


def test_the_right_country_is_right_however_far_its_middle() -> None:
    russia = {"lat": 55.0, "lon": 37.0, "geonameid": 2017370}
    assert is_right(russia, Place("unit:RU", "Russia", 60.0, 100.0, "PCLI", "RU", code="geonames:2017370"))
    assert not is_right(russia, Place("unit:KZ", "Kazakhstan", 48.0, 68.0, "PCLI", "KZ", code="geonames:1522867"))


def test_a_place_without_a_point_is_not_right() -> None:
    assert not is_right(KABUL, Place("unit:AF.1.2", "Somewhere", None, None, "ADM2", "AF"))


def test_overlapping_names_pair_one_to_one() -> None:
    tally, _ = paired(report(KABUL), [made(0, 5, NEAR_KABUL), made(3, 8, NEAR_KABUL)])
    assert tally == (1, 1, 0)


def test_what_is_wrong_costs_twice_and_what_is_missed_once() -> None:
    assert paired(report(KABUL), [made(0, 5, PARIS)])[0] == (0, 1, 1)
    assert paired(report(KABUL), [])[0] == (0, 0, 1)


def test_a_toponym_without_coordinates_neither_rewards_nor_punishes() -> None:
    bare = {"start": 10, "end": 15, "lat": None, "lon": None, "geonameid": None}
    assert paired(report(bare), [made(10, 15, PARIS)])[0] == (0, 0, 0)
    assert paired(report(bare), [])[0] == (0, 0, 0)


def test_kilometres() -> None:
    assert kilometres(0, 0, 0, 1) == pytest.approx(111.2, abs=0.2)


def test_the_command_prints_both_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Shells fell on Aleppo in Syria."
    toponyms = [
        {"start": 15, "end": 21, "lat": 36.2, "lon": 37.16, "geonameid": 170063},
        {"start": 25, "end": 30, "lat": 35.0, "lon": 38.0, "geonameid": 163843},
    ]
    file = tmp_path / "own.jsonl"
    file.write_text(json.dumps({"id": "own", "text": text, "toponyms": toponyms}) + "\n")
    assert main([str(file), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["acc161"], figures["f1_161"]) == (100.0, 100.0)
