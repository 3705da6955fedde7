"""Claims that are in no record held against a filter."""

from __future__ import annotations

from counterclaim.core.claim import Control
from counterclaim.core.mention import Mention
from counterclaim.store import Filter
from counterclaim.store.sieve import sieved
from tests.store.factories import make_claim, make_link, make_report, sentence

TAKEN = make_claim()
DENIED = make_claim(span=sentence(1), act="denies", proposition=Control(place=(Mention("Kesh"),)))


def test_the_conditions_are_those_of_the_record() -> None:
    claims, reports, links = [TAKEN, DENIED, TAKEN], [make_report()], [make_link(), make_link()]
    assert sieved(claims, reports, links, Filter()) == {TAKEN.key, DENIED.key}
    assert sieved(claims, reports, links, Filter(act="denies")) == {DENIED.key}
    assert sieved(claims, reports, links, Filter(words="taking")) == set()
    assert sieved(claims, reports, links, Filter(words="rebel")) == {TAKEN.key}
    # By the name a link gives the words.
    assert sieved(claims, reports, links, Filter(party="arvad front")) == {TAKEN.key}


def test_claims_of_reports_that_are_not_given_are_left_out() -> None:
    assert sieved([TAKEN], [make_report("r2")], [make_link()], Filter()) == set()
    assert sieved([], [], [], Filter()) == set()
