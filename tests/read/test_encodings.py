"""Bytes in the encodings that reports come in, and bytes that are no text."""

from __future__ import annotations

import hashlib
import io
import zipfile

import pytest

from counterclaim.errors import InputRefused
from counterclaim.read.encodings import decoded

WORDS = (
    "The army said on Sunday that its forces had taken Bara. “We hold the bridge,” said Colonel José Muñoz, the army’s spokesman. "
    "The rebels denied it – and said they would fight on. "
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("times", [1, 300])
def test_an_encoding_is_found_without_being_declared(encoding: str, times: int) -> None:
    assert decoded("f", (WORDS * times).encode(encoding)) == WORDS * times


def test_latin_1_is_found() -> None:
    words = "Colonel José Muñoz said the army held the bridge at São Paulo."
    assert decoded("f", words.encode("latin-1")) == words


def test_a_short_note_in_cp1252_is_found() -> None:
    words = "“We hold it,” he said."
    assert decoded("f", words.encode("cp1252")) == words


def test_utf_16_with_a_mark_of_the_other_end() -> None:
    assert decoded("f", b"\xfe\xff" + WORDS.encode("utf-16-be")) == WORDS


@pytest.mark.parametrize(
    ("declared", "encoding", "words"),
    [
        ("windows-1251", "cp1251", "The town of Бахмут (Bakhmut) was held, he said."),
        ("ISO-8859-1", "cp1252", "“We hold it”"),
        ("koi8-r", "koi8-r", "Бахмут"),
        ("iso-8859-2", "iso-8859-2", "Łódź was quiet, he said."),
        ("ISO-8859-1", "utf-8", "“We hold it”, said José."),  # declared wrongly: what is valid UTF-8 is UTF-8
    ],
)
def test_what_is_declared_is_heeded(declared: str, encoding: str, words: str) -> None:
    assert decoded("f", words.encode(encoding), declared) == words


@pytest.mark.parametrize("declared", ["rot13", "unicode_escape", "hex", "idna", "no-such-charset", "utf-7", "undefined", "x" * 40])
def test_what_is_no_charset_is_not_tried(declared: str) -> None:
    assert decoded("f", "José said so.".encode("cp1252"), declared) == "José said so."


def test_utf_8_that_was_cut_or_damaged_stays_utf_8() -> None:
    whole = ("“We hold it,” said José. " * 5).encode()
    assert decoded("f", whole + "é".encode()[:1]) == whole.decode() + "\ufffd"


# Bytes that look random and are the same every time.
NOISE = hashlib.shake_256(b"noise").digest(200_000)


def zipped() -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("word/document.xml", WORDS)
    return archive.getvalue()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a PNG picture"),
        (b"%PDF-1.7\n1 0 obj", "a PDF document"),
        (zipped(), "a zip archive"),
        (b"{\\rtf1 The army left.}", "an RTF document"),
        (NOISE[:5_000], "not text"),
        (NOISE, "not text"),
        (bytes(1_000), "not text"),
        (b"\x01\x02" * 100 + b"words", "control characters"),
        (b"\xff\xfe" + NOISE[:4_000], "not text"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, what: str) -> None:
    with pytest.raises(InputRefused, match="not text") as error:
        decoded("f", data)
    assert what in error.value.reason


def test_a_text_with_stray_nuls_is_read() -> None:
    assert decoded("f", b"The army\x00 left\x00.") == "The army\x00 left\x00."
