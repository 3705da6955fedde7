"""Counterclaim reads reporting on armed conflict and keeps the record: who claims what, who disputes it, and where it stands.

>>> import counterclaim as cc
>>> for claim in cc.read("examples/reports/cd-road-0616.txt"):
...     if claim.kind == "offer":
...         print(claim.act, "|", claim.chain[-1].name, "|", claim.evidence.quote[:50])
proposes | A militia leader in the hills | A militia leader in the hills west of Masisi has o
...

A record keeps what was read, and answers for it:

>>> with cc.open("record.db", create=True) as record:
...     steps = list(record.read(["examples/reports/pj-wire-0904.txt", "examples/reports/pj-agency-0906.txt"]))
...     disputed = record.findings(standing="disputed")
>>> [step.outcome for step in steps], len(disputed) > 0
(['new', 'new'], True)
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import TYPE_CHECKING, Any

from counterclaim.core.version import __version__ as __version__

if TYPE_CHECKING:
    import datetime as dt
    from os import PathLike
    from pathlib import Path

    from counterclaim.config import Settings
    from counterclaim.core.claim import Claim
    from counterclaim.core.finding import Finding
    from counterclaim.core.link import Link
    from counterclaim.core.report import Refusal, Report
    from counterclaim.errors import CounterclaimError
    from counterclaim.pipeline import Reading
    from counterclaim.record import Record

__all__ = ["Claim", "CounterclaimError", "Finding", "Link", "Reading", "Record", "Report", "Settings", "open", "read", "readings"]

# Where the names are; each is loaded when it is first asked for, so that importing this package costs next to nothing.
_HOMES = {
    "Claim": "core.claim",
    "CounterclaimError": "errors",
    "Finding": "core.finding",
    "Link": "core.link",
    "Reading": "pipeline",
    "Record": "record",
    "Report": "core.report",
    "Settings": "config",
}


def open(  # noqa: A001 - `cc.open` is what one would guess
    path: str | PathLike[str] | None = None, *, create: bool = False, readonly: bool = False, settings: Settings | None = None
) -> Record:
    """The record in this file, to be read into and asked; use it in a `with` statement, or close its store.

    Without a path it is `$COUNTERCLAIM_RECORD`, else `record.db` here. Raises NotFound where there is none and `create` is false.
    """
    from counterclaim.config import load
    from counterclaim.record import Record, default_path

    where = default_path() if path is None else _path(path)
    return Record.open(where, settings=settings or load(), create=create, readonly=readonly)


def read(
    *sources: str | PathLike[str],
    outlet: str | None = None,
    published: dt.date | None = None,
    settings: Settings | None = None,
    refused: Callable[[Refusal], None] | None = None,
) -> Iterator[Claim]:
    """The claims of files and folders, in the order of the reports; nothing is kept.

    `outlet` and `published` are said of every report. What cannot be read is handed to `refused`; without it InputRefused is raised
    for the first such source, after the claims of all the others.
    """
    for reading in readings(*sources, outlet=outlet, published=published, settings=settings, refused=refused):
        yield from reading.claims


def readings(
    *sources: str | PathLike[str],
    outlet: str | None = None,
    published: dt.date | None = None,
    settings: Settings | None = None,
    refused: Callable[[Refusal], None] | None = None,
) -> Iterator[Reading]:
    """What `read` reads, a report at a time: the report, its claims, and the links that say what their words name."""
    from counterclaim.config import load
    from counterclaim.core.report import Refusal
    from counterclaim.errors import InputRefused
    from counterclaim.pipeline import failure
    from counterclaim.read import Options, received
    from counterclaim.read import sources as found_in

    settings = settings or load()
    options = Options(published=published, outlet=outlet, largest=settings.largest)
    first: Refusal | None = None

    def refuse(refusal: Refusal) -> None:
        nonlocal first
        if refused is not None:
            refused(refusal)
        else:
            first = first or refusal

    for source in found_in([_path(each) if str(each) != "-" else "-" for each in sources]):
        for item in received(source, options):
            if isinstance(item, Refusal):
                refuse(item)
                continue
            try:
                reading = _reader(settings).read(item.report)
            except Exception as error:
                refuse(failure(item.report, error))
            else:
                yield reading
    if first is not None:
        raise InputRefused(first.source, first.reason)


def _path(path: str | PathLike[str]) -> Path:
    from pathlib import Path

    return Path(path)


_READERS: dict[Settings, Any] = {}


def _reader(settings: Settings) -> Any:
    """The reader for these settings, made once: it holds the engine and nothing of any report."""
    if settings not in _READERS:
        from counterclaim.pipeline import Pipeline

        _READERS.clear()
        _READERS[settings] = Pipeline(settings)
    return _READERS[settings]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has {', '.join(__all__)}")
    found = globals()[name] = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Front(ModuleType):
    """The front door has a function `read` where the package has a room of that name.

    Python sets a room beside the other names when it is first loaded; this one can then be asked as the function was.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if name == "read" and isinstance(value, ModuleType):
            value.__class__ = _Room
        super().__setattr__(name, value)


class _Room(ModuleType):
    """The reading room, which can be called as the function in front of it."""

    __call__ = staticmethod(read)


sys.modules[__name__].__class__ = _Front
