from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from counterclaim.errors import NotFound, RecordCorrupt, RecordError
from counterclaim.store.blobs import Blobs

RAW = b"\x00<html>Rebels took Arvad.</html>\xff"
SHA256 = hashlib.sha256(RAW).hexdigest()


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "war.record.blobs")


def files(blobs: Blobs) -> list[str]:
    return sorted(path.relative_to(blobs.folder).as_posix() for path in blobs.folder.rglob("*") if path.is_file())


def test_bytes_are_kept_once_under_their_hash(blobs: Blobs) -> None:
    assert blobs.keep(RAW) == blobs.keep(RAW) == SHA256
    assert files(blobs) == [f"{SHA256[:2]}/{SHA256}"]
    assert blobs.read(SHA256) == RAW


def test_no_bytes_at_all_are_bytes(blobs: Blobs) -> None:
    assert blobs.read(blobs.keep(b"")) == b""


def test_bytes_kept_are_not_written_again(blobs: Blobs) -> None:
    blobs.keep(RAW)
    before = blobs.path(SHA256).stat()
    blobs.keep(RAW)
    assert blobs.path(SHA256).stat().st_ino == before.st_ino


@pytest.mark.parametrize("damage", [b"", RAW[:-1], RAW[:-1] + b"?"], ids=["empty", "short", "changed"])
def test_a_damaged_copy_is_noticed_and_replaced(blobs: Blobs, damage: bytes) -> None:
    blobs.keep(RAW)
    blobs.path(SHA256).write_bytes(damage)
    with pytest.raises(RecordCorrupt, match=hashlib.sha256(damage).hexdigest()):
        blobs.read(SHA256)
    blobs.keep(RAW)
    assert blobs.read(SHA256) == RAW


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "a" * 63, "A" * 64, "a" * 64 + "\n", f"../{'a' * 61}"])
def test_what_is_no_hash_names_no_file(blobs: Blobs, name: str) -> None:
    with pytest.raises(NotFound, match="64 hexadecimal digits"):
        blobs.read(name)


def test_a_hash_of_nothing_kept(blobs: Blobs) -> None:
    with pytest.raises(NotFound, match=SHA256):
        blobs.read(SHA256)


def test_a_write_that_fails_leaves_nothing_and_says_so(blobs: Blobs, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RecordError, match=f"cannot keep the source {SHA256} .* No space left"):
        blobs.keep(RAW)
    assert files(blobs) == []
