from __future__ import annotations

import pytest

from counterclaim.publish.collapse import Collapsed, House, Told, collapsed, told
from tests.publish.factories import figure, material, shelling, view
from tests.reconcile.factories import claim, killed, report

NINE = Told(9, 9, "", ("Harrow", "doctor"), ("a", "b"))
MORE = Told(14, None, "", ("doctor",), ("c",))
MOST = Told(26, 26, "", ("administrator",), ("d",))
UP_TO = Told(None, 20, "", ("army",), ("e",))
DOZENS = Told(None, None, "dozens of people", ("radio",), ("f",))
MANY = Told(None, None, "many", ("radio",), ("g",))
GONE = Told(90, 90, "", ("agency",), ("h",), is_withdrawn=True)

CASES: list[tuple[str, list[Told], House, tuple[int | None, int | None, int | None]]] = [
    ("the most conservative figure", [NINE, MORE, MOST], "acled", (9, 9, 26)),
    ("the figure with the most voices", [NINE, MORE, MOST], "ucdp", (9, 9, 26)),
    ("of two with as many voices the lower", [MORE, MOST], "ucdp", (14, 14, 26)),
    ("the highest figure told", [NINE, MORE, MOST], "most", (9, 26, 26)),
    ("the lowest figure told", [NINE, MORE, MOST], "least", (9, 9, 26)),
    ("up to 20 is 20, and nothing bounds it below", [UP_TO], "least", (20, 20, 20)),
    ("dozens are 12 by one house's table", [DOZENS], "acled", (12, 12, 12)),
    ("and no number by the others'", [DOZENS], "ucdp", (None, None, None)),
    ("nor for most", [DOZENS], "most", (None, None, None)),
    ("dozens beside a number", [DOZENS, MOST], "acled", (12, 12, 26)),
    ("many is in no table", [MANY], "acled", (None, None, None)),
    ("what was withdrawn counts for nothing", [GONE, MOST], "most", (26, 26, 26)),
    ("nothing is nothing", [], "acled", (None, None, None)),
]


@pytest.mark.parametrize(("why", "figures", "house", "expected"), CASES, ids=[case[0] for case in CASES])
def test_one_number_by_a_house_rule(why: str, figures: list[Told], house: House, expected: tuple[int | None, int | None, int | None]) -> None:
    found = collapsed(figures, house)
    assert (found.low, found.best, found.high) == expected, why
    assert collapsed(list(reversed(figures)), house) == found


def test_the_rule_is_told() -> None:
    assert collapsed([DOZENS], "acled").because == "the lowest figure told; “dozens of people” by ACLED's table for vague words"
    assert collapsed([], "ucdp") == Collapsed(None, None, None, "no number is told")


def test_figures_of_a_story_with_their_voices() -> None:
    made = view(shelling(counts=[("Harrow", figure(9)), ("Ada", figure(14, exact=False)), ("Ben", figure(9)), ("Cyr", figure(None, words="dozens"))]))
    (story,) = (one for one in made.material.stories if len(one.claims) > 1)
    assert [(one.shown, one.by) for one in told(made, story)] == [("9", ("Ben", "Harrow")), ("at least 14", ("Ada",)), ("“dozens”", ("Cyr",))]


def test_words_that_only_say_who_are_no_figure() -> None:
    toll = claim(killed("the ministry's men", figure(None, words="the ministry's men")), days="2025-06-10")
    made = view(material([toll], [report("r1")]))
    assert [one.shown for one in told(made, made.material.stories[0])] == ["no number given"]
