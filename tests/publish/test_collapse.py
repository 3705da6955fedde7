from __future__ import annotations

import pytest

from counterclaim.core.claim import Casualties
from counterclaim.core.figure import Figure
from counterclaim.core.story import Story
from counterclaim.knowledge.houses import houses
from counterclaim.publish.collapse import Collapsed, collapsed, groups, receipts, told
from counterclaim.publish.material import Material
from counterclaim.publish.view import View
from tests.publish.factories import figure, material, shelling, view
from tests.reconcile.factories import claim, control, killed, link, m, report

Numbers = tuple[float | None, float | None, float | None]


def story(made: View) -> Story:
    """The one story of more than one claim."""
    (found,) = (one for one in made.material.stories if len(one.claims) > 1)
    return found


def numbers(found: Material, house: str) -> Numbers:
    made = view(found)
    event = collapsed(groups(made, story(made), house), house)
    return event.low, event.best, event.high


RIVALS: list[tuple[str, Figure | None]] = [("Harrow", figure(9)), ("Ada", figure(14, exact=False)), ("Ben", figure(9)), ("Cyr", figure(26))]
CASES: list[tuple[str, list[tuple[str, Figure | None]], str, Numbers]] = [
    ("the lowest figure told is the one number", RIVALS, "acled", (9, 9, 9)),
    ("figures that differ have no best, and one of them is open above", RIVALS, "ucdp", (9, None, None)),
    ("the widest range", RIVALS, "widest", (9, None, None)),
    ("the most conservative", RIVALS, "most", (9, 9, None)),
    ("the least conservative", RIVALS, "least", (None, 26, None)),
    ("all tell one number", [("Harrow", figure(9)), ("Ben", figure(9))], "ucdp", (9, 9, 9)),
    ("up to 20", [("Harrow", figure(None, 20, words="up to 20"))], "acled", (20, 20, 20)),
    ("dozens are 12 by one house's table", [("Harrow", figure(None, words="dozens"))], "acled", (12, 12, 12)),
    ("and no number by the others'", [("Harrow", figure(None, words="dozens"))], "ucdp", (None, None, None)),
    ("dozens beside a number", [("Harrow", figure(None, words="dozens")), ("Ada", figure(26))], "acled", (12, 12, 12)),
    ("many is in no table", [("Harrow", figure(None, words="many"))], "acled", (None, None, None)),
    ("nothing is nothing", [("Harrow", None)], "acled", (None, None, None)),
]


@pytest.mark.parametrize(("why", "counts", "house", "expected"), CASES, ids=[case[0] for case in CASES])
def test_one_matter_by_a_house_rule(why: str, counts: list[tuple[str, Figure | None]], house: str, expected: Numbers) -> None:
    assert numbers(shelling(counts=counts), house) == expected, why


@pytest.mark.parametrize("house", houses())
def test_one_matter_is_what_the_tolls_of_the_record_say(house: str) -> None:
    made = view(shelling(counts=RIVALS))
    (toll,) = made.tolls(story(made).key, house)
    event = collapsed(groups(made, story(made), house), house)
    assert (event.low, event.best, event.high) == toll.numbers
    assert {row.claim for row in toll.rows} == {key for key in story(made).claims if made.claims[key].kind == "casualties"}


def battle(*counts: tuple[str, str, float | None]) -> Material:
    """A battle with tolls of several people, each (who, by whom, how many)."""
    claims = [claim(control("Kibua", "the rebels", "captured"), "Ada", days="2025-06-10")]
    links = [link("Kibua", "Kibua", key="geo:1", kind="place")]
    for number, (who, by, count) in enumerate(counts, 1):
        toll = Casualties(who=m(who), harm=("killed",), count=figure(count) if count else None, place=m("Kibua"))
        claims.append(claim(toll, by, days="2025-06-10", sentence=number))
    return material(claims, [report("r1", "A battle. " * 8, outlet="Daily", published="2025-06-11")], links)


