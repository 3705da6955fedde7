"""A report: one published text, as it was read."""

from __future__ import annotations

from typing import Literal

import msgspec

from counterclaim.core.span import Span
from counterclaim.core.when import Published

LineKind = Literal["headline", "subheading", "paragraph", "caption", "byline", "related", "boilerplate"]

# Lines that carry nothing the report itself says.
UNREAD: frozenset[LineKind] = frozenset(("byline", "related", "boilerplate"))


class Line(msgspec.Struct, frozen=True, gc=False):
    """A paragraph of a report and what part it plays on the page."""

    span: Span
    kind: LineKind


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A published text with what is known of it. Offsets everywhere point into `text`, which is never changed.

    `source` is where it was read from, `sha256` the hash of the bytes it was read from, `reader` which reader and
    version made its claims (none before it is read).
    """

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: Published = Published()
    url: str | None = None
    source: str | None = None
    sha256: str | None = None
    reader: str | None = None


class Received(msgspec.Struct, frozen=True):
    """A report as it came in, with the bytes it was read from."""

    report: Report
    raw: bytes


class Refusal(msgspec.Struct, frozen=True):
    """A source that could not be read as a report, and why."""

    source: str
    reason: str
