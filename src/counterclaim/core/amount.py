"""Aid and need as they are told: one shipment or one need, each figure with its claim, and the checks made on them."""

from __future__ import annotations

from typing import Literal

import msgspec

from counterclaim.core.finding import Standing, SumCheck

Role = Literal["total", "part", "told"]


class InBase(msgspec.Struct, frozen=True):
    """A figure in the base unit of its measure, and where the factor comes from."""

    low: int | float | None
    high: int | float | None
    unit: str
    source: str


class Told(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One claim of an amount: whose word it is, what of, and the figure in its own words. A denial or doubt has its act."""

    claim: str
    report: str
    party: str | None
    of: tuple[str, ...]
    words: str | None
    low: int | float | None
    high: int | float | None
    unit: str | None
    act: str
    role: Role = "told"
    base: InBase | None = None
    withdrawn: bool = False


class UnitCheck(msgspec.Struct, frozen=True):
    """Whether the figures of one matter can be laid side by side: in one unit as told, in one measure, or not at all."""

    result: Literal["one unit", "one measure", "not comparable", "no figures"]
    because: str


class Amount(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One shipment or one need, with the key, question and standing of its finding. `low` and `high` are of needs and people alone."""

    key: str
    kind: Literal["aid", "need"]
    question: dict[str, str | None]
    standing: Standing
    told: tuple[Told, ...]
    units: UnitCheck
    low: int | float | None = None
    high: int | float | None = None
    sum_check: SumCheck | None = None
