"""Small made-up claims, reports and links. Sentences are numbered: two claims of one sentence share their evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from counterclaim.core.claim import Casualties, Claim, Control, Counting, Interest, InterestValue, Mentions, Modality, Proposition
from counterclaim.core.codec import claim_key
from counterclaim.core.figure import Figure
from counterclaim.core.finding import Finding
from counterclaim.core.link import Candidate, Link, LinkKind
from counterclaim.core.mention import Mention
from counterclaim.core.report import Report
from counterclaim.core.span import Evidence
from counterclaim.core.voice import Act, SourceType, Voice
from counterclaim.core.when import Published, When
from counterclaim.reconcile import findings

LONG = 100
"""From the start of one sentence to the start of the next."""


def date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def when(days: str | None) -> When | None:
    """The days of "2021-09-05", of "2021-09-04/2021-09-05", of "/2021-09-05" (by then) or of "2021-09-05/" (since then)."""
    if days is None:
        return None
    first, _, last = days.partition("/") if "/" in days else (days, "/", days)
    return When(date(first or None), date(last or None), "day", days)


def m(*words: str) -> Mentions:
    return tuple(Mention(one) for one in words)


def figure(low: float | None, high: float | None = None, *, words: str | None = None, unit: str | None = None, exact: bool = True) -> Figure:
    """An exact number, or "at least" where `exact` is false and no upper bound is given."""
    high = low if high is None and exact else high
    return Figure(low, high, words or (f"{low:g}" if low is not None else f"{high}"), unit)


def voice(name: str | None, side: str | None = None, *, words: str | None = None, source_type: SourceType | None = None) -> Voice:
    return Voice(name, words=words, speaks_for=side, source_type=source_type)


def claim(
    proposition: Proposition,
    *voices: Voice | str,
    report: str = "r1",
    outlet: str | None = "Daily",
    act: Act = "asserts",
    days: str | None = None,
    said: str | None = None,
    sentence: int = 0,
    refutes: str | None = None,
    interest: InterestValue | None = None,
    modality: Modality = "actual",
    length: int = LONG - 2,
    counting: Counting | None = None,
) -> Claim:
    """A claim of the voices, innermost last; the outlet's own without one."""
    start = sentence * LONG
    made = Claim(
        key="",
        report=report,
        evidence=Evidence(start, start + length, f"sentence {sentence}"),
        chain=(Voice(outlet), *(one if isinstance(one, Voice) else Voice(one) for one in voices)),
        act=act,
        hedges=(),
        said=when(said),
        when=when(days),
        proposition=proposition,
        score=1.0,
        because="made up",
        modality=modality,
        refutes=refutes,
        interest=Interest(interest, "made up") if interest else None,
        counting=counting,
    )
    return msgspec.structs.replace(made, key=claim_key(made))


def control(place: str, holder: str, change: str = "holds") -> Control:
    return msgspec.convert({"kind": "control", "place": [{"words": place}], "holder": [{"words": holder}], "change": change}, Control)


def killed(who: str, count: Figure | None = None, place: str | None = "Kibua") -> Casualties:
    return Casualties(who=m(who), harm=("killed",), count=count, place=m(place) if place else ())


def report(name: str = "r1", text: str = "", *, outlet: str | None = None, published: str | None = None) -> Report:
    return Report(id=name, text=text, outlet=outlet, published=Published(date(published), "given"))


def link(words: str, name: str | None, *, key: str | None = None, report: str = "r1", kind: LinkKind = "actor") -> Link:
    return Link(report, words, kind, Candidate(name, key or name.casefold(), 1.0) if name else None, "made up")


def found(
    claims: Iterable[Claim], reports: Iterable[Report] = (), links: Iterable[Link] = (), *, kind: str | None = None, **question: str | None
) -> list[Finding]:
    """The findings whose question has these words in it."""
    wanted = {"from" if slot == "from_" else slot: words for slot, words in question.items()}
    if kind:
        wanted["kind"] = kind
    return [one for one in findings(claims, reports, links) if all(one.question.get(slot) == words for slot, words in wanted.items())]


def only(claims: Iterable[Claim], reports: Iterable[Report] = (), links: Iterable[Link] = (), *, kind: str | None = None, **question: str | None) -> Finding:
    """The one finding whose question has these words in it."""
    matching = found(claims, reports, links, kind=kind, **question)
    assert len(matching) == 1, [one.question for one in matching] or [one.question for one in findings(claims, reports, links)]
    return matching[0]


def said_by(finding: Finding) -> dict[str | None, list[str]]:
    """What each party says, in order."""
    told: dict[str | None, list[str]] = {}
    for position in finding.positions:
        told.setdefault(position.party, []).append(position.says)
    return told
