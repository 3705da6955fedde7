"""An actor: somebody who acts or speaks, with the names it is called by."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec


class Actor(msgspec.Struct, frozen=True, gc=False):
    """One actor of the packaged table.

    `kind` is one of state, government, armed-forces, police, armed-group, militia, coalition, party, wing, igo, un-body, ngo,
    media, private-military, criminal-group. `country` is an ISO 3166-1 alpha-2 code where it belongs to one. `parent` is the
    name of what it is a part of. `since` and `until` are years.
    """

    key: str
    name: str
    kind: str
    country: str | None = None
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None


class Tie(msgspec.Struct, frozen=True, order=True):
    """What a report says an actor is to another: whom it speaks for, in which role, told on which day."""

    relation: Literal["speaks for", "role"]
    to: str
    report: str
    day: dt.date | None = None


class Known(msgspec.Struct, frozen=True):
    """An actor of a record: the key its links have, the names it is called by, the reports that name it, and its ties.

    `merged` lists the keys that were joined into this one, each with the reason; `maybe` actors that may be the same and stay two.
    """

    key: str
    name: str
    kind: Literal["person", "group", "unknown"]
    names: tuple[str, ...]
    reports: tuple[str, ...]
    ties: tuple[Tie, ...] = ()
    merged: tuple[tuple[str, str], ...] = ()
    maybe: tuple[tuple[str, str], ...] = ()
