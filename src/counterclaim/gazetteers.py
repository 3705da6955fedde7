"""Gazetteers of the user: imported from files that others made, listed, removed.

They lie as `NAME.sqlite` in one folder; one that is being made is `NAME.partial` beside it, and becomes the other when it is whole.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from counterclaim.config import gazetteer_folder
from counterclaim.core.codec import decode, encode
from counterclaim.errors import GazetteerError, NotFound
from counterclaim.knowledge.gazetteer import Gazetteer, GazetteerWriter
from counterclaim.read.gazetteers import Batch, Position, Shape, Tally, alternate_names, fingerprint, places, recognised, size

Doing = Literal["places", "names", "index", "done"]

GEONAMES = "GeoNames: CC BY 4.0 (https://www.geonames.org)"
UNITS = "as its source says; OCHA COD-AB: mostly CC BY-IGO (https://data.humdata.org)"

SPACE = 3
"""Bytes of disk an import takes at its height for each byte of its files: places, names as they came, their index, and the packed copy.
Twelve million rows took 1.6 (`benchmarks/gazetteer_import.py`); real files have more names than those."""
# Noted with the source. Raised when the same file would be read into other rows, so that no import goes on with rows of both kinds.
_READING = "reading 1"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_COUNTRY = re.compile("[A-Z]{2}")
# What SQLite sets beside a file while it writes it, and the packed copy before it takes the file's place.
_BESIDE = ("", "-journal", ".packed", ".packed-journal")


class Progress(msgspec.Struct, frozen=True):
    """How far an import is: what it does, how many bytes of that file are read, of how many (none where it does not say), the rows so far."""

    name: str
    doing: Doing
    at: int
    whole: int
    tally: Tally


class Installed(msgspec.Struct, frozen=True):
    """An imported gazetteer, whole or half-made, with what its file says of it."""

    name: str
    path: Path
    bytes: int
    is_whole: bool
    places: int | None = None
    made: str | None = None
    licence: str | None = None


class _State(msgspec.Struct, frozen=True):
    """What a half-made gazetteer notes with each batch: where to go on, and what became of the rows so far."""

    doing: Doing = "places"
    position: Position = Position()
    tally: Tally = Tally()


class _Source(msgspec.Struct, frozen=True):
    """What is imported: a file, a table of alternate names beside it, of which countries."""

    path: Path
    shape: Shape
    alternates: Path | None
    countries: frozenset[str]

    @property
    def files(self) -> list[tuple[Doing, Path]]:
        """What is read, one after the other."""
        return [("places", self.path), *([("names", self.alternates)] if self.alternates else [])]  # type: ignore[list-item]

    def fingerprint(self) -> str:
        """What tells it from any other source, and from itself once a file has changed."""
        return " ".join((_READING, *(fingerprint(file) for _, file in self.files), *sorted(self.countries)))

    def batches(self, doing: Doing, file: Path, start: Position) -> Iterator[Batch]:
        """The batches of one of its files from a position on."""
        if doing == "names":
            return alternate_names(file, start=start)
        return places(file, Gazetteer(), start=start, countries=self.countries, alternates=self.alternates is None)


def installed() -> list[Installed]:
    """What has been imported, by name, half-made ones after whole ones."""
    found = []
    for path in (*gazetteer_folder().glob("*.sqlite"), *gazetteer_folder().glob("*.partial")):
        about = GazetteerWriter.noted(path)
        counted = int(about["places"]) if about.get("places", "").isdigit() else None
        found.append(Installed(path.stem, path, path.stat().st_size, path.suffix == ".sqlite", counted, about.get("made"), about.get("licence")))
    return sorted(found, key=lambda each: (each.name, not each.is_whole))


def remove(name: str) -> None:
    """Delete an imported gazetteer, whole and half-made. Raises NotFound where there is none of this name."""
    if not any(each.name == name for each in installed()):
        raise NotFound(f"no gazetteer {name!r}; installed: {', '.join(sorted({each.name for each in installed()})) or 'none'}")
    _path(name, "sqlite").unlink(missing_ok=True)
    _discard(name)


def import_(
    path: Path,
    name: str | None = None,
    *,
    alternates: Path | None = None,
    countries: Iterable[str] = (),
    fresh: bool = False,
    dry_run: bool = False,
) -> Iterator[Progress]:
    """Import a file as a gazetteer, a batch a transaction, saying how far it is after each; a stopped import goes on where it stopped.

    `alternates` is GeoNames' table of alternate names for a dump of GeoNames; `countries` keeps only theirs; `fresh` begins anew and
    replaces what is there; `dry_run` reads and checks and writes nothing. Raises GazetteerError for a file that is refused, for one
    that has changed since its import was begun, and where there is no room for it.
    """
    name = default_name(path) if name is None else name
    if not _NAME.fullmatch(name):
        raise GazetteerError(f"--name {name!r}: a name is small letters, figures, hyphens and underscores, at most 64")
    wanted = frozenset(countries)
    if bad := sorted(code for code in wanted if not _COUNTRY.fullmatch(code)):
        raise GazetteerError(f"--countries {bad[0]!r}: countries are named by two capital letters, with commas between (AF,PK)")
    source = _Source(path, recognised(path), alternates, wanted)
    if alternates is not None and source.shape != "geonames":
        raise GazetteerError(f"{path}: a table of alternate names goes with a dump of GeoNames, and this is none")
    state = _State()
    for state, whole in _checking(source) if dry_run else _importing(source, name, fresh=fresh):
        yield Progress(name, state.doing, state.position.at, whole, state.tally)
    yield Progress(name, "done", 0, 0, state.tally)


def default_name(path: Path) -> str:
    """The name a gazetteer has when nobody gives one: that of its file, in small letters, hyphens for anything else."""
    return re.sub("[^a-z0-9]+", "-", path.stem.lower()).strip("-")[:64] or "gazetteer"


def _checking(source: _Source) -> Iterator[tuple[_State, int]]:
    tally = Tally()
    for doing, file in source.files:
        whole = size(file)
        for batch in source.batches(doing, file, Position()):
            tally += batch.tally
            yield _State(doing, batch.next, tally), whole


def _importing(source: _Source, name: str, *, fresh: bool) -> Iterator[tuple[_State, int]]:
    partial, whole = _path(name, "partial"), _path(name, "sqlite")
    if fresh:
        _discard(name)
    elif whole.exists() and not partial.exists():
        raise GazetteerError(f"there is a gazetteer {name!r} already; --fresh replaces it, --name gives this one another name")
    try:
        partial.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GazetteerError(f"{partial.parent}: {error.strerror}; COUNTERCLAIM_GAZETTEERS can name another folder") from error
    if not source.countries:
        _check_room([file for _, file in source.files], partial)
    writer = GazetteerWriter(partial)
    try:
        yield from _written(writer, source, name)
        partial.replace(whole)
    except (sqlite3.Error, OSError) as error:
        raise GazetteerError(f"{name}: the import stopped ({error}); what was imported is kept, and the same command goes on from there") from error
    finally:
        writer.close()


def _written(writer: GazetteerWriter, source: _Source, name: str) -> Iterator[tuple[_State, int]]:
    noted, made_of = writer.state(), source.fingerprint()
    if noted and noted.get("source") != made_of:
        raise GazetteerError(
            f"{name}: a half-made gazetteer is there, of another file, of other countries, or of this file before it changed; "
            "--fresh begins anew, --name keeps both"
        )
    state = decode(noted["state"], _State) if "state" in noted else _State()
    left = source.files[[doing for doing, _ in source.files].index(state.doing) :] if state.doing != "index" else []
    for doing, file in left:
        whole = size(file)
        if doing != state.doing:
            state = _State(doing, tally=state.tally)
        for batch in source.batches(doing, file, state.position):
            state = _State(doing, batch.next, state.tally + batch.tally)
            note = {"source": made_of, "state": encode(state).decode()}
            if doing == "places":
                writer.add(batch.rows, note, aliases=batch.aliases)
            else:
                writer.add_names(batch.names, note)
            yield state, whole
    if not state.tally.places:
        raise GazetteerError(f"{source.path}: no place in it{' of ' + ','.join(sorted(source.countries)) if source.countries else ''}")
    state = _State("index", tally=state.tally)
    yield state, 0
    of = f" ({','.join(sorted(source.countries))})" if source.countries else ""
    licence = GEONAMES if source.shape == "geonames" else UNITS
    files = " and ".join(file.name for _, file in source.files)
    writer.finish({"name": name, "made": f"imported from {files}{of}", "licence": licence, "source": made_of, "state": encode(state).decode()})


def _check_room(files: Sequence[Path], partial: Path) -> None:
    """Raise GazetteerError where the disk has too little room for what is still to be written."""
    there = partial.stat().st_size if partial.exists() else 0
    needed, free = SPACE * sum(size(file) or file.stat().st_size for file in files) - there, shutil.disk_usage(partial.parent).free
    if needed > free:
        raise GazetteerError(
            f"{partial.parent}: {free / 1e9:.1f} GB free, the import needs about {needed / 1e9:.1f} GB; free some, name another folder in "
            "COUNTERCLAIM_GAZETTEERS, or take fewer places with --countries"
        )


def _path(name: str, suffix: str) -> Path:
    return gazetteer_folder() / f"{name}.{suffix}"


def _discard(name: str) -> None:
    """Delete what is half-made under a name."""
    for beside in _BESIDE:
        _path(name, f"partial{beside}").unlink(missing_ok=True)
