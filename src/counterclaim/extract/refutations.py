"""Point denials at what they deny: a claim of the same report when there is one, else the words that are denied.

A refutation never changes what it refutes: both stay, side by side.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from counterclaim.core.claim import Claim
from counterclaim.core.mention import Mention

_AGAINST = frozenset(("denies", "doubts"))
_FOR = frozenset(("asserts", "confirms"))


def refuting(claims: Sequence[Claim]) -> list[Claim]:
    """The same claims, denials with `refutes` set."""
    return [msgspec.structs.replace(c, refutes=_refuted(c, claims)) if c.act in _AGAINST and c.refutes is None else c for c in claims]


def _refuted(denial: Claim, claims: Sequence[Claim]) -> str | None:
    same = [
        c
        for c in claims
        if c.act in _FOR
        and c.kind == denial.kind
        and c.chain[-1].name != denial.chain[-1].name
        and c.evidence.start <= denial.evidence.start
        and _overlap(c, denial)
    ]
    if same:
        return max(same, key=lambda c: (c.evidence.start, c.key)).key
    spans = denial.chain[-1].content
    inside = [s for s in spans if denial.evidence.start <= s.start and s.end <= denial.evidence.end]
    return denial.evidence.quote[inside[0].start - denial.evidence.start : inside[0].end - denial.evidence.start] if inside else None


def _overlap(a: Claim, b: Claim) -> bool:
    """Whether the two name something in common."""
    left, right = _named(a), _named(b)
    return any(x == y or x in y.split() or y in x.split() for x in left for y in right)


def _named(claim: Claim) -> set[str]:
    found: set[str] = set()
    for slot in claim.proposition.__struct_fields__:
        value = getattr(claim.proposition, slot)
        if isinstance(value, tuple):
            found.update((m.words if isinstance(m, Mention) else "").casefold().removeprefix("the ") for m in value)
    return found - {""}
