from __future__ import annotations

import re
from typing import get_args

import pytest

from counterclaim.core.claim import Attack, Claim, Statement, Verification, VerificationValue
from counterclaim.core.finding import Standing
from counterclaim.reconcile import standing as table
from tests.reconcile.factories import claim, m, only, voice

SHELLING = Attack(actor=m("M23"), target=m("Kibua"))
DAY = "2025-06-10"
ONE = claim(SHELLING, "Ann Bell", days=DAY, sentence=1)
TWO = claim(SHELLING, "Cleo Dunn", days=DAY, sentence=1)
AGAINST = claim(SHELLING, voice("Rwema", "M23"), act="denies", days=DAY, sentence=1)
CONCEDED = claim(SHELLING, "M23", days=DAY, sentence=1, interest="against-interest")
TAKEN_BACK = claim(Statement(content=("nothing of the sort",)), "Ann Bell", act="denies", refutes=ONE.key, sentence=2)


def check(value: VerificationValue) -> Claim:
    return claim(Verification(value=value), sentence=1)


@pytest.mark.parametrize(
    ("claims", "standing", "because"),
    [
        ([ONE, TAKEN_BACK], "withdrawn", "what was said was corrected or taken back"),
        ([ONE, TWO, AGAINST, check("verified")], "disputed", "M23 disputes what Ann Bell says"),
        ([ONE, TWO, check("false")], "disputed", "Daily checked it and calls it false"),
        ([ONE, TWO, CONCEDED, check("verified")], "verified", "Daily verified it"),
        ([ONE, TWO, CONCEDED, check("not-verified")], "conceded", "M23 says it against its own interest"),
        ([ONE, TWO, check("not-verified")], "corroborated", "2 independent origins say it and none says otherwise"),
        ([ONE, check("not-verified")], "not-verified", "Daily could not verify it, and nothing else speaks against it"),
        ([ONE], "claimed", "one origin says it; nobody at hand disputes or verifies it"),
        ([TWO, ONE, TAKEN_BACK], "claimed", "one origin says it; nobody at hand disputes or verifies it"),
    ],
)
def test_rules_in_order(claims: list[Claim], standing: str, because: str) -> None:
    finding = only(claims)
    assert (finding.standing, finding.because) == (standing, because)


def test_the_table_is_told_in_its_order() -> None:
    assert table.__doc__ is not None
    told = re.findall(r"^\| ([a-z-]+) \|", table.__doc__, re.M)[1:]
    assert told == [name for name, _ in table.RULES]
    assert set(told) == set(get_args(Standing))
