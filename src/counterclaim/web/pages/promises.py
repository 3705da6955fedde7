"""The promise ledger: offers, demands, pledges and agreements with their terms, their answers, and what bears on them since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

import msgspec

from counterclaim.core.promise import Bearing, Party, Promise, PromiseKind, PromiseTerm, State, TermRole
from counterclaim.errors import NotFound
from counterclaim.reconcile.promises import promises_on
from counterclaim.record import Record
from counterclaim.web import wording
from counterclaim.web.contexts import Context, Page, StandingClaim
from counterclaim.web.derived import CONTEXT, WHEREABOUTS
from counterclaim.web.holdings import Derived, Holdings
from counterclaim.web.pages.board import standing_claims
from counterclaim.web.pages.stories import is_between
from counterclaim.web.routes import LONGEST_NAME, Asked, Nothing, PageKind, Query, whole, window
from counterclaim.web.wording import address

Replied = Literal["", "answered", "silent", "neither"]


class PromiseQuery(Query, frozen=True, kw_only=True):
    """Which promises to list."""

    kind: Annotated[PromiseKind | Literal[""], msgspec.Meta(description="Only of this kind.")] = ""
    state: Annotated[State | Literal[""], msgspec.Meta(description="Only with a term in this state.")] = ""
    reply: Annotated[Replied, msgspec.Meta(description="Only with an answer, with a silence and no answer, or with neither.")] = ""
    party: Annotated[str, msgspec.Meta(description="Only by, to or for somebody with this in the name.", max_length=LONGEST_NAME)] = ""
    q: Annotated[str, msgspec.Meta(description="Words in the terms or in a wording, all of them.", max_length=200)] = ""
    since: Annotated[dt.date | None, msgspec.Meta(description="Only of this day or later.")] = None
    until: Annotated[dt.date | None, msgspec.Meta(description="Only of this day or earlier.")] = None


class TermLine(msgspec.Struct, frozen=True, kw_only=True):
    """A term in the ledger: who is to do what, its state, and how many later claims speak for and against it."""

    role: TermRole
    party: str | None
    act: str
    places: tuple[str, ...]
    state: State
    bears_for: int
    bears_against: int
    judged: bool


class PromiseRow(msgspec.Struct, frozen=True, kw_only=True):
    """A promise in the ledger. `terms` and `answers` are in words; the lines beside the row have the terms in their parts."""

    key: str
    kind: PromiseKind
    by: tuple[str, ...]
    to: tuple[str, ...]
    first: dt.date | None
    last: dt.date | None
    terms: tuple[str, ...]
    answers: tuple[str, ...]
    silences: tuple[str, ...]
    wordings: int
    doubted: int
    reports: int
    sequence: str | None
    because: str
    at: str


class PromisesPage(Page[PromiseRow], frozen=True, kw_only=True):
    """The ledger, and for each row its terms."""

    terms: tuple[tuple[TermLine, ...], ...]


class WordingRow(msgspec.Struct, frozen=True, kw_only=True):
    """One telling of a promise. `adds` are the terms no earlier wording had; `doubt` is the act of one that denies or doubts it."""

    words: str
    voice: str | None
    day: dt.date | None
    adds: tuple[str, ...]
    doubt: str | None
    withdrawn: bool
    claim: StandingClaim | None


class ConductRow(msgspec.Struct, frozen=True, kw_only=True):
    """A later claim that bears on a term. It is somebody's claim, and no verdict."""

    bears: Bearing
    day: dt.date | None
    because: str
    claim: StandingClaim | None


class FullTerm(msgspec.Struct, frozen=True, kw_only=True):
    """A term with the words each telling has for it and what bears on it since."""

    line: TermLine
    because: str
    judged: str | None
    wordings: tuple[str, ...]
    conduct: tuple[ConductRow, ...]
    unlisted: int


class ReplyRow(msgspec.Struct, frozen=True, kw_only=True):
    """An answer, or a silence up to a day, with the sentences that tell of it."""

    by: str
    value: str
    day: dt.date | None
    claims: tuple[StandingClaim, ...]


class TieRow(msgspec.Struct, frozen=True, kw_only=True):
    """Another promise that this one answers, or that answers this one."""

    relation: str
    about: str
    because: str
    at: str


class PartyRow(msgspec.Struct, frozen=True, kw_only=True):
    """A side to a promise."""

    name: str
    at: str | None


class PromisePage(Context, frozen=True, kw_only=True):
    """A promise in all its wordings."""

    promise: PromiseRow
    by: tuple[PartyRow, ...]
    to: tuple[PartyRow, ...]
    terms: tuple[FullTerm, ...]
    wordings: tuple[WordingRow, ...]
    answers: tuple[ReplyRow, ...]
    silences: tuple[ReplyRow, ...]
    ties: tuple[TieRow, ...]


def ledger(asked: Asked) -> Mapping[str, Promise]:
    """The promises by key; the latest first, the undated last."""
    return asked.derived(PROMISES)


def _made(record: Record, held: Holdings) -> Mapping[str, Promise]:
    found = promises_on(held.derive(CONTEXT, record), held.derive(WHEREABOUTS, record), record.store.judgements())
    return {one.key: one for one in sorted(found, key=_order)}


PROMISES = Derived("promises", _made)


def _order(promise: Promise) -> tuple[int, str, str]:
    day = promise.last or promise.first
    return (-day.toordinal() if day else 1, promise.kind, promise.key)


def promises(asked: Asked, query: PromiseQuery) -> PromisesPage:
    """The promises that meet every condition, the latest first."""
    known = ledger(asked)
    found, shown = window(asked.held.lately("promises lately", whole(query), lambda: [one for one in known.values() if _is_wanted(one, query)]), query)
    return PromisesPage(
        title="Promise ledger",
        rows=tuple(promise_row(one) for one in found),
        window=shown,
        terms=tuple(tuple(_line(term) for term in one.terms) for one in found),
    )


