"""Where a word stands in the tree as seen from a trigger."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from counterclaim.parse.paths import CASES, RELATIONS, SIZES, paths

WORDS = ["Gunmen", "attacked", "a", "market", "in", "Goma"]
HEADS = [1, -1, 3, 1, 5, 1]
RELS = ["nsubj", "root", "det", "obj", "case", "obl"]


def test_relation_case_and_side_of_each_word() -> None:
    seen = paths(WORDS, HEADS, RELS, 1)
    assert RELATIONS[seen[0][0]] == "nsubj"
    assert RELATIONS[seen[3][0]] == "obj"
    assert CASES[seen[5][4]] == "in"
    assert CASES[seen[3][4]] == "none"
    assert seen[0][3] < seen[1][3] < seen[5][3]


def test_the_same_place_in_another_sentence_looks_the_same() -> None:
    other = paths(["Rebels", "shelled", "the", "port", "near", "Hodeida"], HEADS, RELS, 1)
    assert (other[0] == paths(WORDS, HEADS, RELS, 1)[0]).all()
    assert not (other[5] == paths(WORDS, HEADS, RELS, 1)[5]).all()


@st.composite
def trees(draw: st.DrawFn) -> tuple[list[int], int]:
    n = draw(st.integers(1, 25))
    heads = [-1] + [draw(st.integers(0, k - 1)) for k in range(1, n)]
    order = draw(st.permutations(range(n)))
    moved = [0] * n
    for old, new in enumerate(order):
        moved[new] = -1 if heads[old] < 0 else order[heads[old]]
    return moved, draw(st.integers(0, n - 1))


@given(trees())
def test_every_number_has_a_row_in_its_table(tree: tuple[list[int], int]) -> None:
    heads, trigger = tree
    seen = paths(["word"] * len(heads), heads, ["dep"] * len(heads), trigger)
    assert seen.shape == (len(heads), len(SIZES))
    assert (seen >= 0).all()
    assert (seen < SIZES).all()


def test_a_circle_in_a_broken_tree_ends() -> None:
    assert paths(["a", "b", "c"], [1, 0, -1], ["dep"] * 3, 2).shape == (3, len(SIZES))
