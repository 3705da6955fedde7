"""HXL, read by libhxl: tags, rows, and a schema for what each column may hold."""

from __future__ import annotations

import io
from typing import Any

import pytest

from counterclaim.publish.formats import write
from counterclaim.publish.hxl import TAGS, rows
from counterclaim.publish.material import Material
from tests.publish.factories import demo, figure, shelling, view

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
