"""When a report was published: given, in its metadata, printed in its own text, or inferred from it and flagged; never guessed silently.

What it captures: a dateline ("KABUL, Sept. 5, 2021 —"), a line that says so ("Updated 5 September 2021"), and, where there is neither,
the one full date at the head of a text that tells of weekdays or of today: that is inferred, and its basis says so.
What it does not: a text with several dates at its head, or with none; those stay without a day, and their weekdays open.
Example: "On 5 September 2021 rebels took Anaba. On Monday …" is of about that day: basis "inferred".
"""

from __future__ import annotations

import re

from counterclaim.core.report import Report
from counterclaim.core.when import Published
from counterclaim.parse.dates import moments

# A dateline stands at the very beginning: "CITY, 20 NOV 89 (AGENCY) --", "KABUL, Sept. 5, 2021 —".
_DATELINE = re.compile(r"\s*(?:[^\n]{0,200}\n\s*\n)?[A-Z](?:[^\n]{0,140}?(?:--|—|–)|[^\n]{0,140}?\))")
_PRINTED = re.compile(r"(?im)^\W*(?:first published|published|last updated|updated|posted)\b[^\n]{0,60}$")
# The head of a text, in characters, in which its own date stands.
_HEAD = 600
_COUNTED = re.compile(r"(?i)\b(?:today|yesterday|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b")
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
    if not _COUNTED.search(text):
        return Published()
    head = [m.when for m in moments(text, None, 0, min(_HEAD, len(text))) if m.when.precision == "day" and _WITH_YEAR.search(m.when.words)]
    days = {when.start for when in head if when.start is not None and when.start == when.end}
    return Published(days.pop(), "inferred") if len(days) == 1 else Published()
