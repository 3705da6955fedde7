"""Control claims to findings: who held a place on a day.

What it captures: one finding a place and day; what each party says; a dispute where two parties name different holders, or one
says of a holder what the other denies; a concession where a side says that another holds the place, or that it lost it itself. A
claim with exceptions says of each exception that the holder does not hold it.
What it does not: places inside the place ("every district" says nothing of a district that nobody names); holders that are bare
descriptions, which may be anybody, are never told apart; allies who praise each other look like a concession.
Example: the Taliban say they hold Paryan, the front says they left it: disputed. The Taliban say all districts but Bazarak are
theirs: that they do not hold Bazarak is conceded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

import msgspec

from counterclaim.core.claim import Change, Claim, Control, Interest, Mentions
from counterclaim.core.codec import key
from counterclaim.core.finding import Finding
from counterclaim.core.mention import Mention
from counterclaim.reconcile.context import Context, Reading
from counterclaim.reconcile.days import Days, state_days, text
from counterclaim.reconcile.filing import Block, block, month, months, parts
from counterclaim.reconcile.names import Name
from counterclaim.reconcile.origins import voice_of
from counterclaim.reconcile.pool import key_ref
from counterclaim.reconcile.positions import Bearing, Question, bearing, ids, label, listed, once, positions, same, scope
from counterclaim.reconcile.standing import case, standing

_SAID: dict[Change | None, str] = {
    None: "{} hold {}",
    "holds": "{} hold {}",
    "captured": "{} captured {}",
    "lost": "{} lost {}",
    "left": "{} left {}",
    "besieged": "{} besiege {}",
    "contested": "{} contest {}",
}
# A siege or a contest is no hold, but to deny it gives the place to nobody.
_GONE: frozenset[Change | None] = frozenset({"lost", "left"})
_SHORT: frozenset[Change | None] = frozenset({"besieged", "contested"})


class Hold(NamedTuple):
    """Whether these holders hold the place; null where the claim leaves it open."""

    holds: bool | None
    holders: tuple[Name, ...]


class Entry(NamedTuple):
    """What one claim says of one place, and for which days."""

    place: Name
    days: Days
    hold: Hold
    bearing: Bearing
    scope: str | None
    is_plain: bool = True
    """Said outright, of a hold and not of a siege, and not by way of refuting another."""
    is_excepted: bool = False
    """Said by way of an exception: "all districts but this"."""

    @property
    def report(self) -> str:
        """The report of the claim."""
        return self.bearing.claim.report


def filed(context: Context) -> Iterator[tuple[Block, Entry]]:
    """Each claim under its places and every month it speaks of."""
    for entry in (*(entry for reading in context.readings("control") for entry in entries(context, reading)), *_of_sets(context)):
        for one in months(entry.days):
            yield block("control", entry.place.id, entry.scope, one), entry


def derived(context: Context, name: Block, filings: Sequence[Entry]) -> Iterator[Finding]:
    """A finding for each day of the month on which a claim about the place ends; one for the undated."""
    _, _, report, of_month = parts(name)
    for day in {entry.days.latest for entry in filings}:
        if month(day) == of_month:
            yield _finding(context, day, report, [entry for entry in filings if _is_about(entry, day)])


def hold(context: Context, claim: Claim) -> Hold:
    """What a control claim says of its places, its act taken into account."""
    proposition = claim.proposition
    if not isinstance(proposition, Control):
        return Hold(None, ())
    holders = context.actors(claim, proposition.holder)
    if not holders and proposition.not_holder:
        return _acted(claim, Hold(False, context.actors(claim, proposition.not_holder)))
    if proposition.change == "contested":
        return Hold(None, holders)
    return _acted(claim, Hold(proposition.change not in _GONE | _SHORT, holders))


def are_at_odds(context: Context, one: Hold, other: Hold) -> bool:
    """Whether the two cannot both be so: one gives a holder what the other denies it, or they give the place to different holders."""
    if one.holds is None or other.holds is None or not (one.holds or other.holds):
        return False
    if one.holds is not other.holds:
        return not {name.id for name in one.holders}.isdisjoint(name.id for name in other.holders)
    return bool(one.holders and other.holders) and all(context.names.differ(a, b) for a in one.holders for b in other.holders)


def _acted(claim: Claim, said: Hold) -> Hold:
    """The hold after the act: a denial turns it about, but to deny a siege, or to doubt, settles nothing."""
    if claim.act in {"asserts", "confirms"}:
        return said
    is_short = isinstance(claim.proposition, Control) and claim.proposition.change in _SHORT
    return _turned(said) if claim.act == "denies" and not is_short else Hold(None, said.holders)


def _turned(said: Hold) -> Hold:
    return said if said.holds is None else Hold(not said.holds, said.holders)


def entries(context: Context, reading: Reading) -> list[Entry]:
    """What a reading of a control claim says of each place: of those it names first, then of those it excepts."""
    return list(_entries(context, reading))


def _entries(context: Context, reading: Reading) -> Iterator[Entry]:
    claim, subject = reading.claim, reading.subject
    proposition = subject.proposition
    if not isinstance(proposition, Control):
        return
    days = state_days(subject, context.refuted(subject), context.reports.get(subject.report))
    said = hold(context, subject)
    is_siege = proposition.change in _SHORT
    if not reading.is_own:
        said = Hold(None, said.holders) if is_siege or reading.sign == "open" else _turned(said)
    is_plain = reading.is_own and claim.act in {"asserts", "confirms"} and not is_siege
    for place in context.places(subject, proposition.place):
        yield _entry(context, reading, place, days, said, wording(context, subject, place), is_plain=is_plain)
    # Only who says the rest is held says anything of the exceptions.
    if is_plain and said.holds is not None and said.holders:
        for place in context.places(claim, proposition.except_):
            excepted = _turned(said)
            words = f"{listed(said.holders)} {'hold' if excepted.holds else 'do not hold'} {place.shown} (excepted from {_words(proposition.place)})"
            yield _entry(context, reading, place, days, excepted, words)._replace(is_excepted=True)


def follows(context: Context, claim: Claim) -> Iterator[tuple[Claim, Mention]]:
    """The units that a claim about a set of places speaks of, each with the claim that follows; none for a denial, a doubt or an open holder."""
    is_said = claim.act in {"asserts", "confirms"} and claim.modality == "actual"
    if not is_said or not isinstance(claim.proposition, Control) or not claim.proposition.holder:
        return
    for one in context.ground.source.derived(claim.report):
        if one.derived_from == claim.key and isinstance(one.proposition, Control):
            yield from ((one, mention) for mention in one.proposition.place)


def _of_sets(context: Context) -> Iterator[Entry]:
    """What follows for places that somebody names from claims about sets they lie in; it rests on the claim about the set."""
    for claim in context.claims:
        for one, mention in follows(context, claim):
            place = context.names.by_ref("place", key_ref(mention.key)) if mention.key else None
            if place is None:
                continue
            for entry in entries(context, Reading(one, one, "for"))[:1]:
                says = f"{wording(context, one, place)} (as one of “{mention.words}”)"
                told = msgspec.structs.replace(claim, interest=entry.bearing.claim.interest)
                yield entry._replace(place=place, bearing=msgspec.structs.replace(entry.bearing, claim=told, says=says), scope=None)


def _entry(context: Context, reading: Reading, place: Name, days: Days, said: Hold, says: str, *, is_plain: bool = True) -> Entry:
    stance = f"{said.holds} {ids(said.holders)}"
    one = bearing(context, reading, says, stance)
    claim = one.claim
    if said.holds and one.party and claim.interest and claim.interest.value == "against-interest" and one.party.id in {name.id for name in said.holders}:
        # The report alone did not say whom the voice speaks for; the record does.
        one = msgspec.structs.replace(one, claim=msgspec.structs.replace(claim, interest=Interest("own-gain", f"{one.party.shown} say the place is theirs")))
    # For and against are told by who holds the place: to deny that it was lost is to say that it is held.
    return Entry(place, days, said, msgspec.structs.replace(one, sign="open" if one.sign == "open" else "for"), scope(reading.subject, [place]), is_plain)


def wording(context: Context, claim: Claim, place: Name) -> str:
    """What a control claim says of a place, in plain words; its act is left out."""
    proposition = claim.proposition
    if not isinstance(proposition, Control):
        return place.shown
    if not proposition.holder and proposition.not_holder:
        if all(mention.words.lower() in ("nobody", "no one", "no side", "neither side") for mention in proposition.not_holder):
            return f"{proposition.not_holder[0].words.lower()} holds {place.shown}"
        return f"{listed(context.actors(claim, proposition.not_holder))} do not hold {place.shown}"
    holders = listed(context.actors(claim, proposition.holder))
    said = _SAID[proposition.change]
    return said.format(holders, place.shown) if holders else said.replace("{} hold ", "{} holds ").format("somebody", place.shown)


def _words(mentions: Mentions) -> str:
    return ", ".join(mention.words for mention in mentions) or "the rest"


def _is_about(entry: Entry, day: dt.date | None) -> bool:
    return entry.days.latest is None if day is None else entry.days.covers(day)


def _finding(context: Context, day: dt.date | None, report: str | None, told: Sequence[Entry]) -> Finding:
    by_claim = {entry.bearing.claim.key: entry for entry in reversed(told)}
    bearings = once(entry.bearing for entry in told)
    live = [entry for claim, entry in sorted(by_claim.items()) if claim not in context.withdrawn]
    question: Question = {"kind": "control", "place": told[0].place.shown, "as_of": text(day)}
    if report:
        question["report"] = report
    matter = case(
        context,
        bearings,
        agreeing=same(entry.bearing for entry in live if entry.hold.holds is not None and entry.bearing.sign == "for"),
        disputed=_disputed(context, live, day),
        conceded=min(filter(None, (concession(context, entry) for entry in live)), default=""),
    )
    decided, because = standing(matter)
    torn = {a.bearing.party_id for a, b in combinations(told, 2) if a.bearing.party_id == b.bearing.party_id and are_at_odds(context, a.hold, b.hold)}
    return Finding(
        key=key(question),
        question=question,
        standing=decided,
        # A party has one position, in as many words as it likes, unless it speaks against itself.
        positions=positions(context, bearings, stance=lambda one: one.stance if one.party_id in torn or one.sign == "open" else ""),
        verification=matter.check or "none",
        because=because,
    )


def _disputed(context: Context, live: Sequence[Entry], day: dt.date | None) -> str:
    """Which parties are at odds, two holders before one and none; the same pair whatever the keys of their claims."""
    when = "; none of the claims is dated" if day is None else " for overlapping days"
    reasons: set[tuple[bool, str]] = set()
    for one, other in combinations(live, 2):
        if one.bearing.party_id != other.bearing.party_id and are_at_odds(context, one.hold, other.hold):
            sides = " and ".join(sorted((label(one.bearing), label(other.bearing))))
            if one.hold.holds and other.hold.holds:
                reasons.add((False, f"two parties, {sides}, name different holders{when}"))
            else:
                reasons.add((True, f"one party says that a holder holds the place and another that it does not, {sides}{when}"))
    return min(reasons)[1] if reasons else ""


def concession(context: Context, entry: Entry) -> str:
    """The reason why an entry gives away what its own party holds or wants; empty where it does not."""
    said, party = entry.hold, entry.bearing.party
    if party is None or not entry.is_plain or not said.holders:
        return ""
    if said.holds is False and any(party.id == holder.id for holder in said.holders):
        return f"{party.shown} say it against their own interest: the place is not theirs"
    # Only a side that by anybody's word holds or held some place gives something away when it names another holder.
    is_side = context.ground.is_contender(party) or voice_of(entry.bearing.claim).source_type == "belligerent"
    if said.holds and is_side and all(context.names.differ(party, holder) for holder in said.holders):
        return f"{party.shown} say it against their own interest: the place is another's, {listed(said.holders)}"
    return ""
