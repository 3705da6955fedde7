"""Pairs worth aligning: what the sieve leaves out is no kin, whatever the texts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.reconcile.lineage.facts import Print, fingerprint
from counterclaim.reconcile.lineage.kinship import kinship
from counterclaim.reconcile.lineage.sieve import candidates, tables, worth_aligning

TEXTS = Path(__file__).parents[3] / "training" / "lineage" / "texts"
SENTENCES = tuple(line for path in sorted(TEXTS.glob("f0[1-3]-*.txt")) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())

told = st.lists(st.lists(st.sampled_from(SENTENCES), max_size=25).map("\n".join), max_size=6)


def _prints(texts: Sequence[str]) -> list[Print]:
    return [fingerprint(f"r{number:02}", text) for number, text in enumerate(texts)]


def _plainly(prints: Sequence[Print], few: int = 30, anchors: int = 3) -> list[tuple[int, int]]:
    """The pairs that share a rare run or several rare facts, counted one by one."""
    holders: defaultdict[object, list[int]] = defaultdict(list)
    for number, one in enumerate(prints):
        for anchor in (*one.runs.tolist(), *one.order):
            holders[anchor].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for anchor, some in holders.items():
        for pair in combinations(some, 2) if 1 < len(some) <= few else ():
            shared[pair] += anchors if isinstance(anchor, int) else 1
    return sorted(pair for pair, count in shared.items() if count >= anchors)


def _pairs(prints: Sequence[Print], numbers: np.typing.NDArray[np.int64]) -> list[tuple[int, int]]:
    return [divmod(number, len(prints)) for number in numbers.tolist()]


@settings(max_examples=25, deadline=None)
@given(told)
def test_pairs_are_those_that_share_what_few_have(texts: list[str]) -> None:
    prints = _prints(texts)
    assert _pairs(prints, candidates(tables(prints))) == _plainly(prints)


@settings(max_examples=25, deadline=None)
@given(told)
def test_no_kin_is_left_out(texts: list[str]) -> None:
    prints = _prints(texts)
    of = tables(prints)
    pairs = candidates(of)
    kin = {(a, b) for a, b in _pairs(prints, pairs) if kinship(prints[a], prints[b]).relation != "none"}
    assert kin <= set(_pairs(prints, worth_aligning(of, pairs)))


def test_most_pairs_of_one_war_are_left_out() -> None:
    prints = [fingerprint(path.stem, path.read_text(encoding="utf-8")) for path in sorted(TEXTS.glob("f0[1-4]-*.txt"))]
    of = tables(prints)
    pairs = candidates(of)
    assert 0 < len(worth_aligning(of, pairs)) < len(pairs)


def test_what_more_reports_than_a_few_have_makes_no_pair() -> None:
    prints = _prints(["Rebels shelled Anaba, Rokha and Paryan."] * 31)
    assert not len(candidates(tables(prints)))
    assert len(candidates(tables(prints[1:]))) == 30 * 29 // 2
