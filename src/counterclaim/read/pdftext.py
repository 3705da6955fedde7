"""Run as a program of its own: a PDF document on standard input becomes its characters with their places, as JSON.

Nothing of the package is imported: what a hostile document may break is this process alone, which has little memory and
little time. It prints `{"refused": …}` or `{"title", "author", "created", "pages": [[width, height, lines], …]}`, a line
being `[left, bottom, right, top, text]` in points from the lower left corner.
"""

from __future__ import annotations

import json
import sys
from typing import Any

MOST_PAGES = 2_000
MOST_CHARACTERS = 3_000_000
MOST_LINES = 200_000
MOST_MEMORY = 1_500_000_000
MOST_SECONDS = 50
# A gap this wide, in heights of a character, parts columns and cells.
GAP = 1.6


def main() -> None:
    """Read standard input, write what was found."""
    _limit()
    raw = sys.stdin.buffer.read()
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        _print({"refused": "locked" if "assword" in str(error) else "broken", "error": str(error)})
        return
    if len(document) > MOST_PAGES:
        _print({"refused": "pages", "error": str(len(document))})
        return
    pages: list[tuple[float, float, list[Any]]] = []
    characters = rows = pictures = broken = 0
    for number in range(len(document)):
        try:
            page = document[number]
            lines, count = _lines(page.get_textpage(), pypdfium2.raw)
            pictures += 0 if count else any(True for _ in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
            pages.append((*page.get_size(), lines))
        except pypdfium2.PdfiumError:
            broken += 1
            continue
        characters, rows = characters + count, rows + len(lines)
        if characters > MOST_CHARACTERS or rows > MOST_LINES:
            _print({"refused": "long", "error": str(characters)})
            return
    about = document.get_metadata_dict()
    told = {"title": about.get("Title"), "author": about.get("Author"), "created": about.get("CreationDate")}
    _print({**told, "pages": pages, "pictures": pictures, "broken": broken})


def _lines(text: Any, raw: Any) -> tuple[list[Any], int]:
    """Return the lines of a page, in the order of its content, parted where a gap runs through them; and how many characters they have."""
    lines: list[Any] = []
    count = min(text.count_chars(), MOST_CHARACTERS + 1)
    rect = raw.FS_RECTF()
    row, box, space = "", [0.0, 0.0, 0.0, 0.0], False

    def end() -> None:
        nonlocal row, space
        if row.strip():
            lines.append([*(round(side, 1) for side in box), row.strip()])
        row, space = "", False

    for at in range(count):
        code = raw.FPDFText_GetUnicode(text, at)
        letter = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if code in (0x2, 0xFFFE):  # pdfium's sign for a hyphen at the end of a line, and for the end of the line
            row += "-"
            end()
            continue
        if letter in "\r\n":
            end()
            continue
        if letter.isspace() or code == 0xA0:
            space = True
            continue
        # The loose box is that of the font, so that lines without tall letters are as high as the others.
        raw.FPDFText_GetLooseCharBox(text, at, rect)
        here = (rect.left, rect.bottom, rect.right, rect.top)
        height = max(box[3] - box[1], here[3] - here[1], 1.0)
        if row and (here[0] - box[2] > GAP * height or here[0] < box[0] - height or here[3] < box[1] - height / 2 or here[1] > box[3] + height / 2):
            end()
        box = [min(box[0], here[0]), min(box[1], here[1]), max(box[2], here[2]), max(box[3], here[3])] if row else list(here)
        row += (" " if space and row else "") + letter
        space = False
    end()
    return lines, count


def _limit() -> None:
    """Bound what this process may use, where the system can: Windows cannot, and has the time limit of the caller alone."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CPU, MOST_SECONDS), (resource.RLIMIT_CORE, 0)):
        try:
            resource.setrlimit(kind, (most, most))
        except (OSError, ValueError):  # macOS refuses some of them
            continue


def _print(value: object) -> None:
    sys.stdout.write(json.dumps(value))


if __name__ == "__main__":
    main()
