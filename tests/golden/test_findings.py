"""The demo reports side by side: what `examples/key.json` says of each matter, its standing and who says it in how many reports and origins.

The key was written with the reports, before the reader. What does not come out yet stands in `findings-misses.txt`, and fails here when it
does at last.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from counterclaim.core.finding import Finding, Position
from counterclaim.reconcile import findings
from counterclaim.resolve.registry import registry
from tests.golden.records import HERE, REPORTS
from tests.reconcile.demos import demos, derived

KEY: dict[str, Any] = json.loads((REPORTS.parent / "key.json").read_text(encoding="utf-8"))
# How the key calls them, and how the record does.
CALLED = {
    "NRF": "National Resistance Front",
    # Who offers for a side is the side.
    "Ahmad Massoud": "National Resistance Front",
    "Sudan's army": "Sudanese Armed Forces",
    "RSF": "Rapid Support Forces",
    "M23": "March 23 Movement",
    "the army": "army",
    "UN": "United Nations",
    "Paryan": "Parīān",
    "Bazarak": "Bāzārak",
    "Rokha": "Rukhah",
    "Khenj": "Khinj",
    "Wad Madani": "Wad Medani",
    "Avdiivka": "Avdiyivka",
    "Afghans": "Afghanistan",
    "Yemenis": "Yemen",
    "Yemen's government": "Yemen",
}
DAYS = ("as_of", "date", "from", "to")
LEDGER = ("offer", "pledge", "demand", "agreement")


@cache
def found() -> tuple[Finding, ...]:
    read = demos()
    links = registry(read.links, read.claims, read.reports).links
    return tuple(findings(read.claims, read.reports, links, derived()))


def _same(ours: str | None, theirs: str) -> bool:
    wanted = CALLED.get(theirs, theirs).casefold()
    return ours is not None and (wanted in ours.casefold() or ours.casefold() in wanted)


def _is_asked(finding: Finding, question: dict[str, Any], place: str | None = None) -> bool:
    """Whether a finding answers the key's question: of the same kind, about the same parties, place, harm and day."""
    if finding.question["kind"] != question["kind"]:
        return False
    for slot, wanted in question.items():
        values = wanted if isinstance(wanted, list) else [wanted]
        if slot == "place":
            values = [place or values[0]]
        # Whether a question is about something that ours does not tell apart ("of" which truce) is not asked.
        if slot in ("kind", *DAYS) or slot not in finding.question:
            continue
        if not any(_same(finding.question.get(slot), value) for value in values):
            return False
    days = {value for slot in DAYS if (value := question.get(slot))}
    ours = {value for slot in ("as_of", "day", "from", "to") if (value := finding.question.get(slot))}
    if not days or not ours:
        return True
    # Of what has happened the key may say as of when it was known; who holds a place is asked of a day.
    return bool(days & ours) or (question["kind"] != "control" and "as_of" in question and min(ours) <= question["as_of"])


def _told(finding: Finding, party: str) -> Position | None:
    return next((one for one in finding.positions if _same(one.party, party)), None)


def _cases(aspect: str) -> list[Any]:
    misses = set((HERE / "findings-misses.txt").read_text(encoding="utf-8").splitlines())
    cases = []
    for i, one in enumerate(KEY["findings"], start=1):
        places = one["question"].get("place")
        for place in places if isinstance(places, list) else [places]:
            name = f"{i:02d} {aspect}: {one['what']}" + (f" ({place})" if isinstance(places, list) else "")
            marks = [pytest.mark.xfail(reason="not read so yet", strict=True)] if name in misses else []
            cases.append(pytest.param(one, place, id=name, marks=marks))
    return cases


def _asked(expected: dict[str, Any], place: str | None) -> list[Finding]:
    asked = [one for one in found() if _is_asked(one, expected["question"], place)]
    assert asked, "no finding on this"
    return asked


@pytest.mark.parametrize(("expected", "place"), _cases("asked"))
def test_there_is_a_finding_on_every_matter_of_the_key(expected: dict[str, Any], place: str | None) -> None:
    assert _asked(expected, place)


@pytest.mark.parametrize(("expected", "place"), _cases("standing"))
def test_its_standing(expected: dict[str, Any], place: str | None) -> None:
    asked = _asked(expected, place)
    assert expected["standing"] in {one.standing for one in asked}
    if "low" in expected:
        assert (expected["low"], expected["high"]) in {(one.low, one.high) for one in asked if one.standing == expected["standing"]}


@pytest.mark.parametrize(("expected", "place"), _cases("counts"))
def test_its_reports_and_origins(expected: dict[str, Any], place: str | None) -> None:
    for wanted in expected["positions"]:
        positions = [position for one in _asked(expected, place) if (position := _told(one, wanted["party"]))]
        assert positions, f"nothing by {wanted['party']}"
        assert (len(wanted["reports"]), wanted["origins"]) in {(one.reports, one.origins) for one in positions}


def test_sums_are_checked() -> None:
    """480 tonnes are listed as 460, 84 as 84: both come out by themselves."""
    checks = {one.question["donor"]: one.sum_check.result for one in found() if one.sum_check}
    assert checks == {"Bab al-Noor Trust": "disagrees", "Joint Relief Desk": "agrees"}


def test_a_union_of_harms_has_no_dead() -> None:
    """ "1,000 or more killed, wounded or captured": a finding of its own, and 0 dead at least wherever the dead are asked for."""
    union = next(one for one in found() if one.question["kind"] == "casualties" and one.question["harm"] == "killed, wounded, captured")
    assert (union.low, union.high) == (1000, None)
    dead = [one for one in found() if one.question["kind"] == "casualties" and one.question["harm"] == "killed" and _same(one.question["who"], "Taliban")]
    assert all(one.low in (0, None) for one in dead)


def test_one_offer_in_four_wordings_and_its_silence() -> None:
    offer = next(one for one in found() if one.question["kind"] == "offer" and _same(one.question["by"], "NRF"))
    assert len(offer.formulations) == 4
    (silence,) = offer.answers
    assert (silence.by, silence.value, silence.as_of, len(silence.claims)) == ("Taliban", "none", "2021-09-05", 3)


def test_the_misses_are_of_the_key() -> None:
    misses = (HERE / "findings-misses.txt").read_text(encoding="utf-8").splitlines()
    assert set(misses) <= {str(case.id) for aspect in ("asked", "standing", "counts") for case in _cases(aspect)}
    assert misses == sorted(misses)
