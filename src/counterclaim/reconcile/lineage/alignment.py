"""Two fingerprints to their local alignment: the stretch of sentences in which both tell the same, in the same order.

The algorithm is Smith and Waterman's (1981), over sentences in place of residues: likeness less a threshold, with a cost for gaps.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from counterclaim.core.lineage import Aligned
from counterclaim.reconcile.lineage.facts import Print

THRESHOLD, GAP = 0.22, 0.12
"""What a pair of sentences must be alike to count for an alignment, and what a sentence left out costs."""
ENOUGH = 4.0
"""How many shared facts make a sentence's facts count in full."""
FACTS, WORDS, FOR_WORDS = 0.6, 0.4, 1.5
"""What facts and words add, and what words are stretched by: few sentences share all of them."""


class _Sets(NamedTuple):
    """The facts and the stems of one sentence, each once and in no order."""

    facts: frozenset[str]
    stems: frozenset[str]


def _likeness(one: _Sets, other: _Sets) -> float:
    """How alike two sentences are, 0 to 1: by the facts they share, and by their words."""
    facts = words = 0.0
    if shared := len(one.facts & other.facts):
        facts = shared / min(len(one.facts), len(other.facts)) * min(1.0, shared / ENOUGH)
    if same := len(one.stems & other.stems):
        words = min(1.0, FOR_WORDS * same / sqrt(len(one.stems) * len(other.stems)))
    return FACTS * facts + WORDS * words


def aligned(a: Print, b: Print) -> tuple[float, tuple[Aligned, ...]]:
    """The score of the best local alignment and its pairs of sentences, in order; 0 and none where nothing aligns."""
    rows, columns = len(a.sentences), len(b.sentences)
    of_a, of_b = ([_Sets(frozenset(one.facts), frozenset(one.stems)) for one in told.sentences] for told in (a, b))
    like = [[_likeness(x, y) for y in of_b] for x in of_a]
    score = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    best, where = 0.0, (0, 0)
    for i in range(1, rows + 1):
        above, here, row = score[i - 1], score[i], like[i - 1]
        for j in range(1, columns + 1):
            here[j] = value = max(0.0, above[j - 1] + row[j - 1] - THRESHOLD, above[j] - GAP, here[j - 1] - GAP)
            if value > best:
                best, where = value, (i, j)
    return best, tuple(_traced(a, b, like, score, where))


def _traced(a: Print, b: Print, like: Sequence[Sequence[float]], score: Sequence[Sequence[float]], where: tuple[int, int]) -> list[Aligned]:
    """The pairs of sentences that an alignment went through, from its end back, those below the threshold left out."""
    i, j = where
    pairs: list[Aligned] = []
    while i > 0 and j > 0 and score[i][j] > 0:
        step = like[i - 1][j - 1]
        if score[i][j] == score[i - 1][j - 1] + step - THRESHOLD:
            if step > THRESHOLD:
                one, other = a.sentences[i - 1], b.sentences[j - 1]
                pairs.append(Aligned(one.span, other.span, round(step, 3), tuple(sorted(set(one.facts) & set(other.facts)))))
            i, j = i - 1, j - 1
        elif score[i][j] == score[i - 1][j] - GAP:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]
