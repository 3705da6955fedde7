"""Findings brought up to date in a process of its own, so that neither pages nor people who decide something wait for it.

What is derived is written in transactions, and one writes to a record at a time. In the process of the pages such a transaction would go on
for as long as pages are made beside it, as one thread runs at a time; in its own it takes what it takes.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from counterclaim.config import Settings
from counterclaim.record import Memory, Record
from counterclaim.store import Store

BATCH = 1
"""Reports whose findings are brought up to date in one transaction: a person who decides something waits no longer than for these."""
_STOPS = 5.0


class Apart:
    """A process that brings the findings of one record up to date whenever it is told to. To be asked by one thread at a time."""

    def __init__(self, path: Path, settings: Settings) -> None:
        context = get_context("spawn")
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, path, settings), name="deriving", daemon=True)
        self._process.start()
        theirs.close()

    def refresh(self, let_pass: Callable[[], None]) -> bool:
        """Bring the findings up to date; before each transaction `let_pass` is called. False where the process cannot, for whatever reason."""
        try:
            self._line.send("go on")
            while self._line.recv() == "may I":
                let_pass()
                self._line.send("go on")
        except (EOFError, OSError):
            return False
        return True

    def close(self) -> None:
        """End the process. What it has derived is kept."""
        self._line.close()
        self._process.join(_STOPS)
        if self._process.is_alive():
            self._process.terminate()


def _work(line: Connection, path: Path, settings: Settings) -> None:
    # Ctrl-C reaches every process of a terminal; this one ends with the server.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    memory = Memory()

    def ask(*_: int) -> None:
        line.send("may I")
        line.recv()

    with suppress(EOFError, OSError):
        with Record(Store.open(path, create=False, readonly=True), settings) as record:
            # Which names are alike is remembered, and better found out before anybody waits for it.
            record.registry()
        while line.recv():
            with Record(Store.open(path, create=False), settings, memory) as record:
                record.refresh(ask, BATCH)
            line.send("done")
