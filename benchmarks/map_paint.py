"""Measure how soon a browser paints the map: the demo reports and a large made-up record, in a headless Chromium.

    python -m benchmarks.map_paint [--claims 10000] [--times 10] [--limit 1.5]

The large record is made up as `findings_scale` makes it, with a point for each place. The server has the map worked out before; the browser
is new, so the first look at each record also fetches the style and the script, and the others find them in its cache. Told is
the time from the start of the navigation to the first paint with something in it, as the browser itself gives it.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.findings_scale import report, world
from counterclaim.config import Settings
from counterclaim.core.link import Link, Located
from counterclaim.read import Options, sources
from counterclaim.record import Record
from counterclaim.web.app import Serving
from tests.web.chromium import chromium

_CLAIMS_A_REPORT = 10
_EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "reports"
# A made-up country of some 900 by 900 km, anywhere on land.
_WEST, _SOUTH, _SPAN = 26.0, -6.0, 8.0
_PAINTED = "return performance.getEntriesByType('paint').filter(one => one.name === 'first-contentful-paint').map(one => one.startTime)[0]"
_PATIENCE, _AGAIN = 120.0, 0.2
_NOT_YET = 503


def demo(path: Path) -> None:
    """A record of the demo reports."""
    with Record.open(path, settings=Settings(reader="rules"), create=True) as record:
        for _ in record.read(sources([_EXAMPLES]), Options()):
            pass
        record.refresh()


def made(path: Path, claims: int) -> None:
    """A record of so many made-up claims, each place with a point."""
    names = world()
    points = {place: _point(number) for number, place in enumerate(names.places)}
    with Record.open(path, create=True) as record:
        for at in range(claims // _CLAIMS_A_REPORT):
            received, told, links = report(at, names)
            record.store.add(received, told, [_placed(link, points) for link in links])
        record.refresh()


def _point(number: int) -> Located:
    """A point for each number, spread evenly by the golden ratio."""
    return Located(precision="exact", country="CD", lat=round(_SOUTH + _SPAN * (number * 0.618034 % 1), 4), lon=round(_WEST + _SPAN * (number / 1500), 4))


def _placed(link: Link, points: dict[str, Located]) -> Link:
    if link.kind != "place" or link.target is None:
        return link
    return msgspec.structs.replace(link, target=msgspec.structs.replace(link.target, at=points[link.words]))


def ready(address: str) -> None:
    """Wait until the map is worked out. Raises TimeoutError."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=_PATIENCE) as answer:  # noqa: S310 - our own address
                if "Counterclaim-Behind" not in answer.headers:
                    return
        except urllib.error.HTTPError as error:
            if error.code != _NOT_YET:
                raise
        time.sleep(_AGAIN)
    raise TimeoutError(f"{address} was not there after {_PATIENCE:.0f} s")


def paints(driver: Any, address: str, times: int) -> list[float]:
    """The first paints of so many looks, in seconds and in their order."""
    out = []
    for _ in range(times):
        driver.get("about:blank")
        driver.get(address)
        end = time.monotonic() + _PATIENCE
        while (found := driver.execute_script(_PAINTED)) is None and time.monotonic() < end:
            time.sleep(0.02)
        out.append((found or 1000 * _PATIENCE) / 1000)
    return out


def measured(path: Path, times: int) -> tuple[list[float], int]:
    """The first paints of the map of this record, and how many bytes the page has."""
    serving = Serving(path, Settings(reader="rules"))
    thread = threading.Thread(target=serving.run)
    thread.start()
    try:
        address = f"{serving.address}map"
        ready(address)
        with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own address
            size = len(answer.read())
        with chromium() as driver:
            return paints(driver, address, times), size
    finally:
        serving.stop()
        thread.join()


def main() -> int:
    """Measure both records; 1 where a paint came later than it may."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--limit", type=float, default=1.5)
    asked = parser.parse_args()
    late = False
    with tempfile.TemporaryDirectory() as folder:
        for name in ("demo reports", f"{asked.claims} made-up claims"):
            path = Path(folder) / f"{name}.db"
            if name == "demo reports":
                demo(path)
            else:
                made(path, asked.claims)
            found, size = measured(path, asked.times)
            late = late or max(found) > asked.limit
            print(
                f"{name}: first look {1000 * found[0]:.0f} ms, median {1000 * statistics.median(found):.0f} ms, "
                f"latest {1000 * max(found):.0f} ms; {size / 1000:.0f} kB of HTML",
                flush=True,
            )
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
