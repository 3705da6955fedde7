"""Names of files and folders to sources that can be opened, one for each file, refusals among them."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

import msgspec

from counterclaim.read.unpacking import Budget

READABLE = (
    *(".htm", ".html", ".xhtml", ".mht", ".mhtml", ".md", ".txt", ".pdf", ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".parquet"),
    *(".xml", ".rss", ".atom", ".rdf", ".opml", ".warc", ".zip", ".gz"),
)
STANDARD_INPUT = "-"

LONGEST_ID = 200
"""Characters in the id of a report. Ids stand in links, file names and table cells; 200 is what those still carry."""

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class Around(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a source from where it was found (a feed, a web archive, a server's answer); what it says of itself wins.

    The charset is the exception: it is the server's, and comes before what the page declares, as in browsers.
    """

    title: str | None = None
    outlet: str | None = None
    day: dt.date | None = None
    url: str | None = None
    charset: str | None = None


class Source(msgspec.Struct, frozen=True):
    """One thing to read: its name for messages, its path below the folder that was named, and how to open it.

    The suffix of the path says how it is read; `-` is looked into first. A source that is known to be unreadable
    carries the reason in `refused` and is never opened. What is already in memory, an upload for one, is a source
    whose `open` returns an `io.BytesIO`. One that is still to be fetched has `fetch`, which gives the source itself and
    never raises. `depth` is how many archives it lies in, `budget` what may still be unpacked of the outermost.
    """

    name: str
    path: str
    open: Callable[[], BinaryIO]
    refused: str | None = None
    around: Around = Around()
    depth: int = 0
    budget: Budget | None = None
    fetch: Callable[[], Source] | None = None

    @property
    def suffix(self) -> str:
        """The suffix of the path in lower case; `-` for standard input."""
        return STANDARD_INPUT if self.path == STANDARD_INPUT else PurePosixPath(self.path).suffix.lower()

    @property
    def id(self) -> str:
        """The id of a report that brings none of its own: the path without its suffix (or both, as in `.jsonl.gz`), `/` kept."""
        path = PurePosixPath(self.path)
        if path.suffix.lower() == ".gz" and PurePosixPath(path.stem).suffix.lower() in READABLE:
            path = path.with_suffix("")
        bare = "/".join(part for part in (*path.parts[:-1], path.stem) if part not in {"/", ".."}) or "report"
        if len(bare) <= LONGEST_ID:
            return bare
        # Two long paths that begin alike must not meet in one id.
        return f"{bare[: LONGEST_ID - 9]}-{hashlib.sha256(bare.encode()).hexdigest()[:8]}"


def sources(paths: Iterable[str | Path], fetched: Callable[[str], Source] | None = None) -> Iterator[Source]:
    """One source for each file named, each file below a folder named (in order of path), and `-` for standard input.

    An address of the web is given to `fetched`, and refused where there is none: nothing goes on the network unasked.
    Hidden files are passed over, as is what a browser saved beside a page (`page_files`). A file that is reached twice is read once, and what cannot be read is a source that
    says why. Two files may give one id (`b.txt`, `b.html`): the record keeps the later under a free one (`Store.free_id`).
    """
    seen: set[str] = set()
    for given in paths:
        if str(given) == STANDARD_INPUT:
            yield Source("standard input", STANDARD_INPUT, _standard_input)
            continue
        if isinstance(given, str) and is_address(given):
            shown = printable(given)
            yield (
                fetched(given)
                if fetched
                else Source(shown, shown, io.BytesIO, "an address of the web, and nothing is fetched here; save the page and name its file")
            )
            continue
        root, is_empty = Path(given), True
        for path, reason in _walk(root) if os.path.isdir(root) else [(root, None)]:
            is_empty = False
            below = path.relative_to(root).as_posix() if path != root else path.name
            source = Source(printable(str(path)), printable(below), cast("Callable[[], BinaryIO]", partial(path.open, "rb")))
            reason = reason or _unreadable(path)
            if reason is None:
                place = os.path.realpath(path)
                if place in seen:
                    continue
                seen.add(place)
            yield Source(source.name, source.path, io.BytesIO, reason) if reason else source
        if is_empty:
            yield Source(printable(str(root)), printable(root.name), io.BytesIO, "there is no file in the folder; hidden files are passed over")


def is_address(words: str) -> bool:
    """Whether this is an address of the web and no name of a file."""
    return words[:8].lower().startswith(("http://", "https://"))


def is_beside_a_page(folder: str, is_there: Callable[[str], bool]) -> bool:
    """Whether a folder of this name holds the pictures and scripts of a saved page that lies beside it."""
    return folder.endswith("_files") and any(is_there(folder.removesuffix("_files") + suffix) for suffix in (".html", ".htm"))


def why_unreadable(suffix: str) -> str | None:
    """Why a file of this suffix cannot be read, and what can; nothing when it can."""
    if suffix in READABLE:
        return None
    there = f"its suffix is '{suffix}'" if suffix else "it has no suffix"
    return f"{there}; what can be read is {' '.join(READABLE)}; save it as text (.txt) or as a web page (.html)"


def _walk(root: Path) -> Iterator[tuple[Path, str | None]]:
    """Return the files below a folder in order of path, each with a reason where it must not be read."""
    home = root.resolve()
    todo = [root]
    while todo:
        path = todo.pop()
        if path != root and os.path.islink(path):
            # A link that stays inside leads to a file that is read at its own place; following it could go in circles.
            if reason := _strays(path, home):
                yield path, reason
        elif os.path.isdir(path):
            try:
                names = sorted(os.listdir(path), reverse=True)
            except OSError as error:
                yield path, f"the folder cannot be listed ({error.strerror}); give yourself leave to read it, or name its files"
                continue
            here = frozenset(names)
            todo.extend(path / name for name in names if not name.startswith(".") and not is_beside_a_page(name, here.__contains__))
        else:
            yield path, None


def _strays(link: Path, home: Path) -> str | None:
    """Why a link must not be followed, or nothing when it stays inside the folder."""
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):  # a circle of links is a RuntimeError before Python 3.13
        return "a link that leads nowhere or in a circle; name the file it was meant for"
    if target.is_relative_to(home):
        return None
    return f"a link that leads outside the folder, to {printable(str(target))}; name that file itself if it is to be read"


def _unreadable(path: Path) -> str | None:
    """Why a file cannot be read, as far as can be said without opening it."""
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        return "no such file or folder"
    except OSError as error:
        return f"cannot be looked at ({error.strerror})"
    except ValueError:  # a NUL in the name
        return "no such file or folder; the name has a character that no file can have"
    if not stat.S_ISREG(mode):
        return "not a file or a folder but a device, a pipe or a socket; pass what it gives to standard input and name -"
    return why_unreadable(printable(path.suffix).lower())


def printable(words: str) -> str:
    """Return the words with a mark in place of each control character and each byte that is no character."""
    return _UNPRINTABLE.sub("\ufffd", words)


def _standard_input() -> BinaryIO:
    """Return standard input as bytes."""
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise OSError(0, "there is no standard input")
    return cast("BinaryIO", stream)
