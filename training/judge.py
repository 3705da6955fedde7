"""Fit the judge: what makes a drafted claim right, learned from readings by engines that had not seen the reports.

    python -m training.judge --fold ENGINE_DIR GOLD_DIR [--fold ...] --out FOLDER

Every draft of rules and heads is compared with the gold claims by itself: right when one of its kind stands there with the same
key slots, origin and act. A logistic model over the drafts' features gives its probability; the least score of a claim is the
one that makes the record's F1 over all folds best. Writes `judge.json` and prints a reliability curve (leave-one-fold-out).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from scipy.optimize import minimize

from counterclaim.config import Settings
from counterclaim.core.codec import encode
from counterclaim.extract import claims as extraction
from counterclaim.extract.judging import Judge
from counterclaim.pipeline import Pipeline, scenes, speaker
from evaluation.gold import report
from evaluation.scoring import _compared, _may_pair

Json = dict[str, Any]
# Strength of the pull towards zero; chosen on the drafts of the first fold left out.
PENALTY = 3.0
Row = tuple[dict[str, float], float, str, float]


class _Recorder(Judge, frozen=True):
    """A judge that keeps the features it is asked about."""

    def __call__(self, found: Any) -> float:
        SEEN.append(dict(found))
        return 0.5


SEEN: list[dict[str, float]] = []


def drafts(engine: Path, gold: Path, number: int) -> Iterator[tuple[int, str, Json, list[tuple[Json, dict[str, float]]]]]:
    """For each report its gold and every draft with its features."""
    pipeline = Pipeline(Settings(reader="trained", weights=str(engine)))
    for path in sorted(gold.glob("*.json")):
        read = pipeline.attributed(report(path))
        who = speaker(read)
        found: list[tuple[Json, dict[str, float]]] = []
        for scene in scenes(read):
            for _, options in extraction.candidates(read.report.id, scene, who):
                found.extend((json.loads(encode(claim)), features) for option in options for claim, features in option)
            SEEN.clear()
            told = list(extraction._statements(read.report.id, scene, who, [], _Recorder({}, {"": 0.0})))
            found.extend((json.loads(encode(claim)), features) for claim, features in zip(told, SEEN, strict=True))
        yield number, path.stem, json.loads(path.read_text(encoding="utf-8")), found


def labelled(gold: Json, claim: Json) -> tuple[float, float]:
    """Whether the draft is right by itself (1 or 0), and its weight: nothing where it is right but not required."""
    best = None
    for wanted in gold["claims"]:
        if not _may_pair(wanted, claim):
            continue
        pair = _compared(0, 0, wanted, claim)
        rank = (pair.record, wanted.get("required") is not False, pair.likeness)
        if best is None or rank > best:
            best = rank
    if best is None:
        return 0.0, 1.0
    return float(best[0]), 1.0 if best[1] else 0.3


def fit(rows: Sequence[Row]) -> dict[str, float]:
    """The weights of the logistic model."""
    names = sorted({name for found, *_ in rows for name in found})
    at = {name: k for k, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    for k, (found, *_) in enumerate(rows):
        for name, value in found.items():
            x[k, at[name]] = value
    y = np.array([label for _, label, *_ in rows])
    weight = np.array([w for *_, w in rows])

    def loss(v: Any) -> Any:
        z = x @ v
        p = 1 / (1 + np.exp(-z))
        value = float(np.sum(weight * (np.logaddexp(0, z) - y * z)) + PENALTY / 2 * v @ v)
        return value, x.T @ (weight * (p - y)) + PENALTY * v

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return {name: round(float(v), 4) for name, v in zip(names, found.x, strict=True) if abs(v) >= 5e-4}


def reliability(scored: Sequence[tuple[float, float, float]], bins: int = 10) -> tuple[float, list[str]]:
    """The expected calibration error and a line a bin: mean score, share right, how many."""
    total = sum(w for *_, w in scored)
    error, lines = 0.0, []
    for k in range(bins):
        inside = [(p, y, w) for p, y, w in scored if k / bins <= p < (k + 1) / bins or (k == bins - 1 and p == 1)]
        mass = sum(w for *_, w in inside)
        if not mass:
            continue
        said, right = sum(p * w for p, _, w in inside) / mass, sum(y * w for _, y, w in inside) / mass
        error += mass / total * abs(said - right)
        lines.append(f"{k / bins:.1f}-{(k + 1) / bins:.1f}  said {said:.2f}  right {right:.2f}  n {len(inside)}")
    return error, lines


def main() -> int:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fold", nargs=2, action="append", type=Path, required=True, metavar=("ENGINE_DIR", "GOLD_DIR"))
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    rows: list[tuple[int, Row]] = []
    for number, (engine, folder) in enumerate(args.fold):
        for k, _, gold, found in drafts(engine, folder, number):
            for claim, features in found:
                label, weight = labelled(gold, claim)
                rows.append((k, (features, label, claim["proposition"]["kind"], weight)))
    parts = sorted({k for k, _ in rows})
    halves = parts if len(parts) > 1 else [0, 1]
    scored = []
    for left in halves:
        inside = [r for n, (k, r) in enumerate(rows) if (k if len(parts) > 1 else n // 40 % 2) != left]
        judge = Judge(fit(inside), {})
        scored.extend((judge(r[0]), r[1], r[3]) for n, (k, r) in enumerate(rows) if (k if len(parts) > 1 else n // 40 % 2) == left)
    error, lines = reliability(scored)
    print("\n".join(lines), f"\nECE {100 * error:.1f} over {len(scored)} drafts")
    weights = fit([r for _, r in rows])
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "judge.json").write_bytes(msgspec.json.format(msgspec.json.encode({"weights": weights, "thresholds": {"": 0.25}}), indent=1) + b"\n")
    by_kind: dict[str, list[float]] = defaultdict(list)
    for _, r in rows:
        by_kind[r[2]].append(r[1])
    print({k: (len(v), round(float(np.mean(v)), 2)) for k, v in sorted(by_kind.items())})
    return 0


if __name__ == "__main__":
    sys.exit(main())
