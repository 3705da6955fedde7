from __future__ import annotations

import datetime as dt
import hashlib
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from counterclaim.core.claim import Claim, Control
from counterclaim.core.judgement import Anchor
from counterclaim.core.mention import Mention
from counterclaim.core.report import Refusal
from counterclaim.errors import InputRefused, NotFound, RecordCorrupt, RecordError, Stale
from counterclaim.store import Added, Counts, Store, Withdrawal, link_key
from tests.store.factories import TEXT, make_claim, make_judgement, make_link, make_report, received, sentence

OTHER = Control(place=(Mention("Kesh"),), change="contested")


def kinds(store: Store) -> list[str]:
    return [event.kind for event in store.events()]


def test_a_report_goes_in_whole_and_comes_out_the_same(store: Store) -> None:
    came, claim, link = received(), make_claim(), make_link()
    assert store.add(came, [claim], [link]) == Added("r1", "new", claims=1, links=1)
    assert list(store.reports()) == [came.report]
    assert store.report("r1") == came.report
    assert list(store.claims()) == [claim]
    assert store.claim(claim.key) == claim
    assert list(store.links()) == [link]
    assert store.raw(came.report.sha256 or "") == came.raw
    assert store.counts() == Counts(reports=1, claims=1, links=1, judgements=0, refusals=0, withdrawn=0, events=3)


def test_a_report_without_claims_is_a_report(store: Store) -> None:
    assert store.add(received(), [], []) == Added("r1", "new")
    assert store.counts().reports == 1


def test_the_hash_of_the_bytes_is_filled_in_where_the_report_does_not_say_it(store: Store) -> None:
    came = received()
    store.add(msgspec.structs.replace(came, report=make_report()), [], [])
    assert store.report("r1").sha256 == hashlib.sha256(came.raw).hexdigest()


class TestReadingAgain:
    def test_the_same_changes_nothing(self, store: Store) -> None:
        store.add(received(), [make_claim()], [make_link()])
        head = store.head()
        assert store.add(received(), [make_claim()], [make_link()]) == Added("r1", "unchanged")
        assert store.head() == head

    def test_other_claims_replace_those_of_the_reading_before(self, store: Store) -> None:
        kept, old, new = make_claim(), make_claim(span=sentence(1)), make_claim(span=sentence(2))
        store.add(received(), [kept, old], [make_link()])
        assert store.add(received(), [kept, new], [make_link()]) == Added("r1", "reread", claims=1, claims_withdrawn=1)
        assert list(store.claims()) == [kept, new]
        assert kinds(store)[-2:] == ["withdraw", "claim"]
        with pytest.raises(NotFound, match="was withdrawn: a newer reading of the report does not say this"):
            store.claim(old.key)

    def test_the_same_claim_with_another_score_is_withdrawn_and_added(self, store: Store) -> None:
        store.add(received(), [make_claim(score=0.9)], [])
        assert store.add(received(), [make_claim(score=0.4)], []) == Added("r1", "reread", claims=1, claims_withdrawn=1)
        assert [claim.score for claim in store.claims()] == [0.4]
        assert list(store.withdrawals()) == []

    def test_an_older_reading_brings_its_claims_back(self, store: Store) -> None:
        first, second = make_claim(), make_claim(span=sentence(1))
        store.add(received(), [first], [])
        store.add(received(), [second], [])
        store.add(received(), [first], [])
        assert list(store.claims()) == [first]

    def test_links_follow_the_reading_too(self, store: Store) -> None:
        store.add(received(), [], [make_link(score=0.8)])
        assert store.add(received(), [], [make_link(score=0.6)]) == Added("r1", "reread", links=1, links_withdrawn=1)
        assert list(store.links()) == [make_link(score=0.6)]

    def test_what_a_person_withdrew_stays_withdrawn(self, store: Store) -> None:
        claim = make_claim()
        store.add(received(), [claim], [])
        store.withdraw(claim.key, "the sentence is about a film")
        head = store.head()
        assert store.add(received(), [claim], []) == Added("r1", "unchanged")
        assert store.add(received(), [make_claim(score=0.1)], []) == Added("r1", "unchanged")
        assert store.head() == head

    def test_what_is_known_anew_of_the_report_is_kept(self, store: Store) -> None:
        store.add(received(), [make_claim()], [])
        titled = received(make_report(title="Fall of Arvad", day=dt.date(2024, 3, 4)))
        assert store.add(titled, [make_claim()], []).outcome == "reread"
        assert store.report("r1") == titled.report
        assert [hit.title for hit in store.search("fall")] == ["Fall of Arvad"]
        assert store.counts().reports == 1

    def test_the_same_text_from_other_bytes_is_no_news(self, store: Store) -> None:
        store.add(received(), [], [])
        again = received(raw=b"<html>" + TEXT.encode())
        assert store.add(again, [], []) == Added("r1", "unchanged")
        with pytest.raises(NotFound):
            store.raw(again.report.sha256 or "")

    def test_lost_bytes_are_mended(self, store: Store, path: Path) -> None:
        came = received()
        store.add(came, [], [])
        (blob,) = Path(f"{path}.blobs").glob("*/*")
        for mend in (lambda: store.add(came, [], []), lambda: store.mend(came)):
            blob.unlink()
            mend()
            assert store.raw(came.report.sha256 or "") == came.raw
        store.mend(received(raw=b"other bytes"))
        assert list(Path(f"{path}.blobs").glob("*/*")) == [blob]

    def test_another_reader_is_written_down_though_it_says_the_same(self, store: Store) -> None:
        store.add(received(), [make_claim()], [])
        newer = received(msgspec.structs.replace(make_report(), reader="rules 2"))
        assert store.add(newer, [make_claim()], []) == Added("r1", "reread")
        assert store.report("r1").reader == "rules 2"


