"""Toponyms resolved in context: the table of cases, and what holds of every report."""

from __future__ import annotations

from functools import cache
from math import asin, cos, radians, sin, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.clean.segments import lines
from counterclaim.core.folding import folded
from counterclaim.core.place import Place
from counterclaim.core.span import Span
from counterclaim.knowledge.gazetteer import Gazetteer
from counterclaim.knowledge.weights import load
from counterclaim.parse.engine import Engine
from counterclaim.parse.lemmas import Lemmas
from counterclaim.parse.trained import TrainedParser
from counterclaim.resolve.located import precision
from counterclaim.resolve.places import Resolver
from counterclaim.resolve.toponyms import toponyms
from counterclaim.resolve.weighing import Resolution
from tests.cases import Case, params


@cache
def resolver() -> Resolver:
    return Resolver(Gazetteer())


@cache
def parser() -> TrainedParser:
    return TrainedParser(Engine(None, claims=False), Lemmas(load(None).lemmas), None)


def resolved(text: str) -> list[Resolution]:
    """Every toponym of a text with what it names."""
    names = parser()(text, lines(text)).names
    return resolver()(text, toponyms(text, names, lambda name: resolver().candidates.of(name).found))


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    a, b = radians(lat1), radians(lat2)
    return 12742 * asin(sqrt(sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(lon2 - lon1) / 2) ** 2))


def is_named(case: Case, place: Place) -> bool:
    """Whether the place is the one of the case: in its country, near its point where it has one, else of its name."""
    if case["country"] and place.country not in (case["country"], None):
        return False
    if case["near"] and place.lat is not None and place.lon is not None:
        lat, lon = case["near"]
        return kilometres(lat, lon, place.lat, place.lon) <= float(case["within_km"])
    wanted, found = folded(case["name"]), folded(place.name)
    return wanted in found or found in wanted


@pytest.mark.parametrize("case", params("places"))
def test_table(case: Case) -> None:
    start = case["text"].index(case["place"])
    span = Span(start, start + len(case["place"]))
    found = [r for r in resolved(case["text"]) if r.span.meets(span) and r.place is not None and not r.is_people]
    if case["name"] is None:
        assert not found
        return
    assert [r for r in found if r.place is not None and is_named(case, r.place)]
    if case["level"] in ("province", "district", "country"):
        assert {precision(r.place, is_feature=r.is_feature) for r in found if r.place is not None} & {case["level"]}


def test_a_name_with_nothing_beside_it_stays_open_with_its_candidates() -> None:
    [found] = resolver()("Shots were heard in Santa Rosa.", [Span(20, 30)])
    assert found.place is None
    assert len(found.candidates) > 1
    assert "nothing in the report" in found.because


def test_a_name_in_no_gazetteer_stays_open_and_says_so() -> None:
    [found] = resolver()("Shots were heard in Xyrbloq.", [Span(20, 27)])
    assert (found.place, found.candidates) == (None, ())
    assert "no gazetteer" in found.because


def test_no_point_is_made_up_for_a_district_without_one() -> None:
    text = "Fighters entered Rukhah district in Panjshir, Afghanistan."
    found = {r.span.of(text): r.place for r in resolver()(text, [Span(17, 23), Span(36, 44), Span(46, 57)])}
    place = found["Rukhah"]
    assert place is not None
    assert (place.feature, place.lat, place.lon) == ("ADM2", None, None)


NAMES = st.lists(st.sampled_from(["Paris", "Tripoli", "Kabul", "Texas", "Georgia", "Santa Rosa", "Xyrbloq", "Aleppo", "Cordoba"]), min_size=1, max_size=8)


@given(NAMES)
def test_shares_are_shares_and_a_name_means_one_place(names: list[str]) -> None:
    text, spans = "", []
    for name in names:
        text += "In "
        spans.append(Span(len(text), len(text) + len(name)))
        text += f"{name} all was quiet. "
    found = resolver()(text, spans)
    assert [r.span for r in found] == spans
    meant: dict[str, Place | None] = {}
    for r in found:
        assert sum(share for _, share in r.candidates) <= 1.01
        assert meant.setdefault(r.span.of(text), r.place) == r.place


@given(st.text(max_size=200))
def test_any_text_is_resolved_without_error(text: str) -> None:
    spans = [Span(m, min(m + 7, len(text))) for m in range(0, len(text), 11)]
    assert len(resolver()(text, spans)) == len(spans)
