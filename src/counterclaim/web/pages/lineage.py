"""Lineage: which report was copied or rewritten from which, with the sentences that show it side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, NamedTuple

import msgspec

from counterclaim.core.codec import key as content_key
from counterclaim.core.lineage import Kinship, Relation
from counterclaim.core.span import Span
from counterclaim.errors import NotFound
from counterclaim.reconcile.lineage import Lineage
from counterclaim.record import Record
from counterclaim.web.contexts import Context, Page, ReportRow
from counterclaim.web.derived import LINEAGE
from counterclaim.web.holdings import Derived, Holdings
from counterclaim.web.routes import Asked, Nothing, PageKind, Query, window
from counterclaim.web.rows import report_row
from counterclaim.web.wording import address

# What a report is to the one above it, as the page says it.
RELATIONS: dict[Relation, str] = {
    "copy": "copied",
    "version": "a later version",
    "rewrite": "rewritten",
    "lift": "parts lifted",
    "possible": "possibly kin",
    "none": "no kin",
}


class LineageQuery(Query, frozen=True, kw_only=True):
    """Which kinships to list."""

    relation: Annotated[Literal["", "copy", "version", "rewrite", "lift", "possible"], msgspec.Meta(description="Only kinships of this sort.")] = ""
    q: Annotated[str, msgspec.Meta(description="Only with a report or outlet that has this in its name.", max_length=200)] = ""


class KinRow(msgspec.Struct, frozen=True, kw_only=True):
    """A report under the one it was taken from.

    `depth` is 1 for what was taken from the first of a tree, and 0 where the pair has no place in one, as nothing tells which came first.
    """

    depth: int
    source: str
    source_name: str
    source_outlet: str | None
    source_day: dt.date | None
    report: str
    name: str
    outlet: str | None
    day: dt.date | None
    relation: Relation
    score: float
    aligned: int
    because: str
    at: str


class AlignedRow(msgspec.Struct, frozen=True, kw_only=True):
    """Two stretches that tell the same, in their own words, with the facts they share."""

    source: str
    report: str
    likeness: float
    shared: tuple[str, ...]


class KinPage(Context, frozen=True, kw_only=True):
    """Two reports side by side. `source` comes first where it is known; `of_source` and `of_report` are the shares of the texts that are aligned."""

    kin: KinRow
    is_directed: bool
    source: ReportRow
    report: ReportRow
    rows: tuple[AlignedRow, ...]
    of_source: float
    of_report: float


class Forest(NamedTuple):
    """The lineage of a state of the record, with what pages look up in it."""

    found: Lineage
    rows: tuple[KinRow, ...]
    by_key: Mapping[str, Kinship]
    by_pair: Mapping[frozenset[str], KinRow]


def _made(record: Record, held: Holdings) -> Forest:
    found = held.derive(LINEAGE, record)
    rows = tuple(_rows(found, held))
    return Forest(found, rows, {pair_key(kin): kin for kin in found.kinships}, {frozenset((row.source, row.report)): row for row in rows})


FOREST = Derived("forest", _made)


def lineage(asked: Asked, query: LineageQuery) -> Page[KinRow]:
    """Every kinship: the trees from their first report down, then the pairs that have no place in one."""
    rows = asked.derived(FOREST).rows
    words = query.q.strip().casefold()
    found = [
        row
        for row in rows
        if query.relation in ("", row.relation)
        and words in "\n".join((row.source, row.source_name, row.source_outlet or "", row.report, row.name, row.outlet or "")).casefold()
    ]
    chosen, shown = window(found, query)
    return Page(title="Lineage of reports", rows=chosen, window=shown)


def _rows(found: Lineage, held: Holdings) -> Iterator[KinRow]:
    by_pair = {frozenset((kin.a, kin.b)): kin for kin in found.kinships}
    children: dict[str, list[str]] = {}
    for child, parent in sorted(found.parents.items(), key=lambda pair: (_day(pair[0], held), pair[0])):
        children.setdefault(parent, []).append(child)
    roots = sorted(set(found.parents.values()) - set(found.parents), key=lambda report: (_day(report, held), report))
    todo = [(child, root, 1) for root in reversed(roots) for child in reversed(children[root])]
    while todo:
        child, parent, depth = todo.pop()
        if kin := by_pair.pop(frozenset((child, parent)), None):
            yield _row(kin, parent, child, depth, held)
        todo += [(grandchild, child, depth + 1) for grandchild in reversed(children.get(child, []))]
    for kin in sorted(by_pair.values(), key=lambda kin: (-kin.score, kin.a, kin.b)):
        source, other = (kin.b, kin.a) if kin.source == kin.b else (kin.a, kin.b)
        yield _row(kin, source, other, 0, held)


def _day(report: str, held: Holdings) -> str:
    known = held.reports.get(report)
    return str(known.published.day) if known and known.published.day else "9"


def _row(kin: Kinship, source: str, report: str, depth: int, held: Holdings) -> KinRow:
    first, second = held.reports.get(source), held.reports.get(report)
    return KinRow(
        depth=depth,
        source=source,
        source_name=held.titled(source),
        source_outlet=first.outlet if first else None,
        source_day=first.published.day if first else None,
        report=report,
        name=held.titled(report),
        outlet=second.outlet if second else None,
        day=second.published.day if second else None,
        relation=kin.relation,
        score=round(kin.score, 2),
        aligned=len(kin.aligned),
        because=kin.because,
        at=address("lineage", pair_key(kin)),
    )


def pair_key(kin: Kinship) -> str:
    """What names a pair of reports in an address."""
    return content_key("kin", *sorted((kin.a, kin.b)))


def pair(asked: Asked, _: Nothing, key: str) -> KinPage:
    """Two reports side by side. Raises NotFound."""
    held, known = asked.held, asked.derived(FOREST)
    kin = known.by_key.get(key)
    if kin is None or kin.a not in held.reports or kin.b not in held.reports:
        raise NotFound(f"no pair of reports {key!r}; kinship is derived, and the reports may have changed")
    parents = known.found.parents
    is_placed = parents.get(kin.a) == kin.b or parents.get(kin.b) == kin.a
    is_turned = kin.source == kin.b or parents.get(kin.a) == kin.b
    source, report = (kin.b, kin.a) if is_turned else (kin.a, kin.b)
    texts = asked.store.report(source).text, asked.store.report(report).text
    spans = [(one.b, one.a) if is_turned else (one.a, one.b) for one in kin.aligned]
    row = known.by_pair.get(frozenset((source, report)))
    return KinPage(
        title="Two reports side by side",
        kin=row or _row(kin, source, report, 0, held),
        is_directed=is_placed or kin.source is not None,
        source=report_row(held.reports[source], held.by_report.get(source, 0)),
        report=report_row(held.reports[report], held.by_report.get(report, 0)),
        rows=tuple(
            AlignedRow(
                source=" ".join(texts[0][one.start : one.end].split()),
                report=" ".join(texts[1][other.start : other.end].split()),
                likeness=round(aligned.likeness, 2),
                shared=tuple(fact.removeprefix("#") for fact in aligned.shared),
            )
            for aligned, (one, other) in sorted(zip(kin.aligned, spans, strict=True), key=lambda pair: (pair[1][1].start, pair[1][1].end))
        ),
        of_source=_share([one for one, _ in spans], texts[0]),
        of_report=_share([other for _, other in spans], texts[1]),
    )


def _share(spans: list[Span], text: str) -> float:
    """How much of the text lies in these stretches."""
    covered, reached = 0, 0
    for span in sorted(spans):
        covered += max(0, span.end - max(span.start, reached))
        reached = max(reached, span.end)
    return round(covered / len(text), 2) if text else 0.0


PAGES = (
    PageKind(
        path="/lineage",
        summary="Which report was copied or rewritten from which",
        template="lineage.html",
        context=Page[KinRow],
        build=lineage,
        query=LineageQuery,
        needs=(FOREST,),
        is_table=True,
        in_navigation="Lineage",
    ),
    PageKind(
        path="/lineage/{key}",
        summary="Two reports with their aligned sentences side by side",
        template="lineage_pair.html",
        context=KinPage,
        build=pair,
        needs=(FOREST,),
    ),
)
