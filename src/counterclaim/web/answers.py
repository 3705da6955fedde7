"""Contexts to answers: HTML by a template, JSON as the context is, CSV of its rows; and errors in the style of the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args
from urllib.parse import urlencode

import jinja2
import msgspec
from starlette.requests import Request
from starlette.responses import Response

from counterclaim.core.claim import KINDS
from counterclaim.core.codec import encode
from counterclaim.core.finding import Standing
from counterclaim.core.voice import Act
from counterclaim.errors import CounterclaimError
from counterclaim.web import wording
from counterclaim.web.contexts import Context, ErrorPage, Page
from counterclaim.web.errors import Misasked, NotYet
from counterclaim.web.routes import MOST_DOWNLOADED, MOST_ROWS, PageKind, Query
from counterclaim.web.safety import Tokens
from counterclaim.web.tables import table

Form = Literal["html", "json", "csv"]
Theme = Literal["auto", "light", "dark"]
THEMES: tuple[Theme, ...] = get_args(Theme)
THEME_COOKIE = "counterclaim-theme"
# Seconds after which a page that is being worked out is asked for again.
_AGAIN = 2


class Shell(msgspec.Struct, frozen=True, kw_only=True):
    """What stands around every page. `state` is what is asked of it, as the address has it; `downloads` are the forms of what is shown."""

    path: str
    here: str
    record: str
    theme: Theme
    token: str
    navigation: tuple[tuple[str, str], ...]
    state: Mapping[str, str]
    downloads: tuple[tuple[str, str], ...] = ()
    is_behind: bool = False

    @property
    def filters(self) -> dict[str, str]:
        """The state without which part of the list is shown: what somebody can clear."""
        return {name: value for name, value in self.state.items() if name not in ("page", "per")}


def wanted_form(request: Request, suffix: str) -> Form:
    """What the address or the Accept header asks for; HTML where both leave it open."""
    if suffix:
        return "csv" if suffix == ".csv" else "json"
    accepts = request.headers.get("accept", "")
    return "json" if "application/json" in accepts and "text/html" not in accepts else "html"


def query_of(request: Request, kind: type[msgspec.Struct], form: Form) -> Any:
    """What is asked, typed; blank values ask nothing and names not known are passed over. Raises Misasked."""
    given = {name: value for name, value in request.query_params.items() if value.strip() and name in kind.__struct_fields__}
    try:
        query = msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as error:
        raise Misasked(f"the address cannot be read: {error}") from error
    if form == "html" and isinstance(query, Query) and query.per > MOST_ROWS:
        return msgspec.structs.replace(query, per=MOST_ROWS)
    return query


class Renderer:
    """Makes answers of contexts. Every template escapes what it is given; none may switch that off."""

    def __init__(self, record: str, navigation: tuple[tuple[str, str], ...], tokens: Tokens) -> None:
        self._record, self._navigation, self._tokens = record, navigation, tokens
        self._environment = jinja2.Environment(
            loader=jinja2.PackageLoader("counterclaim.web", "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(
            kinds=tuple(sorted(KINDS)), standings=wording.ORDER, acts=get_args(Act), counted=wording.counted, with_state=_with_state, address=wording.address
        )
        assert set(wording.ORDER) == set(get_args(Standing))  # noqa: S101 - a page that misses a standing would hide findings

    def answer(self, request: Request, page: PageKind, context: Context, form: Form, query: msgspec.Struct, *, is_behind: bool) -> Response:
        """The context in the form asked for. What is behind the record says so, in a header and on the page."""
        answer = self._answer(request, page, context, form, query, is_behind=is_behind)
        if is_behind:
            answer.headers["Counterclaim-Behind"] = "yes"
        return answer

    def _answer(self, request: Request, page: PageKind, context: Context, form: Form, query: msgspec.Struct, *, is_behind: bool) -> Response:
        if form == "json":
            return Response(encode(context), media_type="application/json")
        if form == "csv":
            if not isinstance(context, Page):
                raise Misasked("this page is no table; ask for its JSON")
            row = _row_type(page.context)
            name = page.path.strip("/").replace("/", "-") or "overview"
            return Response(table(row, context.rows), media_type="text/csv", headers={"Content-Disposition": f'attachment; filename="{name}.csv"'})
        return self.html(request, page.template, context, state=_state(query), downloads=_downloads(request, page, context, query), is_behind=is_behind)

    def html(
        self,
        request: Request,
        template: str,
        context: Context,
        *,
        status: int = 200,
        state: Mapping[str, str] | None = None,
        downloads: tuple[tuple[str, str], ...] = (),
        is_behind: bool = False,
    ) -> Response:
        """The context shown by a template, with the cookie its forms need."""
        session = self._tokens.session(request)
        shell = Shell(
            path=request.url.path,
            here=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
            record=self._record,
            theme=theme_of(request),
            token=self._tokens.token(session),
            navigation=self._navigation,
            state=state or {},
            downloads=downloads,
            is_behind=is_behind,
        )
        text = self._environment.get_template(template).render(c=context, shell=shell)
        answer = Response(text.encode("utf-8", "replace"), status_code=status, media_type="text/html")
        if request.cookies.get(self._tokens.cookie) != session:
            answer.set_cookie(self._tokens.cookie, session, httponly=True, samesite="strict")
        return answer

    def error(self, request: Request, status: int, reason: str) -> Response:
        """Why something cannot be shown, in the form that was asked for."""
        context = ErrorPage(title=_ERRORS.get(status, "Not to be shown"), status=status, reason=reason)
        if request.url.path.endswith((".json", ".csv")) or wanted_form(request, "") == "json":
            return Response(encode(context), status_code=status, media_type="application/json")
        return self.html(request, "error.html", context, status=status)

    def refused(self, request: Request, error: CounterclaimError) -> Response:
        """The page of an error raised on purpose. What is not there yet is asked for again by the browser itself."""
        answer = self.error(request, error.status, str(error))
        if isinstance(error, NotYet):
            answer.headers["Retry-After"] = answer.headers["Refresh"] = str(_AGAIN)
        return answer


_ERRORS = {
    403: "Refused",
    404: "Not found",
    405: "Not done that way",
    409: "Changed meanwhile",
    413: "Too much at once",
    422: "Not understood",
    500: "An error of ours",
    503: "Being worked out",
}


def theme_of(request: Request) -> Theme:
    """Dark or light as the reader chose, else as the system has it."""
    chosen = request.cookies.get(THEME_COOKIE)
    return next((theme for theme in THEMES if theme == chosen), "auto")


def _state(query: msgspec.Struct) -> dict[str, str]:
    """What differs from what is asked when nothing is said."""
    defaults = type(query)()
    return {name: str(value) for name in query.__struct_fields__ if (value := getattr(query, name)) != getattr(defaults, name) and value is not None}


def _with_state(path: str, state: Mapping[str, str], **changes: object) -> str:
    """An address with this state, some of it changed; None takes a part out."""
    merged = {**state, **dict(changes.items())}
    kept = {name: str(value) for name, value in merged.items() if value is not None and str(value) != ""}
    return path + (f"?{urlencode(kept)}" if kept else "")


def _downloads(request: Request, page: PageKind, context: Context, query: msgspec.Struct) -> tuple[tuple[str, str], ...]:
    state, path = _state(query), request.url.path
    if not page.is_table or not isinstance(context, Page):
        return (("JSON", _with_state(f"{path}.json" if path != "/" else "/overview.json", state)),)
    shown = (("CSV", _with_state(f"{path}.csv", state)), ("JSON", _with_state(f"{path}.json", state)))
    if not context.window.has_next and context.window.page == 1:
        return shown
    everything = {**state, "per": str(MOST_DOWNLOADED)}
    everything.pop("page", None)
    return (*shown, ("all rows as CSV", _with_state(f"{path}.csv", everything)), ("all rows as JSON", _with_state(f"{path}.json", everything)))


def _row_type(context: Any) -> type[msgspec.Struct]:
    """The type of the rows of a page that is a table."""
    if found := get_args(context):
        return found[0]  # type: ignore[no-any-return]
    return get_args(context.__orig_bases__[0])[0]  # type: ignore[no-any-return]
