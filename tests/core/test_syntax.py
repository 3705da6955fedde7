"""Sentences as trees."""

from __future__ import annotations

from counterclaim.core.span import Span
from counterclaim.core.syntax import Sentence, Token


def _sentence() -> Sentence:
    words = [("Rebels", 1, "nsubj"), ("took", -1, "root"), ("the", 3, "det"), ("town", 1, "obj"), (".", 1, "punct")]
    tokens, at = [], 0
    for word, head, rel in words:
        tokens.append(Token(at, at + len(word), word, word, "X", "X", head, rel))
        at += len(word) + 1
    return Sentence(tuple(tokens))


def test_a_subtree_holds_what_hangs_below() -> None:
    assert _sentence().subtree(3) == [2, 3]
    assert _sentence().subtree(1) == [0, 1, 2, 3, 4]
    assert _sentence().subtree(1, frozenset(("obj",))) == [0, 1, 4]


def test_the_root_and_the_way_up() -> None:
    assert _sentence().root == 1
    assert list(_sentence().ancestors(2)) == [3, 1]


def test_offsets_find_their_token() -> None:
    sentence = _sentence()
    assert sentence.at(0) == 0
    assert sentence.at(8) == 1
    assert sentence.at(6) is None
    assert sentence.at(999) is None


def test_spans_are_half_open() -> None:
    assert Span(0, 4).meets(Span(3, 5))
    assert not Span(0, 4).meets(Span(4, 5))
    assert Span(0, 4).holds(Span(0, 4))
    assert Span(2, 4).of("abcdef") == "cd"
