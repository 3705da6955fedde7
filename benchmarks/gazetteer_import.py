"""Import of a file of GeoNames' shape: seconds, memory, and whether a killed import goes on to the same gazetteer.

    python -m benchmarks.gazetteer_import [--rows 12000000] [--small 300000] [--folder FOLDER] [--json]

A small file is imported twice, once through and once killed three times (SIGKILL: among the places and as the index is built), and the
two gazetteers are compared, row by row and byte by byte. Then the large one is imported with a kill at two fifths of it and another as its
index is built; each process is measured by itself. The folder holds the files while they are needed: some 4 GB for twelve million rows.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def work(file: Path, name: str) -> None:
    """What the measured process does: import, with a line for each batch."""
    from counterclaim.gazetteers import import_

    for step in import_(file, name):
        print(step.doing, step.at, step.whole, flush=True)


def run(file: Path, name: str, folder: Path, *, kill_at: float | None = None, kill_in_index: float | None = None) -> dict[str, Any]:
    """Import in a process of its own, killed at a share of the file or some seconds into the index; its seconds and peak memory."""
    began = time.perf_counter()
    env = os.environ | {"COUNTERCLAIM_GAZETTEERS": str(folder)}
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.gazetteer_import", "--worker", name, "--folder", str(file)], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None  # noqa: S101
    first = indexed = 0.0
    at = 0
    for line in process.stdout:
        doing, read, whole = line.split()
        now = time.perf_counter() - began
        first = first or now
        if doing == "index":
            indexed = now
            if kill_in_index is not None:
                time.sleep(kill_in_index)
                os.kill(process.pid, signal.SIGKILL)
        elif doing == "places":
            at = int(read)
            if kill_at is not None and at >= kill_at * int(whole):
                os.kill(process.pid, signal.SIGKILL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return {
        "exit": process.returncode,
        "seconds": round(time.perf_counter() - began, 1),
        "until_first_batch": round(first, 1),
        "until_index": round(indexed, 1),
        "bytes_read": at,
        "peak_rss_mb": round(usage.ru_maxrss / 1024, 1),
    }


def content(path: Path) -> str:
    """A hash of every row of a gazetteer, in order."""
    file = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    found = hashlib.blake2b()
    for query in ("SELECT * FROM about ORDER BY key", "SELECT * FROM place ORDER BY id", "SELECT * FROM name ORDER BY folded, place"):
        for row in file.execute(query):
            found.update(repr(row).encode())
    file.close()
    return found.hexdigest()


def counts(path: Path) -> dict[str, int]:
    """How many places and names a gazetteer has, and its bytes."""
    file = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    [[places]], [[names]] = (file.execute(f"SELECT count(*) FROM {table}").fetchall() for table in ("place", "name"))  # noqa: S608
    file.close()
    return {"places": places, "names": names, "bytes": path.stat().st_size}


def made(rows: int, out: Path) -> Path:
    """The file of so many rows."""
    subprocess.run([sys.executable, str(ROOT / "scripts" / "big-gazetteer"), str(rows), str(out)], check=True)
    return out


def main() -> int:
    """Print the figures; the exit status is 1 where a killed import came to something else."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=12_000_000)
    parser.add_argument("--small", type=int, default=300_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.worker:
        work(args.folder, args.worker)
        return 0
    result: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(dir=args.folder) as at:
        folder, one, two = Path(at), Path(at) / "through", Path(at) / "killed"
        file = made(args.small, folder / "small.txt")
        result["small_through"] = run(file, "small", one)
        result["small_killed"] = [run(file, "small", two, kill_at=0.2), run(file, "small", two, kill_at=0.7), run(file, "small", two, kill_in_index=0.2)]
        result["small_gone_on"] = run(file, "small", two)
        result["small_same_rows"] = content(one / "small.sqlite") == content(two / "small.sqlite")
        result["small_same_bytes"] = (one / "small.sqlite").read_bytes() == (two / "small.sqlite").read_bytes()
        file = made(args.rows, folder / "big.txt")
        result["file_bytes"] = file.stat().st_size
        result["killed_at_two_fifths"] = run(file, "big", two, kill_at=0.4)
        result["killed_in_index"] = run(file, "big", two, kill_in_index=5)
        if result["killed_in_index"]["exit"]:  # few rows are indexed before the kill comes
            result["gone_on"] = run(file, "big", two)
        result |= counts(two / "big.sqlite")
        result["places_as_rows"] = result["places"] == args.rows
        runs = [result[each] for each in ("killed_at_two_fifths", "killed_in_index", "gone_on") if each in result]
        result["peak_rss_mb"] = max(each["peak_rss_mb"] for each in runs)
        result["seconds"] = round(sum(each["seconds"] for each in runs), 1)
    print(json.dumps(result) if args.json else "\n".join(f"{name:22} {value}" for name, value in result.items()))
    return 0 if result["small_same_rows"] and result["places_as_rows"] else 1


if __name__ == "__main__":
    sys.exit(main())
