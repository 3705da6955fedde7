from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evaluation.attribution import covered, load, relations, score

TEXT = "Vell said “the bridge is gone,” and the Guard denied it."


def at(words: str) -> list[list[int]]:
    start = TEXT.index(words)
    return [[start, start + len(words)]]


SAID = {"source": at("Vell"), "cue": at("said"), "content": at("“the bridge is gone,”")}
DENIED = {"source": at("the Guard"), "cue": at("denied"), "content": at("it")}
GOLD: dict[str, Any] = {"a": {"text": TEXT, "attributions": [SAID, DENIED]}}
PERFECT = {"p": 100.0, "r": 100.0, "f1": 100.0}
HALF = {"p": 50.0, "r": 50.0, "f1": 50.0}


def test_all_right() -> None:
    found = score(GOLD, {"a": [DENIED, SAID]})
    names = ["source.exact", "cue.exact", "content.exact"] + [f"{name}@{j}" for j in (0.3, 0.5, 0.8) for name in ("AR", "triple")]
    assert list(found) == [*names, "relations"]
    assert all(found[name] == PERFECT for name in names)
    assert found["relations"] == {"gold": 2, "said": 2}


def test_quotation_marks_and_commas_do_not_count() -> None:
    assert score(GOLD, {"a": [{**SAID, "content": at("the bridge is gone")}, DENIED]})["content.exact"] == PERFECT


def test_shares_of_the_content_decide() -> None:
    """Two of the four words: Jaccard 0.5, so right at 0.3 and 0.5 and wrong at 0.8."""
    found = score(GOLD, {"a": [{**SAID, "content": at("the bridge")}, DENIED]})
    assert (found["content.exact"], found["AR@0.3"], found["AR@0.5"], found["AR@0.8"]) == (HALF, PERFECT, PERFECT, HALF)


def test_a_triple_needs_the_source() -> None:
    found = score(GOLD, {"a": [{**SAID, "source": at("the Guard")}, {**DENIED, "source": at("Guard")}]})
    assert (found["AR@0.5"], found["triple@0.5"]) == (PERFECT, HALF), "a part of the source will do, another source will not"
    assert found["source.exact"] == HALF, "yet the spans by themselves are compared whoever they belong to"


def test_no_source_on_both_sides_is_right() -> None:
    bare = {"cue": SAID["cue"], "content": SAID["content"]}
    assert score({"a": {"text": TEXT, "attributions": [bare]}}, {"a": [{**bare, "source": []}]})["triple@0.5"] == PERFECT
    assert score({"a": {"text": TEXT, "attributions": [bare]}}, {"a": [SAID]})["triple@0.5"]["f1"] == 0.0


def test_a_relation_is_paired_once() -> None:
    found = score(GOLD, {"a": [SAID, SAID]})
    assert found["AR@0.5"] == HALF
    assert found["content.exact"] == HALF, "and a span counts as often as gold has it"


def test_nothing_said() -> None:
    found = score(GOLD, {})
    assert found["AR@0.5"] == {"p": 0.0, "r": 0.0, "f1": 0.0}
    assert found["relations"] == {"gold": 2, "said": 0}


def test_a_relation_needs_cue_or_content() -> None:
    assert relations(TEXT, [{"source": at("Vell")}, {"cue": at("said")}]) == [(frozenset(), frozenset({1}), frozenset())]


@pytest.mark.parametrize(
    ("spans", "expected"), [([], set()), ([[0, 1]], {0}), ([[3, 6]], {0, 1}), ([[5, 6]], {1}), ([[0, 4], [6, 8]], {0, 1}), ([[4, 5]], set())]
)
def test_words_are_covered_by_any_character(spans: list[list[int]], expected: set[int]) -> None:
    assert covered([(0, 4), (5, 9)], spans) == expected


def test_files_are_read_by_id(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps({"id": "a", **GOLD["a"]}) + "\n", encoding="utf-8")
    assert score(load(file), {"a": [SAID, DENIED]})["triple@0.5"] == PERFECT
