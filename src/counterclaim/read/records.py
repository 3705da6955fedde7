"""JSON objects to what they say of a report: id, text, title, outlet, published, url; anything else in them is ignored."""

from __future__ import annotations

import codecs
import re
import unicodedata

import msgspec

from counterclaim.errors import InputRefused
from counterclaim.read.sources import LONGEST_ID

EXPECTED = 'one object {"id": ..., "text": ...} for each report, with title, outlet, published and url where they are known'

# An escape in a JSON string: a pair of backslashes, a whole pair of half characters, or half a pair.
_ESCAPES = re.compile(rb"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})")


class Record(msgspec.Struct, frozen=True):
    """What is taken from one object. `published` is looked at later: what is no date is no reason to refuse the text."""

    text: str
    id: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: msgspec.Raw = msgspec.Raw(b"")
    url: str | None = None

    @property
    def written_date(self) -> str:
        """What stands under `published`, without the quotation marks."""
        return bytes(self.published).decode("utf-8", "replace").strip('"')


def record(name: str, data: bytes) -> Record:
    """Return what one object says. Raises InputRefused when it is no object, has no text, or its id is none."""
    try:
        found = msgspec.json.decode(data, type=Record)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputRefused(name, _reason(error)) from error
    if found.id is not None:
        if not found.id.strip() or len(found.id) > LONGEST_ID:
            raise InputRefused(name, f"its id has {len(found.id)} characters; an id is 1 to {LONGEST_ID} characters, not all of them spaces")
        if any(unicodedata.category(character) == "Cc" for character in found.id):
            raise InputRefused(name, f"its id {found.id!r} has a control character; give it one without")
    return found


def listed(name: str, data: bytes) -> list[msgspec.Raw]:
    """Return the objects of a file: those of a list, or the one that stands alone. Raises InputRefused when it is no JSON."""
    try:
        return msgspec.json.decode(data, type=list[msgspec.Raw]) if data.lstrip()[:1] == b"[" else [msgspec.json.decode(data, type=msgspec.Raw)]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputRefused(name, _reason(error)) from error


def as_utf8(data: bytes) -> bytes:
    """JSON without a byte order mark, from UTF-16 where some tool wrote that, and with U+FFFD for each half character.

    The decoder would take half a character for the end of the data.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data.decode("utf-16", "replace").encode()
    data = data.removeprefix(codecs.BOM_UTF8)
    return _ESCAPES.sub(lambda found: rb"\ufffd" if found[1] else found[0], data) if b"\\u" in data else data


def _reason(error: Exception) -> str:
    """Return what is wrong with the JSON, what was expected, and the remedy where there is a usual one."""
    if isinstance(error, UnicodeDecodeError):
        return "not UTF-8, which JSON must be; save it again as UTF-8"
    if isinstance(error, RecursionError):
        return f"nested too deep; expected {EXPECTED}"
    lines = "; if it holds an object a line, its name must end in .jsonl" if "trailing" in str(error) else ""
    return f"{str(error)[:200]}; expected {EXPECTED}{lines}"
