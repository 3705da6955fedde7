"""Short ways to a source and to what is read from it."""

from __future__ import annotations

import io
import json

from counterclaim.core.report import Received, Refusal, Report
from counterclaim.read import Options, Source, received

ENGLISH = "The army said on Sunday that its forces had taken the town of Bara after three days of fighting with the rebels."


def source(path: str, data: bytes | str) -> Source:
    """These bytes, as a file of this path would bring them."""
    content = data.encode() if isinstance(data, str) else data
    return Source(path, path, lambda: io.BytesIO(content))


def results(path: str, data: bytes | str, options: Options = Options()) -> list[Received | Refusal]:  # noqa: B008
    """All that comes of these bytes."""
    return list(received(source(path, data), options))


def report(path: str, data: bytes | str, options: Options = Options()) -> Report:  # noqa: B008
    """The one report in these bytes."""
    (result,) = results(path, data, options)
    assert isinstance(result, Received), result
    return result.report


def reason(path: str, data: bytes | str, options: Options = Options()) -> str:  # noqa: B008
    """Why nothing is read from these bytes."""
    (result,) = results(path, data, options)
    assert isinstance(result, Refusal), result
    return result.reason


def said(**fields: object) -> str:
    """A JSON object on one line."""
    return json.dumps(fields)


def web_page(body: str, head: str = "") -> str:
    """A page with an article of some length before what is under test."""
    paragraphs = "".join(f"<p>{ENGLISH} That was told by witness number {n}.</p>" for n in range(4))
    return f"<!doctype html><html><head>{head}</head><body><article>{paragraphs}{body}</article></body></html>"
