"""The phrases of a sentence, with what their words say of them."""

from __future__ import annotations

from counterclaim.clean.segments import lines
from counterclaim.parse.joined import joined
from counterclaim.parse.nominals import Nominal, nominals
from counterclaim.parse.rules import parse


def phrases(text: str) -> dict[str, Nominal]:
    """The phrases of a text of one sentence, by their naming."""
    parsed = parse(text, lines(text))
    (sentence,) = parsed.sentences
    return {n.span.of(text): n for n in joined(sentence, nominals(text, sentence, parsed.names))}


def test_a_phrase_is_named_without_its_article_and_with_its_of() -> None:
    text = "The villagers of Kasenyi left."
    villagers = phrases(text)["villagers of Kasenyi"]
    assert villagers.phrase.of(text) == "The villagers of Kasenyi"
    assert (villagers.kinds, villagers.number, villagers.determiner) == (frozenset({"person"}), "many", "the")


def test_a_title_is_folded_into_the_name_it_stands_by() -> None:
    text = "UN spokeswoman Ilse Marn spoke."
    found = phrases(text)
    marn = found["Ilse Marn"]
    assert "spokeswoman" not in found
    assert marn.phrase.of(text) == text.removesuffix(" spoke.")
    assert (marn.roles, marn.side, marn.gender) == (frozenset({"spokeswoman"}), "UN", "f")


def test_an_apposition_says_the_side_and_the_rank() -> None:
    found = phrases("Tarik Sol, an NRF officer, left.")
    assert found["Tarik Sol"].side == "NRF"
    assert "officer" in found["Tarik Sol"].roles
    assert "officer" not in found


def test_phrases_joined_by_and_are_one_more_that_is_many() -> None:
    found = phrases("Azerbaijan and Armenia agreed.")
    both = found["Azerbaijan and Armenia"]
    assert [m.name for m in both.members] == ["azerbaijan", "armenia"]
    assert both.number == "many"
    assert not phrases("Azerbaijan or Armenia agreed.").keys() & {"Azerbaijan or Armenia"}
