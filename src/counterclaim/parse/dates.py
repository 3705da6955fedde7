"""Find time expressions and resolve them to days, relative to the day the report (or the post it quotes) was published.

Nothing is guessed: an expression that cannot be resolved keeps its words, with both ends open and precision "unknown".
Weekdays are the latest such day on or before publication, the convention of news agencies. The working week of the
place is never assumed: a weekend is Saturday and Sunday, and its precision says "weekend".

What it captures: full dates, weekdays, parts of months and years, counted spans, ranges; the longest of those that begin first.
What it does not: feasts that move with the moon, "recently", "soon": found, but left open.
Example: published on 8 September 2021, "on Monday" → Moment("Monday", 6 September 2021, "day").
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from counterclaim.core.span import Span
from counterclaim.core.when import When
from counterclaim.parse.countedspans import ago, day_on, in_days, span_until_now, within
from counterclaim.parse.dateranges import dates_between, days_between, months_between, years_between
from counterclaim.parse.days import Days, latest
from counterclaim.parse.needed import lowered, needed
from counterclaim.parse.periods import calendar_unit, decade, end_of_period, part_of_month, part_of_year, season_of, since_unit
from counterclaim.parse.singledays import day_of_month, days_from_publication, full, full_or_short_year, holiday, iso, left_open, overnight, previously, slashed
from counterclaim.parse.weekdays import night_to, weekday_not_named, weekdays, weekend

__all__ = ["Moment", "latest", "moments"]


class Moment(NamedTuple):
    """A time expression and where it stands."""

    span: Span
    when: When


class Rule(NamedTuple):
    """What an expression looks like, what resolves it (none: it is no time), and whether it counts from the day just named."""

    pattern: re.Pattern[str]
    resolve: Callable[[re.Match[str], dt.date | None], Days | None]
    counts_on: bool = False


_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?)"
_YEAR = r"(?:19|20)\d\d"
_DAY = r"(?:[0-3]?\d)(?:st|nd|rd|th)?"
_NUM = r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|several|a\s+few|a\s+couple\s+of)"
_UNIT = r"(?:day|week|month|year|hour|decade|night|fortnight|weekend)s?"

# What a year stands before as an adjective.
_EVENTS = "peace|war|wars|coup|elections?|ceasefire|truce|deal|agreement|accords?|offensive|invasion|constitution|census|attacks?|protests|uprising|revolution|earthquake|drought|floods|genocide|famine|massacre|referendum|treaty|summit|conflict|crisis|campaign"
_LEAD = r"(?:(?P<lead>since|from|until|till|before|prior\s+to|ahead\s+of|after|by|up\s+to|starting)\s+)?"
_I = re.IGNORECASE
_RULES: list[Rule] = [
    Rule(re.compile(r"(?<![\d-])(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?![\d-])"), iso),
    Rule(re.compile(r"(?<![\d/])(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<y>(?:19|20)\d\d)(?![\d/])"), slashed),
    Rule(
        re.compile(
            rf"\b{_LEAD}(?:(?:on\s+)?{_WEEKDAY},?\s+)?(?:the\s+)?(?P<d>{_DAY})\s+(?:of\s+)?(?P<m>{_MONTH})(?!\s+(?:movement|brigade|martyrs|group))(?:,?\s+(?P<y>{_YEAR}|(?<=\s)\d\d(?=\s*[(\-])))?(?!\s*\d|\w)",
            _I,
        ),
        full_or_short_year,
    ),
    Rule(
        re.compile(
            rf"\b{_LEAD}(?:(?:on\s+)?{_WEEKDAY},?\s+)?(?P<m>{_MONTH})\s+(?P<d>{_DAY})(?!\d|[:.]\d|,\d{{3}})(?:\s*[-–]\s*(?P<d2>{_DAY})(?!\d))?(?:,?\s+(?P<y>{_YEAR}))?(?!\w)",
            _I,
        ),
        full,
    ),
    Rule(
        re.compile(
            rf"\b(?:between|from|on\s+the\s+night\s+of|the\s+night\s+of|overnight)?\s*(?P<d1>{_DAY})\s*(?:(?P<m1>{_MONTH})\s*)?(?:to|and|-|–|until|/)\s*(?P<d2>{_DAY})\s+(?P<m2>{_MONTH})(?:,?\s+(?P<y>{_YEAR}))?(?!\w)",
            _I,
        ),
        days_between,
    ),
    Rule(
        re.compile(
            rf"\b(?:between|from)\s+(?P<m1>{_MONTH})\s+(?P<d1>{_DAY})\s*(?:to|and|-|–|until|through)\s*(?:(?P<m2>{_MONTH})\s+)?(?P<d2>{_DAY})(?:,?\s+(?P<y>{_YEAR}))?(?!\w)",
            _I,
        ),
        days_between,
    ),
    Rule(
        re.compile(
            rf"\b(?:between|from)\s+(?P<m1>{_MONTH})(?:\s+(?P<y1>{_YEAR}))?\s+(?:to|and|until|through)\s+(?P<m2>{_MONTH})(?:,?\s+(?P<y>{_YEAR}))?(?!\w)", _I
        ),
        months_between,
    ),
    Rule(
        re.compile(
            rf"\b(?:(?P<lead>in|since|until|by|last|next|this|before|after|during|from)\s+)?(?P<part>early|mid|late|the\s+(?:end|start|beginning|middle)\s+of|(?:end|start|beginning|middle)\s+of)[\s-]+(?P<m>{_MONTH})(?:,?\s+(?:of\s+)?(?P<y>{_YEAR}))?\b",
            _I,
        ),
        part_of_month,
    ),
    Rule(
        re.compile(rf"\b(?:(?P<lead>in|since|until|by|last|next|this|before|after|during|from)\s+)?(?P<m>{_MONTH}),?\s+(?:of\s+)?(?P<y>{_YEAR})\b", _I),
        part_of_month,
    ),
    Rule(
        re.compile(rf"\b(?P<lead>(?i:in|since|until|by|last|next|during|before|after|and))\s+(?P<m>{_MONTH}|{_MONTH.upper()})(?![\w-])(?!\s+\d)"),
        part_of_month,
    ),
    Rule(
        re.compile(
            rf"\b(?:(?P<lead>since|from|until|till|before|prior\s+to|after|by|on|ahead\s+of|starting)\s+)?(?:(?P<which>last|next|this|this\s+coming|coming|previous|the\s+previous)\s+)?(?:(?:the\s+)?(?:early|late)(?:\s+hours\s+of|\s+on)?\s+)?(?P<w>{_WEEKDAY})(?!\s+(?:school|prayers|mosque|Times|Telegraph|Mail|Standard))\b",
            _I,
        ),
        weekday_not_named,
    ),
    Rule(re.compile(r"\b(?:the\s+)?day\s+before\s+yesterday\b", _I), days_from_publication(-2)),
    Rule(re.compile(r"\b(?:the\s+)?day\s+after\s+tomorrow\b", _I), days_from_publication(2)),
    Rule(re.compile(r"\b(?:earlier\s+|late\s+|later\s+|early\s+)?(?:today|tonight|this\s+(?:morning|afternoon|evening))\b", _I), days_from_publication(0)),
    Rule(re.compile(r"\b(?:yesterday|last\s+night)\b", _I), days_from_publication(-1)),
    Rule(re.compile(r"\btomorrow\b", _I), days_from_publication(1)),
    Rule(re.compile(rf"\bovernight\s+(?:in)?to\s+(?P<w>{_WEEKDAY})\b", _I), night_to),
    Rule(re.compile(r"\bovernight\b", _I), overnight),
    Rule(re.compile(r"\b(?:over|on|at|during|this|last|next)?\s*(?:the|(?P<which>this|last|next))\s+weekend\b", _I), weekend),
    Rule(re.compile(r"\b(?P<which>the\s+previous)\s+(?P<unit>day|year)\b", _I), calendar_unit, counts_on=True),
    Rule(
        re.compile(r"\b(?P<which>earlier\s+this|later\s+this|this|last|the\s+previous|the\s+past|next|the\s+coming)\s+(?P<unit>week|month|year)\b", _I),
        calendar_unit,
    ),
    Rule(
        re.compile(rf"\b(?:the\s+(?P<same>same)\s+day|the\s+(?:following|next)\s+day|a\s+day\s+later|(?P<n>{_NUM})\s+days?\s+later)\b", _I),
        day_on,
        counts_on=True,
    ),
    Rule(
        re.compile(
            rf"\b(?:(?P<lead>since|until|before)\s+)?(?:(?:about|around|nearly|almost|more\s+than|some|over)\s+)?(?P<n>{_NUM})[\s-]+(?P<unit>{_UNIT})\s+ago\b",
            _I,
        ),
        ago,
    ),
    Rule(re.compile(rf"\b(?P<n>{_NUM})[\s-]+(?P<unit>{_UNIT})\s+earlier\b", _I), ago, counts_on=True),
    Rule(
        re.compile(
            rf"\b(?:for|in|over|during|throughout)\s+(?:(?:at\s+least|about|around|nearly|almost|more\s+than|over|some)\s+)?(?:the\s+)?(?:past|last|previous|preceding)\s+(?:(?P<n>{_NUM})[\s-]+)?(?P<unit>{_UNIT})\b",
            _I,
        ),
        span_until_now,
    ),
    Rule(
        re.compile(rf"\b(?:for)\s+(?:(?:at\s+least|about|around|nearly|almost|more\s+than|over|some)\s+)?(?P<n>{_NUM})[\s-]+(?P<unit>{_UNIT})\b", _I),
        span_until_now,
    ),
    Rule(re.compile(rf"\bwithin\s+(?:the\s+next\s+)?(?P<n>{_NUM})[\s-]+(?P<unit>{_UNIT})\b", _I), within),
    Rule(re.compile(rf"\bin\s+the\s+(?:next|coming)\s+(?P<n>{_NUM})[\s-]+(?P<unit>{_UNIT})\b", _I), within),
    Rule(re.compile(rf"\b(?:between|from)\s+(?P<y>{_YEAR})\s+(?:to|and|until|through)\s+(?P<y2>{_YEAR})\b", _I), years_between),
    Rule(re.compile(rf"(?<![\d-])(?P<y>{_YEAR})[-–](?P<y2>{_YEAR}|\d\d)(?![\d-])"), years_between),
    Rule(re.compile(rf"(?<=\bthe\s)(?P<y>{_YEAR})(?=\s+(?:{_EVENTS})\b)", _I), part_of_year),
    Rule(re.compile(rf"\b(?:the\s+night\s+)?(?:between|from)\s+(?P<w>{_WEEKDAY})\s+(?:to|and|until|through)\s+(?P<w2>{_WEEKDAY})\b", _I), weekdays),
    Rule(
        re.compile(
            rf"\b(?:between|from)\s+(?P<d1>{_DAY})\s+(?P<m1>{_MONTH})\s+(?P<y1>{_YEAR})\s+(?:to|and|until|through)\s+(?P<d2>{_DAY})\s+(?P<m2>{_MONTH})\s+(?P<y2>{_YEAR})\b",
            _I,
        ),
        dates_between,
    ),
    Rule(re.compile(r"\bsince\s+(?:yesterday|(?P<which>last|this)\s+(?P<unit>week|month|year))\b", _I), since_unit),
    Rule(re.compile(r"\bby\s+the\s+end\s+of\s+(?:the|this)\s+(?P<unit>month|year)\b", _I), end_of_period),
    Rule(re.compile(r"\bon\s+the\s+(?P<d>\d{1,2})(?:st|nd|rd|th)(?=[.,;:]|\s+(?:and|but|when|as|by|after|before)\b|$)", _I), day_of_month),
    Rule(re.compile(rf"\bin\s+(?P<n>{_NUM})[\s-]+(?P<unit>days|weeks)(?=[.,;]|$)", _I), in_days),
    Rule(re.compile(r"\b(?:the\s+)?(?P<y>(?:19|20)\d0)s\b", _I), decade),
    Rule(re.compile(r"\b(?:in\s+)?(?:the\s+)?(?P<s>spring|summer|autumn|fall|winter)\s+(?:of\s+)?(?P<y>(?:19|20)\d\d)(?:[-–]\d\d)?\b", _I), season_of),
    Rule(re.compile(r"\b(?:last|this)\s+(?P<s>spring|summer|autumn|winter)\b", _I), season_of),
    Rule(re.compile(rf"\b(?:on\s+)?(?P<h>Christmas(?:\s+(?:Eve|Day))?|New\s+Year[’']s\s+(?:Eve|Day))(?:,?\s+(?P<y>{_YEAR}))?\b"), holiday),
    Rule(re.compile(r"\b(?:during\s+)?(?:Ramadan|Eid al-(?:Adha|Fitr)|Nowruz|Ashura)\b"), left_open),
    Rule(
        re.compile(
            rf"\b(?P<lead>in|since|until|before|after|by|during|from|of|throughout)\s+(?P<part>early[\s-]|mid[\s-]?|late[\s-]|the\s+(?:end|start|beginning)\s+of\s+)?(?P<y>{_YEAR})(?![\w-]|[,.]\d|\s+(?:soldiers|troops|people|fighters|civilians|men))",
            _I,
        ),
        part_of_year,
    ),
    Rule(re.compile(r"\b(?:previously|earlier|formerly)\b(?!\s+(?:today|this|in|on|that))", _I), previously),
    Rule(
        re.compile(r"\b(?:recently|in\s+recent\s+(?:days|weeks|months|years)|in\s+the\s+coming\s+(?:days|weeks|months)|the\s+other\s+day|soon)\b", _I),
        left_open,
    ),
]

# Prepositions that say no more than "then" stay outside the words; those that change the interval stay in.
_THEN = re.compile(
    r"(?:on|and|in(?!\s+(?:\d+|two|three|four|five|six|seven|ten)\s+(?:days|weeks)\b)|at|during|over|throughout|of|(?:early|late)\s+on|the(?=\s+\d{1,2}\s+[A-Z]))\s+|\s+",
    re.IGNORECASE,
)
_PART_OF_DAY = re.compile(r"\s+(?:morning|afternoon|evening|night)\b", re.IGNORECASE)


def moments(text: str, published: dt.date | None, start: int = 0, end: int | None = None) -> Iterator[Moment]:
    """Yield the time expressions of `text[start:end]` in order, each resolved as far as it can be."""
    at, end = start, len(text) if end is None else end
    # What a rule found from an earlier place on is still what it finds first, until that place is passed.
    found = [(rule, rule.pattern.search(text, at, end)) for rule in _likely(lowered(text[start:end]))]
    named: dt.date | None = None
    while at < end:
        best: tuple[re.Match[str], Rule] | None = None
        found = [(rule, m if m.start() >= at else rule.pattern.search(text, at, end)) for rule, m in found if m]
        for rule, m in found:
            if m and (best is None or m.start() < best[0].start() or (m.start() == best[0].start() and m.end() > best[0].end())):
                best = (m, rule)
        if best is None:
            return
        m, rule = best
        # "The previous day" counts from the day just named, when there is one.
        anchor = named if named is not None and rule.counts_on else published
        days = rule.resolve(m, anchor)
        if days is not None:
            span = _trimmed(text, Span(*m.span()), end)
            if (days[2] in ("day", "year") and days[0] is not None and days[0] == days[1]) or days[2] == "year":
                named = days[0]
            yield Moment(span, When(days[0], days[1], days[2], span.of(text)))
            at = max(span.end, at + 1)
        else:
            at = max(m.end(), at + 1)


@cache
def _needs() -> dict[tuple[str, ...], list[int]]:
    """The rules by the words they cannot do without."""
    found: dict[tuple[str, ...], list[int]] = {}
    for k, rule in enumerate(_RULES):
        found.setdefault(needed(rule.pattern), []).append(k)
    return found


def _likely(text: str) -> list[Rule]:
    """The rules that may find something in this text, in their order: nine in ten have none of their words there."""
    kept = [k for words, rules in _needs().items() if not words or any(word in text for word in words) for k in rules]
    return [_RULES[k] for k in sorted(kept)]


def _trimmed(text: str, span: Span, end: int) -> Span:
    """The expression without a leading "on" or "in", with the part of the day that follows it."""
    start = span.start
    while m := _THEN.match(text, start, span.end):
        start = m.end()
    after = _PART_OF_DAY.match(text, span.end, end)
    return Span(start, after.end() if after and re.search(r"day$|yesterday$|tomorrow$", text[start : span.end], re.IGNORECASE) else span.end)
