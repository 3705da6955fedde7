"""Offer claims and answers to findings: one offer in all its wordings, with its terms and what came back.

What it captures: one finding for the same two sides, as long as no month of silence lies between two wordings; each wording in the
words of the text, each term once, its state open; answers by the side addressed, a dated silence among them.
What it does not: whether a term was met or broken, which needs claims read as keeping or breaking a promise: every term stays open.
Example: three wordings in two days, each asking more, and no answer by the night of the second: one offer, one silence, standing claimed.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from counterclaim.core.claim import Answer, Claim, Mentions, Modality, Offer, Term
from counterclaim.core.codec import key
from counterclaim.core.finding import Answered, Finding
from counterclaim.core.index import Posting
from counterclaim.core.voice import Act
from counterclaim.reconcile.context import SIGNS, Context, Reading, Sign
from counterclaim.reconcile.days import state_days, text
from counterclaim.reconcile.filing import Block, block, parts
from counterclaim.reconcile.names import Name, fold
from counterclaim.reconcile.positions import Bearing, Question, bearing, ids, listed, once, positions, scope, shown
from counterclaim.reconcile.standing import case, standing

# Who proposes or promises makes the offer; the other acts tell of one.
_OFFERED: Mapping[Act, Sign] = {**SIGNS, "proposes": "for", "promises": "for"}
# An offer speaks of what is not yet so; only what nobody made is left out.
_MADE: frozenset[Modality] = frozenset({"actual", "planned", "conditional"})
# Wordings of one offer follow one another within days or weeks; after a month without one, the next is another offer.
_LULL = dt.timedelta(days=31)
_VALUES = {"accepts": "accepts", "rejects": "rejects", "conditional": "answers with conditions", "none": "no answer", "supports": "supports it"}


class Sides(NamedTuple):
    """Between whom: who offers and to whom, and the report that confines a matter that nothing names."""

    by: str
    to: str
    report: str | None


class Entry(NamedTuple):
    """One wording of an offer, or one answer: its day, and the day of the report that tells it."""

    by: tuple[Name, ...]
    to: tuple[Name, ...]
    day: dt.date | None
    told: dt.date | None
    bearing: Bearing
    subject: Claim

    @property
    def report(self) -> str:
        """The report of the claim."""
        return self.bearing.claim.report


def hints(context: Context) -> Iterator[tuple[str, Posting]]:
    """What must be looked up before offers can be filed, with the report it comes from: to whom a side offers, and who answers it."""
    for entry in _wordings(context):
        sides = _sides(context, entry)
        if sides.by:
            yield entry.report, Posting("offer.to", sides.by, block(sides.to, sides.report)) if sides.to else Posting("offer.open", sides.by, entry.report)
    for answer in _all_answers(context):
        for name in answer.to:
            yield answer.report, Posting("answer.to", context.side(name).id, answer.report)


def filed(context: Context) -> Iterator[tuple[Block, Entry]]:
    """Each wording under its two sides. One that names nobody it is made to goes to the one offer of the same side that does."""
    for entry in _wordings(context):
        sides = _sides(context, entry)
        addressed = context.ground.index.items("offer.to", sides.by) if sides.by and not sides.to else {}
        to, report = parts(next(iter(addressed))) if len(addressed) == 1 else (sides.to, sides.report)
        yield block("offer", sides.by, to, report), entry


def offering(context: Context, entry: Entry) -> set[str]:
    """The sides that make an offer."""
    return {context.side(name).id for name in entry.by}


def beside(context: Context, filings: Iterable[Entry]) -> set[str]:
    """The reports that hold answers to these offers."""
    sides = {side for entry in filings for side in offering(context, entry)}
    return {report for side in sides for report in context.ground.index.items("answer.to", side)}


def derived(context: Context, _: Block, filings: Sequence[Entry]) -> Iterator[Finding]:
    """A finding for each offer between two sides."""
    answers = context.once("answers", lambda: _all_answers(context))
    by_answerer = context.once("answers by side", lambda: _by_answerer(context, answers))
    to_sides = {context.side(name).id for entry in filings for name in entry.to}
    near = [answer for side in sorted(to_sides) for answer in by_answerer.get(side, ())] if to_sides else answers
    spells = _spells(filings)
    for i, spell in enumerate(spells):
        later = spells[i + 1][0].day if i + 1 < len(spells) else None
        yield _finding(context, spell, [answer for answer in near if _is_to(context, answer, spell, later)])


def _wordings(context: Context) -> Iterator[Entry]:
    for reading in context.readings("offer", signs=_OFFERED, modalities=_MADE):
        if isinstance(proposition := reading.subject.proposition, Offer):
            entry = _entry(context, reading, proposition.by, proposition.to, _wording(reading.subject, proposition))
            speaker = context.party(reading.subject) if len(reading.subject.chain) > 1 else None
            # "His men will let trucks through", he said: what an unnamed group of the speaker's is to do, the speaker offers. Who denies it does not.
            is_his = speaker is not None and reading.subject.act != "denies" and not any(name.is_named for name in entry.by)
            yield entry._replace(by=(speaker,)) if is_his and speaker is not None else entry


def _all_answers(context: Context) -> list[Entry]:
    return [_answer(context, reading, proposition) for reading in context.readings("answer") if isinstance(proposition := reading.subject.proposition, Answer)]


def _by_answerer(context: Context, answers: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for answer in answers:
        for name in answer.by:
            found[context.side(name).id].append(answer)
    return found


def _entry(context: Context, reading: Reading, by: Mentions, to: Mentions, says: str, *, party: Name | None = None) -> Entry:
    subject = reading.subject
    report = context.reports.get(subject.report)
    day = state_days(subject, context.refuted(subject), report).latest
    told = report.published.day if report else None
    return Entry(context.actors(subject, by), context.actors(subject, to), day, told, bearing(context, reading, says, party=party), subject)


def _answer(context: Context, reading: Reading, proposition: Answer) -> Entry:
    """An answer; its party is who gave it, or gave none, and not the outlet that says so."""
    day = state_days(reading.subject, context.refuted(reading.subject), context.reports.get(reading.subject.report)).latest
    value = _VALUES[proposition.value] if proposition.value else "answers"
    by = context.actors(reading.subject, proposition.by)
    # Who denies an answer speaks for itself; who tells of one tells the answerer's position.
    party = context.side(by[0]) if by and reading.sign == "for" else None
    return _entry(context, reading, proposition.by, proposition.to, f"{value}{f' by {text(day)}' if day else ''}", party=party)


def _sides(context: Context, entry: Entry) -> Sides:
    by, to = ({context.side(name) for name in names} for names in (entry.by, entry.to))
    return Sides(ids(by), ids(to), scope(entry.subject, entry.by, entry.to))


def _spells(entries: Sequence[Entry]) -> list[list[Entry]]:
    """The entries in order of their days, parted where a month lies between two; the undated go with the last."""
    dated = sorted((entry for entry in entries if entry.day), key=_order)
    spells: list[list[Entry]] = []
    for entry in dated:
        if spells and (last := spells[-1][-1].day) and entry.day and entry.day - last <= _LULL:
            spells[-1].append(entry)
        else:
            spells.append([entry])
    undated = sorted((entry for entry in entries if not entry.day), key=_order)
    if not spells:
        return [undated] if undated else []
    return [*spells[:-1], [*spells[-1], *undated]]


def _order(entry: Entry) -> tuple[str, str, str, int, str]:
    """By the day, then as they were told; wordings of one day have no other order."""
    claim = entry.bearing.claim
    return text(entry.day) or "", text(entry.told) or "", claim.report, claim.evidence.start, claim.key


def _is_to(context: Context, answer: Entry, spell: Sequence[Entry], later: dt.date | None) -> bool:
    """Whether an answer is to this offer: by a side addressed, to the side that offers, and not before it nor after the next one."""
    offered_by = {context.side(name).id for entry in spell for name in entry.by}
    offered_to = {context.side(name).id for entry in spell for name in entry.to}
    same_report = answer.bearing.claim.report in {entry.bearing.claim.report for entry in spell}
    by, to = ({context.side(name).id for name in names} for names in (answer.by, answer.to))
    if offered_to and by.isdisjoint(offered_to):
        return False
    # An answer to nobody in particular, or an offer to nobody in particular, must at least stand in one report with the other.
    if (to and to.isdisjoint(offered_by)) or (not (to and offered_to) and not same_report):
        return False
    first = min((entry.day for entry in spell if entry.day), default=None)
    return answer.day is None or ((first is None or answer.day >= first) and (later is None or answer.day < later))


def _finding(context: Context, spell: Sequence[Entry], answers: Iterable[Entry]) -> Finding:
    answers = sorted(answers, key=_order)
    live = [entry for entry in spell if entry.bearing.claim.key not in context.withdrawn and entry.bearing.sign == "for"]
    by = {name for entry in spell for name in entry.by}
    to = {name for entry in spell for name in entry.to}
    question: Question = {
        "kind": "offer",
        "by": shown(by if len(by) == 1 else {context.side(name) for name in by}),
        "to": shown({context.side(name) for name in to}),
        "as_of": text(max((entry.day for entry in spell if entry.day), default=None)),
    }
    if report := _scope(spell):
        question["report"] = report
    bearings = once(entry.bearing for entry in spell)
    offered = {one.claim.key for one in bearings}
    decided = case(context, bearings)
    name, because = standing(decided)
    answered = [entry for entry in answers if entry.bearing.claim.key not in offered]
    return Finding(
        key=key(question),
        question=question,
        standing=name,
        positions=positions(context, once([*bearings, *(entry.bearing for entry in answered)])),
        verification=decided.check or "none",
        because=because,
        formulations=tuple(dict.fromkeys(_wording(entry.subject, entry.subject.proposition) for entry in live if isinstance(entry.subject.proposition, Offer))),
        terms=_terms(context, live),
        answers=_answers(context, answered),
    )


def _scope(spell: Sequence[Entry]) -> str | None:
    reports = {scope(entry.subject, entry.by, entry.to) for entry in spell}
    return reports.pop() if len(reports) == 1 else None


def _wording(claim: Claim, proposition: Offer) -> str:
    """The offer in the words of the text; the whole sentence where no term was read."""
    asks = ", ".join(term.act for term in proposition.asks)
    undertakings = ", ".join(term.act for term in proposition.undertakings)
    if not asks and not undertakings:
        return claim.evidence.quote
    return "; ".join(f"{what}: {acts}" for what, acts in (("asks", asks), ("undertakes", undertakings)) if acts)


def _terms(context: Context, live: Iterable[Entry]) -> tuple[dict[str, str | None], ...]:
    """Each term once, in the order in which it was first told."""
    found: dict[tuple[str, tuple[str, ...], str | None], dict[str, str | None]] = {}
    for entry in live:
        if not isinstance(proposition := entry.subject.proposition, Offer):
            continue
        told: list[tuple[str, Term]] = [("ask", term) for term in proposition.asks] + [("undertaking", term) for term in proposition.undertakings]
        for role, term in told:
            party = context.actor(entry.subject, term.party.words).shown if term.party else None
            places = listed(context.places(entry.subject, term.places)) or None
            found.setdefault((role, fold(term.act), party), {"role": role, "act": term.act, "party": party, "places": places, "state": "open"})
    return tuple(found.values())


def _answers(context: Context, answers: Iterable[Entry]) -> tuple[Answered, ...]:
    groups: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for entry in answers:
        proposition = entry.subject.proposition
        is_told = entry.bearing.sign == "for" and entry.bearing.claim.key not in context.withdrawn
        if is_told and isinstance(proposition, Answer) and proposition.value:
            by = listed({context.side(name) for name in entry.by})
            groups[text(entry.day) or "", by, proposition.value].append(entry.bearing.claim.key)
    return tuple(Answered(by or None, value, day or None, tuple(sorted(keys))) for (day, by, value), keys in sorted(groups.items()))
