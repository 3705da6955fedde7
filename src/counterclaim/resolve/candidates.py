"""A name to the places it may be, as columns of numbers, so that a whole report is weighed at once."""

from __future__ import annotations

import re
from functools import lru_cache
from math import cos, log10, radians, sin
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from counterclaim.core.place import Place
from counterclaim.knowledge.gazetteer import Found, Gazetteer, Kind
from counterclaim.knowledge.places import Level, bare, featureless, level_of, levels

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

# A country or a first-level unit: known widely enough to be context wherever it stands.
WIDE = 2
_ARTICLE = re.compile(r"^(?:al|ad|an|ar|as|ash|at|az|el) (?=\S)")
# How newspapers shorten the first words of towns' names.
_SHORT = {"mt": "mount", "st": "saint", "ft": "fort", "ste": "sainte", "pt": "port"}


class Priors(msgspec.Struct, frozen=True):
    """What is known of a place before the report speaks, in logarithms of odds; found by `training.place_weights`."""

    people: float = 0.4
    """For each tenfold of people."""
    other: float = 0.0
    """The name is another spelling or an older name of the place."""
    bare: float = -1.2
    """The name lacks the word for what the place is."""
    folk: float = 2.0
    """The name is a people's."""
    country: float = 7.0
    first: float = 1.8
    capital: float = 1.0
    region: float = 8.0
    seated: float = -2.0
    """A unit, where a town in it has the name too: the town is meant, unless a word says otherwise."""
    classed: float = 6.0
    """A word of the name says its level; taken off where it says another."""


class Columns(NamedTuple):
    """The places of one name: what each is, and the numbers it is weighed with."""

    found: tuple[Found, ...]
    levels: tuple[Level | None, ...]
    is_wide: bool
    """One of them is a country or a first-level unit, whose name is context wherever it stands; `is_people` where it is so as a people."""
    is_people: bool
    is_feature: bool
    """The places are those that the named feature is called after."""
    prior: Floats
    vector: Floats
    """Unit vectors on the sphere, (n, 3); zeros for a place without a point."""
    country: Ints
    first: Ints
    level: Ints


class Candidates:
    """Looks names up once; countries and first-level units are numbered as they come."""

    def __init__(self, gazetteer: Gazetteer, priors: Priors) -> None:
        self._gazetteer = gazetteer
        self._priors = priors
        self._numbers: dict[str, int] = {}
        self.of = lru_cache(maxsize=100_000)(self._look_up)

    def number(self, country: str | None, first: str | None = "") -> int:
        """A number for a country, or for a first-level unit of it; -1 for none."""
        return -1 if country is None or first is None else self._numbers.setdefault(f"{country}.{first}", len(self._numbers))

    def _look_up(self, name: str) -> Columns:
        found = self.named(name)
        is_feature = not found and (rest := featureless(name)) != name
        return self.columns(name, self.named(rest) if is_feature else found, is_feature=is_feature)

    def named(self, name: str) -> tuple[Found, ...]:
        """The places of a folded name, under the name as it is, with short words spelt out, and without its class word."""
        found = {f.place.key: f for f in self._gazetteer.named(name)}
        spelt = " ".join(_SHORT.get(part, part) for part in name.split())
        for other in (spelt, bare(name), bare(spelt)):
            if other != name:
                for f in self._gazetteer.named(other):
                    found.setdefault(f.place.key, f)
        if not found:
            # Arabic names come with their article and without it.
            for other in (f"al {name}", _ARTICLE.sub("", name)):
                if other != name:
                    found = {f.place.key: f for f in self._gazetteer.named(other)} or found
        return tuple(found.values())

    def columns(self, name: str, found: tuple[Found, ...], *, is_feature: bool = False) -> Columns:
        """These places of a name, with their numbers."""
        wanted = levels(name)
        towns = {(f.place.country, f.place.admin1) for f in found if level_of(f.place) == "town" and f.kind in ("own", "other")}
        has_unit = any(f.place.level == 1 for f in found)
        named = tuple(level_of(f.place) for f in found)
        return Columns(
            found,
            named,
            any(f.place.level < WIDE for f in found),
            any(f.place.level < WIDE and f.kind == "people" for f in found),
            is_feature,
            np.array([self._prior(f, level, wanted, towns, has_unit=has_unit) for f, level in zip(found, named, strict=True)], dtype=np.float32),
            np.array([_vector(f.place) for f in found], dtype=np.float32).reshape(-1, 3),
            np.array([self.number(f.place.country) for f in found], dtype=np.int32),
            np.array([self.number(f.place.country, f.place.admin1) for f in found], dtype=np.int32),
            np.array([f.place.level for f in found], dtype=np.int32),
        )

    def _prior(self, found: Found, level: Level | None, wanted: frozenset[Level], towns: set[tuple[str | None, str | None]], *, has_unit: bool) -> float:
        w, place = self._priors, found.place
        of_kind: dict[Kind, float] = {"own": 0.0, "other": w.other, "bare": w.bare, "people": w.folk}
        score = w.people * log10(place.population + 10) + of_kind[found.kind]
        score += {0: w.country, 1: w.first, 9: w.first if has_unit else w.region}.get(place.level, 0.0)
        if place.feature == "PPLC":
            score += w.capital
        if level in ("first", "second") and not wanted and (place.country, place.admin1) in towns:
            score += w.seated
        return score + (w.classed if level in wanted else -w.classed if wanted else 0.0)


def _vector(place: Place) -> tuple[float, float, float]:
    if place.lat is None or place.lon is None:
        return 0.0, 0.0, 0.0
    lat, lon = radians(place.lat), radians(place.lon)
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)
