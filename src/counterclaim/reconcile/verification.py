"""Verification claims to what they cover: which claims of a report somebody checked, or could not check.

What it captures: a caveat that names tolls, deaths, losses or casualties covers the casualty claims of its report; one that names
control, capture, advance or territory covers the control claims. "Neither side's figures" are those that the warring sides give, and
"the army's figures" the army's. "The reports" are all that others said before, "this account" is what was said last (`reach.py`).
Any check covers what stands in its own sentence.
What it does not: a caveat on a video, footage or photographs reaches no further than its sentence; one on numbers does not cover the
death of somebody named; one on the sides' figures neither the tolls of the UN, of doctors, witnesses and aid workers nor the
outlet's own; "verified" reaches no further than its sentence, for much is verified in a report that leaves the rest open.
Example: "Meridian could not independently verify the number of casualties" leaves the tolls of the report not verified, and
neither the named dead nor who holds the town.
"""

from __future__ import annotations

from collections.abc import Iterable

from counterclaim.core.claim import Casualties, Claim, Verification, VerificationValue
from counterclaim.reconcile.context import Context
from counterclaim.reconcile.positions import Bearing, label
from counterclaim.reconcile.reach import Reach, is_by, is_of_a_side, reach, told

# The gravest first: what was found false is not made better by another check.
_ORDER: tuple[VerificationValue, ...] = ("false", "disputed", "verified", "not-verified")


def check(context: Context, bearings: Iterable[Bearing]) -> tuple[VerificationValue | None, str]:
    """What the checks at hand say of these claims, with the one who says so; none where nobody checked."""
    found: dict[VerificationValue, str] = {}
    for one in bearings:
        for checker in context.checks.get(one.claim.report, ()):
            value = checker.proposition.value if isinstance(checker.proposition, Verification) else None
            if value is not None and checker.key != one.claim.key and covers(context, checker, one.claim):
                who = _checker(context, checker)
                found[value] = min(who, found.get(value, who))
        if one.claim.act == "cannot-verify":
            found["not-verified"] = min(label(one), found.get("not-verified", label(one)))
    value = next((value for value in _ORDER if value in found), None)
    return value, found[value] if value else ""


def covers(context: Context, checker: Claim, claim: Claim) -> bool:
    """Whether a verification claim reaches a claim of the same report."""
    if not isinstance(checker.proposition, Verification):
        return False
    is_same_sentence = checker.evidence.span.meets(claim.evidence.span)
    meant = reach(" ".join(checker.proposition.about))
    if meant is None:
        return is_same_sentence
    if claim.kind not in meant.kinds or (meant.is_counting and _is_named(claim)):
        return False
    if checker.proposition.value != "not-verified":
        return is_same_sentence
    if meant.whose == "sides":
        return is_of_a_side(claim)
    if meant.owner is not None and any(is_by(context, checker, meant.owner, one) for one in told(context, checker.report)):
        return is_by(context, checker, meant.owner, claim)
    return _is_pointed_at(context, checker, claim, meant) if meant.whose == "told" else True


def _is_pointed_at(context: Context, checker: Claim, claim: Claim, meant: Reach) -> bool:
    """Whether a claim is what "the reports" or "this account" point back to: in the caveat's sentence, else before it, and of one thing the last."""
    others = [one for one in told(context, checker.report) if one.kind in meant.kinds and one.key != checker.key]
    beside = [one for one in others if one.evidence.span.meets(checker.evidence.span)]
    if beside:
        return any(one.key == claim.key for one in beside)
    before = [one for one in others if one.evidence.end <= checker.evidence.start]
    if meant.is_one and before:
        last = max(one.evidence.start for one in before)
        before = [one for one in before if one.evidence.start == last]
    return any(one.key == claim.key for one in before)


def _is_named(claim: Claim) -> bool:
    """Whether somebody is named, whose death is no number."""
    return isinstance(claim.proposition, Casualties) and bool(claim.proposition.named)


def _checker(context: Context, claim: Claim) -> str:
    """Who checked: the words of the claim, else its party."""
    mentions = claim.proposition.by if isinstance(claim.proposition, Verification) else ()
    if names := context.actors(claim, mentions):
        return names[0].shown
    party = context.party(claim)
    return party.shown if party else "an unnamed source"
