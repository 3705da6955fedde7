"""A record's findings brought up to date: whatever came in which order, they are those of a reading of everything at once."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest

from counterclaim.core.judgement import Judgement
from counterclaim.core.report import Received
from counterclaim.record import Record
from tests.golden.records import demo
from tests.reconcile.demos import demos


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
