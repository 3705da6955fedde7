from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from counterclaim.core.nearby import Nearby
from counterclaim.core.span import Span

SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 3000), st.integers(0, 900))


@given(st.lists(st.lists(SPANS, max_size=3), max_size=20), SPANS)
def test_whatever_meets_a_stretch_is_found_near_it_once_and_in_order(placed: list[list[Span]], asked: Span) -> None:
    found = Nearby(enumerate(placed)).of(asked)
    assert found == sorted(set(found))
    assert {number for number, spans in enumerate(placed) if any(span.meets(asked) for span in spans)} <= set(found)


def test_what_stands_far_off_is_passed_over() -> None:
    near = Nearby((name, (Span(at, at + 10),)) for name, at in (("here", 0), ("there", 5000)))
    assert near.of(Span(5, 6)) == ["here"]
    assert near.of(Span(2000, 2001)) == []
