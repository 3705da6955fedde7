"""Stands in for the engine."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class StubTree:
    """A sentence as an engine would read it."""

    upos: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    rels: list[str] = field(default_factory=list)
    names: list[tuple[int, int, str]] = field(default_factory=list)
