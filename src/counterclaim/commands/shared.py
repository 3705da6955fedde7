"""What all commands share: the application, where it prints, and options that mean the same everywhere."""

from __future__ import annotations

import datetime as dt
import itertools
import sys
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from counterclaim.errors import SettingsError
from counterclaim.record import Record
from counterclaim.terminal import plain

app = typer.Typer(
    name="counterclaim",
    help="Reads reporting on armed conflict and keeps the record: who claims what, who disputes it, and the sentence each cell came from.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    add_completion=False,
)
out, err = Console(), Console(stderr=True)
# So many doubts about a record are shown.
_MOST_DOUBTS = 3

RecordPath = Annotated[
    Path | None, typer.Option("--record", "-r", help="The record file; by default `$COUNTERCLAIM_RECORD` or `record.db` here.", show_default=False)
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON Lines instead of a table.")]


def day(value: str | None, option: str) -> dt.date | None:
    """The day an option names; none where it is not given. Raises SettingsError for anything else."""
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise SettingsError(f"{option} {value!r}: expected a day as YYYY-MM-DD") from error


def one_of(value: str | None, option: str, known: Collection[str]) -> str | None:
    """The value of an option that has only some; none where it is not given. Raises SettingsError for another, which would find nothing."""
    if value is not None and value not in known:
        raise SettingsError(f"{option} {value!r}: expected one of {', '.join(sorted(known))}")
    return value


def warn_of_doubts(record: Record) -> None:
    """Say where a record is plainly not what was written, before it is added to; the reading goes on, for nothing in it is lost by that."""
    doubtful = list(itertools.islice(record.store.doubts(), _MOST_DOUBTS))
    for problem in doubtful:
        err.print(plain(f"warning: the record was changed by something else: {problem}"), style="red", soft_wrap=True, highlight=False)
    if doubtful:
        err.print("what is read is added all the same; `counterclaim verify` looks at the whole record", soft_wrap=True, highlight=False)


def print_lines(lines: Iterable[bytes]) -> None:
    """Write lines to standard output as they are."""
    for line in lines:
        sys.stdout.buffer.write(line)
    sys.stdout.flush()


def write(lines: Iterable[bytes], to: Path | None) -> None:
    """To standard output, or to a file that is there whole or not at all."""
    if to is None:
        print_lines(lines)
        return
    partial = to.with_name(to.name + ".part")
    try:
        with partial.open("wb") as file:
            file.writelines(lines)
        partial.replace(to)
    except OSError as error:
        raise SettingsError(f"--out {to}: {error.strerror}; name a file in a folder that exists and can be written") from error
    err.print(f"wrote {plain(str(to))}", highlight=False)
