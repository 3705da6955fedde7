"""Gazetteer files as bytes: plain or the one file of a zip archive, in blocks of whole lines, and what tells one file from another."""

from __future__ import annotations

import codecs
import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from counterclaim.errors import GazetteerError
from counterclaim.read.gazetteers.batches import SAMPLE

READABLE = (".txt", ".tsv", ".csv", ".geojson", ".json")
# What archives of GeoNames hold beside the file itself.
_BESIDE = {"readme.txt", "iso-languagecodes.txt"}

MOST_PACKED = 60
"""How many times its packed size a file in an archive may have. GeoNames packs 4 to 1, tables of units with long repeated names 20 to 1,
an archive made to fill a disk 1000 to 1."""
ALWAYS_UNPACKED = 16 * 1024 * 1024
"""Bytes below which the ratio is not looked at: a small table of one repeated word packs well and harms nobody."""

LONGEST = 256 * 1024
"""The longest line read, in bytes. GeoNames allows 10,000 characters of alternate names, at most 40,000 bytes."""
_BLOCK = 2 * 1024 * 1024  # some 17,000 rows of GeoNames, some 40 MB once they are places
_FINGER = 1024 * 1024
_HEAD = 64 * 1024
_WIDE = (b"\xff\xfe", b"\xfe\xff")


class Block(NamedTuple):
    """Whole lines without their ends; none where a line is not UTF-8 or too long, the reason in its place in `reasons`.

    `first` is the number of the first line, `at` the bytes of the file up to the end of the last one; `is_cut` when the last line
    ends with the file and not with a line end.
    """

    lines: list[str | None]
    first: int
    at: int
    is_cut: bool


def fingerprint(path: Path) -> str:
    """What tells a file from another one or from itself once changed: its size and a hash of its first and last MiB."""
    size = path.stat().st_size
    with path.open("rb") as file:
        ends = hashlib.blake2b(file.read(_FINGER), digest_size=16)
        file.seek(max(0, size - _FINGER))
        ends.update(file.read(_FINGER))
    return f"{size}:{ends.hexdigest()}"


def checked(path: Path) -> Path:
    """The path, if a file is there. Raises GazetteerError otherwise."""
    if not path.is_file():
        raise GazetteerError(f"{path}: {'a folder' if path.is_dir() else 'no such file'}; name one file, as downloaded or unpacked")
    return path


@contextmanager
def unpacked(path: Path) -> Iterator[tuple[IO[bytes], int]]:
    """The bytes of a file, or of the one file in a zip archive, and how many there are. Raises GazetteerError for any other archive."""
    checked(path)
    if not is_archive(path):
        with path.open("rb") as file:
            yield file, path.stat().st_size
        return
    try:
        with zipfile.ZipFile(path) as archive:
            member = _member(path, archive)
            with archive.open(member) as file:
                yield file, member.file_size
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise GazetteerError(f"{path}: the archive is damaged or cut off ({error}); download it again") from error


def is_archive(path: Path) -> bool:
    """Whether a file is a zip archive by its first bytes, whatever its name."""
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


def is_workbook(path: Path) -> bool:
    """Whether a file is an Excel workbook, which is a zip archive of its own kind."""
    if not is_archive(path):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except zipfile.BadZipFile as error:
        raise GazetteerError(f"{path}: the archive is damaged or cut off ({error}); download it again") from error


def _member(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The one file to be read. Nothing is ever written under the names an archive gives."""
    found = [m for m in archive.infolist() if m.filename.lower().endswith(READABLE) and m.filename.rpartition("/")[2].lower() not in _BESIDE]
    if len(found) != 1:
        held = ", ".join(sorted(m.filename for m in found)[:8]) or "none"
        raise GazetteerError(f"{path}: expected one file of {' '.join(READABLE)} in the archive, there are {len(found)} ({held}); unpack it and name the one")
    if found[0].flag_bits & 1:
        raise GazetteerError(f"{path}: the archive is locked with a password; unpack it and name the file in it")
    check_ratio(path, found[0])
    return found[0]


def check_ratio(path: Path, member: zipfile.ZipInfo) -> None:
    """Raise GazetteerError where a file in an archive unpacks to far more than its packed size. It never unpacks to more than it says."""
    if member.file_size > max(ALWAYS_UNPACKED, MOST_PACKED * member.compress_size):
        raise GazetteerError(
            f"{path}: {member.filename} in it would unpack to {member.file_size / max(1, member.compress_size):.0f} times its packed size, "
            f"at most {MOST_PACKED} times are read; if you trust it, unpack it and name the file in it"
        )


def blocks(file: IO[bytes], at: int = 0, number: int = 1) -> Iterator[Block]:
    """The lines of a file from a byte on, in blocks of some MiB; the first `SAMPLE` lines of a file are a block of their own."""
    file.seek(at)
    rest, lost = b"", 0
    while data := file.read(_BLOCK):
        cut = data.rfind(b"\n") + 1
        if not cut:
            # Of a line that never ends only its beginning is kept.
            kept = max(0, LONGEST + 1 - len(rest))
            rest, lost = rest + data[:kept], lost + len(data) - min(kept, len(data))
            continue
        whole, rest = rest + data[:cut], data[cut:]
        if lost:
            # The kept beginning and what is left of the long line are one line still: too long, whatever is between them.
            at, lost = at + lost, 0
        raw = whole[:-1].split(b"\n")
        if at == 0 and raw[0].startswith(codecs.BOM_UTF8):
            raw[0], at = raw[0][len(codecs.BOM_UTF8) :], len(codecs.BOM_UTF8)
        if number == 1 and len(raw) > SAMPLE:
            at += sum(len(line) + 1 for line in raw[:SAMPLE])
            yield Block(_decoded(raw[:SAMPLE]), 1, at, False)
            number, raw = 1 + SAMPLE, raw[SAMPLE:]
        at += sum(len(line) + 1 for line in raw)
        yield Block(_decoded(raw), number, at, False)
        number += len(raw)
    if rest:
        yield Block(_decoded([rest]), number, at + len(rest) + lost, True)


def _decoded(raw: list[bytes]) -> list[str | None]:
    if raw and max(map(len, raw)) <= LONGEST:
        try:
            return list(b"\n".join(raw).decode("utf-8").split("\n"))
        except UnicodeDecodeError:
            pass
    return [_line(line) for line in raw]


def _line(line: bytes) -> str | None:
    if len(line) > LONGEST:
        return None
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return None


def beginning(path: Path) -> str:
    """The first lines of a file, with U+FFFD where they are no UTF-8. Raises GazetteerError where they are no text, or UTF-16."""
    with unpacked(path) as (file, _):
        data = file.read(_HEAD)
    # A stray NUL makes one row malformed; text in two bytes a letter has one in every other, other files are full of them.
    if data.startswith(_WIDE) or data.count(0) > len(data) // 20:
        raise GazetteerError(f"{path}: expected UTF-8, there is {'UTF-16' if data.startswith(_WIDE) else 'no text'}; save it again as UTF-8")
    whole = data if len(data) < _HEAD else data[: data.rfind(b"\n") + 1] or data
    return whole.decode("utf-8-sig", "replace")
