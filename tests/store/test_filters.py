from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from counterclaim.core.claim import Casualties, Control, Movement, Statement
from counterclaim.core.mention import Mention
from counterclaim.core.voice import Voice
from counterclaim.core.when import When
from counterclaim.store import Filter, Store
from tests.store.factories import days, make_claim, make_link, make_report, received, sentence


def may(day: int) -> dt.date:
    return dt.date(2024, 5, day)


R1 = make_report("r1", day=may(20))
R2 = make_report("r2")
CLAIMS = {
    # Dated by what is claimed, from the 3rd to the 5th; its link says who the rebels are.
    "taken": make_claim(R1, sentence(0), when=days(may(3), may(5)), said=days(may(9), may(9))),
    # Dated by the saying.
    "denied": make_claim(R1, sentence(1), voices=(Voice(None), Voice("Col. Oz", speaks_for="the army")), act="denies", said=days(may(9), may(9))),
    # Dated by the report alone.
    "bridges": make_claim(R1, sentence(2), Casualties(who=(Mention("two bridges"),), harm=("losses",), place=(Mention("Kesh"),))),
    # Open to one side.
    "since": make_claim(R2, sentence(0), Movement(actor=(Mention("The Rebels"),), to=(Mention("Kesh"),)), when=days(may(12), None)),
    "until": make_claim(R2, sentence(1), Control(place=(Mention("Upper Arvad"),)), when=days(None, may(2))),
    # Not dated at all: the words say nothing and the report has no day.
    "never": make_claim(R2, sentence(2), Statement(content=("something",)), when=When(None, None, "unknown", "at some time")),
}
NAME = {claim.key: name for name, claim in CLAIMS.items()}

# Filter, the claims it finds, why.
FOUND = [
    (Filter(), "taken denied bridges since until never", "no condition, every claim"),
    (Filter(report="r2"), "since until never", "a report"),
    (Filter(report="r3"), "", "a report that is not there"),
    (Filter(report="  ", voice="", words=" "), "taken denied bridges since until never", "blanks of an empty form are no conditions"),
    (Filter(kind="control"), "taken denied until", "a kind"),
    (Filter(act="denies"), "denied", "an act"),
    (Filter(voice="rebels"), "taken bridges since until never", "a voice by part of its name"),
    (Filter(voice="rebel"), "", "but whole words only"),
    (Filter(voice="THE ARMY"), "denied", "a voice by whom it speaks for"),
    (Filter(voice="col oz"), "denied", "marks are no matter"),
    (Filter(party="rebels"), "taken denied since", "who is named in what is claimed"),
    (Filter(party="kesh"), "", "a place is no party"),
    (Filter(place="kesh"), "bridges since", "a place, one moved to as well"),
    (Filter(place="arvad"), "taken denied until", "a place by part of its name"),
    (Filter(place="upper arvad"), "until", "words in order"),
    (Filter(place="%"), "", "no sign stands for any text"),
    (Filter(place="?!"), "", "marks alone are in no name"),
    (Filter(party="arvad front"), "taken denied", "the name a link gives the words, in its own report only"),
    (Filter(party="q-arvad front"), "taken denied", "the key a link gives them"),
    (Filter(place="Kesh Valley"), "bridges", "links of places are for places"),
    (Filter(party="Kesh Valley"), "", "and not for parties"),
    (Filter(since=may(5), until=may(5)), "taken", "the last day is included"),
    (Filter(since=may(6), until=may(8)), "", "a day of saying does not count beside a day of what is claimed"),
    (Filter(until=may(3)), "taken until", "the first day is included, and one side may be open"),
    (Filter(since=may(20), until=may(20)), "bridges since", "the day of the report, where the text gives none"),
    (Filter(since=may(9), until=may(12)), "denied since", "the day of saying, where the text gives no other"),
    (Filter(since=may(1)), "taken denied bridges since until", "what is in no range is never found"),
    (Filter(words="attack bridge"), "bridges never", "words by their stems"),
    (Filter(words="monday rebels"), "taken since", "all words in any order"),
    (Filter(words='"took Arvad"'), "taken since", "a phrase"),
    (Filter(words='"Arvad took"'), "", "a phrase in another order"),
    (Filter(report="r1", party="arvad front", act="asserts", words="rebels", since=may(4)), "taken", "all conditions at once"),
]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("filters") / "war.record"
    with Store.open(path) as store:
        for report, links in ((R2, []), (R1, [make_link("r1"), make_link("r1", "Kesh", "Kesh Valley", kind="place")])):
            store.add(received(report), [claim for claim in CLAIMS.values() if claim.report == report.id], links)
        yield store


@pytest.mark.parametrize(("wanted", "found"), [row[:2] for row in FOUND], ids=[row[2] for row in FOUND])
def test_a_filter_finds(filled: Store, wanted: Filter, found: str) -> None:
    assert [NAME[claim.key] for claim in filled.claims(wanted)] == found.split()
