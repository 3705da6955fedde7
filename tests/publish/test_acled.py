from __future__ import annotations

from typing import Any

from counterclaim.core.claim import Attack, Casualties, Movement
from counterclaim.knowledge.standards import columns
from counterclaim.publish.acled import MARK, rows
from counterclaim.publish.cells import cell
from counterclaim.publish.collapse import House
from counterclaim.publish.material import Material
from tests.publish.factories import demo, figure, material, shelling, view
from tests.reconcile.factories import claim, control, link, m, report

DAY = "2025-06-10"


def events(found: Material, house: House = "acled") -> list[dict[str, Any]]:
    table = rows(view(found), house)
    return [dict(zip((one.name for one in table.columns), row, strict=True)) for row in table.rows]


def test_the_columns_are_acleds_in_their_order() -> None:
    assert tuple(one.name for one in rows(view(Material())).columns) == columns("acled")
    assert len(columns("acled")) == 31


def test_an_event_as_a_coder_reads_it() -> None:
    (row,) = events(shelling(counts=[("Harrow", figure(9)), ("Ada", figure(14, exact=False))], denied_by="the rebels"))
    assert row | {"notes": ""} == {
        **dict.fromkeys(columns("acled")),
        "event_id_cnty": row["event_id_cnty"],
        "event_date": row["event_date"],
        "year": 2025,
        "time_precision": 1,
        "disorder_type": "Political violence",
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Shelling/artillery/missile attack",
        "actor2": "Civilians",
        "inter2": "Civilians",
        "civilian_targeting": "Civilian targeting",
        "iso": 180,
        "country": "Democratic Republic of Congo",
        "admin1": "North Kivu",
        "admin2": "Walikale",
        "location": "Kibua",
        "latitude": -1.4,
        "longitude": 28.5,
        "geo_precision": 1,
        "source": "Daily; Paper 2; Paper 3",
        "notes": "",
        "fatalities": 9,
        "tags": row["tags"],
    }
    assert row["notes"] == (
        "On 10 June 2025, at Kibua: the rebels attacked market (shelling), as told by Grace Ilunga. Killed: 9 by Harrow; at least 14 by Ada. "
        "Disputed: that the rebels attacked the market (shelling), denied by the rebels; rebels disputes what Grace Ilunga says; "
        "two parties, Ada and Harrow, give counts on one day that cannot both hold. "
        "Fatalities here: 9 (the lowest figure told; house rule acled). 3 reports, 4 independent origins."
    )


def test_the_house_rule_is_the_users() -> None:
    made = shelling(counts=[("Harrow", figure(9)), ("Ada", figure(14))])
    assert [events(made, house)[0]["fatalities"] for house in ("acled", "least", "ucdp", "most")] == [9, 9, 9, 14]


def test_no_row_pretends_to_be_acleds() -> None:
    for row in events(demo()):
        assert row["event_id_cnty"].startswith("counterclaim:")
        assert row["tags"].startswith(MARK)
        assert row["timestamp"] is row["region"] is row["source_scale"] is None


def test_deaths_told_without_a_number_are_no_zero() -> None:
    for count, harm in ((figure(None, words="many"), ("killed",)), (figure(1000), ("killed", "wounded")), (None, ("losses",))):
        toll = Casualties(who=m("soldiers"), harm=harm, count=count, place=m("Kibua"))  # type: ignore[arg-type]
        (row,) = events(material([claim(toll, "Ada", days=DAY)], [report("r1")]))
        assert row["fatalities"] is None, harm
    assert events(shelling())[0]["fatalities"] == 0


def test_two_named_attackers_leave_the_actor_open_and_stand_in_the_notes() -> None:
    links = [link("the army", "Army", key="actor:a"), link("the rebels", "Rebels", key="actor:r"), link("Kibua", "Kibua", kind="place")]
    claims = [
        claim(Attack(actor=m(who), target=m("the market"), means="shelling", place=m("Kibua")), name, days=DAY, sentence=number)
        for number, (who, name) in enumerate((("the army", "Ada"), ("the rebels", "Ben")))
    ]
    (row,) = events(material(claims, [report("r1")], links))
    assert row["actor1"] is None
    assert "Army attacked market (shelling), as told by Ada" in row["notes"]
    assert "Rebels attacked market (shelling), as told by Ben" in row["notes"]


def test_what_has_no_row_is_told_with_its_reason() -> None:
    moved = claim(Movement(actor=m("families"), action="flee"), days=DAY)
    denied = claim(control("Kibua", "the army", "captured"), "Ada", act="denies", days=DAY, sentence=2)
    table = rows(view(material([moved, denied], [report("r1")])))
    assert not table.rows
    assert sorted(one.partition(": ")[2] for one in table.left_out) == ["movement or displacement alone", "nobody asserts it, or who did took it back"]


def test_a_foreign_army_regains_nothing() -> None:
    rows_by_place = {row["location"]: row for row in events(demo())}
    taken = rows_by_place["Avdiyivka"]
    assert (taken["actor1"], taken["inter1"], taken["sub_event_type"]) == ("Russian Armed Forces", "State forces", "Non-state actor overtakes territory")


def test_every_cell_of_the_demo_can_be_written() -> None:
    assert all(isinstance(cell(value), str) for row in rows(view(demo())).rows for value in row)
