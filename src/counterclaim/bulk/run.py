"""Sources in, a folder of shards out: what is finished already is passed over, the rest read, wherever the engine reads it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import msgspec

from counterclaim.bulk.batch import Tally, Task, pipeline
from counterclaim.bulk.engines import Engine, in_processes, in_turn, on_spark
from counterclaim.bulk.formats import check
from counterclaim.bulk.shards import SIZE, Shard, shards, write, written
from counterclaim.config import Settings
from counterclaim.core.codec import decode, encode
from counterclaim.core.report import Received, Refusal
from counterclaim.errors import SettingsError
from counterclaim.read import Options, Source, received, sources

ABOUT = "bulk.json"


class About(msgspec.Struct, frozen=True):
    """What a folder of shards was made from, and how many shards it has once it is whole."""

    inputs: tuple[str, ...]
    shards: int | None = None


class Progress(msgspec.Struct, frozen=True):
    """How far a run is: sources begun of all, shards read and passed over as finished, and what the shards read came to."""

    sources: int
    of: int
    shards: int
    skipped: int
    tally: Tally


def bulk(
    inputs: Sequence[str | Path],
    out: Path,
    *,
    settings: Settings | None = None,
    options: Options | None = None,
    format: str = "jsonl",  # noqa: A002 - the word of the command line
    size: int = SIZE,
    fresh: bool = False,
    engine: Engine | None = None,
) -> Iterator[Progress]:
    """Read everything in the inputs into shards below `out`; yields how far it is after each shard.

    Stopping loses the shards at hand and nothing else: the same call goes on where it stopped. Raises SettingsError where `out`
    holds something else, unless `fresh`.
    """
    settings = settings or Settings()
    check(format)
    if size < 1:
        raise SettingsError(f"--shard {size}: a shard has one report or more")
    about = About(tuple(map(str, inputs)))
    out = _made_ready(out, about, fresh)
    # What only says how to run is no part of what is read.
    reads_with = msgspec.structs.replace(settings, processes=0, largest=0)
    task = Task(reads_with, pipeline(reads_with).reader, format)
    count = _Count()
    found = list(sources(inputs))
    finished, wanted = written(out), set[str]()

    def unfinished(all_: Iterable[Shard]) -> Iterator[Shard]:
        for shard in all_:
            wanted.add(shard.name(format))
            if shard.name(format) not in finished:
                yield shard
            else:
                count.skipped += 1

    run = engine or with_processes(settings.processes)
    sum_, read = Tally(), 0
    try:
        for shard, content, tally in run(unfinished(shards(_items(found, options or Options(largest=settings.largest), count), task, size)), task):
            write(out / shard.name(format), content)
            sum_, read = sum_ + tally, read + 1
            yield Progress(count.sources, len(found), read, count.skipped, sum_)
    except OSError as error:
        raise SettingsError(f"{out}: {error.strerror or error}; what was read before is kept") from error
    for name in finished.keys() - wanted:
        finished[name].unlink()
    write(out / ABOUT, encode(msgspec.structs.replace(about, shards=len(wanted))) + b"\n")
    yield Progress(len(found), len(found), read, count.skipped, sum_)


def with_processes(processes: int = 0) -> Engine:
    """The engine for so many processes; 0 is one a core, and one is this very process."""
    count = processes or cores()
    return in_turn if count == 1 else partial(in_processes, processes=count)


def with_spark(master: str | None = None, session: object = None) -> Engine:
    """The engine for a Spark cluster."""
    return partial(on_spark, master=master, session=session)


def cores() -> int:
    """The cores this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Count:
    """What is counted while the stream is read."""

    def __init__(self) -> None:
        self.sources = self.skipped = 0


def _items(found: Sequence[Source], options: Options, count: _Count) -> Iterator[Received | Refusal]:
    for source in found:
        count.sources += 1
        yield from received(source, options)


def _made_ready(out: Path, about: About, fresh: bool) -> Path:
    """The folder, made if need be. Raises SettingsError where it is something else or holds the shards of other inputs."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        if fresh:
            for path in written(out).values():
                path.unlink()
        elif (out / ABOUT).is_file() and (was := _about(out)).inputs != about.inputs:
            raise SettingsError(
                f"{out} holds what was read from {', '.join(was.inputs)}, not {', '.join(about.inputs)}; name another folder, or --fresh to replace it"
            )
        for left in out.glob("shard-*.part"):
            left.unlink()
        write(out / ABOUT, encode(about) + b"\n")
    except OSError as error:
        raise SettingsError(f"{out}: {error.strerror}; name a folder that can be written") from error
    return out


def _about(out: Path) -> About:
    try:
        return decode((out / ABOUT).read_bytes(), About)
    except msgspec.MsgspecError as error:
        raise SettingsError(f"{out / ABOUT} is not of this program ({error}); name another folder, or --fresh to replace it") from error


def is_whole(out: Path) -> bool:
    """Whether the run that made a folder came to its end."""
    return (out / ABOUT).is_file() and _about(out).shards is not None
