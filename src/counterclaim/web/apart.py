"""Findings brought up to date in a process of its own, so that neither pages nor people who decide something wait for it: one thread of a process runs at a time."""

from __future__ import annotations

import signal
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from counterclaim.config import Settings
from counterclaim.record import Memory, Record
from counterclaim.store import Store

BATCH = 20
"""Reports whose findings are put in in one transaction: a person who decides something waits no longer than for these."""
_STOPS = 5.0


class Apart:
    """A process that brings the findings of one record up to date whenever it is told to. To be asked by one thread at a time."""

    def __init__(self, path: Path, settings: Settings) -> None:
        context = get_context("spawn")
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, path, settings), name="deriving", daemon=True)
        self._process.start()
        theirs.close()

    def refresh(self) -> bool:
        """Bring the findings up to date. False where the process cannot, for whatever reason."""
        try:
            self._line.send("go on")
            self._line.recv()
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
    with suppress(EOFError, OSError), Record(Store.open(path, create=False, readonly=True), settings) as record:
        # Which names are alike is remembered, and better found out before anybody waits for it.
        record.registry()
        # Held open meanwhile: whoever is the last to close a record tidies it up, and no page is to wait for that.
        while line.recv():
            with Record(Store.open(path, create=False), settings, memory) as written:
                written.refresh(batch=BATCH)
            line.send("done")
