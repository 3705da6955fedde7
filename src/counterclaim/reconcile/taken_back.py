"""Claims to those that do not stand any more: withdrawn by whoever made or printed them, or replaced by a later version of their report.

What it captures: what `withdrawals` finds; what a later version takes back in words, or says otherwise in the same voice (`versions`);
and a figure that an outlet takes back in any sentence of a later report ("withdraws the figure of 26 dead", "the toll of 26 was wrong").
What it does not: a later and higher toll of another report; a sentence that is merely gone from the later version.
Example: "Meridian withdraws the figure of five dead" takes back the five dead of Meridian's reports of the month before, and of that sentence.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from counterclaim.core.claim import Casualties, Claim, Harm
from counterclaim.core.report import Report
from counterclaim.core.story import Version
from counterclaim.reconcile.context import Context
from counterclaim.reconcile.names import fold
from counterclaim.reconcile.ranges import bounds

_WHAT = r"(?:figure|number|toll|count|total|report|claim|statement)s?"
_TAKES = re.compile(
    rf"\b(?:withdr(?:aws?|ew|awn|awing)|retract(?:s|ed|ing)?|correct(?:s|ed|ing))\s+(?:the|its|an?|that|this|our|their|his|her)\s+(?:[\w-]+\s+){{0,3}}?{_WHAT}\b"
    r"(?P<rest>[^.;]{0,60})",
    re.IGNORECASE,
)
_WRONG = re.compile(
    rf"\b{_WHAT}\s+of\s+(?P<rest>[^.;]{{1,40}}?)\s+(?:was|were|is|are)\s+(?:wrong|incorrect|mistaken|withdrawn|retracted|an error|in error|false)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]+(?:\.(?=\d)[^.!?\n]+)*[.!?]*")
_NUMBER = re.compile(r"\d[\d,]*")
_SPELT = {word: number for number, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split())}
_HARMS: dict[str, Harm] = {
    **dict.fromkeys(("dead", "killed", "deaths", "bodies", "fatalities", "died"), "killed"),
    **dict.fromkeys(("wounded", "injured", "hurt"), "wounded"),
    "missing": "missing",
    "displaced": "displaced",
    "captured": "captured",
}
# A correction speaks of what the outlet printed lately (`withdrawals` has the same reach).
_REACH = dt.timedelta(days=31)
# How far before the sentence that takes a figure back the correction may tell it again.
_TOLD_AGAIN = 300


class TakenBack(NamedTuple):
    """`withdrawn` are keys of claims; `replaced` gives for a claim of an earlier version the one that stands in its place."""

    withdrawn: frozenset[str]
    replaced: dict[str, str]


class _Note(NamedTuple):
    """A sentence in which an outlet takes a figure back. `harm` is null where it does not say of whom."""

    report: Report
    start: int
    end: int
    number: int
    harm: Harm | None


def taken_back(context: Context, versions: Iterable[Version] = ()) -> TakenBack:
    """What does not stand any more. The order of what comes in changes nothing."""
    withdrawn, replaced = set(context.withdrawn), dict[str, str]()
    for version in versions:
        for told in version.claims:
            if told.outcome == "withdrawn":
                withdrawn.add(told.claim)
            elif told.by is not None:
                replaced[told.claim] = told.by
    notes = [note for _, report in sorted(context.reports.items()) for note in _notes(report)]
    if notes:
        counts = [claim for claim in context.claims if isinstance(claim.proposition, Casualties)]
        withdrawn.update(claim.key for note in notes for claim in counts if _is_of(context, note, claim))
    return TakenBack(frozenset(withdrawn), {claim: by for claim, by in sorted(replaced.items()) if claim not in withdrawn})


def _notes(report: Report) -> Iterator[_Note]:
    if not (_TAKES.search(report.text) or _WRONG.search(report.text)):
        return
    for sentence in _SENTENCE.finditer(report.text):
        for found in (*_TAKES.finditer(sentence[0]), *_WRONG.finditer(sentence[0])):
            told = re.findall(r"[\w,]+", found["rest"].casefold())
            numbers = [number for word in told if (number := _value(word)) is not None]
            if numbers:
                # "The figure of 26 dead to 22": the first is what is taken back.
                yield _Note(report, sentence.start(), sentence.end(), numbers[0], next((_HARMS[word] for word in told if word in _HARMS), None))


def _value(word: str) -> int | None:
    return int(word.replace(",", "")) if _NUMBER.fullmatch(word) else _SPELT.get(word)


def _is_of(context: Context, note: _Note, claim: Claim) -> bool:
    """Whether the sentence takes this count back: of the same outlet, number and harm, printed in the month before or told again beside it."""
    proposition = claim.proposition
    if not isinstance(proposition, Casualties) or note.number not in bounds(proposition.count) or (note.harm and note.harm not in proposition.harm):
        return False
    outlet, printed = context.origins.outlet(claim), context.reports.get(claim.report)
    if not outlet or not note.report.outlet or fold(outlet) != fold(note.report.outlet):
        return False
    if claim.report == note.report.id:
        return note.start - _TOLD_AGAIN <= claim.evidence.start < note.end
    day, later = printed.published.day if printed else None, note.report.published.day
    return day is None or later is None or later - _REACH <= day <= later
