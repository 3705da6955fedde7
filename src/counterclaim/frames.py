"""Claims, findings, links and reports to tables: plain rows first, then a data frame of pandas or polars where one is wanted."""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from counterclaim.core.claim import Claim
from counterclaim.core.finding import Finding
from counterclaim.core.link import Link
from counterclaim.core.mention import Mention
from counterclaim.core.report import Report
from counterclaim.core.voice import origin
from counterclaim.core.when import When
from counterclaim.errors import SettingsError

Library = Literal["pandas", "polars"]
What = Literal["claims", "findings", "links", "reports"]
Cell = str | int | float | bool | dt.date | None
Row = dict[str, Cell]

LIBRARIES: tuple[Library, ...] = ("pandas", "polars")
JOIN = "; "

# Which columns there are and of what type, so that an empty table has them too.
COLUMNS: dict[What, dict[str, type]] = {
    "claims": {
        **dict.fromkeys(("key", "report", "kind", "act", "modality", "outlet", "origin", "speaks_for", "chain", "hedges"), str),
        "from": dt.date,
        "to": dt.date,
        "precision": str,
        "said_from": dt.date,
        "said_to": dt.date,
        **dict.fromkeys(("slots", "places", "parties", "interest", "refutes"), str),
        "score": float,
        "because": str,
        "quotable": bool,
        "quote": str,
        "start": int,
        "end": int,
    },
    "findings": dict.fromkeys(("key", "kind", "question", "standing", "positions", "claims"), str)
    | {"low": float, "best": float, "high": float, "because": str},
    "links": dict.fromkeys(("report", "words", "kind", "name", "key"), str)
    | {"score": float, "because": str, "country": str, "province": str, "district": str, "precision": str, "lat": float, "lon": float, "flag": str},
    "reports": dict.fromkeys(("id", "title", "outlet"), str)
    | {"published": dt.date}
    | dict.fromkeys(("url", "source", "sha256", "reader"), str)
    | {"characters": int},
}


def claim_rows(claims: Iterable[Claim]) -> list[Row]:
    """One row a claim, in the order given. Slots are written as `name=words`, several joined by `; `; nothing is chosen or summed."""
    return [_claim(claim) for claim in claims]


def finding_rows(findings: Iterable[Finding]) -> list[Row]:
    """One row a finding; its question as `name=words`, its positions as `party: what it says`, the keys of its claims."""
    return [
        {
            "key": one.key,
            "kind": one.question["kind"],
            "question": JOIN.join(f"{name}={value}" for name, value in sorted(one.question.items()) if name != "kind" and value is not None),
            "standing": one.standing,
            "positions": JOIN.join(f"{position.party or '?'}: {position.says}" for position in one.positions),
            "claims": JOIN.join(key for position in one.positions for key in position.claims),
            **{name: getattr(one, name) for name in ("low", "best", "high", "because")},
        }
        for one in findings
    ]


def link_rows(links: Iterable[Link]) -> list[Row]:
    """One row a link; without a target the words stay open."""
    rows: list[Row] = []
    for link in links:
        target, at = link.target, link.target.at if link.target else None
        rows.append(
            {
                **{name: getattr(link, name) for name in ("report", "words", "kind")},
                **{name: getattr(target, name, None) for name in ("name", "key", "score")},
                "because": link.because,
                **{name: getattr(at, name, None) for name in ("country", "province", "district", "precision", "lat", "lon")},
                "flag": link.flag,
            }
        )
    return rows


def report_rows(reports: Iterable[Report]) -> list[Row]:
    """One row a report, without its text."""
    names = ("id", "title", "outlet", "url", "source", "sha256", "reader")
    return [{**{name: getattr(one, name) for name in names}, "published": one.published.day, "characters": len(one.text)} for one in reports]


def frame(what: What, rows: Sequence[Row], library: Library) -> Any:
    """The rows as a frame of this library, in the columns of `COLUMNS[what]`. Raises SettingsError where it is not installed."""
    module = loaded(library)
    columns = COLUMNS[what]
    cells = {name: [row.get(name) for row in rows] for name in columns}
    if library == "polars":
        types = {str: module.String, int: module.Int64, float: module.Float64, bool: module.Boolean, dt.date: module.Date}
        return module.DataFrame(cells, schema={name: types[kind] for name, kind in columns.items()})
    # Days stay days of Python: pandas' own times end in 2262, and a date is no moment.
    kinds = {str: "object", int: "int64", float: "float64", bool: "bool", dt.date: "object"}
    return module.DataFrame({name: module.Series(cells[name], dtype=kinds[kind]) for name, kind in columns.items()})


def loaded(library: Library) -> Any:
    """The library. Raises SettingsError for one that is none of ours or not installed, naming the remedy."""
    if library not in LIBRARIES:
        raise SettingsError(f"library {library!r}: frames are made for {', '.join(LIBRARIES)}")
    try:
        return importlib.import_module(library)
    except ImportError as error:
        raise SettingsError(f"{library} is not installed here: pip install 'counterclaim[{library}]'") from error


def _claim(claim: Claim) -> Row:
    slots = {name: getattr(claim.proposition, name) for name in claim.proposition.__struct_fields__}
    first = origin(claim.chain)
    return {
        **{name: getattr(claim, name) for name in ("key", "report", "kind", "act", "modality", "refutes", "score", "because", "quotable")},
        "outlet": claim.chain[0].name,
        "origin": first.name,
        "speaks_for": first.speaks_for,
        "chain": " < ".join(voice.name or "?" for voice in claim.chain),
        "hedges": JOIN.join(claim.hedges),
        **_days(claim.when, "", precision=True),
        **_days(claim.said, "said_", precision=False),
        "slots": JOIN.join(f"{name}={words}" for name, value in slots.items() if (words := _words(value))),
        "places": JOIN.join(m.words for name in ("place", "places", "to", "from_") for m in slots.get(name, ()) if _is_place(claim.kind, name, m)),
        "parties": JOIN.join(m.words for name in PARTIES for m in slots.get(name, ()) if isinstance(m, Mention) and not _is_place(claim.kind, name, m)),
        "interest": claim.interest.value if claim.interest else None,
        "quote": claim.evidence.quote,
        "start": claim.evidence.start,
        "end": claim.evidence.end,
    }


PARTIES = ("holder", "not_holder", "actor", "sides", "target", "who", "by", "to", "participants", "parties", "donor")


def _is_place(kind: str, slot: str, filler: object) -> bool:
    """Movements go to places, offers and answers to parties."""
    return isinstance(filler, Mention) and (slot in ("place", "places") or (kind == "movement" and slot in ("to", "from_")))


def _days(when: When | None, lead: str, *, precision: bool) -> Row:
    row: Row = {f"{lead}from": when.start if when else None, f"{lead}to": when.end if when else None}
    return row | ({"precision": when.precision if when else None} if precision else {})


def _words(value: object) -> str:
    """What a slot holds, in words."""
    if isinstance(value, tuple):
        return " | ".join(words for one in value if (words := _words(one)))
    if isinstance(value, str) or value is None:
        return value or ""
    for name in ("words", "act"):
        if isinstance(found := getattr(value, name, None), str):
            return found
    return str(value)
