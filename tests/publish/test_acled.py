from __future__ import annotations

from typing import Any

import msgspec
import pytest

from counterclaim.core.claim import Attack, Casualties, Movement
from counterclaim.core.link import Candidate, Link, Located
from counterclaim.core.span import Evidence
from counterclaim.knowledge.actors import actors
from counterclaim.knowledge.houses import houses
from counterclaim.knowledge.standards import columns
from counterclaim.publish.acled import MARK, rows
from counterclaim.publish.cells import cell
from counterclaim.publish.material import Material
from tests.publish.factories import MARKET, demo, figure, material, shelling, view
from tests.reconcile.factories import claim, control, killed, link, m, report

DAY = "2025-06-10"


def events(found: Material, house: str = "acled") -> list[dict[str, Any]]:
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
        "Fatalities here: 9 (one number: the lowest figure told; house rule acled). 3 reports, 4 independent origins."
    )


def test_the_house_rule_is_the_users() -> None:
    made = shelling(counts=[("Harrow", figure(9)), ("Ada", figure(14))])
    found = {house: events(made, house)[0]["fatalities"] for house in houses()}
    assert found == {"widest": None, "acled": 9, "ucdp": None, "airwars": None, "most": 9, "least": 14}
    assert "Fatalities here: 9 to 14 (" in events(made, "widest")[0]["notes"]


def test_no_row_pretends_to_be_acleds() -> None:
    for row in events(demo()):
        assert row["event_id_cnty"].startswith("counterclaim:")
        assert row["tags"].startswith(MARK)
        assert row["timestamp"] is row["region"] is row["source_scale"] is None


def test_deaths_told_without_a_number_are_no_zero() -> None:
    for count, harm in ((figure(None, words="many"), ("killed",)), (figure(1000), ("losses",)), (None, ("losses",))):
        toll = Casualties(who=m("soldiers"), harm=harm, count=count, place=m("Kibua"))  # type: ignore[arg-type]
        (row,) = events(material([claim(toll, "Ada", days=DAY)], [report("r1")]))
        assert row["fatalities"] is None, harm
    assert events(shelling())[0]["fatalities"] == 0


def test_a_union_of_harms_has_the_floor_that_the_house_gives_it() -> None:
    toll = Casualties(who=m("rebels"), harm=("killed", "captured"), count=figure(25), place=m("Kibua"))
    (row,) = events(material([claim(toll, "Ada", days=DAY)], [report("r1")]))
    assert row["fatalities"] == 0
    assert "25 killed or captured (rebels), as told by Ada" in row["notes"]
    assert "only a union of harms gives a number" in row["notes"]


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
    assert sorted(one.partition("): ")[2] for one in table.left_out) == ["movement or displacement alone", "nobody asserts it, or who did took it back"]


def test_a_foreign_army_regains_nothing() -> None:
    army = next(actor for actor in actors() if actor.name == "Russian Armed Forces")
    links = [link("Kibua", "Kibua", key="geo:1", kind="place"), link("Russian troops", army.name, key=army.key)]
    (row,) = events(material([claim(control("Kibua", "Russian troops", "captured"), "Ada", days=DAY)], [report("r1")], [MARKET, *links[1:]]))
    assert (row["actor1"], row["inter1"], row["sub_event_type"]) == ("Russian Armed Forces", "State forces", "Non-state actor overtakes territory")


def test_a_weapon_a_building_and_men_are_no_actors() -> None:
    attack = Attack(actor=m("a mortar shell"), target=m("a house in Kibua"), means="shelling", place=m("Kibua"))
    links = [link("a mortar shell", "mortar shell", key="x1"), link("a house in Kibua", "house in Kibua", key="x2#house")]
    (row,) = events(material([claim(attack, "Ada", days=DAY)], [report("r1")], links))
    assert (row["actor1"], row["actor2"], row["civilian_targeting"]) == (None, None, None)
    attack = Attack(actor=m("rebels"), target=m("nine men"), means="shooting", place=m("Kibua"))
    (row,) = events(material([claim(attack, "Ada", days=DAY)], [report("r1")]))
    assert (row["event_type"], row["actor2"], row["civilian_targeting"]) == ("", None, None)


