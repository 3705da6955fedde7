"""What holds of findings brought up to date: they are those of a reading of all reports, whatever came before and in which order."""

from __future__ import annotations

from collections import defaultdict

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.core.claim import Answer, Claim, Control, Offer, Term
from counterclaim.core.codec import claim_key
from counterclaim.core.holdings import Draft, MemoryHoldings
from counterclaim.core.judgement import Judgement
from counterclaim.core.link import Link
from counterclaim.core.mention import Mention
from counterclaim.core.report import Report
from counterclaim.errors import JudgementRefused
from counterclaim.reconcile import findings, judging
from counterclaim.reconcile.ground import MemorySource
from counterclaim.reconcile.judged import about_claims, judged, named_anew
from counterclaim.reconcile.matters import in_order
from counterclaim.reconcile.update import update
from tests.laws.test_reconcile import LINKS, REPORTS, some_claims
from tests.reconcile.factories import claim, link, m
from tests.reconcile.judgements import WORDS, at

_MORE_LINKS = [
    *LINKS,
    link("Massoud", "Ahmad Massoud", key="q1", report="r2"),
    link("Massoud", "Ahmad Massoud", key="q2", report="r3"),
    link("Taliban", "Taliban", key="t", report="r1"),
    link("Karimi", "Bilal Karimi", key="k", report="r2"),
    link("Paryan", "Paryan", key="p1", kind="place", report="r1"),
    link("Paryan", "Paryan", key="p2", kind="place", report="r3"),
]


@settings(max_examples=150, deadline=None)
@given(
    some_claims(), st.lists(st.sampled_from(_MORE_LINKS), unique_by=lambda one: (one.report, one.words, one.kind)), st.permutations(["r1", "r2", "r3", "r4"])
)
def test_report_by_report_is_all_at_once(claims: list[Claim], links: list[Link], order: list[str]) -> None:
    held = MemoryHoldings()
    seen: list[str] = []
    for name in order:
        seen.append(name)
        update(_source(claims, links, seen), held, [name])
    assert in_order(held.findings()) == findings(claims, REPORTS, links, _derived(claims))


@settings(max_examples=150, deadline=None)
@given(
    some_claims(),
    some_claims(),
    st.lists(st.sampled_from(_MORE_LINKS), unique_by=lambda one: (one.report, one.words, one.kind)),
    st.sampled_from(["r1", "r2", "r3", "r4"]),
)
def test_a_report_read_anew(claims: list[Claim], others: list[Claim], links: list[Link], name: str) -> None:
    held = MemoryHoldings()
    update(_source(claims, links, ["r1", "r2", "r3", "r4"]), held, ["r1", "r2", "r3", "r4"])
    after = [one for one in claims if one.report != name] + [one for one in others if one.report == name]
    update(_source(after, links, ["r1", "r2", "r3", "r4"]), held, [name])
    assert in_order(held.findings()) == findings(after, REPORTS, links, _derived(after))


@settings(max_examples=100, deadline=None)
@given(some_claims(), some_claims(), st.permutations(["r1", "r2", "r3", "r4"]), st.integers(0, 4))
def test_what_is_drafted_and_put_in_is_what_is_done_at_once(claims: list[Claim], others: list[Claim], order: list[str], first: int) -> None:
    held, drafted = MemoryHoldings(), MemoryHoldings()
    for told, names in ((claims, order[:first]), (others, order), (claims, order[first:])):
        source, draft = _source(told, _MORE_LINKS[len(LINKS) :], names), Draft(drafted)
        update(source, draft, names)
        # Once more on what was drafted, as one batch touches a term again and again.
        update(source, draft, names)
        update(source, held, names)
        draft.put_in(drafted)
        assert in_order(drafted.findings()) == in_order(held.findings())
        for name in order:
            posted = held.posted(name)
            assert drafted.posted(name) == posted
            for space, term, _ in (*posted.said, *posted.hints, *posted.blocks):
                assert drafted.index.items(space, term) == held.index.items(space, term)


