"""Names to places: gazetteers as SQLite files, the packaged one and those a user has imported, asked as one.

A gazetteer file is made once (`GazetteerWriter`) and never changed; SQLite gives it an index on disk, so that a file of
twelve million places needs no more memory than one of two hundred thousand. `docs/decisions/005-places.md` says why.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal, NamedTuple

from counterclaim.core.folding import folded, skeleton
from counterclaim.core.place import Place
from counterclaim.errors import GazetteerError
from counterclaim.knowledge.lexicon import words
from counterclaim.knowledge.places import bare

# How a name is a place's: its own name; another spelling or name of it; its name without the word for what it is ("Wardak");
# the name of its people ("Georgian"); the consonants of its name, under its country, for names that are romanised in many ways.
Kind = Literal["own", "other", "bare", "people", "sound"]
KINDS: tuple[Kind, ...] = ("own", "other", "bare", "people", "sound")

FORMAT = "1"
SCHEMA = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE place (
  id INTEGER PRIMARY KEY, key TEXT, name TEXT NOT NULL, lat INTEGER, lon INTEGER, feature TEXT NOT NULL,
  country TEXT, admin1 TEXT, admin2 TEXT, population INTEGER NOT NULL, code TEXT, point INTEGER NOT NULL
) STRICT;
CREATE TABLE name (folded TEXT NOT NULL, place INTEGER NOT NULL, kind INTEGER NOT NULL, PRIMARY KEY (folded, place)) STRICT, WITHOUT ROWID;
"""
# What a half-made gazetteer has besides: names as they came, and the other keys that names of a place may come under.
_HALF_MADE = """
CREATE TABLE heard (folded TEXT NOT NULL, place INTEGER NOT NULL, kind INTEGER NOT NULL) STRICT;
CREATE TABLE alias (id INTEGER PRIMARY KEY, place INTEGER NOT NULL) STRICT;
"""
# A rollback journal, for rows are nearly all added at the end, where it keeps nothing; one writer at a time; 64 MB of pages in memory,
# which also bounds what a sort holds before it goes to disk.
_WRITING = "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536; PRAGMA temp_store = FILE;"
_KEPT_AS = "SELECT place FROM alias WHERE id = ? UNION ALL SELECT id FROM place WHERE id = ? LIMIT 1"
_ORDER = {kind: order for order, kind in enumerate(KINDS)}
# Degrees are kept as whole ten-thousandths: eleven metres at the equator, four bytes.
_DEGREE = 10_000
_POINTS = ("given", "towns")
# The most places one name is asked for, the largest first: "San José" is a thousand villages, and no context tells the last ones apart.
MOST = 60
# Numbers of places that are not GeoNames's begin here.
_OWN = 1 << 46
# A skeleton of fewer consonants is shared by too many names.
_SHORTEST = 2
_SELECT = "SELECT p.id, p.key, p.name, p.lat, p.lon, p.feature, p.country, p.admin1, p.admin2, p.population, p.code, p.point"
_OF_ID = _SELECT + " FROM place p WHERE p.id = ?"
_OF_NAME = _SELECT + ", n.kind FROM name n JOIN place p ON p.id = n.place WHERE n.folded = ?"
_FIRST_LEVEL = _SELECT + " FROM place p WHERE p.country = ? AND p.feature = 'ADM1'"
_SECOND_LEVEL = _SELECT + " FROM place p WHERE p.country = ? AND p.admin1 = ? AND p.feature = 'ADM2'"


class Found(NamedTuple):
    """A place that has the name asked for, and how it has it."""

    place: Place
    kind: Kind


