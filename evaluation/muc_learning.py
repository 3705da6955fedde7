"""Logistic models over named features: fitted from examples, kept as a map from feature to weight, applied by adding up.

Ridge-penalised maximum likelihood, minimised by L-BFGS (Nocedal & Wright, Numerical Optimization, 2nd ed., ch. 7) as SciPy has it.
"""

from __future__ import annotations

import math
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

Features = Mapping[str, float]
Weights = dict[str, float]
Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]

BIAS = "*"
FOLDS = 5
STEPS = 60  # of the minimiser: it stops earlier where the loss hardly falls any more
# A feature seen with fewer examples is left out, and a weight below the floor dropped: the maps shrink by half and no figure moves by more than the noise.
LEAST, FLOOR = 5, 0.08


class Table:
    """Examples as a sparse matrix: a row an example, a column a feature that enough of them have."""

    def __init__(self, examples: Sequence[Features], least: int = LEAST) -> None:
        counts = Counter(name for example in examples for name in example)
        self.names = sorted(name for name, count in counts.items() if count >= least)
        column = {name: i for i, name in enumerate(self.names)}
        starts, columns, values = [0], [], []
        for example in examples:
            for name, value in example.items():
                if (i := column.get(name)) is not None:
                    columns.append(i)
                    values.append(value)
            starts.append(len(columns))
        self.matrix = csr_matrix((np.array(values, float), np.array(columns, int), np.array(starts, int)), shape=(len(examples), len(self.names)))

    def fit(self, labels: Floats, penalty: float, of: Rows | None = None) -> Floats:
        """The weights of a logistic model of these labels (0 to 1), the bias last; it learns from the rows in `of`, of all unless said."""
        matrix = self.matrix if of is None else self.matrix[of]
        wanted = labels if of is None else labels[of]
        across = matrix.T.tocsr()

        def loss(point: Floats) -> tuple[float, Floats]:
            inner = point[:-1]
            logits = matrix @ inner + point[-1]
            gap = _sigmoid(logits) - wanted
            value = float((np.logaddexp(0, logits) - wanted * logits).sum() + penalty / 2 * inner @ inner)
            return value, np.append(across @ gap + penalty * inner, gap.sum())

        start = np.zeros(len(self.names) + 1)
        found: Floats = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS, "ftol": 1e-5}).x
        return found

    def weights(self, found: Floats, floor: float = FLOOR) -> Weights:
        """Fitted weights by name, those below the floor left out; models of few features with great values have to keep all."""
        kept = {name: round(float(weight), 3 if floor < FLOOR else 2) for name, weight in zip(self.names, found[:-1], strict=True) if abs(weight) >= floor}
        return kept | {BIAS: round(float(found[-1]), 2)}

    def crossed(self, reports: Sequence[str], labels: Sequence[float], penalty: float, of: Sequence[bool] | None = None) -> list[float]:
        """The probability of each row by a model that has seen no row of the same fold of reports. With `of`, it learns from those rows alone."""
        folds, wanted = np.array([fold(report) for report in reports]), np.asarray(labels, float)
        use = np.ones(len(reports), bool) if of is None else np.asarray(of, bool)
        out = np.zeros(len(reports))
        for held in range(FOLDS):
            found = self.fit(wanted, penalty, np.flatnonzero((folds != held) & use))
            rows = np.flatnonzero(folds == held)
            out[rows] = _sigmoid(self.matrix[rows] @ found[:-1] + found[-1])
        return [float(p) for p in out]

    def values(self, labels: Sequence[str], penalty: float, of: Sequence[bool]) -> dict[str, Weights]:
        """A model for each value the labels of the rows in `of` have, each against all the others."""
        rows = np.flatnonzero(np.asarray(of, bool))
        known = sorted({label for label, use in zip(labels, of, strict=True) if use})
        return {value: self.weights(self.fit(np.array([float(label == value) for label in labels]), penalty, rows)) for value in known}

    def crossed_values(self, reports: Sequence[str], labels: Sequence[str], penalty: float, of: Sequence[bool]) -> list[dict[str, float]]:
        """The probabilities of the values of each row, made to sum to 1, by models that have seen no row of the same fold."""
        known = sorted({label for label, use in zip(labels, of, strict=True) if use})
        raw = [self.crossed(reports, [float(label == value) for label in labels], penalty, of) for value in known]
        return [{value: p / (sum(row) or 1.0) for value, p in zip(known, row, strict=True)} for row in zip(*raw, strict=True)]


def fold(report: str) -> int:
    """The fold a report belongs to: the same for every model, whatever else is in the file."""
    return zlib.crc32(report.encode()) % FOLDS


def fit(examples: Sequence[Features], labels: Sequence[float], *, penalty: float) -> Weights:
    """The weights of a logistic model of these labels (0 to 1)."""
    table = Table(examples)
    return table.weights(table.fit(np.asarray(labels, float), penalty))


def fit_values(examples: Sequence[Features], labels: Sequence[str], *, penalty: float) -> dict[str, Weights]:
    """A model for each value that the labels have, each against all the others."""
    return Table(examples).values(labels, penalty, [True] * len(labels))


def logit(weights: Weights, features: Features) -> float:
    """The log odds the model gives these features."""
    return weights[BIAS] + sum(weights.get(name, 0.0) * value for name, value in features.items())


def chance(weights: Weights, features: Features) -> float:
    """The probability the model gives these features."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit(weights, features)))))


def chances(models: Mapping[str, Weights], features: Features) -> dict[str, float]:
    """The probability of each value, made to sum to 1."""
    raw = {value: chance(weights, features) for value, weights in models.items()}
    whole = sum(raw.values()) or 1.0
    return {value: part / whole for value, part in raw.items()}


def best_threshold(scored: Iterable[tuple[float, float]], wanted: float) -> float:
    """The threshold on (probability, credit) that gives the best F1 when `wanted` credits could be earned; 1 where nothing helps.

    Tried without gain: the middle of the thresholds that are nearly as good.
    """
    ordered = sorted(scored, reverse=True)
    earned = np.cumsum([credit for _, credit in ordered])
    if not len(earned) or earned[-1] == 0:
        return 1.0
    found = earned / (wanted + np.arange(1, len(earned) + 1))
    return math.floor(1000 * ordered[int(found.argmax())][0]) / 1000  # never above the example it rests on


def _sigmoid(values: Floats) -> Floats:
    return 1 / (1 + np.exp(-np.clip(values, -30, 30)))
