from __future__ import annotations

import copy
import itertools
from typing import Any

import pytest

from evaluation.scoring import LONGER, Json, is_forbidden, outcome, outcomes, pairs, same_chain, same_origin, score, slot_figures
from tests.evaluation.factories import CONTROL, DEAL, HARM, HURT, OFFER, SAID_CONTROL, SAID_DEAL, SAID_HARM, TEXT, TOOK, claim, gold_claim, gold_file

PERFECT = {"p": 100.0, "r": 100.0, "f1": 100.0}
NOTHING = {"p": 0.0, "r": 0.0, "f1": 0.0}


def changed(said: Json, **more: Any) -> Json:
    """The claim with fields replaced; those of the proposition where it has them."""
    new = copy.deepcopy(said)
    for name, value in more.items():
        (new if name in new else new["proposition"])[name] = value
    return new


def test_all_right() -> None:
    found = score([gold_file(CONTROL, HARM, DEAL)], [SAID_CONTROL, SAID_HARM, SAID_DEAL])
    assert list(found) == ["reports", "found", "record", "slots", "voice", "chain", "act", "when", "gold", "said", "must_not", "misquoted", "kinds"]
    assert found["found"] == found["record"] == found["slots"] == PERFECT
    assert [found[name] for name in ("reports", "voice", "chain", "act", "when", "gold", "said")] == [1, 100.0, 100.0, 100.0, 100.0, 3, 3]
    assert list(found["kinds"]) == ["casualties", "control", "offer"]
    assert found["kinds"]["casualties"]["when"] == 0.0, "gold gives no time, so none is scored"


def test_hand_computed_mixture() -> None:
    """Of three claims: one right; one with a wrong count; one missed. And one that nobody asked for.

    found: 2 of 3 said, 2 of 3 wanted. record: 1 of 3 and 1 of 3. Fillers: control 3/3/3, casualties 2/3/3, the
    offer 0/0/4, the extra statement 0/1/0: 5 right, 7 said, 10 wanted.
    """
    wrong = changed(SAID_HARM, count={"low": 4, "high": 4}, chain=[{"name": "Daily"}, {"name": "a medic"}])
    extra = claim(OFFER, "statement", {"content": ["leave Kesh"]})
    found = score([gold_file(CONTROL, HARM, DEAL)], [SAID_CONTROL, wrong, extra])
    assert found["found"] == {"p": 66.7, "r": 66.7, "f1": 66.7}
    assert found["record"] == {"p": 33.3, "r": 33.3, "f1": 33.3}
    assert found["slots"] == {"p": 71.4, "r": 50.0, "f1": 58.8}
    assert (found["voice"], found["chain"], found["act"]) == (50.0, 50.0, 100.0)
    assert found["kinds"]["offer"] == {
        "found": NOTHING,
        "record": NOTHING,
        "slots": NOTHING,
        "voice": 0.0,
        "chain": 0.0,
        "act": 0.0,
        "when": 0.0,
        "gold": 1,
        "said": 0,
    }
    assert found["kinds"]["statement"]["said"] == 1


def test_no_predictions_and_no_gold() -> None:
    assert score([gold_file(CONTROL)], [])["found"] == NOTHING
    assert score([gold_file()], [SAID_CONTROL])["record"] == NOTHING
    assert score([gold_file(CONTROL, id="other")], [SAID_CONTROL])["said"] == 0, "claims of other reports do not count"


@pytest.mark.parametrize(
    ("field", "value", "is_right"),
    [
        ("change", "lost", True),  # not a key slot
        ("holder", [{"words": "the Guard"}], False),
        ("place", [{"words": "Arvad"}, {"words": "Kesh"}], False),  # one too many
        ("act", "denies", False),
        ("chain", [{"name": "Weekly"}], True),  # narration is the outlet's, whatever it is called
        ("chain", [{"name": "Daily"}, {"name": "League"}], False),
        ("when", None, True),
    ],
)
def test_what_makes_a_record_right(field: str, value: Any, is_right: bool) -> None:
    gold = changed(CONTROL, chain=[["Daily", None]])
    assert score([gold_file(gold)], [changed(SAID_CONTROL, **{field: value})])["record"]["f1"] == (100.0 if is_right else 0.0)


