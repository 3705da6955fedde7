"""Where batches are read: in this process, in a process a core, or on Spark. Each takes shards and gives them back with the bytes of their files."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import islice
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any

import msgspec

from counterclaim.bulk.batch import Item, Tally, Task, read_batch, tally
from counterclaim.bulk.formats import content
from counterclaim.bulk.shards import Shard
from counterclaim.errors import CounterclaimError, SettingsError

Done = tuple[Shard, bytes, Tally]
Engine = Callable[[Iterable[Shard], Task], Iterator[Done]]

AHEAD = 2
"""Shards that wait for each process, so that none is idle while the next is cut."""

WAVE = 8
"""Shards a core in one job of Spark. At the end of a job some cores wait for the last shard: on average a sixteenth of it at this size.
The texts and results of one job are in the memory of the driver."""

NO_SPARK = "--on spark needs PySpark and Java 17 or newer: pip install 'counterclaim[spark]'"
_SPARK_ROW = "at long, content binary, tally binary"


def made(items: tuple[Item, ...], task: Task) -> tuple[bytes, Tally]:
    """The bytes of the file that a shard becomes, and what is in it."""
    rows = read_batch(items, task)
    return content(rows, task.format), tally(rows)


def in_turn(shards: Iterable[Shard], task: Task) -> Iterator[Done]:
    """Each shard in this very process, in order."""
    for shard in shards:
        yield shard, *made(shard.items, task)


def in_processes(shards: Iterable[Shard], task: Task, *, processes: int) -> Iterator[Done]:
    """Shards in so many processes, as they are done. Raises CounterclaimError where a process dies; what was given back stands."""
    # New processes rather than copies of this one: threads of this one do not come along, and every platform has them.
    # One thread each: numerical libraries would otherwise start one a core in every process.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    waiting = iter(shards)
    running: dict[Future[tuple[bytes, Tally]], Shard] = {}
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_begin) as pool:
        try:
            while True:
                for shard in islice(waiting, AHEAD * processes - len(running)):
                    running[pool.submit(made, shard.items, task)] = shard
                if not running:
                    return
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    shard = running.pop(future)
                    yield shard, *future.result()
        except BrokenProcessPool as error:
            raise CounterclaimError(
                "a process ended before its shard was read, mostly for want of memory; finished shards are kept: try again with fewer --processes"
            ) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def on_spark(shards: Iterable[Shard], task: Task, *, session: Any = None, master: str | None = None) -> Iterator[Done]:
    """Shards on the cores of a Spark cluster, a job at a time, through `mapInArrow`.

    `session` is one that runs already; else one is started, as `master` or Spark's own settings say. Every machine needs this
    version of counterclaim, and its weights and gazetteers where they are not the packaged ones. Raises SettingsError without PySpark.
    """
    try:
        import pyarrow as arrow
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise SettingsError(NO_SPARK) from error
    if session is None:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = SparkSession.builder.appName("counterclaim bulk").config("spark.ui.enabled", "false")
        session = (builder.master(master) if master else builder).getOrCreate()
    waiting = iter(shards)
    while wave := list(islice(waiting, WAVE * session.sparkContext.defaultParallelism)):
        texts = [msgspec.msgpack.encode(shard.items) for shard in wave]
        table = arrow.table({"at": arrow.array(range(len(wave)), arrow.int64()), "items": arrow.array(texts, arrow.binary())})
        frame = session.createDataFrame(table).repartition(len(wave))
        for at, content_, tallied in frame.mapInArrow(partial(batches, task=task), _SPARK_ROW).collect():
            yield wave[at], bytes(content_), msgspec.msgpack.decode(bytes(tallied), type=Tally)


def batches(of_spark: Iterator[Any], task: Task) -> Iterator[Any]:
    """Record batches of waiting shards to record batches of read ones: what `mapInArrow` calls on each machine."""
    import pyarrow as arrow

    for batch in of_spark:
        for at, items in zip(batch.column("at").to_pylist(), batch.column("items").to_pylist(), strict=True):
            content_, tallied = made(msgspec.msgpack.decode(items, type=tuple[Item, ...]), task)
            columns = [arrow.array([at], arrow.int64()), *(arrow.array([one], arrow.binary()) for one in (content_, msgspec.msgpack.encode(tallied)))]
            yield arrow.RecordBatch.from_arrays(columns, names=["at", "content", "tally"])


def _begin() -> None:
    """Ctrl-C ends a process without a word, as the one that began it says what is to be said; and none outlives that one."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Wait for the end of the process that began this one: killed, it cannot tell its processes to stop."""
    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)
