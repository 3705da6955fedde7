"""What holds of all promises, stories and versions, whatever the claims."""

from __future__ import annotations

import datetime as dt

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.core.claim import Agreement, Answer, Attack, Claim, Demand, Fighting, Movement, Offer, Pledge, Proposition, Term, Violation
from counterclaim.core.judgement import Judgement
from counterclaim.core.link import Candidate, Link, Located
from counterclaim.core.promise import PromiseTerm
from counterclaim.core.voice import Act, Voice
from counterclaim.reconcile.promises import promises
from counterclaim.reconcile.stories import stories
from counterclaim.reconcile.stories.events import is_event
from counterclaim.reconcile.versions import versions
from tests.reconcile.factories import claim, control, figure, killed, m, report, voice

_KARIMI, _DASHTY = voice("Bilal Karimi", "Taliban"), voice("Dashty", "NRF")
_REPORTS = ("r1", "r2", "r3")
_DAYS = ("2021-09-04", "2021-09-05", "2021-09-04/2021-09-05", "/2021-09-05", None)
_PLACES = ("Khinj", "Panjshir", "Kibua", "the city")
_EVENTS: list[Proposition] = [
    *(Attack(actor=m(*actor), target=m(target), means=means, place=m(place)) for actor in ((), ("Taliban",), ("NRF",)) for target in ("the market", "a clinic") for means in ("shelling", "shooting") for place in _PLACES),
    *(killed(who, figure(count), place) for who in ("people", "children") for count in (2, 9, 40) for place in (*_PLACES, None)),
    *(control(place, side, change) for place in _PLACES for side in ("Taliban", "NRF") for change in ("captured", "left", "holds")),
    *(Fighting(sides=m("Taliban", "NRF"), place=m(place)) for place in _PLACES),
    *(Movement(actor=m(side), action=action, from_=m("Khinj")) for side in ("Taliban", "people") for action in ("withdraw", "enter")),
]  # fmt: skip
_PROMISES: list[Proposition] = [
    *(Offer(by=m("NRF"), to=to, asks=(Term(ask),), undertakings=(Term("stop fighting"),)) for to in (m("Taliban"), ()) for ask in ("leave Khinj", "stop the attacks", "free prisoners")),
    *(Demand(by=m("NRF"), to=m("Taliban"), acts=(act,)) for act in ("leave Khinj", "leave Panjshir")),
    *(Pledge(by=m(by), acts=(act,)) for by in ("Taliban", "NRF") for act in ("leave Khinj", "protect civilians")),
    *(Agreement(parties=m(*parties), type=kind) for parties in (("NRF", "Taliban"), ("the two sides",)) for kind in ("ceasefire", None)),
    *(Answer(by=m("Taliban"), to=to, value=value) for to in (m("NRF"), ()) for value in ("none", "rejects", "accepts")),
    *(Violation(by=m(by), of=("the ceasefire",)) for by in ("Taliban", "NRF")),
]  # fmt: skip
_ACTS: dict[str, Act] = {"offer": "proposes", "demand": "demands", "pledge": "promises"}
_VOICES: list[Voice | str] = [_KARIMI, _DASHTY, "A teacher"]


def _linked(words: str, precision: str, lat: float | None) -> list[Link]:
    at = msgspec.convert({"precision": precision, "country": "AF", "province": "Panjshir", "district": "Khinj", "lat": lat, "lon": lat}, Located)
    return [Link(name, words, "place", Candidate(words, f"place:{words}", 1.0, at), "made up") for name in _REPORTS]


LINKS = [*_linked("Khinj", "exact", 35.4), *_linked("Panjshir", "province", None)]
TEXT = " ".join(f"word{i}" for i in range(80))
REPORTS = [
    report("r1", TEXT, outlet="Daily", published="2021-09-05"),
    report("r2", f"{TEXT} Correction: it was otherwise.", outlet="Daily", published="2021-09-06"),
    report("r3", "other words", outlet="Weekly", published="2021-09-06"),
]
FAR = [
    claim(Attack(actor=m("Janjaweed"), target=m("the school"), place=m("Tawila")), "Abdelwahid", report="r9", outlet="Elsewhere", days="2021-09-05"),
    claim(Offer(by=m("Abdelwahid"), to=m("Janjaweed"), asks=(Term("disarm"),)), "Abdelwahid", act="proposes", report="r9", outlet="Elsewhere", days="2021-09-05", sentence=1),
    claim(killed("villagers", figure(9), "Tawila"), "Abdelwahid", report="r9", outlet="Elsewhere", days="2021-09-05", sentence=2),
]  # fmt: skip


@st.composite
def _claims(draw: st.DrawFn) -> list[Claim]:
    made: list[Claim] = []
    for proposition in draw(st.lists(st.sampled_from([*_EVENTS, *_PROMISES]), min_size=2, max_size=14)):
        kind = str(proposition.__struct_config__.tag)
        name = draw(st.sampled_from(_REPORTS))
        one = claim(
            proposition,
            draw(st.sampled_from(_VOICES)),
            report=name,
            outlet="Weekly" if name == "r3" else "Daily",
            act=draw(st.sampled_from([_ACTS.get(kind, "asserts")] * 4 + ["denies"])),
            days=draw(st.sampled_from(_DAYS)),
            sentence=draw(st.integers(0, 5)),
            refutes=draw(st.sampled_from([None, None, *(earlier.key for earlier in made)])),
        )
        made.append(msgspec.structs.replace(one, dated=draw(st.sampled_from([None, None, "event", "report"]))))
    return made


