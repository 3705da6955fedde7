"""Reading in the background: runs of sources read one after another into the record, with their progress for whoever looks."""

from __future__ import annotations

import queue
import secrets
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Literal

from counterclaim.errors import CounterclaimError
from counterclaim.read import Options, Source
from counterclaim.record import Record, Step
from counterclaim.web.desk import Desk

State = Literal["waiting", "reading", "done", "stopped", "failed"]

KEPT = 50
"""Runs remembered; the record itself keeps what they read."""


class Run:
    """One run: written by the reading thread, looked at by all. `steps` is only ever added to; `kept` are the copies it reads, closed at its end."""

    def __init__(self, name: str, sources: Sequence[Source], options: Options, kept: ExitStack | None = None) -> None:
        self.id = secrets.token_urlsafe(9)
        self.name = name
        self.sources = tuple(sources)
        self.total = len(self.sources)
        self.options = options
        self.kept = kept or ExitStack()
        self.done = 0
        self.steps: list[Step] = []
        self.state: State = "waiting"
        self.problem: str | None = None
        self.asked_to_stop = False

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self.state in ("done", "stopped", "failed")


class Jobs:
    """The runs of this server, read one at a time by one thread that keeps the reader loaded."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._waiting: queue.SimpleQueue[Run | None] = queue.SimpleQueue()
        self._runs: dict[str, Run] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def add(self, run: Run) -> Run:
        """Read this run when those before it are done."""
        with self._lock:
            over = [one.id for one in self._runs.values() if one.is_over]
            for old in over[: max(0, len(self._runs) + 1 - KEPT)]:
                del self._runs[old]
            self._runs[run.id] = run
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="reading", daemon=True)
                self._thread.start()
        self._waiting.put(run)
        return run

    def get(self, run_id: str) -> Run | None:
        """The run with this id, or none."""
        return self._runs.get(run_id)

    def all(self) -> list[Run]:
        """The runs, the latest first."""
        with self._lock:
            return list(self._runs.values())[::-1]

    def close(self) -> None:
        """Let the run at hand finish its report, and stop. What was read is kept."""
        with self._lock:
            thread, self._thread = self._thread, None
            for run in self._runs.values():
                run.asked_to_stop = True
        if thread is not None:
            self._waiting.put(None)
            thread.join()

    def _work(self) -> None:
        record: Record | None = None
        try:
            while (run := self._waiting.get()) is not None:
                try:
                    if record is None:
                        record = Record.open(self._desk.path, settings=self._desk.settings)
                    with run.kept:
                        _read(record, run)
                except CounterclaimError as error:
                    run.problem, run.state = str(error), "failed"
                except Exception as error:
                    # The thread outlives a run; whoever looks at the run is told.
                    run.problem, run.state = f"an error of ours ({type(error).__name__}: {error}); what was read before it is kept", "failed"
        finally:
            if record is not None:
                record.store.close()


def _read(record: Record, run: Run) -> None:
    run.state = "reading"
    for source in run.sources:
        if run.asked_to_stop:
            break
        for step in record.read([source], run.options):
            run.steps.append(step)
            if run.asked_to_stop:
                break
        run.done += 1
    run.sources = ()
    run.state = "stopped" if run.asked_to_stop and run.done < run.total else "done"
