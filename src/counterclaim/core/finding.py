"""Claims about the same matter laid side by side."""

from __future__ import annotations

from typing import Literal

import msgspec

from counterclaim.core.claim import InterestValue

Standing = Literal["claimed", "conceded", "corroborated", "disputed", "verified", "not-verified", "withdrawn"]


class Position(msgspec.Struct, frozen=True):
    """What one party says on a question, with the claims it rests on and how many independent origins they have."""

    party: str | None
    says: str
    interest: InterestValue
    claims: tuple[str, ...]
    origins: int
    reports: int


class Answered(msgspec.Struct, frozen=True):
    """An answer, or a dated silence, to an offer."""

    by: str | None
    value: str
    as_of: str | None
    claims: tuple[str, ...]


class SumCheck(msgspec.Struct, frozen=True):
    """Whether a reported total equals its reported parts, in one unit."""

    total: str
    parts: tuple[str, ...]
    result: Literal["agrees", "disagrees"]
    because: str


class Finding(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A question, the positions taken on it, and their standing. Derived from the claims alone, by rule."""

    key: str
    question: dict[str, str | None]
    standing: Standing
    positions: tuple[Position, ...]
    verification: str
    because: str
    low: int | float | None = None
    best: int | float | None = None
    high: int | float | None = None
    rule: str | None = None
    formulations: tuple[str, ...] = ()
    terms: tuple[dict[str, str | None], ...] = ()
    answers: tuple[Answered, ...] = ()
    sum_check: SumCheck | None = None
