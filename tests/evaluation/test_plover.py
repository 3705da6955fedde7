from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from counterclaim.core.claim import (
    KINDS,
    Agreement,
    Aid,
    Answer,
    Attack,
    Casualties,
    Claim,
    Control,
    Modality,
    Need,
    Pledge,
    Proposition,
    Statement,
    Talks,
)
from counterclaim.core.mention import Mention
from counterclaim.core.span import Evidence, Span
from counterclaim.core.syntax import Role, Sentence, Token, Trigger
from counterclaim.core.voice import Act, Voice
from counterclaim.errors import InputRefused, NotFound
from evaluation import plover
from evaluation.plover import ends, macro, measure, rows, scores
from evaluation.plover_map import FOLDS, features, fit, folds, masked
from evaluation.plover_table import ANY, ROOTS, TABLE, Read, Row, Rule, by_table, root_of

TEXT = "Orvia attacked 3 ports of Lenn"
ORVIA, LENN = Span(0, 5), Span(26, 30)
ROW = Row(TEXT, (ORVIA,), (LENN,), "ASSAULT")


def claim(proposition: Proposition, *, act: Act = "asserts", modality: Modality = "actual", because: str = "", cue: str | None = None, **more: Any) -> Claim:
    chain = (Voice(name="Daily"), Voice(name="Orvia", cue=cue, span=more.pop("voice", None)))
    return Claim(
        key="",
        report="row",
        evidence=Evidence(0, len(TEXT), TEXT),
        chain=chain,
        act=act,
        hedges=(),
        said=None,
        when=None,
        proposition=proposition,
        score=more.pop("score", 0.5),
        because=because,
        modality=modality,
    )


def sentence() -> Sentence:
    tags = [("Orvia", "PROPN", 1, "nsubj"), ("attacked", "VERB", -1, "root"), ("3", "NUM", 3, "nummod"), ("ports", "NOUN", 1, "obj")]
    tags += [("of", "ADP", 5, "case"), ("Lenn", "PROPN", 3, "nmod")]
    tokens, at = [], 0
    for text, upos, head, rel in tags:
        tokens.append(Token(at, at + len(text), text, {"attacked": "attack", "ports": "port"}.get(text, text), upos, "", head, rel))
        at += len(text) + 1
    return Sentence(tuple(tokens))


@pytest.mark.parametrize(
    ("given", "root", "why"),
    [
        (claim(Attack()), "ASSAULT", "violence"),
        (claim(Attack(), act="denies"), "REJECT", "the act of speech comes before the deed"),
        (claim(Attack(), cue="has accused"), "ACCUSE", "whoever accuses does not attack"),
        (claim(Attack(), modality="planned"), "THREATEN", "a planned attack is none yet"),
        (claim(Casualties(harm=("killed", "wounded"))), "ASSAULT", "any harm but the few named"),
        (claim(Casualties(harm=("captured",))), "COERCE", "an arrest"),
        (claim(Control(change="left")), "YIELD", "a place given up"),
        (claim(Control(change="holds")), None, "holding on is no event"),
        (claim(Control()), None, "no change said"),
        (claim(Pledge(), act="promises", because="pledge: learned from 'threatened'"), "THREATEN", "a threat is a promise of harm"),
        (claim(Pledge(), act="promises", because="pledge: learned from 'vowed'"), "AGREE", "any other promise"),
        (claim(Agreement(), because="agreement: 'sign' with what is agreed"), "SUPPORT", "what is signed is more than agreed"),
        (claim(Agreement(), because="agreement: 'signal' with what is agreed"), "AGREE", "other words that begin so are not meant"),
        (claim(Answer(value="rejects")), "REJECT", "an answer"),
        (claim(Answer(value="none")), None, "silence has no root"),
        (claim(Aid(stage="blocked")), "SANCTION", "relief held up"),
        (claim(Aid()), "AID", "relief at no known stage"),
        (claim(Need()), None, "want is no act"),
        (claim(Statement(content=("x",)), cue="warned"), "THREATEN", "a warning"),
        (claim(Statement(content=("x",)), cue="had agreed to"), "AGREE", "one side's consent is no agreement, but PLOVER's AGREE"),
        (claim(Statement(content=("x",)), cue="said"), None, "mere words"),
    ],
)
def test_a_claim_becomes_a_root(given: Claim, root: str | None, why: str) -> None:
    assert root_of(given) == root, why


