"""What other people's formats are made of (`data/standards.toml`): their columns, types and codes."""

from __future__ import annotations

from functools import cache
from importlib import resources

from counterclaim.knowledge.lexicon import table


@cache
def columns(name: str, part: str = "columns") -> tuple[str, ...]:
    """The column names of a format, in its order."""
    return tuple(str(table("standards")[name][part]).split())


@cache
def iso_number(code: str) -> int | None:
    """The ISO 3166-1 numeric code of an alpha-2 code; none where there is none."""
    return _numbers().get(code)


@cache
def country_name(code: str) -> str | None:
    """The name of a country by its alpha-2 code, as our table of countries has it."""
    return _names().get(code)


@cache
def demonyms() -> frozenset[str]:
    """The words for the people of a country ("Ugandan", "Ugandans"), without case."""
    return frozenset(word.casefold() for cells in _countries() for word in cells[3].split("|") if word)


@cache
def _numbers() -> dict[str, int]:
    return {code: int(number) for code, _, number in (pair.partition(":") for pair in str(table("standards")["iso"]["numeric"]).split())}


@cache
def _names() -> dict[str, str]:
    return {cells[0]: cells[1] for cells in _countries()}


@cache
def _countries() -> tuple[list[str], ...]:
    lines = resources.files("counterclaim.knowledge").joinpath("data", "countries.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return tuple(line.split("\t") for line in lines)
