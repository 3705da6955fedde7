"""Measure lineage on a folder of texts with a key: which text was copied or rewritten from which.

    python -m evaluation.lineage DIR [--families f01,f02] [--json] [--pairs]

DIR holds `texts/<id>.txt` and `key.json` ({"reports": [{id, family, published, outlet}], "pairs": [{a, b, relation, from, paragraphs}]}).
Recalls and `direction` are percent, AUCs 0 to 1, all over listed pairs; `false_ties` counts independents, follow-ups and unrelated
texts that were tied (copy, rewrite or lift). A copy or rewrite is found when it is tied at all; `possible` is no tie.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from counterclaim.core.lineage import Kinship
from counterclaim.reconcile.lineage.facts import fingerprint
from counterclaim.reconcile.lineage.kinship import kinship

TIED = frozenset(("copy", "version", "rewrite", "lift"))
KIN = ("copy", "rewrite", "lift")


def kinships(folder: Path, key: Mapping[str, Any]) -> dict[tuple[str, str], Kinship]:
    """The kinship of every listed pair, by its ids as listed."""
    prints = {path.stem: fingerprint(path.stem, path.read_text(encoding="utf-8")) for path in sorted((folder / "texts").glob("*.txt"))}
    days = {r["id"]: dt.date.fromisoformat(r["published"]) if r.get("published") else None for r in key["reports"]}
    return {(p["a"], p["b"]): kinship(prints[p["a"]], prints[p["b"]], days) for p in key["pairs"]}


def auc(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """The chance that a related pair scores above an unrelated one, ties counted half; none where either is empty."""
    if not positive or not negative:
        return None
    return sum((p > n) + 0.5 * (p == n) for p in positive for n in negative) / (len(positive) * len(negative))


def scores(pairs: Iterable[Mapping[str, Any]], found: Mapping[tuple[str, str], Kinship]) -> dict[str, float | int | None]:
    """The figures over these pairs."""
    listed = [(pair, found[pair["a"], pair["b"]]) for pair in pairs]

    def of(*relations: str) -> list[Kinship]:
        return [k for pair, k in listed if pair["relation"] in relations]

    def recall(wanted: Sequence[Kinship]) -> float | None:
        return round(100 * sum(k.relation in TIED for k in wanted) / len(wanted), 1) if wanted else None

    lifts = [(pair, k) for pair, k in listed if pair["relation"] == "lift"]
    directed = [(pair["from"], k.source) for pair, k in listed if pair["relation"] in KIN and pair.get("from")]
    against = [k.score for k in of("independent", "followup")]
    areas = {
        name: auc([k.score for k in of(*relations)], against) for name, relations in (("auc", KIN), ("auc_rewrite", ("rewrite",)), ("auc_lift", ("lift",)))
    }
    return {
        "copy": recall(of("copy")),
        "rewrite": recall(of("rewrite")),
        "lift3": recall([k for pair, k in lifts if pair.get("paragraphs", 0) >= 3]),
        "lift12": recall([k for pair, k in lifts if pair.get("paragraphs", 0) < 3]),
        "false_ties": sum(k.relation in TIED for k in of("independent", "followup", "unrelated")),
        "direction": round(100 * sum(a == b for a, b in directed) / len(directed), 1) if directed else None,
        **{name: None if value is None else round(value, 3) for name, value in areas.items()},
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures, and with `--pairs` every pair."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.lineage", description="Measure which text was copied or rewritten from which.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--families", help="only these families, by commas")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--pairs", action="store_true", help="print every pair with its relation, score and reason")
    options = parser.parse_args(arguments)
    key = json.loads((options.folder / "key.json").read_text(encoding="utf-8"))
    chosen = set(options.families.split(",")) if options.families else None
    family = {r["id"]: r.get("family") for r in key["reports"]}
    found = kinships(options.folder, key)
    pairs = [p for p in key["pairs"] if chosen is None or family.get(p["a"]) in chosen]
    figures = scores(pairs, found)
    if options.pairs:
        for pair in pairs:
            k = found[pair["a"], pair["b"]]
            print(
                f"{pair['a']:14} {pair['b']:14} {pair['relation']:12} {k.relation:9} {k.score:5.3f} from {k.source or '?':14} {k.because}",
                file=sys.stderr if options.json else sys.stdout,
            )
    if options.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:12} {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
