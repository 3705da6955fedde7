from __future__ import annotations

import pytest

from counterclaim.errors import NotFound
from counterclaim.store import Filter, Store, views
from tests.store.factories import make_claim, make_link, make_report, received, sentence


def test_reports_come_by_id(store: Store) -> None:
    for name in ("r2", "r10", "r1"):
        store.add(received(make_report(name)), [], [])
    assert [report.id for report in store.reports()] == ["r1", "r10", "r2"]


def test_find_gives_the_report_or_none(store: Store) -> None:
    store.add(received(), [], [])
    assert store.find("r1") == received().report
    assert store.find("r2") is None


class TestAReportThatIsNotThere:
    def test_near_names_are_suggested(self, store: Store) -> None:
        for name in ("ud-arvad-0601", "ud-arvad-0602", "kesh"):
            store.add(received(make_report(name)), [], [])
        with pytest.raises(NotFound, match=r"no report 'ud-arvad-0603'; near it: ud-arvad-060., ud-arvad-060.$"):
            store.report("ud-arvad-0603")

    def test_none_are_made_up(self, store: Store) -> None:
        store.add(received(), [], [])
        with pytest.raises(NotFound, match=r"no report 'something else'$"):
            store.report("something else")

    def test_only_neighbours_are_compared(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(views, "NEIGHBOURS", 1)
        for name in ("aa1", "aa2", "aa4", "aa5"):
            store.add(received(make_report(name)), [], [])
        with pytest.raises(NotFound, match=r"near it: aa[24], aa[24]$"):
            store.report("aa3")

    def test_an_id_that_is_no_text(self, store: Store) -> None:
        with pytest.raises(NotFound):
            store.report("\ud83d")


def test_a_claim_that_is_not_there(store: Store) -> None:
    with pytest.raises(NotFound, match="no claim 'nothing'"):
        store.claim("nothing")


def test_links_come_by_report_words_and_kind(store: Store) -> None:
    links = [make_link("r1", "Arvad", kind="place"), make_link("r1", "Rebels"), make_link("r2", "Arvad")]
    store.add(received(make_report("r2")), [], links[2:])
    store.add(received(), [make_claim()], [links[1], links[0]])
    assert list(store.links()) == links
    assert list(store.links("r1")) == links[:2]
    assert list(store.links("r3")) == []


def test_keys_come_as_their_claims_do(store: Store) -> None:
    store.add(received(make_report("r2")), [make_claim(make_report("r2"))], [])
    store.add(received(), [make_claim(span=sentence(1)), make_claim()], [])
    assert list(store.keys()) == [claim.key for claim in store.claims()]
    assert list(store.keys(Filter(report="r1"))) == [claim.key for claim in store.claims(Filter(report="r1"))]
    assert len(list(store.keys(Filter(report="r1")))) == 2
