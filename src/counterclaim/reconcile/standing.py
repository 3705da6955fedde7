"""The claims of one matter to its standing, by a table of rules tried in order; the first that gives a reason decides.

| standing | when |
|---|---|
| withdrawn | every claim for or against it was taken back |
| disputed | one party stands against another, or a check found it false or disputed |
| verified | somebody checked it and found it so |
| conceded | a party says it against its own interest |
| corroborated | two or more independent origins say the same, and none says otherwise |
| not-verified | somebody says it could not be verified |
| claimed | none of these |

Disputed goes before verified, for a dispute that is hidden is lost, and the check is kept beside it (`verification`). Conceded and
corroborated go before not-verified: an outlet that could not check says less than a party that gives its own case away.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from counterclaim.core.claim import VerificationValue
from counterclaim.core.finding import Standing
from counterclaim.reconcile.context import Context
from counterclaim.reconcile.positions import Bearing, label, opponents
from counterclaim.reconcile.verification import check


class Case(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """One matter as its rules see it. `live` are the bearings not taken back; `agreeing` those of them that say the same.

    `disputed`, `conceded` and `differing` are reasons that only the matter's own rules can see; empty where they see none.
    """

    context: Context
    bearings: Sequence[Bearing]
    live: Sequence[Bearing]
    agreeing: Sequence[Sequence[Bearing]]
    check: VerificationValue | None
    checker: str
    disputed: str = ""
    conceded: str = ""
    differing: str = ""


def case(
    context: Context,
    bearings: Sequence[Bearing],
    *,
    agreeing: Sequence[Sequence[Bearing]] | None = None,
    disputed: str = "",
    conceded: str = "",
    differing: str = "",
) -> Case:
    """The case of these bearings. Without `agreeing`, all that stand for the matter say the same."""
    live = [one for one in bearings if one.claim.key not in context.withdrawn]
    value, checker = check(context, live)
    return Case(
        context=context,
        bearings=bearings,
        live=live,
        agreeing=agreeing if agreeing is not None else [[one for one in live if one.sign == "for"]],
        check=value,
        checker=checker,
        disputed=disputed,
        conceded=conceded,
        differing=differing,
    )


def standing(case: Case) -> tuple[Standing, str]:
    """The standing of a matter, and the reason in plain words."""
    return next((name, reason) for name, rule in RULES if (reason := rule(case)))


def _withdrawn(case: Case) -> str:
    return "" if case.live else "what was said was corrected or taken back"


def _disputed(case: Case) -> str:
    if case.disputed:
        return case.disputed
    if sides := opponents(case.live):
        return f"{sides[1]} disputes what {sides[0]} says"
    return f"{case.checker} checked it and calls it {case.check}" if case.check in {"false", "disputed"} else ""


def _verified(case: Case) -> str:
    return f"{case.checker} verified it" if case.check == "verified" else ""


def _conceded(case: Case) -> str:
    if case.conceded:
        return case.conceded
    for one in case.live:
        if one.claim.interest and one.claim.interest.value == "against-interest" and one.sign == "for":
            return f"{label(one)} says it against its own interest"
    return ""


def _corroborated(case: Case) -> str:
    if case.differing or any(one.sign == "against" for one in case.live):
        return ""
    most = max((case.context.origins.count(one.claim for one in group) for group in case.agreeing), default=0)
    return f"{most} independent origins say it and none says otherwise" if most > 1 else ""


def _not_verified(case: Case) -> str:
    return f"{case.checker} could not verify it, and nothing else speaks against it" if case.check == "not-verified" else ""


def _claimed(case: Case) -> str:
    if case.differing:
        return case.differing
    origins = case.context.origins.count(one.claim for one in case.live)
    if origins > 1 and len(case.agreeing) > 1:
        return f"{origins} origins say it in different ways; nobody at hand disputes one of them"
    who = "one origin says" if origins == 1 else f"{origins} origins say"
    if not any(one.sign == "for" for one in case.live):
        return f"{who.replace('says', 'speaks').replace('say', 'speak')} against it or leaves it open; nobody at hand asserts it"
    return f"{who} it; nobody at hand disputes or verifies it"


RULES: tuple[tuple[Standing, Callable[[Case], str]], ...] = (
    ("withdrawn", _withdrawn),
    ("disputed", _disputed),
    ("verified", _verified),
    ("conceded", _conceded),
    ("corroborated", _corroborated),
    ("not-verified", _not_verified),
    ("claimed", _claimed),
)
