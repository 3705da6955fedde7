"""Words a second from text to claims and links (the whole reading), against a spaCy CNN pipeline that only parses and finds names.

    python -m benchmarks.reading_speed [PATH] [--rounds 3] [--json]
    python -m benchmarks.reading_speed [PATH] --profile

PATH: JSON Lines with "text", or a folder of .txt files; by default the demo reports, repeated. Every measurement is a
process of its own with one thread; rounds alternate between the two, and medians are printed: words a second by the clock,
which on a busy machine says more of the machine, and by processor time (words over the seconds of processor of a process, times the
processes), which is what a quiet machine would give. spaCy's pipeline has the shape of its small English model (tok2vec 96 × 4,
tagger, parser, ner) and is untrained: weights do not change speed. Without spaCy only our own figures are printed.
Words are white-space separated. `--profile` prints where the time of one process goes, by stage and by function.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.parse_speed import peer, texts

STAGES = {
    "engine": "parse/engine.py:read",
    "parser in all": "parse/trained.py:__call__",
    "who says what": "attribute/spans.py:attributions",
    "back-references": "parse/antecedents.py:references",
    "claims of a sentence": "extract/claims.py:claims",
    "places": "resolve/placed.py:resolutions",
    "reading in all": "pipeline.py:read",
}


def reader() -> Any:
    """A function that reads one text, whole."""
    from counterclaim.config import Settings
    from counterclaim.core.report import Report
    from counterclaim.pipeline import Pipeline

    pipeline = Pipeline(Settings())
    return lambda text: pipeline.read(Report(id="r", text=text))


def work(kind: str, file: Path, share: int, of: int) -> dict[str, Any]:
    """What one process does: start up, read one text, then its share of them, timed."""
    began = time.perf_counter()
    mine = [json.loads(row) for row in file.open(encoding="utf-8")][share::of]
    if kind == "ours":
        read = reader()

        def run(batch: list[str]) -> None:
            for text in batch:
                read(text)
    else:
        nlp = peer()

        def run(batch: list[str]) -> None:
            for _ in nlp.pipe(batch, batch_size=32):
                pass

    run(mine[:1])
    started = time.perf_counter() - began
    run(mine[:5])
    began, busy = time.perf_counter(), time.process_time()
    run(mine)
    return {
        "words": sum(len(t.split()) for t in mine),
        "seconds": time.perf_counter() - began,
        "busy": time.process_time() - busy,
        "start_up": started,
        "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def measured(kind: str, processes: int, file: Path) -> dict[str, float]:
    """The figures of one round: processes side by side, each with its share of the texts."""
    env = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "benchmarks.reading_speed", str(file), "--worker", kind, "--of", str(processes), "--share"]
    running = [subprocess.Popen([*command, str(k)], stdout=subprocess.PIPE, env=env) for k in range(processes)]
    results = [json.loads(process.communicate()[0]) for process in running]
    words = sum(r["words"] for r in results)
    return {
        "words_per_second": words / max(r["seconds"] for r in results),
        "by_processor_time": words / sum(r["busy"] for r in results) * processes,
        "start_up": max(r["start_up"] for r in results),
        "rss_mb": max(r["rss_mb"] for r in results),
    }


def profile(file: Path) -> None:
    """Print the seconds of each stage and the functions that take most."""
    read, all_ = reader(), [json.loads(row) for row in file.open(encoding="utf-8")]
    read(all_[0])
    profiler = cProfile.Profile()
    profiler.enable()
    for text in all_:
        read(text)
    profiler.disable()
    found = pstats.Stats(profiler)
    rows: dict[str, float] = {}
    for (path, _, name), (*_, cumulative, _) in found.stats.items():  # type: ignore[attr-defined]
        rows[f"{'/'.join(Path(path).parts[-2:])}:{name}"] = cumulative
    for stage, where in STAGES.items():
        print(f"{stage:22} {next((s for name, s in rows.items() if name.endswith(where)), 0.0):8.2f} s")
    found.sort_stats("tottime").print_stats(25)


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, nargs="?")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--profile", action="store_true")
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
        all_ = texts(args.path)
        file.write_text("".join(json.dumps(t) + "\n" for t in all_), encoding="utf-8")
        if args.profile:
            profile(file)
            return 0
        for _ in range(args.rounds):
            for kind in kinds:
                rounds[kind].append(measured(*kind, file))
    result: dict[str, Any] = {
        f"{kind}_{n}": {name: round(statistics.median(r[name] for r in found), 2) for name in found[0]} for (kind, n), found in rounds.items()
    }
    for n in (1, 2) if has_peer else ():
        for name in ("words_per_second", "by_processor_time"):
            pairs = zip(rounds["ours", n], rounds["spacy", n], strict=True)
            result[f"ratio_{n} {name}"] = round(statistics.median(a[name] / b[name] for a, b in pairs), 3)
    if args.json:
        print(json.dumps(result))
    else:
        for name, row in result.items():
            print(f"{name:26}", row if not isinstance(row, dict) else "  ".join(f"{k} {v}" for k, v in row.items()))
        if not has_peer:
            print("spaCy is not installed here: pip install spacy in this environment prints its figures and the ratio too")
    return 0


if __name__ == "__main__":
    sys.exit(main())
