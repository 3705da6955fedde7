"""Verification claims to what they cover: which claims of a report somebody checked, or could not check.

What it captures: a caveat that names tolls, deaths, losses or casualties covers the casualty claims of its report; one that names
control, capture, advance or territory covers the control claims. Any check covers what stands in its own sentence.
What it does not: a caveat on a video or other footage reaches no further than its sentence; one on numbers does not cover the
death of somebody named; "verified" reaches no further than its sentence, for much is verified in a report that leaves the rest open.
Example: "Meridian could not independently verify the number of casualties" leaves the tolls of the report not verified, and
neither the named dead nor who holds the town.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from counterclaim.core.claim import Casualties, Claim, Verification, VerificationValue
from counterclaim.reconcile.context import Context
from counterclaim.reconcile.positions import Bearing, label

_REACH = {
    "casualties": re.compile(r"casualt|toll|death|losses", re.I),
    "control": re.compile(r"control|captur|advance|territor", re.I),
}
_FOOTAGE = re.compile(r"video|footage", re.I)
_NUMBERS = re.compile(r"\b(?:numbers?|tolls?|figures?|counts?|how many)\b", re.I)
# The gravest first: what was found false is not made better by another check.
_ORDER: tuple[VerificationValue, ...] = ("false", "disputed", "verified", "not-verified")


def check(context: Context, bearings: Iterable[Bearing]) -> tuple[VerificationValue | None, str]:
    """What the checks at hand say of these claims, with the one who says so; none where nobody checked."""
    found: dict[VerificationValue, str] = {}
    for one in bearings:
        for checker in context.checks.get(one.claim.report, ()):
            value = checker.proposition.value if isinstance(checker.proposition, Verification) else None
            if value is not None and checker.key != one.claim.key and covers(checker, one.claim):
                who = _checker(context, checker)
                found[value] = min(who, found.get(value, who))
        if one.claim.act == "cannot-verify":
            found["not-verified"] = min(label(one), found.get("not-verified", label(one)))
    value = next((value for value in _ORDER if value in found), None)
    return value, found[value] if value else ""


def covers(checker: Claim, claim: Claim) -> bool:
    """Whether a verification claim reaches a claim of the same report."""
    if not isinstance(checker.proposition, Verification):
        return False
    about = " ".join(checker.proposition.about)
    is_same_sentence = checker.evidence.span.meets(claim.evidence.span)
    if _FOOTAGE.search(about):
        return is_same_sentence
    reach = {kind for kind, words in _REACH.items() if words.search(about)}
    if not reach:
        return is_same_sentence
    if claim.kind not in reach or _is_named_death(claim, about):
        return False
    return is_same_sentence or checker.proposition.value == "not-verified"


def _is_named_death(claim: Claim, about: str) -> bool:
    """Whether a caveat on numbers meets somebody named, whose death is no number."""
    return isinstance(claim.proposition, Casualties) and bool(claim.proposition.named) and _NUMBERS.search(about) is not None


def _checker(context: Context, claim: Claim) -> str:
    """Who checked: the words of the claim, else its party."""
    mentions = claim.proposition.by if isinstance(claim.proposition, Verification) else ()
    if names := context.actors(claim, mentions):
        return names[0].shown
    party = context.party(claim)
    return party.shown if party else "an unnamed source"
