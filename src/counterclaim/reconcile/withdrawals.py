"""Claims to those that were taken back: corrected or retracted by the voice that made them or the outlet that printed them.

What it captures: a voice that denies its own claim by reference; an outlet that says it withdraws, retracts or corrects a claim,
by reference or by the number of people in it, in a report of the same day or the month after; a count that the report which tells it says
was given up for another ("an earlier version said 40"), and that count where the same voice or outlet told it before.
What it does not: a later toll, which replaces an earlier one and takes nothing back; a correction that names neither claim nor figure.
Example: "Meridian withdraws the figure of 26 dead" takes back the claims of 26 in Meridian's reports up to that day.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping

from counterclaim.core.claim import Casualties, Claim, Statement
from counterclaim.core.figure import Figure
from counterclaim.core.report import Report
from counterclaim.reconcile.origins import Origins, is_narration

# A figure is withdrawn, and so are troops: the word for what is taken back must stand near the verb.
_RETRACTS = re.compile(
    r"\b(?:withdr(?:aw|ew|awn)\w*|retract\w*|correct(?:s|ed|ing|ion)?)\b.{0,60}?\b(?:figures?|numbers?|toll|count|total|report|claim|statement)\b", re.I | re.S
)
# A bare number says little: it is looked for no further back than a correction is likely to reach.
_REACH = dt.timedelta(days=31)
_VERSION = re.compile(r"\bversions? of (?:this|the|our|that)\b", re.I)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def withdrawn(claims: Iterable[Claim], origins: Origins, reports: Mapping[str, Report]) -> frozenset[str]:
    """The keys of the claims that were taken back."""
    claims = tuple(claims)
    by_key = {claim.key: claim for claim in claims}
    found: set[str] = set()
    for claim in claims:
        if claim.modality != "actual":
            continue
        if claim.counting == "former":
            found.add(claim.key)
            found.update(other.key for other in claims if _is_former(claim, other, origins) and _is_earlier(other, claim, reports))
            continue
        refuted = by_key.get(claim.refutes or "")
        if refuted is not None and refuted is not claim:
            if _takes_back(claim, refuted, origins):
                found.add(refuted.key)
        elif numbers := retracted(claim):
            found.update(
                other.key for other in claims if counted(other) & numbers and _is_withdrawer(claim, other, origins) and _is_earlier(other, claim, reports)
            )
    return frozenset(found)


def retracted(claim: Claim) -> frozenset[str]:
    """The numbers that a claim takes back without naming a claim, as `counted` writes them."""
    if claim.counting == "former":
        return counted(claim)
    is_meant = claim.modality == "actual" and isinstance(claim.proposition, Statement) and claim.act in {"asserts", "confirms"}
    if not is_meant or not _RETRACTS.search(words := _words(claim)):
        return frozenset()
    return frozenset(f"{float(number.replace(',', '')):g}" for number in _NUMBER.findall(words))


def counted(claim: Claim) -> frozenset[str]:
    """The numbers of people in a claim."""
    figure = getattr(claim.proposition, "count", None)
    return frozenset(f"{float(bound):g}" for bound in (figure.low, figure.high) if bound is not None) if isinstance(figure, Figure) else frozenset()


def _is_former(claim: Claim, other: Claim, origins: Origins) -> bool:
    """Whether the other claim tells the count that this one says was given up: of the same harm, by the same voice, or in the outlet's own earlier version."""
    given_up, told = claim.proposition, other.proposition
    if not isinstance(given_up, Casualties) or not isinstance(told, Casualties) or given_up.harm != told.harm or other.act not in {"asserts", "confirms"}:
        return False
    if counted(claim) != counted(other):
        return False
    is_version = any(voice.words and _VERSION.search(voice.words) for voice in claim.chain)
    own = origins.of(claim) == origins.of(other) and not origins.of(claim).startswith("report:")
    return own or (is_version and origins.is_same_outlet(claim, other))


def _takes_back(claim: Claim, refuted: Claim, origins: Origins) -> bool:
    if claim.act == "denies":
        return origins.of(claim) == origins.of(refuted) and not origins.of(claim).startswith("report:")
    return isinstance(claim.proposition, Statement) and _is_withdrawer(claim, refuted, origins) and _RETRACTS.search(_words(claim)) is not None


def _is_withdrawer(claim: Claim, other: Claim, origins: Origins) -> bool:
    """Whether the claim is the word of the other's own origin, or of the outlet that printed it."""
    if origins.of(claim) == origins.of(other):
        return True
    return is_narration(claim) and origins.is_same_outlet(claim, other)


def _is_earlier(claim: Claim, than: Claim, reports: Mapping[str, Report]) -> bool:
    """Whether the claim was printed up to a month before the other; where a day is unknown, nothing speaks against it."""
    day, later = (report.published.day if (report := reports.get(one.report)) else None for one in (claim, than))
    return day is None or later is None or later - _REACH <= day <= later


def _words(claim: Claim) -> str:
    content = claim.proposition.content if isinstance(claim.proposition, Statement) else ()
    return " ".join((*content, claim.refutes or ""))
