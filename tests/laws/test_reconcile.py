"""What holds of all findings, whatever the claims."""

from __future__ import annotations

import datetime as dt

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.core.claim import Aid, Answer, Casualties, Claim, Offer, Proposition, Statement, Term, Verification
from counterclaim.core.codec import claim_key, key
from counterclaim.core.finding import Finding
from counterclaim.core.link import Link
from counterclaim.core.report import Report
from counterclaim.core.voice import Act, Voice
from counterclaim.core.when import When
from counterclaim.reconcile import findings
from tests.reconcile.factories import claim, control, figure, killed, link, m, report, voice

_ACTORS = [
    "Taliban",
    "the Taliban",
    "Taliban fighters",
    "NRF",
    "National Resistance Front",
    "the front",
    "Massoud",
    "Ahmad Massoud",
    "people",
    "M23",
    "Kibua Trust",
]
_PLACES = ["Paryan", "Panjshir", "Panjshir province", "all districts of Panjshir", "the city", "Kibua"]
_PROPOSITIONS = {
    "control": ("place", "holder", "not_holder", "except"),
    "casualties": ("who", "named", "place"),
    "offer": ("by", "to"),
    "answer": ("by", "to"),
    "aid": ("donor", "place"),
    "verification": ("by",),
    "attack": ("actor", "target", "place"),
    "fighting": ("sides", "place"),
    "violation": ("by", "place"),
    "agreement": ("parties",),
    "need": ("who", "place"),
    "statement": (),
}
_ENUMS: dict[str, dict[str, st.SearchStrategy[object]]] = {
    "control": {"change": st.sampled_from(["holds", "captured", "lost", "left", "besieged", "contested", None])},
    "casualties": {"harm": st.sampled_from([["killed"], ["wounded"], ["killed", "wounded"], ["losses"], []])},
    "offer": {"asks": st.sampled_from([[], [{"act": "leave"}]]), "undertakings": st.sampled_from([[], [{"act": "stop fighting"}]])},
    "answer": {"value": st.sampled_from(["none", "rejects", "accepts", None])},
    "aid": {"goods": st.sampled_from([["food"], ["rice"], ["flour"], []]), "stage": st.sampled_from(["sent", None])},
    "verification": {
        "value": st.sampled_from(["verified", "not-verified", "disputed", "false", None]),
        "about": st.sampled_from([["the toll"], ["who is in control"], ["a video"], []]),
    },
    "agreement": {"type": st.sampled_from(["ceasefire", "peace", None])},
    "statement": {"content": st.sampled_from([["withdraws the figure of 9 dead"], ["it was so"]])},
}
_DAYS = st.none() | st.sampled_from([None, *(dt.date(2021, 9, day) for day in (4, 5, 6))])
_BOUND = st.none() | st.sampled_from([0, 2, 3, 9, 10, 12.5, 14, 100])
_VOICES = st.builds(
    Voice,
    name=st.none() | st.sampled_from(["Karimi", "Bilal Karimi", "Taliban", "NRF", "Josué Lwambo", "Dr Lwambo", "UN"]),
    speaks_for=st.none() | st.sampled_from(["Taliban", "NRF"]),
    words=st.none() | st.just("a nurse"),
)
TEXT = " ".join(f"word{i}" for i in range(60))
REPORTS = [report("r1", TEXT, outlet="Daily", published="2021-09-06"), report("r2", TEXT, outlet="Weekly"), report("r3", "other", published="2021-09-07")]
LINKS = [link("the front", "NRF"), link("the city", "Kibua", kind="place", report="r2"), link("Massoud", None)]


