"""Fit the judge: what makes a drafted claim right, learned from readings by engines that had not seen the reports.

    python -m training.judge --fold ENGINE_DIR GOLD_DIR [--fold ...] --out FOLDER

Every draft of rules and heads is compared with the gold claims by itself: it is right when one of its kind stands there with
the same key slots, origin and act; it is there when one of its kind stands there at all. Two logistic models over the drafts'
features give these probabilities. From where on a claim is told is chosen so that the sum of the record's and the found
claims' F1 is greatest over all folds, each judged by models fitted on the others. Writes `judge.json`, prints the
reliability curve (each fold judged by the others) and the figures of the choice.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from scipy.optimize import minimize

from counterclaim.config import Settings
from counterclaim.core.codec import encode
from counterclaim.extract import claims as extraction
from counterclaim.extract.frames import Scene
from counterclaim.extract.judging import Judge, _chance
from counterclaim.pipeline import Pipeline, scenes, speaker
from evaluation.calibration import Scored, reliability
from evaluation.gold import report
from evaluation.scoring import _compared, _may_pair, figures, outcome

Json = dict[str, Any]
Features = dict[str, float]
# Strength of the pull towards zero; 1 and 10 gave the same figures to a point.
PENALTY = 3.0
# A draft that is right but optional neither helps nor harms much.
OPTIONAL = 0.3
LIKELY = 0.4
RIGHT, THERE = (0.22, 0.26, 0.3, 0.34), (0.5, 0.58, 0.66, 2.0)


@dataclass
class Draft:
    """A draft's features and what the gold says of it."""

    features: Features
    right: float
    there: float
    weight: float


@dataclass
class Document:
    """A report read by an engine that had not seen it."""

    fold: int
    gold: Json
    id: str
    scenes: list[Scene]
    speaker: Any
    drafts: list[Draft] = field(default_factory=list)


def documents(engine: Path, gold: Path, fold: int) -> Iterator[Document]:
    """Each report of the folder with every draft of it."""
    pipeline = Pipeline(Settings(reader="trained", weights=str(engine)))
    for path in sorted(gold.glob("*.json")):
        read = pipeline.attributed(report(path))
        document = Document(fold, json.loads(path.read_text(encoding="utf-8")), read.report.id, list(scenes(read)), speaker(read))
        for scene in document.scenes:
            drafted = list(extraction.candidates(document.id, scene, document.speaker))
            found = [pair for _, options in drafted for option in options for pair in option]
            # The typed claims that will be told are not known yet; triggers that the heads find likely stand in for them.
            likely = [scene.sentence.tokens[t.word].span for t in scene.triggers if t.score >= LIKELY]
            covered = [at for at, _ in drafted if at in likely]
            found += [(claim, features) for claim, features, _ in extraction.statements(document.id, scene, document.speaker, covered)]
            document.drafts += [_labelled(document.gold, json.loads(encode(claim)), features) for claim, features in found]
        yield document


def _labelled(gold: Json, claim: Json, features: Features) -> Draft:
    best: tuple[bool, bool, float] | None = None
    for wanted in gold["claims"]:
        if not _may_pair(wanted, claim):
            continue
        pair = _compared(0, 0, wanted, claim)
        rank = (pair.record, wanted.get("required") is not False, pair.likeness)
        if best is None or rank > best:
            best = rank
    if best is None:
        return Draft(features, 0.0, 0.0, 1.0)
    return Draft(features, float(best[0]), 1.0, 1.0 if best[1] else OPTIONAL)


def fit(drafts: Sequence[Draft], what: str) -> dict[str, float]:
    """The weights of the logistic model of `right` or `there`."""
    names = sorted({name for d in drafts for name in d.features})
    at = {name: k for k, name in enumerate(names)}
    x = np.zeros((len(drafts), len(names)))
    for k, d in enumerate(drafts):
        for name, value in d.features.items():
            x[k, at[name]] = value
    y = np.array([getattr(d, what) for d in drafts])
    weight = np.array([d.weight for d in drafts])

    def loss(v: Any) -> Any:
        z = x @ v
        value = float(np.sum(weight * (np.logaddexp(0, z) - y * z)) + PENALTY / 2 * v @ v)
        return value, x.T @ (weight * (1 / (1 + np.exp(-z)) - y)) + PENALTY * v

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return {name: round(float(v), 4) for name, v in zip(names, found.x, strict=True) if abs(v) >= 5e-4}


def choice(read: Sequence[Document], judges: dict[int, Judge]) -> tuple[float, float]:
    """The two least probabilities that make record F1 + found F1 greatest; prints the best few."""
    rows = []
    for right in RIGHT:
        for there in THERE:
            results = []
            for d in read:
                judge = msgspec.structs.replace(judges[d.fold], least_right=right, least_there=there)
                told = [json.loads(encode(c)) for scene in d.scenes for c in extraction.claims(d.id, scene, d.speaker, judge)]
                results.append(outcome(d.gold, told))
            f = figures(results)
            rows.append((f["record"]["f1"] + f["found"]["f1"], right, there, f["record"]["f1"], f["found"]["f1"], f["slots"]["f1"], f["said"], f["must_not"]))
    for row in sorted(rows, reverse=True)[:6]:
        print("sum {:.1f} right {} there {} record {} found {} slots {} said {} must_not {}".format(*row))
    return max(rows)[1:3]


def main() -> int:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fold", nargs=2, action="append", type=Path, required=True, metavar=("ENGINE_DIR", "GOLD_DIR"))
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    read = [d for number, (engine, folder) in enumerate(args.fold) for d in documents(engine, folder, number)]
    if len(args.fold) == 1:
        for k, d in enumerate(read):
            d.fold = k % 2
    judges: dict[int, Judge] = {}
    scored: list[Scored] = []
    for left in sorted({d.fold for d in read}):
        drafts = [x for d in read if d.fold != left for x in d.drafts]
        judges[left] = Judge(fit(drafts, "right"), fit(drafts, "there"), 0.2, 0.5)
        scored += [Scored(_chance(judges[left].right, x.features), bool(x.right), x.weight) for d in read if d.fold == left for x in d.drafts]
    error, bins = reliability(scored)
    for b in bins:
        print(f"{b.low:.1f}  said {b.said:.2f}  right {b.right:.2f}  drafts {b.claims}")
    print(f"calibration error {error} over {len(scored)} drafts of {len(read)} reports")
    right, there = choice(read, judges)
    every = [x for d in read for x in d.drafts]
    judge = Judge(fit(every, "right"), fit(every, "there"), right, there)
    args.out.mkdir(parents=True, exist_ok=True)
    written = msgspec.json.format(msgspec.json.encode(judge, order="sorted"), indent=1) + b"\n"
    (args.out / "judge.json").write_bytes(written)
    manifest = args.out / "manifest.json"
    if manifest.exists():
        known = json.loads(manifest.read_text(encoding="utf-8"))
        known["files"]["judge.json"] = hashlib.sha256(written).hexdigest()
        manifest.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
