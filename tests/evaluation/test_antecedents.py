from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from counterclaim.core.mention import Reference
from counterclaim.core.span import Span
from evaluation import antecedents
from evaluation.antecedents import annotated, entity_notes, measure, mentions
from evaluation.conllu import documents

# Two mentions that nest, one of several words, a pronoun that opens its entity, one that stands for nothing, and a
# contraction printed as one word.
TEXT = """\
# newdoc id = GUM_news_bridge
# global.Entity = GRP-etype-infstat
# text = The mayor of Kesh left.
1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\tEntity=(1-person-new
2\tmayor\tmayor\tNOUN\tNN\t_\t5\tnsubj\t_\t_
3\tof\tof\tADP\tIN\t_\t4\tcase\t_\t_
4\tKesh\tKesh\tPROPN\tNNP\t_\t2\tnmod\t_\tEntity=(2-place-new)1)
5\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\t.\t_\t5\tpunct\t_\t_

# text = He didn't say it rained in his town.
1\tHe\the\tPRON\tPRP\t_\t4\tnsubj\t_\tEntity=(1-person-giv)
2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdid\tdo\tAUX\tVBD\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tsay\tsay\tVERB\tVB\t_\t0\troot\t_\t_
5\tit\tit\tPRON\tPRP\t_\t6\texpl\t_\t_
6\trained\train\tVERB\tVBD\t_\t4\tccomp\t_\t_
7\tin\tin\tADP\tIN\t_\t9\tcase\t_\t_
8\this\the\tPRON\tPRP$\t_\t9\tnmod:poss\t_\tDiscourse=x|Entity=(2-place-giv(1-person-giv)
9\ttown\ttown\tNOUN\tNN\t_\t6\tobl\t_\tEntity=2)|SpaceAfter=No
10\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# text = They saw her.
1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\tEntity=(7-person-new)
2\tsaw\tsee\tVERB\tVBD\t_\t0\troot\t_\t_
3\ther\tshe\tPRON\tPRP\t_\t2\tobj\t_\tEntity=(8-person-new)|SpaceAfter=No
4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_
"""
PRINTED = "The mayor of Kesh left. He didn't say it rained in his town. They saw her."


def spot(words: str) -> Span:
    return Span(PRINTED.index(words), PRINTED.index(words) + len(words))


def reading(*pairs: tuple[str, str | None]) -> Iterator[Reference]:
    for pronoun, said in pairs:
        yield Reference(spot(pronoun), spot(said) if said else None)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.conllu"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_brackets_nest_and_span_words() -> None:
    [document] = documents(TEXT.split("\n"))
    found = [(mention.span.of(PRINTED), mention.entity) for mention in mentions(document.sentences, list(entity_notes(TEXT.split("\n"))))]
    assert found == [("The mayor of Kesh", "1"), ("Kesh", "2"), ("He", "1"), ("his", "1"), ("his town", "2"), ("They", "7"), ("her", "8")]


def test_the_file_says_where_the_name_of_an_entity_stands() -> None:
    other = TEXT.replace("GRP-etype-infstat", "etype-GRP").replace("(1-person-new", "(person-1").replace("(2-place-new)", "(place-2)")
    assert next(entity_notes(other.split("\n"))) == ["(1", "", "", "(2)1)", "", ""]


def test_a_bracket_that_nothing_opened_is_left_out() -> None:
    broken = TEXT.replace("Entity=(1-person-new", "Entity=9)")
    [document] = documents(broken.split("\n"))
    assert [mention.entity for mention in mentions(document.sentences, list(entity_notes(broken.split("\n"))))][:2] == ["2", "1"]


def test_precision_and_recall(file: Path) -> None:
    given = (("He", "mayor"), ("it", "Kesh"), ("his", None), ("They", "Kesh"))
    found = measure(annotated(file), lambda text: reading(*given))
    # "He" is right, "it" stands for nothing, "his" was left open; "They" and "her" open their entities and do not count.
    assert {key: found[key] for key in ("precision", "recall", "f1", "pronouns")} == {"precision": 50.0, "recall": 50.0, "f1": 50.0, "pronouns": 2}
    assert found["by_pronoun"]["he"] == {"precision": 100.0, "recall": 50.0, "f1": 66.67, "pronouns": 2}
    assert found["by_pronoun"]["it"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "pronouns": 0}
    assert list(found["genres"]) == ["news"]


def test_the_pronoun_itself_is_no_antecedent(file: Path) -> None:
    assert measure(annotated(file), lambda text: reading(("He", "He")))["precision"] == 0.0


def test_nothing_said_is_nothing_right(file: Path) -> None:
    found = measure(annotated(file), lambda text: [])
    assert (found["precision"], found["recall"], found["f1"], found["pronouns"]) == (0.0, 0.0, 0.0, 2)
    assert measure([], lambda text: [])["f1"] == 0.0


def test_the_command(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert antecedents.main([str(file), "--reader", "rules", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"precision", "recall", "f1", "pronouns", "by_pronoun", "genres"}
    assert antecedents.main([str(file), "--reader", "rules"]) == 0
    assert "ALL" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        antecedents.main([str(file.with_name("none.conllu"))])
    assert antecedents.main([str(file), "--weights", str(file.parent / "none")]) != 0
