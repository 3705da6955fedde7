"""Words a second on a local Spark cluster of two workers with one core each, against one such worker.

    python -m benchmarks.spark_speed [PATH] [--rounds 2]

PATH: JSON Lines with "text", or a folder of .txt files; by default the demo reports, repeated. Needs the extra [spark] and Java 17.
Every round is a process of its own; a first small run warms the workers up, so that the start of Spark and of the engines is not counted.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.parse_speed import texts

# So small that two workers come out even.
SHARD = 3


def work(file: Path, workers: int) -> float:
    """Words a second of one cluster."""
    import pyspark
    from pyspark.sql import SparkSession

    from counterclaim.bulk import bulk
    from counterclaim.bulk.run import with_spark

    os.environ |= {"PYSPARK_PYTHON": sys.executable, "SPARK_HOME": str(Path(pyspark.__file__).parent), "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    os.environ["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    session = SparkSession.builder.master(f"local-cluster[{workers},1,1024]").config("spark.ui.enabled", "false").getOrCreate()
    rows = file.read_text(encoding="utf-8").splitlines(keepends=True)
    few = file.with_name("few.jsonl")
    few.write_text("".join(rows[: 4 * workers]), encoding="utf-8")
    with tempfile.TemporaryDirectory() as out:
        list(bulk([few], Path(out) / "few", size=1, engine=with_spark(session=session)))
        began = time.perf_counter()
        [*_, last] = bulk([file], Path(out) / "all", size=SHARD, engine=with_spark(session=session))
        seconds = time.perf_counter() - began
    session.stop()
    return last.tally.words / seconds


def main() -> int:
    """Print words a second for one worker and for two, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, nargs="?")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--worker", type=int, default=0, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.worker:
        print(json.dumps(work(args.path, args.worker)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "texts.jsonl"
        file.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts(args.path)), encoding="utf-8")
        found: dict[int, list[float]] = {1: [], 2: []}
        for _ in range(args.rounds):
            for workers, speeds in found.items():
                command = [sys.executable, "-m", "benchmarks.spark_speed", str(file), "--worker", str(workers)]
                speeds.append(float(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.splitlines()[-1]))
    one, two = (statistics.median(speeds) for speeds in found.values())
    print(f"one worker {one:,.0f} words a second, two workers {two:,.0f}, ratio {two / one:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
