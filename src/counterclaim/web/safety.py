"""What every request and answer must meet before a page is asked: this machine only, no foreign page behind it, nothing but our own files.

The server answers on the loopback address alone, and any web page open in the same browser can reach that address. So a request
must name this server as its host (against DNS rebinding), and a change must come from one of our own pages and carry a token that
only they hold. Sources: OWASP cheat sheets on cross-site request forgery and content security policy.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from counterclaim.errors import CounterclaimError
from counterclaim.web.errors import Forbidden, TooLarge

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; report-uri /csp"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": under it a browser calls the origin of our own forms "null", which is what a foreign page's would be called.
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

# The browser itself posts here what the policy stopped; it has no token to send, and nothing of the record can be changed by it.
REPORTS_AT = "/csp"
_READING = frozenset({"GET", "HEAD"})
TOKEN_FIELD = "token"  # noqa: S105 - the name of a field
TOKEN_HEADER = "X-Counterclaim-Token"  # noqa: S105 - the name of a header


def hosts(port: int) -> frozenset[str]:
    """The hosts a request may name."""
    return frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]"))


class Tokens:
    """The two halves of the proof that a change comes from our own page: a cookie, and a token made from it with a secret of this run.

    A cookie alone would not do: other servers on this machine share our cookies, whatever their port. The token is not the cookie,
    so that a server which is sent the cookie cannot make the token.
    """

    def __init__(self, port: int) -> None:
        self._secret = secrets.token_bytes(32)
        self.cookie = f"counterclaim-{port}"

    def session(self, connection: HTTPConnection) -> str:
        """The session the browser has, or a new one."""
        return connection.cookies.get(self.cookie) or secrets.token_urlsafe(24)

    def token(self, session: str) -> str:
        """The token that goes with a session."""
        return hmac.new(self._secret, session.encode("utf-8", "replace"), hashlib.sha256).hexdigest()

    def check(self, connection: HTTPConnection, token: str | None) -> None:
        """Raises Forbidden where the token is not the one of the session."""
        session = connection.cookies.get(self.cookie)
        if not session or not token or not hmac.compare_digest(self.token(session).encode(), token.encode("utf-8", "replace")):
            raise Forbidden("this form is not from a page of this run of the server; open the page again and send it once more")


def check_source(method: str, path: str, headers: Headers, allowed: frozenset[str]) -> None:
    """Raises Forbidden for a request to another host, and for a change that a page of another site asks for."""
    host = headers.get("host", "")
    if host not in allowed:
        raise Forbidden("this server answers to this machine only, under the address it was started with")
    if method in _READING:
        return
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if path == REPORTS_AT and origin in (None, "null"):
        return
    # A change without either header is no browser's; the token still decides.
    if (origin is not None and origin != f"http://{host}") or site not in (None, "same-origin", "none"):
        raise Forbidden("a page of another site asked for this change; nothing was changed")


class Guard:
    """The outermost layer: checks where a request is from and how much it carries, and puts the safety headers on every answer."""

    def __init__(self, app: ASGIApp, *, port: int, most: int, refuse: Callable[[Request, CounterclaimError], Response]) -> None:
        self._app = app
        self._refuse = refuse
        self._hosts = hosts(port)
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it before anything else sees it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        taken = 0

        async def limited() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._most:
                raise TooLarge(f"more than {self._most:,} bytes were sent at once; send fewer or smaller files, or name their folder instead")
            return message

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        refused = self._refusal(scope)
        if refused is None:
            await self._app(scope, limited, guarded)
        else:
            await self._refuse(Request(scope, limited), refused)(scope, limited, guarded)

    def _refusal(self, scope: Scope) -> CounterclaimError | None:
        """Why this request is not to be answered, or nothing."""
        headers = Headers(scope=scope)
        try:
            check_source(scope["method"], scope["path"], headers, self._hosts)
        except Forbidden as error:
            return error
        length = headers.get("content-length", "0")
        if length.isdecimal() and int(length) > self._most:
            return TooLarge(f"{int(length):,} bytes were sent at once and {self._most:,} are taken; send fewer or smaller files, or name their folder instead")
        return None
