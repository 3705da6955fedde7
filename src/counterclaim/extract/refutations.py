"""Point denials at what they deny: a claim of the same report when there is one, else the words that are denied.

A refutation never changes what it refutes: both stay, side by side.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

import msgspec

from counterclaim.core.claim import Claim
from counterclaim.core.mention import Mention

_AGAINST = frozenset(("denies", "doubts"))
_FOR = frozenset(("asserts", "confirms"))


def refuting(claims: Sequence[Claim]) -> list[Claim]:
    """The same claims, denials with `refutes` set."""
    told = _Told(claim for claim in claims if claim.act in _FOR)
    return [msgspec.structs.replace(c, refutes=_refuted(c, told)) if c.act in _AGAINST and c.refutes is None else c for c in claims]


class _Told:
    """What a report's voices assert, by kind and by what it names, each list in the order of the text."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._named: dict[tuple[str, str], list[Claim]] = {}
        self._said: dict[tuple[str, str], list[Claim]] = {}
        for claim in sorted(claims, key=_place):
            names = _named(claim)
            for name in names:
                self._named.setdefault((claim.kind, name), []).append(claim)
            for word in {word for name in names for word in name.split()}:
                self._said.setdefault((claim.kind, word), []).append(claim)

    def last(self, denial: Claim) -> Claim | None:
        """The last claim of this kind, by another origin and not after the denial, that names something the denial names too, or a word of it."""
        names = _named(denial)
        listed = [self._named.get((denial.kind, name), ()) for name in {*names, *(word for name in names for word in name.split())}]
        listed += [self._said.get((denial.kind, name), ()) for name in names]
        found: list[Claim] = []
        for claims in listed:
            at = bisect_right(claims, denial.evidence.start, key=lambda c: c.evidence.start)
            other = next((claims[k] for k in range(at - 1, -1, -1) if claims[k].chain[-1].name != denial.chain[-1].name), None)
            if other is not None:
                found.append(other)
        return max(found, key=_place, default=None)


def _place(claim: Claim) -> tuple[int, str]:
    return claim.evidence.start, claim.key


def _refuted(denial: Claim, told: _Told) -> str | None:
    claim = told.last(denial)
    if claim is not None:
        return claim.key
    spans = denial.chain[-1].content
    inside = [s for s in spans if denial.evidence.start <= s.start and s.end <= denial.evidence.end]
    return denial.evidence.quote[inside[0].start - denial.evidence.start : inside[0].end - denial.evidence.start] if inside else None


def _named(claim: Claim) -> set[str]:
    found: set[str] = set()
    for slot in claim.proposition.__struct_fields__:
        value = getattr(claim.proposition, slot)
        if isinstance(value, tuple):
            found.update((m.words if isinstance(m, Mention) else "").casefold().removeprefix("the ") for m in value)
    return found - {""}
