from __future__ import annotations

from typing import Any

from counterclaim.publish.eventreport import COLUMNS, rows
from counterclaim.publish.events import total
from counterclaim.publish.material import Material
from tests.publish.factories import demo, figure, shelling, view


def read(found: Material) -> list[dict[str, Any]]:
    return [dict(zip((one.name for one in COLUMNS), row, strict=True)) for row in rows(view(found)).rows]


def test_one_row_for_each_report_of_each_event() -> None:
    found = demo()
    expected = sorted((story.key, name) for story in found.stories for name in story.reports if not total(view(found), story))
    assert sorted((row["event"], row["report"]) for row in read(found)) == expected


def test_a_row_holds_what_its_own_report_says_and_nothing_else() -> None:
    made = read(shelling(counts=[("Harrow", figure(9)), ("Ada", figure(14, exact=False))], denied_by="the rebels"))
    first, second, third = sorted(made, key=lambda row: row["report"])
    assert (first["attackers"], first["targets"], first["means"], first["killed_low"]) == (("the rebels",), ("the market",), ("shelling",), None)
    assert first["asserted_by"] == ("Daily < Grace Ilunga",)
    assert first["denied_by"] == ("Daily < the rebels (denies)",)
    assert (second["killed_low"], second["killed_high"], second["attackers"]) == (9, 9, ())
    assert (third["killed_low"], third["killed_high"], third["killed_words"]) == (14, None, ("14",))
    assert {row["event_reports"] for row in made} == {3}
    assert len({row["event"] for row in made}) == 1


def test_every_claim_of_a_story_stands_in_one_row() -> None:
    found = demo()
    assert sorted(key for row in read(found) for key in row["claims"]) == sorted(
        key for story in found.stories if not total(view(found), story) for key in story.claims
    )


def test_rows_of_one_event_stand_together() -> None:
    order = [row["event"] for row in read(demo())]
    assert len(set(order)) == len([one for one, before in zip(order, ["", *order], strict=False) if one != before])


def test_a_count_of_a_war_has_no_row_and_is_told() -> None:
    assert {one.partition("): ")[2] for one in rows(view(demo())).left_out} == {"a total, and no event: told as a running total"}
