"""How two reports are kin: which was copied or rewritten from which, with the aligned sentences as evidence."""

from __future__ import annotations

from typing import Literal

import msgspec

from counterclaim.core.span import Span

# A `version` is a copy or rewrite that the same outlet printed: a correction or an update. `possible` is not merged with anything: it may
# be one, and the evidence is there to look at.
Relation = Literal["copy", "version", "rewrite", "lift", "possible", "none"]


class Aligned(msgspec.Struct, frozen=True):
    """Two stretches of sentences that tell the same, and the facts they share."""

    a: Span
    b: Span
    likeness: float
    shared: tuple[str, ...]


class Kinship(msgspec.Struct, frozen=True):
    """What one report is to another. `source` is the id of the one it was taken from, null where that cannot be told; `score` is 0 to 1."""

    a: str
    b: str
    relation: Relation
    score: float
    source: str | None
    because: str
    aligned: tuple[Aligned, ...] = ()
