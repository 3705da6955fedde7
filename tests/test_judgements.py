"""A person's judgements through a record: what counts after them, in claims, filters and findings, and after a newer reading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from counterclaim.core.claim import Claim, Control
from counterclaim.core.codec import encode
from counterclaim.core.judgement import Judgement, Reviewed
from counterclaim.core.report import Received
from counterclaim.errors import JudgementRefused, NotFound
from counterclaim.reconcile.judged import NO_CLAIM
from counterclaim.record import Record
from counterclaim.store import Filter, Store
from tests.golden.records import demo
from tests.reading import pipeline
from tests.reconcile.demos import demos

WIRE = "pj-wire-0904"
MISSED = "Zabihullah Mujahid, another Taliban spokesman, told fighters to stop shooting into the air."
DEMAND = {"by": "Zabihullah Mujahid", "to": "fighters", "acts": "stop shooting into the air", "chain": "Zabihullah Mujahid (Taliban)", "act": "demands"}


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """The demo's reports on Panjshir, as the trained reader reads them."""
    opened = Record.open(tmp_path / "r.db", create=True)
    found = demos()
    for report in found.reports:
        if report.id.startswith("pj-"):
            _add(opened.store, report.id, [claim for claim in found.claims if claim.report == report.id])
    return opened


def _add(store: Store, name: str, claims: list[Claim]) -> None:
    found = demos()
    report = next(one for one in found.reports if one.id == name)
    store.add(Received(report, demo()[name].raw), claims, [link for link in found.links if link.report == name])


def _by_rules(record: Record) -> None:
    """The report read again by the plain reader."""
    reading = pipeline("rules").read(demo()[WIRE].report)
    record.store.add(Received(reading.report, demo()[WIRE].raw), reading.claims, reading.links)


def of(record: Record, key: str) -> Reviewed:
    [review] = record.review(WIRE)
    return next(one for one in review.reviewed if one.claim.key.startswith(key))


def first(record: Record, kind: str, words: str, report: str = WIRE) -> Claim:
    """The first claim of this kind with these words in it."""
    return next(one for one in record.claims(Filter(report=report, kind=kind)) if words in encode(one.proposition).decode())


def test_a_rejected_claim_leaves_the_claims_and_the_findings(record: Record) -> None:
    with record:
        about = first(record, "control", "Khenj")
        assert any(about.key in position.claims for finding in record.findings() for position in finding.positions)
        record.reject(about.key[:8], "not said", by="Ada")
        assert about not in record.claims()
        assert about in record.claims(raw=True)
        assert not any(about.key in position.claims for finding in record.findings() for position in finding.positions)
        record.undo(by="Ada")
        assert about in record.claims()
        assert any(about.key in position.claims for finding in record.findings() for position in finding.positions)
        assert not list(record.store.verify())


def test_a_corrected_claim_changes_its_finding_under_its_key(record: Record) -> None:
    with record:
        about = first(record, "control", "their fighters")
        record.correct(about.key, {"holder": "their fighters=National Resistance Front", "place": "Rokha"}, by="Ada")
        [finding] = [one for one in record.findings("control") for position in one.positions if about.key in position.claims]
        assert finding.question["place"] == "Rukhah", "as the gazetteer calls Rokha"
        # The name has the key that the record has for it.
        [now] = [one for one in record.claims() if one.key == about.key]
        assert isinstance(now.proposition, Control)
        front = next(link.target for link in record.store.links() if link.words == "National Resistance Front" and link.target is not None)
        assert now.proposition.holder[0].key == front.key
        # Who gains by it is judged anew: the Taliban's spokesman says that another side holds the place.
        assert now.interest
        assert now.interest.because == "Taliban says that another side holds the place"


def test_an_added_claim_counts_and_its_sentence_is_silent_no_more(record: Record) -> None:
    with record:
        text = record.store.report(WIRE).text
        [review] = record.review(WIRE)
        assert [span.of(text) for span in review.silent] == [MISSED]
        made = record.add(WIRE, "told fighters\n to stop shooting", "demand", DEMAND, by="Ada")
        [review] = record.review(WIRE)
        assert (review.silent, review.count("added")) == ((), 1)
        [added] = [one.claim for one in review.reviewed if one.state == "added"]
        assert (added.evidence.quote, added.score, added.because) == (MISSED, 1.0, "added by Ada")
        assert added in record.claims(Filter(words="shooting"))
        assert any(added.key in [wording.claim for wording in promise.wordings] for promise in record.promises())
        assert record.why(added.key).evidence == added.evidence
        with pytest.raises(JudgementRefused, match="has this very claim already"):
            record.add(WIRE, "told fighters to stop shooting", "demand", DEMAND, by="Bo")
        record.undo(made.key[:9], by="Bo")
        assert added not in record.claims()


