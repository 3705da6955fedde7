"""The record as the pages ask it: opened for each request in the thread that answers it, and what it keeps looked up once until it changes."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from counterclaim.config import Settings
from counterclaim.record import Memory, Record
from counterclaim.store import Store
from counterclaim.web.apart import BATCH, Apart
from counterclaim.web.errors import NotYet
from counterclaim.web.holdings import Derived, Holdings, holdings

PATIENCE = 0.25
"""How long a page may wait for what is derived, in seconds. On a large record that is being added to, none would ever be quick."""
# States of the record held: the newest, and the one before it while pages still show what is not yet made of the newest.
_STATES = 2
# What nobody asked for in so many seconds is not made of every new state any more.
_FORGOTTEN = 600.0
# How long the first page waits, as there is nothing yet to show in the place of what is not made.
_FIRST = 5.0


class Desk:
    """One record file and what is asked of it. Safe to ask from several threads; each opens the file for itself.

    One thread of its own derives: first what stands in the record, then what pages asked for. Pages wait for it no longer than `PATIENCE`.
    Where it is `apart`, a process of its own does the part that is written to the record, and this process is taken to do nothing else.
    """

    def __init__(self, path: Path, settings: Settings, *, apart: bool = False) -> None:
        self.path = path
        self.settings = settings
        self._memory = Memory()
        self._apart = Apart(path, settings) if apart else None
        self._changed = threading.Condition()
        # The last states of the record, the newest last; all that follows is looked at and changed with `_changed` held.
        self._states: list[Holdings] = []
        self._asked: dict[str, tuple[Derived[Any], float]] = {}
        self._maker: threading.Thread | None = None
        self._problem: Exception | None = None
        # SQLite lets whoever asks at the right moment go first; people take turns.
        self._turn = threading.Lock()
        # When the thread last came to its end, and how long it had worked.
        self._ended = self._spent = 0.0

    def close(self) -> None:
        """End what runs beside the pages."""
        with self._changed:
            apart, self._apart = self._apart, None
        if apart is not None:
            apart.close()
            gc.unfreeze()

    @contextmanager
    def reading(self) -> Iterator[Record]:
        """The record opened for reading, in this thread."""
        with Record(Store.open(self.path, create=False, readonly=True), self.settings) as record:
            yield record

    @contextmanager
    def deciding(self) -> Iterator[Record]:
        """The record opened for a short change, in this thread: a person waits for it."""
        with self._turn, Record.open(self.path, settings=self.settings) as record:
            yield record

    def holdings(self, record: Record, needs: Sequence[Derived[Any]] = ()) -> Holdings:
        """What stands in the record, with all these made of it; where that takes long, the last state of which they were made.

        Raises NotYet where there is none, and what went wrong in making them.
        """
        head, since = record.store.head(), time.monotonic()
        with self._changed:
            while True:
                newest = self._states[-1] if self._states else None
                self._asked |= {one.name: (one, time.monotonic()) for one in needs}
                if newest is not None and newest.head == head and newest.has(needs):
                    return newest
                last = next((state for state in reversed(self._states) if state.has(needs)), None)
                if last is None and self._problem is not None:
                    problem, self._problem = self._problem, None
                    raise problem
                if self._maker is None:
                    self._maker = threading.Thread(target=self._make, name="deriving", daemon=True)
                    self._maker.start()
                left = since + (PATIENCE if last else max(PATIENCE, _FIRST)) - time.monotonic()
                # What took longer than that the last time is not waited for.
                if left <= 0 or (last is not None and last.took > PATIENCE):
                    if last is None:
                        raise NotYet("this is being worked out from the record; it takes longer the larger that is, and the page then shows it by itself")
                    return last
                self._changed.wait(left)

    def _make(self) -> None:
        """Derive what is behind or was asked for, once."""
        problem: Exception | None = None
        try:
            with Record(Store.open(self.path, create=False), self.settings, self._memory) as record:
                self._derive(record)
        except Exception as error:
            # Whoever waits for what was to be made is told.
            problem = error
        finally:
            with self._changed:
                self._maker, self._problem = None, problem
                self._changed.notify_all()

    def _derive(self, record: Record) -> None:
        began = time.monotonic()
        with self._changed:
            newest = self._states[-1] if self._states else None
        if newest is None or newest.head != record.store.head():
            self._rest()
            # Asked before: what comes meanwhile makes this state an old one.
            began, head = time.monotonic(), record.store.head()
            apart = self._apart
            if not record.is_current() and (apart is None or not apart.refresh()):
                record.refresh(batch=BATCH)
            newest = holdings(record, head)
            with self._changed:
                self._states = [*self._states[1 - _STATES :], newest]
                self._changed.notify_all()
        with self._changed:
            since = time.monotonic() - _FORGOTTEN
            self._asked = {name: (one, at) for name, (one, at) in self._asked.items() if at > since}
            asked = [one for one, _ in self._asked.values()]
        for one in asked:
            newest.derive(one, record)
            with self._changed:
                self._changed.notify_all()
        with self._changed:
            if self._apart is not None:
                settle()
        self._ended = time.monotonic()
        self._spent = self._ended - began

    def _rest(self) -> None:
        """Spend half the time at the most on deriving, so that pages are made beside it while a large record is being added to."""
        if self._spent > PATIENCE:
            with self._changed:
                self._changed.wait_for(self._is_waited_for, self._ended + self._spent - time.monotonic())

    def _is_waited_for(self) -> bool:
        """Whether something is asked for that was never made, so that there is nothing to show meanwhile."""
        return not all(any(state.has([one]) for state in self._states) for one, _ in self._asked.values())


def settle() -> None:
    """Look for what is not used any more, and take what is held out of later searches: on a large record one takes longer than a page may."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
