"""An address of the web to what lies there, when the user asks for it: the one place that goes on the network.

What it does: looks the host up once and connects to the address that was checked; asks `robots.txt` first; follows a few
redirects, each checked alike; gives its name; waits between two requests to one host; stops at a size and a time.
What it does not: run scripts, send cookies or passwords, use a proxy, or look at anything that was not asked for.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable
from functools import cache
from urllib.parse import urljoin

import msgspec

from counterclaim.core.version import __version__
from counterclaim.errors import InputRefused
from counterclaim.read.guard import Permitted, Place, Unreachable, is_public, place
from counterclaim.read.options import Options
from counterclaim.read.robots import Robots
from counterclaim.read.sources import printable
from counterclaim.read.warc import CHARSET, unpacked

AGENT = "counterclaim"
USER_AGENT = f"{AGENT}/{__version__} (reads reports for a record of claims; respects robots.txt)"

MOST_REDIRECTS = 5
SECONDS = 30.0
"""How long one request may take, from the first byte sent to the last received."""

PAUSE = 1.0
"""Seconds between two requests to one host, unless its robots.txt asks for more."""

LONGEST_PAUSE = 60.0
MOST_ROBOTS = 500_000
MOST_MACHINES = 3
_REMEDY = "try again later, or save the page and name its file"
_BLOCK = 65_536
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_LATER = frozenset((408, 425, 429, 500, 502, 503, 504))


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """What lay at an address: where it was found in the end, and what the server said of it; no body when it has not changed."""

    url: str
    status: int
    content_type: str = ""
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None
    body: bytes = b""


class Fetcher:
    """Fetches addresses one after the other, and knows the robots.txt of the hosts it asked."""

    def __init__(
        self,
        *,
        largest: int = Options().largest,
        seconds: float = SECONDS,
        pause: float = PAUSE,
        permitted: Permitted = is_public,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        """`permitted` says which addresses may be asked; only tests, which serve on their own machine, give another than ours."""
        self._largest, self._seconds, self._pause, self._permitted, self._wait = largest, seconds, pause, permitted, wait
        self._robots: dict[str, Robots] = {}
        self._asked: dict[str, float] = {}
        # A host that does not answer is not waited for once a page.
        self._down: dict[str, str] = {}

    def get(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        """Return what lies at the address; with an `etag` or a day of change, status 304 and no body when it is still that.

        Raises InputRefused for what must not or cannot be had, Unreachable where a later try may do.
        """
        conditions = {key: value for key, value in (("If-None-Match", etag), ("If-Modified-Since", modified)) if value}
        here = url.partition("#")[0]
        for _ in range(MOST_REDIRECTS + 1):
            at = place(here, self._permitted)
            robots = self._robots_of(at)
            if not robots.allows(AGENT, at.url):
                raise InputRefused(here, "the robots.txt of the host asks not to fetch it; save the page by hand if you may")
            self._be_polite(at, robots)
            found = self._asked_for(at, self._largest, conditions)
            if isinstance(found, str):
                here = _joined(at, found)
                continue
            if found.status in _LATER:
                raise Unreachable(here, f"the server answers {found.status}; try again later")
            if found.status not in (200, 304) or (found.status == 304 and not conditions):
                raise InputRefused(here, f"the server answers {found.status}; see that the address is right")
            return found
        raise InputRefused(url[:200], f"more than {MOST_REDIRECTS} redirects; name the address it leads to")

    def _robots_of(self, at: Place) -> Robots:
        """Return what the host asks of robots, fetched once. No file means no wish; a server in trouble means come back later."""
        if at.origin in self._down:
            raise Unreachable(at.url, self._down[at.origin])
        if at.origin not in self._robots:
            try:
                self._robots[at.origin] = self._asked_of_robots(at)
            except Unreachable as refused:
                self._down[at.origin] = refused.reason
                raise Unreachable(at.url, refused.reason) from refused
        return self._robots[at.origin]

    def _asked_of_robots(self, at: Place) -> Robots:
        """Fetch and read the robots.txt of a host. Raises Unreachable where it cannot be had now."""
        here = msgspec.structs.replace(at, url=f"{at.origin}/robots.txt", target="/robots.txt")
        for _ in range(MOST_REDIRECTS + 1):
            found = self._asked_for(here, MOST_ROBOTS, {}, cut=True)
            if not isinstance(found, str):
                break
            here = place(_joined(here, found), self._permitted)
        else:
            return Robots(b"")
        if found.status in _LATER or found.status >= 500:
            raise Unreachable(at.url, f"the robots.txt of the host cannot be had (the server answers {found.status}); try again later")
        return Robots(found.body if found.status == 200 else b"")

    def _be_polite(self, at: Place, robots: Robots) -> None:
        """Wait until the host may be asked again."""
        pause = min(LONGEST_PAUSE, max(self._pause, robots.delay(AGENT))) if self._pause else 0.0
        if (last := self._asked.get(at.host)) is not None and (left := last + pause - time.monotonic()) > 0:
            self._wait(left)
        self._asked[at.host] = time.monotonic()

    def _asked_for(self, at: Place, largest: int, conditions: dict[str, str], *, cut: bool = False) -> Fetched | str:
        """Return what one request gives, or where it is sent on to. Raises as `get` does."""
        connection = _Connection(at, self._seconds)
        # The time limit of a socket is for one piece; a server that sends a byte a second is stopped by this.
        watch = threading.Timer(self._seconds, _shut, (connection,))
        watch.daemon = True
        watch.start()
        try:
            fields = {"Host": at.named, "User-Agent": USER_AGENT, "Accept": "text/html, application/xhtml+xml, application/xml, text/*, */*;q=0.1"}
            connection.request("GET", at.target, headers=fields | {"Accept-Encoding": "gzip, deflate", "Connection": "close"} | conditions)
            answer = connection.getresponse()
            if answer.status in _REDIRECTS and (location := answer.getheader("Location")):
                return location
            body = _body(at, answer, largest, cut=cut) if answer.status == 200 else b""
        except (OSError, http.client.HTTPException, AttributeError, ValueError) as error:  # AttributeError and ValueError: shut while it is read
            if isinstance(error, AttributeError) and not connection.is_late:
                raise
            is_late = connection.is_late or isinstance(error, TimeoutError)
            raise Unreachable(at.url[:200], f"{self._late() if is_late else f'it cannot be reached ({_said(error)})'}; {_REMEDY}") from error
        finally:
            watch.cancel()
            connection.close()
        if connection.is_late:
            raise Unreachable(at.url[:200], f"{self._late()}; {_REMEDY}")
        return Fetched(
            url=at.url,
            status=answer.status,
            content_type=(told := answer.getheader("Content-Type") or "").partition(";")[0].strip().lower(),
            charset=found[1] if (found := CHARSET.search(told)) else None,
            etag=answer.getheader("ETag"),
            modified=answer.getheader("Last-Modified"),
            body=body,
        )

    def _late(self) -> str:
        return f"it takes longer than {self._seconds:g} seconds"


class _Connection(http.client.HTTPConnection):
    """A connection to the address that was checked, whatever the name of the host would lead to by now."""

    def __init__(self, at: Place, seconds: float) -> None:
        super().__init__(at.host, at.port, timeout=seconds)
        self._place = at
        self.is_late = False
        # http.client lets go of its own while the answer is still being read.
        self.kept: socket.socket | None = None

    def connect(self) -> None:
        errors: list[OSError] = []
        for machine in self._place.machines[:MOST_MACHINES]:
            try:
                self.sock = self.kept = socket.create_connection((machine, self._place.port), self.timeout)
                break
            except OSError as error:
                errors.append(error)
        else:
            raise errors[-1]
        if self._place.scheme == "https":
            self.sock = self.kept = trusted().wrap_socket(self.sock, server_hostname=self._place.host)


@cache
def trusted() -> ssl.SSLContext:
    """Certificates are always checked: by the system's list, and by certifi's where the system brings none."""
    context = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    if not (paths.cafile or paths.capath) and not context.cert_store_stats()["x509_ca"]:
        import certifi

        context.load_verify_locations(certifi.where())
    return context


def _shut(connection: _Connection) -> None:
    """End what a connection is waiting for."""
    connection.is_late = True
    if connection.kept is not None:
        try:
            connection.kept.shutdown(socket.SHUT_RDWR)
        except OSError:
            return


def _body(at: Place, answer: http.client.HTTPResponse, largest: int, *, cut: bool) -> bytes:
    """Return what the server sends, unpacked. Raises InputRefused when it is too large; with `cut` the beginning is taken instead."""
    pieces, size = [], 0
    while data := answer.read(_BLOCK):
        pieces.append(data)
        size += len(data)
        if size > largest:
            if cut:
                return b"".join(pieces)[:largest]
            raise InputRefused(at.url[:200], f"larger than {largest:,} bytes, the most that is read for one report; set `largest` higher in the settings")
    body = b"".join(pieces)
    if answer.length:  # what the server promised and did not send
        raise http.client.IncompleteRead(body, answer.length)
    for coding in reversed([part.strip() for part in (answer.getheader("Content-Encoding") or "").lower().split(",") if part.strip()]):
        body = unpacked(at.url[:200], coding, body, largest)
    return body


def _joined(at: Place, location: str) -> str:
    """Where a redirect leads. Raises InputRefused for what is no address."""
    try:
        return urljoin(at.url, printable(location.strip().replace(" ", "%20"))).partition("#")[0]
    except ValueError as error:
        raise InputRefused(at.url[:200], "it is sent on to what is no address of the web") from error


def _said(error: Exception) -> str:
    return printable(str(error)[:200]) or type(error).__name__
