from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from counterclaim.core.folding import folded
from counterclaim.resolve.standing import Standing

WORDS = ("the", "Lowa", "Front", "Lowa-Front", "army’s", "Front's", "NRF,", "(NRF)", "said.", "Éire", "“Front”", "\n")
NAMES = ("lowa front", "front", "nrf", "eire", "front nrf", "lowa")


@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join), st.data())
def test_the_names_of_a_stretch_are_those_that_stand_in_its_words(text: str, data: st.DataObject) -> None:
    edges = sorted({0, len(text), *(at for m in re.finditer(r"\b", text) for at in [m.start()])})
    start, end = sorted((data.draw(st.sampled_from(edges)), data.draw(st.sampled_from(edges))))
    stretch = f" {folded(text[start:end])} "
    assert list(Standing(text, NAMES).named(start, end)) == [name for name in NAMES if f" {name} " in stretch]


def test_without_names_nothing_is_named() -> None:
    assert list(Standing("The Lowa Front said so.", ()).named(0, 23)) == []
