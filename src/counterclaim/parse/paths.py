"""Where a word stands in the tree as seen from another: small numbers that the claim heads embed and add.

Training imports this module, so that what the heads learned from and what they are given cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

RELATIONS = (
    "other root nsubj nsubj:pass csubj obj iobj obl obl:agent obl:unmarked nmod nmod:poss nmod:desc nmod:unmarked amod advmod advcl acl acl:relcl "
    "ccomp xcomp conj appos compound nummod flat parataxis case mark det aux aux:pass cop cc punct dep list"
).split()
CASES = "none other by in of with to from on against at near for between among into after over".split()
_UPS, _DOWNS, _DISTANCE = 4, 6, 8
# Sizes of the tables: relation of the word, relation of the trigger, steps up × steps down, signed distance, case, first step down.
# Two last: the whole path, and the path with its preposition, each folded into so many buckets.
_BUCKETS = 1021
SIZES = (len(RELATIONS), len(RELATIONS), _UPS * _DOWNS, 2 * _DISTANCE + 1, len(CASES), len(RELATIONS), _BUCKETS, _BUCKETS)

_RELATION = {name: i for i, name in enumerate(RELATIONS)}
_CASE = {name: i for i, name in enumerate(CASES)}


@lru_cache(maxsize=1_000)
def _relation(name: str) -> int:
    return _RELATION.get(name, _RELATION.get(name.partition(":")[0], 0))


def paths(words: Sequence[str], heads: Sequence[int], rels: Sequence[str], trigger: int) -> npt.NDArray[np.int64]:
    """For each word of a sentence its place as seen from the trigger, (words, len(SIZES)). `heads` are indices, -1 for the root."""
    n = len(words)
    cases = [0] * n
    for k in range(n):
        head = heads[k]
        if rels[k] == "case" and head >= 0 and cases[head] == 0:
            cases[head] = _CASE.get(words[k].lower(), 1)
    relation = [_relation(r) for r in rels]
    above = _chain(heads, trigger)
    ups = {at: k for k, at in enumerate(above)}
    rows = []
    for k in range(n):
        down, at, below = 0, k, k
        while at not in ups and heads[at] >= 0 and down < n:
            below, at, down = at, heads[at], down + 1
        up = ups.get(at, _UPS - 1)
        steps = min(up, _UPS - 1) * _DOWNS + min(down, _DOWNS - 1)
        first = relation[below] if down else 0
        path = (((steps * 41 + relation[k]) * 41 + (relation[trigger] if up else 0)) * 41 + first) * 2 + (k > trigger)
        led = ((steps * 41 + relation[k]) * 23 + cases[k]) * 2 + (k > trigger)
        rows.append(
            (
                relation[k],
                relation[trigger],
                steps,
                _DISTANCE + _signed(k - trigger),
                cases[k],
                first,
                path * 2654435761 % 4294967296 % _BUCKETS,
                led * 2654435761 % 4294967296 % _BUCKETS,
            )
        )
    return np.array(rows, np.int64).reshape(n, len(SIZES))


def _chain(heads: Sequence[int], at: int) -> list[int]:
    found = [at]
    while heads[found[-1]] >= 0 and len(found) <= len(heads):
        found.append(heads[found[-1]])
    return found


def _signed(distance: int) -> int:
    size = abs(distance)
    step = size if size < 4 else 4 if size < 6 else 5 if size < 10 else 6 if size < 18 else 7 if size < 30 else 8
    return step if distance >= 0 else -step
