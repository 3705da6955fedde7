"""An actor: somebody who acts or speaks, with the names it is called by."""

from __future__ import annotations

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
