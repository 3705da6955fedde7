"""JSON objects to what they say of a report: id, text, title, outlet, author, published, url; anything else in them is ignored."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Mapping

import msgspec

from counterclaim.errors import InputRefused
from counterclaim.read.columns import placed
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
    author: str | None = None
    published: msgspec.Raw = msgspec.Raw(b"")
    url: str | None = None

    @property
    def written_date(self) -> str:
        """What stands under `published`, without the quotation marks."""
        return bytes(self.published).decode("utf-8", "replace").strip('"')


def record(name: str, data: bytes, columns: Mapping[str, str] | None = None) -> Record:
    """Return what one object says, by the names of its fields that `columns` gives, by ours, or by usual ones.

    Raises InputRefused when it is no object, has no text, or its id is none.
    """
    try:
        found = _renamed(data, columns) if columns else _usual(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputRefused(name, _reason(error)) from error
    if found is None:
        raise InputRefused(name, f"no field of it is known to hold the text as words; expected {EXPECTED}")
    return checked(name, found)


def checked(name: str, found: Record) -> Record:
    """Return the record itself. Raises InputRefused when its id is none."""
    if found.id is not None:
        if not found.id.strip() or len(found.id) > LONGEST_ID:
            raise InputRefused(name, f"its id has {len(found.id)} characters; an id is 1 to {LONGEST_ID} characters, not all of them spaces")
        if any(unicodedata.category(character) == "Cc" for character in found.id):
            raise InputRefused(name, f"its id {found.id!r} has a control character; give it one without")
    return found


def _usual(data: bytes) -> Record:
    """Return what an object says under our names, or under usual ones. Raises DecodeError when there is no text under any."""
    try:
        return msgspec.json.decode(data, type=Record)
    except msgspec.ValidationError:
        if found := _renamed(data, {}):
            return found
        raise


def _renamed(data: bytes, columns: Mapping[str, str]) -> Record | None:
    """Return what an object says whose fields have other names; nothing when none of them holds a text. Raises DecodeError."""
    fields = msgspec.json.decode(data)
    if not isinstance(fields, dict) or (not columns and "text" in fields):
        return None
    heads = list(fields)
    found = {slot: _words(fields[heads[at]]) for slot, at in placed(heads, columns).items()}
    text, day = found.pop("text", None), found.pop("published", None)
    return None if text is None else Record(text=text, published=msgspec.Raw((day or "").encode("utf-8", "replace")), **found)


def _words(value: object) -> str | None:
    """Return a value as words: of a list its items, of anything deeper nothing."""
    if isinstance(value, list):
        return ", ".join(item for item in value if isinstance(item, str)) or None
    return value if isinstance(value, str) else str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


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
