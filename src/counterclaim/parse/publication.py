"""When a report was published: given, in its metadata, printed in its own text, or inferred from it and flagged; never guessed silently.

What it captures: a dateline ("KABUL, Sept. 5, 2021 —"), a line that says so ("Updated 5 September 2021"), the one line at the head of a
text that is nothing but a day ("Monday, 12 May 2025"), and, where there is none of these,
the one full date at the head of a text that tells of weekdays or of today, if something happened "on" it: that is inferred, and its
basis says so.
What it does not: a text with several dates at its head, or with none; a date that names something ("the 11 September attacks"), that is
counted from ("since 4 March"), planned or remembered; those texts stay without a day, and their weekdays open.
Example: "On 5 September 2021 rebels took Anaba. On Monday …" is of about that day: basis "inferred".
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from counterclaim.core.report import Report
from counterclaim.core.when import Published
from counterclaim.parse.dates import Moment, moments

# A dateline stands at the very beginning: "CITY, 20 NOV 89 (AGENCY) --", "KABUL, Sept. 5, 2021 —".
_DATELINE = re.compile(r"\s*(?:[^\n]{0,200}\n\s*\n)?[A-Z](?:[^\n]{0,140}?(?:--|—|–)|[^\n]{0,140}?\))")
_PRINTED = re.compile(r"(?im)^\W*(?:first published|published|last updated|updated|posted)\b[^\n]{0,60}$")
# What may stand beside the day on a line of its own.
_BESIDE = re.compile(r"(?i)\W*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day)?\W*(?:(?:at\s+)?\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\.?)?(?:\s*[A-Z]{2,4})?)?\W*")
# The head of a text, in characters, in which its own date stands.
_HEAD = 600
_COUNTED = re.compile(r"(?i)\b(?:today|yesterday|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b")
# What happened "on" a day.
_ON = re.compile(r"(?i)\bon\s+$")
_STOPS = (". ", "\n", "? ", "! ")
# A sentence that looks ahead or back: its date is not of the news.
_NOT_NEWS = re.compile(
    r"(?i)\b(?:will|shall|would|to be held|scheduled|due|planned|plans?|sits|expected|until|by|anniversary|since|remember\w*|commemorat\w*|back on)\b"
)
_WITH_YEAR = re.compile(r"(?:19|20)\d\d")


def published(report: Report) -> Published:
    """The publication day with its basis: as it is, or "text" for a printed date, or "inferred"."""
    if report.published.day is not None:
        return report.published
    text = report.text
    for found in (_DATELINE.match(text), *_PRINTED.finditer(text)):
        if found:
            for moment in moments(text, None, found.start(), found.end()):
                if moment.when.precision == "day" and moment.when.start is not None and moment.when.start == moment.when.end:
                    return Published(moment.when.start, "text")
    alone = set(_alone(text))
    if len(alone) == 1:
        return Published(alone.pop(), "text")
    if not _COUNTED.search(text):
        return Published()
    head = [m for m in moments(text, None, 0, min(_HEAD, len(text))) if m.when.precision == "day" and _WITH_YEAR.search(m.when.words)]
    days = {m.when.start for m in head if m.when.start is not None and m.when.start == m.when.end}
    news = any(_is_of_news(text, m) for m in head)
    return Published(days.pop(), "inferred") if len(days) == 1 and news else Published()


def _alone(text: str) -> Iterator[dt.date]:
    """The days that lines at the head of a text give, and nothing else."""
    start = 0
    for line in text[:_HEAD].splitlines(keepends=True):
        end = start + len(line.rstrip())
        for moment in moments(text, None, start, end) if _WITH_YEAR.search(line) else ():
            rest = text[start : moment.span.start] + " " + text[moment.span.end : end]
            day = moment.when.start
            if (
                moment.when.precision == "day"
                and day is not None
                and day == moment.when.end
                and _WITH_YEAR.search(moment.when.words)
                and _BESIDE.fullmatch(rest)
            ):
                yield day
        start += len(line)


def _is_of_news(text: str, moment: Moment) -> bool:
    """Whether something is told to have happened on the day, as far as the words of its sentence say."""
    start, end = moment.span.start, moment.span.end
    opens = max(text.rfind(stop, 0, start) for stop in _STOPS) + 1
    closes = min((at for at in (text.find(stop, end) for stop in _STOPS) if at >= 0), default=len(text))
    return bool(_ON.search(text[opens:start]) or _COUNTED.match(text, start)) and not _NOT_NEWS.search(text, opens, closes)
