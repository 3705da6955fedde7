"""What a host asks of robots: a `robots.txt` that was fetched, looked up by the standard library's reader."""

from __future__ import annotations

from urllib.parse import unquote, urlparse
from urllib.robotparser import RobotFileParser

MOST_LINES = 10_000


class Robots:
    """What one host asks."""

    def __init__(self, text: bytes) -> None:
        self._parser = RobotFileParser()
        lines = text.decode("utf-8-sig", "replace").splitlines()[:MOST_LINES]
        self._parser.parse([line for line in lines if _is_sound(line)])

    def allows(self, agent: str, url: str) -> bool:
        """Whether this robot may fetch the address."""
        return self._parser.can_fetch(agent, url)

    def delay(self, agent: str) -> float:
        """How many seconds are asked for between two requests; 0 where nothing is."""
        asked = self._parser.crawl_delay(agent)
        return float(asked) if asked else 0.0


def _is_sound(line: str) -> bool:
    """Whether the reader can take the line: it takes paths apart as addresses, and gives up on brackets that hold none."""
    try:
        urlparse(unquote(line.partition("#")[0].partition(":")[2].strip()))
    except ValueError:
        return False
    return True
