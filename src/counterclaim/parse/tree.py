"""Turn arc scores into a tree: greedy when the best heads already make one, else the best tree there is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
_NEVER = -1e9


def heads(greedy: Sequence[int], scores: Scores) -> list[int]:
    """Heads of n words (0 the root, words from 1) for greedy heads of length n + 1 and scores (n + 1, n + 1) dependent × head.

    The result is always a tree with one word under the root: the greedy heads when they are one, else the maximum
    spanning tree (Chu and Liu 1965; Edmonds 1967), with the root's best child kept as its only one.
    """
    chosen = [int(h) for h in greedy]
    if is_tree(chosen):
        return chosen
    n = len(chosen)
    s = scores[:n, :n].astype(np.float64)
    s[0, :] = _NEVER
    np.fill_diagonal(s, _NEVER)
    found = _spanning(s)
    below_root = [i for i in range(1, n) if found[i] == 0]
    if len(below_root) > 1:
        # Only one word may hang on the root: the one that pays most for it.
        best = max(below_root, key=lambda i: s[i, 0] - np.partition(s[i, 1:], -1)[-1])
        s[1:, 0] = _NEVER
        s[best, :] = _NEVER
        s[best, 0] = 0.0
        found = _spanning(s)
    return found


def is_tree(chosen: Sequence[int]) -> bool:
    """Whether these heads (index 0 is the root and its head is ignored) make one tree with one word under the root."""
    n = len(chosen)
    if sum(1 for i in range(1, n) if chosen[i] == 0) != 1:
        return n == 1
    state = [0] * n
    state[0] = 2
    for i in range(1, n):
        path = []
        at = i
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            at = chosen[at]
        if state[at] == 1:
            return False
        for k in path:
            state[k] = 2
    return True


def _spanning(s: npt.NDArray[np.float64]) -> list[int]:
    """The maximum spanning arborescence rooted at 0, by contracting one cycle at a time; O(n²) for each."""
    n = len(s)
    best = s.argmax(1)
    best[0] = 0
    cycle = _cycle(best.tolist())
    if cycle is None:
        return [int(h) for h in best]
    inside = np.zeros(n, bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    members = np.array(cycle)
    m = len(outside)
    small = np.full((m + 1, m + 1), _NEVER)
    small[:m, :m] = s[np.ix_(outside, outside)]
    # Entering the cycle at a member costs the arc the cycle had there.
    entering = s[np.ix_(members, outside)] - s[members, best[members]][:, None]
    small[m, :m] = entering.max(0)
    enters_at = members[entering.argmax(0)]
    leaving = s[np.ix_(outside, members)]
    small[:m, m] = leaving.max(1)
    leaves_at = members[leaving.argmax(1)]
    np.fill_diagonal(small, _NEVER)
    small[0, :] = _NEVER
    solved = _spanning(small)
    result = best.copy()
    for k, i in enumerate(outside.tolist()):
        if k == 0:
            continue
        result[i] = outside[solved[k]] if solved[k] < m else leaves_at[k]
    door = solved[m]
    result[enters_at[door]] = outside[door]
    return [int(h) for h in result]


def _cycle(best: Sequence[int]) -> list[int] | None:
    n = len(best)
    state = [0] * n
    state[0] = 2
    for i in range(1, n):
        path: list[int] = []
        at = i
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            at = best[at]
        if state[at] == 1:
            return path[path.index(at) :]
        for k in path:
            state[k] = 2
    return None
