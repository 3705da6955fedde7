"""Sentences that must not be quoted as they stand."""

from __future__ import annotations

import pytest

from counterclaim.attribute.safety import is_quotable
from counterclaim.core.span import Span


@pytest.mark.parametrize(
    ("sentence", "safe", "why"),
    [
        ("The army said “we hold the town”.", True, "a whole quotation"),
        ("“We hold the town,” he said. “We will stay.”", True, "two whole quotations"),
        ("“We hold the town and", True, "a quotation that goes on in the next paragraph"),
        ("They were were “strangers”, he said.", False, "a word doubled by a rewrite"),
        ("the ministry said the bridge will stay open” . the road.”", False, "a mark torn from its sentence"),
        ("We hold the town,” he said.", False, "closed and never opened"),
        ("He said that that was over.", True, "words English doubles"),
        ("They had had enough.", True, "words English doubles"),
    ],
)
def test_is_quotable(sentence: str, safe: bool, why: str) -> None:
    assert is_quotable(sentence, Span(0, len(sentence)), Span(0, len(sentence))) is safe, why
