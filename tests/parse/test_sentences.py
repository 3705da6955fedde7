"""Sentences and tokens: the table of cases, and what the table does not say."""

from __future__ import annotations

import pytest

from counterclaim.clean.segments import lines
from counterclaim.parse.sentences import sentences
from counterclaim.parse.tokens import tokens
from tests.cases import Case, params


@pytest.mark.parametrize("case", params("sentences"))
def test_table(case: Case) -> None:
    text = case["text"]
    found = [text[s[0][0] : s[-1][1]] for line in lines(text) for s in sentences(text, line.span.start, line.span.end)]
    assert found == case["sentences"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They don't know.", ["They", "do", "n't", "know", "."]),
        ("the U.S. army’s base", ["the", "U.S.", "army", "’s", "base"]),
        ("1,000 people at 10:30", ["1,000", "people", "at", "10:30"]),
        ("non-state, door-to-door", ["non-state", ",", "door", "-", "to", "-", "door"]),
        ("Sana'a and O'Brien", ["Sana'a", "and", "O'Brien"]),
        ("“We left,” he said…", ["“", "We", "left", ",", "”", "he", "said", "…"]),
    ],
)
def test_tokens_follow_the_treebanks(text: str, words: list[str]) -> None:
    assert [text[a:b] for a, b in tokens(text)] == words
