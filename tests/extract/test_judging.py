"""One score over rules and heads, and what the judge never lets pass."""

from __future__ import annotations

import pytest

from counterclaim.extract.judging import Judge, is_unreal
from tests.extract.scenes import at, scene

JUDGE = Judge({"one": -2.0, "trigger": 1.0}, {"one": -4.0, "trigger": 1.0}, 0.5, 0.5)


def test_the_score_is_a_probability_that_rises_with_the_heads_certainty() -> None:
    scores = [JUDGE({"one": 1.0, "trigger": x})[0] for x in (-5.0, 0.0, 2.0, 5.0)]
    assert scores == sorted(scores)
    assert all(0 < s < 1 for s in scores)
    assert scores[2] == pytest.approx(0.5)


def test_a_claim_is_told_when_it_is_likely_right_or_plainly_there() -> None:
    assert JUDGE({"one": 1.0, "trigger": 3.0})[1]
    assert not JUDGE({"one": 1.0, "trigger": 1.0})[1]
    assert Judge({}, {"one": 9.0}, 0.9, 0.5)({"one": 1.0})[1]


@pytest.mark.parametrize(
    ("text", "kind", "word", "unreal"),
    [
        pytest.param("The rebels did not attack the camp.", "attack", "attack", True, id="negated"),
        pytest.param("The rebels plan to attack the camp.", "attack", "attack", True, id="planned"),
        pytest.param("If the rebels attack the camp, the army will answer.", "attack", "attack", True, id="conditional"),
        pytest.param("The rebels attacked the camp.", "attack", "attacked", False, id="done"),
        pytest.param("No civilians were hurt in the exchange.", "casualties", "hurt", False, id="a count of nobody is told"),
        pytest.param("In the absence of an agreement the talks went on.", "agreement", "agreement", True, id="an absence"),
        pytest.param("The brigade will launch an offensive in spring.", "attack", "offensive", True, id="a planned noun"),
        pytest.param("Police foiled an attack on the port.", "attack", "attack", True, id="foiled"),
        pytest.param("The brigade launched an offensive.", "attack", "offensive", False, id="a noun of what was done"),
        pytest.param("The attack was not claimed by anybody.", "attack", "attack", False, id="a negation about something else"),
        pytest.param("It is not yet a full war, the envoy said.", "fighting", "war", True, id="a negated predicate"),
        pytest.param("The bloc will consider deploying troops.", "movement", "deploying", True, id="only considered"),
        pytest.param("Details of any deaths were not known.", "casualties", "deaths", True, id="any deaths there may be"),
        pytest.param("Rebels claimed to have taken the town.", "control", "taken", False, id="a perfect infinitive"),
        pytest.param("Rebels claimed to be ready to take the town.", "control", "take", True, id="an infinitive of what is to come"),
        pytest.param("The army denied the strike.", "attack", "denied", True, id="a word of denying is no deed"),
        pytest.param("The front will release the prisoners.", "pledge", "release", False, id="a promise is about the future"),
    ],
)
def test_what_did_not_happen_is_no_event(text: str, kind: str, word: str, unreal: bool) -> None:
    found = scene(text)
    assert is_unreal(found, kind, found.sentence.tokens[at(text, word)].span) is unreal
