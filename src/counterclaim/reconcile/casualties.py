"""Casualty claims to findings: who was harmed, how, and how many by anybody's word.

What it captures: one finding for the same people, place, harm and first day, with the range of the counts. "1,000 killed, wounded
or captured" is a finding of its own, and in the finding of the killed it has a floor of 0; so have "losses" of every sort.
Who is only counted ("nine", "the dead", "bodies") is people; a claim without a place belongs where the one attack of that day was by its
own report. A count that the text calls a part of another ("six of them critically") gives the matter of that count no number; a running
total ("since 2021", "bringing the toll this month to 47") is a matter of its own.
What it does not: choose a best number; replace an earlier toll by a later one; count named people where no number is given.
Example: nine dead by the doctor, nine by the priest with his list: corroborated, 9 to 9. At least 14 by another: 9 and up.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple, get_args

import msgspec

from counterclaim.core.claim import Attack, Casualties, Claim, Counting, Harm
from counterclaim.core.codec import key
from counterclaim.core.finding import Finding
from counterclaim.core.place import is_open_set
from counterclaim.core.span import Span
from counterclaim.reconcile.context import Context, Reading
from counterclaim.reconcile.days import Days, event_days, text
from counterclaim.reconcile.filing import Block, block
from counterclaim.reconcile.harmwords import is_anybody, is_person, says
from counterclaim.reconcile.names import Name
from counterclaim.reconcile.positions import Bearing, Question, bearing, ids, label, listed, once, positions, same, scope, shown
from counterclaim.reconcile.ranges import RULE, VAGUE, Bounds, bounds, can_both_hold, widest
from counterclaim.reconcile.standing import case, standing

_HARMS: tuple[Harm, ...] = get_args(Harm)
RUNNING = "running total"


"""What the question of a running total says of it."""


# What the word "losses" may hold.
_LOSSES: frozenset[Harm] = frozenset({"killed", "wounded", "captured", "surrendered", "missing"})


class Matter(NamedTuple):
    """What casualty claims must share to be laid side by side; `report` confines a matter that nothing names."""

    who: str
    place: str
    harm: str
    day: dt.date | None
    report: str | None
    is_running: bool = False


class Entry(NamedTuple):
    """What one claim says of one matter. `is_union` marks a count of several harms, of which this is one; `is_share` a part of the count, or more besides it."""

    who: tuple[Name, ...]
    place: tuple[Name, ...]
    harms: tuple[Harm, ...]
    days: Days
    bounds: Bounds
    bearing: Bearing
    matter: Matter
    subject: Claim
    is_union: bool = False
    is_share: bool = False

    @property
    def report(self) -> str:
        """The report of the claim."""
        return self.bearing.claim.report


def filed(context: Context) -> Iterator[tuple[Block, Entry]]:
    """Each claim under its people and first day; places and harms of one block are told apart in it."""
    for reading in context.readings("casualties"):
        if isinstance(proposition := reading.subject.proposition, Casualties):
            entry = _entry(context, reading, proposition)
            # A named person is harmed in one place, whether it is told or not; of "civilians" each place has its own.
            place = entry.matter.place if entry.matter.report is None and not any(name.is_named for name in entry.who) else None
            yield block("casualties", entry.matter.who, place, text(entry.matter.day), entry.matter.report), entry


def derived(context: Context, _: Block, filings: Sequence[Entry]) -> Iterator[Finding]:
    """A finding for each people, place, harm and first day."""
    for matter, entries in gathered(filings).items():
        yield _finding(context, matter, entries)


def gathered(filings: Sequence[Entry]) -> dict[Matter, list[Entry]]:
    """What is filed in one block by its matters; the matter of a single harm holds the unions that it may be part of, as shares of it."""
    matters: defaultdict[Matter, list[Entry]] = defaultdict(list)
    for entry in filings:
        matters[entry.matter].append(entry)
    _gather_named(matters)
    for matter, entries in matters.items():
        matters[matter] = _told_apart(entries)
    unions: defaultdict[Matter, list[Entry]] = defaultdict(list)
    for matter, entries in matters.items():
        unions[matter._replace(harm="")].extend(entry for entry in entries if parts(entry.harms))
    found: dict[Matter, list[Entry]] = {}
    for matter, entries in matters.items():
        harms = entries[0].harms
        shares = [share(union) for union in unions[matter._replace(harm="")] if len(harms) == 1 and harms[0] in parts(union.harms)]
        found[matter] = [*entries, *shares]
    return found


# What a count is that gives the number of no whole matter where another count does.
_BESIDE = frozenset(("part", "further"))


def _told_apart(entries: list[Entry]) -> list[Entry]:
    """The entries of a matter, those that count some of its people, or more besides them, made open where its own count is told."""
    whole = {entry.report for entry in entries if counting(entry) not in _BESIDE and not entry.bounds.is_vague}
    return [_open(entry) if counting(entry) in _BESIDE and (entry.report in whole or (whole and counting(entry) == "part")) else entry for entry in entries]


def counting(entry: Entry) -> Counting | None:
    """How the number of the matter's claim stands to others."""
    return entry.subject.counting


