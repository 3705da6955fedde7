"""A web archive (WARC) to the pages in it, one in memory at a time: each a source with its address and the server's charset.

Written here rather than taken from warcio or fastwarc because archives come cut off, and then what was whole must be read and
the rest named: both end silently inside a record, and both read a line of any length.
"""

from __future__ import annotations

import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from counterclaim.errors import InputRefused
from counterclaim.read.addresses import path_of
from counterclaim.read.made import too_large
from counterclaim.read.options import Options
from counterclaim.read.plain import web_address
from counterclaim.read.sources import Around, Source, printable
from counterclaim.read.unpacking import MOST_PACKED

LONGEST_LINE = 65_536
MOST_FIELDS = 1_000

TYPES = {"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "application/pdf": ".pdf"}
_BLOCK = 65_536
CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_SHOWN = 8


class _Record(msgspec.Struct):
    """One record: its number, its fields, and what it holds (nothing of one too large)."""

    number: int
    fields: dict[str, str]
    block: bytes | None


class _Answer(msgspec.Struct):
    """What a server sent: its status, the type of it, and the bytes, unpacked."""

    status: int
    fields: dict[str, str]
    body: bytes


def pages(source: Source, stream: BinaryIO, options: Options) -> Iterator[Source]:
    """Return a source for each page, text and PDF document in the archive, and one that says what else was passed over.

    Raises InputRefused at the record where the archive is damaged or cut off, after all before it were given.
    """
    passed: Counter[str] = Counter()
    for record in _records(source, stream, options):
        kind = record.fields.get("warc-type", "")
        if kind not in ("response", "resource", "conversion"):
            continue
        url = web_address(record.fields.get("warc-target-uri", "").strip("<>"))
        captured = record.fields.get("warc-date", "")[:10]
        name = f"{source.name} record {record.number}" + (f" ({url})" if url else "")
        if record.block is None:
            yield _refused(name, too_large(options))
            continue
        try:
            answer = _answer(name, record, options)
        except InputRefused as refused:
            yield _refused(name, refused.reason)
            continue
        content, _, _ = answer.fields.get("content-type", "").partition(";")
        content = content.strip().lower()
        suffix = TYPES.get(content)
        if answer.status != 200 or suffix is None:
            passed[f"answered {answer.status}" if answer.status != 200 else printable(content[:60]) or "of no type"] += 1
            continue
        charset = CHARSET.search(answer.fields.get("content-type", ""))
        body = answer.body
        yield Source(
            f"{name}, captured {printable(captured)}" if captured else name,
            path_of(url, suffix) if url else f"{source.id}-{record.number}{suffix}",
            lambda body=body: io.BytesIO(body),  # type: ignore[misc]
            None if body.strip() else "there is no text in it",
            Around(url=url, charset=charset[1] if charset else None),
        )
    if passed:
        said = ", ".join(f"{count:,} {what}" for what, count in passed.most_common(_SHOWN)) + (" and others" if len(passed) > _SHOWN else "")
        yield _refused(f"{source.name} (records passed over)", f"no pages: {said}; pages, plain texts and PDF documents answered with 200 are read")


def _refused(name: str, reason: str) -> Source:
    return Source(name, name, io.BytesIO, reason)


def _records(source: Source, stream: BinaryIO, options: Options) -> Iterator[_Record]:
    """Return the records one after the other. Raises InputRefused where the archive is damaged."""
    number = 0
    while (line := _line(source, stream, number)) is not None:
        if not line.strip():
            continue
        number += 1
        if not line.startswith(b"WARC/"):
            what = "no web archive: it does not begin with WARC/" if number == 1 else f"record {number:,} does not begin with WARC/, so the archive is damaged"
            raise InputRefused(source.name, f"{what}; {'see what it is and name it so' if number == 1 else _BEFORE}")
        fields = _fields(source, stream, number)
        length = fields.get("content-length", "")
        if not (length.isascii() and length.isdigit()) or len(length) > 15:
            raise InputRefused(source.name, f"record {number:,} does not say how long it is, so the archive is damaged; {_BEFORE}")
        yield _Record(number, fields, _block(source, stream, number, int(length), options.largest))
    if not number:
        raise InputRefused(source.name, "there is nothing in it")


_BEFORE = "what lay before was read. Get the archive again"


def _line(source: Source, stream: BinaryIO, number: int) -> bytes | None:
    """Return the next line; nothing at the end. Raises InputRefused for one that is too long for a web archive."""
    line = stream.readline(LONGEST_LINE + 1)
    if len(line) > LONGEST_LINE:
        raise InputRefused(source.name, f"a line of over {LONGEST_LINE:,} bytes after record {number:,}, as no web archive has it; {_BEFORE}")
    return line or None


def _fields(source: Source, stream: BinaryIO, number: int) -> dict[str, str]:
    """Return the fields at the head of a record, their names in small letters. Raises InputRefused when the archive ends in them."""
    fields: dict[str, str] = {}
    for _ in range(MOST_FIELDS):
        line = _line(source, stream, number)
        if line is None:
            raise InputRefused(source.name, f"it ends inside record {number:,}; {_BEFORE}")
        if not line.strip():
            return fields
        _put(fields, line)
    raise InputRefused(source.name, f"record {number:,} has over {MOST_FIELDS:,} fields, as no web archive has it; {_BEFORE}")


def _put(fields: dict[str, str], line: bytes) -> None:
    field, colon, value = line.decode("utf-8", "replace").partition(":")
    if colon:
        fields.setdefault(field.strip().lower(), value.strip())


def _block(source: Source, stream: BinaryIO, number: int, length: int, largest: int) -> bytes | None:
    """Return what a record holds; nothing of one too large, which is read past. Raises InputRefused when the archive ends in it."""
    kept, left = [], length
    while left:
        data = stream.read(min(left, _BLOCK))
        if not data:
            raise InputRefused(source.name, f"it ends inside record {number:,}, {left:,} bytes short; {_BEFORE}")
        left -= len(data)
        if length <= largest:
            kept.append(data)
    return b"".join(kept) if length <= largest else None


def _answer(name: str, record: _Record, options: Options) -> _Answer:
    """Return what the server sent, out of its envelope. Raises InputRefused when it cannot be unpacked."""
    block = record.block or b""
    if "http" not in record.fields.get("content-type", "").lower():
        return _Answer(200, record.fields, block)
    stream = io.BytesIO(block)
    status = re.match(rb"HTTP/[\d.]+\s+(\d{3})", stream.readline())
    if status is None:
        raise InputRefused(name, "the record holds no answer of a server; the rest goes on")
    fields: dict[str, str] = {}
    while line := stream.readline().strip():
        _put(fields, line)
    body = stream.read()
    if "chunked" in fields.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    for coding in reversed([part.strip() for part in fields.get("content-encoding", "").lower().split(",") if part.strip()]):
        body = unpacked(name, coding, body, options.largest)
    return _Answer(int(status[1]), fields, body)


def _unchunked(body: bytes) -> bytes:
    """Return a body that was sent in chunks as one; the body itself, when the archiver has joined them already."""
    out: list[bytes] = []
    at = 0
    while found := _CHUNK.match(body, at):
        length = int(found[1], 16)
        if not length:
            return b"".join(out)
        out.append(body[found.end() : found.end() + length])
        at = found.end() + length
        at += 2 if body[at : at + 2] == b"\r\n" else 0
    # Cut off by the archiver's own limit: what came is kept.
    return b"".join(out) if out and at >= len(body) else body


_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[^\r\n]{0,200}\r\n")


def unpacked(name: str, coding: str, body: bytes, largest: int) -> bytes:
    """Return a body as it was before it was packed for sending. Raises InputRefused when that is unknown, too large or broken."""
    if coding == "identity" or (coding in ("gzip", "x-gzip") and body[:2] != b"\x1f\x8b"):
        return body  # some archivers unpack the body and leave the field
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise InputRefused(name, f"packed for sending as {printable(coding[:40])!r}, which is not known here; gzip and deflate are")
    most = min(largest, max(1_000_000, MOST_PACKED * len(body)))
    for bits in (47, -15):
        inflate = zlib.decompressobj(bits)
        try:
            out = inflate.decompress(body, most + 1)
        except zlib.error:
            continue
        if len(out) > most:
            raise InputRefused(name, f"it unpacks to more than {most:,} bytes, the most that is read here")
        if not inflate.eof:
            raise InputRefused(name, "it was packed for sending and ends early; get it again")
        return out
    raise InputRefused(name, f"it was packed for sending with {coding} and cannot be unpacked; get it again")
