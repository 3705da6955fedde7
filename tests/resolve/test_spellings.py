"""Two spellings, one name or two: the table of pairs, and what holds of all names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.resolve.romanised import distance
from counterclaim.resolve.spellings import likeness
from evaluation.spellings import measured
from tests.cases import Case, params, table


@pytest.mark.parametrize("case", params("name-pairs"))
def test_table(case: Case) -> None:
    assert likeness(case["a"], case["b"], case["kind"]).same is case["same"], case["why"]


def test_precision_and_recall_on_the_table() -> None:
    found = measured(table("name-pairs"))
    assert found.precision >= 97
    assert found.recall >= 80


NAMES = st.lists(
    st.sampled_from("Ahmad Shah Massoud Abdul Qadir al-Burhan bin Min Aung Kim Jong-un O. Petrenko El Fasher 5th Brigade".split()), min_size=1, max_size=4
).map(" ".join)
KINDS = st.sampled_from(("person", "place", "group"))


@given(NAMES, NAMES, KINDS)
def test_order_does_not_matter(one: str, other: str, kind: str) -> None:
    assert likeness(one, other, kind) == likeness(other, one, kind)


@given(NAMES, KINDS)
def test_a_name_is_itself_in_any_case(name: str, kind: str) -> None:
    assert likeness(name, name.upper(), kind).same


@given(st.text(max_size=30), st.text(max_size=30), KINDS)
def test_any_words_are_compared(one: str, other: str, kind: str) -> None:
    assert 0 <= likeness(one, other, kind).score <= 1


@given(st.text(alphabet="abdeghijkmnorstuyz", max_size=9), st.text(alphabet="abdeghijkmnorstuyz", max_size=9))
def test_distance_is_the_same_both_ways(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one) >= 0


@pytest.mark.parametrize(("one", "other"), [("Hassan", "Hussein"), ("Mohamed", "Mohamud"), ("Haile", "Hailu"), ("Kunar", "Kunduz")])
def test_names_of_one_root_sound_apart_enough(one: str, other: str) -> None:
    assert not likeness(f"{one} al-Tamimi", f"{other} al-Tamimi", "person").same
