"""The claim heads: what the engine's claim branch says of a sentence's words → triggers with their roles and values.

The branch (in the engine's graph) gives every word a score for each kind and two vectors, one for its part as a trigger and
one for its part as a filler. What is left to do for the few words that may be triggers is small enough for plain arrays.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from counterclaim.core.claim import KINDS
from counterclaim.core.syntax import Role, Trigger
from counterclaim.parse.paths import SIZES, paths

Floats = npt.NDArray[np.float32]

# Words below this probability are not looked at again. One claim in a hundred that careful readers make lies below it.
LOWEST = 0.08
# Fillers below this probability are left out.
LOWEST_ROLE = 0.25
LOWEST_VALUE = 0.15


class Heads:
    """The arrays of the heads; holds nothing of any report."""

    def __init__(self, arrays: bytes, labels: Mapping[str, Sequence[str]]) -> None:
        with np.load(io.BytesIO(arrays), allow_pickle=False) as given:
            self._kind: Floats = given["kind"]
            self._paths: list[Floats] = [given[f"path{k}"] for k in range(len(SIZES))]
            self._role, self._role_bias = given["role"], given["role_bias"]
            self._value, self._value_bias = given["value"], given["value_bias"]
        self._kinds, self._roles, self._values = list(labels["kinds"]), list(labels["roles"]), list(labels["values"])
        # A kind fills its own slots alone; the first role is "none".
        slots = [frozenset(KINDS[kind].__struct_encode_fields__) for kind in self._kinds]
        self._allowed = [np.array([i == 0 or role in own for i, role in enumerate(self._roles)]) for own in slots]
        self._own_values = [[i for i, value in enumerate(self._values) if value.partition("=")[0] in own] for own in slots]

    def triggers(self, words: Sequence[str], heads: Sequence[int], rels: Sequence[str], scores: Floats, as_head: Floats, as_word: Floats) -> list[Trigger]:
        """The sentence's triggers in order of word and kind.

        `scores` (words × kinds), `as_head` and `as_word` (words × 2 · width) come from the engine; the tree is the sentence's.
        """
        likely = _sigmoid(scores)
        found: list[Trigger] = []
        seen, where = -1, as_word
        for word, kind in np.argwhere(likely >= LOWEST).tolist():
            if word != seen:
                seen, where = word, self._places(words, heads, rels, word, as_head.shape[1] // 2)
            found.append(self._trigger(where, word, kind, float(likely[word, kind]), as_head, as_word))
        return found

    def _places(self, words: Sequence[str], heads: Sequence[int], rels: Sequence[str], word: int, width: int) -> Floats:
        """What the place of each word says as seen from this one (words × width)."""
        seen = paths(words, heads, rels, word)
        where = np.zeros((len(words), width), np.float32)
        for k, table in enumerate(self._paths):
            where += table[seen[:, k]]
        return where

    def _trigger(self, where: Floats, word: int, kind: int, score: float, as_head: Floats, as_word: Floats) -> Trigger:
        width = as_head.shape[1] // 2
        own = as_head[word, :width] + self._kind[kind]
        both = np.concatenate([_gelu(as_word[:, :width] + own + where), as_word[:, width:] * as_head[word, width:]], 1)
        likely = _softmax(np.where(self._allowed[kind], both @ self._role.T + self._role_bias, -1e4))
        roles = [
            Role(self._roles[best], k, round(float(likely[k, best]), 4))
            for k, best in enumerate((likely[:, 1:].argmax(1) + 1).tolist())
            if likely[k, best] >= LOWEST_ROLE
        ]
        fixed = _sigmoid(_gelu(own) @ self._value.T + self._value_bias)
        values = tuple(
            (self._values[i], round(float(fixed[i]), 4)) for i in sorted(self._own_values[kind], key=lambda i: (-fixed[i], i)) if fixed[i] >= LOWEST_VALUE
        )
        return Trigger(word, self._kinds[kind], round(score, 4), tuple(roles), values)


def _sigmoid(x: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-x)), np.float32)


def _softmax(x: Floats) -> Floats:
    e = np.exp(x - x.max(1, keepdims=True))
    return np.asarray(e / e.sum(1, keepdims=True), np.float32)


def _gelu(x: Floats) -> Floats:
    return np.asarray(x * 0.5 * (1 + _erf(x / np.sqrt(np.float32(2)))), np.float32)


def _erf(x: Floats) -> Floats:
    """The error function to 1.5e-7 (Abramowitz and Stegun 1964, 7.1.26)."""
    t = 1 / (1 + 0.3275911 * np.abs(x))
    y = 1.061405429 * t
    # In place: on arrays of this size half the time goes into making room for the next.
    for term in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        y += term
        y *= t
    y *= np.exp(-x * x)
    return np.asarray(np.sign(x) * (1 - y), np.float32)
