from __future__ import annotations

import pytest

from counterclaim.core.claim import Casualties, Claim, Fighting, Verification, VerificationValue
from counterclaim.reconcile.context import context
from counterclaim.reconcile.verification import covers
from tests.cases import Case, params
from tests.reconcile.factories import claim, control, figure, killed, m, only, voice
from tests.voices import matching, missed, told

TOLL = claim(killed("people", figure(9)), "Lwambo", days="2025-06-10", sentence=1)
NAMED = claim(Casualties(who=m("Fahim Dashty"), named=m("Fahim Dashty"), harm=("killed",)), "NRF", sentence=1)
HELD = claim(control("Kibua", "FARDC"), "FARDC", days="2025-06-10", sentence=1)
CLASHES = claim(Fighting(place=m("Kibua")), "FARDC", sentence=1)


def check(about: str, value: VerificationValue = "not-verified", sentence: int = 5) -> Claim:
    return claim(Verification(by=m("Meridian"), value=value, about=(about,) if about else ()), act="cannot-verify", sentence=sentence)


@pytest.mark.parametrize(
    ("about", "value", "sentence", "claim_", "covered", "why"),
    [
        ("the number of casualties", "not-verified", 5, TOLL, True, "a toll, anywhere in the report"),
        ("the death toll", "not-verified", 5, TOLL, True, "death"),
        ("either side's losses", "not-verified", 5, TOLL, True, "losses"),
        ("the number of casualties", "not-verified", 5, HELD, False, "not who holds the town"),
        ("who is in control", "not-verified", 5, HELD, True, "control"),
        ("the Taliban's advances", "not-verified", 5, HELD, True, "advance"),
        ("who is in control", "not-verified", 5, TOLL, False, "not the toll"),
        ("the number of casualties", "not-verified", 5, NAMED, False, "somebody named is no number"),
        ("the deaths", "not-verified", 5, NAMED, True, "his death itself"),
        ("the accounts of casualties", "not-verified", 5, NAMED, True, "accounts are no numbers"),
        ("a video of the losses", "not-verified", 5, TOLL, False, "footage, elsewhere"),
        ("a video of the losses", "not-verified", 1, TOLL, True, "footage, in the same sentence"),
        ("the claims", "not-verified", 5, TOLL, True, "what was told before"),
        ("the claims", "not-verified", 0, TOLL, False, "not what is told after"),
        ("it", "not-verified", 5, TOLL, False, "nothing that names a kind"),
        ("the claims", "not-verified", 1, TOLL, True, "in the same sentence"),
        ("", "not-verified", 1, CLASHES, True, "any kind in the same sentence"),
        ("the toll", "not-verified", 1, HELD, False, "in the same sentence, but of another kind"),
        ("the toll", "verified", 5, TOLL, False, "verified reaches its sentence alone"),
        ("the toll", "verified", 1, TOLL, True, "verified in the same sentence"),
    ],
)
def test_covers(about: str, value: VerificationValue, sentence: int, claim_: Claim, covered: bool, why: str) -> None:
    caveat = check(about, value, sentence)
    assert covers(context([caveat, claim_]), caveat, claim_) is covered, why


@pytest.mark.parametrize(
    ("values", "verification", "standing"),
    [
        ([], "none", "claimed"),
        (["not-verified"], "not-verified", "not-verified"),
        (["verified"], "verified", "verified"),
        (["not-verified", "verified"], "verified", "verified"),
        (["false", "verified"], "false", "disputed"),
        (["disputed"], "disputed", "disputed"),
    ],
)
def test_check(values: list[VerificationValue], verification: str, standing: str) -> None:
    finding = only([TOLL, *(check("the toll", value, 1) for value in values)])
    assert (finding.verification, finding.standing) == (verification, standing)


def test_a_caveat_reaches_no_other_report() -> None:
    elsewhere = claim(Verification(value="not-verified", about=("the toll",)), report="r2")
    assert only([TOLL, elsewhere]).standing == "claimed"


@pytest.mark.parametrize(
    ("caveat", "because"),
    [
        (check("the toll"), "Meridian could not verify it, and nothing else speaks against it"),
        (claim(Verification(value="not-verified", about=("the toll",))), "Daily could not verify it, and nothing else speaks against it"),
        (
            claim(Verification(value="not-verified", about=("the toll",)), voice(None), outlet=None),
            "an unnamed source could not verify it, and nothing else speaks against it",
        ),
    ],
)
def test_who_could_not_verify(caveat: Claim, because: str) -> None:
    assert only([TOLL, caveat]).because == because


def test_who_denies_having_checked_says_nothing() -> None:
    denied = claim(Verification(value="verified", about=("the toll",)), "UN", act="denies", sentence=1)
    assert only([TOLL, denied]).verification == "none"


def test_claims_are_no_checks() -> None:
    assert not covers(context([TOLL, HELD]), TOLL, HELD)


@pytest.mark.parametrize("case", params("voices/caveat"))
def test_table_what_a_caveat_reaches(case: Case) -> None:
    claims = told(case)
    assert not missed(case, claims)
    all_at_hand = context(claims)
    checks = [check for of_report in all_at_hand.checks.values() for check in of_report]
    reached = [claim for claim in claims if claim.act == "cannot-verify" or any(covers(all_at_hand, check, claim) for check in checks)]
    for wanted in case.get("reached", ()):
        found = matching(claims, wanted)
        assert found
        assert all(claim in reached for claim in found), wanted
    for wanted in case.get("clear", ()):
        found = matching(claims, wanted)
        assert found
        assert not any(claim in reached for claim in found), wanted