def test_the_table_ends_for_every_kind_and_names_only_what_there_is() -> None:
    last = {rule.kind: rule for rule in TABLE}
    assert set(last) - {ANY} == set(KINDS)
    assert all(rule == Rule(kind, rule.root) for kind, rule in last.items() if kind != ANY)
    for rule in TABLE:
        assert rule.root is None or rule.root in ROOTS
        if rule.slot is not None:
            assert rule.value in _values(get_type_hints(KINDS[rule.kind])[rule.slot])


def _values(hint: Any) -> set[Any]:
    inner = get_args(hint)
    return {value for part in inner for value in (_values(part) or {part})}


def test_the_claim_that_joins_source_and_target_is_taken() -> None:
    fitting = claim(Talks(participants=(Mention("Orvia", span=ORVIA), Mention("Lenn", span=LENN))), score=0.4)
    other = claim(Attack(actor=(Mention("raiders"),)), score=0.9)
    assert by_table(ROW, Read((other, fitting), (), ())) == "CONSULT"
    assert by_table(ROW, Read((other, claim(Need(), score=1.0)), (), ())) == "ASSAULT"
    assert by_table(ROW, Read((claim(Statement(content=("x",)), cue="praised", voice=ORVIA), other), (), ())) == "SUPPORT"
    assert by_table(ROW, Read((), (), ())) is None


@pytest.mark.parametrize(
    ("marked", "source", "target", "why"),
    [
        ("<s>Orvia</s> met Lenn and <t>Orvia</t>", (Span(0, 5),), (Span(19, 24),), "the marks decide"),
        ("<t>Orvia</t> met <s>Lenn</s> and <t>Orvia</t>", (Span(10, 14),), (Span(0, 5), Span(19, 24)), "several marks"),
        ("<s>Orvia</s> met Lenn and Orvia", (Span(0, 5),), (Span(10, 14),), "an end without a mark is looked for"),
        ("<s>Orvia</s> left", (Span(0, 5), Span(19, 24)), (Span(10, 14),), "marks of another text"),
        (None, (Span(0, 5), Span(19, 24)), (Span(10, 14),), "no marks"),
    ],
)
def test_source_and_target_are_found(marked: str | None, source: tuple[Span, ...], target: tuple[Span, ...], why: str) -> None:
    assert ends("Orvia met Lenn and Orvia", "Orvia", "Lenn", marked) == (source, target), why


def test_an_end_that_is_not_in_the_text_is_nowhere() -> None:
    assert ends("Orvia voted", "Orvia", "a recipient") == ((Span(0, 5),), ())


def test_words_are_masked_by_position() -> None:
    assert masked(ROW, Read((), (sentence(),), ())) == ["SOURCE", "attack", "0", "port", "of", "TARGET"]


def test_features_of_words_trees_claims_and_triggers() -> None:
    attack = claim(Attack(actor=(Mention("Orvia", span=ORVIA),), means="shelling"), cue="said", voice=ORVIA)
    likely = Trigger(1, "attack", 0.8, (Role("target", 5, 0.5),), (("means=shelling", 0.5),))
    found = features(ROW, Read((attack,), (sentence(),), ((likely,),)))
    words = {"word attack", "pair SOURCE attack", "pair TARGET $", "after SOURCE attack", "before TARGET port", "first SOURCE"}
    trees = {"source nsubj attack", "target nmod port", "target under attack", "attack obj port", "head attack", "head under port"}
    claims = {"kind attack", "attack asserts", "attack.means=shelling", "source fills attack.actor", "source speaks", "cue said", "table ASSAULT"}
    assert words | trees | claims <= set(found)
    assert (found["likely attack"], found["likely attack.means=shelling"], found["likely target attack.target"]) == (0.8, 0.4, 0.4)
    assert "no claims" in features(ROW, Read((), (), ()))


