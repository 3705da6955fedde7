"""The demo reports as the trained reader reads them, once a test run."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from counterclaim.core.claim import Claim
from counterclaim.core.link import Link
from counterclaim.core.report import Report
from counterclaim.knowledge.gazetteer import Gazetteer
from counterclaim.resolve.sets import expanded
from tests.golden.records import demo
from tests.reading import pipeline


class Demos(NamedTuple):
    """All demo reports with their claims and links."""

    reports: tuple[Report, ...]
    claims: tuple[Claim, ...]
    links: tuple[Link, ...]

    def report_of(self, key: str) -> str:
        """The report that a claim stands in."""
        return next(claim.report for claim in self.claims if claim.key == key)


@cache
def demos() -> Demos:
    """The demo reports, read."""
    readings = [pipeline("trained").read(item.report) for _, item in sorted(demo().items())]
    return Demos(
        tuple(one.report for one in readings),
        tuple(claim for one in readings for claim in one.claims),
        tuple(link for one in readings for link in one.links),
    )


@cache
def derived() -> tuple[Claim, ...]:
    """What follows from the demo's claims about sets of places, by the packaged gazetteer."""
    found = demos()
    return tuple(expanded(found.claims, found.links, Gazetteer()))
