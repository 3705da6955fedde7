"""Lines with their places on pages to paragraphs in the order they are read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

import msgspec

MARGIN = 0.08
"""How much of a page, at its head and its foot, is looked at for lines that every page has."""

GUTTER = 6.0
"""Points of white between columns; printers leave twelve and more."""

MOST_LINES = 3_000
"""Lines of one page that are put in order; newspapers have five hundred. A page of more is read as the document has it."""

_DEEPEST = 30
# Lines above that tell how wide a paragraph is.
_WIDTH_FROM = 8
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?i)(?:page|p\.)?\s*\d{1,4}(?:\s*(?:of|/|\|)\s*\d{1,4})?")
_ITEM = re.compile(r"(?:[•●▪■◦‣*–—-]|\(?[0-9a-z]{1,3}[.)])\s")
_ENDS = (".", "!", "?", ":", ";", "”", '"', ".)")


class Line(msgspec.Struct, frozen=True, array_like=True):
    """A line of a page and its box, in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float
    text: str

    @property
    def height(self) -> float:
        """How high its letters are."""
        return max(self.top - self.bottom, 1.0)


def paragraphs(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[str]:
    """Return the paragraphs of all pages in the order they are read, without what stands at the head or foot of most pages."""
    running = _running(pages, heights)
    out: list[str] = []
    for number, (lines, height) in enumerate(zip(pages, heights, strict=True)):
        kept = [line for line in lines if not _is_running(line, height, running) and not (len(pages) > 1 and _is_page_number(line, height))]
        for first, block in enumerate(_blocks(_ordered(kept, 0) if len(kept) <= MOST_LINES else kept)):
            words = _joined(block)
            # A paragraph that the end of the page broke goes on in the next.
            if first == 0 and out and number and not out[-1].endswith(_ENDS) and words[:1].islower():
                out[-1] = _joint(out[-1], words)
            else:
                out.append(words)
    return [words for words in out if words.strip()]


def _is_at_edge(line: Line, height: float) -> bool:
    return line.bottom > (1 - MARGIN) * height or line.top < MARGIN * height


def _is_page_number(line: Line, height: float) -> bool:
    return _is_at_edge(line, height) and bool(_PAGE_NUMBER.fullmatch(line.text))


def _is_running(line: Line, height: float, running: frozenset[str]) -> bool:
    return _is_at_edge(line, height) and _DIGITS.sub("0", line.text) in running


def _running(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> frozenset[str]:
    """Return the lines, digits aside, at the head or foot of more than half the pages, when there are three or more."""
    if len(pages) < 3:
        return frozenset()
    seen = Counter(words for lines, height in zip(pages, heights, strict=True) for words in {_DIGITS.sub("0", x.text) for x in lines if _is_at_edge(x, height)})
    return frozenset(words for words, count in seen.items() if count > len(pages) / 2)


def _ordered(lines: Sequence[Line], depth: int) -> list[Line]:
    """Return the lines in the order they are read: columns one after the other, else from the top, and in a row from the left."""
    if len(lines) < 2:
        return list(lines)
    if depth < _DEEPEST:
        if columns := _columns(lines):
            return [line for column in columns for line in _ordered(column, depth + 1)]
        if bands := _bands(lines):
            return [line for band in bands for line in _ordered(band, depth + 1)]
    return _by_row(lines)


def _columns(lines: Sequence[Line]) -> tuple[list[Line], list[Line]] | None:
    """Part the lines at white that runs from top to bottom, when both sides are columns of text and not cells of a table."""
    ordered = sorted(lines, key=lambda line: line.left)
    right, best = ordered[0].right, (GUTTER, 0)
    for at, line in enumerate(ordered[1:], 1):
        best = max(best, (line.left - right, at))
        right = max(right, line.right)
    if not best[1]:
        return None
    sides = ordered[: best[1]], ordered[best[1] :]
    return ([*sides[0]], [*sides[1]]) if all(_is_column(side) for side in sides) else None


def _is_column(lines: Sequence[Line]) -> bool:
    """Whether these are the lines of a text: several, most of them as wide as the widest."""
    width = max(line.right for line in lines) - min(line.left for line in lines)
    return len(lines) >= 3 and median(line.right - line.left for line in lines) > 0.6 * width and median(len(line.text) for line in lines) >= 15


def _bands(lines: Sequence[Line]) -> tuple[list[Line], list[Line]] | None:
    """Part the lines at the widest white that runs from left to right, when that may set columns free; nothing where lines stand in one column."""
    ordered = sorted(lines, key=lambda line: -line.top)
    bottom, best = ordered[0].bottom, (0.0, 0)
    for at, line in enumerate(ordered[1:], 1):
        best = max(best, (bottom - line.top, at))
        bottom = min(bottom, line.bottom)
    return (ordered[: best[1]], ordered[best[1] :]) if best[1] else None


def _by_row(lines: Iterable[Line]) -> list[Line]:
    """Return the lines from the top; those whose middles lie in one another's height are a row, from the left."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (-line.top, line.left)):
        middle = (line.top + line.bottom) / 2
        if rows and rows[-1][0].bottom <= middle <= rows[-1][0].top:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.left)]


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines that make a paragraph together, one after the other."""
    blocks: list[list[Line]] = []
    leading = median(gaps) if (gaps := [a.bottom - b.bottom for a, b in pairwise(lines) if 0 < a.bottom - b.bottom < 3 * a.height]) else 0.0
    for line in lines:
        if blocks and _goes_on(blocks[-1], line, leading):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _in_one_row(one: Line, other: Line) -> bool:
    """Whether the middle of the other lies in the height of the one."""
    return one.bottom <= (other.top + other.bottom) / 2 <= one.top


def _goes_on(block: Sequence[Line], line: Line, leading: float) -> bool:
    """Whether a line belongs to the paragraph above it."""
    last = block[-1]
    if _in_one_row(last, line):
        return line.left > last.right  # cells of one row
    if len(block) > 1 and _in_one_row(block[-2], last):
        return False
    drop = last.bottom - line.bottom
    if drop < 0:
        return not last.text.endswith(_ENDS) and line.text[:1].islower()  # from the foot of a column to the head of the next
    if drop > 1.35 * (leading or 1.5 * last.height) or _ITEM.match(line.text):
        return False
    if not 0.8 < (line.height / last.height) < 1.25 and max(line.height, last.height) > 1.25 * min(line.height, last.height) + 2:
        return False
    above = block[-_WIDTH_FROM:]
    width = max(one.right for one in above) - min(one.left for one in above)
    # The last line of a paragraph is short and ends a sentence.
    return not (last.text.endswith((".", "!", "?", "”")) and last.right - last.left < 0.75 * max(width, line.right - line.left))


def _joined(block: Sequence[Line]) -> str:
    """Return the words of a paragraph on one line; cells of a row are parted by bars."""
    words = block[0].text
    for before, line in pairwise(block):
        words = f"{words} | {line.text}" if _in_one_row(before, line) else _joint(words, line.text)
    return words


def _joint(words: str, more: str) -> str:
    """Return two lines as one; a word parted by a hyphen is one word again where the rest of it is in small letters."""
    if words.endswith("-") and len(words) > 2 and words[-2].isalpha() and more[:1].islower():
        return words[:-1] + more
    return f"{words} {more}"
