"""Record values in plain words, one line each, for a terminal, a page or a brief. Words of reports stay as they are: whoever shows them escapes them."""

from __future__ import annotations

import datetime as dt

from counterclaim.core.claim import Claim
from counterclaim.core.finding import Finding
from counterclaim.core.mention import Mention
from counterclaim.core.when import When


def chain(claim: Claim) -> str:
    """`CNN < UN < Taliban`."""
    return " < ".join(v.name or ("unnamed outlet" if i == 0 else "unnamed source") for i, v in enumerate(claim.chain))


def acted(claim: Claim) -> str:
    """What the innermost voice does, and how it is meant: "asserts", "promises (conditional)"."""
    return claim.act if claim.modality == "actual" else f"{claim.act} ({claim.modality})"


def slots(claim: Claim) -> str:
    """The filled slots of a claim on one line."""
    proposition = claim.proposition
    filled = ((slot, getattr(proposition, slot)) for slot in proposition.__struct_fields__)
    return " · ".join(f"{slot.rstrip('_')}: {_value(value)}" for slot, value in filled if value not in ((), None))


def dated(claim: Claim) -> str:
    """When it was, by the claim, as it ends a line; empty where nothing says."""
    return f", {when(claim.when)}" if claim.when and (claim.when.start or claim.when.end) else ""


def when(told: When) -> str:
    """A time: "5 September 2021", "by 5 September 2021", "4 to 5 September 2021"; its words where no day is known."""
    return span(told.start, told.end) or told.words


def span(start: dt.date | None, end: dt.date | None) -> str:
    """A stretch of days; empty where neither end is known."""
    if start and end:
        if start == end:
            return day(start)
        if (start.year, start.month) == (end.year, end.month):
            return f"{start.day} to {day(end)}"
        return f"{day(start)} to {day(end)}"
    return f"by {day(end)}" if end else f"from {day(start)}" if start else ""


def day(value: dt.date) -> str:
    """A day as English newspapers outside America write it."""
    return f"{value.day} {value:%B %Y}"


def question_words(finding: Finding) -> str:
    """The question of a finding on one line."""
    return " · ".join(value for value in finding.question.values() if value)


def asked(finding: Finding) -> str:
    """The question of a finding on one line: what of whom, where, when, in the same order however the finding was kept."""
    return " · ".join(value for name, value in sorted(finding.question.items(), key=lambda one: _rank(finding, one[0])) if value)


# What a question asks, in the order people say it; names that are not here stand before the place.
_ORDER = "kind who by actor donor sides parties participants holder goods harm value type to target of need".split()
_LATE = "place stage from until day as_of report".split()


def _rank(finding: Finding, name: str) -> tuple[int, str]:
    # An offer is made "to" a party; casualties are counted "to" a day.
    name = "until" if name == "to" and finding.question.get("kind") == "casualties" else name
    return (_ORDER.index(name), "") if name in _ORDER else (len(_ORDER) + 1 + _LATE.index(name), "") if name in _LATE else (len(_ORDER), name)


def range_words(finding: Finding) -> str:
    """The range of a finding's number: "9 to 14", "at least 14", "up to 12"; empty where it has none."""
    low, high = (None if side is None else f"{side:,}" for side in (finding.low, finding.high))
    if low == high:
        return low or ""
    return f"{low} to {high}" if low and high else f"at least {low}" if low else f"up to {high}"


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 report", "3 reports"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(_value(one) for one in value)
    if isinstance(value, Mention):
        return value.name or value.words
    return str(getattr(value, "words", None) or getattr(value, "act", None) or value)
