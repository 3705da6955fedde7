"""All matters at hand: claims to findings, each kind by its own rules."""

from __future__ import annotations

from collections.abc import Iterable

from counterclaim.core.claim import Claim
from counterclaim.core.codec import encode
from counterclaim.core.finding import Finding
from counterclaim.core.link import Link
from counterclaim.core.report import Report
from counterclaim.reconcile import aid, casualties, control, offers, other
from counterclaim.reconcile.context import context


def findings(claims: Iterable[Claim], reports: Iterable[Report] = (), links: Iterable[Link] = ()) -> list[Finding]:
    """The findings of these claims, in the order of their questions. The order of what comes in changes nothing.

    Reports give outlets, days of publication and texts to tell copies by; without them a claim's own words must do. Links say
    which words name one thing; without them words that fold alike do.
    """
    at_hand = context(claims, reports, links)
    found = [finding for room in (control, casualties, offers, aid, other) for finding in room.findings(at_hand)]
    return sorted(found, key=lambda finding: (encode(finding.question), finding.key))
