"""When "it" stands for nothing."""

from __future__ import annotations

import pytest

from tests.parse.reading import answers


@pytest.mark.parametrize(
    "text",
    [
        "The army left Kidal. It was the navy that stayed.",
        "The army left Kidal. It rained.",
        "The army left Kidal. It was reported that nobody stayed.",
        "The army left Kidal. It took two days to cross the river.",
        "The army left Kidal. It seems that nobody stayed.",
    ],
)
def test_it_that_stands_for_nothing_is_no_reference(text: str) -> None:
    assert "It" not in answers(text)