def test_an_answer_to_the_same_side_that_says_otherwise() -> None:
    offer = claim(Offer(by=m("NRF"), to=m("Taliban"), asks=(Term("stop"),)), "Dashty", act="proposes", days="2021-09-05")
    silence = claim(Answer(by=m("Taliban"), to=m("NRF"), value="none"), days="2021-09-06", report="r2")
    held = MemoryHoldings()
    update(_source([offer, silence], [], ["r1", "r2"]), held, ["r1", "r2"])
    for changed in (msgspec.structs.replace(silence, act="denies"), msgspec.structs.replace(silence, when=None)):
        update(_source([offer, changed], [], ["r1", "r2"]), held, ["r2"])
        assert in_order(held.findings()) == findings([offer, changed], REPORTS[:2])


_DECIDED = st.lists(st.tuples(st.sampled_from(["accept", "reject", "change", "holder", "voice", "add", "undo"]), st.integers(0, 11)), max_size=6)


@settings(max_examples=150, deadline=None)
@given(some_claims(), st.lists(st.sampled_from(_MORE_LINKS), unique_by=lambda one: (one.report, one.words, one.kind)), _DECIDED)
def test_judgements_made_and_taken_back(claims: list[Claim], links: list[Link], decided: list[tuple[str, int]]) -> None:
    held = MemoryHoldings()
    names = ["r1", "r2", "r3", "r4"]
    update(_source(claims, links, names), held, names)
    read = list({one.key: one for one in claims}.values())
    made: list[Judgement] = []
    for minute, (decision, which) in enumerate(decided):
        if not read:
            continue
        judgement = _judgement(decision, read[which % len(read)], made, minute)
        made.append(judgement)
        about = next((one for one in made if one.key == judgement.about), judgement)
        assert about.anchor
        after, theirs = _judged(read, links, made)
        update(_source(after, theirs, names), held, [about.anchor.report])
        assert in_order(held.findings()) == findings(after, REPORTS, theirs, _derived(after))


def _judgement(decision: str, about: Claim, made: list[Judgement], minute: int) -> Judgement:
    by, when = "Ada", at(minute)
    if decision == "undo" and made and made[-1].decision != "withdraw":
        return judging.undo(made[-1], by=by, at=when)
    if decision == "reject":
        return judging.reject(about, by=by, at=when, reason="not said")
    if decision == "add":
        new = msgspec.structs.replace(about, act="denies", because="added by Ada")
        return judging.add(msgspec.structs.replace(new, key=claim_key(new)), by=by, at=when)
    given = {"change": {"act": "denies"}, "holder": {"holder": "the front=NRF"}, "voice": {"chain": "Dashty (NRF)"}}.get(decision, {})
    try:
        return judging.correct(about, given, by=by, at=when, words=WORDS)
    except JudgementRefused:
        return judging.accept(about, by=by, at=when)


def _judged(read: list[Claim], links: list[Link], made: list[Judgement]) -> tuple[list[Claim], list[Link]]:
    """What counts of all reports, and their links."""
    told: defaultdict[str, list[Judgement]] = defaultdict(list)
    for one in about_claims(made):
        assert one.anchor
        told[one.anchor.report].append(one)
    counting: list[Claim] = []
    theirs: list[Link] = []
    for name in sorted({one.report for one in read} | {one.report for one in links}):
        found = judged([one for one in read if one.report == name], told.get(name, ()))
        counting += found.claims
        theirs += named_anew([one for one in links if one.report == name], found.links)
    return counting, theirs


def _source(claims: list[Claim], links: list[Link], seen: list[str]) -> MemorySource:
    reports: list[Report] = [one for one in REPORTS if one.id in seen]
    at_hand = [one for one in claims if one.report in seen]
    return MemorySource(at_hand, reports, [one for one in links if one.report in seen], _derived(at_hand))


def _derived(claims: list[Claim]) -> list[Claim]:
    """What claims about all districts come to for one of them."""
    found = []
    for one in claims:
        said = one.proposition
        if isinstance(said, Control) and any(mention.words.startswith("all ") for mention in said.place):
            place = Mention("all districts of Panjshir", name="Paryan", key="p1")
            found.append(
                msgspec.structs.replace(one, key=f"d{one.key}", derived_from=one.key, proposition=msgspec.structs.replace(said, place=(place,), except_=()))
            )
    return found
