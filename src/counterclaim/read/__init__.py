"""The reading room: bytes that others wrote become reports, or refusals with a reason. Nothing here goes on the network."""

from counterclaim.read.options import Options
from counterclaim.read.reports import received
from counterclaim.read.sources import Source, sources

__all__ = ["Options", "Source", "received", "sources"]
