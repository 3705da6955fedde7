"""Measure the matcher of spellings on pairs in JSON Lines: {a, b, kind, same, background}.

    python -m evaluation.spellings [FILE.jsonl] [--json] [--errors]

By default our own table (`tests/tables/name-pairs.jsonl`). Precision: of the pairs called one name, the share that are; recall: of
those that are, the share called so; both in percent, in all and by background.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from counterclaim.resolve.spellings import likeness

OWN = Path(__file__).resolve().parent.parent / "tests" / "tables" / "name-pairs.jsonl"


class Measured(NamedTuple):
    """Pairs rightly and wrongly called one name, and those missed."""

    right: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """In percent."""
        return 100 * self.right / max(1, self.right + self.false)

    @property
    def recall(self) -> float:
        """In percent."""
        return 100 * self.right / max(1, self.right + self.missed)


def measured(pairs: Iterable[Mapping[str, Any]]) -> Measured:
    """The figures over these pairs."""
    found = Measured()
    for pair in pairs:
        same = likeness(pair["a"], pair["b"], pair["kind"]).same
        found = Measured(found.right + (same and pair["same"]), found.false + (same and not pair["same"]), found.missed + (pair["same"] and not same))
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Print precision and recall."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.spellings", description="Measure the matcher of spellings: precision and recall.")
    parser.add_argument("file", type=Path, nargs="?", default=OWN)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", action="store_true", help="print the pairs judged wrongly")
    options = parser.parse_args(arguments)
    pairs = [json.loads(line) for line in options.file.read_text(encoding="utf-8").splitlines() if line.strip()]
    whole = measured(pairs)
    if options.json:
        print(json.dumps({"precision": round(whole.precision, 1), "recall": round(whole.recall, 1), "pairs": len(pairs)}))
        return 0
    by_background: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for pair in pairs:
        by_background[pair["background"]].append(pair)
    print(f"{'all':14} pairs {len(pairs):4}  precision {whole.precision:5.1f}  recall {whole.recall:5.1f}")
    for background, of in sorted(by_background.items()):
        part = measured(of)
        print(f"{background:14} pairs {len(of):4}  precision {part.precision:5.1f}  recall {part.recall:5.1f}")
    if options.errors:
        for pair in pairs:
            found = likeness(pair["a"], pair["b"], pair["kind"])
            if found.same is not pair["same"]:
                print(f"  {pair['a']} | {pair['b']}: {'one' if found.same else 'two'} ({found.because})", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
