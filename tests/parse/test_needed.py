"""What a pattern cannot do without: never a text is passed over that the pattern would have matched."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.parse import dates
from counterclaim.parse.needed import lowered, needed

CASES = [
    (r"\bin\s+(?:the\s+)?(?P<m>May|June)\b", ("june", "may")),
    (r"(?:19|20)\d\d-\d\d", ("19", "20")),
    (r"\byester(?:day|year)\b", ("yester",)),
    (r"(?:a|b)?c", ("c",)),
    (r"(?:to|morrow)?", ()),
    (r"\d+", ()),
    (r"(?:x|\d)", ()),
    (r"(?<=since\s)\w+", ()),
    (r"(?:week){2}", ("week",)),
    (r"[Nn]oon", ("oon",)),
    (r"[123]", ("1", "2", "3")),
]
LETTERS = st.text(st.sampled_from("abSſsıiİIK k19 20-may"), max_size=12)


@pytest.mark.parametrize(("pattern", "words"), CASES)
def test_words(pattern: str, words: tuple[str, ...]) -> None:
    assert needed(re.compile(pattern, re.IGNORECASE)) == words


@pytest.mark.parametrize("text", ["ſince", "sınce", "SİNCE", "Since"])
def test_letters_that_patterns_take_for_others(text: str) -> None:
    pattern = re.compile("since", re.IGNORECASE)
    assert pattern.search(text)
    assert "since" in lowered(text)


@given(LETTERS, st.sampled_from([pattern for pattern, _ in CASES]))
def test_law_a_match_holds_one_of_the_words(text: str, pattern: str) -> None:
    found = re.compile(pattern, re.IGNORECASE)
    words = needed(found)
    if words and (m := found.search(text)):
        assert any(word in lowered(text) for word in words), (m, words)


def test_without_the_parser_of_patterns_all_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("counterclaim.parse.needed.importlib.import_module", lambda name: object())
    assert needed(re.compile("since")) == ()


def test_nearly_every_rule_for_dates_has_its_words() -> None:
    without = [rule.pattern.pattern for rule in dates._RULES if not needed(rule.pattern)]
    assert len(without) <= 2, without


@pytest.mark.parametrize("pattern", [r"(?<=a)b", r"\bb", r"(?<!a)b", r"b\b"])
@given(text=st.text(st.sampled_from("ab "), max_size=8), at=st.integers(0, 8))
def test_law_a_first_match_is_the_same_from_any_place_before_it(pattern: str, text: str, at: int) -> None:
    found = re.compile(pattern)
    first = found.search(text)
    if first and first.start() >= at:
        again = found.search(text, at)
        assert again
        assert again.span() == first.span()
