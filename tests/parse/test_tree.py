"""Arc scores become a tree, always, and the best one there is."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.parse.tree import heads, is_tree

SCORES = st.integers(1, 5).flatmap(lambda n: st.lists(st.lists(st.floats(-9, 9, width=32), min_size=n + 1, max_size=n + 1), min_size=n + 1, max_size=n + 1))


def greedy(scores: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> list[int]:
    own = scores.copy()
    np.fill_diagonal(own, -1e9)
    return [0, *own[1:].argmax(1).tolist()]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(SCORES)
def test_the_result_is_a_tree_and_no_other_of_its_root_scores_more(rows: list[list[float]]) -> None:
    scores = np.array(rows, np.float32)
    n = len(scores)
    found = heads(greedy(scores), scores)
    assert is_tree([0, *found[1:]])
    root = next(i for i in range(1, n) if found[i] == 0)
    trees = [t for t in ([0, *rest] for rest in product(range(n), repeat=n - 1)) if all(t[i] != i for i in range(1, n)) and is_tree(t) and t[root] == 0]
    best = max(sum(float(scores[i, t[i]]) for i in range(1, n)) for t in trees)
    assert sum(float(scores[i, found[i]]) for i in range(1, n)) == pytest.approx(best, abs=1e-3)


def test_greedy_heads_that_make_a_tree_are_kept() -> None:
    assert heads([0, 2, 0, 2], np.zeros((4, 4), np.float32)) == [0, 2, 0, 2]


@pytest.mark.parametrize(
    ("chosen", "tree"),
    [([0], True), ([0, 0], True), ([0, 2, 0], True), ([0, 0, 0], False), ([0, 2, 1], False), ([0, 2, 3, 2], False), ([0, 0, 1, 2], True)],
)
def test_is_tree(chosen: list[int], tree: bool) -> None:
    assert is_tree(chosen) is tree
