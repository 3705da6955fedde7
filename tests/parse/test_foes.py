"""What a party calls its foe."""

from __future__ import annotations

from tests.parse.reading import answers, read


def test_a_foe_stays_open_in_narration() -> None:
    text = "The NRF fought the Taliban in Paryan. The enemy fled."
    [reference] = [r for r in read(text) if r.span.of(text) == "The enemy"]
    assert (reference.antecedent, reference.candidates) == (None, ())


def test_a_foe_in_the_words_of_a_party_is_the_one_other_party() -> None:
    text = "The NRF fought the Taliban in Paryan. “The enemy fled,” an NRF officer said."
    assert answers(text)["The enemy"] == "Taliban"
