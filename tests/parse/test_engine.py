"""The engine: whatever is given to it comes back as trees over the same words, the same every time."""

from __future__ import annotations

import numpy as np
import pytest

from counterclaim.knowledge.weights import present
from counterclaim.parse.engine import Engine, Read, roles, spans

pytestmark = pytest.mark.skipif(not present(), reason="the engine's weights are not packaged here")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


REPORT = [["Rebels", "captured", "Arvad", "on", "Sunday", "."], ["“", "We", "left", ",", "”", "said", "Colonel", "Aziz", "Rahmani", "."]]


def same(a: Read, b: Read) -> bool:
    return (a.upos, a.xpos, a.heads, a.rels, a.names) == (b.upos, b.xpos, b.heads, b.rels, b.names) and np.array_equal(a.attribution, b.attribution)


def test_a_plain_sentence_is_parsed(engine: Engine) -> None:
    read = engine.read(REPORT)[0]
    assert read.upos[1] == "VERB"
    assert (read.heads[0], read.rels[0]) == (1, "nsubj")
    assert (read.heads[2], read.rels[2]) == (1, "obj")
    assert read.heads[1] == -1


def test_names_are_found(engine: Engine) -> None:
    assert (7, 9, "Person") in engine.read(REPORT)[1].names


def test_what_was_read_before_changes_nothing(engine: Engine) -> None:
    first = engine.read(REPORT)
    engine.read([["THE", "ARMY", "SAID", "NO", "."]] * 40)
    assert all(same(a, b) for a, b in zip(first, engine.read(REPORT), strict=True))


def test_every_sentence_comes_back_with_all_its_words(engine: Engine) -> None:
    odd = [["x" * 5000], ["."], ["word"] * 900, ["\u202e", "🙂", "مرحبا"], ["U.S.", "’s", "1,000"]]
    for sentence, read in zip(odd, engine.read(odd), strict=True):
        n = len(sentence)
        assert len(read.upos) == len(read.xpos) == len(read.heads) == len(read.rels) == len(read.attribution) == n
        assert read.heads.count(-1) == 1
        assert all(-1 <= h < n for h in read.heads)


def test_nothing_is_read_from_nothing(engine: Engine) -> None:
    assert engine.read([]) == []


LABELS = ["O", "B-Person", "I-Person", "B-Location", "I-Location"]


@pytest.mark.parametrize(
    ("best", "found"),
    [
        ([1, 2, 0], [(0, 2, "Person")]),
        ([1, 1], [(0, 1, "Person"), (1, 2, "Person")]),
        ([0, 0], []),
        ([3, 4, 4], [(0, 3, "Location")]),
    ],
)
def test_tags_become_spans(best: list[int], found: list[tuple[int, int, str]]) -> None:
    assert spans(np.eye(5, dtype=np.float32)[best] * 5, LABELS) == found


def test_tags_that_do_not_fit_together_are_mended() -> None:
    scores = np.array([[0, 0, 3, 0, 0], [0, 0, 4, 0, 0]], np.float32)
    assert spans(scores, LABELS) == [(0, 2, "Person")]


def test_a_role_may_go_on_from_the_sentence_before() -> None:
    labels = ["O", "B-CONTENT", "I-CONTENT"]
    (tagged,) = roles(np.array([[0, 0, 4], [0, 0, 4]], np.float32), labels)
    assert (tagged.first, tagged.last, tagged.role, tagged.continues) == (0, 2, "CONTENT", True)
