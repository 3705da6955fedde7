"""A server of the test's own on this machine, and a `Fetcher` that may ask it: the only one that may ask a private address."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from counterclaim.read.fetching import Fetcher
from counterclaim.read.guard import Address

Answer = tuple[int, Mapping[str, str], bytes]
Page = Callable[[BaseHTTPRequestHandler], Answer | None]
HTML = {"Content-Type": "text/html; charset=utf-8"}


class Site:
    """Pages by path, each a function from a request to an answer (or to none, when it wrote one itself); what was asked is kept."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.asked: list[str] = []
        self.fields: list[Mapping[str, str]] = []
        self.address = ""

    def put(self, path: str, body: bytes | str, status: int = 200, **fields: str) -> None:
        """Put a page there."""
        data = body.encode() if isinstance(body, str) else body
        told = {**HTML, **{name.replace("_", "-"): value for name, value in fields.items()}}
        self.pages[path] = lambda request: (status, told, data)


@contextmanager
def site(context: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Serve a site while the test runs, with a certificate where a context brings one."""
    there = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            there.asked.append(self.path)
            there.fields.append(dict(self.headers))
            page = there.pages.get(self.path)
            answer = page(self) if page else (404, HTML, b"none")
            if answer is None:
                return
            status, fields, body = answer
            self.send_response(status)
            for name, value in fields.items():
                self.send_header(name, value)
            if "Content-Length" not in fields and "Transfer-Encoding" not in fields:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if context is not None:
        # The greeting is left to the thread of the request, so that one that fails does not end the server.
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    there.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield there
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def own_machine(address: Address, port: int) -> bool:
    """Whether this is the machine the tests run on."""
    return str(address) == "127.0.0.1"


def fetcher(*, largest: int = 1_000_000, seconds: float = 5.0, pause: float = 0.0, wait: Callable[[float], object] = lambda seconds: None) -> Fetcher:
    """A fetcher that may ask this machine and nobody else."""
    return Fetcher(largest=largest, seconds=seconds, pause=pause, permitted=own_machine, wait=wait)
