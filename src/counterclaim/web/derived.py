"""What several pages derive from one state of the record, so that none makes it for itself."""

from __future__ import annotations

from counterclaim.core.claim import Claim
from counterclaim.core.report import Report
from counterclaim.reconcile.context import Context, context
from counterclaim.reconcile.lineage import Lineage
from counterclaim.reconcile.whereabouts import Whereabouts
from counterclaim.record import Record
from counterclaim.resolve.sets import expanded, speaks_of_set
from counterclaim.web.holdings import Derived, Holdings


def _texts(record: Record, held: Holdings) -> tuple[Report, ...]:
    return tuple(report for report in record.store.reports() if report.id in held.reports)


def _follows(record: Record, held: Holdings) -> tuple[Claim, ...]:
    claims = [claim for claim in held.claims.values() if speaks_of_set(claim)]
    return tuple(expanded(claims, record.links(), record.gazetteer())) if claims else ()


def _context(record: Record, held: Holdings) -> Context:
    return context(held.claims.values(), held.derive(TEXTS, record), held.registry.links, held.derive(FOLLOWS, record))


TEXTS = Derived("texts", _texts)
"""The reports with their texts."""

FOLLOWS = Derived("follows", _follows)
"""The claims that follow from claims about sets of places: `Record.derived`."""

LINEAGE: Derived[Lineage] = Derived("lineage", lambda record, _: record.lineage())
"""Which report was copied or rewritten from which."""

CONTEXT = Derived("context", _context)
"""What boards, tolls, amounts, origins, promises and stories are made from: `Record.context`."""

WHEREABOUTS = Derived("whereabouts", lambda record, held: Whereabouts(held.derive(CONTEXT, record), held.registry.links))
"""The places that claims speak of: what promises and stories are made from."""