@pytest.mark.parametrize(
    ("days", "day", "precision"),
    [("2025-06-10", "2025-06-10", 1), ("2025-06-08/2025-06-10", "2025-06-09", 2), ("2025-06-01/2025-06-30", "2025-06-15", 3)],
)
def test_days_as_acled_codes_them(days: str, day: str, precision: int) -> None:
    (row,) = events(material([claim(control("Kibua", "army", "captured"), "Ada", days=days)], [report("r1")]))
    assert (str(row["event_date"]), row["time_precision"]) == (day, precision)


def located(precision: str) -> Link:
    at = Located(precision, country="CD", province="North Kivu", lat=-1.4, lon=28.5)  # type: ignore[arg-type]
    return Link("r1", "Kibua", "place", Candidate("Kibua", "geo:1", 1.0, at), "made up")


@pytest.mark.parametrize(
    ("why", "days", "place", "reason"),
    [
        ("a day by which", "/2025-06-10", "Kibua", "no day is told, only one by which it was over (`--week` takes the week before it)"),
        ("longer than a month", "2025-04-01/2025-06-10", "Kibua", "its days are told less closely than to a month"),
        ("no place", DAY, "the town", "no place is told"),
    ],
)
def test_what_acleds_codes_have_no_value_for_has_no_row(why: str, days: str, place: str, reason: str) -> None:
    table = rows(view(material([claim(control(place, "army", "captured"), "Ada", days=days)], [report("r1")])))
    assert not table.rows, why
    assert [line.partition("): ")[2] for line in table.left_out] == [reason]


def test_a_day_by_which_it_was_over_is_a_week_where_that_is_asked_for() -> None:
    made = view(material([claim(control("Kibua", "army", "captured"), "Ada", days="/2025-06-10")], [report("r1")]))
    table = rows(made, is_week=True)
    (row,) = [dict(zip((one.name for one in table.columns), cells, strict=True)) for cells in table.rows]
    assert (str(row["event_date"]), row["time_precision"]) == ("2025-06-07", 2)
    assert str(row["notes"]).startswith("By 10 June 2025, at Kibua: ")


def test_a_country_is_no_place_to_acled_and_a_place_in_no_gazetteer_is_left_to_the_coder() -> None:
    made = claim(control("Kibua", "army", "captured"), "Ada", days=DAY)
    assert [one["geo_precision"] for one in events(material([made], [report("r1")], [located("province")]))] == [3]
    table = rows(view(material([made], [report("r1")], [located("country")])))
    assert [line.partition("): ")[2] for line in table.left_out] == ["no place is told but a country"]
    table = rows(view(material([made], [report("r1")])))
    assert len(table.rows) == len(table.open) == 1
    assert "“Kibua” is in no gazetteer in use" in table.open[0]


def test_every_cell_of_the_demo_can_be_written() -> None:
    assert all(isinstance(cell(value), str) for row in rows(view(demo())).rows for value in row)


def test_a_count_of_a_war_is_no_event_and_no_figure_of_one() -> None:
    words = "More than 38,000 people have been killed since the war began."
    made = claim(killed("people", figure(38000)), "Monitor", days=DAY, sentence=5)
    total = msgspec.structs.replace(made, evidence=Evidence(made.evidence.start, made.evidence.start + len(words), words), dated="event")
    table = rows(view(material([total], [report("r1")])))
    assert not table.rows
    assert [line.partition("): ")[2] for line in table.left_out] == ["a total, and no event: counted over a war"]
    event = [
        claim(Attack(target=m("the market"), means="shelling", place=m("Kibua")), days=DAY),
        claim(killed("people", figure(9)), "Ada", days=DAY, sentence=1),
    ]
    (row,) = events(material([*event, total], [report("r1")]))
    assert row["fatalities"] == 9
    assert "38,000" not in row["notes"]


def test_a_figure_that_was_taken_back_is_no_row_and_no_number() -> None:
    wrong, right = (claim(killed("people", figure(count)), "Ada", days=DAY, sentence=count) for count in (26, 9))
    back = report("r2", "Daily withdraws the figure of 26 dead.", outlet="Daily", published="2025-06-12")
    printed = report("r1", "Printed.", outlet="Daily", published="2025-06-11")
    table = rows(view(material([wrong], [printed, back])))
    assert not table.rows
    assert [line.partition("): ")[2] for line in table.left_out] == ["nobody asserts it, or who did took it back"]
    attack = claim(Attack(target=m("the market"), place=m("Kibua")), days=DAY)
    (row,) = events(material([attack, wrong, right], [printed, back]), "least")
    assert row["fatalities"] == 9
    assert "26 by Ada (withdrawn)" in row["notes"]
