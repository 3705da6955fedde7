"""What a form sent to sources that can be read. The name of a file is only a name: nothing is ever opened or written by it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO, BinaryIO, cast

import msgspec
from starlette.datastructures import UploadFile

from counterclaim.read import Source
from counterclaim.read.sources import LONGEST_ID, READABLE, why_unreadable
from counterclaim.web.errors import Misasked, TooLarge

MOST_FILES = 500
"""Files taken at once: a folder of a month; more is read better by naming the folder."""
MOST_BYTES = 200_000_000
"""Bytes taken at once, all files together."""
MOST_PASTED = 2_000_000
"""Bytes of a pasted text: three long novels; what is longer is a file."""
_IN_MEMORY = 1_000_000


def pasted(text: str, title: str, kept: ExitStack) -> Source:
    """A pasted text as a source; the title goes where a text file would have it. Raises Misasked for an empty text."""
    if not text.strip():
        raise Misasked("there is no text to read; paste one")
    if len(text.encode("utf-8", "replace")) > MOST_PASTED:
        raise TooLarge(f"the pasted text is longer than {MOST_PASTED:,} bytes; save it as a file and upload that")
    title = " ".join(title.split())
    body = f"Title: {title}\n\n{text}" if title else text
    name = f"{clean_name(title.replace('/', '-')) or 'pasted text'}.txt"
    return Source(name, name, _copy(BytesIO(body.encode("utf-8", "replace")), kept))


def uploaded(files: Iterable[UploadFile], largest: int, kept: ExitStack) -> list[Source]:
    """Uploaded files as sources, each copied out of the request. One that cannot be read, or is larger than `largest`, is a source that says so."""
    out = []
    for number, file in enumerate(files, start=1):
        name = clean_name(file.filename or "") or f"file {number}"
        source = Source(name, name, _nothing)
        if source.suffix not in READABLE:
            out.append(msgspec.structs.replace(source, refused=why_unreadable(source.suffix)))
        elif file.size is not None and file.size > largest:
            out.append(msgspec.structs.replace(source, refused=f"it has {file.size:,} bytes and {largest:,} are read; see `largest` in the settings"))
        else:
            out.append(msgspec.structs.replace(source, open=_copy(file.file, kept)))
    return out


def _copy(given: IO[bytes], kept: ExitStack) -> Callable[[], BinaryIO]:
    """How to open a copy of this, which lasts as long as `kept` does."""
    copy = kept.enter_context(tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115 - `kept` closes it
    shutil.copyfileobj(given, copy)
    copy.seek(0)
    return lambda: cast("BinaryIO", copy)


def clean_name(name: str) -> str:
    """The last part of a name, without signs that a name cannot have; both kinds of slashes part it."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(sign if sign.isprintable() else "\ufffd" for sign in last).strip()
    if len(kept) > LONGEST_ID:
        stem, dot, suffix = kept.rpartition(".")
        kept = f"{(stem or kept)[: LONGEST_ID - 20]}{dot}{suffix[:10]}" if dot else kept[:LONGEST_ID]
    return "" if kept in {".", ".."} else kept


def _nothing() -> BinaryIO:
    raise OSError(0, "it was not kept")
