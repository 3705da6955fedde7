"""What holds of a record whatever goes into it."""

from __future__ import annotations

import datetime as dt
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterclaim.core.claim import Claim, Control, Proposition, Statement
from counterclaim.core.link import Candidate, Link
from counterclaim.core.mention import Mention
from counterclaim.core.report import Received, Report
from counterclaim.core.span import Span
from counterclaim.core.voice import Voice
from counterclaim.core.when import Published, When
from counterclaim.store import Added, Filter, Store, link_key
from counterclaim.store.state import TABLES
from tests.store.factories import make_claim, memory, received

# Each example writes real files, so there are few of them, and no deadline.
few = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# Any text that can be written down, with what has broken indexes before: NUL, marks that join, letters of other directions.
words = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\x00\u0301\u200f'\"%*"), max_size=30)
days = st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1))
whens = st.none() | st.builds(When, days, days, st.just("day"), words)
mentions = st.lists(st.builds(Mention, words), max_size=2).map(tuple)
propositions: st.SearchStrategy[Proposition] = st.builds(Control, place=mentions, holder=mentions) | st.builds(Statement, content=st.tuples(words))
voices = st.lists(st.builds(Voice, st.none() | words, speaks_for=st.none() | words), min_size=1, max_size=2).map(tuple)


class Read(NamedTuple):
    """A report with two readings of it, of which a newer engine would give the second."""

    received: Received
    claims: list[Claim]
    links: list[Link]
    newer: list[Claim]


@st.composite
def claims_of(draw: st.DrawFn, report: Report) -> list[Claim]:
    found = {}
    for _ in range(draw(st.integers(0, 3))):
        start, end = sorted((draw(st.integers(0, len(report.text))), draw(st.integers(0, len(report.text)))))
        claim = make_claim(
            report,
            Span(start, end),
            draw(propositions),
            voices=draw(voices),
            act=draw(st.sampled_from(["asserts", "denies"])),
            when=draw(whens),
            said=draw(whens),
            score=draw(st.floats(0, 1)),
        )
        found[claim.key] = claim
    return list(found.values())


@st.composite
def readings(draw: st.DrawFn) -> list[Read]:
    found = []
    for name in draw(st.lists(words.filter(bool), min_size=1, max_size=4, unique=True)):
        report = Report(id=name, text=draw(words), title=draw(st.none() | words), published=Published(draw(days), "text"))
        links = draw(
            st.lists(
                st.builds(Link, st.just(name), words, st.sampled_from(["actor", "place"]), st.builds(Candidate, words, words, st.floats(0, 1)), words),
                max_size=2,
            )
        )
        found.append(Read(received(report), draw(claims_of(report)), links, draw(claims_of(report))))
    return found


@contextmanager
def record() -> Iterator[Store]:
    with tempfile.TemporaryDirectory(dir=memory()) as folder, Store.open(Path(folder) / "law.record") as store:
        yield store


def add(store: Store, reads: Sequence[Read]) -> list[Added]:
    return [store.add(read.received, read.claims, read.links) for read in reads]


def rows(store: Store) -> dict[str, list[object]]:
    with closing(sqlite3.connect(store.path)) as connection:
        return {table: connection.execute(query).fetchall() for table, query in TABLES.items() if query}


@few
@given(readings(), st.data())
def test_the_state_is_the_log_replayed(reads: list[Read], data: st.DataObject) -> None:
    with record() as store:
        add(store, reads)
        for read in reads:
            store.add(read.received, read.newer, [])
            for key in data.draw(st.sets(st.sampled_from([claim.key for claim in read.newer])) if read.newer else st.just(set[str]())):
                store.withdraw(key, "a person says so")
        assert list(store.verify()) == []
        grown = rows(store)
        store.rebuild()
        assert rows(store) == grown
        assert list(store.verify()) == []


@few
@given(readings().flatmap(lambda reads: st.tuples(st.just(reads), st.permutations(reads))))
def test_the_order_of_reports_does_not_matter(orders: tuple[list[Read], list[Read]]) -> None:
    outputs = []
    for order in orders:
        with record() as store:
            add(store, order)
            outputs.append((list(store.claims()), list(store.links()), list(store.reports()), list(store.claims(Filter(kind="control")))))
    assert outputs[0] == outputs[1]


@few
@given(readings())
def test_adding_twice_is_adding_once(reads: list[Read]) -> None:
    with record() as store:
        once = add(store, reads)
        head, counts = store.head(), store.counts()
        twice = add(store, reads)
        assert (store.head(), store.counts()) == (head, counts)
        assert {added.outcome for added in once} == {"new"}
        assert {added.outcome for added in twice} == {"unchanged"}


@few
@given(readings())
def test_what_goes_in_comes_out(reads: list[Read]) -> None:
    with record() as store:
        add(store, reads)
        for read in reads:
            assert store.report(read.received.report.id) == read.received.report
            assert store.raw(read.received.report.sha256 or "") == read.received.raw
            assert sorted(store.links(read.received.report.id), key=link_key) == sorted(set(read.links), key=link_key)
            for claim in read.claims:
                assert store.claim(claim.key) == claim


@few
@given(st.text(), st.text())
def test_no_text_breaks_a_search(text: str, asked: str) -> None:
    with record() as store:
        list(store.search(asked))
        for wanted in (Filter(words=asked), Filter(voice=asked, party=asked, place=asked), Filter(report=asked, kind=asked)):
            assert list(store.claims(wanted)) == []


@few
@given(readings())
def test_a_claim_is_found_by_its_own_names_and_words(reads: list[Read]) -> None:
    with record() as store:
        add(store, reads)
        for claim in (claim for read in reads for claim in read.claims):
            names = [Filter(voice=voice.name) for voice in claim.chain]
            if isinstance(claim.proposition, Control):
                names += [Filter(place=mention.words) for mention in claim.proposition.place]
                names += [Filter(party=mention.words) for mention in claim.proposition.holder]
            for wanted in names:
                said = wanted.voice or wanted.place or wanted.party or ""
                assert claim in list(store.claims(wanted)) or not any(sign.isalnum() for sign in said)
