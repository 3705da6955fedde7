"""A folder of shards into a record: one report a transaction, in the order of the shards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from counterclaim.bulk.batch import Read, Row
from counterclaim.bulk.formats import rows_of
from counterclaim.bulk.shards import written
from counterclaim.core.claim import Claim
from counterclaim.core.codec import claim_key
from counterclaim.core.report import Received, Refusal
from counterclaim.errors import NotFound
from counterclaim.record import Record, Step

T = TypeVar("T")


def rows(folder: Path) -> Iterator[Row]:
    """Every row of a folder of shards, in order. Raises NotFound where there is no shard."""
    found = written(folder)
    if not found:
        raise NotFound(f"{folder}: no shards here; `counterclaim bulk IN {folder}` makes them")
    for path in found.values():
        yield from rows_of(path)


def put_into(record: Record, folder: Path) -> Iterator[Step]:
    """Put every row into the record; a report it has already from this reader is left as it is. Stopping loses nothing.

    Where another text has the id of a report, it is kept under the id that `Record.read` would have given it.
    """
    for row in rows(folder):
        if isinstance(row, Read):
            name = record.store.free_id(row.report)
            one = row if name == row.report.id else renamed(row, name)
            added = record.store.add(Received(one.report, one.raw), one.claims, one.links)
            yield Step(one.report.id, added.outcome, claims=len(one.claims))
        else:
            record.store.refuse(Refusal(row.source, row.reason))
            yield Step(row.source, "refused", reason=row.reason)


def renamed(row: Read, name: str) -> Read:
    """The row as if its report had had this id from the beginning: keys of claims depend on it."""
    claims = [msgspec.structs.replace(claim, report=name) for claim in row.claims]
    keys = {old.key: claim_key(new) for old, new in zip(row.claims, claims, strict=True)}
    return Read(
        msgspec.structs.replace(row.report, id=name),
        tuple(_with_keys(claim, keys) for claim in sorted(claims, key=lambda c: (c.evidence.start, c.evidence.end, keys[c.key]))),
        tuple(msgspec.structs.replace(link, report=name) for link in row.links),
        row.raw,
    )


def _with_keys(claim: Claim, keys: dict[str, str]) -> Claim:
    return msgspec.structs.replace(
        claim,
        key=keys[claim.key],
        refutes=keys.get(claim.refutes, claim.refutes) if claim.refutes else claim.refutes,
        derived_from=keys.get(claim.derived_from, claim.derived_from) if claim.derived_from else claim.derived_from,
    )
