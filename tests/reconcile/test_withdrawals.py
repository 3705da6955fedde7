from __future__ import annotations

import pytest

from counterclaim.core.claim import Casualties, Claim, Statement
from counterclaim.core.report import Report
from counterclaim.reconcile.context import context
from tests.reconcile.factories import claim, figure, killed, report, voice

MAYOR = claim(killed("people", figure(26)), "Théophile Muhindo")
WITHDRAWS = Statement(content=("withdraws the figure of 26 dead given by the administrator",))
SAYS = Statement(content=("it was so",))


@pytest.mark.parametrize(
    ("claims", "reports", "taken", "why"),
    [
        ([claim(WITHDRAWS, report="r2")], [], True, "the outlet, by the number"),
        ([claim(WITHDRAWS, report="r2", outlet="Weekly")], [], False, "another outlet"),
        ([claim(WITHDRAWS, "Théophile Muhindo", report="r2", outlet="Weekly")], [], True, "who said it"),
        ([claim(WITHDRAWS, "Somebody", report="r2")], [], False, "somebody else"),
        ([claim(WITHDRAWS, report="r2", act="denies")], [], False, "denied"),
        ([claim(WITHDRAWS, report="r2", modality="planned")], [], False, "planned"),
        ([claim(Statement(content=("withdrew 26 tanks",)), report="r2")], [], False, "tanks are withdrawn too"),
        ([claim(Statement(content=("withdraws the figure of 14 dead",)), report="r2")], [], False, "another number"),
        ([claim(WITHDRAWS, report="r2")], [report(published="2025-06-12"), report("r2", published="2025-06-13")], True, "a day later"),
        ([claim(WITHDRAWS, report="r2")], [report(published="2025-06-14"), report("r2", published="2025-06-13")], False, "before it was printed"),
        ([claim(WITHDRAWS, report="r2")], [report(published="2024-06-12"), report("r2", published="2025-06-13")], False, "a year later"),
        ([claim(killed("people"), "Théophile Muhindo", act="denies", refutes=MAYOR.key)], [], True, "denied by who said it"),
        ([claim(killed("people"), "Théophile Muhindo", act="asserts", refutes=MAYOR.key)], [], False, "refuted, not denied"),
        ([claim(killed("people"), voice("Mbuyi", "FARDC"), act="denies", refutes=MAYOR.key)], [], False, "denied by another"),
        ([claim(Statement(content=("retracts this report",)), report="r2", refutes=MAYOR.key)], [], True, "the outlet, by reference"),
        ([claim(SAYS, report="r2", refutes=MAYOR.key)], [], False, "no word of taking back"),
    ],
)
def test_withdrawn(claims: list[Claim], reports: list[Report], taken: bool, why: str) -> None:
    assert (MAYOR.key in context([MAYOR, *claims], reports, ()).withdrawn) is taken, why


def test_a_nameless_voice_takes_nothing_back() -> None:
    asserted = claim(Casualties(count=figure(3)), voice(None))
    denial = claim(SAYS, voice(None), act="denies", refutes=asserted.key, sentence=1)
    assert context([asserted, denial], (), ()).withdrawn == frozenset()


FORMER = claim(killed("people", figure(26)), voice("earlier version", words="An earlier version of this report"), report="r2", counting="former")


@pytest.mark.parametrize(
    ("other", "taken", "why"),
    [
        (claim(killed("people", figure(26)), "Théophile Muhindo"), True, "the outlet printed it"),
        (claim(killed("people", figure(14)), "Théophile Muhindo"), False, "another count"),
        (claim(killed("people", figure(26)), "Théophile Muhindo", outlet="Weekly"), False, "another outlet"),
        (claim(Casualties(harm=("wounded",), count=figure(26)), "Théophile Muhindo"), False, "another harm"),
    ],
)
def test_a_count_that_was_given_up(other: Claim, taken: bool, why: str) -> None:
    gone = context([FORMER, other], (), ()).withdrawn
    assert FORMER.key in gone
    assert (other.key in gone) is taken, why
