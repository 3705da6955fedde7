"""When of a claim to the days it speaks of, with the day a matter is filed under."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from counterclaim.core.claim import Claim
from counterclaim.core.report import Report
from counterclaim.core.when import When


class Days(NamedTuple):
    """The first and the last day, both included; null where the text leaves that side open."""

    first: dt.date | None
    last: dt.date | None

    @property
    def anchor(self) -> dt.date | None:
        """The day a matter is filed under: the first known. Tolls of one attack begin on one day and end on many."""
        return self.first or self.last

    @property
    def latest(self) -> dt.date | None:
        """The last day known."""
        return self.last or self.first

    def covers(self, day: dt.date) -> bool:
        """Whether the claim speaks of this day. What happened "by" a day speaks of that day alone."""
        first, last = self.first or self.last, self.last or self.first
        return first is not None and last is not None and first <= day <= last


NO_DAYS = Days(None, None)


def days_of(when: When | None) -> Days:
    """The days of a when, in order even where the text was read the wrong way round."""
    if when is None:
        return NO_DAYS
    if when.start and when.end and when.end < when.start:
        return Days(when.end, when.start)
    return Days(when.start, when.end)


def event_days(claim: Claim, refuted: Claim | None = None) -> Days:
    """When the event was: the claim's own days, else those of the claim it refutes ("the Houthis denied it")."""
    own = _own_days(claim)
    return own if own != NO_DAYS or refuted is None else _own_days(refuted)


def _own_days(claim: Claim) -> Days:
    """The days a claim's own words or the report's one event give; that it was told on a day says only that it was over by then."""
    return NO_DAYS if claim.dated in ("said", "report") else days_of(claim.when)


def state_days(claim: Claim, refuted: Claim | None, report: Report | None) -> Days:
    """When the state held: the event's days, else the day it was said, else the day of the report. A state said to last does, till the report."""
    published = report.published.day if report else None
    days = event_days(claim, refuted)
    if days == NO_DAYS:
        days = days_of(claim.said)
    if days == NO_DAYS and claim.dated == "said":
        days = days_of(claim.when)
    if days == NO_DAYS:
        return Days(published, published)
    if days.last is None and published and days.first and published >= days.first:
        return Days(days.first, published)
    return days


def text(day: dt.date | None) -> str | None:
    """The day as it is written in a question."""
    return day.isoformat() if day else None
