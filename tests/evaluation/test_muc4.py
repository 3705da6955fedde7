"""MUC-4 scoring, reading and writing, on templates and reports of our own; figures of `FIGURES` are the reference scorer's."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from counterclaim.core.claim import Attack, Casualties, Claim
from counterclaim.core.figure import Figure
from counterclaim.core.mention import Mention, Name
from counterclaim.core.span import Evidence, Span
from counterclaim.core.syntax import Sentence, Token
from counterclaim.core.voice import Voice
from evaluation import muc4
from evaluation.muc_features import View
from evaluation.muc_fitting import fit_maps
from evaluation.muc_learning import Table, best_threshold, chance, fit, fit_values, fold
from evaluation.muc_phrases import Group, Phrase, groups, number
from evaluation.muc_reading import Seen, kept
from evaluation.muc_scoring import Fill, alike, figures, likeness, pairs, template, victims
from evaluation.muc_slots import day
from evaluation.muc_templates import Writer, chosen
from evaluation.muc_victims import Person, harm_features, harms
from evaluation.muc_words import fit_phrasing, phrasing

KEYS: dict[str, list[dict[str, Any]]] = {
    "r1": [
        {
            "optional": False,
            "date": [{"alts": ["- 04 MAY 91"]}],
            "location": [{"alts": ["ARDELIA: PORT SELIM (CITY): OLD QUAY (NEIGHBORHOOD)"]}],
            "type": [{"alts": ["BOMBING"]}],
            "instr_type": [{"alts": ["BOMB"], "ref": ["-"]}],
            "perp_org": [{"alts": ["LANTERN BRIGADE", "LB"]}],
            "perp_conf": [{"alts": ["CLAIMED OR ADMITTED"], "ref": ["LANTERN BRIGADE", "LB"]}],
            "phys_id": [{"alts": ["CUSTOMS HOUSE"]}, {"alts": ["TRUCKS"], "optional": True}],
            "hum_name": [{"alts": ["ILYA MARSH"]}],
            "hum_desc": [{"alts": ["HARBOR MASTER"], "ref": ["ILYA MARSH"]}, {"alts": ["DOCK WORKERS", "WORKERS"]}],
            "hum_num": [{"alts": ["1"], "ref": ["ILYA MARSH"]}, {"alts": ["12", "PLURAL"], "ref": ["DOCK WORKERS"]}],
            "hum_effect": [{"alts": ["DEATH"], "ref": ["ILYA MARSH"]}, {"alts": ["INJURY"], "ref": ["DOCK WORKERS"]}],
        },
        {"optional": True, "type": [{"alts": ["ARSON"]}], "phys_id": [{"alts": ["GRANARY"]}]},
    ],
    "r2": [{"optional": False, "type": [{"alts": ["ATTACK"]}], "stage": [{"alts": ["ACCOMPLISHED"]}], "hum_num": [{"alts": ["PLURAL"], "ref": ["-"]}]}],
    "r3": [],
    "r4": [{"optional": False, "type": [{"alts": ["KIDNAPPING"]}], "perp_ind": [{"alts": ["MASKED MEN"]}]}],
    "r5": [{"optional": True, "type": [{"alts": ["ROBBERY"]}]}],
}
SAID: dict[str, list[dict[str, Any]]] = {
    "r1": [
        {
            "date": [{"alts": ["04 MAY 91"]}],
            "location": [{"alts": ["ARDELIA: PORT SELIM (CITY)"]}],
            "type": [{"alts": ["BOMBING"]}],
            "instr_type": [{"alts": ["BOMB"], "ref": ["-"]}, {"alts": ["GUN"]}],
            "perp_org": [{"alts": ["THE BRIGADE"]}],
            "perp_conf": [{"alts": ["CLAIMED OR ADMITTED"], "ref": ["COAST GUARD"]}],
            "phys_id": [{"alts": ["THE OLD CUSTOMS HOUSE"]}, {"alts": ["TRUCKS"]}],
            "hum_name": [{"alts": ["MARSH"]}],
            "hum_desc": [{"alts": ["WORKERS"]}],
            "hum_num": [{"alts": ["1"], "ref": ["MARSH"]}, {"alts": ["12-"], "ref": ["WORKERS"]}],
            "hum_effect": [{"alts": ["DEATH"], "ref": ["MARSH"]}, {"alts": ["INJURY"], "ref": ["WORKERS"]}],
        },
        {"type": [{"alts": ["ARSON"]}]},
        {"type": [{"alts": ["ROBBERY"]}], "stage": [{"alts": ["THREATENED"]}]},
    ],
    "r2": [{"type": [{"alts": ["BOMBING"]}], "stage": [{"alts": ["ACCOMPLISHED"]}]}],
    "r3": [{"type": [{"alts": ["ATTACK"]}], "hum_num": [{"alts": ["3"]}]}],
    "r9": [{"type": [{"alts": ["ATTACK"]}]}],
}

# What /work/shared/eval/score_muc.py prints for these templates (p, r, f1); slots that are not named have 0 throughout.
FIGURES = {
    "ALL": (57.4, 59.6, 58.5),
    "victims": (50.0, 50.0, 50.0),
    "filter": (66.7, 66.7, 66.7),
    "template-id": (40.0, 50.0, 44.4),
    "date": (100.0, 100.0, 100.0),
    "location": (50.0, 50.0, 50.0),
    "type": (40.0, 50.0, 44.4),
    "instr_type": (50.0, 100.0, 66.7),
    "perp_org": (100.0, 100.0, 100.0),
    "perp_conf": (50.0, 50.0, 50.0),
    "phys_id": (100.0, 66.7, 80.0),
    "hum_name": (100.0, 100.0, 100.0),
    "hum_desc": (100.0, 50.0, 66.7),
    "hum_num": (50.0, 50.0, 50.0),
    "hum_effect": (100.0, 100.0, 100.0),
}


def _templates(rows: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    return {id_: [template(one) for one in row] for id_, row in rows.items()}


def test_figures_of_the_reference_scorer() -> None:
    found = figures(_templates(KEYS), _templates(SAID))
    assert {name: tuple(row.values()) for name, row in found.items() if any(row.values())} == FIGURES
    assert list(found)[:3] == ["ALL", "victims", "filter"]
    assert len(found) == 3 + 23 + 1


def test_keys_against_themselves_are_perfect_and_nothing_scores_nothing() -> None:
    keys = _templates(KEYS)
    assert {row["f1"] for name, row in figures(keys, keys).items() if name in ("ALL", "filter", "victims", "type")} == {100.0}
    assert figures(keys, {})["ALL"] == {"p": 0.0, "r": 0.0, "f1": 0.0}
    assert list(figures({"r": []}, {})) == ["ALL", "victims", "filter"], "no template anywhere: no slot was touched"


@pytest.mark.parametrize(
    ("slot", "key", "said", "credit"),
    [
        ("hum_desc", "DOCK WORKERS", "THE WORKERS", 1.0),
        ("hum_desc", "DOCK WORKERS", "DOCK", 0.5),
        ("hum_desc", "DOCK WORKERS", "SAILORS", 0.0),
        ("hum_desc", "THE", "OF", 1.0),  # no word that weighs on either side
        ("hum_desc", "THE", "SAILORS", 0.0),
        ("location", "ARDELIA: PORT SELIM (CITY)", "ARDELIA: PORT SELIM (TOWN)", 1.0),
        ("location", "ARDELIA: PORT SELIM (CITY)", "ARDELIA", 0.5),
        ("location", "ARDELIA: PORT SELIM (CITY)", "VOSK: PORT SELIM", 0.5),
        ("location", "ARDELIA", "VOSK", 0.0),
        ("date", "- 04 MAY 91", "04 MAY 91", 1.0),
        ("date", "03 MAY 91 - 04 MAY 91", "04 MAY 91", 0.5),
        ("date", "03 MAY 91", "04 MAY 91", 0.0),
        ("hum_num", "12-", "12", 0.5),
        ("hum_num", "PLURAL", "7", 0.5),
        ("hum_num", "PLURAL", "1", 0.0),
        ("hum_num", "6", "7", 0.0),
        ("instr_type", "BOMB", "BOMB: X", 0.5),
        ("stage", "THREATENED", "ATTEMPTED", 0.0),
    ],
)
def test_likeness_of_fills(slot: str, key: str, said: str, credit: float) -> None:
    assert likeness(slot, Fill((key,)), Fill((said,))) == credit


def test_a_value_of_somebody_else_is_half_right() -> None:
    key = Fill(("DEATH",), ("ILYA MARSH",))
    assert likeness("hum_effect", key, Fill(("DEATH",), ("A CLERK",))) == 0.5
    assert likeness("hum_effect", key, Fill(("DEATH",), ("-",))) == 1.0, "said to belong to nobody"
    assert likeness("instr_type", key, Fill(("DEATH",), ("A CLERK",))) == 1.0, "weapons are not asked whose they are"


def test_templates_pair_only_where_types_agree() -> None:
    keys, said = _templates(KEYS)["r1"], _templates(SAID)["r1"]
    assert pairs(keys, said) == [(0, 0), (1, 1)]
    assert pairs(keys[:1], said[1:]) == []


def test_victims_need_a_number() -> None:
    one = template(
        {"hum_effect": [{"alts": ["DEATH"], "ref": ["A CLERK"]}, {"alts": ["INJURY"], "ref": ["X"]}], "hum_num": [{"alts": ["1"], "ref": ["A CLERK"]}]}
    )
    assert victims([one]) == {("DEATH", "1", False)}
    assert alike("A CLERK", "CLERK") == 1


def test_logistic_models_learn_and_forget_what_is_rare() -> None:
    examples = [{"wet": 1.0}, {"dry": 1.0}] * 20 + [{"once": 1.0}]
    model = fit(examples, [1.0, 0.0] * 20 + [1.0], penalty=0.1)
    assert chance(model, {"wet": 1.0}) > 0.9 > 0.1 > chance(model, {"dry": 1.0})
    assert "once" not in model
    assert set(fit_values(examples, ["a", "b"] * 20 + ["a"], penalty=1.0)) == {"a", "b"}


def test_crossed_probabilities_come_from_other_folds() -> None:
    reports = [f"r{i}" for i in range(40)]
    # Only the fold of r0 is positive: a model that has not seen it cannot know.
    labels = [float(fold(report) == fold("r0")) for report in reports]
    found = Table([{"x": 1.0}] * 40).crossed(reports, labels, 1.0)
    assert max(p for p, report in zip(found, reports, strict=True) if fold(report) == fold("r0")) < 0.5
    assert np.isfinite(found).all()


def test_best_threshold() -> None:
    assert best_threshold([(0.9, 1.0), (0.8, 1.0), (0.1, 0.0)], 2) == 0.8
    assert best_threshold([(0.9, 0.0)], 2) == 1.0, "nothing is worth saying"


def test_numbers_and_days_as_muc_writes_them() -> None:
    assert [number(word) for word in ("seven", "thirty-one", "1,200", "scores")] == ["7", "31", "1200", None]
    assert day(dt.date(1991, 5, 4)) == "04 MAY 91"


def test_phrases_come_together() -> None:
    """A surname goes with the full name; workers without a figure with the four workers; two figures stay two groups."""
    at = Span(0, 1)
    said = [
        Phrase("ILYA MARSH", 0, 0, at, "Person"),
        Phrase("MARSH", 1, 0, at, "Person"),
        Phrase("DOCK WORKERS", 1, 0, at, many="4"),
        Phrase("WORKERS", 2, 0, at, many="PLURAL"),
        Phrase("WORKERS", 3, 0, at, many="9"),
    ]
    assert [(group.words, len(group.phrases)) for group in groups(said)] == [("ILYA MARSH", 2), ("DOCK WORKERS", 2), ("WORKERS", 1)]


def test_wording_is_words_and_pairs_of_words() -> None:
    found = phrasing(View(_seen("r0", True)))
    assert set(found) == {"the", "brigade", "killed", "#", "clerks", "the brigade", "brigade killed", "killed #", "# clerks"}
    assert sum(value * value for run, value in found.items() if " " in run) == pytest.approx(2.5**2)
    views = [View(_seen(f"r{i}", i % 2 == 0)) for i in range(60)]
    model, crossed = fit_phrasing(views, [float(i % 2 == 0) for i in range(60)])
    assert min(crossed[0::2]) > 0.5 > max(crossed[1::2])
    assert "brigade killed" in model
    assert "the" not in model, "what every report has tells nothing"


def test_harms_know_what_is_claimed_and_what_stands_beside() -> None:
    people = [
        Person("ATTACK", Group(who, (Phrase(who, 0, 4, Span(0, 1), many=many),)), {}, sure, 0.9, {"DEATH": 0.8, "INJURY": 0.1})
        for who, many, sure in (("CLERKS", "4", 0.9), ("COOKS", "7", 0.2))
    ]
    likely = dict.fromkeys(("ATTACK", "BOMBING", "KIDNAPPING", "ARSON", "any"), 0.5)
    rows = harms(people)
    assert sorted(rows) == [("DEATH", "4"), ("DEATH", "7"), ("INJURY", "4"), ("INJURY", "7")]
    found = harm_features(View(_seen("r0", True)), likely, rows)
    assert found["DEATH", "4"]["count same"] == 0.9
    assert "count other" in found["DEATH", "7"]
    assert not any(name.startswith("count ") for name in found["INJURY", "4"])
    assert (found["DEATH", "4"]["rank=0"], found["DEATH", "7"]["rank=1"]) == (1.0, 1.0)


def test_types_are_written_when_likely() -> None:
    likely = dict.fromkeys(("ATTACK", "BOMBING", "KIDNAPPING", "ARSON", "ROBBERY", "FORCED WORK STOPPAGE"), 0.1) | {"any": 0.9, "ARSON": 0.2}
    assert chosen(likely, {"any": 0.5, "type": 0.15}) == ["ARSON"]
    assert chosen(likely, {"any": 0.5, "type": 0.5}) == ["ARSON"], "about an incident: then of the likeliest type"
    assert chosen(likely, {"any": 0.95, "type": 0.15}) == []


def _seen(id_: str, is_incident: bool) -> Seen:
    """A report of one sentence, read by hand: "THE BRIGADE KILLED FOUR CLERKS ." or "THE COUNCIL OPENED FOUR SCHOOLS ."."""
    row = ["THE", "BRIGADE", "KILLED", "FOUR", "CLERKS", "."] if is_incident else ["THE", "COUNCIL", "OPENED", "FOUR", "SCHOOLS", "."]
    text, tokens = " ".join(row), []
    shape = [
        ("DET", "DT", 1, "det"),
        ("NOUN", "NN", 2, "nsubj"),
        ("VERB", "VBD", -1, "root"),
        ("NUM", "CD", 4, "nummod"),
        ("NOUN", "NNS", 2, "obj"),
        ("PUNCT", ".", 2, "punct"),
    ]
    start = 0
    for word, (upos, xpos, head, rel) in zip(row, shape, strict=True):
        tokens.append(Token(start, start + len(word), word, word.lower(), upos, xpos, head, rel))
        start += len(word) + 1
    evidence, who = Evidence(0, len(text), text), Mention(row[4], span=tokens[4].span)
    actor = Mention("THE BRIGADE", span=Span(0, tokens[1].end))
    about = {
        "report": id_,
        "evidence": evidence,
        "chain": (Voice(None),),
        "act": "asserts",
        "hedges": (),
        "said": None,
        "when": None,
        "score": 0.9,
        "because": "",
    }
    said = (Attack(actor=(actor,), target=(who,)), Casualties(who=(who,), harm=("killed",), count=Figure(4, 4, "FOUR")))
    claims = tuple(Claim(key=f"{i}", proposition=one, **about) for i, one in enumerate(said)) if is_incident else ()  # type: ignore[arg-type]
    names = (Name(tokens[1].span, "Organization"),) if is_incident else ()
    return Seen(id_, text, claims, (Sentence(tuple(tokens)),), names, published="1991-05-04")


KEY = {
    "type": [{"alts": ["ATTACK"]}],
    "date": [{"alts": ["- 04 MAY 91"]}],
    "location": [{"alts": ["ARDELIA"]}],
    "stage": [{"alts": ["ACCOMPLISHED"]}],
    "perp_cat": [{"alts": ["TERRORIST ACT"]}],
    "perp_org": [{"alts": ["BRIGADE"]}],
    "perp_conf": [{"alts": ["REPORTED AS FACT"], "ref": ["BRIGADE"]}],
    "hum_desc": [{"alts": ["CLERKS"]}],
    "hum_type": [{"alts": ["CIVILIAN"], "ref": ["CLERKS"]}],
    "hum_num": [{"alts": ["4"], "ref": ["CLERKS"]}],
    "hum_effect": [{"alts": ["DEATH"], "ref": ["CLERKS"]}],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Reports with their keys in reports.jsonl, and as the product is taken to read them in readings.jsonl."""
    some = [(f"r{i}", i % 2 == 0) for i in range(160)]
    rows = [{"id": id_, "text": _seen(id_, of).text, "gold": {"templates": [KEY] if of else []}} for id_, of in some]
    (tmp_path / "reports.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (tmp_path / "readings.jsonl").write_bytes(b"".join(msgspec.json.encode(_seen(id_, of)) + b"\n" for id_, of in some))
    return tmp_path


def test_readings_are_kept_whole(folder: Path) -> None:
    found = kept(folder / "reports.jsonl", folder / "readings.jsonl", "rules")
    assert found[0] == _seen("r0", True)


def test_what_is_learned_is_written(folder: Path) -> None:
    reports = kept(folder / "reports.jsonl", folder / "readings.jsonl", "rules")
    maps = fit_maps([View(one) for one in reports], muc4.keys(folder / "reports.jsonl"))
    (one,) = Writer(maps).templates(View(_seen("new", True)))
    assert {slot: [fill.alts[0] for fill in fills] for slot, fills in one.slots.items()} == {
        slot: [fill["alts"][0] for fill in fills] for slot, fills in KEY.items()
    }
    assert one.fills("perp_conf")[0].ref == ("BRIGADE",)
    assert Writer(maps).templates(View(_seen("new", False))) == []


def test_the_command(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    common = [str(folder / "reports.jsonl"), "--readings", str(folder / "readings.jsonl"), "--maps", str(folder / "maps.json")]
    assert muc4.main(["--fit", *common]) == 0
    capsys.readouterr()
    assert muc4.main([*common, "--json", "--out", str(folder / "out.jsonl")]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["victims"]["f1"] == found["filter"]["f1"] == found["perp_conf"]["f1"] == 100.0
    rows = [json.loads(line) for line in (folder / "out.jsonl").read_text().splitlines()]
    assert rows[1] == {"id": "r1", "templates": []}
    assert rows[0]["templates"][0]["type"] == [{"alts": ["ATTACK"]}]
    assert muc4.main(common) == 0
    assert capsys.readouterr().out.startswith("ALL ")


def test_the_product_reads_by_rule(tmp_path: Path) -> None:
    (tmp_path / "reports.jsonl").write_text(json.dumps({"id": "a", "text": "SELIM, 4 MAY 91 -- THE BRIGADE KILLED FOUR CLERKS."}) + "\n")
    (found,) = kept(tmp_path / "reports.jsonl", tmp_path / "new" / "readings.jsonl", "rules")
    assert found.published == "1991-05-04"
    assert kept(tmp_path / "reports.jsonl", tmp_path / "new" / "readings.jsonl", "rules") == [found], "the second time it is looked up"