class TestOneIdTwoTexts:
    def test_free_id_names_the_second_by_its_text(self, store: Store) -> None:
        second = make_report(text="Another text altogether.")
        assert store.free_id(second) == "r1"
        store.add(received(), [], [])
        assert store.free_id(make_report()) == "r1"
        free = store.free_id(second)
        assert free == f"r1-{hashlib.sha256(second.text.encode()).hexdigest()[:8]}"
        renamed = msgspec.structs.replace(second, id=free)
        claim = make_claim(renamed)
        assert store.add(received(renamed), [claim], []).outcome == "new"
        assert store.free_id(second) == free
        assert [claim.report for claim in store.claims()] == [free]

    def test_free_id_goes_on_where_that_name_is_taken_as_well(self, store: Store) -> None:
        store.add(received(), [], [])
        second = make_report(text="Another text altogether.")
        digest = hashlib.sha256(second.text.encode()).hexdigest()
        store.add(received(make_report(f"r1-{digest[:8]}", "Squatter.")), [], [])
        assert store.free_id(second) == f"r1-{digest[:16]}"

    def test_add_refuses_the_clash_and_names_the_way_out(self, store: Store) -> None:
        store.add(received(), [], [])
        clash = make_report(text="Another text altogether.")
        head = store.head()
        with pytest.raises(RecordError, match=rf"'?r1'? is taken by another text; .* {store.free_id(clash)}"):
            store.add(received(clash), [], [])
        assert store.head() == head


REFUSED: list[tuple[str, type[Exception], Callable[[Store], object]]] = [
    ("a claim of another report", RecordError, lambda store: store.add(received(), [make_claim(make_report("r2"))], [])),
    ("a link of another report", RecordError, lambda store: store.add(received(), [], [make_link("r2")])),
    ("a quotation that is not there", RecordCorrupt, lambda store: store.add(received(), [make_claim(make_report(text="Rebels took nothing. No."))], [])),
    ("two claims under one key", RecordError, lambda store: store.add(received(), [make_claim(score=0.1), make_claim(score=0.2)], [])),
    ("bytes with another hash", RecordCorrupt, lambda store: store.add(msgspec.structs.replace(received(), raw=b"else"), [], [])),
    ("a number JSON cannot hold", InputRefused, lambda store: store.add(received(), [make_claim(score=float("nan"))], [])),
    ("half of a surrogate pair", InputRefused, lambda store: store.add(received(make_report(text="torn \ud83d"), raw=b"x"), [], [])),
    ("another judgement under its key", RecordError, lambda store: (store.judge(make_judgement()), store.judge(make_judgement(value="no")))),
]


