"""A zip archive to the files in it, each a source of its own; what must not be unpacked is a source that says why."""

from __future__ import annotations

import io
import re
import shutil
import stat
import struct
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import BinaryIO, cast

from counterclaim.errors import InputRefused
from counterclaim.read.sources import Source, is_beside_a_page, printable, why_unreadable
from counterclaim.read.unpacking import ALWAYS_UNPACKED, DEEPEST, MOST_PACKED, Budget, counted, opening

MOST_MEMBERS = 100_000
"""Files in one archive: its table of contents is held in memory, half a kilobyte each."""

_SPOOLED = 8_000_000
# The smallest entry of a table of contents.
_ENTRY = 46
_TAIL = 65_557
_OUTSIDE = re.compile(r"(?:[/\\]|[A-Za-z]:|.*(?:^|[/\\])\.\.(?:[/\\]|$))", re.DOTALL)
_UNIX = 3


def members(source: Source, stream: BinaryIO, budget: Budget | None) -> Iterator[Source]:
    """Return a source for each file in the archive, in its order; hidden files and what a browser saved beside a page are passed over.

    Each is opened when it is read, so the stream must stay open meanwhile. Raises InputRefused for what is no archive.
    """
    if source.depth >= DEEPEST:
        raise InputRefused(source.name, f"an archive inside {DEEPEST} others, at most {DEEPEST} are unpacked; unpack the outer ones and name this")
    with _seekable(stream) as file:
        packed = file.seek(0, io.SEEK_END)
        if packed == 0:
            raise InputRefused(source.name, "there is nothing in it")
        budget = budget or Budget(packed)
        _check_contents(source.name, file, packed)
        try:
            archive = zipfile.ZipFile(file)
        except Exception as error:  # a hostile table of contents brings out struct, Unicode and value errors too
            raise InputRefused(source.name, f"not a zip archive, or one that is damaged or cut off ({str(error)[:200]}); get it again") from error
        with archive:
            names = frozenset(member.filename for member in archive.infolist())
            is_empty = True
            for member in archive.infolist():
                if member.is_dir() or _is_passed_over(member.filename, names):
                    continue
                is_empty = False
                yield _member(source, archive, member, budget)
            if is_empty:
                raise InputRefused(source.name, "there is no file in the archive; hidden files are passed over")


def _member(source: Source, archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget) -> Source:
    """Return one file of the archive as a source."""
    shown = printable(member.filename)
    name = f"{source.name} > {shown}"
    reason = _why_not(member)
    return Source(
        name,
        f"{source.id}/{shown}",
        partial(_opened, name, cast("Callable[[], BinaryIO]", partial(archive.open, member)), budget),
        reason,
        depth=source.depth + 1,
        budget=budget,
    )


def _opened(name: str, open_: Callable[[], BinaryIO], budget: Budget) -> BinaryIO:
    return counted(name, opening(open_, name), budget)


def _why_not(member: zipfile.ZipInfo) -> str | None:
    """Why a file of an archive must not be read, or nothing."""
    mode = member.external_attr >> 16 if member.create_system == _UNIX else 0
    if _OUTSIDE.match(member.filename):
        return "its name leads outside the archive, as no honest packer writes it; unpack it by hand if you trust it"
    if mode and stat.S_IFMT(mode) and not stat.S_ISREG(mode):
        what = "a link" if stat.S_ISLNK(mode) else "a device or a pipe"
        return f"{what}, not a file; what it leads to is not read. Pack the file itself"
    if member.flag_bits & 0x1:
        return "locked with a password; unpack it and name what is in it"
    suffix = Source("", member.filename, io.BytesIO).suffix
    if reason := why_unreadable(printable(suffix)):
        return reason
    if member.file_size > max(ALWAYS_UNPACKED, MOST_PACKED * member.compress_size):
        return f"it would unpack to {member.file_size / max(1, member.compress_size):,.0f} times its packed size, at most {MOST_PACKED} times are read; if you trust it, unpack it"
    return None


def _is_passed_over(filename: str, names: frozenset[str]) -> bool:
    """Whether a file is hidden, as are those that Macs add, or belongs to a saved page."""
    parts = filename.replace("\\", "/").split("/")
    if any((part.startswith(".") and part not in {".", ".."}) or part == "__MACOSX" for part in parts):
        return True
    above = ["/".join(parts[:at]) for at in range(len(parts))]
    return any(is_beside_a_page(f"{folder}/{part}".lstrip("/"), names.__contains__) for folder, part in zip(above[:-1], parts, strict=False))


def _seekable(stream: BinaryIO) -> AbstractContextManager[BinaryIO]:
    """Return the stream itself, left open, or what it holds in a file for the while: the table of contents of a zip archive is at its end."""
    if stream.seekable():
        return nullcontext(stream)
    spooled = cast("BinaryIO", tempfile.SpooledTemporaryFile(max_size=_SPOOLED))  # noqa: SIM115 - whoever asked closes it
    try:
        shutil.copyfileobj(stream, spooled)
    except BaseException:
        spooled.close()
        raise
    return spooled


def _check_contents(name: str, file: BinaryIO, packed: int) -> None:
    """Raise InputRefused when the table of contents says it holds more entries than are read, before it is read."""
    file.seek(max(0, packed - _TAIL))
    tail = file.read(_TAIL)
    file.seek(0)
    end, large = tail.rfind(b"PK\x05\x06"), tail.rfind(b"PK\x06\x06")
    sizes = [struct.unpack_from("<L", tail, end + 12)[0]] if 0 <= end <= len(tail) - 22 else []
    if 0 <= large <= len(tail) - 56:
        sizes = [*(size for size in sizes if size != 0xFFFFFFFF), struct.unpack_from("<Q", tail, large + 40)[0]]
    # A size beyond the file is a lie that zipfile finds out.
    if any(MOST_MEMBERS * _ENTRY * 2 < size <= packed for size in sizes):
        raise InputRefused(name, f"the archive holds more than {MOST_MEMBERS:,} files; take it apart and name the parts")
