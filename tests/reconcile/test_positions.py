from __future__ import annotations

import pytest

from counterclaim.core.claim import Attack, Claim, InterestValue
from counterclaim.core.report import Report
from tests.reconcile.factories import claim, m, only, report, voice

SHELLING = Attack(actor=m("M23"), target=m("Kibua"))
DAY = "2025-06-10"


@pytest.mark.parametrize(
    ("claims", "reports", "parties", "why"),
    [
        ([claim(SHELLING, voice("Mbuyi", "FARDC"), days=DAY)], [], ["FARDC"], "the side"),
        ([claim(SHELLING, "Mbuyi", days=DAY), claim(SHELLING, voice("Mbuyi", "FARDC"), report="r2", days=DAY)], [], ["FARDC"], "the side another report gives"),
        ([claim(SHELLING, "Lwambo", days=DAY)], [], ["Lwambo"], "the person"),
        ([claim(SHELLING, days=DAY)], [], ["Daily"], "the outlet"),
        ([claim(SHELLING, outlet=None, days=DAY)], [report(outlet="Weekly")], ["Weekly"], "the outlet of the report"),
        ([claim(SHELLING, voice(None, words="a nurse"), days=DAY)], [], ["nurse"], "the words of a nameless voice"),
        ([claim(SHELLING, voice(None), days=DAY), claim(SHELLING, voice(None), report="r2", days=DAY)], [], [None, None], "nobody, twice"),
    ],
)
def test_party(claims: list[Claim], reports: list[Report], parties: list[str | None], why: str) -> None:
    assert [one.party for one in only(claims, reports).positions] == parties, why


@pytest.mark.parametrize(
    ("given", "interest"),
    [((None, None), "unknown"), (("own-gain", None), "own-gain"), (("own-gain", "own-gain"), "own-gain"), (("own-gain", "neutral"), "unknown")],
)
def test_interest(given: tuple[InterestValue | None, InterestValue | None], interest: str) -> None:
    claims = [claim(SHELLING, "FARDC", days=DAY, sentence=i, interest=value) for i, value in enumerate(given)]
    assert [one.interest for one in only(claims).positions] == [interest]


def test_claims_origins_and_reports() -> None:
    claims = [claim(SHELLING, voice(name, "FARDC"), days=DAY, report=name) for name in ("r1", "r2", "r3")]
    position = only(claims).positions[0]
    assert (position.claims, position.origins, position.reports) == (tuple(sorted(one.key for one in claims)), 1, 3)
