"""All matters at hand: claims to findings, each kind by its own rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from counterclaim.core.claim import Claim
from counterclaim.core.codec import encode
from counterclaim.core.finding import Finding
from counterclaim.core.index import MemoryIndex
from counterclaim.core.link import Link
from counterclaim.core.report import Report
from counterclaim.reconcile import aid, casualties, control, offers, other
from counterclaim.reconcile.context import Context, context
from counterclaim.reconcile.filing import Block, parts

# What a room files is its own; the rooms are told apart by the kind a block is named by.
Filed = Any


def findings(claims: Iterable[Claim], reports: Iterable[Report] = (), links: Iterable[Link] = (), derived_claims: Iterable[Claim] = ()) -> list[Finding]:
    """The findings of these claims, in the order of their questions. The order of what comes in changes nothing.

    Reports give outlets, days of publication and texts to tell copies by; without them a claim's own words must do. Links say
    which words name one thing; without them words that fold alike do. What follows from claims about sets of places counts at places that
    somebody names.
    """
    at_hand = context(claims, reports, links, derived_claims)
    index = at_hand.ground.index
    if isinstance(index, MemoryIndex):
        index.change(posting for _, posting in offers.hints(at_hand))
    blocks: defaultdict[Block, list[Filed]] = defaultdict(list)
    for name, filing in filed(at_hand):
        blocks[name].append(filing)
    return in_order(finding for name, filings in blocks.items() for finding in derived(at_hand, name, filings))


def in_order(found: Iterable[Finding]) -> list[Finding]:
    """Findings in the order of their questions."""
    return sorted(found, key=lambda finding: (encode(finding.question), finding.key))


def filed(at_hand: Context, kind: str | None = None) -> Iterator[tuple[Block, Filed]]:
    """What the claims of a context say, each under its block; of all kinds, or of those a block of this kind holds."""
    for name, room in _ROOMS.items():
        if kind in (None, name):
            yield from room.filed(at_hand)
    for name in other.KINDS:
        if kind in (None, name):
            yield from other.filed(at_hand, name)


def derived(at_hand: Context, name: Block, filings: Sequence[Filed]) -> Iterator[Finding]:
    """The findings of a block, given all that is filed in it."""
    room = _ROOMS.get(parts(name)[0] or "")
    yield from room.derived(at_hand, name, filings) if room else other.derived(at_hand, name, filings)


_ROOMS: dict[str, Any] = {"control": control, "casualties": casualties, "offer": offers, "aid": aid}