def _open(entry: Entry) -> Entry:
    one = msgspec.structs.replace(entry.bearing, sign="open" if entry.bearing.sign == "for" else entry.bearing.sign, stance=f"beside {entry.bearing.stance}")
    return entry._replace(bounds=VAGUE, bearing=one, is_share=True)


def _entry(context: Context, reading: Reading, proposition: Casualties) -> Entry:
    subject = reading.subject
    who = _whom(context, subject, proposition)
    place = context.places(subject, tuple(m for m in proposition.place if not is_open_set(m.words))) or scene_of(context, subject)
    harms = tuple(harm for harm in _HARMS if harm in proposition.harm)
    days = event_days(subject, context.refuted(subject))
    count = bounds(proposition.count)
    stance = "" if is_person(proposition, who) else f"{count.low} {count.high}"
    one = bearing(context, reading, says(proposition, who, harms, subject.counting), stance)
    matter = Matter(ids(who), ids(place), ", ".join(harms), days.anchor, scope(subject, who, place), subject.counting == "sum")
    return Entry(who, place, harms, days, count, one, matter, subject)


def scene_of(context: Context, claim: Claim) -> tuple[Name, ...]:
    """Where people were harmed whose claim names no place: where the one attack of that day was by the same report, if it tells of one only."""
    day = event_days(claim, context.refuted(claim)).anchor
    told = context.once("attacks by report", lambda: _attacks(context)).get(claim.report, ())
    same_sentence = {places for places, on, span in told if span == claim.evidence.span}
    found = same_sentence or {places for places, on, _ in told if on is not None and on == day}
    return next(iter(found)) if len(found) == 1 else ()


# What stands in a town and is called by it: "the market at Kibua", "Kibua's market".
_SITE = "market|hospital|clinic|health centre|school|church|mosque|camp|airport|port|station|bridge|square|centre|stadium|prison|university|factory|plant|mine|bazaar"
_AT = re.compile(rf"(?:the )?(?:{_SITE}) (?:at|in|of) (?P<town>[A-Z].*)$|(?:the )?(?P<before>[A-Z][^,]*?)(?:['’]s)? (?:{_SITE})$")


def _site(context: Context, claim: Claim, words: str) -> Name | None:
    """The place that words name, or the town that a market or a school is told to be in."""
    in_town = _AT.match(words)
    return context.names.of(claim.report, (in_town["town"] or in_town["before"]) if in_town else words, "place")


def _once(names: Iterable[Name]) -> tuple[Name, ...]:
    return tuple(sorted(set(names), key=lambda name: name.id))


def _whom(context: Context, claim: Claim, proposition: Casualties) -> tuple[Name, ...]:
    """Who was harmed; whoever is only counted ("nine", "the dead", "bodies") is people."""
    found = context.actors(claim, proposition.who or proposition.named)
    return found if any(not is_anybody(name.shown) for name in found) else (context.names.of(claim.report, "people", "actor"),)


def _attacks(context: Context) -> dict[str, list[tuple[tuple[Name, ...], dt.date | None, Span]]]:
    """The attacks that a report tells with a place it has a name for: the place, the day and the sentence."""
    found: defaultdict[str, list[tuple[tuple[Name, ...], dt.date | None, Span]]] = defaultdict(list)
    for claim in context.claims:
        said = claim.proposition
        if isinstance(said, Attack) and claim.modality == "actual":
            places = _once(name for mention in (said.place or said.target) if (name := _site(context, claim, mention.words)) is not None and name.is_named)
            if places:
                found[claim.report].append((places, event_days(claim, context.refuted(claim)).anchor, claim.evidence.span))
    return found


def _gather_named(matters: defaultdict[Matter, list[Entry]]) -> None:
    """Bring a named person's claim without a place to the one matter that has a place: nobody dies in two."""
    placed: defaultdict[Matter, list[Matter]] = defaultdict(list)
    for matter in matters:
        if matter.place:
            placed[matter._replace(place="")].append(matter)
    for matter, others in placed.items():
        if len(others) == 1 and matter in matters and all(_is_of_named(entry.bearing.claim) for entry in matters[matter]):
            matters[others[0]].extend(matters.pop(matter))


