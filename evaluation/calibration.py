"""How far scores can be taken at their word: the share of claims that are right among those that were given each score.

Expected calibration error after Naeini, Cooper and Hauskrecht (2015): the mean distance between score and share right over
ten bins of equal width, each weighed by how many claims fall into it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from evaluation.scoring import Outcome

Json = dict[str, Any]
BINS = 10


class Scored(msgspec.Struct, frozen=True):
    """A claim's score (0 to 1), whether it is right, and what it weighs."""

    score: float
    right: bool
    weight: float = 1.0


class Bin(msgspec.Struct, frozen=True):
    """Claims with scores from `low` on: their mean score, the share that is right, and how many there are."""

    low: float
    said: float
    right: float
    claims: int


def told(results: Iterable[Outcome], claims: Sequence[Json]) -> Iterator[Scored]:
    """Every claim that counts with its score; right is right as a record. Claims on matters that are optional are left out; one without a score says it is sure."""
    by_report: dict[str, list[Json]] = {}
    for claim in claims:
        by_report.setdefault(claim["report"], []).append(claim)
    for result in results:
        of_report = by_report.get(result.id, [])
        for pair in result.pairs:
            yield Scored(of_report[pair.predicted].get("score", 1.0), pair.record)
        for claim in result.extra:
            yield Scored(claim.get("score", 1.0), right=False)


def reliability(scored: Iterable[Scored]) -> tuple[float, list[Bin]]:
    """The expected calibration error in percent, and the bins that hold claims."""
    rows = list(scored)
    total = sum(row.weight for row in rows)
    error, bins = 0.0, []
    for k in range(BINS):
        inside = [row for row in rows if min(int(row.score * BINS), BINS - 1) == k]
        mass = sum(row.weight for row in inside)
        if not mass:
            continue
        said = sum(row.score * row.weight for row in inside) / mass
        right = sum(row.right * row.weight for row in inside) / mass
        error += mass / total * abs(said - right)
        bins.append(Bin(k / BINS, round(said, 3), round(right, 3), len(inside)))
    return round(100 * error, 1), bins
