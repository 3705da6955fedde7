"""Every format the record can be written in, what each loses, and one function that writes any of them. Same material, same bytes."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Literal, get_args

import msgspec

from counterclaim.core.codec import FORMAT_VERSION
from counterclaim.core.version import __version__
from counterclaim.knowledge.houses import DEFAULT, houses
from counterclaim.publish import acled, bundle, eventreport, ftm, geojson, hxl, parquet, tables, timemap, ucdp, webannotation
from counterclaim.publish.cells import Rows, csv_bytes
from counterclaim.publish.material import Material
from counterclaim.publish.tables import TableName
from counterclaim.publish.view import View

FormatName = Literal["csv", "acled", "ucdp", "eventreport", "hxl", "geojson", "ftm", "webannotation", "timemap", "parquet", "html"]
HOUSES: tuple[str, ...] = tuple(houses())
TABLES: tuple[TableName, ...] = get_args(TableName)


class Format(msgspec.Struct, frozen=True):
    """A format: what it holds, the end of its files' names, what it loses. `house` is its rule for numbers, where they must collapse.

    `is_told_inside` where the file itself has room to say what it is and what it lost.
    """

    name: FormatName
    title: str
    suffix: str
    lost: tuple[str, ...]
    house: str | None = None
    mark: str | None = None
    is_many: bool = False
    is_told_inside: bool = False


class Wishes(msgspec.Struct, frozen=True, kw_only=True):
    """What a user may choose: the house rule, the table (CSV and Parquet), and the byte-order mark that Excel needs.

    With `week`, ACLED and UCDP get what is only known to be over by a day as of the week before it.
    """

    house: str | None = None
    table: TableName = "claims"
    bom: bool = False
    week: bool = False


class Written(msgspec.Struct, frozen=True):
    """What was written: one file under the empty name, or several by their paths. `beside` goes into a file of its own next to them."""

    files: dict[str, bytes]
    beside: str
    left_out: tuple[str, ...] = ()
    open: tuple[str, ...] = ()


FORMATS: Mapping[str, Format] = {
    one.name: one
    for one in (
        Format("csv", "one table of the record, a claim a row by default", ".csv", tables.LOST),
        Format("acled", "events in the shape of ACLED's 31 columns", ".csv", acled.LOST, house="acled", mark=acled.MARK),
        Format("ucdp", "events with deaths in the shape of UCDP GED's 49 columns", ".csv", ucdp.LOST, house="ucdp", mark=ucdp.MARK),
        Format("eventreport", "one row for each report of each event", ".csv", eventreport.LOST),
        Format("hxl", "findings under HXL tags", ".csv", hxl.LOST),
        Format("geojson", "events and the control board as points", ".geojson", geojson.LOST, is_told_inside=True),
        Format("ftm", "FollowTheMoney statements", ".jsonl", ftm.LOST),
        Format("webannotation", "claims as W3C Web Annotations", ".jsonld", webannotation.LOST, is_told_inside=True),
        Format("timemap", "events, sources and associations for TimeMap", "", timemap.LOST, house="acled", is_many=True, is_told_inside=True),
        Format("parquet", "one typed table of the record", ".parquet", parquet.LOST, is_told_inside=True),
        Format("html", "pages that open from disk", "", bundle.LOST, is_many=True, is_told_inside=True),
    )
}


def write(material: Material, name: FormatName, wishes: Wishes | None = None) -> Written:
    """The record in this format. Raises SettingsError where a format needs a library that is not installed."""
    wishes = wishes or Wishes()
    chosen, view = FORMATS[name], View(material)
    house = wishes.house or chosen.house or DEFAULT
    told = Rows((), ())
    files: dict[str, bytes]
    head = _head(chosen, material, house, wishes)
    if name in ("csv", "eventreport", "acled", "ucdp", "hxl", "parquet"):
        told = _rows(view, name, house, wishes)
        files = {"": _table(told, name, head, wishes)}
    elif name == "geojson":
        files = {"": geojson.encoded(geojson.document(view, head))}
    elif name == "webannotation":
        files = {"": geojson.encoded(webannotation.document(view, head))}
    elif name == "ftm":
        files = {"": b"".join(ftm.lines(view))}
    elif name == "timemap":
        files = timemap.files(view, head, house)
    else:
        files = bundle.files(view, head)
    return Written(files, _beside(head, told), told.left_out, told.open)


def lost_text(name: str) -> str:
    """What a format loses, one line each."""
    chosen = FORMATS[name]
    first = f"{chosen.name}: {chosen.title}{f'. {chosen.mark}' if chosen.mark else ''}. Lost on the way:"
    return "\n".join([first, *(f"- {one}" for one in chosen.lost)]) + "\n"


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files as one ZIP, the same bytes for the same files: in the order of their names, dated 1980, readable by all."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            archive.writestr(entry, files[path])
    return out.getvalue()


def _rows(view: View, name: FormatName, house: str, wishes: Wishes) -> Rows:
    if name == "acled":
        return acled.rows(view, house, is_week=wishes.week)
    if name == "ucdp":
        return ucdp.rows(view, house, is_week=wishes.week)
    if name == "hxl":
        return hxl.rows(view)
    return eventreport.rows(view) if name == "eventreport" else tables.rows(view, wishes.table)


def _table(rows: Rows, name: FormatName, head: dict[str, Any], wishes: Wishes) -> bytes:
    if name == "parquet":
        return parquet.written(rows, {key: "\n".join(value) if isinstance(value, list) else str(value) for key, value in head.items()})
    header = [[column.name for column in rows.columns], *([hxl.tags()] if name == "hxl" else [])]
    return csv_bytes(header, rows.rows, bom=wishes.bom)


def _head(chosen: Format, material: Material, house: str, wishes: Wishes) -> dict[str, Any]:
    """What a reader must know of a file: what it is, by what it was made, what it lost."""
    head: dict[str, Any] = {"format": chosen.mark or f"counterclaim {chosen.name}: {chosen.title}"}
    head["by"] = f"counterclaim {__version__}, record format {FORMAT_VERSION}"
    if chosen.house:
        head["house"] = house
    if wishes.week and chosen.name in ("acled", "ucdp"):
        head["days"] = "what is only known to be over by a day is coded as of the week before it"
    if material.is_redacted:
        head["redacted"] = "names of private persons are left out"
    head["lost"] = list(chosen.lost)
    return head


def _beside(head: dict[str, Any], told: Rows) -> str:
    """The note beside a file: what it is, what it lost, what has no row and why (counted, then each), and how its numbers were made."""
    lines = [head["format"], head["by"], *(f"{name}: {head[name]}" for name in ("house", "days", "redacted") if name in head)]
    lines += ["", "Lost in this export:", *(f"- {one}" for one in head["lost"])]
    if told.left_out:
        lines += ["", f"Left out, {len(told.left_out)} in all:", *(f"- {number}: {reason}" for reason, number in reasons(told.left_out))]
        lines += ["", "Left out:", *(f"- {one}" for one in told.left_out)]
    lines += ["", f"Left to the coder, {len(told.open)} in all:", *(f"- {one}" for one in told.open)] if told.open else []
    lines += ["", "How the numbers were made, claim by claim:", *(f"- {one}" for one in told.receipts)] if told.receipts else []
    return "\n".join(lines) + "\n"


def reasons(left_out: Iterable[str]) -> list[tuple[str, int]]:
    """Each reason with how many stories it left out, the most frequent first."""
    counts = Counter(line.partition(": ")[2] for line in left_out)
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))
