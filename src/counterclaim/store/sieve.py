"""Claims that are in no record held against a filter, as if they were: the very same conditions, in a small record in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing

from counterclaim.core.claim import Claim
from counterclaim.core.codec import encode
from counterclaim.core.link import Link
from counterclaim.core.report import Report
from counterclaim.store import log, schema, state
from counterclaim.store.filters import Filter, conditions
from counterclaim.store.log import EventKind
from counterclaim.store.reading import link_key
from counterclaim.store.rows import rows

_KEYS = "SELECT c.key FROM claims AS c JOIN reports AS r ON r.id = c.report"


def sieved(claims: Iterable[Claim], reports: Iterable[Report], links: Iterable[Link], wanted: Filter) -> set[str]:
    """The keys of the claims that meet the filter. Claims of reports that are not given are left out, as are two links of one key."""
    events: list[tuple[EventKind, str, str]] = [("report", one.id, encode(one).decode()) for one in {one.id: one for one in reports}.values()]
    here = {key for _, key, _ in events}
    events += [("claim", one.key, encode(one).decode()) for one in {one.key: one for one in claims}.values() if one.report in here]
    events += [("link", key, encode(one).decode()) for key, one in {link_key(one): one for one in links}.items() if one.report in here]
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        schema.migrate(connection)
        with schema.transaction(connection):
            for kind, key, body in events:
                state.apply(connection, log.append(connection, kind, key, body))
        where, values = conditions(wanted)
        return {key for (key,) in rows(connection, f"{_KEYS} WHERE {where}", values)}