BATTLES: list[tuple[str, tuple[tuple[str, str, float | None], ...], str, Numbers]] = [
    ("rival figures of the same people collapse", (("soldiers", "Army", 12), ("soldiers", "Front", 40)), "acled", (12, 12, 12)),
    ("other people are added up, each by the rule", (("soldiers", "Army", 12), ("soldiers", "Front", 40), ("villagers", "Ada", 7)), "acled", (19, 19, 19)),
    ("with a range where the house keeps one", (("soldiers", "Army", 12), ("soldiers", "Front", 40), ("villagers", "Ada", 7)), "ucdp", (19, None, 47)),
    ("and a best where all agree on each", (("soldiers", "Army", 12), ("villagers", "Ada", 7)), "ucdp", (19, 19, 19)),
    ("a toll of all holds those of some", (("people", "Ada", 20), ("soldiers", "Army", 12), ("villagers", "Ada", 8)), "ucdp", (20, 20, 20)),
    ("and is not made less by them", (("people", "Ada", 20), ("children", "Ada", 3)), "acled", (20, 20, 20)),
    ("a count of nobody in particular below one of some is no toll of all", (("bodies", "Ben", 5), ("villagers", "Ada", 7)), "acled", (7, 7, 7)),
    ("children may be among the villagers", (("villagers", "Ada", 7), ("children", "Ben", 3)), "acled", (7, 7, 7)),
    ("with both together at most", (("villagers", "Ada", 7), ("children", "Ben", 3)), "ucdp", (7, None, 10)),
    ("men may be among anybody", (("men", "Ada", 9), ("rebels", "Army", 4)), "acled", (9, 9, 9)),
    ("soldiers and rebels are two", (("soldiers", "Front", 5), ("rebels", "Army", 4)), "acled", (9, 9, 9)),
]


@pytest.mark.parametrize(("why", "counts", "house", "expected"), BATTLES, ids=[case[0] for case in BATTLES])
def test_figures_of_other_people_are_never_rivals(why: str, counts: tuple[tuple[str, str, float | None], ...], house: str, expected: Numbers) -> None:
    assert numbers(battle(*counts), house) == expected, why
    assert numbers(battle(*reversed(counts)), house) == expected


def test_the_rule_is_told() -> None:
    made = view(shelling(counts=[("Harrow", figure(None, words="dozens"))]))
    assert collapsed(groups(made, story(made), "acled"), "acled").because == "one number: the lowest figure told; “dozens” counts as 12 by this house's table"
    assert collapsed([], "ucdp") == Collapsed(None, None, None, "no number is told")
    made = view(battle(("soldiers", "Army", 12), ("villagers", "Ada", 7), ("men", "Ben", 2)))
    assert collapsed(groups(made, story(made), "acled"), "acled").because == (
        "one number: the lowest figure told, for each group of people; soldiers 12 and villagers 7 added up; men 2 may be among them"
    )


def test_each_claim_has_its_receipt() -> None:
    made = view(battle(("soldiers", "Army", 12), ("soldiers", "Front", 40)))
    (line,) = receipts(made, story(made), "acled")
    assert "killed, soldiers: low 12, best 12, high 12" in line
    assert "taken: tells “12”" in line
    assert "not taken: tells “40”; a lower number is taken" in line


def test_figures_of_a_story_with_their_voices() -> None:
    made = view(shelling(counts=[("Harrow", figure(9)), ("Ada", figure(14, exact=False)), ("Ben", figure(9)), ("Cyr", figure(None, words="dozens"))]))
    assert [(one.shown, one.by) for one in told(made, story(made))] == [("9", ("Ben", "Harrow")), ("at least 14", ("Ada",)), ("“dozens”", ("Cyr",))]


def test_figures_say_of_whom_they_are() -> None:
    made = view(battle(("soldiers", "Army", 12), ("12 villagers", "Ada", 12)))
    assert [one.shown for one in told(made, story(made))] == ["12 (soldiers)", "12 (villagers)"]


def test_words_that_only_say_who_are_no_figure() -> None:
    toll = claim(killed("the ministry's men", figure(None, words="the ministry's men")), days="2025-06-10")
    made = view(material([toll], [report("r1")]))
    assert [one.shown for one in told(made, made.material.stories[0])] == ["no number given (ministry's men)"]
