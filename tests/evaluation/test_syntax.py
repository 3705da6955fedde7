from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from evaluation import syntax
from evaluation.conllu import Document, Sentence
from evaluation.syntax import measure, product_sentences, sentence_tally, tree_tally, uppercase
from tests.evaluation.stubs import StubTree


def sentence(text: str = "Kesh fell today .", *, starts: bool = False) -> Sentence:
    """Four words: the second is the root, the third a modifier with a subtype."""
    return Sentence(
        text=text, words=text.split(), upos=["PROPN", "VERB", "NOUN", "PUNCT"], heads=[1, -1, 1, 1], rels=["nsubj", "root", "obl:tmod", "punct"], starts=starts
    )


def gold_tree() -> StubTree:
    one = sentence()
    return StubTree(one.upos, one.heads, one.rels)


class Engine:
    """Reads every sentence the same way and remembers what it was given."""

    def __init__(self, tree: StubTree) -> None:
        self.tree = tree
        self.given: list[tuple[list[list[str]], list[bool]]] = []

    def read(self, sentences: Sequence[Sequence[str]], starts: Sequence[bool]) -> list[StubTree]:
        self.given.append(([list(words) for words in sentences], list(starts)))
        return [self.tree] * len(sentences)


def test_a_document_is_read_as_a_whole() -> None:
    engine = Engine(gold_tree())
    tree_tally([sentence(starts=True), sentence("Rain fell today .")], engine.read)
    assert engine.given == [([["Kesh", "fell", "today", "."], ["Rain", "fell", "today", "."]], [True, False])]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, (4, 4, 4)),
        ({"upos": ["NOUN", "VERB", "NOUN", "PUNCT"]}, (3, 4, 4)),
        ({"heads": [1, -1, 0, 1]}, (4, 3, 3)),
        ({"rels": ["nsubj", "root", "obl", "punct"]}, (4, 4, 3)),  # the subtype counts
        ({"heads": [1, -1, 1, 2], "rels": ["obj", "root", "obl:tmod", "punct"]}, (4, 3, 2)),  # so does punctuation
    ],
)
def test_tags_and_trees(change: dict[str, list[str]], expected: tuple[int, int, int]) -> None:
    tree = StubTree(**{**vars(gold_tree()), **change})
    tally = tree_tally([sentence()], Engine(tree).read)
    assert (tally.words, tally.upos, tally.uas, tally.las) == (4, *expected)


def test_an_engine_that_loses_words_is_an_error() -> None:
    with pytest.raises(ValueError, match="shorter"):
        tree_tally([sentence()], Engine(StubTree(["NOUN"], [-1], ["root"])).read)


def test_sentence_spans_must_be_equal_at_both_ends() -> None:
    gold = [Sentence(text="Kesh fell.", starts=True), Sentence(text="It rained.")]  # (0, 10) and (11, 21)
    tally = sentence_tally(gold, lambda text: [(0, 10), (11, 17), (18, 21)])
    assert (tally.sentences_right, tally.sentences_said, tally.sentences_wanted) == (1, 3, 2)


def test_the_product_splits_line_by_line() -> None:
    text = "Kesh fell. It rained.\n\nThe siege of the old town went on\n\nThe Guard left."
    assert [text[start:end] for start, end in product_sentences(text)] == ["Kesh fell.", "It rained.", "The siege of the old town went on", "The Guard left."]


def test_figures_by_genre() -> None:
    news = Document("GUM_news_kesh", [sentence("Kesh fell today .", starts=True)])
    fiction = Document("GUM_fiction_kesh", [sentence("Kesh fell today .", starts=True), sentence("Rain fell today .")])
    other = Document("weblog-1", [sentence("Kesh fell today .", starts=True)])
    tree = gold_tree()
    tree.upos = ["PROPN", "VERB", "NOUN", "SYM"]
    found = measure([news, fiction, other], Engine(tree).read, split=lambda text: [(0, len("Kesh fell today ."))])
    assert found["genres"] == {
        "fiction": {"upos": 75.0, "uas": 100.0, "las": 100.0, "sentence_f1": 66.67, "words": 8},
        "news": {"upos": 75.0, "uas": 100.0, "las": 100.0, "sentence_f1": 100.0, "words": 4},
    }
    assert found["shippable"] == {"upos": 75.0, "uas": 100.0, "las": 100.0, "sentence_f1": 100.0, "words": 8}
    assert {key: found[key] for key in ("upos", "sentence_f1", "words")} == {"upos": 75.0, "sentence_f1": 85.71, "words": 16}


def test_without_an_engine_only_sentence_ends_are_measured() -> None:
    found = measure([Document("GUM_news_kesh", [sentence(starts=True)])], None)
    assert found == {
        "sentence_f1": 100.0,
        "words": 4,
        "genres": {"news": {"sentence_f1": 100.0, "words": 4}},
        "shippable": {"sentence_f1": 100.0, "words": 4},
    }
    assert measure([], None)["sentence_f1"] == 0.0


def test_upper_case() -> None:
    engine = Engine(gold_tree())
    seen: list[str] = []

    def split(text: str) -> list[tuple[int, int]]:
        seen.append(text)
        return [(0, len(text))]

    found = measure([Document("", [sentence("straße fell today .")])], engine.read, split, upper=True)
    assert (engine.given[0][0], seen) == ([["STRASSE", "FELL", "TODAY", "."]], ["STRASSE FELL TODAY ."])
    assert found["sentence_f1"] == 100.0, "spans are those of the upper-case text"
    assert uppercase(sentence()).heads == sentence().heads


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "tiny.conllu"
    rows = [("Kesh", "PROPN", 2, "nsubj"), ("fell", "VERB", 0, "root"), ("today", "NOUN", 2, "obl:tmod"), (".", "PUNCT", 2, "punct")]
    lines = [f"{i}\t{word}\t_\t{upos}\t_\t_\t{head}\t{rel}\t_\t_" for i, (word, upos, head, rel) in enumerate(rows, start=1)]
    file.write_text("\n".join(["# newdoc id = GUM_news_kesh", *lines, "", ""]), encoding="utf-8")
    monkeypatch.setattr(syntax, "trained", lambda weights: Engine(gold_tree()).read)
    assert syntax.main([str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["upos"], found["las"], found["sentence_f1"], list(found["genres"])) == (100.0, 100.0, 100.0, ["news"])
    assert syntax.main([str(file), "--reader", "rules"]) == 0
    assert "las" not in capsys.readouterr().out
    with pytest.raises(SystemExit):
        syntax.main([str(tmp_path / "none.conllu")])
