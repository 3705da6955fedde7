"""Names of people that may be one are found without comparing all with all."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.resolve.namesakes import Namesakes
from counterclaim.resolve.spellings import likeness

ROWS = [json.loads(line) for line in (Path(__file__).parents[1] / "tables" / "name-pairs.jsonl").read_text(encoding="utf-8").splitlines()]
NAMES = sorted({name for row in ROWS if row["kind"] == "person" for name in (row["a"], row["b"])})
WORDS = sorted({word for name in NAMES for word in name.split()})


def missed(names: list[str]) -> list[tuple[str, str]]:
    """The pairs that are alike and that neither name of them finds."""
    namesakes = Namesakes(names)
    found = [namesakes.of(name) for name in names]
    return [
        (names[i], names[j])
        for i, j in combinations(range(len(names)), 2)
        if j not in found[i] and i not in found[j] and likeness(names[i], names[j], "person").same
    ]


def test_every_pair_of_the_table_that_is_alike_is_found() -> None:
    assert [pair for row in ROWS if row["kind"] == "person" for pair in missed([row["a"], row["b"]])] == []
    assert missed(NAMES[::4]) == []


@given(
    st.lists(
        st.lists(st.sampled_from(WORDS) | st.text("abdehiklmnorsuy", min_size=1, max_size=5), min_size=1, max_size=3).map(" ".join), max_size=12, unique=True
    )
)
def test_every_pair_that_is_alike_is_found(names: list[str]) -> None:
    assert missed(names) == []


@pytest.mark.parametrize("name", ["Omar Sesse", "O. Sesse", "Sesse", "Umar Sessé"])
def test_few_others_are_found(name: str) -> None:
    found = Namesakes(["Omar Sesse", *NAMES]).of(name)
    assert 0 in found
    assert len(found) < len(NAMES) / 4
