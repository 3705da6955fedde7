"""Gathered wordings to a promise: its parties, its wordings in order, and its terms with their states."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, get_args

from counterclaim.core.claim import Claim, Offer
from counterclaim.core.codec import key
from counterclaim.core.judgement import Judgement
from counterclaim.core.promise import Conduct, Party, Promise, PromiseKind, PromiseTerm, State, TermWording, Tie, Wording
from counterclaim.reconcile.context import Context
from counterclaim.reconcile.names import Name
from counterclaim.reconcile.origins import voice_of
from counterclaim.reconcile.promises.answers import Answers
from counterclaim.reconcile.promises.conduct import Deeds, Found, bears_on
from counterclaim.reconcile.promises.gathering import terms
from counterclaim.reconcile.promises.wordings import Asked, Telling
from counterclaim.reconcile.whereabouts import Where

_KINDS: tuple[PromiseKind, ...] = get_args(PromiseKind)
_STATES: tuple[State, ...] = get_args(State)
# To leave, to take, to bring relief or to meet is a deed that both sides may name; that violence ceased is none.
_DEEDS = frozenset({"leave", "take", "relief", "talk"})


class Desk(NamedTuple):
    """What the ledger is kept with."""

    context: Context
    deeds: Deeds
    violations: Mapping[str, Sequence[tuple[Claim, frozenset[str]]]]
    judged: Mapping[str, Judgement]
    made_in: frozenset[tuple[str, int]]


def kind_of(group: Iterable[Telling]) -> PromiseKind:
    """An offer told as a demand or a pledge stays an offer."""
    told = {telling.kind for telling in group if telling.is_made}
    return next(kind for kind in _KINDS if kind in told)


def promise_key(group: Iterable[Telling]) -> str:
    """The key of the promise these wordings make."""
    return key("promise", tuple(sorted(telling.key for telling in group)))


def promise(desk: Desk, group: Sequence[Telling], answered: Answers, ties: tuple[Tie, ...]) -> Promise:
    """The promise that these wordings tell of."""
    made = [telling for telling in group if telling.is_made]
    days = [telling.day for telling in made if telling.day]
    kind = kind_of(group)
    by = _parties(desk.context, (name for telling in made for name in telling.by.values()))
    to = _parties(desk.context, (name for telling in made for name in telling.to.values()))
    told = terms(group)
    sequences = {telling.claim.proposition.sequence for telling in made if isinstance(telling.claim.proposition, Offer)} - {None}
    sequence = sequences.pop() if len(sequences) == 1 else None
    reports = {telling.claim.report for telling in group}
    return Promise(
        key=promise_key(group),
        kind=kind,
        by=tuple(_party(name) for name in by),
        to=tuple(_party(name) for name in to),
        first=min(days, default=None),
        last=max(days, default=None),
        wordings=tuple(_wordings(group, told)),
        terms=tuple(_term(desk, one, kind, by, to, made, answered, sequence) for one in told),
        because=_because(group, reports),
        answers=answered[0],
        silences=answered[1],
        ties=ties,
        sequence=sequence,
    )


def _because(group: Sequence[Telling], reports: set[str]) -> str:
    if len(group) == 1:
        return "one wording"
    return f"{len(group)} wordings in {len(reports)} report{'s' if len(reports) > 1 else ''}: one maker, nobody else addressed, acts or places in common, no month between two"


def _parties(context: Context, names: Iterable[Name]) -> list[Name]:
    """The sides of a promise; a person who speaks for a side is not named beside it."""
    found = {context.side(name).id: context.side(name) for name in names}
    return [found[name] for name in sorted(found)]


def _party(name: Name) -> Party:
    return Party(name.shown, name.link)


def _wordings(group: Sequence[Telling], told: Sequence[Sequence[Asked]]) -> Iterable[Wording]:
    """Each telling in order, with the terms that are new in it."""
    at = {one.key: asked[0].key for asked in told for one in asked}
    known: list[str] = []
    for telling in group:
        here = list(dict.fromkeys(at[term.key] for term in telling.terms if term.key in at)) if telling.is_made else []
        voice = voice_of(telling.claim)
        yield Wording(
            claim=telling.key,
            report=telling.claim.report,
            day=telling.day,
            words=telling.claim.evidence.quote,
            voice=voice.name or voice.words,
            terms=tuple(term.key for term in telling.terms) if telling.is_made else (),
            adds=tuple(one for one in here if one not in known) if known else (),
            doubt=telling.claim.act if telling.claim.act in ("denies", "doubts") else None,
            withdrawn=not telling.is_made and telling.claim.act not in ("denies", "doubts"),
        )
        known += [one for one in here if one not in known]


def _term(
    desk: Desk, told: Sequence[Asked], kind: PromiseKind, by: list[Name], to: list[Name], made: Sequence[Telling], answered: Answers, sequence: str | None
) -> PromiseTerm:
    first = told[0]
    places: dict[str, Where] = {}
    wordings: list[TermWording] = []
    for one in told:
        new = [place for place in one.places if place.id not in places]
        places.update((place.id, place) for place in new)
        adds = tuple(place.name for place in new) if wordings else ()
        wordings.append(TermWording(one.key, one.claim, one.act, tuple(place.name for place in one.places), adds))
    parties = {one.party.id: one.party for one in told if one.party and one.party.is_named}
    party = parties[min(parties)] if parties else None
    sides = [party] if party else to if first.role == "ask" else by
    bound = sides or by
    days = [telling.day for telling in made if telling.day and any(term.claim == telling.key for term in told)]
    found: list[Found] = []
    unlisted = 0
    if days:
        doings = sorted({one.doing for one in told if one.doing})
        found, unlisted = desk.deeds.bearing_on(doings, bound, list(places.values()), min(days), max(days), desk.made_in)
    broken = _broken(desk, told, bound, min(days, default=None))
    conduct = sorted(
        (*(Conduct(one.deed.claim.key, one.bears, one.deed.day, one.because) for one in found), *(one.conduct for one in broken)),
        key=lambda one: (str(one.day), one.claim),
    )
    state, because, judged = _state(desk, told, kind, bound, by, to, found, broken, conduct, answered, sequence)
    return PromiseTerm(
        key=first.key,
        role=first.role,
        act=first.act,
        party=_party(party) if party else _party(sides[0]) if len(sides) == 1 else None,
        places=tuple(place.name for place in places.values()),
        wordings=tuple(wordings),
        state=state,
        because=because,
        conduct=tuple(conduct),
        unlisted=unlisted,
        judged=judged,
    )


class Breach(NamedTuple):
    """That a side broke a term, by somebody's word, or that it is denied."""

    side: str
    conduct: Conduct


