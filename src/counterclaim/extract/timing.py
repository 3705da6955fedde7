"""Claims without a time of their own to when they must have been: the day of the one event a report tells, or the day they were said.

What it captures: an act of speech was performed when it was said; a state that is said to last lasted then; what is told as done was done
by then. When it was said: the day beside the cue, in this sentence or the last one before that has one, else the day of the report. A
report of one attack dates its deaths by it wherever they are told.
What it does not: background, plans and habits, which nothing dates; a report of several events, whose undated claims are only known
to be over when they are told. What a claim's own words do not say is marked (`dated`): said, report or event.
Example: "The governor said on Sunday that rebels had taken the bridge": by Sunday.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from counterclaim.core.claim import Attack, Casualties, Claim, Control, Dated, Fighting, Movement, Need
from counterclaim.core.codec import claim_key
from counterclaim.core.nearby import Nearby
from counterclaim.core.report import Report
from counterclaim.core.span import Span
from counterclaim.core.syntax import Sentence
from counterclaim.core.voice import Attribution
from counterclaim.core.when import When

_SPEECH = frozenset(("statement", "answer", "demand", "pledge", "offer", "verification"))
# "Speaking in Juba on Tuesday, he said": the day is the speech's.
_SPOKEN = frozenset("speak address write brief talk comment".split())
_BEGINS = frozenset("begin start erupt break".split())
# States: what is said of them holds when it is said.
_LASTING = frozenset(("holds", "contested", "besieged"))
# Days that are counted from the day of whoever speaks.
_DEICTIC = re.compile(
    r"(?i)(?:earlier |late |later |early )?(?:today|tonight|this (?:morning|afternoon|evening)|yesterday|last night|tomorrow)(?: (?:morning|afternoon|evening|night))?"
)
# What goes on while it is told.
_ONGOING = re.compile(r"(?i)\b(?:currently|now|still|ongoing|continu\w+|underway)\b")
# Days between an event and the report that tells it, beyond which it is background.
_NEWS = 31
# Sentences at the head of a report that its dateline's news is told in.
_LEAD = 3


class Saying(NamedTuple):
    """The day something was said, and whether the report's words give it (`said`) or only the report's own day does (`report`)."""

    when: When
    dated: Dated


def sayings(report: Report, sentences: Sequence[Sentence], dates: Sequence[tuple[Span, When]], found: Sequence[Attribution]) -> list[Saying | None]:
    """For each sentence when what it tells was said; none where neither words nor the report give a day."""
    near = Nearby((pair, (pair[0],)) for pair in dates)
    beside: dict[int, When] = {}
    for act in found:
        if not act.carried and act.sentence not in beside:
            days = [when for _, when in beside_cue(sentences[act.sentence], near.of(sentences[act.sentence].span), [act]) if _is_day(when)]
            if days:
                beside[act.sentence] = days[0]
    own_day = report.published.day
    of_report = Saying(When(own_day, own_day, "day", ""), "report") if own_day else None
    lead = next((Saying(beside[i], "said") for i in range(min(_LEAD, len(sentences))) if i in beside), None)
    told: list[Saying | None] = []
    last = lead or of_report
    for i in range(len(sentences)):
        if i in beside:
            last = Saying(beside[i], "said")
        told.append(last)
    return told


def anchored(
    dates: Sequence[tuple[Span, When]], sentences: Sequence[Sentence], told: Sequence[Saying | None], found: Sequence[Attribution], report: Report
) -> list[tuple[Span, When]]:
    """The times of a report, "today" and its like inside what somebody says counted from the day it was said: "today" in a tweet is the tweet's day."""
    own_day = report.published.day
    contents = Nearby((c, (c,)) for act in found for c in act.content)
    places = Nearby((i, (sentence.span,)) for i, sentence in enumerate(sentences))
    out = []
    for span, when in dates:
        i = next((i for i in places.of(span) if sentences[i].span.holds(span)), None)
        saying = told[i] if i is not None else None
        if (
            own_day
            and saying is not None
            and saying.when.start is not None
            and _DEICTIC.fullmatch(when.words)
            and any(c.holds(span) for c in contents.of(span))
        ):
            shift = saying.when.start - own_day
            when = When(when.start and when.start + shift, when.end and when.end + shift, when.precision, when.words)
        out.append((span, when))
    return out


