"""Turn a month, a day and the word before them into the days that are meant, counted from publication.

What it captures: the names of months; a day without its year: the latest one, or the coming one after "will" and its like;
ends opened by "since", "until", "before", "after".
What it does not: anything without a publication day: that stays unknown; calendars other than the Gregorian.
Example: "since", 3 May 2020 → from 3 May 2020 until publication, "after".
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

from counterclaim.core.when import Precision

Days = tuple[dt.date | None, dt.date | None, Precision]
UNKNOWN: Days = (None, None, "unknown")

_MONTHS = (
    {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
    | {name: i for i, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}
    | {"sept": 9}
)

# Plans that newspapers date without a year lie nearer than this many days.
_NEAR_FUTURE = 240
# What stands before a day that is still to come.
_AHEAD = re.compile(
    r"(?i)\b(?:will|shall|is to|are to|plans? to|planned for|scheduled|due|vowed to|set for|expected to)\b(?![^.!?\n]*\b(?:said|told|announced|reported|added|wrote)\b)[^.!?\n]{0,90}$"
)


def word(m: re.Match[str], group: str) -> str:
    """What a group of the pattern caught, in small letters; empty where it caught nothing or the pattern has no such group."""
    return (m.groupdict().get(group) or "").lower().strip()


def date_of(year: int, month: int, day: int) -> dt.date | None:
    """That day, or none where the calendar has no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def month_number(words: str) -> int:
    """The number of a month by its name, written out or shortened; KeyError for any other word."""
    return _MONTHS[words.lower().rstrip(".")]


def day_number(words: str) -> int:
    """The number in "3rd" or "03"."""
    return int(re.sub(r"\D", "", words))


def one_day(day: dt.date | None) -> Days:
    """From that day to that day; unknown for none."""
    return (day, day, "day") if day else UNKNOWN


def days_of_month(year: int, month: int) -> tuple[dt.date, dt.date]:
    """The first and the last day of a month."""
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


_SOON, _LONG_AGO = 31, 300


def latest(month: int, day: int, published: dt.date | None) -> dt.date | None:
    """The latest such day that is not after publication; none without a publication day or for a day that is not."""
    if published is None:
        return None
    for year in (published.year, published.year - 1, published.year - 2, published.year - 3, published.year - 4):
        found = date_of(year, month, day)
        if found and found <= published:
            return found
    return None


def coming(month: int, day: int, published: dt.date) -> dt.date | None:
    """The first such day from publication on, within the better part of a year."""
    found = [d for year in (published.year, published.year + 1) if (d := date_of(year, month, day)) and d >= published]
    return found[0] if found and (found[0] - published).days < _NEAR_FUTURE else None


def is_ahead(m: re.Match[str]) -> bool:
    """Whether the words before a day say that it is still to come: "will meet on Saturday"."""
    return bool(_AHEAD.search(m.string, max(0, m.start() - 110), m.start()))


def without_year(m: re.Match[str], month: int, day: int, published: dt.date | None) -> dt.date | None:
    """A day without its year: the latest one, or the coming one where it is still to come."""
    if published is None:
        return None
    past, ahead = latest(month, day, published), coming(month, day, published)
    if is_ahead(m):
        return ahead or past
    # A day of next week is nearer than the same day of last year, which a report would give with its year.
    if ahead is not None and (ahead - published).days <= _SOON and (past is None or (published - past).days > _LONG_AGO):
        return ahead
    return past


def opened(lead: str | None, first: dt.date | None, last: dt.date | None, precision: Precision, published: dt.date | None) -> Days:
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
