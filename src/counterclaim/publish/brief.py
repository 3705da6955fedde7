"""Findings to a short dated brief in Markdown, in which every sentence carries its standing and its references.

What it captures: what the findings say, gravest standing first, by kind; each party's position with its reports and origins; each
reference with the sentence it stands on.
What it does not: sum up, weigh or conclude; whatever the brief says, the record says in the same words.
Example: "**Paryan, 5 September 2021** (disputed): Taliban: Taliban hold Paryan [1]; NRF: Taliban left Paryan [2, 3]."
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from counterclaim.core.claim import Claim
from counterclaim.core.finding import Finding
from counterclaim.core.report import Report
from counterclaim.publish.words import counted, day, range_words, span

_SECTIONS: Mapping[str, tuple[str, ...]] = {
    "Who holds what": ("control",),
    "Fighting and attacks": ("attack", "fighting", "violation", "protest"),
    "Casualties": ("casualties",),
    "Offers, talks and agreements": ("offer", "agreement", "talks"),
    "Aid and need": ("aid", "need"),
}
# What a reader must see first: what is contested, then what somebody gave away, then what was checked or not.
_ORDER = ("disputed", "conceded", "verified", "corroborated", "not-verified", "claimed", "withdrawn")
# Sentences a section has room for; more of them make a list and no brief.
MOST = 12
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#])")
_LEADING = re.compile(r"\s+")


def brief(
    findings: Iterable[Finding],
    claims: Mapping[str, Claim],
    reports: Mapping[str, Report],
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
    place: str | None = None,
    most: int = MOST,
) -> str:
    """The brief of these findings as Markdown. With days or a place, of those that speak of them; an undated finding is left out of a range."""
    chosen = [
        one
        for one in findings
        if _is_within(one, since, until) and (place is None or place.casefold() in " ".join(filter(None, one.question.values())).casefold())
    ]
    sources = References(claims, reports)
    lines: list[str] = []
    for title, kinds in _SECTIONS.items():
        found = sorted((one for one in chosen if one.question["kind"] in kinds), key=_rank)
        if found:
            lines += ["", f"## {title}", ""]
            lines += [f"- {_sentence(one, sources)}" for one in found[:most]]
            if len(found) > most:
                lines.append(f"- {counted(len(found) - most, 'finding')} more: `counterclaim findings --kind {found[0].question['kind']}`")
    if not lines:
        lines = ["", "Nothing in the record speaks of this."]
    when = span(since, until)
    head = [f"# Situation brief{f', {when}' if when else ''}{f', {escaped(place)}' if place else ''}", "", _opening(chosen, reports)]
    return "\n".join([*head, *lines, *sources.listed()]) + "\n"


def escaped(words: str) -> str:
    """Words of a report with nothing in them that Markdown or HTML would obey, on one line."""
    return _SPECIAL.sub(r"\\\1", _LEADING.sub(" ", words).strip())


class References:
    """The sentences that a brief refers to, numbered as they come up."""

    def __init__(self, claims: Mapping[str, Claim], reports: Mapping[str, Report]) -> None:
        self._claims = claims
        self._reports = reports
        self._numbers: dict[tuple[str, str], int] = {}

    def of(self, keys: Iterable[str]) -> str:
        """The numbers of the sentences these claims stand in: " [1, 3]"; empty where none is at hand."""
        found = {(claim.report, claim.evidence.quote) for key in keys if (claim := self._claims.get(key)) is not None}
        numbers = sorted(self._numbers.setdefault(one, len(self._numbers) + 1) for one in sorted(found))
        return f" [{', '.join(map(str, numbers))}]" if numbers else ""

    def listed(self) -> Iterator[str]:
        """The list of references as lines of Markdown."""
        if self._numbers:
            yield from ("", "## References", "")
        for (name, quote), number in sorted(self._numbers.items(), key=lambda item: item[1]):
            report = self._reports.get(name)
            outlet = escaped(report.outlet) if report and report.outlet else "unnamed outlet"
            published = day(report.published.day) if report and report.published.day else "undated"
            yield f"{number}. {outlet}, {published} ({escaped(name)}): “{escaped(quote)}”"


def _opening(found: Sequence[Finding], reports: Mapping[str, Report]) -> str:
    counts = [f"{sum(one.standing == standing for one in found)} {standing}" for standing in _ORDER if any(one.standing == standing for one in found)]
    by_standing = f" ({', '.join(counts)})" if counts else ""
    return f"From {counted(len(reports), 'report')}: {counted(len(found), 'finding')}{by_standing}. Every line says how its matter stands; nothing is decided here."


def _sentence(finding: Finding, sources: References) -> str:
    told = [
        f"{escaped(one.party or 'an unnamed source')}: {escaped(one.says)} ({counted(one.reports, 'report')}, {counted(one.origins, 'origin')}){sources.of(one.claims)}"
        for one in finding.positions
    ]
    answers = [f"{escaped(one.by or 'somebody')}: {one.value}{f' by {one.as_of}' if one.as_of else ''}{sources.of(one.claims)}" for one in finding.answers]
    number = range_words(finding)
    checked = f" The sum {finding.sum_check.result}: {escaped(finding.sum_check.because)}." if finding.sum_check else ""
    stands = f"{finding.standing}: {escaped(finding.because)}"
    return f"**{escaped(_title(finding))}**{f', {number}' if number else ''} ({stands}). {'; '.join([*told, *answers])}.{checked}"


def _title(finding: Finding) -> str:
    kept = [value for name, value in finding.question.items() if value and name not in (*_day_names(finding), "kind", "report")]
    days = [dt.date.fromisoformat(value) for value in _days(finding)]
    return ", ".join([" · ".join(kept) or str(finding.question["kind"]), *([span(min(days), max(days))] if days else [])])


def _rank(finding: Finding) -> tuple[int, str, str]:
    return _ORDER.index(finding.standing), max(_days(finding), default=""), finding.key


def _day_names(finding: Finding) -> tuple[str, ...]:
    """The parts of a question that are days; an offer is made "to" a party."""
    return ("from", "to") if finding.question["kind"] == "casualties" else ("as_of", "day")


def _days(finding: Finding) -> list[str]:
    return [value for name in _day_names(finding) if (value := finding.question.get(name))]


def _is_within(finding: Finding, since: dt.date | None, until: dt.date | None) -> bool:
    if since is None and until is None:
        return True
    days = _days(finding)
    return bool(days) and (since is None or max(days) >= since.isoformat()) and (until is None or min(days) <= until.isoformat())