def test_the_map_learns_and_is_the_same_twice() -> None:
    examples = [{"word raid": 1.0, "word the": 1.0}, {"word raid": 1.0}, {"word meet": 1.0, "word the": 1.0}, {"word meet": 1.0}, {"word meet": 1.0}]
    labels = ["ASSAULT", "ASSAULT", "CONSULT", "CONSULT", "CONSULT"]
    learned = fit(examples, labels)
    assert learned(examples) == labels
    assert learned([{}, {"word unseen": 1.0}]) == learned([{}, {}])
    assert (fit(examples, labels).weights == learned.weights).all()


def test_folds_keep_a_text_together_and_deal_out_every_root() -> None:
    given = [Row(f"text {i // 2}", (), (), "AID") for i in range(4 * FOLDS)]
    held = folds(given)
    assert all(held[i] == held[i + 1] for i in range(0, len(held), 2))
    assert [held.count(fold) for fold in range(FOLDS)] == [4] * FOLDS


def test_scores_count_what_was_wanted_or_said() -> None:
    found = scores(["AID", "AID", "YIELD", "REJECT"], ["AID", None, "AID", "COERCE"])
    assert found["AID"] == {"p": 50.0, "r": 50.0, "f1": 50.0}
    assert set(found) == {"AID", "YIELD", "REJECT", "COERCE"}
    assert (macro(found), macro({})) == (12.5, 0.0)


def written(path: Path, *given: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in given), encoding="utf-8")
    return path


def row(text: str, source: str, target: str, root: str) -> dict[str, Any]:
    return {"text": text, "source": source, "target": target, "gold": {"root": root}}


INVENTED = [row(f"Orvia's {side} attacked Lenn's harbour.", "Orvia", "Lenn", "ASSAULT") for side in ("navy", "army", "guard", "militia", "fleet")] + [
    row(f"Orvia's {side} met Lenn's envoy for talks.", "Orvia", "Lenn", "CONSULT") for side in ("queen", "mayor", "judge", "bishop", "consul")
]


def test_rows_of_a_file(tmp_path: Path) -> None:
    assert rows(written(tmp_path / "rows.jsonl", row(TEXT, "Orvia", "Lenn", "ASSAULT"))) == [ROW]
    with pytest.raises(NotFound):
        rows(tmp_path / "none.jsonl")
    for bad in ({"text": "x"}, row(TEXT, "Orvia", "Lenn", "ATTACK"), row(TEXT, "Orvia", "Lenn", "") | {"gold": None}):
        with pytest.raises(InputRefused, match=r"line 1"):
            rows(written(tmp_path / "bad.jsonl", bad))


def test_a_test_file_is_measured_by_what_the_training_rows_taught() -> None:
    train = [Row(f"{verb} {i}", (), (), root) for verb, root in (("raid", "ASSAULT"), ("meet", "CONSULT")) for i in range(3)]
    test = [Row("raid x", (), (), "ASSAULT"), Row("meet x", (), (), "CONSULT")]

    def read(text: str) -> Read:
        verb = text.split()[0]
        told = (claim(Attack()),) if text == "raid x" else ()
        return Read(told, (Sentence((Token(0, 4, verb, verb, "VERB", "", -1, "root"),)),), ())

    found = measure(train, test, read)
    assert (found["root_macro_f1"], found["rows"], found["trained_on"], found["folds"]) == (100.0, 2, 6, 0)
    assert (found["table_coverage"], found["table_macro_f1"], found["table_macro_f1_covered"]) == (50.0, 50.0, 100.0)
    assert found["roots"]["CONSULT"] == {"rows": 1, "p": 100.0, "r": 100.0, "f1": 100.0, "table_f1": 0.0}


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path / "rows.jsonl", *INVENTED)
    assert plover.main(["--train", str(file), "--reader", "rules", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["rows"], found["folds"], found["root_macro_f1"]) == (10, FOLDS, 100.0)
    assert plover.main(["--train", str(file), "--test", str(file), "--reader", "rules"]) == 0
    assert "macro-F1 100.0" in capsys.readouterr().out
    assert plover.main(["--train", str(tmp_path / "none.jsonl"), "--reader", "rules"]) == 4
    assert plover.main(["--train", str(file), "--weights", str(tmp_path / "none")]) != 0
