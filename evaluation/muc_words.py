"""Turn a report into its words and pairs of words: what it is about, whatever the claims say, and how rare each of them is.

Weighing by rarity (Spärck Jones, "A statistical interpretation of term specificity", 1972) is folded into the weights of the model, so
that no table of rarities has to be kept: a rare pair is simply punished less by the ridge.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from evaluation.muc_features import Features, View
from evaluation.muc_learning import BIAS, LEAST, Table, Weights

_LENGTHS = (1, 2)  # of runs of words; threes were tried on the folds of the training reports and add nothing
_SCALE = 2.5  # of a report's runs of one length, taken together; with the penalty below chosen on the folds
_COMMON = 0.7  # runs in more reports than this part tell nothing
_PENALTY = 1.0
_SLIGHT = 0.14  # smaller weights are dropped to keep the maps small; what they add up to in a middling report goes to the bias


def phrasing(view: View) -> Features:
    """The words and pairs of words of a report, each as often as its logarithm says; figures are all alike."""
    rows = [["#" if t.upos == "NUM" else t.lemma.lower() for t in s.tokens if t.upos not in ("PUNCT", "SYM")] for s in view.seen.sentences]
    found: Features = {}
    for length in _LENGTHS:
        counts = Counter(run for row in rows for run in _runs(row, length))
        raw = {run: 1 + math.log(count) for run, count in counts.items()}
        size = math.sqrt(sum(value * value for value in raw.values())) or 1.0
        found |= {run: _SCALE * value / size for run, value in raw.items()}
    return found


def _runs(row: Sequence[str], length: int) -> Iterator[str]:
    for i in range(len(row) - length + 1):
        yield " ".join(row[i : i + length])


def fit_phrasing(views: Sequence[View], labels: Sequence[float]) -> tuple[Weights, list[float]]:
    """The model of these labels, and what one that has not seen the fold says of each report."""
    examples = [phrasing(view) for view in views]
    counts = Counter(run for example in examples for run in example)
    rarity = {run: math.log(len(views) / count) for run, count in counts.items() if LEAST <= count < _COMMON * len(views)}
    table = Table([{run: value * rarity[run] for run, value in example.items() if run in rarity} for example in examples])
    crossed = table.crossed([view.seen.id for view in views], labels, _PENALTY)
    found = table.fit(np.asarray(labels, float), _PENALTY)
    raw = {run: float(weight) * rarity[run] for run, weight in zip(table.names, found[:-1], strict=True)}
    kept = {run: round(weight, 2) for run, weight in raw.items() if abs(weight) >= _SLIGHT}
    lost = sum(raw[run] * value for example in examples for run, value in example.items() if run in raw and run not in kept) / len(examples)
    return kept | {BIAS: round(float(found[-1]) + lost, 2)}, crossed
