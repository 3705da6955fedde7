"""Small files of the shapes that gazetteers have, made for a test."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from counterclaim.core.place import Place
from counterclaim.knowledge.gazetteer import Gazetteer
from counterclaim.read.gazetteers import Batch, Row, Tally, places


def geo(number: int, name: str = "Arvad", **cells: str) -> str:
    """A row of a GeoNames dump, without its line end; cells by the names of its readme."""
    row = {
        "geonameid": str(number),
        "name": name,
        "asciiname": name,
        "alternatenames": "",
        "latitude": "34.5",
        "longitude": "69.2",
        "feature_class": "P",
        "feature_code": "PPL",
        "country_code": "AF",
        "cc2": "",
        "admin1": "23",
        "admin2": "2301",
        "admin3": "",
        "admin4": "",
        "population": "0",
        "elevation": "",
        "dem": "1800",
        "timezone": "Asia/Kabul",
        "modification_date": "2024-03-04",
    }
    assert cells.keys() <= row.keys()
    return "\t".join((row | cells).values())


def many(count: int) -> list[str]:
    """So many good rows."""
    return [geo(number, f"Arvad {number}", population=str(number)) for number in range(1, count + 1)]


def written(path: Path, lines: Iterable[str]) -> Path:
    """The lines as a file, each with its end."""
    path.write_bytes("".join(f"{line}\n" for line in lines).encode())
    return path


def zipped(path: Path, **members: str | bytes) -> Path:
    """An archive of files, by names with "__" for the stop."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return path


def collection(*features: dict[str, Any]) -> str:
    """A GeoJSON feature collection."""
    return json.dumps({"type": "FeatureCollection", "name": "units {", "features": list(features)}, ensure_ascii=False)


def feature(properties: dict[str, Any], geometry: dict[str, Any] | None = None) -> dict[str, Any]:
    """A feature of one."""
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def workbook(**sheets: list[list[object]]) -> bytes:
    """An Excel workbook."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def everything(batches: Iterable[Batch]) -> tuple[list[Row], Tally]:
    """All rows of the batches and what became of the others."""
    rows: list[Row] = []
    tally = Tally()
    for batch in batches:
        rows += batch.rows
        tally += batch.tally
    return rows, tally


def only(path: Path, known: Gazetteer | None = None) -> tuple[Place, dict[str, str]]:
    """The one place of a file, and its names with how it has them."""
    ((place, names),), _ = everything(places(path, known))
    return place, dict(names)
