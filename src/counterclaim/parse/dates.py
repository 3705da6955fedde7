"""Find time expressions and resolve them to days, relative to the day the report (or the post it quotes) was published.

Nothing is guessed: an expression that cannot be resolved keeps its words, with both ends open and precision "unknown".
Weekdays are the latest such day on or before publication, the convention of news agencies. The working week of the
place is never assumed: a weekend is Saturday and Sunday, and its precision says "weekend".
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from counterclaim.core.span import Span
from counterclaim.core.when import Precision, When
from counterclaim.parse.figures import value_of


class Moment(NamedTuple):
    """A time expression and where it stands."""

    span: Span
    when: When


Days = tuple[dt.date | None, dt.date | None, Precision]
UNKNOWN: Days = (None, None, "unknown")

_MONTHS = (
    {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
    | {name: i for i, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}
    | {"sept": 9}
)
_DAYS = (
    {name.lower(): i for i, name in enumerate(calendar.day_name)}
    | {name: i for i, name in enumerate("mon tue wed thu fri sat sun".split())}
    | {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
)
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?)"
_YEAR = r"(?:19|20)\d\d"
_DAY = r"(?:[0-3]?\d)(?:st|nd|rd|th)?"
_NUM = r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|several|a\s+few|a\s+couple\s+of)"
_UNIT = r"(?:day|week|month|year|hour|decade|night|fortnight|weekend)s?"


def moments(text: str, published: dt.date | None, start: int = 0, end: int | None = None) -> Iterator[Moment]:
    """Yield the time expressions of `text[start:end]` in order, each resolved as far as it can be."""
    at, end = start, len(text) if end is None else end
    named: dt.date | None = None
    while at < end:
        best: tuple[re.Match[str], Callable[[re.Match[str], dt.date | None], Days | None]] | None = None
        for pattern, resolve in _RULES:
            m = pattern.search(text, at, end)
            if m and (best is None or m.start() < best[0].start() or (m.start() == best[0].start() and m.end() > best[0].end())):
                best = (m, resolve)
        if best is None:
            return
        m, resolve = best
        # "The previous day" counts from the day just named, when there is one.
        anchor = named if named is not None and resolve in _COUNTS_ON else published
        days = resolve(m, anchor)
        if days is not None:
            span = _trimmed(text, Span(*m.span()), end)
            if (days[2] in ("day", "year") and days[0] is not None and days[0] == days[1]) or days[2] == "year":
                named = days[0]
            yield Moment(span, When(days[0], days[1], days[2], span.of(text)))
            at = max(span.end, at + 1)
        else:
            at = max(m.end(), at + 1)


# Prepositions that say no more than "then" stay outside the words; those that change the interval stay in.
_THEN = re.compile(
    r"(?:on|and|in(?!\s+(?:\d+|two|three|four|five|six|seven|ten)\s+(?:days|weeks)\b)|at|during|over|throughout|of|(?:early|late)\s+on|the(?=\s+\d{1,2}\s+[A-Z]))\s+|\s+",
    re.IGNORECASE,
)
_PART_OF_DAY = re.compile(r"\s+(?:morning|afternoon|evening|night)\b", re.IGNORECASE)


def _trimmed(text: str, span: Span, end: int) -> Span:
    """The expression without a leading "on" or "in", with the part of the day that follows it."""
    start = span.start
    while m := _THEN.match(text, start, span.end):
        start = m.end()
    after = _PART_OF_DAY.match(text, span.end, end)
    return Span(start, after.end() if after and re.search(r"day$|yesterday$|tomorrow$", text[start : span.end], re.IGNORECASE) else span.end)


def latest(month: int, day: int, published: dt.date | None) -> dt.date | None:
    """The latest such day that is not after publication; none without a publication day or for a day that is not."""
    if published is None:
        return None
    for year in (published.year, published.year - 1, published.year - 2, published.year - 3, published.year - 4):
        found = _date(year, month, day)
        if found and found <= published:
            return found
    return None


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _month(words: str) -> int:
    return _MONTHS[words.lower().rstrip(".")]


def _day_number(words: str) -> int:
    return int(re.sub(r"\D", "", words))


def _one(day: dt.date | None) -> Days:
    return (day, day, "day") if day else UNKNOWN


def _month_range(year: int, month: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def _iso(m: re.Match[str], published: dt.date | None) -> Days | None:
    found = _date(int(m["y"]), int(m["m"]), int(m["d"]))
    return _one(found) if found else None


def _full(m: re.Match[str], published: dt.date | None) -> Days | None:
    """3 September 2021, September 3, Sunday 5 September; with an open end when led by since, until, before, after."""
    day, month = _day_number(m["d"]), _month(m["m"])
    if not 1 <= day <= 31:
        return None
    year = m["y"]
    found = _date(int(year), month, day) if year else _without_year(m, month, day, published)
    last = m["d2"] if "d2" in m.groupdict() else None
    if last and found:
        until = _date(found.year, found.month, _day_number(last))
        if until and until >= found:
            return found, until, "day"
    return _opened(m["lead"], found, found, "day", published)


def _without_year(m: re.Match[str], month: int, day: int, published: dt.date | None) -> dt.date | None:
    """A day without its year: the latest one, or the coming one where it is still to come."""
    if published is not None and _is_ahead(m):
        return _coming(month, day, published) or latest(month, day, published)
    return latest(month, day, published)


def _opened(lead: str | None, first: dt.date | None, last: dt.date | None, precision: Precision, published: dt.date | None) -> Days:
    """The same days with an end opened by the word before them."""
    word = (lead or "").lower().strip()
    if first is None or last is None:
        return UNKNOWN
    if word in ("since", "from", "starting"):
        return first, published if published and published >= first else None, "after"
    if word in ("until", "till", "by", "up to"):
        return None, last, "before"
    if word in ("before", "prior to", "ahead of"):
        return None, first - dt.timedelta(days=1), "before"
    if word == "after":
        return last + dt.timedelta(days=1) if precision == "year" else last, None, "after"
    return first, last, precision


def _between(m: re.Match[str], published: dt.date | None) -> Days | None:
    """Between 3 and 7 May (2020); 3-7 May; from May 3 to 7; from 3 May to 7 June 2020."""
    groups = m.groupdict()
    month2 = _month(groups["m2"] or groups["m1"])
    month1 = _month(groups["m1"] or groups["m2"])
    d1, d2, year = _day_number(groups["d1"]), _day_number(groups["d2"]), groups.get("y")
    last = _date(int(year), month2, d2) if year else _without_year(m, month2, d2, published)
    if last is None:
        return UNKNOWN
    first = _date(last.year if month1 <= month2 else last.year - 1, month1, d1)
    return (first, last, "day") if first and first <= last else UNKNOWN


def _months(m: re.Match[str], published: dt.date | None) -> Days | None:
    """From March to June 2020."""
    first, last = _month(m["m1"]), _month(m["m2"])
    year = int(m["y"]) if m["y"] else None
    if year is None:
        until = latest(last, 1, published)
        if until is None:
            return UNKNOWN
        year = until.year
    begin = int(m["y1"]) if m["y1"] else year if first <= last else year - 1
    return _month_range(begin, first)[0], _month_range(year, last)[1], "month"


def _part_of_month(m: re.Match[str], published: dt.date | None) -> Days | None:
    """August 2021, late August, mid-June, early March, in August, last August."""
    month, part, lead = _month(m["m"]), (m["part"] or "").lower().strip(" -"), (m["lead"] or "").lower().strip()
    if m["y"]:
        year = int(m["y"])
    elif published is None:
        return UNKNOWN
    else:
        opens = {"mid": 11, "middle of": 11, "the middle of": 11, "late": 21, "end of": 21, "the end of": 21}.get(part, 1)
        year = published.year if dt.date(published.year, month, opens) <= published else published.year - 1
        if lead in ("last",) and year == published.year and month == published.month:
            year -= 1
        if lead == "next":
            year = published.year if month > published.month else published.year + 1
    first, last = _month_range(year, month)
    if part in ("early", "the start of", "the beginning of", "start of", "beginning of"):
        last = first.replace(day=10)
    elif part.endswith(("mid", "middle of")):
        first, last = first.replace(day=11), first.replace(day=20)
    elif part in ("late", "end of", "the end of"):
        first = first.replace(day=21)
    return _opened(lead if lead not in ("in", "during", "last", "next", "this") else None, first, last, "month", published)


# What follows a day by which something was done.
_DONE = re.compile(r"[^.!?\n]{0,60}\b(?:had|was|were)\b")
# What stands before a day that is still to come.
_AHEAD = re.compile(
    r"(?i)\b(?:will|shall|is to|are to|plans? to|planned for|scheduled|due|vowed to|set for|expected to)\b(?![^.!?\n]*\b(?:said|told|announced|reported|added|wrote)\b)[^.!?\n]{0,90}$"
)


def _is_ahead(m: re.Match[str]) -> bool:
    """Whether the words before a day say that it is still to come: "will meet on Saturday"."""
    return bool(_AHEAD.search(m.string, max(0, m.start() - 110), m.start()))


def _coming(month: int, day: int, published: dt.date) -> dt.date | None:
    """The first such day from publication on, within the better part of a year."""
    found = [d for year in (published.year, published.year + 1) if (d := _date(year, month, day)) and d >= published]
    return found[0] if found and (found[0] - published).days < _NEAR_FUTURE else None


# Plans that newspapers date without a year lie nearer than this many days.
_NEAR_FUTURE = 240


def _weekday(m: re.Match[str], published: dt.date | None) -> Days | None:
    if published is None:
        return UNKNOWN
    wanted = _DAYS[m["w"].lower().rstrip("s") if m["w"].lower().endswith("days") else m["w"].lower()]
    if m["w"].lower().endswith("days"):
        return None
    lead, which = (m["lead"] or "").lower().strip(), (m["which"] or "").lower().strip()
    back = (published.weekday() - wanted) % 7
    found = published - dt.timedelta(days=back)
    if which in ("next", "coming", "this coming") or (lead == "by" and back) or (not which and lead in ("", "on") and back and _is_ahead(m)):
        found += dt.timedelta(days=7)
    elif which in ("last", "previous") and back == 0:
        found -= dt.timedelta(days=7)
    if lead == "by":
        # "By Sunday the army had retaken it": the last one; "to surrender by Friday": the next.
        return None, found - dt.timedelta(days=7) if found > published and _DONE.match(m.string, m.end()) else found, "before"
    if lead == "between":
        return _one(found)
    return _opened(
        lead if lead in ("since", "from", "until", "till", "before", "prior to", "after", "ahead of", "starting") else None, found, found, "day", published
    )


def _shift(days: int) -> Callable[[re.Match[str], dt.date | None], Days | None]:
    def resolve(m: re.Match[str], published: dt.date | None) -> Days | None:
        return _one(published + dt.timedelta(days=days)) if published else UNKNOWN

    return resolve


def _overnight(m: re.Match[str], published: dt.date | None) -> Days | None:
    return (published - dt.timedelta(days=1), published, "day") if published else UNKNOWN


def _night_to(m: re.Match[str], published: dt.date | None) -> Days | None:
    days = _weekday(m, published)
    return (days[0] - dt.timedelta(days=1), days[0], "day") if days and days[0] else UNKNOWN


def _weekend(m: re.Match[str], published: dt.date | None) -> Days | None:
    if published is None:
        return UNKNOWN
    back = (published.weekday() - 5) % 7
    saturday = published - dt.timedelta(days=back)
    which = (m["which"] or "").lower()
    if which == "next":
        saturday += dt.timedelta(days=7)
    elif which == "last" and back <= 1:
        saturday -= dt.timedelta(days=7)
    elif which == "this" and back > 1:
        saturday += dt.timedelta(days=7)
    return saturday, saturday + dt.timedelta(days=1), "weekend"


def _calendar_unit(m: re.Match[str], published: dt.date | None) -> Days | None:
    """This week, last month, next year, earlier this year, the previous day."""
    if published is None:
        return UNKNOWN
    which, unit = m["which"].lower(), m["unit"].lower()
    step = {"this": 0, "last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}[which.split()[-1]]
    precision: Precision
    if unit == "week":
        monday = published - dt.timedelta(days=published.weekday()) + dt.timedelta(days=7 * step)
        first, last, precision = monday, monday + dt.timedelta(days=6), "week"
    elif unit == "month":
        index = published.year * 12 + published.month - 1 + step
        (first, last), precision = _month_range(index // 12, index % 12 + 1), "month"
    elif unit == "year":
        first, last, precision = dt.date(published.year + step, 1, 1), dt.date(published.year + step, 12, 31), "year"
    else:
        return _one(published + dt.timedelta(days=step))
    if which.startswith("earlier"):
        last = min(last, published)
    elif which.startswith("later"):
        first = max(first, published)
    return first, last, precision


def _day_on(m: re.Match[str], published: dt.date | None) -> Days | None:
    """The same day, the following day, two days later: counted from the day just named."""
    if published is None:
        return UNKNOWN
    if m["same"]:
        return _one(published)
    n = _count(m["n"]) if m["n"] else 1
    return _one(published + dt.timedelta(days=int(n))) if n is not None and n < 100_000 else UNKNOWN


def _count(words: str) -> float | None:
    lower = re.sub(r"\s+", " ", words.lower())
    if lower in ("several", "a few"):
        return None
    if lower == "a couple of":
        return 2
    if lower in ("a", "an"):
        return 1
    return value_of(lower)


def _back(day: dt.date, n: float, unit: str) -> dt.date | None:
    unit = unit.lower().rstrip("s")
    if unit in ("day", "night"):
        return day - dt.timedelta(days=int(n)) if n < 100_000 else None
    if unit == "hour":
        return day - dt.timedelta(days=int(n // 24)) if n < 1_000_000 else None
    if unit in ("week", "fortnight", "weekend"):
        return day - dt.timedelta(days=int(n) * (14 if unit == "fortnight" else 7)) if n < 10_000 else None
    months = int(n) * {"month": 1, "year": 12, "decade": 120}[unit]
    index = day.year * 12 + day.month - 1 - months
    if index // 12 < 1:
        return None
    year, month = index // 12, index % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _ago(m: re.Match[str], published: dt.date | None) -> Days | None:
    n = _count(m["n"])
    if published is None or n is None:
        return UNKNOWN
    found = _back(published, n, m["unit"])
    if found is None:
        return UNKNOWN
    unit = m["unit"].lower().rstrip("s")
    if unit == "year":
        return dt.date(found.year, 1, 1), dt.date(found.year, 12, 31), "year"
    if unit == "month":
        return *_month_range(found.year, found.month), "month"
    if unit in ("week", "fortnight") and not m["lead"]:
        monday = found - dt.timedelta(days=found.weekday())
        return monday, monday + dt.timedelta(days=6), "week"
    return _opened(m["lead"], found, found, "day" if unit in ("day", "hour", "night") else "week" if unit == "week" else "unknown", published)


def _calendar_unit_before(m: re.Match[str], published: dt.date | None) -> Days | None:
    return _calendar_unit(m, published)


def _earlier(m: re.Match[str], published: dt.date | None) -> Days | None:
    return _ago(m, published)


def _for(m: re.Match[str], published: dt.date | None) -> Days | None:
    """For two weeks, in the past 24 hours, over the last three days."""
    n = _count(m["n"]) if m["n"] else 1
    if published is None or n is None:
        return UNKNOWN
    first = _back(published, n, m["unit"])
    unit = m["unit"].lower().rstrip("s")
    precision: Precision = {"day": "day", "hour": "day", "night": "day", "week": "week", "fortnight": "week", "month": "month", "year": "year"}.get(
        unit, "unknown"
    )  # type: ignore[assignment]
    return (first, published, precision) if first else UNKNOWN


def _within(m: re.Match[str], published: dt.date | None) -> Days | None:
    n = _count(m["n"])
    if published is None or n is None:
        return UNKNOWN
    last = _back(published, -n, m["unit"])
    return (published, last, "week" if m["unit"].lower().startswith(("week", "fortnight")) else "day") if last else UNKNOWN


def _year(m: re.Match[str], published: dt.date | None) -> Days | None:
    year = int(m["y"])
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    part = (m["part"] or "").lower().strip(" -")
    if part.startswith(("early", "the start", "the beginning")):
        last = dt.date(year, 4, 30)
    elif part.startswith("mid"):
        first, last = dt.date(year, 5, 1), dt.date(year, 8, 31)
    elif part.startswith(("late", "the end")):
        first = dt.date(year, 9, 1)
    lead = (m["lead"] or "").lower().strip()
    return _opened(lead if lead in ("since", "until", "before", "after", "by", "prior to") else None, first, last, "year", published)


def _years(m: re.Match[str], published: dt.date | None) -> Days | None:
    """From 2002 to 2007, between 2003 and 2011, 1992-95."""
    first, last = int(m["y"]), m["y2"]
    until = int(last) if len(last) == 4 else first - first % 100 + int(last)
    return (dt.date(first, 1, 1), dt.date(until, 12, 31), "year") if first <= until else None


def _weekdays(m: re.Match[str], published: dt.date | None) -> Days | None:
    """From Friday to Sunday, between Monday and Wednesday, the night from Wednesday to Thursday: the latest such days."""
    if published is None:
        return UNKNOWN
    first, last = (_DAYS[m[group].lower()] for group in ("w", "w2"))
    until = published - dt.timedelta(days=(published.weekday() - last) % 7)
    return until - dt.timedelta(days=(last - first) % 7), until, "day"


def _dates(m: re.Match[str], published: dt.date | None) -> Days | None:
    """From 28 December 2021 to 4 January 2022."""
    first, last = (_date(int(m[f"y{k}"]), _month(m[f"m{k}"]), _day_number(m[f"d{k}"])) for k in ("1", "2"))
    return (first, last, "day") if first and last and first <= last else None


def _since_unit(m: re.Match[str], published: dt.date | None) -> Days | None:
    """Since yesterday, since last week: from its first day until publication."""
    if published is None:
        return UNKNOWN
    if m["unit"] is None:
        return published - dt.timedelta(days=1), published, "after"
    days = _calendar_unit(m, published)
    return (days[0], published, "after") if days else None


def _end_of_month(m: re.Match[str], published: dt.date | None) -> Days | None:
    """By the end of the month."""
    if published is None:
        return UNKNOWN
    last = _month_range(published.year, published.month)[1] if m["unit"].lower() == "month" else dt.date(published.year, 12, 31)
    return None, last, "before"


def _of_month(m: re.Match[str], published: dt.date | None) -> Days | None:
    """On the 4th: the latest such day of a month."""
    if published is None:
        return UNKNOWN
    day = int(m["d"])
    for month in (published, published.replace(day=1) - dt.timedelta(days=1)):
        found = _date(month.year, month.month, day)
        if found and found <= published:
            return _one(found)
    return UNKNOWN


def _in_days(m: re.Match[str], published: dt.date | None) -> Days | None:
    """In three days: that day, counted from publication."""
    n = _count(m["n"])
    found = _back(published, -n, m["unit"]) if published is not None and n is not None else None
    return _one(found) if found else UNKNOWN


def _decade(m: re.Match[str], published: dt.date | None) -> Days | None:
    year = int(m["y"])
    return dt.date(year, 1, 1), dt.date(year + 9, 12, 31), "year"


def _season(m: re.Match[str], published: dt.date | None) -> Days | None:
    season, year = m["s"].lower(), m["y"]
    if not year:
        if published is None:
            return UNKNOWN
        # The latest such season that has begun; "last" where that is over, "this" where it is not.
        start = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}[season]
        begun = published.year if published.month >= start else published.year - 1
        over = m.group().lower().startswith("last") and season != "winter" and begun == published.year and published.month <= start + 2
        year = str(begun - over)
    if season == "winter":
        return dt.date(int(year), 12, 1), dt.date(int(year) + 1, 2, calendar.monthrange(int(year) + 1, 2)[1]), "season"
    first, last = _SEASONS[season]
    return dt.date(int(year), first, 1), _month_range(int(year), last)[1], "season"


def _holiday(m: re.Match[str], published: dt.date | None) -> Days | None:
    month, day = {
        "christmas eve": (12, 24),
        "christmas day": (12, 25),
        "christmas": (12, 25),
        "new year’s eve": (12, 31),
        "new year's eve": (12, 31),
        "new year’s day": (1, 1),
        "new year's day": (1, 1),
    }[m["h"].lower()]
    if m["y"]:
        return _one(_date(int(m["y"]), month, day))
    return _one(latest(month, day, published))


def _previously(m: re.Match[str], published: dt.date | None) -> Days | None:
    return (None, published, "before") if published else UNKNOWN


def _open(m: re.Match[str], published: dt.date | None) -> Days | None:
    return UNKNOWN


def _slashed(m: re.Match[str], published: dt.date | None) -> Days | None:
    a, b, year = int(m["a"]), int(m["b"]), int(m["y"])
    if a > 12 >= b:
        return _one(_date(year, b, a))
    if b > 12 >= a:
        return _one(_date(year, a, b))
    return _one(_date(year, a, b)) if a == b else UNKNOWN


# What a year stands before as an adjective.
_EVENTS = "peace|war|wars|coup|elections?|ceasefire|truce|deal|agreement|accords?|offensive|invasion|constitution|census|attacks?|protests|uprising|revolution|earthquake|drought|floods|genocide|famine|massacre|referendum|treaty|summit|conflict|crisis|campaign"
_LEAD = r"(?:(?P<lead>since|from|until|till|before|prior\s+to|ahead\s+of|after|by|up\s+to|starting)\s+)?"
_I = re.IGNORECASE
_RULES: list[tuple[re.Pattern[str], Callable[[re.Match[str], dt.date | None], Days | None]]] = [
    (re.compile(r"(?<![\d-])(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?![\d-])"), _iso),
    (re.compile(r"(?<![\d/])(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<y>(?:19|20)\d\d)(?![\d/])"), _slashed),
    (
        re.compile(
            rf"\b{_LEAD}(?:(?:on\s+)?{_WEEKDAY},?\s+)?(?:the\s+)?(?P<d>{_DAY})\s+(?:of\s+)?(?P<m>{_MONTH})(?!\s+(?:movement|brigade|martyrs|group))(?:,?\s+(?P<y>{_YEAR}|(?<=\s)\d\d(?=\s*[(\-])))?(?!\s*\d|\w)",
            _I,
        ),
        lambda m, p: _full_short_year(m, p),
    ),
    (
        re.compile(
            rf"\b{_LEAD}(?:(?:on\s+)?{_WEEKDAY},?\s+)?(?P<m>{_MONTH})\s+(?P<d>{_DAY})(?!\d|[:.]\d|,\d{{3}})(?:\s*[-–]\s*(?P<d2>{_DAY})(?!\d))?(?:,?\s+(?P<y>{_YEAR}))?(?!\w)",
            _I,
        ),
        _full,
    ),
    (
        re.compile(
            rf"\b(?:between|from|on\s+the\s+night\s+of|the\s+night\s+of|overnight)?\s*(?P<d1>{_DAY})\s*(?:(?P<m1>{_MONTH})\s*)?(?:to|and|-|–|until|/)\s*(?P<d2>{_DAY})\s+(?P<m2>{_MONTH})(?:,?\s+(?P<y>{_YEAR}))?(?!\w)",
            _I,
        ),
        _between,
    ),
    (
        re.compile(
            rf"\b(?:between|from)\s+(?P<m1>{_MONTH})\s+(?P<d1>{_DAY})\s*(?:to|and|-|–|until|through)\s*(?:(?P<m2>{_MONTH})\s+)?(?P<d2>{_DAY})(?:,?\s+(?P<y>{_YEAR}))?(?!\w)",
            _I,
        ),
        _between,
    ),
    (
        re.compile(
            rf"\b(?:between|from)\s+(?P<m1>{_MONTH})(?:\s+(?P<y1>{_YEAR}))?\s+(?:to|and|until|through)\s+(?P<m2>{_MONTH})(?:,?\s+(?P<y>{_YEAR}))?(?!\w)", _I
        ),
        _months,
    ),
    (
        re.compile(
            rf"\b(?:(?P<lead>in|since|until|by|last|next|this|before|after|during|from)\s+)?(?P<part>early|mid|late|the\s+(?:end|start|beginning|middle)\s+of|(?:end|start|beginning|middle)\s+of)[\s-]+(?P<m>{_MONTH})(?:,?\s+(?:of\s+)?(?P<y>{_YEAR}))?\b",
            _I,
        ),
        _part_of_month,
    ),
    (
        re.compile(
            rf"\b(?:(?P<lead>in|since|until|by|last|next|this|before|after|during|from)\s+)?(?P<part>(?!))?(?P<m>{_MONTH}),?\s+(?:of\s+)?(?P<y>{_YEAR})\b", _I
        ),
        _part_of_month,
    ),
    (
        re.compile(
            rf"\b(?P<lead>(?i:in|since|until|by|last|next|during|before|after|and))\s+(?P<part>(?!))?(?P<m>{_MONTH}|{_MONTH.upper()})(?P<y>(?!))?(?![\w-])(?!\s+\d)"
        ),
        _part_of_month,
    ),
    (
        re.compile(
            rf"\b(?:(?P<lead>since|from|until|till|before|prior\s+to|after|by|on|ahead\s+of|starting)\s+)?(?:(?P<which>last|next|this|this\s+coming|coming|previous|the\s+previous)\s+)?(?:(?:the\s+)?(?:early|late)(?:\s+hours\s+of|\s+on)?\s+)?(?P<w>{_WEEKDAY})(?!\s+(?:school|prayers|mosque|Times|Telegraph|Mail|Standard))\b",
            _I,
        ),
        lambda m, p: (
            None if re.search(r"(?:black|good|ash|palm|easter|bloody|boxing)\s+$", m.string[max(0, m.start() - 8) : m.start()], _I) else _weekday(m, p)
        ),
    ),
    (re.compile(r"\b(?:the\s+)?day\s+before\s+yesterday\b", _I), _shift(-2)),
    (re.compile(r"\b(?:the\s+)?day\s+after\s+tomorrow\b", _I), _shift(2)),
    (re.compile(r"\b(?:earlier\s+|late\s+|later\s+|early\s+)?(?:today|tonight|this\s+(?:morning|afternoon|evening))\b", _I), _shift(0)),
    (re.compile(r"\b(?:yesterday|last\s+night)\b", _I), _shift(-1)),
    (re.compile(r"\btomorrow\b", _I), _shift(1)),
    (re.compile(rf"\bovernight\s+(?:in)?to\s+(?P<lead>(?!))?(?P<which>(?!))?(?P<w>{_WEEKDAY})\b", _I), _night_to),
    (re.compile(r"\bovernight\b", _I), _overnight),
    (re.compile(r"\b(?:over|on|at|during|this|last|next)?\s*(?:the|(?P<which>this|last|next))\s+weekend\b", _I), _weekend),
    (re.compile(r"\b(?P<which>the\s+previous)\s+(?P<unit>day|year)\b", _I), _calendar_unit_before),
    (
        re.compile(r"\b(?P<which>earlier\s+this|later\s+this|this|last|the\s+previous|the\s+past|next|the\s+coming)\s+(?P<unit>week|month|year)\b", _I),
        _calendar_unit,
    ),
    (re.compile(rf"\b(?:the\s+(?P<same>same)\s+day|the\s+(?:following|next)\s+day|a\s+day\s+later|(?P<n>{_NUM})\s+days?\s+later)\b", _I), _day_on),
    (
        re.compile(
            rf"\b(?:(?P<lead>since|until|before)\s+)?(?:(?:about|around|nearly|almost|more\s+than|some|over)\s+)?(?P<n>{_NUM})[\s-]+(?P<unit>{_UNIT})\s+ago\b",
            _I,
        ),
        _ago,
    ),
    (re.compile(rf"\b(?P<lead>(?!))?(?P<n>{_NUM})[\s-]+(?P<unit>{_UNIT})\s+earlier\b", _I), _earlier),
    (
        re.compile(
            rf"\b(?:for|in|over|during|throughout)\s+(?:(?:at\s+least|about|around|nearly|almost|more\s+than|over|some)\s+)?(?:the\s+)?(?:past|last|previous|preceding)\s+(?:(?P<n>{_NUM})[\s-]+)?(?P<unit>{_UNIT})\b",
            _I,
        ),
        _for,
    ),
    (re.compile(rf"\b(?:for)\s+(?:(?:at\s+least|about|around|nearly|almost|more\s+than|over|some)\s+)?(?P<n>{_NUM})[\s-]+(?P<unit>{_UNIT})\b", _I), _for),
    (re.compile(rf"\bwithin\s+(?:the\s+next\s+)?(?P<n>{_NUM})[\s-]+(?P<unit>{_UNIT})\b", _I), _within),
    (re.compile(rf"\bin\s+the\s+(?:next|coming)\s+(?P<n>{_NUM})[\s-]+(?P<unit>{_UNIT})\b", _I), _within),
    (re.compile(rf"\b(?:between|from)\s+(?P<y>{_YEAR})\s+(?:to|and|until|through)\s+(?P<y2>{_YEAR})\b", _I), _years),
    (re.compile(rf"(?<![\d-])(?P<y>{_YEAR})[-–](?P<y2>{_YEAR}|\d\d)(?![\d-])"), _years),
    (re.compile(rf"(?<=\bthe\s)(?P<lead>(?!))?(?P<part>(?!))?(?P<y>{_YEAR})(?=\s+(?:{_EVENTS})\b)", _I), _year),
    (re.compile(rf"\b(?:the\s+night\s+)?(?:between|from)\s+(?P<w>{_WEEKDAY})\s+(?:to|and|until|through)\s+(?P<w2>{_WEEKDAY})\b", _I), _weekdays),
    (
        re.compile(
            rf"\b(?:between|from)\s+(?P<d1>{_DAY})\s+(?P<m1>{_MONTH})\s+(?P<y1>{_YEAR})\s+(?:to|and|until|through)\s+(?P<d2>{_DAY})\s+(?P<m2>{_MONTH})\s+(?P<y2>{_YEAR})\b",
            _I,
        ),
        _dates,
    ),
    (re.compile(r"\bsince\s+(?:yesterday|(?P<which>last|this)\s+(?P<unit>week|month|year))\b", _I), _since_unit),
    (re.compile(r"\bby\s+the\s+end\s+of\s+(?:the|this)\s+(?P<unit>month|year)\b", _I), _end_of_month),
    (re.compile(r"\bon\s+the\s+(?P<d>\d{1,2})(?:st|nd|rd|th)(?=[.,;:]|\s+(?:and|but|when|as|by|after|before)\b|$)", _I), _of_month),
    (re.compile(rf"\bin\s+(?P<n>{_NUM})[\s-]+(?P<unit>days|weeks)(?=[.,;]|$)", _I), _in_days),
    (re.compile(r"\b(?:the\s+)?(?P<y>(?:19|20)\d0)s\b", _I), _decade),
    (re.compile(r"\b(?:in\s+)?(?:the\s+)?(?P<s>spring|summer|autumn|fall|winter)\s+(?:of\s+)?(?P<y>(?:19|20)\d\d)(?:[-–]\d\d)?\b", _I), _season),
    (re.compile(r"\b(?:last|this)\s+(?P<s>spring|summer|autumn|winter)(?P<y>(?!))?\b", _I), _season),
    (re.compile(rf"\b(?:on\s+)?(?P<h>Christmas(?:\s+(?:Eve|Day))?|New\s+Year[’']s\s+(?:Eve|Day))(?:,?\s+(?P<y>{_YEAR}))?\b"), _holiday),
    (re.compile(r"\b(?:during\s+)?(?:Ramadan|Eid al-(?:Adha|Fitr)|Nowruz|Ashura)\b"), _open),
    (
        re.compile(
            rf"\b(?P<lead>in|since|until|before|after|by|during|from|of|throughout)\s+(?P<part>early[\s-]|mid[\s-]?|late[\s-]|the\s+(?:end|start|beginning)\s+of\s+)?(?P<y>{_YEAR})(?![\w-]|[,.]\d|\s+(?:soldiers|troops|people|fighters|civilians|men))",
            _I,
        ),
        _year,
    ),
    (re.compile(r"\b(?:previously|earlier|formerly)\b(?!\s+(?:today|this|in|on|that))", _I), _previously),
    (re.compile(r"\b(?:recently|in\s+recent\s+(?:days|weeks|months|years)|in\s+the\s+coming\s+(?:days|weeks|months)|the\s+other\s+day|soon)\b", _I), _open),
]

# Resolvers whose expressions count from the day just named.
_COUNTS_ON = (_day_on, _calendar_unit_before, _earlier)


def _full_short_year(m: re.Match[str], published: dt.date | None) -> Days | None:
    """As `_full`, for "20 NOV 89" in radio monitoring, where the century is the last one."""
    if m["y"] and len(m["y"]) == 2:
        last_century = _date(1900 + int(m["y"]), _month(m["m"]), _day_number(m["d"]))
        return _opened(m["lead"], last_century, last_century, "day", published)
    day, month = _day_number(m["d"]), _month(m["m"])
    if not 1 <= day <= 31:
        return None
    found = _date(int(m["y"]), month, day) if m["y"] else _without_year(m, month, day, published)
    return _opened(m["lead"], found, found, "day", published)