def _is_wanted(promise: Promise, query: PromiseQuery) -> bool:
    parties = [*promise.by, *promise.to, *(term.party for term in promise.terms if term.party)]
    words = " ".join([*(term.act for term in promise.terms), *(" ".join(term.places) for term in promise.terms), *(one.words for one in promise.wordings)])
    reply = "answered" if promise.answers else "silent" if promise.silences else "neither"
    party = query.party.strip().casefold()
    return (
        query.kind in ("", promise.kind)
        and (not query.state or any(term.state == query.state for term in promise.terms))
        and query.reply in ("", reply)
        and (not party or any(party in one.name.casefold() for one in parties))
        and all(word in words.casefold() for word in query.q.casefold().split())
        and is_between(promise.first, promise.last, query.since, query.until)
    )


def promise_row(promise: Promise) -> PromiseRow:
    """A promise in the ledger."""
    return PromiseRow(
        key=promise.key,
        kind=promise.kind,
        by=tuple(party.name for party in promise.by),
        to=tuple(party.name for party in promise.to),
        first=promise.first,
        last=promise.last,
        terms=tuple(f"{term.role}: {term.act} ({term.state})" for term in promise.terms),
        answers=tuple(f"{one.by or 'somebody'}: {one.value}{f', {one.day}' if one.day else ''}" for one in promise.answers),
        silences=tuple(f"no answer from {one.by or 'anybody'}{f' by {one.day}' if one.day else ''}" for one in promise.silences),
        wordings=len(promise.wordings),
        doubted=sum(one.doubt is not None for one in promise.wordings),
        reports=len({one.report for one in promise.wordings}),
        sequence=promise.sequence,
        because=promise.because,
        at=address("promises", promise.key),
    )


def _line(term: PromiseTerm) -> TermLine:
    return TermLine(
        role=term.role,
        party=term.party.name if term.party else None,
        act=term.act,
        places=term.places,
        state=term.state,
        bears_for=sum(one.bears == "for" for one in term.conduct),
        bears_against=sum(one.bears == "against" for one in term.conduct),
        judged=term.judged is not None,
    )


def promise(asked: Asked, _: Nothing, key: str) -> PromisePage:
    """One promise. Raises NotFound."""
    known, held = ledger(asked), asked.held
    found = known.get(key)
    if found is None:
        raise NotFound(f"no promise {key!r}; promises are derived, and the claims this one stood on may have changed")
    acts = {term.key: term.act for term in found.terms}
    return PromisePage(
        title=titled(found),
        promise=promise_row(found),
        by=tuple(_party(one, held) for one in found.by),
        to=tuple(_party(one, held) for one in found.to),
        terms=tuple(_term(term, held) for term in found.terms),
        wordings=tuple(
            WordingRow(
                words=one.words,
                voice=one.voice,
                day=one.day,
                adds=tuple(acts.get(term, term) for term in one.adds),
                doubt=one.doubt,
                withdrawn=one.withdrawn,
                claim=_claim(one.claim, held),
            )
            for one in found.wordings
        ),
        answers=tuple(ReplyRow(by=one.by or "somebody", value=one.value, day=one.day, claims=standing_claims(one.claims, held)) for one in found.answers),
        silences=tuple(ReplyRow(by=one.by or "anybody", value="none", day=one.day, claims=standing_claims(one.claims, held)) for one in found.silences),
        ties=tuple(
            TieRow(
                relation="answers" if tie.relation == "answers" else "is answered by",
                about=titled(known[tie.promise]),
                because=tie.because,
                at=address("promises", tie.promise),
            )
            for tie in found.ties
            if tie.promise in known
        ),
    )


def _term(term: PromiseTerm, held: Holdings) -> FullTerm:
    return FullTerm(
        line=_line(term),
        because=term.because,
        judged=term.judged,
        wordings=tuple(dict.fromkeys(f"{one.act}{f' ({_listed(one.places)})' if one.places else ''}" for one in term.wordings)),
        conduct=tuple(ConductRow(bears=one.bears, day=one.day, because=one.because, claim=_claim(one.claim, held)) for one in term.conduct),
        unlisted=term.unlisted,
    )


def _claim(key: str, held: Holdings) -> StandingClaim | None:
    return next(iter(standing_claims((key,), held)), None)


def _party(party: Party, held: Holdings) -> PartyRow:
    known = held.keep("actor keys", lambda: frozenset(actor.key for actor in held.registry.actors))
    return PartyRow(name=party.name, at=address("actors", party.key) if party.key in known and party.key else None)


def titled(promise: Promise) -> str:
    """What a promise is called: `Offer of the colonel to M23, 2025-06-16`."""
    by, to = _listed(party.name for party in promise.by), _listed(party.name for party in promise.to)
    days = wording.days(promise.first, promise.last)
    of = f" {'between' if promise.kind == 'agreement' else 'of'} {by}" if by else ""
    return f"{promise.kind.capitalize()}{of}{f' to {to}' if to else ''}{f', {days}' if days else ''}"


def _listed(names: Iterable[str]) -> str:
    return " and ".join(names)


PAGES = (
    PageKind(
        path="/promises",
        summary="Offers, demands, pledges and agreements with what became of them",
        template="promises.html",
        context=PromisesPage,
        build=promises,
        query=PromiseQuery,
        needs=(PROMISES,),
        is_table=True,
        in_navigation="Promises",
    ),
    PageKind(path="/promises/{key}", summary="A promise in all its wordings", template="promise.html", context=PromisePage, build=promise, needs=(PROMISES,)),
)
