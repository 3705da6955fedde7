from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from evaluation import names
from evaluation.names import Name, measure, merged, read_names, tagged
from tests.evaluation.stubs import StubTree

REPORT: dict[str, Any] = {
    "id": "a",
    "tokens": ["Amara", "Vell", "’", "s", "men", "left", "Kesh", ".", "The", "League", "’", "S", "flag", "fell", "."],
    "tags": ["B-Person", "I-Person", "O", "O", "O", "O", "B-Location", "O", "O", "B-Organization", "O", "O", "O", "O", "O"],
    "sentence_ends": [8, 15],
}


class Engine:
    """Finds the words it knows; remembers what it was given."""

    def __init__(self, **known: str) -> None:
        self.known = known
        self.given: list[tuple[list[list[str]], list[bool]]] = []

    def read(self, sentences: Sequence[Sequence[str]], starts: Sequence[bool]) -> list[StubTree]:
        self.given.append(([list(words) for words in sentences], list(starts)))
        return [StubTree(names=[(i, i + 1, self.known[word]) for i, word in enumerate(words) if word in self.known]) for words in sentences]


@pytest.mark.parametrize(
    ("tokens", "words", "edges"),
    [
        (["Vell", "’", "s", "men"], ["Vell", "’s", "men"], [0, 1, 3, 4]),
        (["VELL", "'", "S"], ["VELL", "'S"], [0, 1, 3]),
        (["they", "’", "re", "gone"], ["they", "’re", "gone"], [0, 1, 3, 4]),
        (["’", "s", "s"], ["’s", "s"], [0, 2, 3]),
        (["don", "’", "t"], ["don", "’", "t"], [0, 1, 2, 3]),
        (["rebels", "’", "camp"], ["rebels", "’", "camp"], [0, 1, 2, 3]),
        (["Vell", "’s"], ["Vell", "’s"], [0, 1, 2]),
        ([], [], [0]),
    ],
)
def test_the_apostrophe_is_mended(tokens: list[str], words: list[str], edges: list[int]) -> None:
    assert merged(tokens, 0, len(tokens)) == (words, edges)


def test_apostrophes_are_not_mended_across_sentences() -> None:
    assert merged(["’", "s"], 1, 2) == (["s"], [1, 2])


def test_names_come_back_in_the_tokens_of_the_set() -> None:
    sentence = merged(["In", "Vell", "’", "s", "Kesh", "’", "s"], 0, 7)
    assert sentence.words == ["In", "Vell", "’s", "Kesh", "’s"]
    assert sentence.back((1, 2, "Person")) == (1, 2, "Person")
    assert sentence.back((1, 5, "Facility")) == (1, 7, "Facility")
    assert sentence.back((3, 4, "Location")) == (4, 5, "Location")


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (["B-Person", "I-Person", "O", "B-Date"], {(0, 2, "Person"), (3, 4, "Date")}),
        (["B-Person", "B-Person"], {(0, 1, "Person"), (1, 2, "Person")}),
        (["O", "I-Person", "I-Date"], {(1, 2, "Person"), (2, 3, "Date")}),
        ([], set()),
    ],
)
def test_tags_mark_names(tags: list[str], expected: set[Name]) -> None:
    assert tagged(tags) == expected


def test_the_engine_is_given_the_sentences_of_the_whole_report() -> None:
    engine = Engine(Kesh="Location", League="Organization")
    assert read_names(REPORT, engine.read) == {(6, 7, "Location"), (9, 10, "Organization")}
    assert engine.given == [([["Amara", "Vell", "’s", "men", "left", "Kesh", "."], ["The", "League", "’S", "flag", "fell", "."]], [True, False])]


def test_figures() -> None:
    """Of three names one is found whole, one in part; one more is made up: 1 right of 3 said and 3 wanted."""
    found = measure([REPORT], Engine(Kesh="Location", Vell="Person", flag="Facility").read)
    assert (found["f1"], found["person"], found["location"], found["organization"]) == (33.33, 0.0, 100.0, 0.0)
    assert found["types"] == {
        "Facility": {"p": 0.0, "r": 0.0, "f1": 0.0, "support": 0},
        "Location": {"p": 100.0, "r": 100.0, "f1": 100.0, "support": 1},
        "Organization": {"p": 0.0, "r": 0.0, "f1": 0.0, "support": 1},
        "Person": {"p": 0.0, "r": 0.0, "f1": 0.0, "support": 1},
    }
    assert measure([], Engine().read)["f1"] == 0.0


def test_the_type_counts() -> None:
    assert measure([REPORT], Engine(Kesh="Person").read)["f1"] == 0.0


def test_upper_case() -> None:
    engine = Engine(KESH="Location")
    assert measure([REPORT], engine.read, upper=True)["location"] == 100.0
    assert engine.given[0][0][0] == ["AMARA", "VELL", "’S", "MEN", "LEFT", "KESH", "."]


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "names.jsonl"
    file.write_text(json.dumps(REPORT) + "\n\n", encoding="utf-8")
    monkeypatch.setattr(names, "trained", lambda weights: Engine(Kesh="Location").read)
    assert names.main([str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["f1"] == 50.0
    assert names.main([str(file)]) == 0
    assert "Location      p  100.0" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        names.main([str(tmp_path / "none.jsonl")])
