"""Who is who across reports: joins by spelling and side, what a person judged, and what order does not change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from counterclaim.core.claim import Claim, Statement
from counterclaim.core.judgement import Decision, Judgement
from counterclaim.core.link import Candidate, Link
from counterclaim.core.span import Evidence
from counterclaim.core.voice import Voice
from counterclaim.resolve.registry import Registry, registry

NOON = dt.datetime(2021, 9, 6, 12, tzinfo=dt.UTC)


def link(report: str, name: str, *, key: str | None = None, words: str | None = None) -> Link:
    return Link(report, words or name, "actor", Candidate(name, key or f"key-{name}", 0.8), "a name of the report")


def voiced(report: str, name: str, side: str) -> Claim:
    """A claim in which somebody speaks for a side."""
    chain = (Voice(None), Voice(name, speaks_for=side, role="spokesman"))
    return Claim(
        key=f"{report}-{name}",
        report=report,
        evidence=Evidence(0, 1, "x"),
        chain=chain,
        act="asserts",
        hedges=(),
        said=None,
        when=None,
        proposition=Statement(content=("x",)),
        score=0.5,
        because="",
    )


def judged(decision: Decision, about: str, value: str | None = None, *, minute: int = 0) -> Judgement:
    return Judgement(key=f"{decision}-{about}-{value}-{minute}", about=about, decision=decision, by="me", at=NOON + dt.timedelta(minutes=minute), value=value)


def keys(found: Registry) -> list[str]:
    return [actor.key for actor in found.actors]


def test_spellings_of_one_name_for_one_side_are_one() -> None:
    links = [link("a", "Belal Kareemi"), link("b", "Bilal Karimi"), link("a", "Taliban", key="actor:t"), link("b", "Taliban", key="actor:t")]
    found = registry(links, [voiced("a", "Belal Kareemi", "Taliban"), voiced("b", "Bilal Karimi", "Taliban")])
    assert len(found.actors) == 2
    [person] = [actor for actor in found.actors if actor.key != "actor:t"]
    assert set(person.names) == {"Belal Kareemi", "Bilal Karimi"}
    assert person.merged[0][1].startswith("spelled alike")
    assert {one.target.key for one in found.links if one.target} == {"actor:t", person.key}


def test_two_sides_are_two_people_however_alike_their_names() -> None:
    links = [link("a", "Fahim Dashty"), link("b", "Fahim Dashti"), link("a", "Front", key="actor:f"), link("b", "Taliban", key="actor:t")]
    found = registry(links, [voiced("a", "Fahim Dashty", "Front"), voiced("b", "Fahim Dashti", "Taliban")])
    assert len(found.actors) == 4


def test_two_given_names_are_two() -> None:
    assert len(registry([link("a", "Hassan al-Tamimi"), link("b", "Hussein al-Tamimi")]).actors) == 2


def test_a_name_that_may_be_one_is_listed_as_possible() -> None:
    found = registry([link("a", "Khalifa Haftar"), link("b", "Khalifa Hifter")])
    assert len(found.actors) == 2
    assert all(actor.maybe for actor in found.actors)


def test_a_person_merges_and_takes_it_back() -> None:
    links = [link("a", "Hemedti"), link("b", "Mohamed Hamdan Dagalo")]
    merge = judged("merge", "key-Hemedti", "key-Mohamed Hamdan Dagalo")
    assert len(registry(links, judgements=[merge]).actors) == 1
    assert registry(links, judgements=[merge, judged("withdraw", merge.key, minute=1)]) == registry(links)


def test_a_person_splits_what_spelling_joined() -> None:
    links = [link("a", "Ahmad Massoud"), link("b", "Ahmad Masood")]
    assert len(registry(links).actors) == 1
    assert len(registry(links, judgements=[judged("split", "key-Ahmad Massoud", "key-Ahmad Masood")]).actors) == 2


def test_the_later_judgement_of_a_pair_stands() -> None:
    links = [link("a", "Hemedti"), link("b", "Mohamed Hamdan Dagalo")]
    pair = ("key-Hemedti", "key-Mohamed Hamdan Dagalo")
    assert len(registry(links, judgements=[judged("merge", *pair), judged("split", *pair, minute=1)]).actors) == 2


NAMES = ["Ahmad Massoud", "Ahmad Masood", "Belal Kareemi", "Bilal Karimi", "Hassan Omar", "Hussein Omar", "Fahim Dashty", "Fahim Dashti"]


@given(st.permutations([link(f"r{i}", name) for i, name in enumerate(NAMES)]))
def test_order_changes_nothing(links: Sequence[Link]) -> None:
    assert registry(links) == registry(sorted(links, key=lambda one: one.report))


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6))
def test_every_link_keeps_its_words_and_has_an_actor(names: list[str]) -> None:
    links = [link(f"r{i}", name) for i, name in enumerate(names)]
    found = registry(links)
    assert [one.words for one in found.links] == [one.words for one in sorted(links, key=lambda one: (one.report, one.kind, one.words))]
    assert {one.target.key for one in found.links if one.target} == set(keys(found))
