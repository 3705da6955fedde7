from __future__ import annotations

import msgspec
import pytest

from counterclaim.core.claim import Statement
from counterclaim.core.index import MemoryIndex
from counterclaim.core.voice import Act
from counterclaim.reconcile.context import Sign, context
from counterclaim.reconcile.ground import MemorySource, ground, postings
from tests.reconcile.factories import claim, control, link, report, voice

HELD = claim(control("Paryan", "Taliban"), voice("Karimi", "Taliban"))
DENIED = claim(control("Paryan", "Taliban"), voice("Dashty", "NRF"), act="denies", sentence=1)
SAYS = Statement(content=("this",))


@pytest.mark.parametrize(
    ("act", "of", "sign", "why"),
    [
        ("denies", HELD, "against", "denies what is asserted"),
        ("asserts", HELD, "against", "says something else, which refutes it"),
        ("denies", DENIED, "for", "denies the denial"),
        ("doubts", HELD, "open", "doubts it"),
        ("cannot-verify", HELD, "open", "cannot verify it"),
    ],
)
def test_readings_by_reference(act: Act, of: object, sign: Sign, why: str) -> None:
    subject = HELD if of is HELD else DENIED
    other = claim(SAYS, "UN", act=act, refutes=subject.key, sentence=2)
    readings = list(context([subject, other], (), ()).readings("control"))
    assert [(one.claim.key, one.sign) for one in readings if not one.is_own] == [(other.key, sign)], why
    assert [one.claim.key for one in readings if one.is_own] == [subject.key]


@pytest.mark.parametrize("act", ["demands", "hopes", "expects", "promises", "proposes"])
def test_other_acts_refute_nothing(act: Act) -> None:
    assert len(list(context([HELD, claim(SAYS, "UN", act=act, refutes=HELD.key)], (), ()).readings("control"))) == 1


def test_what_refutes_words_or_itself_refutes_no_claim() -> None:
    words = claim(SAYS, "UN", act="denies", refutes="the reports")
    itself = msgspec.structs.replace(HELD, refutes=HELD.key)
    assert [one.is_own for one in context([itself, words], (), ()).readings("control")] == [True]


def test_a_person_has_the_one_side_it_speaks_for() -> None:
    both = claim(SAYS, voice("Karimi", "Emirate"), report="r2")
    assert context([HELD], (), ()).side(context([HELD], (), ()).actor(HELD, "Karimi")).shown == "Taliban"
    torn = context([HELD, both], (), ())
    assert torn.side(torn.actor(HELD, "Karimi")).shown == "Karimi"
    linked = context([HELD, both], (), [link("Emirate", "Taliban", report="r2"), link("Taliban", "Taliban")])
    assert linked.side(linked.actor(HELD, "Karimi")).shown == "Taliban"


def test_of_two_values_with_one_key_the_same_is_kept_in_any_order() -> None:
    other = msgspec.structs.replace(HELD, score=0.5)
    reports = [report(outlet="Daily"), report(outlet="Weekly")]
    one, two = context([HELD, other], reports, ()), context([other, HELD], reports[::-1], ())
    assert (one.claims, one.reports) == (two.claims, two.reports)
    assert len(one.claims) == 1


def test_what_is_worked_out_once_is_in_the_index_as_each_report_posts_it() -> None:
    other = claim(control("Paryan", "Emirate"), voice("Karimi", "Emirate"), act="denies", report="r2", refutes=HELD.key)
    source = MemorySource([HELD, DENIED, other], [report(outlet="Daily"), report("r2", outlet="Daily")], [link("Emirate", "Taliban", report="r2")])
    one_by_one, at_once = MemoryIndex(), ground(source).index
    posted = [posting for name in source.ids for posting in postings(name, source)]
    one_by_one.change(posted)
    assert {posting.space for posting in posted} > {"actor.words", "actor.in", "side", "refutes"}
    for space, term, _ in posted:
        assert at_once.items(space, term) == one_by_one.items(space, term)
