"""Judgements to those that stand: what was withdrawn counts for nothing, and the later goes before the earlier."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from counterclaim.core.judgement import Judgement


class Pair(NamedTuple):
    """Two claims that a person put together, or kept apart."""

    a: str
    b: str
    is_merge: bool
    judgement: str


def standing_judgements(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that were not withdrawn, the latest first. One that withdraws another is not among them."""
    by_key = {judgement.key: judgement for judgement in judgements}
    gone = {judgement.about for judgement in by_key.values() if judgement.decision == "withdraw"}
    kept = [one for one in by_key.values() if one.decision != "withdraw" and one.key not in gone]
    return sorted(kept, key=lambda one: (one.moment, one.key), reverse=True)


def pairs(judgements: Iterable[Judgement]) -> list[Pair]:
    """The merges and splits of claims that stand, the latest first, one a pair."""
    found: dict[tuple[str, str], Pair] = {}
    for one in standing_judgements(judgements):
        if one.decision in ("merge", "split") and one.value and one.value != one.about:
            a, b = sorted((one.about, one.value))
            found.setdefault((a, b), Pair(a, b, one.decision == "merge", one.key))
    return list(found.values())
