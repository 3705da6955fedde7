"""Denials point at what they deny, and change nothing of it."""

from __future__ import annotations

from counterclaim.core.claim import Control
from tests.reading import reading


def test_a_denial_points_at_the_claim_of_the_same_report() -> None:
    found = reading(
        "The rebels said they had captured the town of Arvad. The army denied that the rebels had captured the town of Arvad.",
        outlet="Wire",
        published="2024-03-04",
    )
    controls = [c for c in found.claims if isinstance(c.proposition, Control)]
    denial = next(c for c in controls if c.act == "denies")
    claim = next(c for c in controls if c.act == "asserts")
    assert denial.refutes == claim.key
    assert claim.refutes is None


def test_a_denial_of_what_nobody_said_here_keeps_the_words() -> None:
    found = reading("The army denied that the rebels had captured the town of Arvad.", outlet="Wire", published="2024-03-04")
    denial = next(c for c in found.claims if c.act == "denies")
    assert denial.refutes is not None
    assert "captured the town" in denial.refutes
