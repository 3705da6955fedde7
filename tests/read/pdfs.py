"""PDF documents written by hand, so that each says exactly what a test needs: lines of text with their places, a password, a fault."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

Placed = tuple[float, float, float, str]
"""Size of the letters, from the left, from the bottom, and the words."""

_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def lines(words: Sequence[str], *, x: float = 72, top: float = 720, size: float = 11, leading: float = 14) -> list[Placed]:
    """Lines one below the other."""
    return [(size, x, top - number * leading, line) for number, line in enumerate(words)]


def pdf(pages: Sequence[Sequence[Placed]], info: str = "", *, password: bytes | None = None, filler: str = "") -> bytes:
    """A document of these pages. With a password it says that it is locked, and what it holds cannot be had without."""
    objects: list[bytes] = [b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for placed in pages:
        words = filler + "".join(f"BT /F1 {size} Tf {x} {y} Td ({_escaped(line)}) Tj ET\n" for size, x, y, line in placed)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(words.encode("latin-1")), words.encode("latin-1")))
        objects.append(b"<< /Type /Page /Parent 1 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 2 0 R >> >> /Contents %d 0 R >>" % len(objects))
        kids.append(len(objects))
    objects[0] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % kid for kid in kids), len(kids))
    objects.append(b"<< /Type /Catalog /Pages 1 0 R >>")
    root = len(objects)
    objects.append(b"<< %s >>" % info.encode("latin-1"))
    trailer = b"/Root %d 0 R /Info %d 0 R" % (root, root + 1)
    if password is not None:
        name = hashlib.md5(password, usedforsecurity=False).digest()
        owner = _rc4(hashlib.md5((password + _PAD)[:32], usedforsecurity=False).digest()[:5], (password + _PAD)[:32])
        key = hashlib.md5((password + _PAD)[:32] + owner + (-4 & 0xFFFFFFFF).to_bytes(4, "little") + name, usedforsecurity=False).digest()[:5]
        objects.append(b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % (owner.hex().encode(), _rc4(key, _PAD).hex().encode()))
        trailer += b" /Encrypt %d 0 R /ID [<%s> <%s>]" % (len(objects), name.hex().encode(), name.hex().encode())
    return _written(objects, trailer)


def _written(objects: Sequence[bytes], trailer: bytes) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + table + b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, len(out))


def _escaped(words: str) -> str:
    return words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _rc4(key: bytes, data: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) & 255
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) & 255
        j = (j + box[i]) & 255
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) & 255])
    return bytes(out)
