"""A record's findings brought up to date: whatever came in which order, they are those of a reading of everything at once."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest

from counterclaim.core.codec import claim_key
from counterclaim.core.judgement import Judgement
from counterclaim.core.report import Received, Report
from counterclaim.core.span import Evidence, Span
from counterclaim.errors import NotFound
from counterclaim.reconcile.update import Changes, update
from counterclaim.record import Record
from counterclaim.sidebyside import Effective
from tests.golden.records import demo
from tests.reconcile.demos import demos
from tests.reconcile.factories import claim, control, link, voice


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record.open(tmp_path / "r.db", create=True)


def _add(record: Record, name: str, *, share: float = 1.0) -> None:
    """A demo report with its claims, or the first of them."""
    found = demos()
    report = next(one for one in found.reports if one.id == name)
    claims = [claim for claim in found.claims if claim.report == name]
    raw = demo()[name].raw
    record.store.add(Received(report, raw), claims[: int(share * len(claims))], [link for link in found.links if link.report == name])


def _judge(record: Record, decision: str, about: str, value: str | None = None, *, minute: int = 0) -> Judgement:
    made = Judgement(key=f"j{minute}", about=about, decision=decision, by="Ada", at=dt.datetime(2026, 1, 1, 9, minute, tzinfo=dt.UTC), value=value)  # type: ignore[arg-type]
    record.judge(made)
    return made


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_report_by_report(record: Record, seed: int) -> None:
    names = [report.id for report in demos().reports]
    random.Random(seed).shuffle(names)  # noqa: S311 - an order, not a secret
    with record:
        for name in names:
            _add(record, name)
            record.refresh()
        assert record.findings() == record.derive_all()


def test_reports_read_anew(record: Record) -> None:
    names = [report.id for report in demos().reports]
    with record:
        for name in names:
            _add(record, name)
        record.refresh()
        for name in names[::3]:
            _add(record, name, share=0.5)
            record.refresh()
            assert record.findings() == record.derive_all()
        _add(record, names[0])
        assert record.findings() == record.derive_all()


def test_a_withdrawn_claim(record: Record) -> None:
    with record:
        for report in demos().reports[:6]:
            _add(record, report.id)
        before = record.findings()
        claim = before[0].positions[0].claims[0]
        record.withdraw(claim, "not said")
        assert record.findings() == record.derive_all()
        assert record.findings() != before


def test_actors_merged_split_and_merged_again(record: Record) -> None:
    with record:
        for report in demos().reports:
            _add(record, report.id)
        before = record.findings()
        keys = [actor.key for actor in record.registry().actors]
        one, other = keys[0], keys[1]
        _judge(record, "merge", one, other)
        merged = record.findings()
        assert merged == record.derive_all()
        _judge(record, "split", one, other, minute=1)
        assert record.findings() == record.derive_all() == before
        record.withdraw("j1", "no")
        assert record.findings() == record.derive_all() == merged


@pytest.mark.parametrize("seed", [1, 2])
def test_judgements_made_and_taken_back(record: Record, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a choice, not a secret
    with record:
        for report in demos().reports:
            _add(record, report.id)
        before = record.findings()
        claims = record.claims()
        for minute in range(12):
            at, about = dt.datetime(2026, 1, 1, 9, minute, tzinfo=dt.UTC), chance.choice(claims)
            match chance.choice(["reject", "act", "chain", "add", "undo"]):
                case "reject":
                    record.reject(about.key, "not said", by="Ada", at=at)
                case "act":
                    record.correct(about.key, {"modality": "planned" if about.modality == "actual" else "actual"}, by="Ada", at=at)
                case "chain":
                    record.correct(about.key, {"chain": f"somebody {minute} (Taliban)"}, by="Ada", at=at)
                case "add":
                    text = record.store.report(about.report).text
                    words = text[about.evidence.start :].split()[0]
                    span = Span(about.evidence.start, about.evidence.start + len(words))
                    record.add(about.report, span, "control", {"place": words, "holder": words, "when": f"2021-09-{minute + 1:02}"}, by="Ada", at=at)
                case _:
                    with suppress(NotFound):
                        record.undo(by="Ada", at=at)
            if minute % 4 == 3:
                assert record.findings() == record.derive_all()
        assert record.findings() != before
        with pytest.raises(NotFound):
            while True:
                record.undo(by="Ada", at=dt.datetime(2026, 1, 1, 10, tzinfo=dt.UTC))
        assert record.findings() == record.derive_all() == before


def test_what_a_person_says_of_sides_parts_names_of_two_reports(tmp_path: Path) -> None:
    """Two spellings are one actor unless they speak for two sides, which here a correction alone tells."""
    with Record.open(tmp_path / "r.db", create=True) as record:
        for name, who in (("a", "Belal Kareemi"), ("b", "Bilal Karimi")):
            text = f"{who} said that Paryan was held."
            at = Evidence(0, len(text), text)
            said = claim(control("Paryan", who), who if name == "a" else voice(who, "Taliban"), report=name)
            said = msgspec.structs.replace(said, evidence=at)
            links = [link(who, who, key=f"person:{name}", report=name), link("Taliban", "Taliban", key="actor:t", report=name)]
            record.store.add(Received(Report(id=name, text=text), text.encode()), [msgspec.structs.replace(said, key=claim_key(said))], links)
        assert record.findings() == record.derive_all()
        together = record.registry().actors
        [about] = [one for one in record.claims() if one.report == "a"]
        record.correct(about.key, {"chain": "Belal Kareemi (the army)"}, by="Ada")
        assert len(record.registry().actors) == len(together) + 1
        assert record.findings() == record.derive_all()
        record.undo(by="Ada")
        assert record.registry().actors == together
        assert record.findings() == record.derive_all()


def test_only_claims_that_count_have_a_home(record: Record) -> None:
    with record:
        name = demos().reports[0].id
        _add(record, name)
        about, other = record.claims()[:2]
        record.reject(about.key, "not said", by="Ada")
        word = record.store.report(name).text.split()[0]
        record.add(name, Span(0, len(word)), "control", {"place": word}, by="Ada")
        [added] = [one for one in record.claims() if one.because == "added by Ada"]
        effective = Effective(record.store)
        assert [effective.home(key) for key in (about.key, other.key, added.key, "none")] == [None, name, name, None]


class _Meanwhile:
    """Stands before `update`: while findings are worked out, something else is done on the same record, so many times."""

    def __init__(self, patched: pytest.MonkeyPatch, act: Callable[[int], object], times: int) -> None:
        self.done = 0
        self._act, self._times = act, times
        patched.setattr("counterclaim.sidebyside.update", self)

    def __call__(self, *given: Any, **named: Any) -> Changes:
        if self.done < self._times:
            self.done += 1
            self._act(self.done)
        return update(*given, **named)


def test_others_write_while_findings_are_worked_out(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [report.id for report in demos().reports]

    def judge(_: int) -> None:
        with Record.open(record.store.path) as other:
            other.reject(other.claims()[0].key, "not said", by="Ada")
            _add(other, names[3])

    with record:
        for name in names[:3]:
            _add(record, name)
        meanwhile = _Meanwhile(monkeypatch, judge, 1)
        record.refresh()
        assert meanwhile.done == 1
        assert record.is_current()
        assert record.findings() == record.derive_all()


@pytest.mark.parametrize("times", [1, 3])
def test_two_who_bring_one_record_up_to_date(record: Record, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    names = [report.id for report in demos().reports]

    def also(time: int) -> None:
        meanwhile.done = times
        with Record.open(record.store.path) as other:
            _add(other, names[3 + time])
            other.refresh()
        meanwhile.done = time

    with record:
        for name in names[:3]:
            _add(record, name)
        meanwhile = _Meanwhile(monkeypatch, also, times)
        record.refresh()
        assert meanwhile.done == times
        assert record.is_current()
        assert record.findings() == record.derive_all()


def test_a_record_brought_up_to_date_has_nothing_left_to_do(record: Record) -> None:
    with record:
        _add(record, demos().reports[0].id)
        assert record.refresh().reports == 1
        assert record.refresh().reports == 0
        # The same report with the same claims changes nothing.
        _add(record, demos().reports[0].id)
        assert record.refresh().reports == 0


def test_a_record_for_reading_only_gives_the_same(record: Record) -> None:
    with record:
        for report in demos().reports[:5]:
            _add(record, report.id)
        found = record.findings()
        path = record.store.path
    with Record.open(path, readonly=True) as reading:
        assert reading.findings() == found
