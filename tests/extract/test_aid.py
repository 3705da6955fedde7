"""Lists of what a delivery is made of: each amount with its goods."""

from __future__ import annotations

import pytest

from counterclaim.core.claim import Aid
from tests.reading import reading


def parts(text: str) -> set[tuple[tuple[str, ...], float | int | None]]:
    found = (claim.proposition for claim in reading(text, outlet="Wire", published="2024-03-04").claims)
    return {(aid.goods, aid.amount.low) for aid in found if isinstance(aid, Aid) and aid.amount is not None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The delivery consisted of 40 tonnes of maize flour, 24 tonnes of beans and 12 tonnes of oil.",
            {(("maize flour",), 40), (("beans",), 24), (("oil",), 12)},
            id="consisted of",
        ),
        pytest.param("The convoy carried 300 kg of medicine and 20 tonnes of flour.", {(("medicine",), 300), (("flour",), 20)}, id="two units"),
        pytest.param("It listed 30 tonnes of rice and 15 tonnes of oil.", {(("rice",), 30), (("oil",), 15)}, id="goods without a general word"),
        pytest.param("The shipment included 8 tonnes of soap and 3 tonnes of food.", {(("soap",), 8), (("food",), 3)}, id="included"),
    ],
)
def test_a_list(text: str, expected: set[tuple[tuple[str, ...], float]]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The delivery did not include 40 tonnes of flour and 24 tonnes of beans as food.", id="negated"),
        pytest.param("The next delivery will consist of 40 tonnes of flour and 24 tonnes of food.", id="to come"),
    ],
)
def test_no_list(text: str) -> None:
    assert not parts(text)