def test_an_added_claim_may_be_corrected(record: Record) -> None:
    with record:
        record.add(WIRE, "told fighters to stop shooting", "control", {"place": "Khenj", "holder": "fighters", "change": "holds"}, by="Ada")
        [added] = [one for one in record.claims() if one.because == "added by Ada"]
        before = record.findings()
        record.correct(added.key, {"change": "left"}, by="Bo")
        assert record.findings() == record.derive_all() != before
        record.undo(by="Bo")
        assert record.findings() == record.derive_all() == before


def _judge_some(record: Record) -> None:
    record.reject(first(record, "control", "Khenj").key, "not said", by="Ada")
    record.correct(first(record, "control", "their fighters").key, {"place": "Rokha", "act": "denies", "when": "2021-08-01"}, by="Ada")
    record.correct(first(record, "control", "the valley").key, {"chain": "Kabul Museum", "holder": "the valley=Museum Guard"}, by="Ada")
    record.add(WIRE, "told fighters to stop shooting", "demand", DEMAND, by="Ada")


FILTERS = [
    Filter(),
    Filter(report=WIRE),
    Filter(report="pj-agency-0906"),
    Filter(report="none"),
    Filter(kind="control"),
    Filter(kind="demand", report=WIRE),
    Filter(act="denies"),
    Filter(voice="kabul museum"),
    Filter(voice="Taliban"),
    Filter(party="Museum Guard"),
    Filter(party="fighters"),
    Filter(place="rokha"),
    Filter(place="Khenj"),
    Filter(until=dt.date(2021, 8, 2)),
    Filter(since=dt.date(2021, 9, 4), until=dt.date(2021, 9, 4), kind="control"),
    Filter(words="fighter shoot"),
    Filter(report=" ", words=" "),
]


@pytest.mark.parametrize("wanted", FILTERS, ids=str)
def test_a_filter_finds_among_judged_claims_what_it_would_among_claims_read_so(record: Record, tmp_path: Path, wanted: Filter) -> None:
    with record, Store.open(tmp_path / "plain.db") as plain:
        _judge_some(record)
        for report in record.store.reports():
            links = [link for link in record.links() if link.report == report.id]
            claims = record.claims(Filter(report=report.id))
            plain.add(Received(msgspec.structs.replace(report, sha256=None), demo()[report.id].raw), claims, links)
        assert record.claims(wanted) == list(plain.claims(wanted))


def test_judgements_outlive_a_newer_reading_or_are_adrift_with_the_reason(record: Record) -> None:
    with record:
        fighting = first(record, "fighting", "Anaba")
        fighters = first(record, "control", "their fighters")
        wounded = first(record, "casualties", '"41"')
        killed = first(record, "casualties", "At least 17")
        record.reject(fighting.key, "no fighting is told here", by="Ada")
        record.correct(fighters.key, {"holder": "their fighters=Taliban"}, by="Ada")
        record.correct(wounded.key, {"who": "people"}, by="Ada")
        record.accept(killed.key, by="Ada")
        made = record.add(WIRE, "told fighters to stop shooting", "demand", DEMAND, by="Ada")
        _by_rules(record)
        assert record.findings() == record.derive_all()
        [review] = record.review(WIRE)
        reasons = {one.judgement.about: one.reason for one in review.adrift}
        assert set(reasons) == {fighting.key, killed.key}
        assert reasons[fighting.key] == NO_CLAIM
        assert reasons[killed.key].startswith("the reader now says “")
        [moved] = [one for one in review.reviewed if one.moved]
        assert (moved.state, moved.claim.key != wounded.key, moved.claim.kind) == ("corrected", True, "casualties")
        assert of(record, fighters.key).state == "corrected"
        assert review.count("added") == 1
        # What is adrift can be taken back, and what was judged counts again when the first reader reads once more.
        record.undo(killed.key, by="Ada")
        _add(record.store, WIRE, [claim for claim in demos().claims if claim.report == WIRE])
        [review] = record.review(WIRE)
        assert review.adrift == ()
        assert (of(record, fighting.key).state, of(record, killed.key).state) == ("rejected", "unreviewed")
        record.undo(made.key, by="Ada")
        assert record.findings() == record.derive_all()
        assert not list(record.store.verify())


