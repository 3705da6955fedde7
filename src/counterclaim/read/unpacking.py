"""Packed bytes to bytes, under limits: a gzip file or a member of an archive as a stream that cannot grow without end."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import BinaryIO, cast

from counterclaim.errors import InputRefused

DEEPEST = 3
"""Archives inside one another. A month of saved pages packed by day is two; bombs such as 42.zip have five and more."""

MOST_PACKED = 200
"""How many times its packed size a file may have. Text packs to a tenth, repetitive tables to a fiftieth; deflate can do 1,032 times."""

ALWAYS_UNPACKED = 10_000_000
"""Bytes that are unpacked whatever the ratio: a small file of blanks is no danger."""

_DAMAGED = "it is damaged or cut off there; what lay before was read. Get the file again"
_BLOCK = 65_536


class Budget:
    """How many bytes may still come out of one file that the user named, whatever lies packed in it and how deep."""

    def __init__(self, packed: int) -> None:
        """Set what may come out of a file of so many bytes."""
        self.most = self.left = max(ALWAYS_UNPACKED * 2, MOST_PACKED * packed)

    def take(self, name: str, count: int) -> None:
        """Count bytes that came out. Raises InputRefused when they are more than may."""
        self.left -= count
        if self.left < 0:
            raise InputRefused(
                name, f"the archive unpacks to more than {self.most:,} bytes in all, {MOST_PACKED} times its own size; if you trust it, unpack it"
            )


class _Counted(io.RawIOBase):
    """A stream of what comes out of an archive: each byte is counted, each error names the file and is a refusal."""

    def __init__(self, name: str, source: BinaryIO, budget: Budget | None) -> None:
        super().__init__()
        self._name, self._source, self._budget = name, source, budget

    def readable(self) -> bool:
        return True

    def readinto(self, into: memoryview | bytearray, /) -> int:  # type: ignore[override]
        data = self._next(len(into))
        if self._budget is not None:
            self._budget.take(self._name, len(data))
        into[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._source.close()
        super().close()

    def _next(self, most: int) -> bytes:
        """Return up to so many bytes, none at the end."""
        try:
            return self._source.read(most)
        except InputRefused:
            raise
        # A damaged archive brings out these and, from its own checks, BadZipFile, which is an Exception of no family.
        except Exception as error:
            raise InputRefused(self._name, f"cannot be unpacked ({_said(error)}); {_DAMAGED}") from error


class _Gunzipped(_Counted):
    """What a gzip file holds, one member after another, as the tools of web archives write them."""

    def __init__(self, name: str, source: BinaryIO, budget: Budget | None) -> None:
        super().__init__(name, source, budget)
        self._inflate, self._rest, self._packed, self._out = zlib.decompressobj(31), b"", 0, 0
        self._is_begun = self._is_after_one = False

    def _next(self, most: int) -> bytes:
        while True:
            if not self._rest and not (data := self._fed()):
                return data
            if not self._is_begun:
                # Some writers fill the last block with NULs.
                self._rest = self._rest.lstrip(b"\0") if self._is_after_one else self._rest
                if not self._rest:
                    continue
            try:
                out = self._inflate.decompress(self._rest, most)
            except zlib.error as error:
                raise InputRefused(self._name, f"the gzip data cannot be unpacked after {self._out:,} bytes; {_DAMAGED}") from error
            self._is_begun = not self._inflate.eof
            self._rest = self._inflate.unused_data if self._inflate.eof else self._inflate.unconsumed_tail
            if self._inflate.eof:
                self._is_after_one = True
                self._inflate = zlib.decompressobj(31)
            self._out += len(out)
            if self._out > max(ALWAYS_UNPACKED, MOST_PACKED * self._packed):
                raise InputRefused(
                    self._name,
                    f"it unpacks to more than {MOST_PACKED} times its packed size, as no text does; if you trust it, unpack it and name what is in it",
                )
            if out:
                return out

    def _fed(self) -> bytes:
        """Take the next block of packed bytes; nothing at a proper end. Raises InputRefused when the file ends inside a member."""
        self._rest = super()._next(_BLOCK)
        self._packed += len(self._rest)
        if not self._rest:
            if self._is_begun:
                raise InputRefused(self._name, f"the gzip data ends early, after {self._out:,} bytes; {_DAMAGED}")
            if not self._packed:
                raise InputRefused(self._name, "there is nothing in it")
        return self._rest


def gunzipped(name: str, source: BinaryIO, budget: Budget | None) -> BinaryIO:
    """Return what a gzip file holds, as a stream. Reading it raises InputRefused where it is damaged, cut off, or a bomb."""
    return cast("BinaryIO", io.BufferedReader(_Gunzipped(name, source, budget), _BLOCK))


def counted(name: str, source: BinaryIO, budget: Budget) -> BinaryIO:
    """Return the stream, its bytes counted. Reading it raises InputRefused where it is damaged or more than may come out."""
    return cast("BinaryIO", io.BufferedReader(_Counted(name, source, budget), _BLOCK))


def opening(open_: Callable[[], BinaryIO], name: str) -> BinaryIO:
    """Open a member. Raises InputRefused where the archive does not let it."""
    try:
        return open_()
    except Exception as error:  # zipfile raises BadZipFile, NotImplementedError, RuntimeError, ValueError and OSError here
        raise InputRefused(name, f"cannot be unpacked ({_said(error)}); pack it again, or unpack it and name what is in it") from error


def _said(error: Exception) -> str:
    return str(error)[:200] or type(error).__name__
