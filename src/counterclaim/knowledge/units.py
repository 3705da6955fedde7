"""Units that measure one thing, and figures brought to the base unit of theirs; the figure as it was said is always kept beside it."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from counterclaim.core.figure import Figure
from counterclaim.knowledge.lexicon import table


class Conversion(NamedTuple):
    """A figure in its base unit, with the factor and where that comes from."""

    low: float | None
    high: float | None
    unit: str
    factor: float
    source: str


# Who says how much one is, where it is not the factors that everybody knows from NIST.
NIST = "NIST Special Publication 811 (2008), appendix B"
_SOURCES = {"dunam": "the metric dunam of 1,000 square metres, as OCHA counts", "quintal": "the metric quintal of 100 kilograms"}
# Digits that a conversion keeps: more would claim what no figure in a report knows.
_DIGITS = 6


def converted(figure: Figure) -> Conversion | None:
    """The figure in the base unit of its measure; none for a figure without a unit, or with one that nothing is converted to."""
    base, factor = base_of(figure.unit or "")
    if not base:
        return None
    low, high = (None if side is None else float(f"{side * factor:.{_DIGITS}g}") for side in (figure.low, figure.high))
    return Conversion(low, high, base, factor, _SOURCES.get((figure.unit or "").casefold().strip(), NIST))


def base_of(unit: str) -> tuple[str, float]:
    """The base unit of a unit's measure and how many of it one is; ("", 1.0) for a unit of no measure at hand."""
    return _measures().get(unit.casefold().strip(), ("", 1.0))


@cache
def _measures() -> dict[str, tuple[str, float]]:
    return {unit: (base, factor) for base, units in table("units").items() for unit, factor in units.items()}
