"""Turn months, seasons, years and their parts into their first and last days.

What it captures: "late August", "mid-2003", "the 1990s", "winter 2015", "last week", "earlier this year", "by the end of the month".
What it does not: fiscal years; seasons of the southern half of the earth; weeks that do not begin on Monday.
Example: "early March 2020" → 1 to 10 March 2020, "month".
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

from counterclaim.core.when import Precision
from counterclaim.parse.days import UNKNOWN, Days, days_of_month, month_number, one_day, opened, word

_LIMITS = frozenset(("by", "before", "until", "till", "prior to", "ahead of"))
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}


def part_of_month(m: re.Match[str], published: dt.date | None) -> Days | None:
    """August 2021, late August, mid-June, early March, in August, last August."""
    month, part, lead = month_number(m["m"]), word(m, "part").strip(" -"), word(m, "lead")
    if named := word(m, "y"):
        year = int(named)
    elif published is None:
        return UNKNOWN
    else:
        opens = {"mid": 11, "middle of": 11, "the middle of": 11, "late": 21, "end of": 21, "the end of": 21}.get(part, 1)
        year = published.year if dt.date(published.year, month, opens) <= published else published.year - 1
        if lead in _LIMITS and month == published.month:
            # What is to be done before the end of this month is not a year old.
            year = published.year
        if lead == "last" and year == published.year and month == published.month:
            year -= 1
        if lead == "next":
            year = published.year if month > published.month else published.year + 1
    first, last = days_of_month(year, month)
    if part in ("early", "the start of", "the beginning of", "start of", "beginning of"):
        last = first.replace(day=10)
    elif part.endswith(("mid", "middle of")):
        first, last = first.replace(day=11), first.replace(day=20)
    elif part in ("late", "end of", "the end of"):
        first = first.replace(day=21)
    return opened(lead if lead not in ("in", "during", "last", "next", "this") else None, first, last, "month", published)


def season_of(m: re.Match[str], published: dt.date | None) -> Days | None:
    """Spring 2015, last winter; a winter runs from December to the end of February."""
    season, year = m["s"].lower(), word(m, "y")
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
    return dt.date(int(year), first, 1), days_of_month(int(year), last)[1], "season"


def part_of_year(m: re.Match[str], published: dt.date | None) -> Days | None:
    """In 2003, since early 2003, mid-2003: the year, or a third of it."""
    year = int(m["y"])
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    part = word(m, "part").strip(" -")
    if part.startswith(("early", "the start", "the beginning")):
        last = dt.date(year, 4, 30)
    elif part.startswith("mid"):
        first, last = dt.date(year, 5, 1), dt.date(year, 8, 31)
    elif part.startswith(("late", "the end")):
        first = dt.date(year, 9, 1)
    lead = word(m, "lead")
    return opened(lead if lead in ("since", "until", "before", "after", "by", "prior to") else None, first, last, "year", published)


def decade(m: re.Match[str], published: dt.date | None) -> Days | None:
    """The 1990s: ten years."""
    year = int(m["y"])
    return dt.date(year, 1, 1), dt.date(year + 9, 12, 31), "year"


def calendar_unit(m: re.Match[str], published: dt.date | None) -> Days | None:
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
        (first, last), precision = days_of_month(index // 12, index % 12 + 1), "month"
    elif unit == "year":
        first, last, precision = dt.date(published.year + step, 1, 1), dt.date(published.year + step, 12, 31), "year"
    else:
        return one_day(published + dt.timedelta(days=step))
    if which.startswith("earlier"):
        last = min(last, published)
    elif which.startswith("later"):
        first = max(first, published)
    return first, last, precision


def since_unit(m: re.Match[str], published: dt.date | None) -> Days | None:
    """Since yesterday, since last week: from its first day until publication."""
    if published is None:
        return UNKNOWN
    if m["unit"] is None:
        return published - dt.timedelta(days=1), published, "after"
    days = calendar_unit(m, published)
    return (days[0], published, "after") if days else None


def end_of_period(m: re.Match[str], published: dt.date | None) -> Days | None:
    """By the end of the month."""
    if published is None:
        return UNKNOWN
    last = days_of_month(published.year, published.month)[1] if m["unit"].lower() == "month" else dt.date(published.year, 12, 31)
    return None, last, "before"
