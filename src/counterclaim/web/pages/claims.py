"""Claims: the list with its filters, and one claim with its derivation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec

from counterclaim.core.claim import Claim
from counterclaim.core.codec import decode
from counterclaim.core.finding import Standing
from counterclaim.core.mention import Mention
from counterclaim.core.voice import Act
from counterclaim.reconcile.judging import told
from counterclaim.store import Event, Filter, Withdrawal
from counterclaim.web import judged, wording
from counterclaim.web.contexts import ClaimPage, ClaimRow, EventRow, LinkRow, Noted, Page, VoiceRow
from counterclaim.web.routes import LONGEST_NAME, Asked, Nothing, PageKind, Query, window
from counterclaim.web.rows import claim_row, finding_row, link_row
from counterclaim.web.wording import address

AROUND = 300
"""Characters of the text shown before and after the evidence, to read the sentence in its place."""

Day = Annotated[dt.date | None, msgspec.Meta(description="A day as YYYY-MM-DD, included.")]


class ClaimQuery(Query, frozen=True, kw_only=True):
    """Which claims to list."""

    report: Annotated[str, msgspec.Meta(description="Only of the report with this id.", max_length=LONGEST_NAME)] = ""
    kind: Annotated[str, msgspec.Meta(description="Only of this kind.", max_length=40)] = ""
    act: Annotated[Act | Literal[""], msgspec.Meta(description="Only with this act.")] = ""
    voice: Annotated[str, msgspec.Meta(description="Only where somebody of this name speaks.", max_length=LONGEST_NAME)] = ""
    place: Annotated[str, msgspec.Meta(description="Only about this place.", max_length=LONGEST_NAME)] = ""
    party: Annotated[str, msgspec.Meta(description="Only about this party.", max_length=LONGEST_NAME)] = ""
    since: Day = None
    until: Day = None
    q: Annotated[str, msgspec.Meta(description="Words in the sentence, all of them; “a phrase” in double quotes.", max_length=200)] = ""
    standing: Annotated[Standing | Literal[""], msgspec.Meta(description="Only where a finding with this standing rests on it.")] = ""


def wanted(query: ClaimQuery) -> Filter:
    """What the query asks of the store."""
    return Filter(
        report=query.report or None,
        kind=query.kind or None,
        act=query.act or None,
        voice=query.voice or None,
        place=query.place or None,
        party=query.party or None,
        since=query.since,
        until=query.until,
        words=query.q or None,
    )


def claims(asked: Asked, query: ClaimQuery) -> Page[ClaimRow]:
    """The claims that meet every condition, by report and place in it."""
    held = asked.held
    found = judged.claims(asked, wanted(query))
    if query.standing:
        found = (claim for claim in found if query.standing in held.standings(claim.key))
    rows, shown = window(found, query)
    return Page(title="Claims", rows=tuple(claim_row(claim, held) for claim in rows), window=shown)


def claim(asked: Asked, _: Nothing, key: str) -> ClaimPage:
    """One claim: the sentence, who says it, by which rule, what its words name, where it stands, what happened to it. Raises NotFound.

    It is shown as people judged it; one they rejected as it was read.
    """
    # Asked before anything is looked up, so that what changes meanwhile makes the page a stale one.
    seen, held = asked.store.version(key), asked.held
    found, state, standing = judged.judged(asked, key)
    report = asked.store.report(found.report)
    before, after = wording.around(report.text, found.evidence.span, AROUND)
    refuted = found.refutes in held.claims if found.refutes else False
    return ClaimPage(
        title=f"{found.kind.capitalize()} claim",
        claim=claim_row(found, held),
        state=state,
        before=before,
        after=after,
        slots=tuple(wording.slots(found)),
        chain=tuple(
            VoiceRow(
                name=wording.voice_words(voice, is_outlet=number == 0),
                words=voice.words,
                speaks_for=voice.speaks_for,
                role=voice.role,
                cue=voice.cue,
                manner=voice.manner,
                medium=voice.medium,
                source_type=voice.source_type,
                addressee=voice.addressee,
            )
            for number, voice in enumerate(found.chain)
        ),
        hedges=found.hedges,
        modality=found.modality,
        because=found.because,
        interest=f"{found.interest.value}: {found.interest.because}" if found.interest else None,
        dated=found.dated,
        when_words=found.when.words if found.when else None,
        said_words=found.said.words if found.said else None,
        refutes=found.refutes,
        refutes_at=address("claims", found.refutes) if refuted and found.refutes else None,
        derived_from=found.derived_from,
        links=_links(found, asked),
        findings=tuple(finding_row(held.findings[one]) for one in sorted(held.by_claim.get(key, ()), key=held.places.__getitem__)),
        judgements=tuple(
            Noted(
                decision=one.decision,
                by=one.by,
                at=one.moment.astimezone(dt.UTC).isoformat(timespec="minutes"),
                value=told(one) or None,
                stands=one in standing,
            )
            for one in asked.store.judgements(key)
        ),
        events=tuple(EventRow(at=event.at, what=_what(event), hash=event.hash) for event in asked.store.events(key)),
        version=seen,
    )


def _links(claim: Claim, asked: Asked) -> tuple[LinkRow, ...]:
    """The links of the words of a claim, across the record where one actor has several keys."""
    words = set(_mentioned(claim))
    here = [link for link in asked.held.links_of.get(claim.report, ()) if link.words in words]
    return tuple(link_row(link) for link in here)


def _mentioned(claim: Claim) -> Iterator[str]:
    for voice in claim.chain:
        yield from (name for name in (voice.name, voice.words, voice.speaks_for) if name)
    todo: list[object] = [getattr(claim.proposition, field) for field in claim.proposition.__struct_fields__]
    while todo:
        value = todo.pop()
        if isinstance(value, Mention):
            yield value.words
        elif isinstance(value, tuple):
            todo.extend(value)
        elif isinstance(value, msgspec.Struct):
            todo.extend(getattr(value, field) for field in value.__struct_fields__)


def _what(event: Event) -> str:
    if event.kind == "withdraw":
        return f"withdrawn: {decode(event.body, Withdrawal).reason}"
    return {"claim": "read in the report"}.get(event.kind, event.kind)


PAGES = (
    PageKind(
        path="/claims",
        summary="Who says what, where it stands",
        template="claims.html",
        context=Page[ClaimRow],
        build=claims,
        query=ClaimQuery,
        is_table=True,
        in_navigation="Claims",
    ),
    PageKind(path="/claims/{key}", summary="A claim with its derivation", template="claim.html", context=ClaimPage, build=claim),
)
