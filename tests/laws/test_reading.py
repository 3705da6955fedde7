"""Laws of reading: whatever the text, nothing is misquoted, sentences tile their lines, trees are trees, JSON round-trips."""

from __future__ import annotations

import os
import re
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings

from counterclaim.clean.segments import lines
from counterclaim.clean.text import cleaned
from counterclaim.core.claim import Claim
from counterclaim.core.codec import claim_key, decode, encode
from counterclaim.core.report import UNREAD
from counterclaim.parse.dates import moments
from counterclaim.parse.figures import quantities
from counterclaim.parse.sentences import sentences
from tests.reading import pipeline, reading
from tests.strategies import claims, texts

BULLET = re.compile(r"[•·▪◦‣*–—-]+|(?:\(?(?:\d{1,2}|[a-z])[.)])+")
# 500 texts by default; `COUNTERCLAIM_EXAMPLES=10000` for a long look.
EXAMPLES = int(os.environ.get("COUNTERCLAIM_EXAMPLES", "500"))
often = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@often
@given(texts)
def test_evidence_quotes_the_stored_text(text: str) -> None:
    for claim in reading(text, outlet="Wire", published="2023-05-02").claims:
        assert text[claim.evidence.start : claim.evidence.end] == claim.evidence.quote
        for voice in claim.chain[1:]:
            if voice.span is not None:
                assert voice.words == text[voice.span.start : voice.span.end]


@often
@given(texts)
def test_lines_and_tokens_tile_the_text(text: str) -> None:
    clean = cleaned(text).text
    rows = lines(clean)
    held = {i for row in rows for i in range(row.span.start, row.span.end)}
    assert all(c.isspace() for i, c in enumerate(clean) if i not in held)
    for row in rows:
        inside = {i for s in sentences(clean, row.span.start, row.span.end) for a, b in s for i in range(a, b)}
        outside = "".join(clean[i] for i in range(row.span.start, row.span.end) if i not in inside).split()
        # What opens an item of a list is no part of its sentence; nothing else is left out.
        assert all(BULLET.fullmatch(mark) for mark in outside), outside


@often
@given(texts)
def test_every_parse_is_a_tree(text: str) -> None:
    clean = cleaned(text).text
    rows = lines(clean)
    for sentence in pipeline().parse(clean, rows).sentences:
        assert sum(t.head < 0 for t in sentence.tokens) == 1
        for i in range(len(sentence.tokens)):
            assert len(list(sentence.ancestors(i))) <= len(sentence.tokens)
        assert rows[sentence.line].kind not in UNREAD


@often
@given(texts)
def test_figures_and_dates_stand_in_order_and_apart(text: str) -> None:
    for found in ([q.span for q in quantities(text)], [m.span for m in moments(text, None)]):
        assert all(a.end <= b.start for a, b in pairwise(found))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(claims())
def test_claims_survive_json(claim: Claim) -> None:
    assert decode(encode(claim), Claim) == claim
    assert encode(decode(encode(claim), Claim)) == encode(claim)
    assert hash(claim) == hash(decode(encode(claim), Claim))
    assert claim_key(claim) == claim.key


def test_a_word_without_end_is_read() -> None:
    assert reading("x" * 50_000).claims == ()


@pytest.mark.parametrize("text", ["", " \n\t\n ", "….,;:!?" * 200])
def test_no_words_give_no_claims(text: str) -> None:
    assert reading(text).claims == ()
