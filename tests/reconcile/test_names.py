from __future__ import annotations

import pytest

from counterclaim.core.link import Link, LinkKind
from counterclaim.reconcile.names import Name, Names, fold, fold_place, is_naming
from counterclaim.reconcile.names import names as named
from tests.reconcile.factories import link


def names(*words: str, kind: LinkKind = "actor", links: tuple[Link, ...] = ()) -> Names:
    return named([("r1", one, kind) for one in words], links)


@pytest.mark.parametrize(
    ("words", "folded", "why"),
    [
        ("The Taliban", "taliban", "case and article"),
        ("Josué Lwambo", "josue lwambo", "accents"),
        ("Dr Josué Lwambo", "josue lwambo", "a title"),
        ("Taliban’s", "taliban", "a possessive, curly apostrophe"),
        ("militants'", "militants", "a possessive of a plural"),
        ("Sana'a", "sanaa", "an apostrophe inside a name"),
        ("Dasht-e Rewak", "dasht e rewak", "a hyphen parts words"),
        ("General", "general", "a title alone is all there is"),
        ("a Taliban commander", "taliban commander", "a title after a name is somebody else"),
        ("a Taliban spokesman", "taliban", "but who speaks in its name"),
        ("the", "the", "an article alone is all there is"),
        ("", "", "nothing"),
    ],
)
def test_fold(words: str, folded: str, why: str) -> None:
    assert " ".join(fold(words)) == folded, why


@pytest.mark.parametrize(
    ("words", "folded", "why"),
    [
        ("all districts of Panjshir province", "panjshir province", "the whole by its parts"),
        ("every district of the Panjshir", "panjshir", "each part is the whole"),
        ("the whole of Panjshir", "panjshir", "whole"),
        ("all of Masisi territory", "masisi territory", "the class is kept: Masisi town is another place"),
        ("the city of Bamyan", "bamyan city", "the class comes last"),
        ("four districts of Panjshir", "four of panjshir districts", "some are not all"),
        ("most of Panjshir", "most of panjshir", "most is not all"),
        ("the city", "city", "a class alone is all there is"),
    ],
)
def test_fold_place(words: str, folded: str, why: str) -> None:
    assert " ".join(fold_place(words)) == folded, why


@pytest.mark.parametrize(
    ("words", "named"), [("Taliban", True), ("M23 fighters", True), ("al-Shabaab", True), ("the fighters", False), ("People", False), ("", False)]
)
def test_is_naming(words: str, named: bool) -> None:
    assert is_naming(words) is named


@pytest.mark.parametrize(
    ("one", "other", "others", "same", "why"),
    [
        ("the Taliban", "Taliban's", (), True, "folded alike"),
        ("Massoud", "Ahmad Massoud", (), True, "a surname, and one who bears it"),
        ("Massoud", "Ahmad Massoud", ("Ahmad Zia Massoud",), False, "a surname that two bear"),
        ("Taliban", "Taliban fighters", ("Taliban troops",), True, "a force is its side, whatever it is called"),
        ("Taliban", "Taliban commanders", (), False, "its commanders are some of it"),
        ("NRF", "National Resistance Front", (), True, "initials"),
        ("NRF", "National Resistance Front", ("New Rwanda Forum",), False, "initials of two"),
        ("army", "Sudan's army", (), False, "a general word is nobody's surname"),
        ("Sudan", "South Sudan", (), False, "another country"),
        ("Yemen", "Bank of Yemen", (), False, "a bank is not its country"),
        ("Sudan", "Sudan's army", (), False, "an army is not its country"),
    ],
)
def test_actors(one: str, other: str, others: tuple[str, ...], same: bool, why: str) -> None:
    at_hand = names(one, other, *others)
    assert (at_hand.of("r1", one, "actor") == at_hand.of("r1", other, "actor")) is same, why