def test_a_judgement_without_an_anchor_is_known_by_the_log(record: Record) -> None:
    with record:
        about = first(record, "fighting", "Anaba")
        at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        record.judge(Judgement(key="old", about=about.key, decision="reject", by="Ada", at=at))
        assert about not in record.claims()
        _by_rules(record)
        [review] = record.review(WIRE)
        assert [one.judgement.key for one in review.adrift] == ["old"]
        record.undo("old", by="Ada")
        assert [one.adrift for one in record.review(WIRE)] == [()]
        assert record.findings() == record.derive_all()


def test_why_tells_who_corrected_what_and_when(record: Record) -> None:
    with record:
        about = first(record, "control", "their fighters")
        at = dt.datetime(2026, 1, 2, 9, tzinfo=dt.UTC)
        made = record.correct(about.key, {"holder": "their fighters=Taliban"}, by="Ada", at=at)
        record.grade(about.key, "B2", by="Bo", at=at + dt.timedelta(days=1))
        steps = {part.what: part for part in record.why(about.key).parts if part.what in ("correct", "grade")}
        assert (steps["correct"].key, steps["correct"].says) == (
            made.key,
            "by Ada, 2 January 2026: holder was their fighters, is their fighters (Taliban)",
        )
        assert steps["grade"].says == "by Bo, 3 January 2026: B2"
        [finding] = [one for one in record.findings("control") for position in one.positions if about.key in position.claims]
        assert "corrected by Ada on 2026-01-02" in encode(record.why(finding.key)).decode()


def test_actors_are_merged_and_split_by_name(record: Record) -> None:
    with record:
        before = [actor.key for actor in record.registry().actors]
        record.merge("Bilal Karimi", "Ahmad Massoud", by="Ada")
        assert len(record.registry().actors) == len(before) - 1
        assert record.findings() == record.derive_all()
        record.undo(by="Ada")
        assert [actor.key for actor in record.registry().actors] == before
        assert record.findings() == record.derive_all()


def test_sources_are_graded_and_reports_commented_on(record: Record) -> None:
    with record:
        findings = record.findings()
        assert record.grade("harrow wire", "b", by="Ada").about == "outlet:Harrow Wire"
        assert record.grade("Bilal Karimi", "D", by="Ada").value == "D"
        assert record.comment(WIRE, "a long one", by="Ada").about == WIRE
        assert record.findings() == findings


def test_what_is_not_there_or_not_plain_is_refused_with_a_remedy(record: Record) -> None:
    with record:
        withdrawn = first(record, "fighting", "Anaba").key
        record.withdraw(withdrawn, "read twice")
        cases: list[tuple[type[Exception], str, Callable[[], object]]] = [
            (NotFound, "no claim 'zz'; `counterclaim review`", lambda: record.accept("zz", by="Ada")),
            (NotFound, "was withdrawn: read twice", lambda: record.accept(withdrawn, by="Ada")),
            (NotFound, "no claim ''", lambda: record.accept("", by="Ada")),
            (NotFound, "no report 'pj-wire'", lambda: record.add("pj-wire", "x", "control", {}, by="Ada")),
            (JudgementRefused, "'the' stands 18 times in report pj-wire-0904; give more", lambda: record.add(WIRE, "the", "control", {}, by="Ada")),
            (JudgementRefused, "'no such' does not stand in report", lambda: record.add(WIRE, "no such", "control", {}, by="Ada")),
            (NotFound, "nobody is called so; `counterclaim actors", lambda: record.merge("nobody", "x", by="Ada")),
            (NotFound, "Bo has no judgement in the record that stands", lambda: record.undo(by="Bo")),
            (NotFound, "no judgement that stands has the key 'zz'", lambda: record.undo("zz", by="Ada")),
        ]
        for error, reason, act in cases:
            with pytest.raises(error, match=reason):
                act()


def test_the_beginning_of_several_keys_is_refused(record: Record) -> None:
    with record:
        firsts = [one.key[0] for one in record.claims()]
        several = next(one for one in firsts if firsts.count(one) > 1)
        with pytest.raises(JudgementRefused, match=f"'{several}' begins several keys: {several}"):
            record.accept(several, by="Ada")
