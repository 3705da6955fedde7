"""Copies, rewrites, independents: on the families of `training/lineage` that were held out from the fit, and as laws."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.core.lineage import Kinship
from counterclaim.core.report import Report
from counterclaim.core.when import Published
from counterclaim.reconcile.lineage import Known, lineage
from counterclaim.reconcile.lineage.facts import fingerprint
from counterclaim.reconcile.lineage.kinship import is_one_text, kinship
from evaluation.lineage import kinships, main, scores

FAMILIES = Path(__file__).parents[3] / "training" / "lineage"
HELD_OUT = ("f06", "f07", "f08", "f09")


@cache
def key() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FAMILIES / "key.json").read_text(encoding="utf-8"))
    return found


@cache
def found() -> dict[tuple[str, str], Kinship]:
    return kinships(FAMILIES, key())


def test_held_out_families() -> None:
    pairs = [p for p in key()["pairs"] if p["a"].startswith(HELD_OUT)]
    figures = scores(pairs, found())
    assert figures["copy"] == 100
    assert (figures["rewrite"] or 0) >= 85
    assert figures["false_ties"] == 0
    assert (figures["auc_rewrite"] or 0) >= 0.95
    assert (figures["auc_lift"] or 0) >= 0.75


def test_every_tie_shows_aligned_sentences_that_share_facts() -> None:
    for pair, one in found().items():
        if one.relation in ("rewrite", "lift"):
            texts = [(FAMILIES / "texts" / f"{name}.txt").read_text(encoding="utf-8") for name in sorted(pair)]
            assert one.aligned
            for two in one.aligned:
                assert two.a.of(texts[0]).strip()
                assert two.b.of(texts[1]).strip()


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("On Friday seventeen people died in Anaba, and 43 were hurt.", ("friday", "#17", "anaba", "#43")),
        ("Twenty-one men fled; two thousand stayed.", ("#21", "#2000")),
        ("Rebels fled. The rebels of Anaba did not.", ("anaba",)),
        ("Omar’s men said that Omar fled.", ("omar",)),
        ("Twenty one men fled, seven-hundred stayed.", ("#21",)),
        ("", ()),
    ],
)
def test_facts(text: str, facts: tuple[str, ...]) -> None:
    assert fingerprint("x", text).order == facts


def test_two_short_notes_on_one_event_are_not_kin() -> None:
    a, b = "Five people died in Anaba on Friday, Dr Omar said.", "In Anaba, five were killed on Friday, said Dr Omar."
    assert kinship(fingerprint("a", a), fingerprint("b", b)).relation == "none"


@cache
def texts() -> tuple[Report, ...]:
    return tuple(Report(id=path.stem, text=path.read_text(encoding="utf-8")) for path in sorted((FAMILIES / "texts").glob("f0[67]-*.txt")))


@settings(max_examples=5, deadline=None)
@given(st.permutations(texts()))
def test_order_changes_nothing(reports: Sequence[Report]) -> None:
    assert lineage(reports) == lineage(texts())


def test_copies_and_rewrites_are_told_without_aligning_all() -> None:
    prints = [fingerprint(report.id, report.text) for report in texts()]
    told = {(a.id, b.id): (is_one_text(a, b), kinship(a, b).relation in ("copy", "rewrite")) for a, b in combinations(prints, 2)}
    assert all(one == other for one, other in told.values())
    assert {one for one, _ in told.values()} == {True, False}


def test_what_was_found_before_is_found_again() -> None:
    known, changed = Known(), [msgspec.structs.replace(texts()[0], text=texts()[1].text), *texts()[1:]]
    days = [msgspec.structs.replace(report, published=Published(dt.date(2024, 3, 1 + number), "given")) for number, report in enumerate(texts())]
    for reports in (texts(), texts()[1:], texts(), changed, days, texts()):
        assert lineage(reports, known) == lineage(reports)


def test_the_forest_has_no_rings_and_copies_have_their_source() -> None:
    of = lineage(texts())
    assert of.parents["f06-copy"] == "f06-orig"
    for name in of.parents:
        seen = {name}
        while name in of.parents:
            name = of.parents[name]
            assert name not in seen
            seen.add(name)


@pytest.mark.parametrize(
    ("outlet", "day", "expected", "why"),
    [
        ("Harrow Wire", 2, ("version", "a"), "one outlet's later text"),
        ("The Harrow Wire", 2, ("version", "a"), "one outlet, written otherwise"),
        ("Harrow Wire", 1, ("version", None), "one outlet on one day: nothing tells which came first"),
        ("Weekly", 2, ("copy", "a"), "another outlet's"),
        (None, 2, ("copy", "a"), "an outlet that nothing names"),
    ],
)
def test_what_an_outlet_prints_twice_is_a_version(outlet: str | None, day: int, expected: tuple[str, str | None], why: str) -> None:
    text = texts()[0].text
    one, other = (
        Report(id=name, text=text, outlet=printed, published=Published(dt.date(2024, 3, on), "given"))
        for name, printed, on in (("a", "Harrow Wire", 1), ("b", outlet, day))
    )
    [kin] = lineage([one, other]).kinships
    assert (kin.relation, kin.source) == expected, why
    assert "the two are the same, word for word" in kin.because


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(FAMILIES), "--families", "f06", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert set(figures) == {"copy", "rewrite", "lift3", "lift12", "false_ties", "direction", "auc", "auc_rewrite", "auc_lift"}
