"""Reports being added: the forms, and the runs of reading."""

from __future__ import annotations

import msgspec

from counterclaim.web.contexts.page import Context


class RunRow(msgspec.Struct, frozen=True, kw_only=True):
    """A run of reading in a list."""

    id: str
    name: str
    state: str
    done: int
    total: int
    at: str


class StepRow(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one report of a run."""

    name: str
    outcome: str
    claims: int
    reason: str | None
    at: str | None


class AddPage(Context, frozen=True, kw_only=True):
    """The forms by which reports come in, with what they take; and the runs of this server so far."""

    largest: int
    most_files: int
    most_bytes: int
    readable: tuple[str, ...]
    runs: tuple[RunRow, ...]


class RunPage(Context, frozen=True, kw_only=True):
    """A run of reading: how far it is, and what became of each report."""

    run: RunRow
    steps: tuple[StepRow, ...]
    problem: str | None
