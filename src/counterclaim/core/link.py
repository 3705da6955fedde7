"""What a mention names: scored, reasoned, revocable, and kept beside the claim, never in its words."""

from __future__ import annotations

from typing import Literal

import msgspec

LinkKind = Literal["actor", "place"]
# How closely a place is known: a point of its own; somewhere in a district, a province, a country; not at all.
Precision = Literal["exact", "district", "province", "country", "unknown"]


class Located(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a linked place lies, copied from the gazetteer so that a record can be read without it.

    `lat` and `lon` are WGS 84 degrees, absent where the gazetteer has no point; `country` is an ISO 3166-1 alpha-2 code;
    `province` and `district` are the names of the units it lies in or is; `feature` is a GeoNames feature code; `pcode` a
    place code of the UN, where the gazetteer has one. `of` is true where the words name a feature called after the place.
    """

    precision: Precision
    country: str | None = None
    province: str | None = None
    district: str | None = None
    lat: float | None = None
    lon: float | None = None
    feature: str | None = None
    pcode: str | None = None
    of: bool = False


class Candidate(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing the words may name."""

    name: str
    key: str
    score: float
    at: Located | None = None


class Link(msgspec.Struct, frozen=True, omit_defaults=True):
    """In this report, these words name this actor or place. `target` is null while more than one candidate is left."""

    report: str
    words: str
    kind: LinkKind
    target: Candidate | None
    because: str
    candidates: tuple[Candidate, ...] = ()
    flag: str | None = None
