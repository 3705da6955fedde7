"""A claim the reader missed: words of a report to a form of their own, with the slots of the kind chosen."""

from __future__ import annotations

from typing import Annotated

import msgspec

from counterclaim.core.claim import KINDS
from counterclaim.core.span import Span
from counterclaim.web import deciding, wording
from counterclaim.web.contexts import Context, ReportRow
from counterclaim.web.deciding import Slot
from counterclaim.web.errors import Misasked
from counterclaim.web.pages.review import AROUND
from counterclaim.web.routes import Asked, PageKind
from counterclaim.web.rows import report_row

Place = Annotated[int, msgspec.Meta(ge=0, le=100_000_000, description="Where the words begin or end in the text, in characters; the end is past the last.")]


class MissedQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which words of the report, and what kind of claim they make."""

    start: Place = 0
    end: Place = 0
    kind: Annotated[str, msgspec.Meta(description="The kind of claim.", max_length=40)] = ""


class MissedPage(Context, frozen=True, kw_only=True):
    """The words with their surroundings, and the slots to be filled; none before a kind is chosen."""

    report: ReportRow
    quote: str
    before: str
    after: str
    start: int
    end: int
    kind: str
    slots: tuple[Slot, ...]
    at: str
    back: str


def missed(asked: Asked, query: MissedQuery, key: str) -> MissedPage:
    """The form for a claim at these words. Raises NotFound, and Misasked for words that are none."""
    report = asked.store.report(key)
    start, end = query.start, query.end
    if not start < end <= len(report.text) or not report.text[start:end].strip():
        raise Misasked(f"{start} to {end} is no place in the text of {report.id}; select words of it")
    if query.kind and query.kind not in KINDS:
        raise Misasked(f"no kind {query.kind!r}; kinds are {', '.join(sorted(KINDS))}")
    before, after = wording.around(report.text, Span(start, end), AROUND)
    return MissedPage(
        title="Add a missed claim",
        report=report_row(report, 0),
        quote=report.text[start:end],
        before=before,
        after=after,
        start=start,
        end=end,
        kind=query.kind,
        slots=deciding.open_slots(query.kind) if query.kind else (),
        at=wording.address("missed", report.id),
        back=f"/review?report={wording.quoted(report.id)}#s-{start}",
    )


PAGES = (PageKind(path="/missed/{key}", summary="A claim the reader missed", template="missed.html", context=MissedPage, build=missed, query=MissedQuery),)
