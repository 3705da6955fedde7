"""Find quotations, paragraph by paragraph, tolerant of marks that never close."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

import msgspec

from counterclaim.core.report import Line
from counterclaim.core.span import Span

_PAIRS = {"“": "”", "„": "”", "«": "»", "``": "''"}
_MARK = re.compile(r"[“”„«»\"]|``|''|(?<!\w)[‘'](?=\w)|(?<=[\w.,!?])[’'](?!\w)")
_OWNER = re.compile(r"[’'](?:\d|s\b)")
_APOSTROPHE = re.compile(r"[‘’'](?:\d0s|tis|twas|em\b|cause\b|til\b)")
# Characters before a mark that those words stand among.
_LEAD = 200
# Words before a mark that make it a name or a distancing, not a quotation.
_NAMES = re.compile(
    r"(?:so-called|self-(?:styled|proclaimed|declared)|called|named|dubbed|known as|nicknamed|codenamed|operation|the (?:word|term|phrase|name|title)|titled|entitled|newspaper|ship|vessel|film|song)\s*$",
    re.IGNORECASE,
)


class Quotation(msgspec.Struct, frozen=True):
    """The words between two marks. `is_closed` is false for a mark that its paragraph never closes; `is_speech` false for a name or scare quote."""

    span: Span
    is_closed: bool
    is_speech: bool


def quotations(text: str, lines: Iterable[Line]) -> Iterator[Quotation]:
    """Yield the outermost quotations of each line, in order; the span lies inside the marks."""
    for line in lines:
        yield from _of_line(text, line.span)


def _of_line(text: str, line: Span) -> Iterator[Quotation]:
    marks = [m for m in _MARK.finditer(text, line.start, line.end) if not _APOSTROPHE.match(text, m.start())]
    places: dict[str, list[int]] = {}
    for j, mark in enumerate(marks):
        places.setdefault(mark.group(), []).append(j)
    i = 0
    while i < len(marks):
        opening = marks[i].group()
        if opening in ("”", "»", "''", "’"):
            i += 1
            continue
        if opening in ("'", "‘"):
            closing = "’" if opening == "‘" else "'"
            if opening == "'" and _OWNER.match(text, marks[i].start()):
                i += 1
                continue
        else:
            closing = _PAIRS.get(opening, '"')
        closings = (closing, '"', "''") if opening == "“" else (closing,)
        close = min((at[k] for c in closings if (at := places.get(c, ())) and (k := bisect_right(at, i)) < len(at)), default=None)
        if close is None and opening in ("'", "‘"):
            i += 1
            continue
        start = marks[i].end()
        end = marks[close].start() if close is not None else line.end
        if end > start:
            yield Quotation(Span(start, end), close is not None, _is_speech(text, line, marks[i].start(), start, end))
        i = close + 1 if close is not None else len(marks)


def _is_speech(text: str, line: Span, mark: int, start: int, end: int) -> bool:
    words = text[start:end]
    before = text[max(line.start, mark - _LEAD) : mark]
    if _NAMES.search(before):
        return False
    count = len(words.split())
    # One to three words inside a running sentence with no end of their own are a name or a distancing: "the “republic”".
    return not (count <= 3 and not re.search(r"[.,!?]$", words) and (count == 1 or words.istitle()))
