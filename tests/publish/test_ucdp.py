from __future__ import annotations

from typing import Any

import pytest

from counterclaim.core.claim import Attack, Casualties, Fighting
from counterclaim.core.link import Candidate, Link, Located
from counterclaim.knowledge.actors import actors
from counterclaim.knowledge.standards import columns
from counterclaim.publish.material import Material
from counterclaim.publish.ucdp import MARK, rows
from tests.publish.factories import MARKET, demo, figure, material, shelling, view
from tests.reconcile.factories import claim, link, m, report

DAY = "2025-06-10"


def events(found: Material, house: str = "ucdp") -> list[dict[str, Any]]:
    table = rows(view(found), house)
    return [dict(zip((one.name for one in table.columns), row, strict=True)) for row in table.rows]


def test_the_columns_are_geds_in_their_order() -> None:
    assert tuple(one.name for one in rows(view(Material())).columns) == columns("ucdp")
    assert len(columns("ucdp")) == 49


def test_a_row_keeps_low_best_high_and_independent_origins() -> None:
    made = shelling(counts=[("Harrow", figure(9)), ("Ben", figure(9)), ("Ada", figure(14)), ("Cyr", figure(26))])
    (row,) = events(made)
    assert (row["low"], row["best"], row["high"]) == (9, None, 26)
    assert (row["deaths_a"], row["deaths_b"], row["deaths_civilians"], row["deaths_unknown"]) == (None, None, None, None)
    (row,) = events(made, "acled")
    assert (row["low"], row["best"], row["high"]) == (9, 9, 9)
    assert (row["deaths_a"], row["deaths_b"], row["deaths_civilians"], row["deaths_unknown"]) == (0, 0, 0, 9)
    assert row["number_of_sources"] == 5
    assert row["source_original"] == "Ada; Ben; Cyr; Grace Ilunga; Harrow"
    assert row["source_office"] == "Daily; Paper 2; Paper 3; Paper 4; Paper 5"
    assert (row["where_prec"], row["geom_wkt"], row["adm_1"]) == (1, "POINT (28.5 -1.4)", "North Kivu")
    assert (row["id"], row["code_status"], row["dyad_name"]) == (None, MARK, None)


@pytest.mark.parametrize(
    ("who", "column"),
    [
        *((who, "deaths_civilians") for who in ("civilians", "nine children", "women and children", "residents", "patients", "nine villagers")),
        *((who, "deaths_unknown") for who in ("men", "nine young men", "people", "bodies", "guards", "women fighters", "army families", "the dead")),
    ],
)
def test_only_who_is_said_to_be_a_civilian_is_one(who: str, column: str) -> None:
    (row,) = events(shelling(counts=[("Harrow", figure(9))], who=who))
    assert row[column] == row["best"] == 9
    assert sum(row[name] for name in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")) == 9


def test_the_dead_of_the_only_state_and_the_only_group_are_theirs() -> None:
    army = next(actor for actor in actors() if actor.name == "Russian Armed Forces")
    group = next(actor for actor in actors() if actor.kind == "armed-group")
    links = [MARKET, link("the army", army.name, key=army.key), link("the group", group.name, key=group.key)]
    claims = [claim(Fighting(sides=m("the army", "the group"), place=m("Kibua")), "Ada", days=DAY)]
    counts = (("soldiers", 12), ("rebels", 4), ("villagers", 7), ("men", 2))
    for number, (who, count) in enumerate(counts, 1):
        claims.append(claim(Casualties(who=m(who), harm=("killed",), count=figure(count), place=m("Kibua")), "Ada", days=DAY, sentence=number))
    (row,) = events(material(claims, [report("r1")], links))
    state, other = ("deaths_a", "deaths_b") if row["side_a"] == army.name else ("deaths_b", "deaths_a")
    assert (row["type_of_violence"], row[state], row[other], row["deaths_civilians"], row["deaths_unknown"]) == (1, 12, 4, 7, None)
    assert (row["low"], row["best"], row["high"]) == (23, None, 25)
    (row,) = events(material(claims, [report("r1")], links), "acled")
    assert (row["deaths_unknown"], row["best"]) == (0, 23)


@pytest.mark.parametrize(
    ("days", "precision"),
    [
        ("2025-06-10", 1),
        ("2025-06-09/2025-06-10", 2),
        ("2025-06-05/2025-06-10", 2),
        ("2025-06-04/2025-06-10", 3),
        ("2025-06-01/2025-06-30", 4),
        ("2025-04-01/2025-06-30", 5),
    ],
)
def test_days_as_ucdp_codes_them(days: str, precision: int) -> None:
    attack = Attack(target=m("nine people"), place=m("Kibua"))
    toll = Casualties(who=m("people"), harm=("killed",), count=figure(9), place=m("Kibua"))
    (row,) = events(material([claim(attack, "Ada", days=days), claim(toll, "Ada", days=days)], [report("r1")]))
    assert row["date_prec"] == precision


@pytest.mark.parametrize(
    ("precision", "of", "code"), [("exact", False, 1), ("district", True, 2), ("district", False, 3), ("province", False, 4), ("country", False, 6)]
)
def test_places_as_ucdp_codes_them(precision: Any, of: bool, code: int) -> None:
    at = Located(precision, country="CD", province="North Kivu", lat=-1.4, lon=28.5, of=of)
    toll = Casualties(who=m("people"), harm=("killed",), count=figure(9), place=m("Kibua"))
    (row,) = events(material([claim(toll, "Ada", days=DAY)], [report("r1")], [Link("r1", "Kibua", "place", Candidate("Kibua", "geo:1", 1.0, at), "made up")]))
    assert row["where_prec"] == code


def test_a_disputed_event_is_less_clear() -> None:
    assert events(shelling(counts=[("Harrow", figure(9))]))[0]["event_clarity"] == 1
    assert events(shelling(counts=[("Harrow", figure(9))], denied_by="the rebels"))[0]["event_clarity"] == 2


def test_no_death_no_row() -> None:
    table = rows(view(shelling(counts=[("Harrow", figure(None, words="dozens"))])))
    assert not table.rows
    assert [one.partition("): ")[2] for one in table.left_out] == ["no number of deaths is told"]
    assert events(shelling(counts=[("Harrow", figure(None, words="dozens"))]), "acled")[0]["best"] == 12


def test_deaths_by_side_add_up_to_the_best() -> None:
    found = [row for row in events(demo(), "acled") if row["best"] is not None]
    assert found
    for row in found:
        assert sum(row[name] for name in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")) == row["best"]
    for row in events(demo()):
        assert row["low"] is None or row["high"] is None or row["low"] <= row["high"]
        assert row["best"] is None or row["low"] is None or row["low"] <= row["best"]
