"""What a mention names: scored, reasoned, revocable, and kept beside the claim, never in its words."""

from __future__ import annotations

from typing import Literal

import msgspec

LinkKind = Literal["actor", "place"]


class Candidate(msgspec.Struct, frozen=True):
    """One thing the words may name."""

    name: str
    key: str
    score: float


class Link(msgspec.Struct, frozen=True, omit_defaults=True):
    """In this report, these words name this actor or place. `target` is null while more than one candidate is left."""

    report: str
    words: str
    kind: LinkKind
    target: Candidate | None
    because: str
    candidates: tuple[Candidate, ...] = ()
    flag: str | None = None
