from __future__ import annotations

import pytest

from counterclaim.core.claim import Claim
from counterclaim.core.report import Report
from counterclaim.core.voice import Voice
from counterclaim.reconcile.context import context
from counterclaim.reconcile.origins import shingles
from tests.reconcile.factories import claim, killed, report, voice

NINE = killed("people")
TEXT = " ".join(f"word{i}" for i in range(100))
COPY = TEXT.replace("word99", "another")
OTHER = " ".join(f"other{i}" for i in range(100))


@pytest.mark.parametrize(
    ("claims", "reports", "origins", "why"),
    [
        ([claim(NINE, "Josué Lwambo"), claim(NINE, "Dr Josue Lwambo", report="r2")], [], 1, "one doctor in two papers"),
        ([claim(NINE, "Josué Lwambo"), claim(NINE, "Lwambo", report="r2")], [], 1, "by his surname"),
        ([claim(NINE, "Josué Lwambo"), claim(NINE, "Jean-Baptiste Tulinabo")], [], 2, "the doctor and the priest"),
        ([claim(NINE, voice("Karimi", "Taliban")), claim(NINE, voice("Mujahid", "Taliban"))], [], 1, "two spokesmen of one side"),
        (
            [claim(NINE, voice("Karimi", "Taliban")), claim(NINE, "Karimi", report="r2"), claim(NINE, "Taliban")],
            [],
            1,
            "a side, and who is known to speak for it",
        ),
        ([claim(NINE), claim(NINE, report="r2")], [], 1, "an outlet's own word, twice"),
        ([claim(NINE), claim(NINE, report="r2", outlet="Weekly")], [], 2, "two outlets"),
        ([claim(NINE), claim(NINE, "Daily", report="r2", outlet="Weekly")], [], 1, "an outlet by itself, and as another quotes it"),
        ([claim(NINE, outlet=None), claim(NINE, outlet=None, report="r2")], [], 2, "outlets unknown: one a report"),
        ([claim(NINE, outlet=None), claim(NINE, report="r2")], [report(outlet="The Daily")], 1, "the report knows its outlet"),
        ([claim(NINE, voice(None, words="a nurse")), claim(NINE, voice(None, words="a guard"), sentence=1)], [], 1, "unnamed: one a report"),
        ([claim(NINE, voice(None, words="a nurse")), claim(NINE, voice(None, words="a nurse"), report="r2")], [], 2, "unnamed: one a report"),
        ([claim(NINE), claim(NINE, report="r2", outlet="Weekly")], [report(text=TEXT), report("r2", COPY)], 1, "a light copy"),
        ([claim(NINE), claim(NINE, report="r2", outlet="Weekly")], [report(text=TEXT), report("r2", OTHER)], 2, "no copy"),
        ([claim(NINE, voice(None)), claim(NINE, voice(None), report="r2")], [report(text=TEXT), report("r2", COPY)], 1, "a copy's nameless witness"),
        (
            [claim(NINE), claim(NINE, "Ann Bell"), claim(NINE, "Cleo Dunn", report="r2")],
            [report(text=TEXT), report("r2", COPY)],
            3,
            "named voices stay themselves in copies",
        ),
        ([], [], 0, "nobody"),
    ],
)
def test_count(claims: list[Claim], reports: list[Report], origins: int, why: str) -> None:
    assert context(claims, reports, ()).origins.count(claims) == origins, why


def test_copies_of_copies_are_one() -> None:
    second = COPY.replace("word0 ", "first ")
    claims = [claim(NINE, report=name, outlet=name) for name in ("r1", "r2", "r3")]
    assert context(claims, [report("r1", TEXT), report("r2", COPY), report("r3", second)], ()).origins.count(claims) == 1


@pytest.mark.parametrize(("text", "runs"), [("", 0), ("one two", 1), ("a b c d e", 1), ("a b c d e f", 2)])
def test_shingles(text: str, runs: int) -> None:
    assert len(shingles(text)) == runs


def test_a_chain_without_voices_is_its_reports() -> None:
    made = claim(NINE, outlet=None)
    assert context([made], (), ()).origins.of(made) == "report:r1"
    assert made.chain == (Voice(None),)
