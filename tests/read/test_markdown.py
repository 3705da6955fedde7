"""Marks of headings and emphasis go; everything else stays as it was typed."""

from __future__ import annotations

import pytest

from counterclaim.read.markdown import without_marks


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("# A heading", "A heading"),
        ("### Closed ###", "Closed"),
        ("## C#", "C#"),
        ("#hashtag and # in the line", "#hashtag and # in the line"),
        ("**bold** and *slanted* and ***both***", "bold and slanted and both"),
        ("__bold__ and _slanted_", "bold and slanted"),
        ("**bold with *slanted* in it**", "bold with slanted in it"),
        ("“*No*,” he said.", "“No,” he said."),
        ("* item\n* item with *stress*\n- item", "* item\n* item with stress\n- item"),
        ("2 * 3 * 4 and 2*3*4", "2 * 3 * 4 and 2*3*4"),
        ("a_file_name and https://x.example/a_b_c", "a_file_name and https://x.example/a_b_c"),
        (r"\*not stress\*", r"\*not stress\*"),
        ("*open\nclosed*", "*open\nclosed*"),
        ("a footnote* here", "a footnote* here"),
        ("> quoted\n\n1. [link](https://x.example)\n\n---", "> quoted\n\n1. [link](https://x.example)\n\n---"),
    ],
)
def test_without_marks(typed: str, plain: str) -> None:
    assert without_marks(typed) == plain


@pytest.mark.parametrize("typed", ["*a " * 200_000, "**a" * 200_000, "_a_" * 200_000, "# a" + " " * 300_000 + "b", "# " * 200_000])
def test_hostile_marks_are_gone_through_once(typed: str) -> None:
    assert without_marks(typed)
