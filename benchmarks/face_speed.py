"""Measure how long the server takes to make each page of a large record.

    python -m benchmarks.face_speed [--claims 100000] [--times 30] [--record FILE]

The record is made up as `findings_scale` makes it, unless one is named. Each page is asked for over HTTP from this machine, once unmeasured
and then `--times` times, lists with another page of the list each time, things with another thing. Told is the time from the request to the
last byte: median and 95th percentile. The first asking, which derives and looks up what the record keeps, is told apart.
"""

from __future__ import annotations

import argparse
import http.client
import json
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from benchmarks.findings_scale import filled, world
from counterclaim.config import Settings
from counterclaim.web.app import Serving
from counterclaim.web.pages import NAVIGATION

_CLAIMS_A_REPORT = 10
_MOST = 0.150
# The answer to what was never made of the record, and how soon it is asked for again.
_NOT_YET, _AGAIN = 503, 0.1


class Asking:
    """One connection to a server."""

    def __init__(self, port: int) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=600)

    def get(self, path: str) -> tuple[float, bytes]:
        """Seconds and body, the time in which it was first worked out among them. Raises RuntimeError for anything but a page."""
        start = time.perf_counter()
        answer, body = self._ask(path)
        while answer.status == _NOT_YET:
            time.sleep(_AGAIN)
            answer, body = self._ask(path)
        took = time.perf_counter() - start
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        return took, body

    def _ask(self, path: str) -> tuple[http.client.HTTPResponse, bytes]:
        self._line.request("GET", path)
        answer = self._line.getresponse()
        return answer, answer.read()

    def rows(self, path: str) -> list[dict[str, Any]]:
        """The rows of a list."""
        found: list[dict[str, Any]] = json.loads(self.get(path)[1])["rows"]
        return found


def pages(asking: Asking, times: int) -> dict[str, list[str]]:
    """The addresses to ask for, by the page they are of."""
    out = {at: [f"{at}?page={number % 20 + 1}" for number in range(times)] for at, _ in NAVIGATION}
    reports = asking.rows(f"/reports.json?per={times}")
    out["/"] = ["/"] * times
    out["/review"] = [f"/review?report={quote(row['id'], safe='')}" for row in reports]
    out["/search"] = [f"/search?q={quote(row['name'].split()[0])}" for row in reports]
    for name in ("reports", "findings", "claims", "actors", "places", "sources"):
        out[f"/{name}/one"] = [row["at"] for row in asking.rows(f"/{name}.json?per={times}")]
    out["/why/one"] = [row["at_why"] for row in asking.rows(f"/findings.json?per={times}")]
    out["/findings by standing"] = [f"/findings?standing=disputed&page={number % 20 + 1}" for number in range(times)]
    return out


def measured(asking: Asking, paths: Sequence[str]) -> tuple[float, list[float]]:
    """The first asking, and the others in order of their times."""
    first, _ = asking.get(paths[0])
    return first, sorted(asking.get(path)[0] for path in paths)


def main() -> int:
    """Measure every page; 1 where one is slower than it may be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=30)
    parser.add_argument("--record", type=Path)
    asked = parser.parse_args()
    slow = []
    with tempfile.TemporaryDirectory() as folder:
        path = asked.record or Path(folder) / "made.db"
        if asked.record is None:
            for done in filled(path, asked.claims // _CLAIMS_A_REPORT, world()):
                if done % 1_000 == 0:
                    print(f"{done} reports kept", file=sys.stderr)
        serving = Serving(path, Settings(reader="rules"))
        thread = threading.Thread(target=serving.run)
        thread.start()
        try:
            asking = Asking(serving.port)
            print(f"the record looked up for the first time: {asking.get('/')[0]:.1f} s")
            for name, paths in pages(asking, asked.times).items():
                first, times = measured(asking, paths)
                p95 = times[min(len(times) - 1, int(0.95 * len(times)))]
                slow += [name] if p95 > _MOST else []
                print(f"{name:<24} median {1000 * statistics.median(times):7.1f} ms, p95 {1000 * p95:7.1f} ms, first {1000 * first:8.1f} ms", flush=True)
        finally:
            serving.stop()
            thread.join()
    print(f"slower than {1000 * _MOST:.0f} ms: {', '.join(slow) or 'none'}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
