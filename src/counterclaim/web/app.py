"""The record in a browser: every page from one table, as HTML, JSON or CSV, on the loopback address and nowhere else."""

from __future__ import annotations

import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path
from typing import cast

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from counterclaim.config import Settings
from counterclaim.core.codec import encode
from counterclaim.errors import CounterclaimError, NotFound, SettingsError
from counterclaim.record import Record
from counterclaim.web.answers import Form, Renderer, query_of, wanted_form
from counterclaim.web.changes import Changes
from counterclaim.web.desk import Desk
from counterclaim.web.forms import reviewing_as
from counterclaim.web.jobs import Jobs
from counterclaim.web.openapi import description
from counterclaim.web.pages import NAVIGATION, PAGES
from counterclaim.web.routes import Asked, PageKind
from counterclaim.web.safety import Guard, Tokens
from counterclaim.web.uploads import MOST_BYTES

LOOPBACK = "127.0.0.1"
_LOCAL = {"127.0.0.1": socket.AF_INET, "localhost": socket.AF_INET, "::1": socket.AF_INET6}
# A form around the files: fields and the boundaries between the parts.
_AROUND_FILES = 5_000_000
_WAITING = 128
# Seconds that one thread may keep the others from running; 0.005 where nobody says.
_SWITCH = 0.0005
# How long a stop waits for pages being sent, in seconds; a watched run would hold its line open for ever.
_PATIENCE = 2


class _Key(Convertor[str]):
    """A key of any signs, line breaks and slashes among them."""

    regex = r"[\s\S]+"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("key", _Key())


class Application:
    """The face of one record, as an ASGI application."""

    def __init__(self, record: Path, settings: Settings, port: int, *, apart: bool = False) -> None:
        self.desk = Desk(record, settings, apart=apart)
        self.jobs = Jobs(self.desk)
        self._tokens = Tokens(port)
        self._renderer = Renderer(record.name, NAVIGATION, self._tokens)
        self._changes = Changes(self.desk, self.jobs, self._tokens)
        inner = Starlette(routes=self._routes(), exception_handlers=self._handlers(), lifespan=self._lifespan)
        self._guarded = Guard(inner, port=port, most=MOST_BYTES + _AROUND_FILES, refuse=self._renderer.refused)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        await self._guarded(scope, receive, send)

    @property
    def violations(self) -> list[str]:
        """What browsers stopped by our policy since the start."""
        return self._changes.violations

    @asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        yield
        await run_in_threadpool(self.jobs.close)
        await run_in_threadpool(self.desk.close)

    def _routes(self) -> list[BaseRoute]:
        static = StaticFiles(packages=[("counterclaim.web", "static")])
        routes: list[BaseRoute] = [Mount("/static", static), Route("/openapi.json", self._openapi), *self._changes.routes()]
        for page in PAGES:
            if page.path == "/":
                routes += [Route("/", self._page(page, "")), Route("/overview.json", self._page(page, ".json"))]
            elif "{" in page.path:
                routes.append(Route(page.path.replace("{key}", "{key:key}"), self._item(page)))
            else:
                suffixes = ("", ".json", ".csv") if page.is_table else ("", ".json")
                routes += [Route(page.path + suffix, self._page(page, suffix)) for suffix in suffixes]
        # An address with a fixed end goes before one that takes any.
        return sorted(
            routes, key=lambda route: "{key:key}" in getattr(route, "path", "") and not getattr(route, "path", "").endswith(("stop", "events", "note"))
        )

    def _page(self, page: PageKind, suffix: str) -> Callable[[Request], Awaitable[Response]]:
        async def handler(request: Request) -> Response:
            form = wanted_form(request, suffix)
            query = query_of(request, page.query, form)
            return await run_in_threadpool(self._answer, request, page, form, query, {})

        return handler

    def _item(self, page: PageKind) -> Callable[[Request], Awaitable[Response]]:
        """The page of one thing. A key may itself end in .json, so a thing of that whole key goes first."""

        async def handler(request: Request) -> Response:
            query = query_of(request, page.query, "html")
            key = request.path_params["key"]
            try:
                return await run_in_threadpool(self._answer, request, page, wanted_form(request, ""), query, {"key": key})
            except NotFound:
                if not key.endswith(".json"):
                    raise
            return await run_in_threadpool(self._answer, request, page, "json", query, {"key": key.removesuffix(".json")})

        return handler

    def _answer(self, request: Request, page: PageKind, form: Form, query: object, parts: dict[str, str]) -> Response:
        """Ask the record and show the answer, all in one thread: an open record belongs to the thread that opened it."""
        with self.desk.reading() as record:
            asked = Asked(self.desk, record, self.jobs, reviewing_as(request), page.needs)
            context = page.build(asked, query, **parts)
            is_behind = asked.is_behind
        return self._renderer.answer(request, page, context, form, query, is_behind=is_behind)  # type: ignore[arg-type]

    async def _openapi(self, _: Request) -> Response:
        return Response(encode(description(PAGES)), media_type="application/json")

    def _handlers(self) -> dict[object, Callable[[Request, Exception], Response]]:
        def ours(request: Request, error: Exception) -> Response:
            return self._renderer.refused(request, cast("CounterclaimError", error))

        def http(request: Request, error: Exception) -> Response:
            found = cast("HTTPException", error)
            reason = f"no page {request.url.path!r}" if found.status_code == HTTPStatus.NOT_FOUND else found.detail
            return self._renderer.error(request, found.status_code, reason)

        def bug(request: Request, _: Exception) -> Response:
            return self._renderer.error(request, 500, "something went wrong here; nothing was changed. The terminal that runs the server says what")

        return {CounterclaimError: ours, HTTPException: http, Exception: bug}


