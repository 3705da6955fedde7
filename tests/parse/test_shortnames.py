"""Short names: whom a surname stays with, and when it is open."""

from __future__ import annotations

from tests.parse.reading import answers, read


def test_a_bare_surname_stays_with_whom_it_was_given_to() -> None:
    text = "Imre Dovan left. Dovan was late. His brother Karol Dovan stayed. Dovan came back."
    assert answers(text)["Dovan"] == "Imre Dovan"


def test_a_surname_two_people_share_is_open() -> None:
    text = "Imre Dovan and Karol Dovan left Goma. Dovan came back."
    [reference] = [r for r in read(text) if r.span.of(text) == "Dovan"]
    assert reference.antecedent is None
    assert [span.of(text) for span in reference.candidates] == ["Imre Dovan", "Karol Dovan"]


def test_family_names_may_come_first() -> None:
    assert "Kim Dae" not in answers("Kim Dae left Goma. Dae Kim came back.")