class Gazetteer:
    """One or several gazetteer files, asked as one; a place that two files have under one key is the later file's."""

    def __init__(self, paths: Sequence[Path] = ()) -> None:
        self.paths = (packaged(), *paths)
        self._files = [_opened(path) for path in self.paths]
        self._named = lru_cache(maxsize=200_000)(self._look_up)

    def named(self, name: str) -> tuple[Found, ...]:
        """The places of this name, the most populous first, at most `MOST`; the words are folded here."""
        return self._named(folded(name))

    def place(self, key: str) -> Place | None:
        """The place of this key, or nothing."""
        for file in reversed(self._files):
            if row := file.execute(_OF_ID, (number(key),)).fetchone():
                return _place(row)
        return None

    def unit(self, country: str | None, admin1: str | None = None, admin2: str | None = None) -> Place | None:
        """The country, first-level or second-level unit with these codes, or nothing."""
        if country is None:
            return None
        return self.place(unit_key(country, admin1, admin2))

    def parents(self, place: Place) -> tuple[Place, ...]:
        """The units a place lies in, the smallest first, the country last; itself left out."""
        steps = ((place.country, place.admin1, place.admin2), (place.country, place.admin1, None), (place.country, None, None))
        found: dict[str, Place] = {}
        for country, admin1, admin2 in steps:
            unit = self.unit(country, admin1, admin2) if country else None
            if unit is not None and unit.key != place.key:
                found[unit.key] = unit
        return tuple(found.values())

    def units_in(self, place: Place) -> tuple[Place, ...]:
        """The units of the next level inside a country or first-level unit, by name: what "all districts of" it names."""
        if place.level > 1:
            return ()
        query, of = (_FIRST_LEVEL, (place.country,)) if place.is_country else (_SECOND_LEVEL, (place.country, place.admin1))
        found: dict[str, Place] = {}
        for file in self._files:
            rows = file.execute(query, of)
            found |= {p.key: p for p in map(_place, rows)}
        return tuple(sorted(found.values(), key=lambda p: (p.name, p.key)))

    def sounding(self, name: str, country: str) -> tuple[Place, ...]:
        """The places of a country whose names have the consonants of this one, in countries whose names are romanised; the most populous first."""
        return tuple(f.place for f in self._named(sound_key(name, country)))

    def about(self) -> list[dict[str, str]]:
        """What each file says of itself: name, source, licence, when it was made, how many places."""
        return [dict(file.execute("SELECT key, value FROM about ORDER BY key").fetchall()) for file in self._files]

    def _look_up(self, name: str) -> tuple[Found, ...]:
        if not name:
            return ()
        found: dict[str, Found] = {}
        for file in self._files:
            for *row, kind in file.execute(_OF_NAME, (name,)).fetchall():
                place = _place(row)
                # A later file's row of the same place stands, even where only an earlier one has this name of it.
                kept = self.place(place.key) if len(self._files) > 1 else None
                found[place.key] = Found(kept or place, KINDS[kind])
        if len(found) < 2:
            return tuple(found.values())
        # Sorted here: most names have one place or two, and a sorter for each query costs more than the query.
        return tuple(sorted(found.values(), key=lambda f: (-f.place.population, f.place.key))[:MOST])


