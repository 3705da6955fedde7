"""The review queue: report by report, each claim to be accepted, corrected or rejected, each silent sentence to be looked at, each open pair of actors."""

from __future__ import annotations

import getpass
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Annotated, Literal

import msgspec

from counterclaim.core.claim import Claim
from counterclaim.core.judgement import Judgement, Review, Reviewed
from counterclaim.core.report import Report
from counterclaim.core.span import Span
from counterclaim.errors import JudgementRefused
from counterclaim.reconcile.decisions import standing_judgements
from counterclaim.reconcile.judging import added_claim
from counterclaim.record import Versions
from counterclaim.reviewing import review as review_of
from counterclaim.store import Filter
from counterclaim.web import deciding, wording
from counterclaim.web.contexts import Context, ReportRow
from counterclaim.web.deciding import Slot
from counterclaim.web.holdings import Holdings
from counterclaim.web.pages.actors import by_key
from counterclaim.web.routes import LONGEST_NAME, Asked, PageKind
from counterclaim.web.rows import report_row, text_address
from counterclaim.web.wording import address

MOST_PAIRS = 20
"""Pairs of actors asked about beside one report."""
AROUND = 160
"""Characters of the text before and after a sentence, to read it in its place."""


class ReviewQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which report to review. Without one, the first with a claim nobody decided about."""

    report: Annotated[str, msgspec.Meta(description="The id of the report.", max_length=LONGEST_NAME)] = ""
    show: Annotated[Literal["", "open"], msgspec.Meta(description="Only what nobody decided about.")] = ""


class ReviewItem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to decide: a claim, a sentence that gave none, a claim somebody added, or a pair of actors that may be one.

    `version` stands for the state of a claim; a decision sends it back, so that none is made on a stale page. `start` and `end` are where
    the words stand in the text. `other` is the second actor of a pair.
    """

    id: str
    sort: Literal["claim", "silent", "added", "pair"]
    state: str
    decided: str
    quote: str
    before: str
    after: str
    start: int
    end: int
    key: str = ""
    kind: str = ""
    act: str = ""
    voices: str = ""
    days: str = ""
    score: float | None = None
    quotable: bool = True
    slots: tuple[Slot, ...] = ()
    version: str = ""
    other: str = ""
    names: tuple[str, str] = ("", "")
    because: str = ""
    at: str = ""
    at_text: str = ""


class ReviewPage(Context, frozen=True, kw_only=True):
    """The queue of one report, and how far the record is.

    `last` is the decision that undoing takes back; `adrift` are decisions that fit no claim of the present reading, each with the reason.
    """

    report: ReportRow | None
    items: tuple[ReviewItem, ...]
    done: int
    total: int
    record_done: int
    record_total: int
    reports_left: int
    before_at: str | None
    after_at: str | None
    by: str
    last: str | None
    show: str
    adrift: tuple[str, ...] = ()


