"""Small reports, claims and links to keep. All words are made up for these tests."""

from __future__ import annotations

import datetime as dt
import hashlib
import os

import msgspec

from counterclaim.core.claim import Claim, Control, Proposition
from counterclaim.core.codec import claim_key
from counterclaim.core.judgement import Decision, Judgement
from counterclaim.core.link import Candidate, Link, LinkKind
from counterclaim.core.mention import Mention
from counterclaim.core.report import Received, Report
from counterclaim.core.span import Span, evidence
from counterclaim.core.voice import Act, Voice
from counterclaim.core.when import Published, When

TEXT = "Rebels took Arvad on Monday. The army denied it. Two bridges were attacked near Kesh."


def memory() -> str | None:
    """A folder in memory where there is one, else the usual place: a test that does not cut the power need not wait for a disk."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108


def sentence(number: int, text: str = TEXT) -> Span:
    """Where the numbered sentence of a text of plain sentences stands, from 0."""
    start = 0
    for _ in range(number):
        start = text.index(". ", start) + 2
    end = text.find(". ", start)
    return Span(start, len(text) if end < 0 else end + 1)


def make_report(name: str = "r1", text: str = TEXT, *, title: str | None = None, day: dt.date | None = None, url: str | None = None) -> Report:
    return Report(id=name, text=text, title=title, url=url, published=Published(day, "given") if day else Published())


def received(report: Report | None = None, raw: bytes | None = None) -> Received:
    report = report or make_report()
    raw = report.text.encode() if raw is None else raw
    return Received(msgspec.structs.replace(report, sha256=hashlib.sha256(raw).hexdigest()), raw)


def make_claim(
    report: Report | None = None,
    span: Span | None = None,
    proposition: Proposition | None = None,
    *,
    voices: tuple[Voice, ...] = (Voice(name=None), Voice(name="the rebels")),
    act: Act = "asserts",
    when: When | None = None,
    said: When | None = None,
    score: float = 0.9,
) -> Claim:
    report = report or make_report()
    claim = Claim(
        key="",
        report=report.id,
        evidence=evidence(report.text, span or sentence(0, report.text)),
        chain=voices,
        act=act,
        hedges=(),
        said=said,
        when=when,
        proposition=proposition or Control(place=(Mention("Arvad"),), holder=(Mention("Rebels"),), change="captured"),
        score=score,
        because="made for a test",
    )
    return msgspec.structs.replace(claim, key=claim_key(claim))


def make_link(
    report: str = "r1", words: str = "Rebels", name: str = "Arvad Front", *, kind: LinkKind = "actor", key: str | None = None, score: float = 0.8
) -> Link:
    return Link(report=report, words=words, kind=kind, target=Candidate(name, key or f"q-{name.lower()}", score), because="made for a test")


def make_judgement(
    about: str = "r1",
    decision: Decision = "comment",
    *,
    key: str = "j1",
    at: dt.datetime = dt.datetime(2024, 5, 6, 7, 8, tzinfo=dt.UTC),
    value: str | None = None,
) -> Judgement:
    return Judgement(key=key, about=about, decision=decision, by="ana", at=at, value=value)


def days(first: dt.date | None, last: dt.date | None) -> When:
    return When(first, last, "day", "then")
