"""The figures that need no data of others are what their commands print now."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from evaluation import lineage, spellings

ROOT = Path(__file__).resolve().parent.parent.parent
# The rows of the table with the key of the figure in what the command prints.
ROWS = {
    "Copies found": ("lineage", "copy"),
    "Full rewrites found": ("lineage", "rewrite"),
    "Lifts of three": ("lineage", "lift3"),
    "Lifts of one": ("lineage", "lift12"),
    "Independent reports tied": ("lineage", "false_ties"),
    "Direction right": ("lineage", "direction"),
    "Spellings of one name: precision": ("spellings", "precision"),
    "Spellings of one name: recall": ("spellings", "recall"),
}


@pytest.fixture(scope="module")
def rows() -> dict[str, str]:
    """The first column of the table of figures that need no further data, with the second."""
    text = (ROOT / "docs" / "why.md").read_text(encoding="utf-8").partition("### Without any further data")[2].partition("\n### ")[0]
    return dict(re.findall(r"^\| (.+?) \| ([\d.]+) \|", text, re.MULTILINE))


@pytest.mark.parametrize("command", ["lineage", "spellings"])
def test_the_figures_are_those_of_their_commands(command: str, rows: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    if command == "lineage":
        lineage.main([str(ROOT / "training" / "lineage"), "--families", "f06,f07,f08,f09", "--json"])
    else:
        spellings.main(["--json"])
    printed = json.loads(capsys.readouterr().out)
    for start, (of, key) in ROWS.items():
        if of == command:
            [told] = [figure for what, figure in rows.items() if what.startswith(start)]
            assert told == str(printed[key]), start


def test_every_row_is_checked(rows: dict[str, str]) -> None:
    assert len(rows) == len(ROWS)
