"""Forms that our own pages send: read within limits, their token checked, their fields as text; and where to go on after a change."""

from __future__ import annotations

from urllib.parse import unquote

import msgspec
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from counterclaim.core.codec import encode
from counterclaim.errors import CounterclaimError
from counterclaim.web.answers import wanted_form
from counterclaim.web.errors import Misasked
from counterclaim.web.safety import TOKEN_FIELD, TOKEN_HEADER, Tokens
from counterclaim.web.uploads import MOST_FILES, MOST_PASTED

BY_COOKIE = "counterclaim-by"
LONGEST_FIELD = 1_000
LONGEST_BY = 100
_FIELDS = 50


class Forms:
    """Reads the forms of this server."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens

    async def read(self, request: Request) -> FormData:
        """What was sent, by one of our own pages. Raises Forbidden."""
        header = request.headers.get(TOKEN_HEADER)
        if header is not None:
            self._tokens.check(request, header)
        form = await request.form(max_files=MOST_FILES, max_fields=_FIELDS, max_part_size=MOST_PASTED + 1)
        if header is None:
            try:
                self._tokens.check(request, text(form, TOKEN_FIELD))
            except CounterclaimError:
                await form.close()
                raise
        return form


def reviewing_as(request: Request) -> str:
    """The name this browser reviews under; empty where none was chosen."""
    name = unquote(request.cookies.get(BY_COOKIE, ""))[:LONGEST_BY]
    return name if name.isprintable() else ""


def text(form: FormData, name: str, longest: int = LONGEST_FIELD) -> str:
    """A field as text, empty where it was not sent. Raises Misasked for a file or more than `longest` characters."""
    value = form.get(name, "")
    if not isinstance(value, str):
        raise Misasked(f"{name} must be text, and a file was sent")
    if len(value) > longest:
        raise Misasked(f"{name} has {len(value):,} characters; {longest:,} are taken")
    return value


def see(request: Request, at: str, made: msgspec.Struct) -> Response:
    """Lead a browser on to the page of what was done; tell a program what it is and where."""
    if wanted_form(request, "") == "json":
        return Response(encode(made), status_code=202, media_type="application/json", headers={"Location": at})
    return RedirectResponse(at, status_code=303)
