"""Turn weekdays and weekends into the latest such days, or the coming ones where the words say so.

What it captures: "on Friday", "next Sunday", "by Friday", "overnight to Monday", "from Friday to Sunday", "last weekend".
What it does not: "on Fridays", which is no one day; "Black Friday" and its like; working weeks other than Monday to Friday.
Example: published on Wednesday 8 September 2021, "on Monday" → 6 September 2021, "day".
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

from counterclaim.parse.days import UNKNOWN, Days, is_ahead, one_day, opened, word

_DAYS = (
    {name.lower(): i for i, name in enumerate(calendar.day_name)}
    | {name: i for i, name in enumerate("mon tue wed thu fri sat sun".split())}
    | {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
)

# Names of days that begin with these words are of feasts, sales and massacres.
_NAMED = re.compile(r"(?:black|good|ash|palm|easter|bloody|boxing)\s+$", re.IGNORECASE)
# What follows a day by which something was done or left undone, and what goes before one; "had to leave by Friday" is still to come.
_DONE = re.compile(r"[^.!?\n]{0,60}\b(?:had|was|were)\b")
_NOT_YET = r"(?:to (?!the\b|an?\b|his\b|her\b|its\b|their\b|this\b|that\b|[A-Z0-9])|until\b|would\b|will\b|must\b|should\b)"
_HAD = re.compile(rf"\b(?:had|did|has|have)(?: not|n['’]t)?\b(?:(?!\b{_NOT_YET})[^.!?\n])*$")


def weekday(m: re.Match[str], published: dt.date | None) -> Days | None:
    """On Friday, next Sunday, by Monday; no time for "Fridays", which are no one day."""
    if published is None:
        return UNKNOWN
    if m["w"].lower().endswith("days"):
        return None
    wanted = _DAYS[m["w"].lower()]
    lead, which = word(m, "lead"), word(m, "which")
    back = (published.weekday() - wanted) % 7
    found = published - dt.timedelta(days=back)
    if which in ("next", "coming", "this coming") or (lead == "by" and back) or (not which and lead in ("", "on") and back and is_ahead(m)):
        found += dt.timedelta(days=7)
    elif which in ("last", "previous") and back == 0:
        found -= dt.timedelta(days=7)
    if lead == "by":
        # "By Sunday the army had retaken it": the last one; "to surrender by Friday": the next.
        is_over = found > published and (_DONE.match(m.string, m.end()) or _HAD.search(m.string, max(0, m.start() - 110), m.start()))
        return None, found - dt.timedelta(days=7) if is_over else found, "before"
    if lead == "between":
        return one_day(found)
    return opened(
        lead if lead in ("since", "from", "until", "till", "before", "prior to", "after", "ahead of", "starting") else None, found, found, "day", published
    )


def weekday_not_named(m: re.Match[str], published: dt.date | None) -> Days | None:
    """A weekday, but none for "Black Friday" and its like."""
    return None if _NAMED.search(m.string[max(0, m.start() - 8) : m.start()]) else weekday(m, published)


def night_to(m: re.Match[str], published: dt.date | None) -> Days | None:
    """Overnight to Monday: that day and the day before it."""
    days = weekday(m, published)
    return (days[0] - dt.timedelta(days=1), days[0], "day") if days and days[0] else UNKNOWN


def weekend(m: re.Match[str], published: dt.date | None) -> Days | None:
    """The weekend, this, last or next weekend: Saturday and Sunday."""
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


def weekdays(m: re.Match[str], published: dt.date | None) -> Days | None:
    """From Friday to Sunday, between Monday and Wednesday, the night from Wednesday to Thursday: the latest such days; none for "Fridays"."""
    if published is None:
        return UNKNOWN
    first, last = (_DAYS.get(m[group].lower()) for group in ("w", "w2"))
    if first is None or last is None:
        return None
    until = published - dt.timedelta(days=(published.weekday() - last) % 7)
    return until - dt.timedelta(days=(last - first) % 7), until, "day"
