"""Claims to wordings: one telling of an offer, demand, pledge or agreement, with its parties, day and terms."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from counterclaim.core.claim import Agreement, Claim, Demand, Mentions, Modality, Offer, Pledge, Term
from counterclaim.core.codec import key
from counterclaim.core.promise import PromiseKind, TermRole
from counterclaim.core.voice import Act
from counterclaim.reconcile.context import Context
from counterclaim.reconcile.days import NO_DAYS, days_of, event_days, state_days, text
from counterclaim.reconcile.names import Name, fold
from counterclaim.reconcile.promises.acts import ActClass, act_class, stems
from counterclaim.reconcile.whereabouts import Where, Whereabouts

_TOLD: frozenset[Act] = frozenset({"asserts", "confirms", "proposes", "promises", "demands", "denies", "doubts"})
# Who says these makes the promise himself.
_MAKING: frozenset[Act] = frozenset({"proposes", "promises", "demands"})
_DOUBT: frozenset[Act] = frozenset({"denies", "doubts"})
_MODALITIES: frozenset[Modality] = frozenset({"actual", "planned", "conditional", "past-background"})
# "Taliban attacks" that are to stop are the Taliban's to stop.
_DOINGS = frozenset("attacks attack forces troops fighters soldiers men militants army offensive operations strikes shelling".split())


_NAME = re.compile(r"\b[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*")
_IN = re.compile(r"\b(?:in|at|around|between|from|into|inside)\s+(?:the\s+)?$")
_DAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
# "…, he told elders on Saturday" tells who says it and is no part of what is to be done.
_TELLING = re.compile(r",\s+(?:he|she|it|they|we)\s+\w+.*$", re.S)


class Asked(NamedTuple):
    """One term of one wording."""

    key: str
    claim: str
    role: TermRole
    act: str
    party: Name | None
    places: tuple[Where, ...]
    stems: frozenset[str]
    doing: ActClass | None


class Telling(NamedTuple):
    """One wording."""

    claim: Claim
    kind: PromiseKind
    by: dict[str, Name]
    to: dict[str, Name]
    day: dt.date | None
    told: dt.date | None
    terms: tuple[Asked, ...]
    is_made: bool
    is_dated: bool

    @property
    def key(self) -> str:
        """The key of the claim."""
        return self.claim.key

    @property
    def order(self) -> tuple[str, str, str, int, str]:
        """By the day, then as they were told; the undated last."""
        last = "9999"
        return text(self.day) or last, text(self.told) or last, self.claim.report, self.claim.evidence.start, self.claim.key


def tellings(context: Context, whereabouts: Whereabouts) -> Iterator[Telling]:
    """The wordings at hand, in the order of the claims' keys. Only what nobody made (hypothetical, habitual) is left out."""
    for claim in context.claims:
        if claim.act not in _TOLD or claim.modality not in _MODALITIES:
            continue
        proposition = claim.proposition
        if isinstance(proposition, Offer):
            asks = [("ask", term) for term in proposition.asks]
            yield _telling(
                context, whereabouts, claim, "offer", proposition.by, proposition.to, [*asks, *(("undertaking", term) for term in proposition.undertakings)]
            )
        elif isinstance(proposition, Demand):
            asks = [("ask", Term(act, places=proposition.places)) for act in proposition.acts]
            yield _telling(context, whereabouts, claim, "demand", proposition.by, proposition.to, asks)
        elif isinstance(proposition, Pledge):
            yield _telling(context, whereabouts, claim, "pledge", proposition.by, proposition.to, [("undertaking", Term(act)) for act in proposition.acts])
        elif isinstance(proposition, Agreement):
            yield _agreement(context, whereabouts, claim, proposition)


def actor(context: Context, claim: Claim, words: str) -> Name:
    """The side that words name; a side's attacks or troops are the side."""
    return context.side(whole(context, claim, context.actor(claim, words), words))


def whole(context: Context, claim: Claim, name: Name, words: str) -> Name:
    """The actor of which words name the doings or the men; else the name itself."""
    tokens = words.split()
    if len(tokens) > 1 and tokens[-1].lower() in _DOINGS and name.is_named and (not name.link or "#" in name.link):
        bare = context.actor(claim, " ".join(tokens[:-1]))
        linked = name.link.partition("#")[0] if name.link else None
        return Name(f"actor:{linked}", bare.shown, is_named=True, link=linked) if linked else bare
    return name


