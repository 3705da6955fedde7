"""Cleaning keeps a map back to the stored text."""

from __future__ import annotations

import pytest

from counterclaim.clean.text import cleaned


@pytest.mark.parametrize(
    ("stored", "clean"),
    [
        ("plain words", "plain words"),
        ("a\u00a0b", "a b"),
        ("wi\u00adth\u00adout", "without"),
        ("zero\u200bwidth", "zerowidth"),
        ("cut at the li\u00ad\nne", "cut at the line"),
        ("\ufeffmark", "mark"),
        ("\u202eturned\u202c", "turned"),
    ],
)
def test_what_carries_no_words_goes(stored: str, clean: str) -> None:
    assert cleaned(stored).text == clean


def test_the_map_leads_back() -> None:
    stored = "the wi\u00adth\u200bout end"
    found = cleaned(stored)
    at = found.text.index("without")
    assert stored[found.back(at) : found.back_end(at + len("without"))] == "wi\u00adth\u200bout"
