"""Two fingerprints to their local alignment: the stretch of sentences in which both tell the same, in the same order.

The algorithm is Smith and Waterman's (1981), over sentences in place of residues: likeness less a threshold, with a cost for gaps.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from counterclaim.core.lineage import Aligned
from counterclaim.reconcile.lineage.facts import Print, Told

# What a pair of sentences must be alike to count for an alignment, and what a sentence left out costs.
_THRESHOLD, _GAP = 0.22, 0.12
# How many shared facts make a sentence's facts count in full.
_ENOUGH = 4.0


def likeness(one: Told, other: Told) -> float:
    """How alike two sentences are, 0 to 1: by the facts they share, and by their words."""
    facts = words = 0.0
    if shared := len(one.kinds & other.kinds):
        facts = shared / min(len(one.kinds), len(other.kinds)) * min(1.0, shared / _ENOUGH)
    if same := len(one.stems & other.stems):
        words = min(1.0, 1.5 * same / sqrt(len(one.stems) * len(other.stems)))
    return 0.6 * facts + 0.4 * words


def aligned(a: Print, b: Print) -> tuple[float, tuple[Aligned, ...]]:
    """The score of the best local alignment and its pairs of sentences, in order; 0 and none where nothing aligns."""
    rows, columns = len(a.sentences), len(b.sentences)
    like = [[likeness(x, y) for y in b.sentences] for x in a.sentences]
    score = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    best, where = 0.0, (0, 0)
    for i in range(1, rows + 1):
        above, here, row = score[i - 1], score[i], like[i - 1]
        for j in range(1, columns + 1):
            here[j] = value = max(0.0, above[j - 1] + row[j - 1] - _THRESHOLD, above[j] - _GAP, here[j - 1] - _GAP)
            if value > best:
                best, where = value, (i, j)
    return best, tuple(_traced(a, b, like, score, where))


def _traced(a: Print, b: Print, like: Sequence[Sequence[float]], score: Sequence[Sequence[float]], where: tuple[int, int]) -> list[Aligned]:
    """The pairs of sentences that an alignment went through, from its end back, those below the threshold left out."""
    i, j = where
    pairs: list[Aligned] = []
    while i > 0 and j > 0 and score[i][j] > 0:
        step = like[i - 1][j - 1]
        if score[i][j] == score[i - 1][j - 1] + step - _THRESHOLD:
            if step > _THRESHOLD:
                one, other = a.sentences[i - 1], b.sentences[j - 1]
                pairs.append(Aligned(one.span, other.span, round(step, 3), tuple(sorted(set(one.facts) & set(other.facts)))))
            i, j = i - 1, j - 1
        elif score[i][j] == score[i - 1][j] - _GAP:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]
