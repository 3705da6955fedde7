"""The record as plain pages on this machine: a first, thin face. Everything from a report is shown as text, never as HTML."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import cast
from urllib.parse import quote, unquote, urlsplit

from counterclaim.config import Settings
from counterclaim.core.claim import Claim
from counterclaim.core.finding import Finding
from counterclaim.errors import CounterclaimError, NotFound
from counterclaim.record import Record
from counterclaim.store import Filter

LOOPBACK = "127.0.0.1"
_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid #8886}"
    "q{quotes:none;font-style:italic}.standing{font-weight:600;white-space:nowrap}p.empty{opacity:.7}"
)


def server(record: Path, port: int, settings: Settings) -> ThreadingHTTPServer:
    """A server of this record on the loopback address; port 0 takes a free one. Raises NotFound when there is no record."""
    with Record.open(record, settings=settings):
        pass

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = answer(record, settings, self.path, self.headers.get("Host", ""), cast("ThreadingHTTPServer", self.server).server_port)
            data = body.encode("utf-8", "replace")
            self.send_response(status)
            for name, value in _HEADERS.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
            """Say nothing: only the command line prints."""

    return ThreadingHTTPServer((LOOPBACK, port), Handler)


def answer(record: Path, settings: Settings, path: str, host: str, port: int) -> tuple[HTTPStatus, str]:
    """Status and page for an address. Requests that name another host are refused, so that no other site can ask (DNS rebinding)."""
    if host not in (f"{LOOPBACK}:{port}", f"localhost:{port}"):
        return HTTPStatus.FORBIDDEN, _page("Refused", "<p>This server answers only to this machine.</p>")
    at = unquote(urlsplit(path).path)
    pages: dict[str, Callable[[Record], str]] = {"/": _overview}
    try:
        with Record.open(record, settings=settings) as opened:
            if at.startswith("/reports/"):
                return HTTPStatus.OK, _report(opened, at.removeprefix("/reports/"))
            if at in pages:
                return HTTPStatus.OK, pages[at](opened)
        raise NotFound(f"no page {at!r}")
    except CounterclaimError as error:
        return HTTPStatus(error.status), _page("Not to be shown", f"<p>{escape(str(error))}</p><p><a href='/'>to the overview</a></p>")


def _page(title: str, body: str) -> str:
    return f"<!doctype html><html lang='en'><head><meta charset='utf-8'><meta name='viewport' content='width=device-width'><title>{escape(title)} · counterclaim</title><style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>{body}</body></html>"


def _overview(record: Record) -> str:
    findings = sorted(record.findings(), key=lambda f: (f.standing == "claimed", f.standing, f.key))
    rows = "".join(_finding(f) for f in findings) or "<tr><td colspan='3'>nothing yet: read reports with <code>counterclaim read</code></td></tr>"
    reports = "".join(
        f"<li><a href='/reports/{quote(r.id, safe='')}'>{escape(r.title or r.id)}</a> {escape(r.outlet or 'unnamed outlet')}, {escape(str(r.published.day or 'no date'))}</li>"
        for r in record.store.reports()
    )
    return _page(
        "What the record holds",
        f"<h2>Findings</h2><table><tr><th>standing</th><th>question</th><th>positions</th></tr>{rows}</table><h2>Reports</h2><ul>{reports}</ul>",
    )


def _finding(finding: Finding) -> str:
    question = " · ".join(v for v in finding.question.values() if v)
    positions = "<br>".join(f"{escape(p.party or 'unnamed')}: {escape(p.says)} ({p.reports} reports, {p.origins} origins)" for p in finding.positions)
    return f"<tr><td class='standing'>{escape(finding.standing)}</td><td>{escape(question)}</td><td>{positions}</td></tr>"


def _report(record: Record, report_id: str) -> str:
    report = record.store.report(report_id)
    rows = "".join(_claim(c) for c in record.claims(Filter(report=report_id)))
    head = f"<p>{escape(report.outlet or 'unnamed outlet')}, {escape(str(report.published.day or 'no date'))}. <a href='/'>overview</a></p>"
    table = (
        f"<table><tr><th>the words</th><th>kind</th><th>act</th><th>voices</th></tr>{rows}</table>"
        if rows
        else "<p class='empty'>No claims were read in this report.</p>"
    )
    return _page(report.title or report.id, head + table)


def _claim(claim: Claim) -> str:
    chain = " &lt; ".join(escape(v.name or "unnamed") for v in claim.chain)
    return f"<tr><td><q>{escape(claim.evidence.quote)}</q></td><td>{escape(claim.kind)}</td><td>{escape(claim.act)}</td><td>{chain}</td></tr>"