def _broken(desk: Desk, told: Sequence[Asked], bound: Iterable[Name], first: dt.date | None) -> list[Breach]:
    """Who says that the term was broken, or denies it."""
    found: dict[tuple[str, str], Breach] = {}
    for side in bound:
        for claim, of in desk.violations.get(side.id, ()):
            day = _day_of_breach(desk.context, claim)
            if (day and first and day < first) or not any(bears_on(term, of) for term in told):
                continue
            is_denied = claim.act == "denies"
            because = f"it is denied that {side.shown} broke it" if is_denied else f"{side.shown} is said to have broken it"
            found[side.id, claim.key] = Breach(side.id, Conduct(claim.key, "for" if is_denied else "against", day, because))
    return list(found.values())


def _day_of_breach(context: Context, claim: Claim) -> dt.date | None:
    """When a breach was told of: "the ceasefire of 20 May" dates the ceasefire and not the breach."""
    report = context.reports.get(claim.report)
    if claim.said and (claim.said.end or claim.said.start):
        return claim.said.end or claim.said.start
    return report.published.day if report and report.published.day else claim.when.end if claim.when else None


def _state(
    desk: Desk,
    told: Sequence[Asked],
    kind: PromiseKind,
    bound: Sequence[Name],
    by: Sequence[Name],
    to: Sequence[Name],
    found: Sequence[Found],
    broken: Sequence[Breach],
    conduct: Sequence[Conduct],
    answered: Answers,
    sequence: str | None,
) -> tuple[State, str, str | None]:
    """The state of a term: as a person judged it, else open, or unknown where conduct bears on it; that both sides say one thing is told, not judged."""
    judgements = [desk.judged[one.key] for one in told if one.key in desk.judged]
    if judgements:
        last = max(judgements, key=lambda judgement: (judgement.at, judgement.key))
        state = next(state for state in _STATES if state == last.value)
        return state, f"judged {state} by {last.by}", last.key
    parties = {name.id for name in (*by, *to)} | {name.id for name in bound}
    is_promised = told[0].role != "ask" or any(reply.value == "accepts" for reply in answered[0])
    is_due = is_promised and not (kind == "offer" and sequence == "condition-first" and told[0].role == "undertaking")
    breaches = [(one.side, one.conduct.claim) for one in broken if one.conduct.bears == "against"]
    agreed = "; both sides say that it was broken" if is_due and _both_say(desk, breaches, parties) else ""
    deeds = [(one.deed.side.id, one.deed.claim.key) for one in found if one.deed.side and one.bears == "for" and not one.deed.denied]
    if told[0].doing in _DEEDS and _both_say(desk, deeds, parties) and not any(one.bears == "against" for one in conduct):
        agreed = "; both sides say that it was done, and none at hand says otherwise"
    if not conduct:
        return "open", "no claim at hand bears on it", None
    counts = [f"{n} {'claim' if n == 1 else 'claims'} of evidence {bears}" for bears in ("for", "against") if (n := sum(one.bears == bears for one in conduct))]
    waits = (
        "; it was to be done only once the condition was met"
        if not is_due and told[0].role == "undertaking"
        else ""
        if is_due
        else "; nobody at hand is said to have accepted it"
    )
    return "unknown", f"{' and '.join(counts)}, and no person has judged it{agreed}{waits}", None


def _both_say(desk: Desk, said: Iterable[tuple[str, str]], parties: set[str]) -> bool:
    """Whether what is said of a side is said by that side and by another party; each comes with the claim that says it."""
    tellers: defaultdict[str, set[str]] = defaultdict(set)
    for side, claim in said:
        tellers[side].add(desk.context.party_id(desk.context.by_key[claim]))
    return any(side in told and told & (parties - {side}) for side, told in tellers.items())
