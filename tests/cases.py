"""The tables of cases (`tests/tables`), and the cases known to be missed (`tests/tables/misses`), which must fail until they are read."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

TABLES = Path(__file__).parent / "tables"
Case = dict[str, Any]


@cache
def table(name: str) -> tuple[Case, ...]:
    """The cases of one table."""
    return tuple(json.loads(line) for line in (TABLES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines())


@cache
def misses(name: str) -> frozenset[str]:
    """The ids of the cases of a table that are known to be missed."""
    path = TABLES / "misses" / f"{name}.txt"
    return frozenset(path.read_text(encoding="utf-8").split()) if path.exists() else frozenset()


def params(name: str, known: str | None = None) -> list[Any]:
    """The cases as pytest parameters; a known miss is a strict expected failure, so reading it at last must be recorded."""
    missed = misses(known or name)
    return [
        pytest.param(case, id=case["id"], marks=[pytest.mark.xfail(strict=True, reason=case["why"])] if case["id"] in missed else []) for case in table(name)
    ]
