"""The columns of tables of administrative units (OCHA COD-AB) as the offices that make them have named them over the years."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_UNIT = r"adm(?:in)?([0-5])_?"
_CODE = re.compile(_UNIT + "pcode")
_NAME = re.compile(_UNIT + "name")
_IN_LANGUAGE = re.compile(_UNIT + "(?:name_?)?([a-z]{2})")
_OTHER = re.compile(_UNIT + r"(?:name_?[1-9]|ref(?:_?name)?|alt_?(?:name_?)?[1-9]?_?(?:[a-z]{2})?)")
_LATITUDES = ("center_lat", "centroid_lat", "latitude", "lat")
_LONGITUDES = ("center_lon", "centroid_lon", "longitude", "lon", "long")
_COUNTRIES = ("iso2", "iso_2", "iso3166_1_alpha_2")
DEEPEST = 5


class Columns(NamedTuple):
    """Which columns say what: by level the code, the names (the one to call the unit by first) and other names; the point; the country."""

    codes: dict[int, str]
    names: dict[int, tuple[str, ...]]
    others: dict[int, tuple[str, ...]]
    point: tuple[str, str] | None
    country: str | None


@lru_cache(maxsize=256)
def columns(head: tuple[str, ...]) -> Columns:
    """What the columns of a table are; without codes where it is no table of units."""
    plain = {name: name.strip().lower() for name in head}
    codes: dict[int, str] = {}
    called: dict[int, list[tuple[int, str]]] = {}
    others: dict[int, list[str]] = {}
    for name, low in plain.items():
        if found := _CODE.fullmatch(low):
            codes[int(found[1])] = name
        elif found := _NAME.fullmatch(low):
            called.setdefault(int(found[1]), []).append((1, name))
        elif found := _IN_LANGUAGE.fullmatch(low):
            called.setdefault(int(found[1]), []).append((0 if found[2] == "en" else 2, name))
        elif found := _OTHER.fullmatch(low):
            others.setdefault(int(found[1]), []).append(name)
    lat, lon = _first(plain, _LATITUDES), _first(plain, _LONGITUDES)
    return Columns(
        codes,
        # English first, then the name in no language said, then as they stand.
        {level: tuple(name for _, name in sorted(listed, key=lambda pair: pair[0])) for level, listed in called.items()},
        {level: tuple(listed) for level, listed in others.items()},
        (lat, lon) if lat and lon else None,
        _first(plain, _COUNTRIES),
    )


def _first(plain: dict[str, str], wanted: tuple[str, ...]) -> str | None:
    return next((name for low in wanted for name, found in plain.items() if found == low), None)