class GazetteerWriter:
    """Writes a gazetteer file: rows in batches, the index of names at the end, in bounded memory.

    The file becomes a gazetteer with `finish`; before that it is a half-made one that `state` can be asked of and that a
    later writer goes on with. `note` keeps what the caller needs for going on, in the transaction of the rows it belongs to.
    Raises GazetteerError for a file that is something else or that another writer has open.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = sqlite3.connect(path, timeout=1)
        try:
            self._file.executescript(_WRITING)
            if not self._has("about"):
                self._file.executescript(f"BEGIN; {SCHEMA} {_HALF_MADE} COMMIT;")
        except sqlite3.DatabaseError as error:
            self._file.close()
            raise GazetteerError(f"{path} cannot be written: {error}; another import may be at work on it, or it is no gazetteer") from error

    def state(self) -> dict[str, str]:
        """What was noted with the last batch that was kept; empty for a new file."""
        return dict(self._file.execute("SELECT key, value FROM about").fetchall())

    def add(
        self,
        rows: Iterable[tuple[Place, Iterable[tuple[str, Kind]]]],
        note: dict[str, str] | None = None,
        *,
        aliases: Iterable[tuple[str, str]] = (),
    ) -> int:
        """Keep places with the names they have, and the note, in one transaction; returns how many places.

        `aliases` are pairs of another key that names of a place will come under (see `add_names`) and the key it is kept under.
        """
        places, names = [], []
        for place, heard in rows:
            id_ = number(place.key)
            places.append((id_, *_row(place)))
            kinds: dict[str, int] = {}
            for name, kind in heard:
                fold = folded(name)
                if fold:
                    kinds[fold] = min(_ORDER[kind], kinds.get(fold, len(KINDS)))
            names += [(fold, id_, kind) for fold, kind in kinds.items()]
            if _is_romanised(place) and len(skeleton(bare(place.name))) >= _SHORTEST:
                names.append((sound_key(place.name, place.country or ""), id_, _ORDER["sound"]))
        with self._file:
            self._file.executemany("INSERT OR REPLACE INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", places)
            self._file.executemany("INSERT INTO heard VALUES (?,?,?)", names)
            self._file.executemany("INSERT OR REPLACE INTO alias VALUES (?,?)", [(number(key), number(kept)) for key, kept in aliases])
            self._note(note or {})
        return len(places)

    def add_names(self, heard: Iterable[tuple[str, str, Kind]], note: dict[str, str] | None = None) -> int:
        """Keep more names, each with the key of its place, and the note, in one transaction; returns how many were of places that are there."""
        names = []
        for key, name, kind in heard:
            fold = folded(name)
            if fold and (found := self._file.execute(_KEPT_AS, (number(key),) * 2).fetchone()):
                names.append((fold, found[0], _ORDER[kind]))
        with self._file:
            self._file.executemany("INSERT INTO heard VALUES (?,?,?)", names)
            self._note(note or {})
        return len(names)

    def finish(self, note: dict[str, str]) -> None:
        """Build the index of names, note what the gazetteer is in place of all that was noted before, and close the file.

        A finish that was cut short is made good by another one.
        """
        if self._has("heard"):
            with self._file:
                self._file.execute("DELETE FROM name")
                # Sorted first: rows that come in the order of the index fill its pages, and the sort needs no memory to speak of.
                self._file.execute("INSERT INTO name SELECT folded, place, min(kind) FROM heard GROUP BY folded, place ORDER BY folded, place")
                self._file.execute("DROP TABLE heard")
                self._file.execute("DROP TABLE alias")
                places = self._file.execute("SELECT count(*) FROM place").fetchone()[0]
                self._file.execute("DELETE FROM about")
                self._note(note | {"format": FORMAT, "places": str(places)})
        self._file.execute("CREATE INDEX IF NOT EXISTS unit ON place (country, feature, admin1) WHERE feature IN ('ADM1', 'ADM2')")
        # What was dropped left free pages; where there are none, an earlier finish came this far.
        has_free = self._file.execute("PRAGMA freelist_count").fetchone()[0] > 0
        packed = self._path.with_name(self._path.name + ".packed")
        packed.unlink(missing_ok=True)
        if has_free:
            # Into a new file beside this one: VACUUM in place would write everything twice, the first time wherever temporary files lie.
            self._file.execute("VACUUM INTO ?", (str(packed),))
        self._file.close()
        # Empty by now, and in the way of nobody but a reader of the folder.
        self._path.with_name(self._path.name + "-journal").unlink(missing_ok=True)
        if has_free:
            with packed.open("rb+") as file:
                os.fsync(file.fileno())
            packed.replace(self._path)

    def close(self) -> None:
        """Leave the file as it is, to go on later."""
        self._file.close()

    @staticmethod
    def noted(path: Path) -> dict[str, str]:
        """What is noted in a gazetteer file, whole or half-made, without waiting for its writer; empty where that cannot be read."""
        try:
            with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0)) as file:
                return dict(file.execute("SELECT key, value FROM about").fetchall())
        except sqlite3.DatabaseError:
            return {}

    def _has(self, table: str) -> bool:
        return self._file.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone() is not None

    def _note(self, note: dict[str, str]) -> None:
        self._file.executemany("INSERT OR REPLACE INTO about VALUES (?,?)", sorted(note.items()))


def packaged() -> Path:
    """Where the gazetteer that comes with the package lies."""
    return Path(str(resources.files("counterclaim.knowledge").joinpath("places-1", "places.sqlite")))


def imported(folder: Path, names: Sequence[str] | None = None) -> list[Path]:
    """The files of the imported gazetteers of these names, by default of all; raises GazetteerError for a name that is not there."""
    there = {path.stem: path for path in sorted(folder.glob("*.sqlite"))}
    if names is None:
        return list(there.values())
    missing = [name for name in names if name not in there]
    if missing:
        raise GazetteerError(f"no gazetteer {missing[0]!r} in {folder}; imported: {', '.join(there) or 'none'}")
    return [there[name] for name in names]


def unit_key(country: str, admin1: str | None = None, admin2: str | None = None) -> str:
    """The key of a country or an administrative unit: "unit:AF", "unit:AF.23", "unit:AF.23.2301"."""
    return "unit:" + ".".join(part for part in (country, admin1, admin2) if part)


def number(key: str) -> int:
    """The number a key is stored under: a GeoNames id as it is; others by content, far above every GeoNames id."""
    source, _, rest = key.partition(":")
    if source == "geonames" and rest.isdigit():
        return int(rest)
    return (int.from_bytes(hashlib.blake2b(key.encode(), digest_size=6).digest(), "big") >> 1) | _OWN


def sound_key(name: str, country: str) -> str:
    """What the consonants of a name are kept under; the sign before it stands in no folded name."""
    return f"~{country} {skeleton(bare(name))}"


def _is_romanised(place: Place) -> bool:
    """Whether a place's name comes in many spellings, and it is large or official enough for reports to name it."""
    if place.country is None or place.country.lower() in words("places", "latin", "countries"):
        return False
    return place.population > 0 or place.level in (1, 2, 3)


