"""Findings to a CSV with HXL tags: one row a question, with its place, people, numbers and standing, for humanitarian spreadsheets.

What it captures: casualties, needs, aid, attacks, fighting and control, as findings lay them side by side, under tags other tools know.
What it does not: write which voice gave which number (the parties stand in one cell); P-codes where the gazetteer has none.
"""

from __future__ import annotations

from collections.abc import Mapping

from counterclaim.core.claim import Aid, Casualties, Claim, Need
from counterclaim.core.figure import Figure
from counterclaim.core.finding import Finding
from counterclaim.core.link import Candidate
from counterclaim.knowledge.standards import country_name
from counterclaim.publish.cells import Column, Rows, Value
from counterclaim.publish.view import View
from counterclaim.publish.words import asked

LOST = (
    "which party gave which number: `low` and `high` span them all, and the positions stand in one cell",
    "the voices, the reports and the words: counts of origins and reports are kept, the rest is not",
    "offers, demands, talks, agreements and violations: they have no row",
    "places of a finding whose claims name several: the cells of the place stay empty",
    "P-codes of places where no gazetteer in use has them (import OCHA's: `counterclaim gazetteer import`)",
    "numbers under one tag: people killed and people in need are told apart by the column `harm or need`",
)
_KINDS = ("casualties", "need", "aid", "attack", "fighting", "control")
# Header and tag of each column, in the order of the file.
TAGS: tuple[tuple[str, str, str], ...] = (
    ("finding", "#meta+id", "key of the finding"),
    ("kind", "#event+type", "kind of its question"),
    ("question", "#description+question", "the question in words"),
    ("from", "#date+start", "first day it speaks of"),
    ("to", "#date+end", "last day"),
    ("country", "#country+name", "country of the one place its claims name"),
    ("country code", "#country+code+v_iso2", "its ISO 3166-1 alpha-2 code"),
    ("admin 1", "#adm1+name", "its province"),
    ("admin 2", "#adm2+name", "its district"),
    ("place", "#loc+name", "the place"),
    ("p-code", "#loc+code+v_pcode", "its P-code, where the gazetteer has one"),
    ("latitude", "#geo+lat", "WGS 84"),
    ("longitude", "#geo+lon", "WGS 84"),
    ("people", "#affected+group", "who was harmed or is in want"),
    ("harm or need", "#affected+type", "killed, wounded, displaced …, or “in need”"),
    ("low", "#affected+num+min", "least number over the claims that stand; empty where open"),
    ("high", "#affected+num+max", "greatest number; empty where open"),
    ("total", "#affected+total", "why the number is of more than one event, and not to be added to those of events; empty where it is of one"),
    ("donor", "#org+funding", "who gives"),
    ("goods", "#item+type", "what is given"),
    ("stage", "#status+delivery", "pledged, sent, arrived, distributed, blocked"),
    ("amount", "#value+num", "the amount of goods, where all claims tell one; of a total and its parts the total"),
    ("unit", "#value+unit", "its unit"),
    ("standing", "#status+standing", "claimed, conceded, corroborated, disputed, verified, not-verified, withdrawn"),
    ("verification", "#status+verification", "what checks came to"),
    ("positions", "#description+positions", "who says what"),
    ("origins", "#meta+origins+num", "independent origins of the best-founded position"),
    ("reports", "#meta+reports+num", "reports that speak of it"),
    ("outlets", "#org+source+list", "their outlets"),
)


def rows(view: View) -> Rows:
    """One row for each finding of these kinds, by kind and key; the second header line is `tags`."""
    made = []
    for finding in sorted(view.material.findings, key=lambda one: (_KINDS.index(kind) if (kind := one.question["kind"] or "") in _KINDS else 99, one.key)):
        if finding.question["kind"] in _KINDS:
            cells = _cells(view, finding)
            made.append(tuple(cells.get(name) for name, _, _ in TAGS))
    return Rows(tuple(Column(name, "text", f"`{tag}`: {says}") for name, tag, says in TAGS), tuple(made))


def tags() -> list[str]:
    """The line of tags."""
    return [tag for _, tag, _ in TAGS]


def _cells(view: View, finding: Finding) -> dict[str, Value]:
    question: Mapping[str, str | None] = finding.question
    claims = [claim for position in finding.positions for key in position.claims if (claim := view.claims.get(key))]
    place = _place(view, claims)
    at = place.at if place else None
    kind = question["kind"]
    live = [claim for claim in claims if view.is_standing(claim.key)]
    low, high = (finding.low, finding.high) if len(live) == len(claims) else _range(live)
    counts = [claim for claim in live if isinstance(claim.proposition, Casualties) and claim.act in ("asserts", "confirms")]
    totals = {reason for claim in counts if (reason := view.material.totals.get(claim.key))}
    amount = _amount(finding, live)
    return {
        "finding": finding.key,
        "kind": kind,
        "question": asked(finding),
        "from": question.get("from" if kind == "casualties" else "day") or question.get("as_of"),
        "to": question.get("to") if kind == "casualties" else question.get("day") or question.get("as_of"),
        "country": country_name(at.country) if at and at.country else None,
        "country code": at.country if at else None,
        "admin 1": at.province if at else None,
        "admin 2": at.district if at else None,
        "place": place.name if place else question.get("place"),
        "p-code": at.pcode if at else None,
        "latitude": at.lat if at else None,
        "longitude": at.lon if at else None,
        "people": question.get("who"),
        "harm or need": question.get("harm") if kind == "casualties" else "in need" if kind == "need" else None,
        "low": low,
        "high": high,
        "total": "; ".join(sorted(totals)) if counts and all(one.key in view.material.totals for one in counts) else None,
        "donor": question.get("donor"),
        "goods": question.get("goods"),
        "stage": question.get("stage"),
        "amount": amount.high if amount else None,
        "unit": amount.unit if amount else None,
        "standing": finding.standing if live or not claims else "withdrawn",
        "verification": finding.verification,
        "positions": tuple(f"{one.party or 'an unnamed source'}: {one.says}" for one in finding.positions),
        "origins": max((one.origins for one in finding.positions), default=0),
        "reports": len({claim.report for claim in claims}),
        "outlets": tuple(sorted({view.outlet(claim) for claim in claims})),
    }


def _range(live: list[Claim]) -> tuple[int | float | None, int | float | None]:
    """The widest range of the counts that stand, as findings have it: a side that one of them leaves open is open."""
    told = [claim.proposition.count for claim in live if isinstance(claim.proposition, Casualties | Need) and claim.act in ("asserts", "confirms")]
    counts = [one for one in told if one is not None and not one.is_vague]
    lows, highs = [one.low for one in counts if one.low is not None], [one.high for one in counts if one.high is not None]
    return (min(lows) if counts and len(lows) == len(counts) else None), (max(highs) if counts and len(highs) == len(counts) else None)


def _amount(finding: Finding, live: list[Claim]) -> Figure | None:
    """The one amount of a shipment: what all claims tell, or the total where they tell it with its parts; none where they differ."""
    told = {
        (one.low, one.high, one.unit): one for claim in live if isinstance(claim.proposition, Aid) and (one := claim.proposition.amount) and not one.is_vague
    }
    if len(told) == 1:
        return next(iter(told.values()))
    total = next((claim.proposition for claim in live if finding.sum_check and claim.key == finding.sum_check.total), None)
    return total.amount if isinstance(total, Aid) else None


def _place(view: View, claims: list[Claim]) -> Candidate | None:
    found = {place.key: place for claim in claims if (place := view.place_of(claim))}
    return next(iter(found.values())) if len(found) == 1 else None
