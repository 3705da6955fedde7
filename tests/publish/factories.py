"""Records to export: the demo's, and small ones made up of a few claims."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from counterclaim.core.claim import Attack, Casualties, Claim
from counterclaim.core.figure import Figure
from counterclaim.core.link import Candidate, Link, Located
from counterclaim.core.report import Report
from counterclaim.publish.material import Material
from counterclaim.publish.view import View
from counterclaim.reconcile import findings
from counterclaim.reconcile.board import board
from counterclaim.reconcile.context import context
from counterclaim.reconcile.exported import exported
from counterclaim.reconcile.lineage import lineage
from counterclaim.reconcile.promises import promises
from counterclaim.reconcile.stories import stories
from counterclaim.reconcile.versions import versions
from counterclaim.resolve.registry import registry
from tests.reconcile.demos import demos, derived
from tests.reconcile.factories import claim, figure, m, report, voice

MARKET = Link(
    "r1",
    "Kibua",
    "place",
    Candidate("Kibua", "geo:1", 1.0, Located("exact", country="CD", province="North Kivu", district="Walikale", lat=-1.4, lon=28.5, pcode="CD6109")),
    "made up",
)


@cache
def demo() -> Material:
    """The record of the demo reports."""
    read = demos()
    return material(read.claims, read.reports, read.links, derived())


def material(claims: Iterable[Claim], reports: Iterable[Report] = (), links: Iterable[Link] = (), follows: Iterable[Claim] = ()) -> Material:
    """The record of these claims, as an opened record puts it together."""
    claims, reports = tuple(claims), tuple(reports)
    known = registry(list(links), list(claims), list(reports), [])
    at_hand = context(claims, reports, known.links, follows)
    told = stories(list(claims), list(reports), known.links, [], lineage(reports).kinships)
    counted = exported(at_hand, told, versions(list(reports), list(claims)), known.links)
    return Material(
        claims=claims,
        findings=tuple(findings(claims, reports, known.links, follows)),
        links=tuple(known.links),
        reports=reports,
        stories=tuple(told),
        cells=board(at_hand, list(follows)).cells,
        promises=tuple(promises(list(claims), list(reports), known.links, [])),
        **counted._asdict(),
    )


def shelling(*, counts: Iterable[tuple[str, Figure | None]] = (), denied_by: str | None = None, who: str = "people") -> Material:
    """A market at Kibua shelled on 10 June 2025, with a toll by each of these voices, each in a report of its own."""
    day = "2025-06-10"
    attack = Attack(actor=m("the rebels"), target=m("the market"), means="shelling", place=m("Kibua"))
    claims = [claim(attack, "Grace Ilunga", days=day)]
    reports = [report("r1", "A market was shelled. " * 8, outlet="Daily", published="2025-06-11")]
    if denied_by:
        claims.append(claim(attack, voice(denied_by, denied_by), act="denies", days=day, sentence=1))
    for number, (name, count) in enumerate(counts, 2):
        toll = Casualties(who=m(who), harm=("killed",), count=count, place=m("Kibua"))
        claims.append(claim(toll, name, report=f"r{number}", outlet=f"Paper {number}", days=day))
        reports.append(report(f"r{number}", f"Toll number {number}. " * 12, outlet=f"Paper {number}", published="2025-06-11"))
    places = [Link(one.id, MARKET.words, "place", MARKET.target, "made up") for one in reports]
    return material(claims, reports, places)


def view(found: Material) -> View:
    return View(found)


__all__ = ["MARKET", "demo", "figure", "material", "shelling", "view"]
