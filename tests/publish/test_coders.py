"""Reports of our own, read and written out, as coders of ACLED, UCDP and OCHA read the files: what they would object to is asserted here."""

from __future__ import annotations

import csv
import io
from functools import cache

import pytest

from counterclaim.publish.formats import FormatName, Wishes, Written, write
from counterclaim.publish.material import Material
from counterclaim.publish.redact import redacted
from tests.publish.factories import material
from tests.reading import reading

REPORTS = {
    "battle": (
        "Lowland Wire",
        "2025-03-10",
        "At least 12 soldiers were killed in Korvenska on 9 March, said Captain Ivo Maresh, a spokesman for the army. "
        "The Sollan Front said its fighters killed 40 soldiers in Korvenska on 9 March. "
        "Lena Osk, a doctor, said that seven villagers were killed in Korvenska on 9 March.\n\n"
        "More than 38,000 people have been killed since the war began in 2021, according to the Peace Monitor. "
        "The war has killed 41,000 people, the health ministry said.",
    ),
    "strike": (
        "Varrento Daily",
        "2025-03-11",
        "Nine men were killed in Dremmova on 10 March, residents said. The army said that all of them were fighters.",
    ),
    "first": ("Agency Nord", "2025-03-12", "Ada Tunn, a trader, said that 26 people were killed in Ostrelka on 11 March."),
    "correction": ("Agency Nord", "2025-03-13", "Agency Nord withdraws the figure of 26 dead in Ostrelka given on 12 March. The hospital there counted 6."),
    "union": ("Agency Nord", "2025-03-14", "The army killed or captured 25 rebels in Brennitz on 13 March, Captain Ivo Maresh said."),
    "undated": ("Valley Notes", None, "A driver, Petra Lunn, said that gunmen killed four men at a checkpoint near Solvast."),
    "month": ("Relief Desk", "2025-03-13", "In February 310 civilians were killed across the country, the Peace Monitor said."),
    "aid": ("Relief Desk", "2025-03-13", "The World Food Programme delivered 120 tonnes of flour to Ostrelka on 12 March."),
    "convoy": (
        "Lowland Wire",
        "2025-03-15",
        "President Olan Deverik was wounded in Varrento on 14 March, his office said. Mina Tov, a nurse, said that two guards were killed in Varrento on 14 March.",
    ),
}


@cache
def record() -> Material:
    found = [reading(text, reader="trained", outlet=outlet, published=day, name=name) for name, (outlet, day, text) in REPORTS.items()]
    return material([claim for one in found for claim in one.claims], [one.report for one in found], [link for one in found for link in one.links])


@cache
def written(name: FormatName, house: str | None = None) -> Written:
    return write(record(), name, Wishes(house=house))


def rows(name: FormatName, house: str | None = None) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(name, house).files[""].decode(), newline="")))


def reasons(found: Written) -> list[str]:
    return sorted(line.partition("): ")[2] for line in found.left_out)


def at(place: str, name: FormatName, house: str | None = None) -> dict[str, str]:
    """The one row of a place."""
    (row,) = [row for row in rows(name, house) if place in (row.get("location"), row.get("where_coordinates"))]
    return row


def test_acled_gets_the_events_that_have_a_day_and_a_place_and_no_others() -> None:
    assert [(row["event_date"], row["time_precision"], row["location"], row["fatalities"]) for row in rows("acled")] == [
        ("2025-03-09", "1", "Korvenska", "19"),
        ("2025-03-10", "1", "Dremmova", "9"),
        ("2025-03-13", "1", "Brennitz", "0"),
        ("2025-03-14", "1", "Varrento", "2"),
    ]
    assert all(row["event_id_cnty"].startswith("counterclaim:") and row["geo_precision"] == "" for row in rows("acled"))
    assert len(written("acled").open) == 4


def test_what_has_no_row_is_counted_with_its_reason() -> None:
    found = reasons(written("acled"))
    assert found.count("nobody asserts it, or who did took it back") == 2
    assert found.count("no day is known") == 1
    assert [one for one in found if one.startswith("a total")] == [
        "a total, and no event: counted over a country, with no day or town of its own",
        "a total, and no event: told as a running total",
        "a total, and no event: told as a running total",
    ]
    assert f"Left out, {len(found)} in all:" in written("acled").beside
    assert "- 2: nobody asserts it" in written("acled").beside


@pytest.mark.parametrize("name", ["acled", "ucdp", "eventreport", "timemap", "geojson"])
def test_totals_of_the_war_are_in_no_file_of_events(name: FormatName) -> None:
    for path, data in written(name).files.items():
        text = data.decode()
        assert not [number for number in ("38,000", "38000", "41,000", "41000", "310") if number in text], (name, path)


def test_the_note_of_the_battle_names_each_figure_with_whom_it_is_of_and_who_told_it() -> None:
    notes = at("Korvenska", "acled")["notes"]
    assert "Killed: 7 (villagers) by Lena Osk; at least 12 (soldiers) by Ivo Maresh (army); 40 (soldiers) by Sollan Front." in notes
    assert "soldiers 12 and villagers 7 added up; house rule acled" in notes


def test_ucdp_keeps_the_range_and_the_civilians_apart() -> None:
    battle, strike = at("Korvenska", "ucdp"), at("Dremmova", "ucdp")
    assert (battle["low"], battle["best"], battle["high"], battle["deaths_civilians"]) == ("19", "", "", "7")
    assert (strike["best"], strike["deaths_civilians"], strike["deaths_unknown"]) == ("9", "0", "9")
    assert (strike["date_prec"], strike["where_prec"]) == ("1", "")
    assert not [row for row in rows("ucdp") if row["where_coordinates"] == "Brennitz"]


def test_each_house_counts_the_battle_by_its_own_rule() -> None:
    found = {house: at("Korvenska", "ucdp", house) for house in ("acled", "ucdp", "most", "least", "widest", "airwars")}
    assert {house: (row["low"], row["best"], row["high"]) for house, row in found.items()} == {
        "acled": ("19", "19", "19"),
        "ucdp": ("19", "", ""),
        "most": ("19", "19", ""),
        "least": ("", "47", ""),
        "widest": ("19", "", ""),
        "airwars": ("19", "", ""),
    }


def test_a_figure_taken_back_is_marked_among_the_claims_and_is_nobodys_toll() -> None:
    told = {row["number_words"]: row["withdrawn"] for row in rows("csv") if row["kind"] == "casualties" and row["report"] == "first"}
    assert told == {"26": "true"}
    assert "26" not in {row["killed_low"] for row in rows("eventreport")}


def test_humanitarians_find_the_shipment_in_columns_and_the_totals_marked() -> None:
    (tags, *found) = rows("hxl")
    (shipment,) = [row for row in found if row["kind"] == "aid"]
    assert (tags["amount"], shipment["amount"], shipment["unit"], shipment["goods"], shipment["stage"]) == ("#value+num", "120", "t", "flour", "arrived")
    assert {row["low"]: row["total"] for row in found if row["total"]}["38000"] == "told as a running total"


def test_a_redacted_record_hides_the_nurse_and_shows_the_president() -> None:
    names: tuple[FormatName, ...] = ("csv", "acled", "ucdp", "eventreport", "hxl", "geojson", "ftm", "webannotation", "timemap", "html")
    for name in names:
        made = write(redacted(record()), name)
        found = b"".join(made.files.values()).decode() + made.beside
        assert not [one for one in ("Tov", "Lunn", "Tunn", "Lena", "Osk,") if one in found], name
    assert "Olan Deverik" in write(redacted(record()), "csv").files[""].decode()
