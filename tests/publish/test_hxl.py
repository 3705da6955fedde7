"""HXL, read by libhxl: tags, rows, and a schema for what each column may hold."""

from __future__ import annotations

import io
from typing import Any

import msgspec
import pytest

from counterclaim.publish.formats import write
from counterclaim.publish.hxl import TAGS, rows
from counterclaim.publish.material import Material
from tests.publish.factories import demo, figure, material, shelling, view
from tests.reconcile.factories import claim, killed, report

hxl: Any = pytest.importorskip("hxl", reason="libhxl is not installed: pip install -r tests/standards.txt")

_SCHEMA = [
    ["#valid_tag", "#valid_required", "#valid_datatype", "#valid_value+list"],
    ["#meta+id", "true", "", ""],
    ["#event+type", "true", "", "casualties|need|aid|attack|fighting|control"],
    ["#date+start", "", "date", ""],
    ["#date+end", "", "date", ""],
    ["#geo+lat", "", "number", ""],
    ["#geo+lon", "", "number", ""],
    ["#affected+num+min", "", "number", ""],
    ["#affected+num+max", "", "number", ""],
    ["#value+num", "", "number", ""],
    ["#status+delivery", "", "", "pledged|sent|arrived|distributed|blocked"],
    ["#status+standing", "true", "", "claimed|conceded|corroborated|disputed|verified|not-verified|withdrawn"],
    ["#meta+origins+num", "true", "number", ""],
]


def read(found: Material) -> Any:
    return hxl.data(io.BytesIO(write(found, "hxl").files[""]))


def test_libhxl_reads_the_tags_and_every_row() -> None:
    found = read(demo())
    assert found.display_tags == [tag for _, tag, _ in TAGS]
    assert len(list(found)) == len(rows(view(demo())).rows) > 50


def test_libhxl_finds_nothing_wrong() -> None:
    wrong: list[Any] = []
    hxl.schema(hxl.data(_SCHEMA), wrong.append).validate(read(demo()))
    assert [(one.rule.tag_pattern, one.value) for one in wrong] == []


def test_numbers_can_be_added_up_and_places_have_their_codes() -> None:
    found = read(shelling(counts=[("Harrow", figure(9)), ("Ada", figure(14, exact=False))])).with_rows("#event+type=casualties")
    (row,) = list(found)
    assert row.get("#affected+num+min") == "9"
    assert row.get("#affected+num+max") in ("", None)
    assert (row.get("#loc+code+v_pcode"), row.get("#country+code+v_iso2"), row.get("#adm2+name")) == ("CD6109", "CD", "Walikale")


def test_a_shipment_has_its_total_and_unit_in_columns() -> None:
    (row,) = [one for one in read(demo()).with_rows("#event+type=aid") if one.get("#org+funding") == "Bab al-Noor Trust" and one.get("#value+num")]
    assert (row.get("#value+num"), row.get("#value+unit"), row.get("#status+delivery")) == ("480", "t", "arrived")


def test_a_count_of_a_war_is_marked_and_what_was_taken_back_is_withdrawn() -> None:
    total = msgspec.structs.replace(claim(killed("people", figure(900)), days="2021-01-01/2025-06-10"), key="total")
    (row,) = list(read(material([total], [report("r1")])))
    assert row.get("#affected+total") == "counted over more than a month"
    wrong = claim(killed("people", figure(26)), "Ada", days="2025-06-10")
    back = report("r2", "Daily withdraws the figure of 26 dead.", outlet="Daily", published="2025-06-12")
    (row,) = list(read(material([wrong], [report("r1", "x", outlet="Daily", published="2025-06-11"), back])))
    assert (row.get("#status+standing"), row.get("#affected+num+max")) == ("withdrawn", None)
