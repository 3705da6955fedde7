"""Figures brought to one unit."""

from __future__ import annotations

import pytest

from counterclaim.core.figure import Figure
from counterclaim.knowledge.units import base_of, converted


@pytest.mark.parametrize(
    ("amount", "unit", "expected", "base"), [(500, "kg", 0.5, "t"), (26, "t", 26, "t"), (100, "mile", 160.9344, "km"), (250, "hectare", 2.5, "km2")]
)
def test_converted(amount: float, unit: str, expected: float, base: str) -> None:
    found = converted(Figure(amount, amount, f"{amount} {unit}", unit))
    assert found is not None
    assert found.unit == base
    assert found.low == found.high == pytest.approx(expected, rel=1e-5)
    assert "NIST" in found.source


def test_a_conversion_claims_no_more_digits_than_a_figure_has() -> None:
    found = converted(Figure(500, 500, "500 lb", "lb"))
    assert found is not None
    assert found.low == 0.226796


def test_each_factor_names_its_own_source() -> None:
    found = converted(Figure(2, 2, "2 dunams", "dunam"))
    assert found is not None
    assert "OCHA" in found.source


@pytest.mark.parametrize("unit", ["USD", "truck", "bag", "household", "gallon", None])
def test_what_nobody_can_convert_stays(unit: str | None) -> None:
    assert converted(Figure(3, 3, "3", unit)) is None


def test_an_open_side_stays_open() -> None:
    found = converted(Figure(100, None, "at least 100 kg", "kg"))
    assert found is not None
    assert found.low == pytest.approx(0.1)
    assert found.high is None


def test_a_unit_of_no_measure() -> None:
    assert base_of("bag") == ("", 1.0)
