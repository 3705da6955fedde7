"""The changes of the review queue: each form to one decision, refused where the claim changed after the page was opened."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from counterclaim.core.judgement import Judgement
from counterclaim.core.span import Span
from counterclaim.errors import Stale
from counterclaim.record import Record, Versions
from counterclaim.web import deciding
from counterclaim.web.desk import Desk
from counterclaim.web.errors import Misasked
from counterclaim.web.forms import BY_COOKIE, LONGEST_BY, Forms, reviewing_as, see, text
from counterclaim.web.pages.review import reviewer
from counterclaim.web.wording import quoted

_SLOT = "slot-"
# A statement is as long as the sentences it was made in.
_LONGEST_SLOT, _LONGEST_REASON = 20_000, 2_000


class Reviewing:
    """The handlers of the review queue."""

    def __init__(self, desk: Desk, forms: Forms) -> None:
        self._desk, self._forms = desk, forms

    def routes(self) -> list[Route]:
        """The addresses of the changes."""
        posts: Mapping[str, Callable[[Record, FormData, str], Judgement]] = {
            "/review/accept": _accept,
            "/review/reject": _reject,
            "/review/correct": _correct,
            "/review/add": _add,
            "/review/merge": _merge,
            "/review/split": _split,
            "/review/undo": _undo,
        }
        return [Route("/review/name", self.name, methods=["POST"]), *(Route(path, self._handler(decide), methods=["POST"]) for path, decide in posts.items())]

    async def name(self, request: Request) -> Response:
        """Choose the name that decisions are kept under in this browser."""
        form = await self._forms.read(request)
        chosen = " ".join(text(form, "by", LONGEST_BY).split())
        if not chosen or not chosen.isprintable():
            raise Misasked("a reviewer needs a name; write one")
        answer = RedirectResponse(_back(form), status_code=303)
        answer.set_cookie(BY_COOKIE, quoted(chosen), max_age=365 * 86_400, httponly=True, samesite="strict")
        return answer

    def _handler(self, decide: Callable[[Record, FormData, str], Judgement]) -> Callable[[Request], Awaitable[Response]]:
        async def handler(request: Request) -> Response:
            form = await self._forms.read(request)
            by = reviewing_as(request) or reviewer()
            made = await run_in_threadpool(self._decide, decide, form, by)
            return see(request, _back(form), made)

        return handler

    def _decide(self, decide: Callable[[Record, FormData, str], Judgement], form: FormData, by: str) -> Judgement:
        with self._desk.deciding() as record:
            return decide(record, form, by)


def _back(form: FormData) -> str:
    """Where to go on: the queue of the report at hand, at the next thing to decide."""
    report, then = text(form, "report"), text(form, "next")
    show = "&show=open" if text(form, "show") == "open" else ""
    return f"/review?report={quoted(report)}{show}{f'#{quoted(then)}' if then else ''}" if report else "/review"


def _seen(record: Record, form: FormData) -> tuple[str, Versions]:
    """The key of the claim at hand, and what the page showed of it. Raises NotFound, and Stale where it changed since; the write asks again."""
    key = text(form, "key")
    if all(one.claim.key != key for one in record.reviewed(key)):
        # No claim that was read or added: this says why.
        record.store.claim(key)
    seen = {key: text(form, "version")}
    record.store.expect(seen)
    return key, seen


def _slots(form: FormData) -> dict[str, str]:
    return {name.removeprefix(_SLOT): text(form, name, _LONGEST_SLOT) for name in form if name.startswith(_SLOT)}


def _accept(record: Record, form: FormData, by: str) -> Judgement:
    key, seen = _seen(record, form)
    return deciding.accept(record, key, by=by, seen=seen)


def _reject(record: Record, form: FormData, by: str) -> Judgement:
    key, seen = _seen(record, form)
    return deciding.reject(record, key, text(form, "reason", _LONGEST_REASON).strip(), by=by, seen=seen)


def _correct(record: Record, form: FormData, by: str) -> Judgement:
    key, seen = _seen(record, form)
    return deciding.correct(record, key, _slots(form), by=by, seen=seen)


def _add(record: Record, form: FormData, by: str) -> Judgement:
    start, end = text(form, "start"), text(form, "end")
    if not (start.isdecimal() and end.isdecimal() and len(start) < 12 and len(end) < 12):
        raise Misasked("a claim is added at a place in the text; select its words")
    kind = text(form, "kind")
    return deciding.add(record, text(form, "report"), Span(int(start), int(end)), kind, _slots(form), by=by)


def _pair(record: Record, form: FormData) -> tuple[str, str, Versions]:
    """Two actors of the record, and what was decided about them. Raises Stale where they are none, or the question is answered already."""
    one, other = text(form, "key"), text(form, "other")
    seen = {key: record.version(key) for key in (one, other)}
    known = {actor.key: {key for key, _ in actor.maybe} for actor in record.registry().actors}
    if other not in known.get(one, ()) and one not in known.get(other, ()):
        raise Stale("whether these two are one is no open question any more; look at the actors again")
    return one, other, seen


def _merge(record: Record, form: FormData, by: str) -> Judgement:
    one, other, seen = _pair(record, form)
    return deciding.merge(record, one, other, by=by, seen=seen)


def _split(record: Record, form: FormData, by: str) -> Judgement:
    one, other, seen = _pair(record, form)
    return deciding.split(record, one, other, by=by, seen=seen)


def _undo(record: Record, form: FormData, by: str) -> Judgement:
    return deciding.undo(record, by=by)
