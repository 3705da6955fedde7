"""What may be changed from a page: reports added, a run stopped, a note made, the look chosen, what `reviewing` adds. Each change needs the token of our own pages."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack
from pathlib import Path

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from counterclaim.core.codec import encode
from counterclaim.core.judgement import Judgement
from counterclaim.errors import NotFound
from counterclaim.read import Options
from counterclaim.read.sources import sources
from counterclaim.web.answers import THEME_COOKIE, THEMES
from counterclaim.web.desk import Desk
from counterclaim.web.errors import Misasked
from counterclaim.web.forms import Forms, see, text
from counterclaim.web.jobs import Jobs, Run
from counterclaim.web.pages.adding import run_row, step_row
from counterclaim.web.reviewing import Reviewing
from counterclaim.web.safety import REPORTS_AT, Tokens
from counterclaim.web.uploads import MOST_PASTED, pasted, uploaded
from counterclaim.web.wording import address

LONGEST_NOTE = 10_000
# How often a run is looked at for those who watch it, and how often a silent line is kept open, in seconds.
_LOOK, _KEEP_OPEN = 0.2, 15.0
_MOST_VIOLATIONS, _LONGEST_VIOLATION = 100, 16_000


class Changes:
    """The handlers of everything that is not looking."""

    def __init__(self, desk: Desk, jobs: Jobs, tokens: Tokens) -> None:
        self._desk, self._jobs, self._forms = desk, jobs, Forms(tokens)
        self._reviewing = Reviewing(desk, self._forms)
        self.violations: list[str] = []

    def routes(self) -> list[Route]:
        """The addresses of the changes."""
        posts: dict[str, Callable[[Request], Awaitable[Response]]] = {
            "/add/text": self.add_text,
            "/add/files": self.add_files,
            "/add/folder": self.add_folder,
            "/add/runs/{key}/stop": self.stop,
            "/claims/{key}/note": self.note,
            "/theme": self.theme,
            REPORTS_AT: self.violation,
        }
        return [
            *(Route(path, handler, methods=["POST"]) for path, handler in posts.items()),
            *self._reviewing.routes(),
            Route("/add/runs/{key}/events", self.events, methods=["GET"]),
        ]

    async def add_text(self, request: Request) -> Response:
        """Read a pasted text."""
        form, kept = await self._forms.read(request), ExitStack()
        options = self._options(form)
        source = pasted(text(form, "text", MOST_PASTED), text(form, "title"), kept)
        return self._start(request, Run("a pasted text", [source], options, kept))

    async def add_files(self, request: Request) -> Response:
        """Read uploaded files."""
        form = await self._forms.read(request)
        given = [file for file in form.getlist("files") if isinstance(file, UploadFile) and file.filename]
        if not given:
            raise Misasked("no file was chosen; choose one or more")
        options, kept = self._options(form), ExitStack()
        try:
            found = await run_in_threadpool(uploaded, given, self._desk.settings.largest, kept)
        finally:
            await form.close()
        return self._start(request, Run(f"{len(found)} uploaded file{'s' if len(found) > 1 else ''}", found, options, kept))

    async def add_folder(self, request: Request) -> Response:
        """Read the files below a folder of this machine."""
        form = await self._forms.read(request)
        named = text(form, "folder").strip()
        folder = Path(named).expanduser()
        if not named or "\0" in named or not await run_in_threadpool(folder.is_dir):
            raise Misasked(f"{named!r} is no folder of this machine; name one by its whole path")
        found = await run_in_threadpool(lambda: list(sources([folder])))
        return self._start(request, Run(str(folder), found, self._options(form)))

    async def stop(self, request: Request) -> Response:
        """Stop a run after the report at hand."""
        await self._forms.read(request)
        run = self._run(request)
        run.asked_to_stop = True
        return see(request, address("add", "runs", run.id), run_row(run))

    async def note(self, request: Request) -> Response:
        """Keep a person's note about a claim, unless the claim changed after the page was opened."""
        form = await self._forms.read(request)
        key = request.path_params["key"]
        words, by = text(form, "note", LONGEST_NOTE).strip(), text(form, "by").strip()
        if not words or not by:
            raise Misasked("a note needs its words and the name of who makes it")
        kept = await run_in_threadpool(self._keep_note, key, words, by, text(form, "version"))
        return see(request, f"{address('claims', key)}#notes", kept)

    def _keep_note(self, key: str, words: str, by: str, seen: str) -> Judgement:
        with self._desk.deciding() as record:
            if all(one.claim.key != key for one in record.reviewed(key)):
                record.store.claim(key)
            return record.comment(key, words, by=by, expecting={key: seen})

    async def theme(self, request: Request) -> Response:
        """Choose dark, light or as the system has it; nothing of the record changes."""
        form = await self._forms.read(request)
        chosen = text(form, "theme")
        if chosen not in THEMES:
            raise Misasked(f"themes are {', '.join(THEMES)}")
        back = text(form, "back", 4_000)
        # Only to a page of ours: a second slash, or a backslash taken for one, would lead elsewhere.
        at = back if back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable() else "/"
        answer = RedirectResponse(at, status_code=303)
        answer.set_cookie(THEME_COOKIE, chosen, max_age=365 * 86_400, httponly=True, samesite="strict")
        return answer

    async def violation(self, request: Request) -> Response:
        """Remember what the browser stopped by our policy. A page of ours never gives it cause; tests ask that this stays empty."""
        body = b""
        async for piece in request.stream():
            body += piece
            if len(body) > _LONGEST_VIOLATION:
                break
        if len(self.violations) < _MOST_VIOLATIONS:
            self.violations.append(body[:_LONGEST_VIOLATION].decode("utf-8", "replace"))
        return Response(status_code=204)

    async def events(self, request: Request) -> Response:
        """The progress of a run as server-sent events: `step` for each report, `state` when it changes, `over` at the end."""
        run = self._run(request)
        last = request.headers.get("last-event-id", "")
        return StreamingResponse(_events(run, int(last) if last.isdecimal() else 0), media_type="text/event-stream")

    def _options(self, form: FormData) -> Options:
        day = text(form, "published").strip()
        try:
            published = dt.date.fromisoformat(day) if day else None
        except ValueError as error:
            raise Misasked(f"{day!r} is no day; write it as YYYY-MM-DD") from error
        return Options(published=published, outlet=text(form, "outlet").strip() or None, largest=self._desk.settings.largest)

    def _start(self, request: Request, run: Run) -> Response:
        self._jobs.add(run)
        return see(request, address("add", "runs", run.id), run_row(run))

    def _run(self, request: Request) -> Run:
        run = self._jobs.get(request.path_params["key"])
        if run is None:
            raise NotFound("no such run since this server was started; what it read is in the record")
        return run


async def _events(run: Run, told: int) -> AsyncIterator[bytes]:
    state, silent = "", 0.0
    while True:
        # Looked at before the steps, so that a run which ends between the two has its last step told.
        is_over = run.is_over
        steps = run.steps[told:]
        for step in steps:
            told += 1
            yield _event("step", step_row(step), told)
        now = f"{run.state} {run.done}"
        if now != state:
            state, silent = now, 0.0
            yield _event("state", run_row(run), told)
        if is_over:
            yield _event("over", run_row(run), told)
            return
        await asyncio.sleep(_LOOK)
        silent += _LOOK
        if silent >= _KEEP_OPEN:
            silent = 0.0
            yield b": still here\n\n"


def _event(name: str, value: msgspec.Struct, number: int) -> bytes:
    return f"id: {number}\nevent: {name}\ndata: ".encode() + encode(value) + b"\n\n"