def beside_cue(sentence: Sentence, dates: Sequence[tuple[Span, When]], found: Sequence[Attribution]) -> list[tuple[Span, When]]:
    """The times of a sentence that say when an act of speech was: they hang on its cue ("said on Sunday"), or on the medium that does ("in a tweet on Sunday")."""
    found = [act for act in found if sentence.span.holds(act.cue)]
    if not found or not dates:
        return []
    cues = {k for act in found for k in sentence.within(act.cue) if act.cue.holds(sentence.tokens[k].span)}
    kept = []
    for span, when in dates:
        if not sentence.span.holds(span) or any(c.meets(span) for act in found for c in act.content):
            continue
        head = _head(sentence, span)
        above = sentence.tokens[head].head if head is not None else -1
        if (
            (above >= 0 and sentence.tokens[above].rel == "advcl" and sentence.tokens[above].head in cues and sentence.tokens[above].lemma in _SPOKEN)
            or above in cues
            or (above >= 0 and sentence.tokens[above].head in cues and sentence.tokens[above].rel in ("obl", "nmod", "obj"))
        ):
            kept.append((span, when))
    return kept


def since_begun(sentence: Sentence, trigger: int, span: Span, when: When) -> When:
    """The time of an event that has gone on since: "fighting that began in 2021 has displaced thousands" is since 2021, whatever verb the event has."""
    head = _head(sentence, span)
    above = sentence.tokens[head].head if head is not None else -1
    if above < 0 or above == trigger or sentence.tokens[above].lemma not in _BEGINS or when.start is None or when.precision in ("before", "after"):
        return when
    return When(when.start, None, "after", when.words)


def _head(sentence: Sentence, span: Span) -> int | None:
    """The word of a time expression that hangs on a word outside it."""
    inside = sentence.within(span)
    return next((i for i in inside if sentence.tokens[i].head not in inside), None)


def timed(claims: Iterable[Claim], report: Report, sentences: Sequence[Sentence], told: Sequence[Saying | None]) -> list[Claim]:
    """The claims, those without a time of their own given the one that follows from the report, and marked so."""
    listed = list(claims)
    starts = {sentence.span.start: i for i, sentence in enumerate(sentences)}
    event = _one_event(listed, report)
    return [_timed(claim, starts, told, event, report.published.day) for claim in listed]


def _timed(claim: Claim, starts: Mapping[int, int], told: Sequence[Saying | None], event: When | None, own_day: dt.date | None) -> Claim:
    when = claim.when
    if when is not None and when.precision == "after" and when.end is None and when.start is not None and own_day is not None and when.start <= own_day:
        # What has gone on since a day had gone on until the report.
        return _given(claim, msgspec.structs.replace(when, end=own_day), None)
    if when is not None and (when.start is not None or when.end is not None):
        return claim
    if claim.modality not in ("actual", "planned", "conditional"):
        return claim
    if event is not None and isinstance(claim.proposition, Attack | Casualties) and claim.modality == "actual" and claim.counting != "sum":
        return _given(claim, event, "event")
    i = starts.get(claim.evidence.start)
    saying = told[i] if i is not None else None
    if claim.said is not None and _is_day(claim.said):
        saying = Saying(claim.said, "said")
    is_narrated = len(claim.chain) < 2
    if saying is None or (is_narrated and own_day is None):
        return claim
    day = saying.when
    if claim.kind in _SPEECH or _lasts(claim):
        # What the outlet tells itself holds until it is published.
        end = own_day if is_narrated and own_day is not None and day.end is not None and day.end <= own_day else day.end
        return _given(claim, When(day.start, end, day.precision, day.words), saying.dated)
    if is_narrated and own_day is not None:
        day = When(own_day, own_day, "day", "")
    if claim.modality != "actual":
        return claim
    return _given(claim, When(None, day.end, "before", day.words), saying.dated)


def _lasts(claim: Claim) -> bool:
    said = claim.proposition
    if isinstance(said, Fighting | Movement) and _ONGOING.search(claim.evidence.quote):
        return True
    return isinstance(said, Need) or (isinstance(said, Control) and (said.change in _LASTING or (said.change is None and not said.holder)))


def _given(claim: Claim, when: When, dated: Dated | None) -> Claim:
    made = msgspec.structs.replace(claim, key="", when=when, dated=dated)
    return msgspec.structs.replace(made, key=claim_key(made))


def _one_event(claims: Iterable[Claim], report: Report) -> When | None:
    """The one recent day on which the report's attacks, deaths and fighting were; none where there are several or none."""
    days: dict[tuple[object, object], When] = {}
    for claim in claims:
        when = claim.when
        if when is None or claim.modality != "actual" or not isinstance(claim.proposition, Attack | Casualties | Fighting):
            continue
        if _DEICTIC.fullmatch(when.words) and claim.chain[-1].manner in ("direct", "mixed"):
            # One speaker's "today" is no day of the whole report.
            continue
        if _is_day(when) and (report.published.day is None or (when.start is not None and abs((report.published.day - when.start).days) <= _NEWS)):
            days[when.start, when.end] = when
    return next(iter(days.values())) if len(days) == 1 else None


def _is_day(when: When) -> bool:
    return when.precision == "day" and when.start is not None and when.start == when.end