def _is_of_named(claim: Claim) -> bool:
    return isinstance(claim.proposition, Casualties) and bool(claim.proposition.named)


def parts(harms: Sequence[Harm]) -> frozenset[Harm]:
    """The single harms that an unsplit count holds; none for a count of one harm."""
    found = {part for harm in harms for part in (_LOSSES if harm == "losses" else (harm,))}
    return frozenset(found) if len(found) > 1 else frozenset()


def share(entry: Entry) -> Entry:
    """A union as it bears on one of its harms: the floor is 0, and it neither confirms nor disputes."""
    count = Bounds(0, entry.bounds.high) if not entry.bounds.is_vague else VAGUE
    one = msgspec.structs.replace(entry.bearing, sign="open", stance=f"union {entry.bearing.stance}")
    return entry._replace(bounds=count, bearing=one, is_union=True)


def _finding(context: Context, matter: Matter, entries: Sequence[Entry]) -> Finding:
    by_claim = {entry.bearing.claim.key: entry for entry in reversed(entries)}
    bearings = once(entry.bearing for entry in entries)
    live = [entry for claim, entry in sorted(by_claim.items()) if claim not in context.withdrawn]
    asserted = [entry for entry in live if is_counting(entry)]
    question = asked(matter, entries)
    disputed, differing = _numbers(context, [entry for entry in asserted if not entry.is_union])
    agreeing = same(entry.bearing for entry in asserted if not entry.is_union)
    conceded = min(filter(None, (_conceded(context, entry) for entry in asserted if not entry.is_union)), default="")
    decided = case(context, bearings, agreeing=agreeing, disputed=disputed, conceded=conceded, differing=differing)
    name, because = standing(decided)
    low, high = widest(entry.bounds for entry in asserted)
    return Finding(
        key=key(question),
        question=question,
        standing=name,
        positions=positions(context, bearings),
        verification=decided.check or "none",
        because=because,
        low=low,
        high=high,
        rule=RULE,
    )


def asked(matter: Matter, entries: Sequence[Entry]) -> Question:
    """The question of a matter, as its finding asks it."""
    first = entries[0]
    own = [entry for entry in entries if not entry.is_union] or entries
    last = max((entry.days.last for entry in own if entry.days.last), default=None)
    question: Question = {
        "kind": "casualties",
        "who": shown(first.who),
        "harm": matter.harm or None,
        "place": shown(next((entry.place for entry in entries if entry.place), ())),
        "from": text(matter.day) if any(entry.days.first for entry in own) else None,
        "to": text(last),
    }
    if matter.is_running:
        question["counting"] = RUNNING
    if matter.report:
        question["report"] = matter.report
    return question


def is_counting(entry: Entry) -> bool:
    """Whether the claim gives its matter a count: by asserting it, or by asserting a union that holds it."""
    return entry.bearing.claim.act in {"asserts", "confirms"} and (entry.bearing.sign == "for" or entry.is_union)


def is_of_person(entry: Entry) -> bool:
    """Whether the claim is of one person by name."""
    proposition = entry.bearing.claim.proposition
    return isinstance(proposition, Casualties) and is_person(proposition, entry.who)


def _conceded(context: Context, entry: Entry) -> str:
    """The reason why a side tells of harm to its own, as far as the record knows whom the harmed speak or stand for; empty where it does not."""
    party = entry.bearing.party
    own = [name for name in entry.who if name.is_named and party and name.id != party.id and context.side(name).id == party.id]
    return f"{label(entry.bearing)} say it against their own interest: {listed(own)} spoke for them" if own else ""


def _numbers(context: Context, asserted: Sequence[Entry]) -> tuple[str, str]:
    """Whether counts cannot both hold: a dispute where two parties gave them on one day, a difference where a toll may have grown."""
    differing = ""
    for one, other in combinations(asserted, 2):
        a, b = one.bearing, other.bearing
        if a.party_id == b.party_id or can_both_hold(one.bounds, other.bounds):
            continue
        sides = " and ".join(sorted((label(a), label(b))))
        day, same = (report.published.day if (report := context.reports.get(entry.bearing.claim.report)) else None for entry in (one, other))
        if day is not None and day == same:
            return f"two parties, {sides}, give counts on one day that cannot both hold", ""
        differing = differing or f"{sides} give different counts on different days; a later toll disputes no earlier one"
    return "", differing
