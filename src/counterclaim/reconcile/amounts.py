"""Findings of aid and need to amounts: each figure with its claim, in its own unit and in the base unit of its measure, and the checks.

What it captures: which claim tells a total and which its parts, as far as `reconcile/aid` found a sum; whether all figures of one matter
are of one unit or one measure.
What it does not: add up shipments that nobody added up, convert what would need a guess (bags, trucks, currencies, households), or lay
people beside families.
Example: 480 tonnes and 300,000 kg: one measure, 480 t and 300 t.
"""

from __future__ import annotations

from collections.abc import Iterable

from counterclaim.core.amount import Amount, InBase, Role, Told, UnitCheck
from counterclaim.core.claim import Aid, Claim, Need
from counterclaim.core.figure import Figure
from counterclaim.core.finding import Finding
from counterclaim.knowledge.units import base_of, converted
from counterclaim.reconcile.context import Context
from counterclaim.reconcile.ranges import bounds


def amounts(context: Context, findings: Iterable[Finding]) -> list[Amount]:
    """The amounts of the findings of aid and need, in the order given; other findings are passed over."""
    return [_amount(context, one) for one in findings if one.question["kind"] in ("aid", "need")]


def _amount(context: Context, finding: Finding) -> Amount:
    checked = finding.sum_check
    roles: dict[str, Role] = {checked.total: "total", **dict.fromkeys(checked.parts, "part")} if checked else {}
    claims = (context.by_key[claim] for position in finding.positions for claim in position.claims if claim in context.by_key)
    parties = {claim: position.party for position in finding.positions for claim in position.claims}
    told = [_told(context, claim, parties[claim.key], roles.get(claim.key, "told")) for claim in claims]
    rank = {"total": 0, "told": 1, "part": 2}
    told.sort(key=lambda one: (rank[one.role], one.report, context.by_key[one.claim].evidence.start, one.claim))
    return Amount(
        key=finding.key,
        kind="aid" if finding.question["kind"] == "aid" else "need",
        question=finding.question,
        standing=finding.standing,
        told=tuple(told),
        units=unit_check([one.unit for one in told if one.words is not None and one.act in ("asserts", "confirms")]),
        low=finding.low,
        high=finding.high,
        sum_check=checked,
    )


def _told(context: Context, claim: Claim, party: str | None, role: Role) -> Told:
    figure, of = _figure(claim)
    count = bounds(figure)
    found = converted(figure) if figure else None
    return Told(
        claim=claim.key,
        report=claim.report,
        party=party,
        of=of,
        words=figure.words if figure else None,
        low=count.low,
        high=count.high,
        unit=figure.unit if figure else None,
        act=claim.act,
        role=role,
        base=InBase(found.low, found.high, found.unit, found.source) if found else None,
        withdrawn=claim.key in context.withdrawn,
    )


def _figure(claim: Claim) -> tuple[Figure | None, tuple[str, ...]]:
    proposition = claim.proposition
    if isinstance(proposition, Aid):
        return proposition.amount, proposition.goods
    return (proposition.count, proposition.need) if isinstance(proposition, Need) else (None, ())


def unit_check(units: Iterable[str | None]) -> UnitCheck:
    """Whether figures in these units can be laid side by side; null is a bare count."""
    found = sorted({(unit or "").casefold().strip() for unit in units} if (units := list(units)) else ())
    if not found:
        return UnitCheck("no figures", "no figure is told")
    if len(found) == 1:
        return UnitCheck("one unit", f"all in {found[0]}" if found[0] else "bare counts")
    named = ", ".join(unit or "no unit" for unit in found)
    bases = {base_of(unit)[0] for unit in found}
    if len(bases) == 1 and "" not in bases:
        return UnitCheck("one measure", f"told in {named}; side by side in {bases.pop()}")
    return UnitCheck("not comparable", f"told in {named}, which are not of one measure")
