"""The bytes that reports were read from, kept once each by their SHA-256 in a folder beside the record."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

from counterclaim.errors import NotFound, RecordCorrupt, RecordError

_SHA256 = re.compile(r"[0-9a-f]{64}")


class Blobs:
    """A folder of files named by what is in them: `ab/abcdef…`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where the bytes with this hash would lie. Raises NotFound for what is no hash, so that no name leads out of the folder."""
        if not _SHA256.fullmatch(sha256):
            raise NotFound(f"no source {sha256!r}; sources are named by 64 hexadecimal digits, the SHA-256 of their bytes")
        return self.folder / sha256[:2] / sha256

    def keep(self, raw: bytes) -> str:
        """Keep the bytes, which are on disk when this returns, and give their hash. Bytes already kept stay; a damaged copy is replaced."""
        sha256 = hashlib.sha256(raw).hexdigest()
        path = self.path(sha256)
        try:
            if not _holds(path, raw):
                _write(path, raw)
        except OSError as error:
            raise RecordError(f"cannot keep the source {sha256} in {self.folder}: {error.strerror or error}") from error
        return sha256

    def read(self, sha256: str) -> bytes:
        """Bytes with this hash. Raises NotFound where there are none and RecordCorrupt where they have changed."""
        path = self.path(sha256)
        if not path.is_file():
            raise NotFound(f"no source {sha256} in {self.folder}")
        raw = path.read_bytes()
        found = hashlib.sha256(raw).hexdigest()
        if found != sha256:
            raise RecordCorrupt(f"{path} has changed: its bytes hash to {found}; read its source again to mend it")
        return raw


def _holds(path: Path, raw: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(raw) and path.read_bytes() == raw


def _write(path: Path, raw: bytes) -> None:
    """Write aside and move into place, so that a file under its own name is always whole.

    A process killed on the way leaves a `part-` file behind: accepted, since telling it from another process's unfinished
    one would take a clock.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(prefix="part-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    # The names are data too: the file's in its folder, the folder's in the one above, and that one's beside the record.
    for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
        _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    """Folders can be opened and synced on POSIX only; elsewhere the system keeps names with its own journal."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
