"""A PDF document to its text, page by page in the order it is read, and what it tells of itself.

What it captures: paragraphs across the lines and pages they are broken into, columns one after the other, rows of tables
as rows. Lines that stand at the head or foot of most pages are left out.
What it does not: text in pictures (there must be a text layer), footnotes apart from the text, right-to-left scripts.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import msgspec

from counterclaim.errors import InputRefused
from counterclaim.read.layout import Line, paragraphs
from counterclaim.read.plain import one_line

SECONDS = 60
"""How long one document may take; situation reports of fifty pages take one."""

_PROGRAM = Path(__file__).with_name("pdftext.py")
_CREATED = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})")
# Titles that a word processor left behind, and names of files.
_NO_TITLE = re.compile(r"(?i)^(?:microsoft |untitled|document\d*$|presentation\d*$|slide \d|\W*$)|\.(?:docx?|pdf|indd|pptx?|xlsx?|odt|rtf|tmp)$")
_LONGEST_TITLE = 250

_REFUSALS = {
    "locked": "locked with a password; save it without one and read that",
    "broken": "the document is damaged or cut off, or no PDF; get it again, or save its words as text (.txt)",
    "pages": "the document has more pages than are read; take it apart",
    "long": "the document has more text than is read; take it apart",
}


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """The text of a document, and what it tells of itself."""

    text: str
    title: str | None
    author: str | None
    day: dt.date | None


class _Found(msgspec.Struct):
    """What the program that takes documents apart prints."""

    refused: str | None = None
    title: str | None = None
    author: str | None = None
    created: str | None = None
    pages: list[tuple[float, float, list[Line]]] = []
    pictures: int = 0
    broken: int = 0


def document(name: str, raw: bytes) -> Document:
    """Return the text of the document. Raises InputRefused when it is locked, broken, or has no text in it."""
    if b"%PDF-" not in raw[:1024]:
        raise InputRefused(name, "there is nothing in it" if not raw.strip() else "no PDF document, whatever its name says; see what it is and name it so")
    found = _taken_apart(name, raw)
    if found.refused is not None:
        raise InputRefused(name, _REFUSALS.get(found.refused, _REFUSALS["broken"]))
    rows = paragraphs([lines for _, _, lines in found.pages], [height for _, height, _ in found.pages])
    text = "\n\n".join(rows)
    if not text.strip():
        seen = "its pages are pictures" if found.pictures else "its pages are empty or drawn" if found.pages else "none of its pages can be read"
        raise InputRefused(name, f"there is no text in it ({seen}); run text recognition on it, or save its words as text (.txt)")
    return Document(text=text, title=_title(found, rows), author=one_line(found.author), day=_day(found.created))


def _taken_apart(name: str, raw: bytes) -> _Found:
    """Return what the program prints. It is a process of its own: pdfium is quick C++, and a hostile document may end it."""
    if importlib.util.find_spec("pypdfium2") is None:
        raise InputRefused(name, "PDF documents need one more library; pip install pypdfium2, or save its words as text (.txt)")
    try:
        done = subprocess.run([sys.executable, "-P", str(_PROGRAM)], input=raw, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise InputRefused(name, f"the document takes longer than {SECONDS} seconds to take apart; save its words as text (.txt)") from error
    try:
        if done.returncode:
            raise ValueError(done.returncode)
        return msgspec.json.decode(done.stdout, type=_Found)
    except (ValueError, msgspec.DecodeError) as error:
        raise InputRefused(name, "the document cannot be taken apart: it is damaged, or made to use more memory or time than a document may") from error


def _title(found: _Found, rows: list[str]) -> str | None:
    """Return what the document is called: as its first page says, else as its metadata do, unless that is the name of a file."""
    told = one_line((found.title or "")[:_LONGEST_TITLE])
    if told and _NO_TITLE.search(told):
        told = None
    if told and any(told.casefold() in " ".join(row.split()).casefold() for row in rows[:10]):
        return told
    return _largest(found.pages[0][2]) or told


def _largest(lines: list[Line]) -> str | None:
    """Return the words of the first page that are set largest, where they are plainly larger than the rest and short enough."""
    if len(lines) < 4:
        return None
    heights = sorted(line.height for line in lines)
    usual, most = heights[len(heights) // 2], heights[-1]
    words = one_line(" ".join(line.text for line in lines if line.height > 0.85 * most))
    return words if most > 1.3 * usual and words and 8 <= len(words) <= _LONGEST_TITLE else None


def _day(created: str | None) -> dt.date | None:
    """Return the day the document was made, as its metadata give it."""
    if created and (found := _CREATED.match(created)):
        try:
            return dt.date(*map(int, found.groups()))
        except ValueError:
            return None
    return None
