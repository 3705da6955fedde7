from __future__ import annotations

from typing import Any

from counterclaim.knowledge.standards import columns
from counterclaim.publish.collapse import House
from counterclaim.publish.material import Material
from counterclaim.publish.ucdp import MARK, rows
from tests.publish.factories import demo, figure, shelling, view


def events(found: Material, house: House = "ucdp") -> list[dict[str, Any]]:
    table = rows(view(found), house)
    return [dict(zip((one.name for one in table.columns), row, strict=True)) for row in table.rows]


def test_the_columns_are_geds_in_their_order() -> None:
    assert tuple(one.name for one in rows(view(Material())).columns) == columns("ucdp")
    assert len(columns("ucdp")) == 49


def test_a_row_keeps_low_best_high_and_independent_origins() -> None:
    (row,) = events(shelling(counts=[("Harrow", figure(9)), ("Ben", figure(9)), ("Ada", figure(14, exact=False)), ("Cyr", figure(26))]))
    assert (row["low"], row["best"], row["high"]) == (9, 9, 26)
    assert (row["deaths_a"], row["deaths_b"], row["deaths_civilians"], row["deaths_unknown"]) == (0, 0, 0, 9)
    assert row["number_of_sources"] == 5
    assert row["source_original"] == "Ada; Ben; Cyr; Grace Ilunga; Harrow"
    assert row["source_office"] == "Daily; Paper 2; Paper 3; Paper 4; Paper 5"
    assert (row["where_prec"], row["geom_wkt"], row["adm_1"]) == (1, "POINT (28.5 -1.4)", "North Kivu")
    assert (row["id"], row["code_status"], row["dyad_name"]) == (None, MARK, None)


def test_the_dead_who_are_told_as_civilians() -> None:
    (row,) = events(shelling(counts=[("Harrow", figure(9))], who="civilians"))
    assert (row["deaths_civilians"], row["deaths_unknown"]) == (9, 0)


def test_a_disputed_event_is_less_clear() -> None:
    assert events(shelling(counts=[("Harrow", figure(9))]))[0]["event_clarity"] == 1
    assert events(shelling(counts=[("Harrow", figure(9))], denied_by="the rebels"))[0]["event_clarity"] == 2


def test_no_death_no_row() -> None:
    table = rows(view(shelling(counts=[("Harrow", figure(None, words="dozens"))])))
    assert not table.rows
    assert [one.partition(": ")[2] for one in table.left_out] == ["no number of deaths is told"]
    assert events(shelling(counts=[("Harrow", figure(None, words="dozens"))]), "acled")[0]["best"] == 12


def test_deaths_by_side_add_up_to_the_best() -> None:
    for row in events(demo()):
        assert sum(row[name] for name in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")) == row["best"]
        assert row["low"] <= row["best"] <= row["high"]
