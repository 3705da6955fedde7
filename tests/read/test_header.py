"""A block of `Key: value` lines above a text, told from a text that merely begins like one."""

from __future__ import annotations

import pytest

from counterclaim.read.header import parted


@pytest.mark.parametrize(
    ("text", "header", "body"),
    [
        ("Title: A\nOutlet: B\n\nC\n\nD", {"title": "A", "outlet": "B"}, "C\n\nD"),
        ("\n\nTITLE : A: b\n\nC", {"title": "A: b"}, "C"),
        ("outlet:B\nAuthor: X\nNOTE:\n \nC", {"outlet": "B", "author": "X"}, "C"),
        ("Title: A\nTitle: B\n\nC", {"title": "A"}, "C"),
        ("Published: 2023-05-24", {"published": "2023-05-24"}, ""),
        # Not a header: no telling key, a key of another kind, a sentence in between, no key at all.
        ("Note: the army left.\n\nIt said so.", {}, "Note: the army left.\n\nIt said so."),
        ("Title: A\nEditor: B\n\nC", {}, "Title: A\nEditor: B\n\nC"),
        ("Title: A\nThe army left.\n\nC", {}, "Title: A\nThe army left.\n\nC"),
        ("The army left.", {}, "The army left."),
        ("", {}, ""),
        ("\n", {}, "\n"),
    ],
)
def test_parted(text: str, header: dict[str, str], body: str) -> None:
    assert parted(text) == (header, body)
