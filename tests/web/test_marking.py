"""Texts cut where claims begin and end: nothing is lost, nothing is doubled, however claims overlap."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from counterclaim.core.span import Span
from counterclaim.web.contexts import Card
from counterclaim.web.marking import marked
from tests.store.factories import make_claim, make_report

TEXT = "Shells fell on Arvad\n\nRebels took Arvad on Monday, and Kesh. The army denied it.\n\n  Two bridges were attacked near Kesh.\nThe end."


def card(number: int, key: str) -> Card:
    return Card(
        number=number, key=key, kind="control", act="asserts", voices=(), slots=(), quotable=True, days="", score=1.0, modality="actual", findings=(), at="/"
    )


spans = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).filter(lambda pair: pair[0] != pair[1] and TEXT[min(pair) : max(pair)].strip() != "")


@given(st.lists(spans, max_size=6))
def test_every_word_and_every_claim_is_shown_once(pairs: list[tuple[int, int]]) -> None:
    report = make_report(text=TEXT)
    claims = sorted((make_claim(report, Span(min(pair), max(pair))) for pair in pairs), key=lambda claim: (claim.evidence.start, claim.evidence.end))
    lines = list(marked(TEXT, claims, [card(number, claim.key) for number, claim in enumerate(claims, start=1)]))
    shown = "".join(segment.text for line in lines for segment in line.segments)
    assert "".join(shown.split()) == "".join(TEXT.split())
    assert [one.number for line in lines for one in line.cards] == list(range(1, len(claims) + 1))
    for number, claim in enumerate(claims, start=1):
        words = "".join(segment.text for line in lines for segment in line.segments if number in segment.numbers)
        assert "".join(words.split()) == "".join(claim.evidence.quote.split())


def test_overlapping_claims_are_cut_where_they_part() -> None:
    report = make_report(text="one two three four")
    claims = [make_claim(report, Span(0, 13)), make_claim(report, Span(4, 18))]
    [line] = marked(report.text, claims, [card(1, "a"), card(2, "b")])
    assert [(segment.text, segment.numbers) for segment in line.segments] == [("one ", (1,)), ("two three", (1, 2)), (" four", (2,))]
    assert [segment.begins for segment in line.segments] == [(claims[0].key,), (claims[1].key,), ()]
    assert [segment.ends for segment in line.segments] == [(), (1,), (2,)]


def test_a_text_without_claims_is_one_stretch_a_paragraph() -> None:
    assert [[segment.text for segment in line.segments] for line in marked("One.\n\nTwo.", [], [])] == [["One."], ["Two."]]


def test_a_text_of_nothing_but_space_is_shown() -> None:
    assert [line.kind for line in marked(" \n", [], [])] == ["paragraph"]
