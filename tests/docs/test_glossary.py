"""The glossary has the words that the record is made of, each in a sentence or two that lead to the page that says more."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from counterclaim.core.claim import KINDS
from counterclaim.core.finding import Standing

ROOT = Path(__file__).resolve().parent.parent.parent
CORE = ROOT / "src" / "counterclaim" / "core"
ENTRY = re.compile(r"^- \*\*(.+?)\*\*: (.*?) \[[^\]]+\]\(([^)]+)\)$")
LINES = [line for line in (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines() if line.startswith("- ")]
ENTRIES = {found[1]: found[2] for line in LINES if (found := ENTRY.match(line))}
# Files of `core/` that hold no noun of the record: how values are written, looked up, kept and parsed, and what pages are made of.
MACHINERY = {"__init__", "codec", "folding", "holdings", "index", "nearby", "syntax"}
# Files of which the noun has another name in plain English.
NAMED = {"amount": "aid"}
# Values of `core/` that a reader meets on a page, a board or the command line.
NOUNS = (
    "Actor Adrift Board Candidate Cell Claim Claimant Conduct Derivation Evidence Figure Finding Interest Judgement Kinship Link Mention Place Position "
    "Promise Refusal Report Review Silence Span Story Version Voice When Wording"
).split()
# Words of the field and of the interchange format that no class is called by.
FIELD = (
    "act",
    "caveat",
    "chain",
    "copy",
    "derived claim",
    "grade",
    "house rule",
    "key slot",
    "kind",
    "lift",
    "matter",
    "origin",
    "outlet",
    "proposition",
    "record",
    "rewrite",
    "score",
    "set of places",
    "slot",
    "standing",
    "term",
    "toll",
    "union of harms",
)


def nouns() -> set[str]:
    """What must be there: a noun for each file of `core/`, and the chosen values."""
    files = {path.stem for path in CORE.glob("*.py")} - MACHINERY
    return {NAMED.get(name, name) for name in files} | {noun.lower() for noun in NOUNS} | set(FIELD) | set(get_args(Standing))


@pytest.mark.parametrize("noun", sorted(nouns()))
def test_every_noun_of_the_record_is_there(noun: str) -> None:
    assert noun in ENTRIES


def test_chosen_nouns_are_classes_of_the_core() -> None:
    classes = {name for path in CORE.glob("*.py") for name in re.findall(r"^class (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)}
    assert set(NOUNS) <= classes


def test_kinds_are_told_on_their_own_pages() -> None:
    assert all((ROOT / "docs" / "reference" / "kinds" / f"{kind}.md").is_file() for kind in KINDS)


def test_entries_are_in_order_and_each_leads_on() -> None:
    assert len(ENTRIES) == len(LINES)
    assert list(ENTRIES) == sorted(ENTRIES)


@pytest.mark.parametrize("word", sorted(ENTRIES))
def test_an_entry_is_one_or_two_sentences(word: str) -> None:
    assert 1 <= len(re.findall(r"[.?!](?=\s|$)", ENTRIES[word])) <= 2
