"""What the tests of the face ask with: a client of this machine, the token of a page, every page there is, a record of hostile text."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import lxml.html
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
from counterclaim.read import Options
from counterclaim.reconcile import judging
from counterclaim.reconcile.filling import Words, one_line, written
from counterclaim.record import Record
from counterclaim.web.app import Application, Serving, application
from counterclaim.web.jobs import Run
from counterclaim.web.pages import PAGES
from tests.cases import table

PORT = 8345
RULES = Settings(reader="rules")
PAYLOADS: tuple[str, ...] = tuple(case["payload"] for case in table("xss"))
# Every list, with a question for the one that lists nothing unasked; those in PLAIN are one table of a row for each row.
TABLES = tuple(f"{page.path}?q=market" if page.path == "/search" else page.path for page in PAGES if page.is_table)
PLAIN = ("/reports", "/findings", "/claims", "/search?q=market", "/actors", "/places", "/sources", "/refused")
VIEWS = tuple(path for path in TABLES if path not in PLAIN)


def client(record: Path, settings: Settings = RULES, **options: Any) -> TestClient:
    """A client that asks as a browser of this machine would."""
    return TestClient(application(record, settings, PORT), base_url=f"http://127.0.0.1:{PORT}", **options)


@contextmanager
def served(record: Path) -> Iterator[Serving]:
    """A server of this record on a free port, in a thread."""
    serving = Serving(record, RULES)
    thread = threading.Thread(target=serving.run)
    thread.start()
    try:
        yield serving
    finally:
        serving.stop()
        thread.join()


def face(asking: TestClient) -> Application:
    """The application behind a client."""
    assert isinstance(asking.app, Application)
    return asking.app


def token(asking: TestClient) -> str:
    """The token that the forms of a page carry; the client keeps the cookie that goes with it."""
    found: str
    [found] = set(re.findall(r'name="token" value="([0-9a-f]{64})"', asking.get("/add").text))
    return found


def sort_of(address: str) -> str:
    """Which page of the route table an address is of, by its path there. Raises LookupError for an address of none."""
    path = address.partition("?")[0].partition("#")[0]
    fixed = [page.path for page in PAGES if page.path == path]
    found = fixed or [page.path for page in PAGES if page.path.endswith("{key}") and path.startswith(page.path.removesuffix("{key}"))]
    if not found:
        raise LookupError(f"no page of the route table has the address {address!r}")
    return max(found, key=len)


def crawled(asking: TestClient, most: int = 1, seeds: Iterable[str] = ()) -> dict[str, str]:
    """Pages by address: the lists, the seeds, and of every other sort as many as links lead to, up to `most`, evenly taken.

    Raises AssertionError where a page of the route table is reached by nothing, so that none can be forgotten, and where one does not answer.
    """
    if not face(asking).jobs.all():
        face(asking).jobs.add(Run("nothing at all", [], Options()))
    lists = [f"{page.path}?per=500" if page.is_table else page.path for page in PAGES if "{" not in page.path and page.path != "/source"]
    out: dict[str, str] = {}
    left: dict[str, list[str]] = {"": [*lists, "/search?q=market", *seeds]}
    while left:
        led: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for address in (one for found in left.values() for one in found):
            answer = asking.get(address)
            assert answer.status_code == 200, (address, answer.text[-300:])
            out[address] = answer.text
            for at in lxml.html.document_fromstring(answer.text).xpath(
                "//main//a[not(@download)][not(ancestor-or-self::*[@hidden])]/@href | //header//a/@href"
            ):
                if at.startswith("/"):
                    led[sort_of(at)][at.partition("#")[0]] = None
        had = {sort_of(address) for address in out}
        left = {sort: _evenly(list(found), most) for sort, found in led.items() if sort not in had}
    missing = {page.path for page in PAGES} - {sort_of(address) for address in out}
    assert not missing, f"no page leads to one of {sorted(missing)}: give the record something it can show, so that it is tested too"
    return out


def _evenly(some: Sequence[str], most: int) -> list[str]:
    return [some[number * len(some) // most] for number in range(most)] if len(some) > most else list(some)


def hostile(path: Path, payloads: tuple[str, ...] = PAYLOADS) -> None:
    """A record in which every text that comes from outside is one of the payloads, a report each."""
    with Record.open(path, settings=RULES, create=True) as record:
        for number, words in enumerate(payloads):
            report, claims, links = _hostile(number, words)
            record.store.add(Received(report, str(number).encode()), claims, links)
            for judgement in _decided(number, words, report, claims):
                record.store.judge(judgement)
            record.store.refuse(Refusal(words, words))


def _decided(number: int, words: str, report: Report, claims: list[Claim]) -> list[Judgement]:
    """Somebody of a hostile name remarks, corrects slots and terms, rejects, accepts and adds claims, all in hostile words."""
    at, known = dt.datetime(2024, 3, 4, tzinfo=dt.UTC), Words(lambda _: None, lambda *_: f"k-{words}")
    remark = Judgement(key=f"j{number}", about=claims[0].key, decision="comment", by=words, at=at, value=words)
    if not one_line(words):
        return [remark]
    control, _, attack, offer, statement = claims
    named = written((Mention(words, name=f"{words} too"), Mention(f"{words} again")))
    terms = written((Term(f"{words} done", Mention(f"{words} by"), (Mention(f"{words} there", name=words),)),))
    span = Span(len(words) + 2, len(words) + 2 + len(words))
    missed = judging.added(report, span, "control", {"holder": written((Mention(words, name=words),))}, by=words, words=known, quotable=False)
    return [
        remark,
        judging.correct(control, {"holder": named, "chain": words.replace("<", "‹") or "x"}, by=words, at=at, words=known),
        judging.correct(offer, {"asks": terms, "by": named}, by=words, at=at, words=known),
        judging.correct(attack, {"means": f"{words} else"}, by=words, at=at, words=known),
        judging.accept(attack, by=words, at=at),
        judging.reject(statement, by=words, at=at, reason=words),
        judging.comment(report.id, words, by=words, at=at),
        judging.add(missed, by=words, at=at),
    ]


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
