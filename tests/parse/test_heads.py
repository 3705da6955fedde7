"""The claim heads' arrays: scores of words become triggers with roles and values, each kind with its own slots only."""

from __future__ import annotations

import io

import numpy as np

from counterclaim.core.claim import KINDS
from counterclaim.parse.heads import LOWEST, Heads
from counterclaim.parse.paths import SIZES

WIDTH = 2
ROLES = ["O", "target", "who"]
VALUES = ["harm=killed", "means=shelling"]
WORDS, TREE, RELS = ["Gunmen", "shot", "two"], [1, -1, 1], ["nsubj", "root", "obj"]


def heads(*, roles: list[list[float]] | None = None) -> Heads:
    arrays = {
        "kind": np.zeros((len(KINDS), WIDTH)),
        "role": np.array(roles or np.zeros((len(ROLES), 2 * WIDTH)).tolist()),
        "role_bias": np.array([0.0, 1.0, 2.0]),
        "value": np.zeros((len(VALUES), WIDTH)),
        "value_bias": np.array([3.0, 3.0]),
    } | {f"path{k}": np.zeros((size, WIDTH)) for k, size in enumerate(SIZES)}
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **{name: array.astype(np.float32) for name, array in arrays.items()})
    return Heads(buffer.getvalue(), {"kinds": list(KINDS), "roles": ROLES, "values": VALUES})


def scores(**kinds: float) -> np.ndarray:
    found = np.full((3, len(KINDS)), -9.0, np.float32)
    for kind, score in kinds.items():
        found[1, list(KINDS).index(kind)] = score
    return found


NOTHING = np.zeros((3, 2 * WIDTH), np.float32)


def test_a_word_below_the_lowest_is_no_trigger() -> None:
    least = float(np.log(LOWEST / (1 - LOWEST)))
    assert heads().triggers(WORDS, TREE, RELS, scores(attack=least - 0.1), NOTHING, NOTHING) == []
    assert len(heads().triggers(WORDS, TREE, RELS, scores(attack=least + 0.1), NOTHING, NOTHING)) == 1


def test_one_word_may_express_two_kinds_each_with_its_own_slots() -> None:
    attack, casualties = heads().triggers(WORDS, TREE, RELS, scores(attack=3.0, casualties=3.0), NOTHING, NOTHING)
    assert (attack.kind, casualties.kind) == ("attack", "casualties")
    assert {r.slot for r in attack.roles} == {"target"}
    assert {r.slot for r in casualties.roles} == {"who"}
    assert [v for v, _ in attack.values] == ["means=shelling"]
    assert [v for v, _ in casualties.values] == ["harm=killed"]


def test_scores_are_probabilities() -> None:
    (found,) = heads().triggers(WORDS, TREE, RELS, scores(attack=3.0), NOTHING, NOTHING)
    assert 0.95 < found.score < 0.96
    assert all(0 <= r.score <= 1 for r in found.roles)
