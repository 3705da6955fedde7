"""The command that writes the record out: the interchange format, and the formats of others."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from counterclaim.commands.shared import RecordPath, app, err, print_lines, write
from counterclaim.errors import SettingsError
from counterclaim.publish.formats import FORMATS, HOUSES, TABLES, Wishes, Written, lost_text, reasons, zipped
from counterclaim.publish.formats import write as written
from counterclaim.publish.records import claim_lines, finding_lines, schema_text
from counterclaim.publish.redact import redacted
from counterclaim.publish.tables import TableName
from counterclaim.record import Record
from counterclaim.terminal import plain


class What(StrEnum):
    """What can be exported: the interchange format in three parts, then the formats of others."""

    claims = "claims"
    findings = "findings"
    schema = "schema"
    csv = "csv"
    acled = "acled"
    ucdp = "ucdp"
    eventreport = "eventreport"
    hxl = "hxl"
    geojson = "geojson"
    ftm = "ftm"
    webannotation = "webannotation"
    timemap = "timemap"
    parquet = "parquet"
    html = "html"


_OWN_LOST = {
    "claims": "claims: the interchange format, whole. Lost on the way:\n- links beyond name and key; findings, stories and promises are exports of their own\n",
    "findings": "findings: the interchange format, whole. Lost on the way:\n- nothing of a finding; its claims are named by their keys (`export claims`)\n",
    "schema": "schema: the JSON Schema of claims and findings; nothing is lost\n",
}


@app.command(
    epilog="**Examples:** `counterclaim export claims --out claims.jsonl` · `counterclaim export acled --out events.csv` · `counterclaim export html --out record.zip --redact` · `counterclaim export ucdp --lost`"
)
def export(
    what: Annotated[What, typer.Argument(help=f"What to write: {', '.join(What)}.", metavar="FORMAT", show_choices=False)],
    record: RecordPath = None,
    to: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write to this file instead of standard output. html and timemap are several files: a folder or a .zip.")
    ] = None,
    house: Annotated[str | None, typer.Option(help=f"The rule where several figures become one ({', '.join(HOUSES)}); by default the format's own.")] = None,
    table: Annotated[str, typer.Option(help="Which table, for csv and parquet (claims, positions, board, promises, eventreport).")] = "claims",
    redact: Annotated[
        bool, typer.Option("--redact", help="Leave out names of private persons: those named as harmed, and sources without a known office, role or side.")
    ] = False,
    bom: Annotated[bool, typer.Option("--bom", help="Begin CSV with a byte-order mark, which Excel needs to read UTF-8.")] = False,
    week: Annotated[
        bool, typer.Option("--week", help="acled, ucdp: code what is only known to be over by a day, mostly that of the report, as of the week before it.")
    ] = False,
    lost: Annotated[bool, typer.Option("--lost", help="Print what this format loses, and write nothing.")] = False,
) -> None:
    """Write the record out: in the interchange format (claims, findings, schema) or in one of others. The same record gives the same bytes."""
    if lost:
        print_lines([(_OWN_LOST.get(what.value) or lost_text(what.value)).encode()])
        return
    if what.value == "schema":
        write([schema_text().encode()], to)
        return
    if what.value in ("claims", "findings"):
        _interchange(what.value, record, to, redact=redact)
        return
    chosen = FORMATS[what.value]
    wishes = Wishes(house=_house(house), table=_table(table), bom=bom, week=week)
    if chosen.is_many and to is None:
        raise SettingsError(f"export {chosen.name}: it is several files; name a folder or a .zip with --out")
    with Record.open(record) as opened:
        material = opened.material()
    found = written(redacted(material) if redact else material, chosen.name, wishes)
    if chosen.is_many and to is not None:
        _write_many(found.files, to)
    else:
        write([found.files[""]], to)
        if to is not None and not chosen.is_told_inside:
            write([found.beside.encode()], to.with_name(f"{to.name}.lost.txt"))
    _tell(found)


def _interchange(what: str, record: Path | None, to: Path | None, *, redact: bool) -> None:
    with Record.open(record) as opened:
        if redact:
            material = redacted(opened.material())
            write(claim_lines(material.claims, material.links) if what == "claims" else finding_lines(material.findings), to)
        else:
            write(claim_lines(opened.claims(), opened.links()) if what == "claims" else finding_lines(opened.findings()), to)


def _house(value: str | None) -> str | None:
    if value is not None and value not in HOUSES:
        raise SettingsError(f"--house {value!r}: house rules are {', '.join(HOUSES)}")
    return value


def _table(value: str) -> TableName:
    if value not in TABLES:
        raise SettingsError(f"--table {value!r}: tables are {', '.join(TABLES)}")
    return value


def _write_many(files: Mapping[str, bytes], to: Path) -> None:
    """The files into a folder, or into one ZIP where the name ends so. Raises SettingsError where a folder holds other things."""
    if to.suffix.casefold() == ".zip":
        write([zipped(files)], to)
        return
    ours = "counterclaim-export.txt"
    if to.exists() and (not to.is_dir() or (any(to.iterdir()) and not (to / ours).is_file())):
        raise SettingsError(f"--out {to}: it exists and is no earlier export; name a new folder, or a .zip")
    try:
        for old in _listed(to / ours):
            (to / old).unlink(missing_ok=True)
        for path, data in [*files.items(), (ours, "".join(f"{name}\n" for name in sorted(files)).encode())]:
            target = to / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    except OSError as error:
        raise SettingsError(f"--out {to}: {error.strerror}; name a folder that can be written") from error
    err.print(f"wrote {len(files)} files into {plain(str(to))}", highlight=False, soft_wrap=True)


def _listed(list_file: Path) -> list[Path]:
    """The files of an earlier export into this folder, as its own list has them; a path that leads out of the folder is passed over."""
    lines = list_file.read_text(encoding="utf-8").splitlines() if list_file.is_file() else []
    return [path for line in lines if line and not (path := Path(line)).is_absolute() and ".." not in path.parts]


def _tell(found: Written) -> None:
    """How much has no row, and why, to standard error."""
    if found.left_out and sys.stderr is not None:
        told = "; ".join(f"{number} {reason}" for reason, number in reasons(found.left_out))
        err.print(plain(f"left out {len(found.left_out)} stories: {told}"), highlight=False, soft_wrap=True)
    if found.open and sys.stderr is not None:
        err.print(plain(f"left to the coder: the point of {len(found.open)} places that no gazetteer in use has"), highlight=False, soft_wrap=True)