def reviewer() -> str:
    """Who reviews where nobody gave a name: the user of this machine."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "reviewer"


def review(asked: Asked, query: ReviewQuery) -> ReviewPage:
    """The queue of a report. Raises NotFound for a report that is not there."""
    judgements = standing_judgements(asked.store.judgements())
    by, held = asked.by or reviewer(), asked.held
    added = _added(judgements)
    done = {one.about for one in judgements if one.decision in ("accept", "correct", "reject")} | {claim.key for claim in added}
    names = held.keep("reports in order", lambda: sorted({*held.reports, *held.by_report}))
    # What was rejected is no claim of the record any more, and was decided all the same.
    rejected = {one.about for one in judgements if one.decision == "reject" and one.about not in held.claims}
    decided = Counter(held.claims[key].report for key in done if key in held.claims)
    left = [name for name in names if decided[name] < held.by_report.get(name, 0)]
    name = query.report or (left[0] if left else next(iter(names), ""))
    last = deciding.last_of(judgements, by)
    empty = ReviewPage(
        title="Review",
        report=None,
        items=(),
        done=0,
        total=0,
        record_done=decided.total() + len(rejected),
        record_total=len(held.claims) + len(rejected),
        reports_left=len(left),
        before_at=None,
        after_at=None,
        by=by,
        last=deciding.said(last) if last else None,
        show=query.show,
    )
    if not name:
        return empty
    report = asked.store.report(name)
    # Before the claims are looked at: what is decided meanwhile makes this page a stale one.
    keys_here = (*(claim.key for claim in asked.store.claims(Filter(report=report.id))), *(claim.key for claim in added if claim.report == report.id))
    seen = {key: asked.store.version(key) for key in keys_here}
    (found,) = review_of(asked.store, report.id)
    items = _items(asked, report, found, seen)
    if query.show:
        items = [one for one in items if one.state == "open"]
    before, after = _beside(names, report.id)
    return msgspec.structs.replace(
        empty,
        title=f"Review: {report.title or report.id}",
        report=report_row(report, len(found.reviewed)),
        items=tuple(items),
        done=sum(one.state != "unreviewed" for one in found.reviewed),
        total=len(found.reviewed),
        before_at=_at(before, query) if before else None,
        after_at=_at(after, query) if after else None,
        adrift=tuple(f"{deciding.said(one.judgement)}: {one.reason}" for one in found.adrift),
    )


def _added(judgements: Iterable[Judgement]) -> list[Claim]:
    """The claims that somebody added. What adds none counts for nothing, and is listed as adrift."""
    found = []
    for one in judgements:
        if one.decision == "add":
            with suppress(JudgementRefused):
                found.append(added_claim(one))
    return found


def _beside(names: Sequence[str], name: str) -> tuple[str | None, str | None]:
    at = names.index(name) if name in names else -1
    return (names[at - 1] if at > 0 else None), (names[at + 1] if 0 <= at < len(names) - 1 else None)


def _at(report: str, query: ReviewQuery) -> str:
    return f"/review?report={wording.quoted(report)}{'&show=open' if query.show else ''}"


def _items(asked: Asked, report: Report, found: Review, seen: Versions) -> list[ReviewItem]:
    """Claims and silent sentences in the order of the text, then the pairs."""
    out = [_claim(report, one, seen.get(one.claim.key, "")) for one in found.reviewed] + [_sentence(report, span) for span in found.silent]
    return sorted(out, key=lambda one: (one.start, one.end, one.sort, one.key)) + _pairs(asked.held, report.id)


def _claim(report: Report, one: Reviewed, seen: str) -> ReviewItem:
    claim = one.effective or one.claim
    before, after = wording.around(report.text, claim.evidence.span, AROUND)
    return ReviewItem(
        id=f"c-{claim.key}",
        sort="added" if one.state == "added" else "claim",
        state="open" if one.state == "unreviewed" else one.state,
        decided="; ".join(deciding.said(each) for each in one.judgements),
        quote=claim.evidence.quote,
        before=before,
        after=after,
        start=claim.evidence.start,
        end=claim.evidence.end,
        key=claim.key,
        kind=claim.kind,
        act=claim.act,
        voices=wording.chain_words(claim),
        days=wording.when_words(claim.when),
        score=round(claim.score, 2),
        quotable=claim.quotable,
        slots=deciding.slots(claim),
        version=seen,
        at=address("claims", claim.key),
        at_text=text_address(report.id, claim.key),
    )


def _sentence(report: Report, span: Span) -> ReviewItem:
    before, after = wording.around(report.text, span, AROUND)
    return ReviewItem(
        id=f"s-{span.start}",
        sort="silent",
        state="silent",
        decided="",
        quote=report.text[span.start : span.end],
        before=before,
        after=after,
        start=span.start,
        end=span.end,
        at=address("reports", report.id),
    )


def _pairs(held: Holdings, report: str) -> list[ReviewItem]:
    """The actors of a report that may be one with another."""
    actors = by_key(held)
    found: dict[tuple[str, ...], ReviewItem] = {}
    named = {link.target.key for link in held.links_of.get(report, ()) if link.kind == "actor" and link.target is not None}
    for actor in (actors[key] for key in sorted(named & actors.keys())):
        for key, why in actor.maybe:
            pair = tuple(sorted((actor.key, key)))
            found[pair] = ReviewItem(
                id=f"p-{len(found)}",
                sort="pair",
                state="open",
                decided="",
                quote="",
                before="",
                after="",
                start=0,
                end=0,
                key=actor.key,
                other=key,
                names=(actor.name, actors[key].name if key in actors else key),
                because=why,
                at=address("actors", actor.key),
            )
    return list(found.values())[:MOST_PAIRS]


PAGES = (
    PageKind(
        path="/review",
        summary="Claims to accept, correct or reject, and sentences that gave none",
        template="review.html",
        context=ReviewPage,
        build=review,
        query=ReviewQuery,
        in_navigation="Review",
    ),
)
