"""Turn an expression that names one day into that day.

What it captures: full dates, in letters and in figures; dates without a year; holidays; "the 4th"; yesterday, today and tomorrow.
What it does not: figures that may be read as two days ("3/4/2021"): they stay unknown; feasts that move with the moon.
Example: "3 September 2021" → 3 September 2021, "day".
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from counterclaim.parse.days import UNKNOWN, Days, date_of, day_number, latest, month_number, one_day, opened, without_year


def iso(m: re.Match[str], published: dt.date | None) -> Days | None:
    """2021-09-03; no time where there is no such day."""
    found = date_of(int(m["y"]), int(m["m"]), int(m["d"]))
    return one_day(found) if found else None


def slashed(m: re.Match[str], published: dt.date | None) -> Days | None:
    """13/9/2021, 9.13.2021: unknown where both orders give a day."""
    a, b, year = int(m["a"]), int(m["b"]), int(m["y"])
    if a > 12 >= b:
        return one_day(date_of(year, b, a))
    if b > 12 >= a:
        return one_day(date_of(year, a, b))
    return one_day(date_of(year, a, b)) if a == b else UNKNOWN


def full(m: re.Match[str], published: dt.date | None) -> Days | None:
    """3 September 2021, September 3, Sunday 5 September; with an open end when led by since, until, before, after."""
    day, month = day_number(m["d"]), month_number(m["m"])
    if not 1 <= day <= 31:
        return None
    year = m["y"]
    found = date_of(int(year), month, day) if year else without_year(m, month, day, published)
    last = m["d2"] if "d2" in m.groupdict() else None
    if last and found:
        until = date_of(found.year, found.month, day_number(last))
        if until and until >= found:
            return found, until, "day"
    return opened(m["lead"], found, found, "day", published)


def full_or_short_year(m: re.Match[str], published: dt.date | None) -> Days | None:
    """As `full`, for "20 NOV 89" in radio monitoring, where the century is the last one."""
    if m["y"] and len(m["y"]) == 2:
        last_century = date_of(1900 + int(m["y"]), month_number(m["m"]), day_number(m["d"]))
        return opened(m["lead"], last_century, last_century, "day", published)
    day, month = day_number(m["d"]), month_number(m["m"])
    if not 1 <= day <= 31:
        return None
    found = date_of(int(m["y"]), month, day) if m["y"] else without_year(m, month, day, published)
    return opened(m["lead"], found, found, "day", published)


def day_of_month(m: re.Match[str], published: dt.date | None) -> Days | None:
    """On the 4th: the latest such day of a month."""
    if published is None:
        return UNKNOWN
    day = int(m["d"])
    for month in (published, published.replace(day=1) - dt.timedelta(days=1)):
        found = date_of(month.year, month.month, day)
        if found and found <= published:
            return one_day(found)
    return UNKNOWN


def holiday(m: re.Match[str], published: dt.date | None) -> Days | None:
    """Christmas, New Year's Day: the latest one, or that of the year named."""
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
        return one_day(date_of(int(m["y"]), month, day))
    return one_day(latest(month, day, published))


def days_from_publication(days: int) -> Callable[[re.Match[str], dt.date | None], Days | None]:
    """What resolves yesterday, today and tomorrow: so many days from publication."""

    def resolve(m: re.Match[str], published: dt.date | None) -> Days | None:
        return one_day(published + dt.timedelta(days=days)) if published else UNKNOWN

    return resolve


def overnight(m: re.Match[str], published: dt.date | None) -> Days | None:
    """Overnight: from the day before publication to publication."""
    return (published - dt.timedelta(days=1), published, "day") if published else UNKNOWN


def previously(m: re.Match[str], published: dt.date | None) -> Days | None:
    """Previously, earlier, formerly: up to publication."""
    return (None, published, "before") if published else UNKNOWN


def left_open(m: re.Match[str], published: dt.date | None) -> Days | None:
    """Recently, soon, Ramadan: unknown, and said so."""
    return UNKNOWN
