"""A stream of reports to shards: numbered, named after what is in them, each one file that is there whole or not at all."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from counterclaim.bulk.batch import Item, Task, Waiting, item
from counterclaim.core.codec import encode
from counterclaim.core.report import Received, Refusal
from counterclaim.store.reading import ids

SIZE = 64
"""Reports in a shard. A shard is what a stopped run loses and what one process takes at a time: some twenty seconds of news pages."""

LARGEST = 8_000_000
"""Bytes of text and source after which a shard is closed early: a few dozen shards wait in memory at once."""

_NAME = re.compile(r"shard-(\d{6,})-[0-9a-f]{16}\.(jsonl|jsonl\.gz|parquet)")


class Shard(msgspec.Struct, frozen=True):
    """A stretch of the input. `digest` stands for its items and the task they are read with."""

    number: int
    items: tuple[Item, ...]
    digest: str

    def name(self, suffix: str) -> str:
        """The name of its file."""
        return f"shard-{self.number:06}-{self.digest}.{suffix}"


def shards(received: Iterable[Received | Refusal], task: Task, size: int = SIZE) -> Iterator[Shard]:
    """The stream cut into shards, by nothing but its own order and the sizes in it."""
    taken: dict[str, bytes] = {}
    held: list[Item] = []
    weight = number = 0
    for each in received:
        one = item(_with_own_id(each, taken) if isinstance(each, Received) else each)
        held.append(one)
        weight += len(one.raw) + len(one.report.text) if isinstance(one, Waiting) else 0
        if len(held) >= size or weight >= LARGEST:
            yield _shard(number, held, task)
            held, weight, number = [], 0, number + 1
    if held:
        yield _shard(number, held, task)


def written(folder: Path) -> dict[str, Path]:
    """The files of shards in a folder, by name, in order of number."""
    found = [path for path in folder.iterdir() if _NAME.fullmatch(path.name)] if folder.is_dir() else []
    return {path.name: path for path in sorted(found, key=lambda path: (int(path.name.split("-")[1]), path.name))}


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    partial = path.with_name(path.name + ".part")
    partial.write_bytes(content)
    partial.replace(path)


def _shard(number: int, items: list[Item], task: Task) -> Shard:
    digest = hashlib.blake2b(encode(task), digest_size=8)
    for one in items:
        # The report names the hash of its bytes; hashing those again would say nothing new.
        known = one.report if isinstance(one, Waiting) else one
        digest.update(encode(known) + b"\n")
    return Shard(number, tuple(items), digest.hexdigest())


def _with_own_id(received: Received, taken: dict[str, bytes]) -> Received:
    """The report under an id that no other text of the run has: the one a record would keep it under, were it read into an empty one."""
    report = received.report
    digest = hashlib.blake2b(report.text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    for name in ids(report):
        if taken.setdefault(name, digest) == digest:
            return received if name == report.id else Received(msgspec.structs.replace(report, id=name), received.raw)
    return received