def test_a_union_of_harms_stays_whole() -> None:
    """Killed alone is accepted by the list of values, so it is a ban that says the text does not split them."""
    ban = {"kind": "casualties", "slots": {"harm": ["killed"], "count": {"low": 3, "high": 3}}, "why": "not all three were killed"}
    gold = gold_file(HARM, bans=(ban,))
    assert score([gold], [SAID_HARM])["must_not"] == 0
    assert score([gold], [changed(SAID_HARM, harm=["killed"])])["must_not"] == 1


@pytest.mark.parametrize(
    ("ban", "expected", "why"),
    [
        ({"slots": {"holder": [["League"]]}}, True, "kind and slot"),
        ({}, False, "a ban without slots forbids nothing"),
        ({"slots": {"holder": [["Guard"]]}}, False, "another holder"),
        ({"slots": {"holder": [["League"]], "place": [["Kesh"]]}}, False, "every slot must be hit"),
        ({"slots": {"holder": [["League"]]}, "start": TEXT.index(HURT), "evidence": HURT}, False, "another sentence"),
        ({"slots": {"holder": [["League"]]}, "start": len(TOOK) - 1}, True, "without words the ban is one character long"),
        ({"slots": {"holder": [["League"]]}, "start": len(TOOK)}, False, "which may lie just behind the claim"),
        ({"slots": {"holder": [["League"]]}, "act": ["denies"]}, False, "another act"),
        ({"slots": {"holder": [["League"]]}, "chain": [["Daily"], ["League"]]}, False, "another origin"),
        ({"slots": {"holder": [["League"]]}, "chain": [["Daily"]]}, True, "this origin"),
        ({"slots": {"except": []}}, True, "an empty ban forbids the slot whatever it holds"),
    ],
)
def test_bans(ban: Json, expected: bool, why: str) -> None:
    assert is_forbidden(SAID_CONTROL, {"kind": "control", **ban}) is expected, why
    assert not is_forbidden(SAID_CONTROL, {**ban, "kind": "attack"})


def test_optional_gold_is_neither_rewarded_nor_punished() -> None:
    optional = {**HARM, "required": False}
    gold = gold_file(CONTROL, optional)
    with_it, without = score([gold], [SAID_CONTROL, SAID_HARM]), score([gold], [SAID_CONTROL])
    assert with_it == without
    assert with_it["found"] == PERFECT


def test_required_gold_goes_before_optional_gold() -> None:
    result = outcome(gold_file({**CONTROL, "required": False}, CONTROL), [SAID_CONTROL])
    assert (result.kinds["control"].paired, result.missed) == (1, [])


def test_each_claim_is_paired_once_and_the_better_fit_first() -> None:
    worse = changed(SAID_CONTROL, holder=[{"words": "the Guard"}])
    assert [(pair.gold, pair.predicted) for pair in pairs([CONTROL], [worse, SAID_CONTROL])] == [(0, 1)]
    assert [(pair.gold, pair.predicted) for pair in pairs([CONTROL, CONTROL], [worse, SAID_CONTROL])] == [(0, 1), (1, 0)]


