"""Word lists an analyst can read and edit (TOML files in `data/`), loaded once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The parsed contents of `data/<name>.toml`."""
    return tomllib.loads(resources.files("counterclaim.knowledge").joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(name: str, *path: str) -> frozenset[str]:
    """One list of a table as a set: `words("cues", "denies", "verbs")`. A list may be written as one string of words."""
    found: Any = table(name)
    for part in path:
        found = found[part]
    return frozenset(found.split() if isinstance(found, str) else found)


@cache
def mapped(name: str, *path: str) -> dict[str, str]:
    """Lists of words turned round: {"denies": ["deny", …]} becomes {"deny": "denies", …}."""
    found: Any = table(name)
    for part in path:
        found = found[part]
    return {word: label for label, of_label in found.items() for word in (of_label.split() if isinstance(of_label, str) else of_label)}
