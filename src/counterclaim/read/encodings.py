"""Bytes to characters: by byte order mark, as UTF-8, as declared, or by the best guess that is good enough."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import CharsetMatch, from_bytes

from counterclaim.errors import InputRefused

# Longest first: the mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# How files that are often mistaken for text begin, and what they are.
_SIGNATURES = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive (Word, Excel and EPUB files are zip archives too)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel document"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
)

_REMEDIES = {
    b"%PDF-": "give its name the suffix .pdf",
    b"PK\x03\x04": "give its name the suffix .zip, or save the document in it as text (.txt)",
    b"\x1f\x8b": "give its name the suffix .gz after that of the file in it (.txt.gz)",
}

MOST_CHAOS = 10.0
"""How much of a guessed text, in percent, may look like noise (charset-normalizer's measure). Right guesses on
samples in cp1252, cp1250, cp1251, koi8-r, gb18030 and shift-jis had 0 to 7; random bytes gave no guess at all."""

MOST_CONTROLS = 0.05
"""Share of control characters above which bytes are no text: random bytes have 0.11, text with stray NULs under 0.01.
A handful is let pass whatever the share, so that a short note with a NUL in it is still read."""
_HANDFUL = 8

MOST_BROKEN = 0.01
"""Share of broken characters above which UTF-16 is none: random bytes have 0.03 of them."""

# Charsets a page may declare; Python knows codecs by other names that are no charsets at all (rot13, unicode_escape).
_CHARSET = re.compile(
    r"(?:iso-?8859-\d{1,2}|latin-?1|us-ascii|(?:windows-|cp)125\d|koi8-[ru]|gb2312|gbk|gb18030|big5|euc-(?:jp|kr)|shift[_-]jis|macintosh)", re.I
)
# What is looked at to guess: enough for any count of letters, small enough that a large file takes no longer.
_SAMPLE = 262_144


def decoded(name: str, data: bytes, declared: str | None = None) -> str:
    """Return the text of the bytes, without a byte order mark. Raises InputRefused when they are not text or no guess is sure.

    UTF-8 comes before what is declared: bytes that happen to be valid UTF-8 are not met in practice, pages that declare
    an old charset and are UTF-8 are.
    """
    refuse_other(name, data)
    text = _by_mark(name, data)
    if text is None:
        text = _as_utf8(data)
    if text is None:
        text = _as_declared(data, declared)
    if text is None:
        text = _nearly_utf8(data)
    if text is None:
        text = _guessed(name, data)
    controls = sum(text.count(chr(code)) for code in range(32) if chr(code) not in "\t\n\v\f\r")
    if controls > max(_HANDFUL, MOST_CONTROLS * len(text)):
        raise InputRefused(name, f"not text: {controls:,} of its {len(text):,} characters are control characters; save its words as text (.txt) and read that")
    return text


def refuse_other(name: str, data: bytes) -> None:
    """Raise InputRefused for bytes that begin as a kind of file that is no text."""
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise InputRefused(name, f"not text: it is {what}; {_REMEDIES.get(signature, 'save its words as text (.txt) and read that')}")


def encoding_of(name: str, sample: bytes) -> str:
    """Return the encoding of text that begins so, for what is read piece by piece. Raises InputRefused as `decoded` does."""
    refuse_other(name, sample)
    if mark := next((encoding for mark, encoding in _MARKS if sample.startswith(mark)), None) or _wide(sample[:4096]):
        decoded(name, sample)
        return mark
    # The sample may end inside a character.
    if any(_as_utf8(sample[: len(sample) - cut]) is not None for cut in range(4)) or _nearly_utf8(sample):
        decoded(name, sample)
        return "utf-8"
    text = decoded(name, sample)
    matches = _candidates(list(from_bytes(sample)))
    return next((encoding for encoding in [*matches, "cp1252"] if sample.decode(encoding, "replace") == text), "latin-1")


def _by_mark(name: str, data: bytes) -> str | None:
    """Return the text after a byte order mark, or of UTF-16 that has none but shows it by its NULs."""
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None) or _wide(data[:4096])
    if encoding is None:
        return None
    # A last character cut in two is replaced like any other that is broken, and so stays visible.
    text = data.decode(encoding, "replace")
    if text.count("\ufffd") > max(_HANDFUL, MOST_BROKEN * len(text)):
        raise InputRefused(name, f"not text: it begins as {encoding} and does not go on so; save it again as UTF-8")
    return text


def _wide(beginning: bytes) -> str | None:
    """UTF-16 without a mark: English prose in it has a NUL in nearly every second byte."""
    if len(beginning) >= 4:
        half = len(beginning) // 2
        even, odd = beginning[::2].count(0), beginning[1::2].count(0)
        if odd > 0.8 * half and even < 0.1 * half:
            return "utf-16-le"
        if even > 0.8 * half and odd < 0.1 * half:
            return "utf-16-be"
    return None


def _as_utf8(data: bytes) -> str | None:
    """Return the text as strict UTF-8, or nothing."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _as_declared(data: bytes, declared: str | None) -> str | None:
    """Return the text in the charset a page declares, or nothing when it is not in it."""
    if not declared or not _CHARSET.fullmatch(declared):
        return None
    # As browsers do: pages that say Latin-1 or ASCII mean the Windows page, which has curly quotes besides.
    western = declared.lower().replace("-", "") in {"iso88591", "latin1", "usascii"}
    try:
        return data.decode("cp1252" if western else declared)
    except (UnicodeDecodeError, LookupError):
        return None


def _nearly_utf8(data: bytes) -> str | None:
    """UTF-8 with a few broken places, each replaced by U+FFFD; nothing unless whole characters far outnumber them."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = len(text) - len(text.encode("ascii", "ignore")) - broken
    return text if whole >= 4 * broken else None


def _guessed(name: str, data: bytes) -> str:
    """Return the text in the most likely charset. Raises InputRefused when none is likely enough."""
    beyond_ascii = re.search(rb"[\x80-\xff]", data)
    first = beyond_ascii.start() if beyond_ascii else 0
    matches = list(from_bytes(data[max(0, first - 1000) : first + _SAMPLE]))
    for encoding in _candidates(matches):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise InputRefused(name, "not text in any encoding that could be told; save it again as UTF-8")


def _candidates(matches: list[CharsetMatch]) -> list[str]:
    """Return the encodings worth trying, best first.

    Where several read alike, the Windows page of western Europe goes first: English newsrooms wrote in it before UTF-8.
    """
    good = [match for match in matches if match.percent_chaos <= MOST_CHAOS]
    alike = [name for match in good if match.percent_chaos == good[0].percent_chaos for name in match.could_be_from_charset]
    return [*(["cp1252", "latin_1"] if "cp1252" in alike else []), *(match.encoding for match in good)]