def party_ids(context: Context, names: Iterable[Name]) -> dict[str, Name]:
    """Named parties and the sides they speak for, by their ids."""
    return {one.id: one for name in names if name.is_named for one in (name, context.side(name))}


def day_of(context: Context, claim: Claim) -> dt.date | None:
    """The day a claim is filed under; never later than the report that tells it. What is said is done on the day it is said."""
    published = _published(context, claim)
    day = days_of(claim.when).latest if claim.dated == "said" else None
    day = day or state_days(claim, context.refuted(claim), context.reports.get(claim.report)).latest
    return min(day, published) if day and published else day


def _published(context: Context, claim: Claim) -> dt.date | None:
    report = context.reports.get(claim.report)
    return report.published.day if report else None


def speaker(context: Context, claim: Claim) -> Name | None:
    """Who makes a promise that is made by saying it: the innermost voice with a name of its own, the outlet apart."""
    for voice in reversed(claim.chain[1:]):
        for words in (voice.name, voice.speaks_for):
            if words and (name := context.actor(claim, words)).is_named:
                return name
    return None


def _telling(
    context: Context, whereabouts: Whereabouts, claim: Claim, kind: PromiseKind, by: Mentions, to: Mentions, terms: Iterable[tuple[str, Term]]
) -> Telling:
    makers = [whole(context, claim, context.actor(claim, mention.words), mention.words) for mention in by]
    maker = speaker(context, claim) if claim.act in _MAKING else None
    giver = party_ids(context, [*makers, *([maker] if maker else [])])
    taker = {
        name: one
        for name, one in party_ids(context, (whole(context, claim, context.actor(claim, mention.words), mention.words) for mention in to)).items()
        if name not in giver
    }
    asked = tuple(_asked(context, whereabouts, claim, "ask" if role == "ask" else "undertaking", i, term) for i, (role, term) in enumerate(terms))
    return Telling(claim, kind, giver, taker, day_of(context, claim), _published(context, claim), asked, _is_made(context, claim), event_days(claim) != NO_DAYS)


def _is_made(context: Context, claim: Claim) -> bool:
    return claim.act not in _DOUBT and claim.key not in context.withdrawn


def _agreement(context: Context, whereabouts: Whereabouts, claim: Claim, proposition: Agreement) -> Telling:
    parties = party_ids(context, (whole(context, claim, context.actor(claim, mention.words), mention.words) for mention in proposition.parties))
    acts = proposition.terms or ((proposition.type,) if proposition.type else ())
    asked = tuple(_asked(context, whereabouts, claim, "agreed", i, Term(act)) for i, act in enumerate(acts))
    asked = tuple(one._replace(doing=act_class(one.act, proposition.type)) for one in asked)
    return Telling(
        claim, "agreement", parties, {}, day_of(context, claim), _published(context, claim), asked, _is_made(context, claim), event_days(claim) != NO_DAYS
    )


def _asked(context: Context, whereabouts: Whereabouts, claim: Claim, role: TermRole, i: int, term: Term) -> Asked:
    act = _TELLING.sub("", term.act)
    doing = act_class(f"{term.party.words} {act}" if term.party and term.party.words.split()[-1].lower() in _DOINGS else act)
    places = {place.id: place for place in (*whereabouts.of(claim, term.places), *whereabouts.named_in(act), *_called(context, whereabouts, claim, act, doing))}
    # "Bazarak" is where, and says nothing of what.
    named = {one for place in places.values() for one in stems(" ".join(fold(place.name)))}
    party = actor(context, claim, term.party.words) if term.party else None
    told = tuple(places[name] for name in sorted(places))
    return Asked(key("term", claim.key, role, i), claim.key, role, term.act, party, told, stems(act) - named, doing)


def _called(context: Context, whereabouts: Whereabouts, claim: Claim, act: str, doing: ActClass | None) -> Iterator[Where]:
    """Places by their names alone: whatever is named where a place is left or taken, and what is named after "in" and the like."""
    for match in _NAME.finditer(act):
        words = match[0]
        is_where = doing in ("leave", "take") or _IN.search(act[: match.start()])
        # A side that the tables know is no place, whatever stands before it.
        if is_where and words not in _DAYS and ":" not in (context.actor(claim, words).link or ""):
            yield from whereabouts.called(claim.report, words)