@pytest.mark.parametrize(("error", "act"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_does_not_belong_is_refused_and_leaves_nothing(store: Store, error: type[Exception], act: Callable[[Store], object]) -> None:
    with pytest.raises(error):
        act(store)
    counts = store.counts()
    assert (counts.reports, counts.claims, counts.links) == (0, 0, 0)
    assert list(store.verify()) == []


def test_a_claim_key_of_another_report_is_refused_with_the_whole_report(store: Store) -> None:
    claim = make_claim()
    store.add(received(), [claim], [])
    second = make_report("r2")
    with pytest.raises(RecordError, match="already there, in another report"):
        store.add(received(second), [make_claim(second, sentence(1)), msgspec.structs.replace(claim, report="r2")], [])
    assert [report.id for report in store.reports()] == ["r1"]
    assert list(store.claims()) == [claim]


def test_equal_claims_and_links_count_once(store: Store) -> None:
    assert store.add(received(), [make_claim(), make_claim()], [make_link(), make_link()]) == Added("r1", "new", claims=1, links=1)


class TestWithdraw:
    def test_a_claim(self, store: Store) -> None:
        claim = make_claim()
        store.add(received(), [claim, make_claim(proposition=OTHER)], [])
        assert store.withdraw(claim.key, "misread") is True
        assert store.withdraw(claim.key, "misread again") is False
        assert claim not in list(store.claims())
        assert list(store.withdrawals()) == [Withdrawal(of="claim", key=claim.key, reason="misread", asked=True)]
        assert [event.kind for event in store.events(claim.key)] == ["claim", "withdraw"]
        with pytest.raises(NotFound, match=f"claim {claim.key} was withdrawn: misread"):
            store.claim(claim.key)

    def test_a_link(self, store: Store) -> None:
        store.add(received(), [], [make_link()])
        assert store.withdraw(link_key(make_link()), "another front") is True
        assert list(store.links()) == []

    def test_a_judgement(self, store: Store) -> None:
        store.judge(make_judgement())
        assert store.withdraw("j1", "changed my mind") is True
        assert list(store.judgements()) == []
        assert store.judge(make_judgement()) is False

    def test_what_a_reading_dropped_can_be_withdrawn_for_good(self, store: Store) -> None:
        claim = make_claim()
        store.add(received(), [claim], [])
        store.add(received(), [], [])
        assert store.withdraw(claim.key, "wrong anyway") is True
        assert store.add(received(), [claim], []) == Added("r1", "unchanged")

    def test_nothing_of_that_name(self, store: Store) -> None:
        store.add(received(), [], [])
        with pytest.raises(NotFound, match="nothing to withdraw under the key 'r1'"):
            store.withdraw("r1", "a report is not a claim")


class TestJudgeAndRefuse:
    def test_judgements_come_in_the_order_of_their_times(self, store: Store) -> None:
        noon = dt.datetime(2024, 5, 6, 12, tzinfo=dt.UTC)
        late = make_judgement("c1", key="a", at=noon)
        # An hour before noon, although its clock shows more.
        early = make_judgement("c1", key="b", at=dt.datetime(2024, 5, 6, 13, tzinfo=dt.timezone(dt.timedelta(hours=2))))
        elsewhere = make_judgement("c2", key="c", at=dt.datetime(2024, 5, 6, 11, 30))
        for judgement in (late, early, elsewhere):
            assert store.judge(judgement) is True
        assert [judgement.key for judgement in store.judgements()] == ["b", "c", "a"]
        assert [judgement.key for judgement in store.judgements("c1")] == ["b", "a"]
        assert store.judge(late) is False

    def test_a_judgement_marks_its_report_where_its_claim_stands_stood_or_is_anchored(self, store: Store) -> None:
        claim, other, gone = make_claim(), make_report("r2"), make_claim(span=sentence(1))
        store.add(received(), [claim, gone], [])
        store.add(received(other), [], [])
        store.add(received(), [claim], [])
        where = Anchor(report="r2", start=0, end=3, quote="Reb", kind="control")
        anchored = msgspec.structs.replace(make_judgement("added", key="d"), anchor=where)
        for judgement, reports in (
            (make_judgement(claim.key, key="a"), ["r1"]),
            (make_judgement(gone.key, key="b"), ["r1"]),
            (make_judgement("r2", key="c"), ["r2"]),
            (anchored, ["r2"]),
            (make_judgement("d", "withdraw", key="e"), ["r2"]),
            (make_judgement("nothing", key="f"), []),
            (msgspec.structs.replace(anchored, key="g", anchor=msgspec.structs.replace(where, report="r9")), []),
        ):
            with store.deriving() as derived:
                derived.settle(["r1", "r2"], derived.moment())
            store.judge(judgement)
            assert store.derived.stale() == reports, judgement.key

    def test_judgements_are_found_by_the_report_their_claim_stands_stood_or_will_stand_in(self, store: Store) -> None:
        claim, gone, later = make_claim(), make_claim(span=sentence(1)), make_claim(make_report("r2"))
        store.judge(make_judgement(later.key, key="a"))
        store.add(received(), [claim, gone], [])
        store.add(received(), [claim], [])
        store.judge(make_judgement(gone.key, key="b"))
        store.judge(make_judgement(claim.key, key="c"))
        store.judge(make_judgement("c", "withdraw", key="d"))
        where = Anchor(report="r2", start=0, end=3, quote="Reb", kind="control")
        store.judge(msgspec.structs.replace(make_judgement("added", key="e"), anchor=where))
        store.judge(make_judgement("nobody", "merge", key="f"))
        assert [one.key for one in store.judgements_in("r1")] == ["b", "c", "d"]
        assert list(store.judged_reports()) == ["r1"]
        assert [one.key for one in store.judgements_in("r2")] == ["e"]
        store.add(received(make_report("r2")), [later], [])
        assert [one.key for one in store.judgements_in("r2")] == ["a", "e"]
        assert list(store.judged_reports()) == ["r1", "r2"]
        assert list(store.verify()) == []
        store.rebuild()
        assert [one.key for one in store.judgements_in("r2")] == ["a", "e"]

    def test_what_changes_after_it_was_seen_stays_stale(self, store: Store) -> None:
        claim = make_claim()
        store.add(received(), [claim], [])
        store.add(received(make_report("r2")), [], [])
        with store.at_one_moment() as derived:
            seen = derived.moment()
        for is_withdrawn in (False, True):
            assert store.withdraw(claim.key, "not said") if is_withdrawn else store.judge(make_judgement(claim.key))
            with store.deriving() as derived:
                derived.settle(["r1", "r2"], seen)
            assert store.derived.stale() == ["r1"]
            with store.at_one_moment() as derived:
                seen = derived.moment()

    def test_one_moment_stays_as_it_was(self, store: Store) -> None:
        store.add(received(), [], [])
        with Store.open(store.path) as other, store.at_one_moment() as derived:
            assert derived.stale() == ["r1"]
            other.add(received(make_report("r2")), [], [])
            assert derived.stale() == ["r1"]
            assert [report.id for report in store.reports()] == ["r1"]
        assert store.derived.stale() == ["r1", "r2"]

    def test_a_decision_about_what_changed_meanwhile_is_refused_and_adds_nothing(self, store: Store) -> None:
        claim = make_claim()
        store.add(received(), [claim], [])
        seen = {claim.key: store.version(claim.key)}
        with Store.open(store.path) as other:
            assert other.judge(make_judgement(claim.key, key="j1"), expecting=seen)
        head = store.head()
        with pytest.raises(Stale, match=f"{claim.key} was judged, read anew or withdrawn after you looked at it"):
            store.judge(make_judgement(claim.key, key="j2"), expecting=seen)
        assert store.head() == head
        # What is taken back is a change too; what others do to other things is none.
        seen = {claim.key: store.version(claim.key)}
        store.judge(make_judgement("r1", key="j3"))
        assert store.judge(make_judgement(claim.key, key="j4"), expecting=seen)
        store.judge(make_judgement("j4", key="j5", decision="withdraw"))
        assert store.version(claim.key) != seen[claim.key]

    def test_a_refusal_is_kept_once(self, store: Store) -> None:
        assert store.refuse(Refusal("b.pdf", "encrypted")) is True
        assert store.refuse(Refusal("a.pdf", "empty")) is True
        assert store.refuse(Refusal("b.pdf", "encrypted")) is False
        assert list(store.refusals()) == [Refusal("a.pdf", "empty"), Refusal("b.pdf", "encrypted")]

    def test_a_file_name_that_is_no_text_is_escaped(self, store: Store) -> None:
        store.refuse(Refusal("caf\udce9.txt", "unreadable"))
        assert list(store.refusals()) == [Refusal("caf\\udce9.txt", "unreadable")]


def test_rebuild_gives_the_same_rows(store: Store) -> None:
    store.add(received(), [make_claim(), make_claim(span=sentence(1))], [make_link()])
    store.add(received(make_report(title="Later title")), [make_claim(score=0.3)], [])
    store.judge(make_judgement())
    before = [list(store.claims()), list(store.reports()), list(store.withdrawals()), store.counts()]
    store.rebuild()
    assert [list(store.claims()), list(store.reports()), list(store.withdrawals()), store.counts()] == before
    assert list(store.verify()) == []


class TestReadonly:
    def test_reads_and_verifies(self, path: Path) -> None:
        with Store.open(path) as store:
            store.add(received(), [make_claim()], [])
        with Store.open(path, readonly=True) as reader:
            assert list(reader.claims()) == [make_claim()]
            assert [hit.report for hit in reader.search("bridges")] == ["r1"]
            assert list(reader.verify()) == []

    def test_refuses_to_write(self, path: Path) -> None:
        Store.open(path).close()
        with Store.open(path, readonly=True) as reader:
            for write in (
                lambda: reader.add(received(), [], []),
                lambda: reader.refuse(Refusal("a", "b")),
                lambda: reader.judge(make_judgement()),
                lambda: reader.withdraw("k", "why"),
                reader.rebuild,
            ):
                with pytest.raises(RecordError, match="opened for reading only"):
                    write()
        assert not Path(f"{path}.blobs").exists()


class TestConcurrency:
    def test_a_reader_sees_whole_reports_while_another_writes(self, path: Path) -> None:
        many = 25

        def write() -> None:
            with Store.open(path) as writer:
                for number in range(many):
                    report = make_report(f"r{number}")
                    writer.add(received(report), [make_claim(report, sentence(n)) for n in range(3)], [])

        Store.open(path).close()
        thread = threading.Thread(target=write)
        thread.start()
        seen = []
        with Store.open(path, readonly=True) as reader:
            while thread.is_alive():
                counts = reader.counts()
                assert counts.claims == 3 * counts.reports
                seen.append(counts.reports)
            thread.join()
            assert reader.counts().reports == many
            assert list(reader.verify()) == []
        assert seen == sorted(seen)

    def test_writers_take_turns_from_the_very_first_opening(self, path: Path) -> None:
        failed: list[Exception] = []
        together = threading.Barrier(4)

        def write(name: str) -> None:
            together.wait()
            try:
                with Store.open(path) as writer:
                    for number in range(5):
                        report = make_report(f"{name}{number}")
                        writer.add(received(report), [make_claim(report)], [])
            except Exception as error:
                failed.append(error)

        threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []
        with Store.open(path) as store:
            assert store.counts().reports == 20
            assert list(store.verify()) == []

    def test_the_store_may_be_written_while_a_stream_of_it_is_open(self, store: Store) -> None:
        store.add(received(), [make_claim(span=sentence(n)) for n in range(3)], [])
        stream = store.claims()
        first = next(stream)
        store.withdraw(first.key, "misread")
        assert len([first, *stream]) == 3


def test_claims_come_by_report_place_and_key(store: Store) -> None:
    def claims(name: str) -> list[Claim]:
        report = make_report(name)
        return [make_claim(report, sentence(2)), make_claim(report, sentence(0), OTHER), make_claim(report, sentence(0))]

    for name in ("r2", "r10", "r1"):
        store.add(received(make_report(name)), claims(name), [])
    order = [(claim.report, claim.evidence.start, claim.evidence.end, claim.key) for claim in store.claims()]
    assert order == sorted(order)
    assert len(order) == 9


def test_a_path_outlives_a_change_of_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Store.open("here.record") as store:
        monkeypatch.chdir(tmp_path.parent)
        store.add(received(), [], [])
        assert list(store.verify()) == []
    assert (tmp_path / "here.record.blobs").is_dir()
