"""Words a second from raw text to parsed (lines, sentences, tags, tree, names), against a spaCy CNN pipeline in the same run.

    python -m benchmarks.parse_speed [PATH] [--rounds 3] [--json]

PATH: JSON Lines with "text", or a folder of .txt files; by default the demo reports, repeated. Every measurement is a
process of its own with one thread; rounds alternate between the two, and medians are printed. spaCy's pipeline has the
sizes of `spacy init config --optimize efficiency` (tagger, parser, ner) and is untrained: weights do not change speed.
Without spaCy installed only our own figures are printed. Words are white-space separated.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

REPEATED_TO = 60_000  # words: enough that a round lasts seconds


def texts(path: Path | None) -> list[str]:
    """The texts to read."""
    if path is not None and path.is_file():
        return [json.loads(row)["text"] for row in path.open(encoding="utf-8")]
    folder = path or Path(__file__).resolve().parents[1] / "examples" / "reports"
    found = [file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.txt"))]
    if path is None:
        found *= max(1, REPEATED_TO // sum(len(t.split()) for t in found))
    return found


def work(kind: str, file: Path, share: int, of: int) -> dict[str, Any]:
    """What one process does: start up, read one text, then its share of them, timed."""
    began = time.perf_counter()
    mine = [json.loads(row) for row in file.open(encoding="utf-8")][share::of]
    if kind == "ours":
        from counterclaim.clean.segments import lines
        from counterclaim.knowledge.weights import load
        from counterclaim.parse.engine import Engine
        from counterclaim.parse.lemmas import Lemmas
        from counterclaim.parse.trained import TrainedParser

        # What the other pipeline does too: no claim heads.
        parse = TrainedParser(Engine(claims=False), Lemmas(load().lemmas))

        def run(batch: list[str]) -> None:
            for text in batch:
                parse(text, lines(text))
    else:
        nlp = peer()

        def run(batch: list[str]) -> None:
            for _ in nlp.pipe(batch, batch_size=32):
                pass

    run(mine[:1])
    started = time.perf_counter() - began
    run(mine[:10])
    began = time.perf_counter()
    run(mine)
    seconds = time.perf_counter() - began
    return {
        "words": sum(len(t.split()) for t in mine),
        "seconds": seconds,
        "start_up": started,
        "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def peer() -> Any:
    """The CNN pipeline of spaCy at its default sizes, initialised with a few labels."""
    import spacy
    from spacy.cli.init_config import init_config

    nlp = spacy.util.load_model_from_config(init_config(lang="en", pipeline=["tagger", "parser", "ner"], optimize="efficiency", silent=True), auto_fill=True)
    for name, labels in {
        "tagger": ("NN", "VB", "DT", "IN", "JJ"),
        "parser": ("nsubj", "obj", "det", "case", "root", "obl", "amod"),
        "ner": ("PERSON", "ORG", "GPE", "DATE"),
    }.items():
        for label in labels:
            nlp.get_pipe(name).add_label(label)
    nlp.initialize()
    return nlp


def measured(kind: str, processes: int, file: Path) -> dict[str, float]:
    """The figures of one round: processes side by side, each with its share of the texts."""
    env = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "benchmarks.parse_speed", str(file), "--worker", kind, "--of", str(processes), "--share"]
    running = [subprocess.Popen([*command, str(k)], stdout=subprocess.PIPE, env=env) for k in range(processes)]
    results = [json.loads(process.communicate()[0]) for process in running]
    return {
        "words_per_second": sum(r["words"] for r in results) / max(r["seconds"] for r in results),
        "start_up": max(r["start_up"] for r in results),
        "rss_mb": max(r["rss_mb"] for r in results),
    }


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, nargs="?")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    parser.add_argument("--share", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--of", type=int, default=1, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.worker:
        print(json.dumps(work(args.worker, args.path, args.share, args.of)))
        return 0
    has_peer = subprocess.run([sys.executable, "-c", "import spacy"], capture_output=True, check=False).returncode == 0
    kinds = [("ours", 1), ("ours", 2), *([("spacy", 1), ("spacy", 2)] if has_peer else [])]
    rounds: dict[tuple[str, int], list[dict[str, float]]] = {kind: [] for kind in kinds}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "texts.jsonl"
        file.write_text("".join(json.dumps(t) + "\n" for t in texts(args.path)), encoding="utf-8")
        for _ in range(args.rounds):
            for kind in kinds:
                rounds[kind].append(measured(*kind, file))
    result: dict[str, Any] = {
        f"{kind}_{n}": {name: round(statistics.median(r[name] for r in found), 2) for name in found[0]} for (kind, n), found in rounds.items()
    }
    if has_peer:
        result["ratio_one_process"] = round(
            statistics.median(a["words_per_second"] / b["words_per_second"] for a, b in zip(rounds["ours", 1], rounds["spacy", 1], strict=True)), 3
        )
    if args.json:
        print(json.dumps(result))
    else:
        for name, row in result.items():
            print(f"{name:18}", row if not isinstance(row, dict) else "  ".join(f"{k} {v}" for k, v in row.items()))
        if not has_peer:
            print("spaCy is not installed here: pip install spacy in this environment prints its figures and the ratio too")
    return 0


if __name__ == "__main__":
    sys.exit(main())
