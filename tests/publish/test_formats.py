from __future__ import annotations

import csv
import io
import json
import runpy
import zipfile
from pathlib import Path

import msgspec
import pytest

from counterclaim.publish.cells import as_written, cell
from counterclaim.publish.formats import FORMATS, TABLES, FormatName, Wishes, lost_text, write, zipped
from counterclaim.publish.material import Material
from counterclaim.publish.tables import rows
from tests.publish.factories import demo, view

NAMES: list[FormatName] = [name for name in FORMATS if name != "parquet"]  # type: ignore[misc]
ROOT = Path(__file__).parents[2]


def turned_round(made: Material) -> Material:
    """The same record, its values in another order, as another machine might have read them."""
    turned = {name: getattr(made, name)[::-1] for name in ("claims", "findings", "links", "reports", "stories", "promises")}
    return msgspec.structs.replace(made, **turned)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_record_gives_the_same_bytes_in_any_order(name: FormatName) -> None:
    assert write(demo(), name) == write(turned_round(demo()), name)


def test_parquet_repeats_too() -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'counterclaim[parquet]'")
    assert write(demo(), "parquet") == write(turned_round(demo()), "parquet")


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_record_is_written(name: FormatName) -> None:
    assert all(data or name == "ftm" for data in write(Material(), name).files.values())


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_tells_what_it_loses(name: str) -> None:
    told = lost_text(name)
    assert told.count("\n- ") == len(FORMATS[name].lost) >= 3
    assert told.startswith(f"{name}: ")


@pytest.mark.parametrize("name", ["acled", "ucdp"])
def test_the_file_beside_names_the_mark_the_house_and_what_was_left_out(name: FormatName) -> None:
    beside = write(demo(), name, Wishes(house="most")).beside
    assert f"{name.upper()}-shaped, not {name.upper()}" in beside
    assert "house: most" in beside
    assert "Left out:\n- story " in beside


@pytest.mark.parametrize("table", TABLES)
def test_csv_reads_back_equal_to_its_rows(table: str) -> None:
    data = write(demo(), "csv", Wishes(table=table)).files[""]  # type: ignore[arg-type]
    found = list(csv.reader(io.StringIO(data.decode(), newline="")))
    expected = rows(view(demo()), table)  # type: ignore[arg-type]
    assert found[0] == [one.name for one in expected.columns]
    assert [[as_written(one) for one in row] for row in found[1:]] == [[as_written(cell(one)) for one in row] for row in expected.rows]
    assert len(found) > 20


def test_values_fit_their_columns() -> None:
    kinds = {"text": str, "integer": int, "number": (int, float), "flag": bool, "list": tuple}
    for table in TABLES:
        found = rows(view(demo()), table)
        for row in found.rows:
            for column, value in zip(found.columns, row, strict=True):
                if column.kind == "day":
                    assert value is None or hasattr(value, "isoformat"), (table, column.name)
                else:
                    assert value is None or isinstance(value, kinds[column.kind]), (table, column.name, value)  # type: ignore[arg-type]


def test_one_zip_with_the_same_bytes_and_plain_names() -> None:
    files = write(demo(), "html").files
    data = zipped(files)
    assert data == zipped(dict(reversed(files.items())))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == sorted(files)
        assert archive.read("index.html") == files["index.html"]


def test_json_formats_say_in_the_file_what_they_lost() -> None:
    for name in ("geojson", "webannotation"):
        assert "lost" in json.dumps(json.loads(write(demo(), name).files[""]))


def test_the_page_about_exports_is_made_from_the_code() -> None:
    page = runpy.run_path(str(ROOT / "scripts" / "exports"))["page"]
    assert (ROOT / "docs" / "reference" / "exports.md").read_text(encoding="utf-8") == page(), "run scripts/exports"
