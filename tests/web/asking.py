"""What the tests of the face ask with: a client of this machine, the token of a page, a record of hostile text."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from pathlib import Path
from typing import Any

import msgspec
from starlette.testclient import TestClient

from counterclaim.config import Settings
from counterclaim.core.claim import Attack, Casualties, Claim, Control, Offer, Statement, Term
from counterclaim.core.codec import claim_key
from counterclaim.core.figure import Figure
from counterclaim.core.judgement import Judgement
from counterclaim.core.link import Candidate, Link, Located
from counterclaim.core.mention import Mention
from counterclaim.core.report import Received, Refusal, Report
from counterclaim.core.span import Span, evidence
from counterclaim.core.voice import Voice
from counterclaim.core.when import Published, When
from counterclaim.record import Record
from counterclaim.web.app import Application, application
from tests.cases import table

PORT = 8345
RULES = Settings(reader="rules")
PAYLOADS: tuple[str, ...] = tuple(case["payload"] for case in table("xss"))


def client(record: Path, settings: Settings = RULES, **options: Any) -> TestClient:
    """A client that asks as a browser of this machine would."""
    return TestClient(application(record, settings, PORT), base_url=f"http://127.0.0.1:{PORT}", **options)


def face(asking: TestClient) -> Application:
    """The application behind a client."""
    assert isinstance(asking.app, Application)
    return asking.app


def token(asking: TestClient) -> str:
    """The token that the forms of a page carry; the client keeps the cookie that goes with it."""
    found: str
    [found] = set(re.findall(r'name="token" value="([0-9a-f]{64})"', asking.get("/add").text))
    return found


def hostile(path: Path, payloads: tuple[str, ...] = PAYLOADS) -> None:
    """A record in which every text that comes from outside is one of the payloads, a report each."""
    with Record.open(path, settings=RULES, create=True) as record:
        for number, words in enumerate(payloads):
            report, claims, links = _hostile(number, words)
            record.store.add(Received(report, str(number).encode()), claims, links)
            record.store.judge(
                Judgement(key=f"j{number}", about=claims[0].key, decision="comment", by=words, at=dt.datetime(2024, 3, 4, tzinfo=dt.UTC), value=words)
            )
            record.store.refuse(Refusal(words, words))


def _hostile(number: int, words: str) -> tuple[Report, list[Claim], list[Link]]:
    text = f"{words}\n\n{words} said that {words} fell. Nothing else happened."
    day = dt.date(2024, 3, 4)
    # An id is kept apart from the others by its number, as two reports cannot share one.
    name = f"{number}{words}".replace("\x00", "").replace("\t", " ").replace("\n", " ")
    report = Report(
        id=name,
        text=text,
        title=words,
        outlet=words,
        published=Published(day, "given"),
        url=words,
        source=words,
        sha256=hashlib.sha256(str(number).encode()).hexdigest(),
        reader=words,
    )
    mention, when = Mention(words), When(day, day, "day", words)
    voice = Voice(words, words, words, words, words, "direct", words, "unnamed", words)
    start = len(words) + 2
    span = Span(start, text.index(" Nothing"))
    propositions = (
        Control(place=(mention,), holder=(mention,), change="captured", except_=(mention,)),
        Casualties(who=(mention,), harm=("killed",), count=Figure(3, 3, words), place=(mention,)),
        Attack(actor=(mention,), target=(mention,), means=words, place=(mention,)),
        Offer(by=(mention,), to=(mention,), asks=(Term(words, mention, (mention,)),), undertakings=(Term(words, mention),)),
        Statement(content=(words,)),
    )
    claims = []
    for proposition in propositions:
        claim = Claim(
            key="",
            report=name,
            evidence=evidence(text, span),
            chain=(Voice(words), voice),
            act="asserts",
            hedges=(words,),
            said=when,
            when=when,
            proposition=proposition,
            score=0.5,
            because=words,
            quotable=False,
            refutes=words,
        )
        claims.append(msgspec.structs.replace(claim, key=claim_key(claim)))
    where = Located("exact", words, words, words, 1.5, 2.5)
    links = [
        Link(name, words, "actor", Candidate(words, f"k-{words}", 0.5), words, (Candidate(words, words, 0.5),), words),
        Link(name, words, "place", Candidate(words, f"p-{words}", 0.5, where), words, (), words),
        Link(name, f"{words} open", "place", None, words, (Candidate(words, words, 0.5, where),), words),
    ]
    return report, claims, links
