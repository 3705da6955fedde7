"""Claims of violence and of who took what, gathered into events; and reports that are versions of one report."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from counterclaim.core.claim import Harm
from counterclaim.core.link import Precision

Role = Literal["attacker", "target", "side", "taker", "loser", "mover", "harmed"]
VersionGround = Literal["url", "title", "text"]
Outcome = Literal["withdrawn", "superseded"]


class Spot(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a story is set. `key` and the point are there where a gazetteer has them."""

    name: str
    key: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: Precision = "unknown"


class Part(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who plays a role by the word of these claims; `denied_by` are the claims that deny it."""

    role: Role
    name: str
    claims: tuple[str, ...]
    key: str | None = None
    denied_by: tuple[str, ...] = ()


class Toll(msgspec.Struct, frozen=True):
    """The range of one harm over the claims that give a number; a null bound is open."""

    harm: Harm
    low: int | float | None
    high: int | float | None
    claims: tuple[str, ...]


class Join(msgspec.Struct, frozen=True):
    """Why two claims are of one event. The joins of a story form a tree: take one away and the story falls in two."""

    a: str
    b: str
    score: float
    because: str


class Story(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One event as it is told across reports. Derived from the claims and a person's judgements, by rule; it changes no claim.

    `first` and `last` are the days on which all dated claims agree; `first` is null where nothing but "by then" is known.
    `judged` are the keys of the judgements that made it what it is.
    """

    key: str
    kinds: tuple[str, ...]
    first: dt.date | None
    last: dt.date | None
    place: Spot | None
    actors: tuple[Part, ...]
    figures: tuple[Toll, ...]
    claims: tuple[str, ...]
    reports: tuple[str, ...]
    origins: tuple[str, ...]
    joins: tuple[Join, ...]
    because: str
    judged: tuple[str, ...] = ()


class Retelling(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a later version did to a claim of the earlier one; `by` is the claim that stands in its place."""

    claim: str
    outcome: Outcome
    because: str
    by: str | None = None


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """`newer` is a later version of the report `older`, which it supersedes. Claims told again unchanged are not listed."""

    older: str
    newer: str
    ground: VersionGround
    overlap: float
    because: str
    claims: tuple[Retelling, ...] = ()