@st.composite
def _propositions(draw: st.DrawFn) -> Proposition:
    kind = draw(st.sampled_from(sorted(_PROPOSITIONS)))
    written: dict[str, object] = {"kind": kind}
    for slot in _PROPOSITIONS[kind]:
        words = draw(st.lists(st.sampled_from(_PLACES if slot in {"place", "except"} else _ACTORS), max_size=2))
        written[slot] = [{"words": one} for one in words]
    for slot, values in _ENUMS.get(kind, {}).items():
        written[slot] = draw(values)
    if kind in {"casualties", "need", "aid"} and draw(st.booleans()):
        written["amount" if kind == "aid" else "count"] = {
            "low": draw(_BOUND),
            "high": draw(_BOUND),
            "words": "some",
            "unit": "tonnes" if kind == "aid" else None,
        }
    made: Proposition = msgspec.convert(written, Proposition)
    return made


_DAY = "2021-09-05"
_KARIMI, _DASHTY, _LWAMBO = voice("Bilal Karimi", "Taliban"), voice("Dashty", "NRF"), "Josué Lwambo"
_SAID: list[tuple[Voice, Act]] = [(_KARIMI, "asserts"), (_DASHTY, "denies")]
_HOLDS = [
    claim(control(place, holder, change), by, act=act, days=days, report=name)
    for place in ("Paryan", "the city")
    for holder, change in (("Taliban", "holds"), ("NRF", "holds"), ("Taliban", "left"))
    for by, act in _SAID
    for days, name in ((_DAY, "r1"), ("/2021-09-05", "r2"), ("2021-09-04/2021-09-06", "r1"), (None, "r3"))
]
_TOLLS = [
    claim(Casualties(who=m("people"), harm=harm, count=count, place=m("Kibua")), by, days=_DAY, report=name, sentence=2)
    for harm in (("killed",), ("killed", "wounded"), ("losses",))
    for count in (figure(9), figure(14, exact=False), figure(None, 12))
    for by, name in ((_LWAMBO, "r1"), (_LWAMBO, "r2"), ("UN", "r3"))
]
_OFFERS = [
    *(
        claim(Offer(by=m(by), to=to, asks=(Term(ask),)), _DASHTY, act="proposes", days=_DAY)
        for by in ("Dashty", "NRF")
        for to in (m("Taliban"), ())
        for ask in ("leave", "stop")
    ),
    *(
        claim(Answer(by=m("Taliban"), to=to, value="none"), days=days, report=name)
        for to in (m("NRF"), ())
        for days, name in ((_DAY, "r1"), ("/2021-09-06", "r2"))
    ),
]
_GIFTS = [
    claim(Aid(donor=m("WFP"), goods=(goods,), amount=figure(low, unit="tonnes"), place=place), "WFP", days=_DAY, report=name, sentence=3)
    for goods, low, place in (("food", 480, m("Taiz")), ("flour", 300, ()), ("rice", 180, ()), ("oil", 20, ()))
    for name in ("r1", "r2")
]
_CHECKS = [
    *(
        claim(Verification(value=value, about=(about,)), report=name, sentence=2)
        for value in ("verified", "not-verified")
        for about in ("the toll", "it")
        for name in ("r1", "r2")
    ),
    *(claim(Statement(content=("withdraws the figure of 9 dead",)), by, report="r1") for by in (_LWAMBO, "UN")),
    *(
        claim(Statement(content=("not so",)), by, act="denies", refutes=one.key)
        for one in (_HOLDS[0], _TOLLS[0], _GIFTS[2], _OFFERS[0])
        for by in (_LWAMBO, _DASHTY)
    ),
]
# Parts need their total, and answers their offer, so most of these scenes are drawn whole.
_SCENES = st.one_of(
    st.lists(st.sampled_from([*_HOLDS, *_CHECKS]), max_size=8),
    st.lists(st.sampled_from([*_TOLLS, *_CHECKS]), max_size=8),
    st.lists(st.sampled_from(_OFFERS), min_size=5, max_size=len(_OFFERS), unique_by=lambda one: one.key),
    st.lists(st.sampled_from([*_GIFTS, *_CHECKS[-4:]]), min_size=6, max_size=12, unique_by=lambda one: one.key),
    st.lists(st.sampled_from([*_HOLDS, *_TOLLS, *_OFFERS, *_GIFTS, *_CHECKS]), max_size=10),
)