@st.composite
def _scenes(draw: st.DrawFn) -> tuple[list[Claim], list[Judgement]]:
    """Claims, and what persons decided about them."""
    made = draw(_claims())
    keys = [one.key for one in made]
    terms = [told.key for found in promises(made, REPORTS, LINKS) for term in found.terms for told in term.wordings]
    judged: list[Judgement] = []
    for i in range(draw(st.integers(0, 4))):
        decision = draw(st.sampled_from(["merge", "split", "grade"] if terms else ["merge", "split"]))
        about = draw(st.sampled_from(terms if decision == "grade" else keys))
        value = draw(st.sampled_from(["open", "met", "broken", "unknown"] if decision == "grade" else keys))
        judged.append(_judgement(f"j{i}", about, decision, value, hours=draw(st.integers(0, 3))))
    return made, judged


def _judgement(name: str, about: str, decision: str, value: str | None, *, hours: int = 0) -> Judgement:
    at = dt.datetime(2021, 9, 8, hours, tzinfo=dt.UTC)
    return Judgement(key=name, about=about, decision=decision, by="Ada", at=at, value=value)  # type: ignore[arg-type]


often = settings(max_examples=150, deadline=None)


@often
@given(_scenes().flatmap(lambda scene: st.tuples(st.just(scene), st.permutations(scene[0]), st.permutations(scene[1]))))
def test_the_order_of_what_comes_in_changes_nothing(drawn: tuple[tuple[list[Claim], list[Judgement]], list[Claim], list[Judgement]]) -> None:
    (claims, judged), shuffled, rejudged = drawn
    assert stories(shuffled, REPORTS[::-1], LINKS[::-1], rejudged) == stories(claims, REPORTS, LINKS, judged)
    assert promises(shuffled, REPORTS[::-1], LINKS[::-1], rejudged) == promises(claims, REPORTS, LINKS, judged)
    assert versions(REPORTS[::-1], shuffled) == versions(REPORTS, claims)


@often
@given(_scenes())
def test_an_unrelated_report_changes_nothing(scene: tuple[list[Claim], list[Judgement]]) -> None:
    claims, judged = scene
    more, reports = [*claims, *FAR], [*REPORTS, report("r9", "elsewhere", outlet="Elsewhere", published="2021-09-06")]
    far = {one.key for one in FAR}
    assert [one for one in stories(more, reports, LINKS, judged) if not far & set(one.claims)] == stories(claims, REPORTS, LINKS, judged)
    assert [one for one in promises(more, reports, LINKS, judged) if not far & {told.claim for told in one.wordings}] == promises(
        claims, REPORTS, LINKS, judged
    )
    assert versions(reports, more) == versions(REPORTS, claims)


@often
@given(_scenes(), st.data())
def test_a_judgement_withdrawn_was_never_there(scene: tuple[list[Claim], list[Judgement]], data: st.DataObject) -> None:
    claims, judged = scene
    keys = [one.key for one in claims]
    made = _judgement("x1", data.draw(st.sampled_from(keys)), data.draw(st.sampled_from(["merge", "split"])), data.draw(st.sampled_from(keys)), hours=4)
    undone = [*judged, made, _judgement("x2", "x1", "withdraw", None, hours=5)]
    assert stories(claims, REPORTS, LINKS, undone) == stories(claims, REPORTS, LINKS, judged)
    graded = [*judged, *(_judgement(f"y{i}", term.key, "grade", "met", hours=4) for i, term in enumerate(_terms(claims)))]
    withdrawn = [*graded, *(_judgement(f"z{i}", f"y{i}", "withdraw", None, hours=5) for i in range(len(graded) - len(judged)))]
    assert promises(claims, REPORTS, LINKS, withdrawn) == promises(claims, REPORTS, LINKS, judged)


def _terms(claims: list[Claim]) -> list[PromiseTerm]:
    return [term for found in promises(claims, REPORTS, LINKS) for term in found.terms]


@often
@given(_scenes())
def test_every_event_is_in_one_story(scene: tuple[list[Claim], list[Judgement]]) -> None:
    claims, judged = scene
    found = stories(claims, REPORTS, LINKS, judged)
    told = [one for story in found for one in story.claims]
    assert len(told) == len(set(told))
    assert {one.key for one in claims if is_event(one)} <= set(told) <= {one.key for one in claims}
    assert len({story.key for story in found}) == len(found)
    for story in found:
        # The joins are a tree over the claims.
        assert len(story.joins) == len(story.claims) - 1
        assert {one for join in story.joins for one in (join.a, join.b)} <= set(story.claims)
        assert story.because
        assert all(join.because for join in story.joins)


@often
@given(_scenes())
def test_every_wording_is_in_one_promise_and_no_conduct_is_a_verdict(scene: tuple[list[Claim], list[Judgement]]) -> None:
    claims, judged = scene
    found = promises(claims, REPORTS, LINKS, judged)
    told = [one.claim for promise in found for one in promise.wordings]
    assert len(told) == len(set(told))
    keys = {one.key for one in claims}
    for promise in found:
        named = {one for wording in promise.wordings for one in wording.terms}
        assert named == {one.key for term in promise.terms for one in term.wordings}
        for term in promise.terms:
            assert term.because
            assert {one.claim for one in term.conduct} <= keys
            if term.judged is None:
                assert term.state not in ("met", "broken") or "both sides say" in term.because
                assert (term.state == "open") == (not term.conduct)