def application(record: Path, settings: Settings, port: int, *, apart: bool = False) -> Application:
    """The face of this record, for a server on this port. Raises NotFound when there is no record, and brings an older one up to date.

    `apart` is whether findings are brought up to date in a process of its own.
    """
    with Record.open(record, settings=settings):
        pass
    return Application(record, settings, port, apart=apart)


def bound(host: str, port: int) -> socket.socket:
    """A socket of this machine alone, bound; port 0 takes a free one. Raises SettingsError for an address others could reach, and OSError."""
    if host not in _LOCAL:
        raise SettingsError(f"--host {host!r}: the face is for this machine only, as it has no accounts; hosts are {', '.join(_LOCAL)}")
    # Named as TCP, as asyncio sends small answers at once (TCP_NODELAY) only for sockets that are: without it every page waits 40 ms.
    taken = socket.socket(_LOCAL[host], socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind((LOOPBACK if host == "localhost" else host, port))
        # Whoever comes before the server runs waits for it.
        taken.listen(_WAITING)
    except OSError:
        taken.close()
        raise
    return taken


class Serving:
    """A server with its socket bound, so that its address is known before it runs."""

    def __init__(self, record: Path, settings: Settings, *, host: str = LOOPBACK, port: int = 0) -> None:
        self._socket = bound(host, port)
        self.port: int = self._socket.getsockname()[1]
        self.address = f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"
        try:
            self.application = application(record, settings, self.port, apart=True)
        except CounterclaimError:
            self._socket.close()
            raise
        config = uvicorn.Config(
            self.application,
            log_config=None,
            access_log=False,
            http="h11",
            ws="none",
            loop="asyncio",
            lifespan="on",
            server_header=False,
            timeout_graceful_shutdown=_PATIENCE,
        )
        self._server = uvicorn.Server(config)

    def run(self) -> None:
        """Serve until stopped, by Ctrl-C or by `stop`."""
        # A page lets go of Python at every row it reads, and would wait this long each time for what is derived beside it.
        sys.setswitchinterval(_SWITCH)
        self._server.run(sockets=[self._socket])

    def stop(self) -> None:
        """Ask a server that runs in another thread to end."""
        self._server.should_exit = True