@pytest.mark.parametrize(
    ("start", "end", "may_pair"),
    [
        (0, len(TOOK), True),
        (0, len(TOOK) // 2, True),  # it lies inside gold
        (len(TOOK) // 2, len(TOOK) + len(TOOK) // 2, True),  # shares half
        (len(TOOK) // 2 + 2, len(TOOK) + len(TOOK) // 2 + 2, False),  # shares less than half
        (0, len(TOOK) + LONGER, True),
        (0, len(TOOK) + LONGER + 1, False),
    ],
)
def test_evidence_must_overlap(start: int, end: int, may_pair: bool) -> None:
    text = TEXT + " " * 700
    said = changed(SAID_CONTROL, evidence={"start": start, "end": end, "quote": text[start:end]})
    assert score([gold_file(CONTROL, text=text)], [said])["found"]["f1"] == (100.0 if may_pair else 0.0)


def test_misquoted_claims_are_counted() -> None:
    said = changed(SAID_CONTROL, evidence={"start": 0, "end": len(TOOK), "quote": TOOK.upper()})
    assert score([gold_file(CONTROL)], [said])["misquoted"] == 1


@pytest.mark.parametrize(
    ("chain", "gold", "expected", "why"),
    [
        ([{"name": "Daily"}], [["Daily"]], True, "narration"),
        ([{"name": None}], [[None]], True, "an unknown outlet's narration"),
        ([{"name": "Daily"}], [[None]], True, "narration, the outlet known to us"),
        ([], [[None]], True, "no voice at all"),
        ([{"name": "Daily"}, {"name": "Vell"}], [[None]], False, "not narration"),
        ([{"name": "Daily"}, {"name": None, "words": "it was said"}], [["Daily"], [None]], True, "a nameless origin"),
        ([{"name": "Daily"}, {"name": "Vell"}], [["Daily"], [None]], False, "a name where there is none"),
        ([{"name": "Daily"}, {"name": "Vell"}], [["Daily"], [None, "Vell"]], True, "either is accepted"),
        ([{"name": "Amara Vell", "words": "she"}], [["Vell"]], True, "surname"),
        ([{"name": None, "words": "a spokesman for the League"}], [["spokesman for the League"]], True, "by its words"),
        ([{"name": None, "words": "a spokesman", "speaks_for": "League"}], [["League"]], True, "a nameless voice is whom it speaks for"),
        ([{"name": "Vell", "speaks_for": "League"}], [["League"]], False, "a named one is itself"),
        (None, [["Daily"]], False, "no chain"),
    ],
)
def test_origins(chain: list[Json] | None, gold: list[list[str | None]], expected: bool, why: str) -> None:
    assert same_origin(chain or [], gold) is expected, why


@pytest.mark.parametrize(
    ("chain", "gold", "expected"),
    [
        ([{"name": "Daily"}, {"name": "Agency"}, {"name": "Vell"}], [["x"], ["Agency"], ["Vell"]], True),
        ([{"name": "Daily"}, {"name": "Vell"}], [["x"], ["Agency"], ["Vell"]], False),
        ([{"name": "Daily"}, {"name": "Vell"}, {"name": "Agency"}], [["x"], ["Agency"], ["Vell"]], False),
        ([{"name": "Daily"}, {"name": None}], [["x"], [None]], True),
        ([{"name": "Daily"}], [[None]], True),
    ],
)
def test_chains(chain: list[Json], gold: list[list[str | None]], expected: bool) -> None:
    assert same_chain(chain, gold) is expected


def test_days_must_both_be_right() -> None:
    half = changed(SAID_CONTROL, when={"from": "2031-05-05", "to": None})
    assert score([gold_file(CONTROL)], [half])["when"] == 0.0


def test_offer_terms_by_themselves() -> None:
    results = outcomes([gold_file(DEAL, HARM)], [changed(SAID_DEAL, asks=[]), SAID_HARM])
    assert slot_figures(results) == {"p": 100.0, "r": 50.0, "f1": 66.7}
    extra = outcomes([gold_file(CONTROL)], [SAID_DEAL])
    assert slot_figures(extra) == NOTHING
    assert slot_figures(extra, [("offer", "by")]) == NOTHING
    assert slot_figures(outcomes([gold_file(DEAL)], [])) == NOTHING


def test_tallies_of_reports_add_up() -> None:
    other = {**gold_file(CONTROL), "id": "r2"}
    found = score([gold_file(CONTROL), other], [SAID_CONTROL])
    assert (found["reports"], found["gold"], found["found"]) == (2, 2, {"p": 100.0, "r": 50.0, "f1": 66.7})


def test_the_order_of_claims_does_not_matter() -> None:
    golds = [gold_file(CONTROL, HARM, DEAL, gold_claim(TOOK, "statement", {"content": [["took Arvad"]]}))]
    claims = [SAID_CONTROL, SAID_HARM, SAID_DEAL, changed(SAID_HARM, count=None)]
    figures = [score(golds, order) for order in itertools.permutations(claims)]
    assert all(found == figures[0] for found in figures)
