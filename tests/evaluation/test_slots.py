from __future__ import annotations

from typing import Any

import pytest

from evaluation.slots import Hits, fillers_said, hits, is_banned, wordings


def words(*names: str) -> list[dict[str, str]]:
    return [{"words": name} for name in names]


EXACT = {"low": 12, "high": 12}
AT_LEAST = {"low": 12, "high": None}

HITS: list[tuple[str, Any, Any, tuple[int, int, int], str]] = [
    ("place", words("Arvad", "Kesh"), [["Kesh"], ["Arvad", "Old Arvad"]], (2, 2, 2), "order does not count"),
    ("place", words("Arvad", "Arvad"), [["Arvad"]], (1, 2, 1), "a filler is found once"),
    ("place", words("Arvad"), [["Arvad"], ["Arvad"]], (1, 1, 2), "and used once"),
    ("place", [{"words": "the town", "name": "Arvad"}], [["Arvad"]], (1, 1, 1), "the canonical name counts like the words"),
    ("place", "Arvad", [["Arvad"]], (1, 1, 1), "a plain string will do"),
    ("place", [{"words": ""}, None], [["Arvad"]], (0, 0, 1), "empty fillers are not said"),
    ("place", words("Arvad"), [], (0, 1, 0), "a slot that must stay empty"),
    ("acts", ["pull its troops out of Arvad"], [["pull troops out of Arvad", "withdraw"]], (1, 1, 1), "texts compare by words"),
    ("harm", ["killed", "wounded"], ["killed", "wounded"], (1, 1, 1), "a choice is right as a whole"),
    ("harm", ["killed"], ["killed", "wounded"], (1, 1, 1), "all that is said is accepted"),
    ("harm", ["killed", "missing"], ["killed", "wounded"], (0, 1, 1), "one value too many spoils it"),
    ("harm", [], ["killed"], (0, 0, 1), "nothing said"),
    ("type", "ceasefire", [], (0, 1, 0), "nothing wanted"),
    ("means", ["Air-strike"], ["air strike"], (1, 1, 1), "choices compare without case and punctuation"),
    ("count", {"low": 12, "high": 12, "words": "12"}, EXACT, (1, 1, 1), "both bounds"),
    ("count", {"low": 12, "high": 12, "words": "12"}, AT_LEAST, (0, 1, 1), "an open bound is not a closed one"),
    ("count", {"low": 12, "high": None, "words": "over 12"}, [EXACT, AT_LEAST], (1, 1, 1), "any of several accepted"),
    ("count", [{"low": 12, "high": 12}], EXACT, (1, 1, 1), "a list of one is its first"),
    ("count", {"words": "dozens"}, {"low": None, "high": None}, (1, 1, 1), "vague in both"),
    ("count", None, EXACT, (0, 0, 1), "no figure said"),
    ("count", {"low": 12, "high": 12}, [], (0, 0, 0), "a figure that gold leaves open is not scored"),
    (
        "asks",
        [{"act": "withdraw", "party": {"words": "the League"}, "places": words("Arvad")}],
        [["the League withdraw from Arvad"]],
        (1, 1, 1),
        "a term with party and places",
    ),
]


@pytest.mark.parametrize(("slot", "predicted", "gold", "expected", "why"), HITS)
def test_hits(slot: str, predicted: Any, gold: Any, expected: tuple[int, int, int], why: str) -> None:
    assert hits(slot, predicted, gold) == Hits(*expected), why


@pytest.mark.parametrize(
    ("slot", "predicted", "ban", "expected", "why"),
    [
        ("harm", ["killed"], ["killed"], True, "exactly what is banned"),
        ("harm", ["killed", "wounded"], ["killed"], False, "an unsplit union is not one of its parts"),
        ("harm", [], ["killed"], False, "nothing said breaks no ban of a value"),
        ("harm", ["killed"], [], True, "an empty ban forbids any value"),
        ("holder", words("League"), [], True, "of a name slot too"),
        ("holder", words("League", "Guard"), [["League"]], True, "what is banned is among what is said"),
        ("holder", words("Guard"), [["League"]], False, "another holder"),
        ("holder", words("League"), [["League"], ["Guard"]], False, "all that is banned together must be said"),
        ("count", {"low": 1000, "high": None}, {"low": 1000}, True, "a bound left out is open"),
        ("count", {"low": 1000, "high": 1000}, {"low": 1000}, False, "closed is not open"),
    ],
)
def test_bans(slot: str, predicted: Any, ban: Any, expected: bool, why: str) -> None:
    assert is_banned(slot, predicted, ban) is expected, why


def test_a_term_can_be_read_by_its_act_alone() -> None:
    assert wordings({"act": "lift the siege", "party": None, "places": []}) == ["lift the siege", " lift the siege "]


def test_a_slot_nobody_asked_for_counts_its_fillers() -> None:
    assert [fillers_said(value) for value in ([], None, "", "holds", ["a", "b"], {"low": 1})] == [0, 0, 0, 1, 2, 1]


def test_whole_slots_say_all_and_no_more() -> None:
    assert Hits(1, 1, 1).is_whole
    assert Hits(0, 0, 0).is_whole
    assert not Hits(1, 2, 1).is_whole
    assert not Hits(1, 1, 2).is_whole
