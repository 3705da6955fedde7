"""What holds of findings brought up to date: they are those of a reading of all reports, whatever came before and in which order."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.core.claim import Claim, Control
from counterclaim.core.holdings import MemoryHoldings
from counterclaim.core.link import Link
from counterclaim.core.mention import Mention
from counterclaim.core.report import Report
from counterclaim.reconcile import findings
from counterclaim.reconcile.ground import MemorySource
from counterclaim.reconcile.matters import in_order
from counterclaim.reconcile.update import update
from tests.laws.test_reconcile import LINKS, REPORTS, some_claims
from tests.reconcile.factories import link

_MORE_LINKS = [
    *LINKS,
    link("Massoud", "Ahmad Massoud", key="q1", report="r2"),
    link("Massoud", "Ahmad Massoud", key="q2", report="r3"),
    link("Taliban", "Taliban", key="t", report="r1"),
    link("Karimi", "Bilal Karimi", key="k", report="r2"),
    link("Paryan", "Paryan", key="p1", kind="place", report="r1"),
    link("Paryan", "Paryan", key="p2", kind="place", report="r3"),
]


@settings(max_examples=150, deadline=None)
@given(
    some_claims(), st.lists(st.sampled_from(_MORE_LINKS), unique_by=lambda one: (one.report, one.words, one.kind)), st.permutations(["r1", "r2", "r3", "r4"])
)
def test_report_by_report_is_all_at_once(claims: list[Claim], links: list[Link], order: list[str]) -> None:
    held = MemoryHoldings()
    seen: list[str] = []
    for name in order:
        seen.append(name)
        update(_source(claims, links, seen), held, [name])
    assert in_order(held.findings()) == findings(claims, REPORTS, links, _derived(claims))


@settings(max_examples=150, deadline=None)
@given(
    some_claims(),
    some_claims(),
    st.lists(st.sampled_from(_MORE_LINKS), unique_by=lambda one: (one.report, one.words, one.kind)),
    st.sampled_from(["r1", "r2", "r3", "r4"]),
)
def test_a_report_read_anew(claims: list[Claim], others: list[Claim], links: list[Link], name: str) -> None:
    held = MemoryHoldings()
    update(_source(claims, links, ["r1", "r2", "r3", "r4"]), held, ["r1", "r2", "r3", "r4"])
    after = [one for one in claims if one.report != name] + [one for one in others if one.report == name]
    update(_source(after, links, ["r1", "r2", "r3", "r4"]), held, [name])
    assert in_order(held.findings()) == findings(after, REPORTS, links, _derived(after))


def _source(claims: list[Claim], links: list[Link], seen: list[str]) -> MemorySource:
    reports: list[Report] = [one for one in REPORTS if one.id in seen]
    at_hand = [one for one in claims if one.report in seen]
    return MemorySource(at_hand, reports, [one for one in links if one.report in seen], _derived(at_hand))


def _derived(claims: list[Claim]) -> list[Claim]:
    """What claims about all districts come to for one of them."""
    found = []
    for one in claims:
        said = one.proposition
        if isinstance(said, Control) and any(mention.words.startswith("all ") for mention in said.place):
            place = Mention("all districts of Panjshir", name="Paryan", key="p1")
            found.append(
                msgspec.structs.replace(one, key=f"d{one.key}", derived_from=one.key, proposition=msgspec.structs.replace(said, place=(place,), except_=()))
            )
    return found
