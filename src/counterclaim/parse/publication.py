"""When a report was published: given, in its metadata, or read from its own dateline; never guessed."""

from __future__ import annotations

import re

from counterclaim.core.report import Report
from counterclaim.core.when import Published
from counterclaim.parse.dates import moments

# A dateline stands at the very beginning: "CITY, 20 NOV 89 (AGENCY) --", "KABUL, Sept. 5, 2021 —".
_DATELINE = re.compile(r"\s*(?:[^\n]{0,200}\n\s*\n)?[A-Z](?:[^\n]{0,140}?(?:--|—|–)|[^\n]{0,140}?\))")


def published(report: Report) -> Published:
    """The publication day with its basis; a full date in the dateline counts as basis "text"."""
    if report.published.day is not None:
        return report.published
    found = _DATELINE.match(report.text)
    if found:
        for moment in moments(report.text, None, found.start(), found.end()):
            if moment.when.precision == "day" and moment.when.start is not None and moment.when.start == moment.when.end:
                return Published(moment.when.start, "text")
    return Published()