@pytest.mark.parametrize(
    ("one", "other", "others", "same", "why"),
    [
        ("Panjshir", "Panjshir province", (), True, "one class"),
        ("Panjshir", "Panjshir province", ("Panjshir valley",), False, "two classes: which is meant is not said"),
        ("Bamyan city", "city of Bamyan", (), True, "one class, another order"),
        ("Avdiivka", "the coke plant at Avdiivka", (), False, "a place inside a place"),
        ("Kibua", "the market at Kibua", (), False, "a place inside a place"),
    ],
)
def test_places(one: str, other: str, others: tuple[str, ...], same: bool, why: str) -> None:
    at_hand = names(one, other, *others, kind="place")
    assert (at_hand.of("r1", one, "place") == at_hand.of("r1", other, "place")) is same, why


def test_links_join_what_words_do_not() -> None:
    at_hand = names("the group", "Taliban", "the front", links=(link("the group", "Taliban"), link("the front", "NRF")))
    assert at_hand.of("r1", "the group", "actor") == at_hand.of("r1", "Taliban", "actor")
    assert at_hand.of("r1", "the front", "actor").shown == "NRF"


def test_a_surname_joins_a_linked_name() -> None:
    at_hand = names("Syrskyi", "the top general", links=(link("the top general", "Oleksandr Syrskyi", key="q1"),))
    assert at_hand.of("r1", "Syrskyi", "actor") == Name("actor:q1", "Oleksandr Syrskyi", True, "q1")


def test_a_link_holds_in_its_report_alone() -> None:
    at_hand = named([("r1", "the group", "actor"), ("r2", "the group", "actor")], [link("the group", "Taliban")])
    assert at_hand.of("r1", "the group", "actor") != at_hand.of("r2", "the group", "actor")


@pytest.mark.parametrize("links", [(link("the group", None),), (link("the group", "Taliban"), link("the group", "NRF"))])
def test_open_links_name_nothing(links: tuple[Link, ...]) -> None:
    at_hand = names("the group", links=links)
    assert at_hand.of("r1", "the group", "actor").link is None


def test_two_things_of_one_name_are_shown_apart() -> None:
    heard: list[tuple[str, str, LinkKind]] = [("r1", "Paryan", "place"), ("r2", "Paryan", "place"), ("r3", "Paryan", "place")]
    at_hand = named(heard, [link("Paryan", "Paryan", key="a", kind="place"), link("Paryan", "Paryan", key="b", report="r2", kind="place")])
    shown = [at_hand.of(report, "Paryan", "place").shown for report in ("r1", "r2", "r3")]
    assert shown == ["Paryan [a]", "Paryan [b]", "Paryan"]


@pytest.mark.parametrize(
    ("words", "shown"), [(("the Taliban", "Taliban fighters"), "Taliban"), (("Massoud", "Ahmad Massoud"), "Ahmad Massoud"), (("the army",), "army")]
)
def test_shown(words: tuple[str, ...], shown: str) -> None:
    assert names(*words).of("r1", words[0], "actor").shown == shown


@pytest.mark.parametrize(
    ("one", "other", "links", "differ", "why"),
    [
        ("Taliban", "NRF", (), True, "two names"),
        ("Taliban", "the fighters", (), False, "a description may be anybody"),
        ("Russia", "Russian troops", (), False, "one stem"),
        ("RSF", "Rapid Support Forces", (link("RSF", None),), False, "initials"),
        ("Russia", "Russian troops", (link("Russia", "Russia"), link("Russian troops", "Russian troops")), False, "general words alone tell them apart"),
        ("the Syrian Army", "the Free Syrian Army", (link("the Syrian Army", "Syrian Army"), link("the Free Syrian Army", "Free Syrian Army")), True, "linked"),
    ],
)
def test_differ(one: str, other: str, links: tuple[Link, ...], differ: bool, why: str) -> None:
    at_hand = names(one, other, links=links)
    assert at_hand.differ(at_hand.of("r1", one, "actor"), at_hand.of("r1", other, "actor")) is differ, why


def test_words_never_heard_name_themselves() -> None:
    assert names().of("r1", "the Taliban", "actor") == Name("actor:taliban", "Taliban", True)
