"""Names folded for comparison, and their skeletons."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.core.folding import folded, skeleton


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Bāzārak", "bazarak"),
        ("the Panjshir Valley", "panjshir valley"),
        ("Ta’izz", "taizz"),
        ("Afghanistan’s", "afghanistan"),
        ("Deir ez-Zor", "deir ez zor"),
        ("Łódź", "lodz"),
        ("U.N.", "u n"),
        ("Gǝncǝ", "ganca"),
        ("—", ""),
    ],
)
def test_folded(words: str, expected: str) -> None:
    assert folded(words) == expected


@pytest.mark.parametrize(
    ("one", "other"), [("Deir Ezzor", "Dayr az-Zawr"), ("Rokha", "Rukhah"), ("Mekele", "Mek’ele"), ("Qamishli", "Al Qāmishlī"), ("Maiwand", "Maywand")]
)
def test_romanisations_share_a_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(("one", "other"), [("Kabul", "Kandahar"), ("Gao", "Gori"), ("Bazarak", "Baharak")])
def test_other_names_do_not(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(words: str) -> None:
    assert folded(folded(words)) == folded(words)
