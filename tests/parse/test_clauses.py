"""The clauses of a sentence and their subjects."""

from __future__ import annotations

from counterclaim.clean.segments import lines
from counterclaim.parse.clauses import Clauses, role
from counterclaim.parse.rules import parse


def test_an_understood_subject_is_found() -> None:
    text = "The villagers left to find water."
    (sentence,) = parse(text, lines(text)).sentences
    clauses = Clauses(sentence)
    at = {token.text: i for i, token in enumerate(sentence.tokens)}
    assert clauses.of[at["water"]] == at["find"]
    assert clauses.depth[at["find"]] == 1
    assert clauses.subject(at["find"]) == clauses.subject(at["left"]) == at["villagers"]
    assert (role(sentence, at["villagers"]), role(sentence, at["water"])) == ("subject", "object")
    assert clauses.has_object(at["find"])
    assert not clauses.is_passive(at["left"])
