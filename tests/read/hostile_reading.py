"""Reads a folder of hostile files in a process of its own and prints what became of each: `python -m tests.read.hostile_reading FOLDER`."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from counterclaim.core.report import Received
from counterclaim.read import Options, received, sources
from tests.read.hostile import MARK

LARGEST = 1_000_000


def main(folder: Path) -> None:
    """Print a JSON object for each source: its class, its path, and how many reports and refusals came of it; and last the peak of memory."""
    options = Options(largest=LARGEST)
    for home in sorted(folder.iterdir()):
        for source in sources([home]):
            found = list(received(source, options))
            reports = [item.report for item in found if isinstance(item, Received)]
            refusals = [[item.source, item.reason] for item in found if not isinstance(item, Received)]
            kept = [MARK in report.text for report in reports]
            tell({"class": home.name, "path": source.path, "name": source.name, "kept": kept, "refusals": refusals})
    tell({"peak": [own_peak(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024]})


def tell(what: object) -> None:
    """Write a line."""
    sys.stdout.write(json.dumps(what) + "\n")


def own_peak() -> int:
    """Megabytes this process had at most. The system's usual figure counts what the process had that started this one."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) // 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
