"""Turn two dates, months or years with "to", "and" or a dash between them into the days from the first to the last.

What it captures: "between 3 and 7 May", "from March to June 2020", "from 28 December 2021 to 4 January 2022", "1992-95".
What it does not: weekdays, which are with the weekdays; ranges that end before they begin.
Example: "3-7 May 2020" → 3 to 7 May 2020, "day".
"""

from __future__ import annotations

import datetime as dt
import re

from counterclaim.parse.days import UNKNOWN, Days, date_of, day_number, days_of_month, latest, month_number, without_year


def days_between(m: re.Match[str], published: dt.date | None) -> Days | None:
    """Between 3 and 7 May (2020); 3-7 May; from May 3 to 7; from 3 May to 7 June 2020."""
    groups = m.groupdict()
    month2 = month_number(groups["m2"] or groups["m1"])
    month1 = month_number(groups["m1"] or groups["m2"])
    d1, d2, year = day_number(groups["d1"]), day_number(groups["d2"]), groups.get("y")
    last = date_of(int(year), month2, d2) if year else without_year(m, month2, d2, published)
    if last is None:
        return UNKNOWN
    first = date_of(last.year if month1 <= month2 else last.year - 1, month1, d1)
    return (first, last, "day") if first and first <= last else UNKNOWN


def months_between(m: re.Match[str], published: dt.date | None) -> Days | None:
    """From March to June 2020."""
    first, last = month_number(m["m1"]), month_number(m["m2"])
    year = int(m["y"]) if m["y"] else None
    if year is None:
        until = latest(last, 1, published)
        if until is None:
            return UNKNOWN
        year = until.year
    begin = int(m["y1"]) if m["y1"] else year if first <= last else year - 1
    return days_of_month(begin, first)[0], days_of_month(year, last)[1], "month"


def dates_between(m: re.Match[str], published: dt.date | None) -> Days | None:
    """From 28 December 2021 to 4 January 2022."""
    first, last = (date_of(int(m[f"y{k}"]), month_number(m[f"m{k}"]), day_number(m[f"d{k}"])) for k in ("1", "2"))
    return (first, last, "day") if first and last and first <= last else None


def years_between(m: re.Match[str], published: dt.date | None) -> Days | None:
    """From 2002 to 2007, between 2003 and 2011, 1992-95."""
    first, last = int(m["y"]), m["y2"]
    until = int(last) if len(last) == 4 else first - first % 100 + int(last)
    return (dt.date(first, 1, 1), dt.date(until, 12, 31), "year") if first <= until else None