def _opened(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise GazetteerError(f"no gazetteer at {path}; `counterclaim gazetteer list` shows those installed")
    file = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    try:
        # Pages are read where they lie, not copied: half of the time of a look-up.
        file.execute("PRAGMA mmap_size = 1073741824")
        about = dict(file.execute("SELECT key, value FROM about").fetchall())
    except sqlite3.DatabaseError as error:
        raise GazetteerError(f"{path} is no gazetteer: {error}") from error
    if about.get("format") != FORMAT:
        raise GazetteerError(f"{path} is a gazetteer of format {about.get('format') or 'none, for its import was not finished'}; this version reads {FORMAT}")
    return file


def _row(place: Place) -> tuple[object, ...]:
    lat = None if place.lat is None else round(place.lat * _DEGREE)
    lon = None if place.lon is None else round(place.lon * _DEGREE)
    where = (place.country, place.admin1, place.admin2)
    # What follows from the other columns is not kept twice.
    key = None if place.key in (f"geonames:{number(place.key)}", _unit_key(place)) else place.key
    return key, place.name, lat, lon, place.feature, *where, place.population, place.code, _POINTS.index(place.point)


def _unit_key(place: Place) -> str | None:
    return unit_key(place.country, place.admin1, place.admin2) if place.country and place.level in (0, 1, 2) else None


def _place(row: Sequence[Any]) -> Place:
    id_, key, name, lat, lon, feature, country, admin1, admin2, population, code, point = row
    lat, lon = (None, None) if lat is None else (lat / _DEGREE, lon / _DEGREE)
    if key is None:
        key = f"geonames:{id_}" if id_ < _OWN else unit_key(country, admin1, admin2)
    return Place(key, name, lat, lon, feature, country, admin1, admin2, population, code, _POINTS[point])
