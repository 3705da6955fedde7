from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from counterclaim.core.report import Report
from counterclaim.core.when import Published
from counterclaim.errors import InputRefused, NotFound
from evaluation import gold
from tests.evaluation.factories import CONTROL, DEAL, HARM, SAID_CONTROL, SAID_DEAL, SAID_HARM, TEXT, Json, gold_file


def written(folder: Path, *golds: Json) -> list[Path]:
    for one in golds:
        (folder / f"{one['id']}.json").write_text(json.dumps(one), encoding="utf-8")
    return gold.gold_files([folder])


def reads(*claims: Json) -> gold.Read:
    """A product that finds these claims in every report."""

    def read(report: Report) -> Iterator[bytes]:
        return (json.dumps({**claim, "report": report.id}).encode() for claim in claims)

    return read


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2031-05-06", Published(dt.date(2031, 5, 6), "given")),
        ("20310506", Published(dt.date(2031, 5, 6), "given")),
        (20310506, Published(dt.date(2031, 5, 6), "given")),
        (None, Published()),
    ],
)
def test_the_product_sees_the_report_and_not_the_claims(tmp_path: Path, published: object, expected: Published) -> None:
    (file,) = written(tmp_path, gold_file(CONTROL, published=published, title="War"))
    assert gold.report(file) == Report(id="r1", text=TEXT, title="War", outlet="Daily", published=expected)


def test_the_claims_of_a_gold_file_are_never_decoded_for_the_product(tmp_path: Path) -> None:
    """Claims of any shape whatever give the same report."""
    (file,) = written(tmp_path, {**gold_file(), "claims": {"not": "claims"}})
    assert gold.report(file).text == TEXT


def test_gold_files_of_folders_and_files(tmp_path: Path) -> None:
    files = written(tmp_path, gold_file(), gold_file(id="a"))
    assert [file.name for file in files] == ["a.json", "r1.json"]
    assert gold.gold_files([files[1], tmp_path]) == [files[1], *files]
    (tmp_path / "empty").mkdir()
    for absent in (tmp_path / "empty", tmp_path / "none.json"):
        with pytest.raises(NotFound, match=absent.name):
            gold.gold_files([absent])


def test_all_reports_are_read_before_any_gold_claim_is_opened(tmp_path: Path) -> None:
    """Gold that is spoilt while the first report is read is met only after the last one was."""
    files = written(tmp_path, gold_file(CONTROL), gold_file(CONTROL, id="r2"))
    seen = []

    def read(report: Report) -> Iterator[bytes]:
        seen.append(report.id)
        files[0].write_text("spoilt", encoding="utf-8")
        return iter(())

    with pytest.raises(json.JSONDecodeError):
        gold.measure(files, read)
    assert seen == ["r1", "r2"]


def test_predictions_are_kept_where_asked(tmp_path: Path) -> None:
    files = written(tmp_path, gold_file(CONTROL))
    out = tmp_path / "said.jsonl"
    results, claims = gold.measure(files, reads(SAID_CONTROL, SAID_HARM), out)
    assert [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()] == claims == [SAID_CONTROL, SAID_HARM]
    assert results[0].kinds["control"].record == 1


def test_a_refused_report_is_named_and_has_no_claims(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def refuse(report: Report) -> Iterator[bytes]:
        raise InputRefused(report.id, "too long")

    results, claims = gold.measure(written(tmp_path, gold_file(CONTROL)), refuse)
    assert (claims, results[0].kinds["control"].gold) == ([], 1)
    assert "r1: too long" in capsys.readouterr().err


def test_intervals_are_seeded_and_hold_the_figure(tmp_path: Path) -> None:
    golds = [gold_file(CONTROL, HARM, id=f"r{i}") for i in range(8)]
    files = written(tmp_path, *golds)

    def read(report: Report) -> Iterator[bytes]:
        claims = [SAID_CONTROL, SAID_HARM] if int(report.id[1:]) % 2 else [SAID_CONTROL]
        return reads(*claims)(report).__iter__()

    results, _ = gold.measure(files, read)
    found = gold.summary(results, samples=500)
    assert found["interval"] == gold.summary(results, samples=500)["interval"]
    for name in ("record", "found", "slots"):
        low, high = found["interval"][name]
        assert low < found[name]["f1"] < high
    same = gold.summary(gold.measure(files, reads(SAID_CONTROL, SAID_HARM))[0], samples=20)["interval"]
    assert same["record"] == [100.0, 100.0]
    assert gold.intervals(gold.measure(files, reads())[0], 20)["record"] == [0.0, 0.0]


def test_json_is_one_object_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, gold_file(CONTROL, DEAL, bans=({"kind": "control", "slots": {"holder": []}, "why": "no holder is named"},)))
    monkeypatch.setattr(gold, "product", lambda reader, weights=None: reads(SAID_CONTROL, SAID_DEAL))
    assert gold.main([str(tmp_path), "--json", "--errors", "3", "--offers", "--bootstrap", "10"]) == 0
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert out.count("\n") == 1
    assert found["offer_terms"] == {"p": 100.0, "r": 100.0, "f1": 100.0}
    assert (found["must_not"], found["interval"]["samples"]) == (1, 10)
    assert "FORBIDDEN r1: no holder is named" in err
    assert "OFFER r1" in err


def test_the_table_names_kinds_and_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, gold_file(CONTROL, HARM))
    denied = {**SAID_CONTROL, "act": "denies"}
    monkeypatch.setattr(gold, "product", lambda reader, weights=None: reads(denied, SAID_DEAL))
    assert gold.main([str(tmp_path), "--errors", "5"]) == 0
    out = capsys.readouterr().out
    for start in ("MISSED r1 casualties", "EXTRA  r1 offer", "WRONG  r1 control in act", "control       gold    1 said    1", "ALL ", "offer terms"):
        assert any(line.startswith(start) for line in out.splitlines()), start


def test_no_gold_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert gold.main([str(tmp_path)]) == NotFound.exit_code
    assert "no gold files" in capsys.readouterr().err


def test_the_product_itself_is_measured(tmp_path: Path) -> None:
    results, claims = gold.measure(written(tmp_path, gold_file(CONTROL, HARM, DEAL)), gold.product("rules"))
    assert {claim["report"] for claim in claims} == {"r1"}
    assert results[0].misquoted == 0


def test_only_what_a_split_holds_out(tmp_path: Path) -> None:
    split = tmp_path / "split.json"
    split.write_text('{"heldout": ["b"]}', encoding="utf-8")
    assert gold.held_out([tmp_path / "a.json", tmp_path / "b.json"], split) == [tmp_path / "b.json"]
    with pytest.raises(NotFound, match="holds out"):
        gold.held_out([tmp_path / "a.json"], split)
