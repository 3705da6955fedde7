"""An answer goes to whoever made the offer."""

from __future__ import annotations

import pytest

from counterclaim.core.claim import Answer
from tests.reading import reading


@pytest.mark.parametrize(
    ("text", "to"),
    [
        pytest.param("The army rejected the offer made by the Kestrel Movement, a ministry official said.", "the Kestrel Movement", id="made by"),
        pytest.param("The government refused a proposal from the rebels.", "the rebels", id="from"),
        pytest.param("The rebels rejected the president's offer.", "the president", id="of"),
    ],
)
def test_an_answer_goes_to_whose_offer_it_is(text: str, to: str) -> None:
    found = [c.proposition for c in reading(text, reader="trained", outlet="Wire", published="2025-05-13").claims if isinstance(c.proposition, Answer)]
    assert [[m.words for m in one.to] for one in found] == [[to]]
