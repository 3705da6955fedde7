"""Words a second of attribution alone, after parsing: quotations, acts of speech, chains, acts.

    python -m benchmarks.attribute_speed [PATH] [--json]

PATH: JSON Lines with "text", or a folder of .txt files; by default the demo reports. One process; the median of five rounds.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from counterclaim.attribute.quotes import quotations
from counterclaim.attribute.spans import attributions
from counterclaim.attribute.voices import Namer
from counterclaim.clean.segments import lines
from counterclaim.config import Settings
from counterclaim.parse.antecedents import references
from counterclaim.pipeline import Pipeline

ROUNDS = 5


def texts(path: Path | None) -> Iterator[str]:
    """The texts to read."""
    if path is None:
        path = Path(__file__).resolve().parents[1] / "examples" / "reports"
    if path.is_dir():
        for file in sorted(path.glob("*.txt")):
            yield file.read_text(encoding="utf-8")
        return
    with path.open(encoding="utf-8") as rows:
        for row in rows:
            yield json.loads(row)["text"]


def main() -> int:
    """Print words, seconds and words a second."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, nargs="?")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    pipeline = Pipeline(Settings())
    ready = []
    words = 0
    for text in texts(args.path):
        rows = lines(text)
        parsed = pipeline.parse(text, rows)
        ready.append((text, rows, parsed, list(references(text, parsed.sentences, parsed.names))))
        words += len(text.split())
    seconds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for text, rows, parsed, back in ready:
            attributions(text, parsed.sentences, list(quotations(text, rows)), Namer(text, parsed.names, back), parsed.tagged)
        seconds.append(time.perf_counter() - began)
    result = {"words": words, "seconds": round(statistics.median(seconds), 3), "words_per_second": round(words / statistics.median(seconds))}
    print(json.dumps(result) if args.json else "  ".join(f"{k} {v}" for k, v in result.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