@st.composite
def some_claims(draw: st.DrawFn) -> list[Claim]:
    """Claims that meet in one matter, and a few of any kind beside them."""
    made: list[Claim] = draw(_SCENES)
    for _ in range(draw(st.integers(0, 4))):
        when = draw(st.none() | st.builds(When, start=_DAYS, end=_DAYS, precision=st.just("day"), words=st.just("")))
        refutes = draw(st.none() | st.sampled_from([one.key for one in made])) if made else None
        one = claim(
            draw(_propositions()),
            *draw(st.lists(_VOICES, max_size=1)),
            report=draw(st.sampled_from(["r1", "r2", "r3", "r4"])),
            outlet=draw(st.sampled_from(["Daily", "Weekly", None])),
            act=draw(st.sampled_from(["asserts", "asserts", "asserts", "confirms", "denies", "doubts", "cannot-verify", "proposes", "demands"])),
            sentence=draw(st.integers(0, 4)),
            refutes=refutes,
            interest=draw(st.sampled_from([None, None, "own-gain", "against-interest"])),
            modality=draw(st.sampled_from(["actual", "actual", "actual", "planned"])),
        )
        one = msgspec.structs.replace(one, when=when)
        made.append(msgspec.structs.replace(one, key=claim_key(one)))
    return made


def _of(claims: list[Claim]) -> list[Finding]:
    return findings(claims, REPORTS, LINKS)


@settings(max_examples=60, deadline=None)
@given(some_claims().flatmap(lambda claims: st.tuples(st.just(claims), st.permutations(claims))))
def test_the_order_of_what_comes_in_changes_nothing(orders: tuple[list[Claim], list[Claim]]) -> None:
    claims, shuffled = orders
    reports: list[Report] = REPORTS[::-1]
    links: list[Link] = LINKS[::-1]
    assert findings(shuffled, reports, links) == _of(claims)


@settings(max_examples=60, deadline=None)
@given(some_claims())
def test_every_finding_rests_on_claims_at_hand(claims: list[Claim]) -> None:
    keys = {one.key for one in claims}
    for finding in _of(claims):
        told = [one for position in finding.positions for one in position.claims]
        assert told
        assert len(told) == len(set(told)), "a claim stands in one position of a finding"
        assert set(told) <= keys
        assert {one for answer in finding.answers for one in answer.claims} <= keys
        if finding.sum_check:
            assert {finding.sum_check.total, *finding.sum_check.parts} <= set(told)


@settings(max_examples=60, deadline=None)
@given(some_claims())
def test_every_finding_is_whole(claims: list[Claim]) -> None:
    made = _of(claims)
    assert len({one.key for one in made}) == len(made), "one finding a question"
    for finding in made:
        assert finding.key == key(finding.question)
        assert finding.because
        assert finding.low is None or finding.high is None or finding.low <= finding.high
        assert finding.best is None
        for position in finding.positions:
            assert position.says
            assert 1 <= position.origins <= len(position.claims)
            assert 1 <= position.reports <= len(position.claims)


@settings(max_examples=60, deadline=None)
@given(some_claims())
def test_an_unrelated_claim_changes_no_other_finding(claims: list[Claim]) -> None:
    unrelated = [
        claim(control("Zalingei", "Janjaweed"), "Abdelwahid", report="r9", outlet="Elsewhere", days="2003-04-25"),
        claim(killed("villagers", figure(9), "Tawila"), "Abdelwahid", report="r9", outlet="Elsewhere", days="2003-04-25", sentence=1),
    ]
    before, after = _of(claims), _of([*claims, *unrelated])
    assert [one for one in after if one.question.get("place") not in {"Zalingei", "Tawila"}] == before
    assert len(after) == len(before) + 2
