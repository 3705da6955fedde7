"""What is called false is denied, what nobody holds is not held, and whom nobody harmed is not among the harmed."""

from __future__ import annotations

import pytest

from counterclaim.core.claim import Answer, Casualties, Claim, Control
from tests.reading import reading


def claims(text: str) -> list[Claim]:
    return [claim for claim in reading(text, reader="trained", outlet="Wire", published="2025-05-06").claims if claim.kind != "statement"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        pytest.param("It is not true that 11 workers were killed in Tarn, Prem said.", "Prem", id="not true that"),
        pytest.param("It is false that the rebels hold Tarn, Prem said.", "Prem", id="false that"),
        pytest.param("The army rejected reports that its jets bombed a school in Marsk.", "army", id="rejected reports"),
        pytest.param("The army rejected a claim that it had killed 40 civilians in Marsk.", "army", id="rejected a claim"),
    ],
)
def test_what_is_called_false_is_denied(text: str, who: str) -> None:
    found = [claim for claim in claims(text) if claim.kind != "answer"]
    assert found
    assert {(claim.act, claim.chain[-1].name) for claim in found} == {("denies", who)}


def test_not_to_dispute_is_to_confirm() -> None:
    found = [c for c in claims("The army does not dispute that 12 of its soldiers were killed.") if isinstance(c.proposition, Casualties)]
    assert all(claim.act in ("confirms", "asserts") for claim in found)


def test_to_insist_is_to_assert() -> None:
    (claim,) = (c for c in claims("The rebels insisted that they held the town of Tarn.") if isinstance(c.proposition, Control))
    assert claim.act == "asserts"


@pytest.mark.parametrize(
    ("text", "not_holder"),
    [
        pytest.param("The army no longer controls the town of Tarn, villagers said.", "army", id="no longer"),
        pytest.param("The army does not hold the town of Tarn, Vell said.", "army", id="not"),
        pytest.param("Neither the army nor the rebels hold the town of Lom, villagers said.", "army", id="neither"),
    ],
)
def test_who_does_not_hold_a_place(text: str, not_holder: str) -> None:
    said = [claim.proposition for claim in claims(text) if isinstance(claim.proposition, Control) and claim.act != "denies"]
    assert said
    assert not any(one.holder for one in said)
    assert any(not_holder in mention.words for one in said for mention in one.not_holder)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Six people survived the shelling of Marsk, medics said.", id="survived"),
        pytest.param("The rebels freed 60 prisoners on Monday.", id="freed"),
    ],
)
def test_whom_nobody_harmed(text: str) -> None:
    assert not any(isinstance(claim.proposition, Casualties) for claim in claims(text))


def test_a_rejection_that_was_not_is_none() -> None:
    assert not any(isinstance(c.proposition, Answer) and c.proposition.value == "rejects" for c in claims("The rebels had not rejected the proposal."))


def test_the_army_is_no_rebel_army_by_name() -> None:
    found = claims("The Arakan Army said it had captured the town of Ann. The army denied that Ann had fallen.")
    assert {claim.chain[-1].name for claim in found if claim.act == "denies"} == {"army"}


def test_the_counted_dead_do_not_speak() -> None:
    found = claims("The army said it had killed 22 fighters near Tarn. The rebels said they still held the town of Tarn.")
    assert not any("22" in (claim.chain[-1].name or "") or "fighters" in (claim.chain[-1].name or "") for claim in found)


def test_without_losing_men_is_no_loss() -> None:
    text = "The group took the town of Tarn without losing any of its own men, Vell said."
    assert not any(isinstance(claim.proposition, Casualties) for claim in claims(text))


def test_a_number_is_no_place() -> None:
    text = "The insurgents said they had lost only two in the fighting near Ann."
    assert not any(m.words == "two" for c in claims(text) if isinstance(c.proposition, Control) for m in c.proposition.place)
