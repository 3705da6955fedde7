"""Numbers of people and goods as a newcomer would read them: parts, appositions, animals, running totals, sets of places, aid, corrections.

A case of `tests/tables/tolls.jsonl` says which counts stand (`tolls`, `as` is how one stands to others), which are parts of them, what
the text takes back (`withdrawn`), what the tolls of one report add up to (`total`), and what is told of aid, needs and places.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from counterclaim.core.claim import Aid, Casualties, Claim, Need
from counterclaim.core.figure import Figure
from counterclaim.knowledge.houses import house
from counterclaim.pipeline import Reading
from counterclaim.reconcile import findings
from counterclaim.reconcile.context import context
from counterclaim.reconcile.tolls import tolls
from counterclaim.reconcile.totals import total
from tests.cases import Case, params
from tests.reading import reading

Told = dict[str, Any]


def read(case: Case) -> Reading:
    return reading(case["text"], reader="trained", outlet="Wire", published=case["published"])


def bounds(figure: Figure | None) -> list[float | None]:
    return [figure.low, figure.high] if figure else [None, None]


def counts(claims: list[Claim]) -> list[Told]:
    return [
        {"harm": " ".join(said.harm), "count": bounds(said.count), "who": " ".join(m.words for m in said.who), "as": claim.counting}
        for claim in claims
        if isinstance(said := claim.proposition, Casualties)
    ]


def meet(wanted: list[Told], found: list[Told]) -> bool:
    """Whether each count wanted is found, and no other; "who" need only hold the word."""
    left = list(found)
    for one in wanted:
        match = next(
            (t for t in left if (t["harm"], t["count"]) == (one["harm"], one["count"]) and (one.get("who") or "") in t["who"] and t["as"] == one.get("as")),
            None,
        )
        if match is None:
            return False
        left.remove(match)
    return not left


def of_kind(found: Reading, kind: type[Aid | Need]) -> list[Claim]:
    return [claim for claim in found.claims if isinstance(claim.proposition, kind)]


@pytest.mark.parametrize("case", params("tolls"))
def test_table(case: Case) -> None:
    found = read(case)
    claims = [claim for claim in found.claims if claim.act in ("asserts", "confirms")]
    at_hand = context(found.claims, [found.report], found.links)
    assert meet(case["tolls"], counts([c for c in claims if c.counting not in ("part", "former")])), counts(claims)
    if not case.get("parts_open"):
        parts = [{**part, "as": "part"} for part in case.get("parts", [])]
        assert meet(parts, counts([c for c in claims if c.counting == "part"])), counts(claims)
    gone = Counter((one["harm"], one["count"][0]) for one in counts([c for c in claims if c.key in at_hand.withdrawn]))
    assert gone == Counter((harm, count) for harm, count in case.get("withdrawn", []))
    reckoned = tolls(at_hand, house("widest"))
    for harm, numbers in (case.get("total") or {}).items():
        added = total(reckoned, harm)
        assert [added.low, added.high] == numbers, added
    assert not {number for one in reckoned for number in one.numbers} & set(case.get("never", []))
    if "place" in case:
        assert [one.question["place"] for one in reckoned] == case["place"]
    if "aid" in case:
        goods_are_told(case, found)
    if "control" in case:
        told = [one.question["place"] for one in findings(found.claims, [found.report], found.links) if one.question["kind"] == "control"]
        assert told == case["control"]


def goods_are_told(case: Case, found: Reading) -> None:
    """What is told of aid and need: amounts, stages, needs with their units, and the sum checks."""
    given = [
        (" ".join(said.goods), bounds(said.amount), said.amount.unit if said.amount else None, said.stage)
        for claim in of_kind(found, Aid)
        if isinstance(said := claim.proposition, Aid)
    ]
    for wanted in case["aid"]:
        assert any(
            wanted["goods"] in goods and amount == wanted["amount"] and unit == wanted["unit"] and stage == wanted.get("stage", stage)
            for goods, amount, unit, stage in given
        ), given
    assert len(given) == len(case["aid"]) or case.get("aid_open"), given
    assert not {stage for *_, stage in given} & set(case.get("stages_not", []))
    for wanted in case.get("need", []):
        needed = [said for claim in of_kind(found, Need) if isinstance(said := claim.proposition, Need)]
        assert [(bounds(said.count), said.count.unit if said.count else None) for said in needed] == [(wanted["count"], wanted["unit"])]
        assert any(wanted["need"] in words for said in needed for words in said.need)
    if "sums" in case:
        checks = [one.sum_check.result for one in findings(found.claims, [found.report], found.links) if one.sum_check]
        assert checks == case["sums"]


def test_a_correction_takes_back_what_the_outlet_printed_before() -> None:
    first = "Shelling killed 40 people in the village of Marsk on Monday, residents said."
    later = "An earlier version of this report said 40 people were killed in the village of Marsk on Monday; the ministry now says 14."
    read_ = [reading(text, reader="trained", outlet="Wire", published=f"2025-05-0{6 + i}", name=f"r{i}") for i, text in enumerate((first, later))]
    at_hand = context([c for one in read_ for c in one.claims], [one.report for one in read_], [link for one in read_ for link in one.links])
    [toll] = tolls(at_hand, house("widest"))
    assert toll.numbers == (14, None, 14)
