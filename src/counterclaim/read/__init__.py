"""The reading room: bytes that others wrote become reports, or refusals with a reason. Nothing goes on the network unless a `Fetcher` is handed in."""

from counterclaim.read.options import Options
from counterclaim.read.reports import received
from counterclaim.read.sources import Source, sources

__all__ = ["Options", "Source", "received", "sources"]
