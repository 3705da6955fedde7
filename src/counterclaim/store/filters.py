"""Which claims somebody asks for, turned into conditions on the tables."""

from __future__ import annotations

import datetime as dt

import msgspec

from counterclaim.core.voice import Act
from counterclaim.store.names import fold
from counterclaim.store.search import matching


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """Claims that meet every condition set; None or blank text sets none.

    voice: a name of somebody in the chain, or of whom they speak for. party: of somebody named in the proposition. place: of a
    place named there. These three hold whole words, without case and accents, and also the name or key that a link gives the
    words. since, until: both included, against the days of `when`, else of `said`, else the day of the report; a claim with
    none of these is in no range. words: in the quotation, by stem, all of them; "double quotes" hold a phrase together.
    """

    report: str | None = None
    kind: str | None = None
    act: Act | None = None
    voice: str | None = None
    party: str | None = None
    place: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    words: str | None = None


_NAMED = """
    EXISTS (
        SELECT 1 FROM names AS n WHERE n.claim = c.seq AND n.role = '{role}' AND (
            instr(n.words, :{role}) OR EXISTS (
                SELECT 1 FROM links AS l WHERE l.report = c.report AND l.kind = '{kind}' AND l.folded = n.words
                AND (instr(l.target, :{role}) OR l.target_key = :{role}_key)
            )
        )
    )
"""
# Lowest and highest day a claim is about; an end the text leaves open is null and lies in every range.
_DATED = "coalesce(c.first_day, c.last_day, r.day) IS NOT NULL"
_LOW = "CASE WHEN coalesce(c.first_day, c.last_day) IS NULL THEN r.day ELSE c.first_day END"
_HIGH = "CASE WHEN coalesce(c.first_day, c.last_day) IS NULL THEN r.day ELSE c.last_day END"

# Against claims `c` and their reports `r`, a condition for each field of Filter.
_CONDITIONS = {
    "report": "c.report = :report",
    "kind": "c.kind = :kind",
    "act": "c.act = :act",
    "voice": _NAMED.format(role="voice", kind="actor"),
    "party": _NAMED.format(role="party", kind="actor"),
    "place": _NAMED.format(role="place", kind="place"),
    "since": f"{_DATED} AND coalesce({_HIGH} >= :since, 1)",
    "until": f"{_DATED} AND coalesce({_LOW} <= :until, 1)",
    "words": "c.seq IN (SELECT rowid FROM claim_words WHERE claim_words MATCH :words)",
}


def conditions(wanted: Filter) -> tuple[str, dict[str, str]]:
    """Condition the filter comes to, in SQL, and the values it names."""
    asked: list[str] = []
    values: dict[str, str] = {}
    for name, condition in _CONDITIONS.items():
        value = getattr(wanted, name)
        if value is None or not str(value).strip():
            continue
        asked.append(f"({condition})")
        values |= _values(name, value)
    return " AND ".join(asked) or "1", values


def _values(name: str, value: str | dt.date) -> dict[str, str]:
    if isinstance(value, dt.date):
        return {name: value.isoformat()}
    if name == "words":
        return {name: matching(value)}
    if name in ("voice", "party", "place"):
        # A name made of marks alone folds to nothing, which would be found in every name; a line break is found in none.
        return {name: fold(value) or "\n", f"{name}_key": value}
    return {name: value}
