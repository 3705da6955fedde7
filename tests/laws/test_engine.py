"""Laws of reading with the trained engine: whatever the text, no error, nothing misquoted, every parse a tree."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings

from counterclaim.clean.segments import lines
from counterclaim.clean.text import cleaned
from counterclaim.knowledge.weights import present
from tests.reading import pipeline, reading
from tests.strategies import texts

pytestmark = pytest.mark.skipif(not present(), reason="the engine's weights are not packaged here")

# 500 texts by default; `COUNTERCLAIM_EXAMPLES=10000` for a long look.
EXAMPLES = int(os.environ.get("COUNTERCLAIM_EXAMPLES", "500"))
often = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@often
@given(texts)
def test_any_text_is_read_and_quoted(text: str) -> None:
    for claim in reading(text, reader="trained", outlet="Wire", published="2023-05-02").claims:
        assert text[claim.evidence.start : claim.evidence.end] == claim.evidence.quote


@often
@given(texts)
def test_every_parse_is_a_tree_over_the_text(text: str) -> None:
    clean = cleaned(text).text
    last = 0
    for sentence in pipeline("trained").parse(clean, lines(clean)).sentences:
        assert sum(t.head < 0 for t in sentence.tokens) == 1
        for i, token in enumerate(sentence.tokens):
            assert last <= token.start < token.end
            assert clean[token.start : token.end] == token.text
            assert len(list(sentence.ancestors(i))) <= len(sentence.tokens)
            last = token.end
