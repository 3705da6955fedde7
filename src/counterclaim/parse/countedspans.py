"""Turn a number of days, weeks, months or years into the days it reaches, counted from publication or from the day just named.

What it captures: "two weeks ago", "for three days", "within a month", "in three days", "two days later", "the same day".
What it does not: "several" and "a few": they stay unknown.
Example: published on 8 September 2021, "three days ago" → 5 September 2021, "day".
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

from counterclaim.core.when import Precision
from counterclaim.parse.days import UNKNOWN, Days, days_of_month, one_day, opened, word
from counterclaim.parse.figures import value_of

_PRECISIONS: dict[str, Precision] = {
    "day": "day",
    "hour": "day",
    "night": "day",
    "week": "week",
    "fortnight": "week",
    "month": "month",
    "year": "year",
}


def count(words: str) -> float | None:
    """The number that words say; none for "several" and "a few"."""
    lower = re.sub(r"\s+", " ", words.lower())
    if lower in ("several", "a few"):
        return None
    if lower == "a couple of":
        return 2
    if lower in ("a", "an"):
        return 1
    return value_of(lower)


def counted_back(day: dt.date, n: float, unit: str) -> dt.date | None:
    """The day so many units before a day (after it for a negative number); none beyond the calendar."""
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


def ago(m: re.Match[str], published: dt.date | None) -> Days | None:
    """Two weeks ago, three days earlier: the day, week, month or year that is meant."""
    n = count(m["n"])
    if published is None or n is None:
        return UNKNOWN
    found = counted_back(published, n, m["unit"])
    if found is None:
        return UNKNOWN
    unit = m["unit"].lower().rstrip("s")
    if unit == "year":
        return dt.date(found.year, 1, 1), dt.date(found.year, 12, 31), "year"
    if unit == "month":
        return *days_of_month(found.year, found.month), "month"
    if unit in ("week", "fortnight") and not word(m, "lead"):
        monday = found - dt.timedelta(days=found.weekday())
        return monday, monday + dt.timedelta(days=6), "week"
    return opened(word(m, "lead"), found, found, "day" if unit in ("day", "hour", "night") else "week" if unit == "week" else "unknown", published)


def span_until_now(m: re.Match[str], published: dt.date | None) -> Days | None:
    """For two weeks, in the past 24 hours, over the last three days."""
    n = count(m["n"]) if m["n"] else 1
    if published is None or n is None:
        return UNKNOWN
    first = counted_back(published, n, m["unit"])
    unit = m["unit"].lower().rstrip("s")
    precision = _PRECISIONS.get(unit, "unknown")
    return (first, published, precision) if first else UNKNOWN


def within(m: re.Match[str], published: dt.date | None) -> Days | None:
    """Within two weeks, in the next three days: from publication on."""
    n = count(m["n"])
    if published is None or n is None:
        return UNKNOWN
    last = counted_back(published, -n, m["unit"])
    return (published, last, "week" if m["unit"].lower().startswith(("week", "fortnight")) else "day") if last else UNKNOWN


def in_days(m: re.Match[str], published: dt.date | None) -> Days | None:
    """In three days: that day, counted from publication."""
    n = count(m["n"])
    found = counted_back(published, -n, m["unit"]) if published is not None and n is not None else None
    return one_day(found) if found else UNKNOWN


def day_on(m: re.Match[str], published: dt.date | None) -> Days | None:
    """The same day, the following day, two days later: counted from the day just named."""
    if published is None:
        return UNKNOWN
    if m["same"]:
        return one_day(published)
    n = count(m["n"]) if m["n"] else 1
    return one_day(published + dt.timedelta(days=int(n))) if n is not None and n < 100_000 else UNKNOWN
