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


@pytest.mark.parametrize(
    ("text", "lengths", "why"),
    [
        ("men, " * 140 + "men", [281], "a long list is one sentence"),
        ("men, " * 200 + "men", [300, 101], "what is longer than any sentence is cut behind a comma"),
        ("men, " * 120 + "men; " + "men, " * 70 + "men", [242, 141], "or rather behind a semicolon"),
        ("men " * 650, [300, 300, 50], "or in mid-stride"),
    ],
)
def test_no_sentence_is_longer_than_any_is(text: str, lengths: list[int], why: str) -> None:
    found = list(sentences(text))
    assert [len(one) for one in found] == lengths, why
    assert [span for one in found for span in one] == list(tokens(text))
