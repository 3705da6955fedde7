"""What a pronoun means, how far back it reaches, and the reason that is given."""

from __future__ import annotations

from tests.parse.reading import answers, read


def test_what_is_far_back_is_forgotten() -> None:
    text = "Imre Dovan left. " + "The market was empty. " * 6 + "He came back."
    assert answers(text) == {"He": None}


def test_the_reason_is_said() -> None:
    [reference] = read("General Tun Aye left his post.")
    assert reference.because == "subject of its own clause"
