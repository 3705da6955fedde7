"""The demo reports read anew, for comparison with their golden records."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from counterclaim.core.report import Received
from counterclaim.publish.records import claim_lines
from counterclaim.read import Options, received, sources
from tests.reading import pipeline

HERE = Path(__file__).parent
REPORTS = HERE.parents[1] / "examples" / "reports"


def folders() -> list[Path]:
    """The golden folders, one a report."""
    return sorted(path for path in HERE.iterdir() if path.is_dir() and not path.name.startswith("__"))


@cache
def demo() -> dict[str, Received]:
    """Every demo report by id."""
    found = [item for source in sources([REPORTS]) for item in received(source, Options())]
    return {item.report.id: item for item in found if isinstance(item, Received)}


def lines(report: str) -> bytes:
    """The claims of a demo report as the plain reader reads them, in the interchange format."""
    reading = pipeline().read(demo()[report].report)
    return b"".join(claim_lines(reading.claims, reading.links))
