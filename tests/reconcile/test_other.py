from __future__ import annotations

import pytest

from counterclaim.core.claim import Agreement, Attack, Fighting, Movement, Need, Pledge, Proposition, Protest, Talks, Violation
from counterclaim.core.voice import Act
from tests.reconcile.factories import claim, figure, found, m, only, said_by, voice

DAY = "2025-06-10"
SHELLING = Attack(actor=m("M23"), target=m("the market at Kibua"), means="shelling")


@pytest.mark.parametrize(
    ("proposition", "question", "says"),
    [
        (Fighting(sides=m("M23", "FARDC"), place=m("Kibua")), {"sides": "FARDC, M23", "place": "Kibua"}, "there was fighting between FARDC and M23 in Kibua"),
        (Fighting(sides=m("M23")), {"sides": "M23", "place": None}, "there was fighting with M23"),
        (SHELLING, {"actor": "M23", "target": "market at Kibua", "place": None}, "M23 attacked market at Kibua (shelling)"),
        (Violation(by=m("RSF"), of=("the truce",)), {"by": "RSF", "place": None}, "RSF broke the truce"),
        (Agreement(parties=m("SAF", "RSF"), type="ceasefire"), {"parties": "RSF, SAF", "type": "ceasefire"}, "RSF and SAF agreed: ceasefire"),
        (Talks(participants=m("M23", "FARDC"), place=m("Doha")), {"participants": "FARDC, M23", "place": "Doha"}, "FARDC and M23 held talks in Doha"),
        (
            Protest(actor=m("students"), place=m("Goma"), count=figure(None, words="hundreds of")),
            {"actor": "students", "place": "Goma"},
            "hundreds of students protested in Goma",
        ),
        (Need(who=m("Afghans"), count=figure(18e6, words="18 million"), need=("aid",)), {"who": "Afghans", "place": None}, "18 million Afghans need aid"),
    ],
)
def test_question_and_says(proposition: Proposition, question: dict[str, str | None], says: str) -> None:
    made = claim(proposition, "UN", days=DAY)
    finding = only([made])
    assert finding.question == {"kind": made.kind, **question, "day": DAY}
    assert said_by(finding) == {"UN": [says]}


def test_accused_and_denied() -> None:
    claims = [claim(SHELLING, voice("Mbuyi", "FARDC"), days=DAY), claim(SHELLING, voice("Rwema", "M23"), act="denies", days=DAY, sentence=1)]
    finding = only(claims)
    assert (finding.standing, finding.because) == ("disputed", "M23 disputes what FARDC says")
    assert said_by(finding) == {"FARDC": ["M23 attacked market at Kibua (shelling)"], "M23": ["denies that M23 attacked market at Kibua (shelling)"]}


def test_a_party_does_not_dispute_itself() -> None:
    claims = [claim(SHELLING, voice("Mbuyi", "FARDC"), days=DAY), claim(SHELLING, "FARDC", act="denies", days=DAY, sentence=1)]
    assert only(claims).standing == "claimed"


def test_a_denial_by_itself() -> None:
    finding = only([claim(SHELLING, "M23", act="denies", days=DAY)])
    assert (finding.standing, finding.because) == ("claimed", "one origin speaks against it or leaves it open; nobody at hand asserts it")


@pytest.mark.parametrize(
    ("other", "days", "why"),
    [
        (Attack(actor=m("FARDC"), target=m("the market at Kibua")), DAY, "another attacker"),
        (SHELLING, "2025-06-11", "another day"),
        (Attack(actor=m("M23"), target=m("the market at Kibua"), place=m("Walikale")), DAY, "a place that the other leaves open"),
    ],
)
def test_apart(other: Attack, days: str, why: str) -> None:
    assert len(found([claim(SHELLING, "A", days=DAY), claim(other, "B", days=days)])) == 2, why


def test_needs_carry_a_range() -> None:
    claims = [claim(Need(who=m("Afghans"), count=figure(low)), name, days=DAY) for low, name in ((18, "UN"), (20, "ICRC"))]
    finding = only(claims)
    assert (finding.low, finding.high, finding.rule, finding.standing) == (18, 20, "widest-range", "claimed")
    assert finding.because == "origins give different counts; nobody at hand disputes one of them"


def test_two_origins_corroborate() -> None:
    agreed = Agreement(parties=m("SAF", "RSF"), type="ceasefire")
    assert only([claim(agreed, days=DAY), claim(agreed, days=DAY, report="r2", outlet="Weekly")]).standing == "corroborated"


@pytest.mark.parametrize("proposition", [Movement(actor=m("M23"), action="advance"), Pledge(by=m("M23"), acts=("leave",))])
def test_kinds_that_make_no_finding(proposition: Proposition) -> None:
    assert found([claim(proposition, "M23", days=DAY)]) == []


@pytest.mark.parametrize("act", ["demands", "hopes", "expects", "promises", "proposes"])
def test_acts_that_take_no_position(act: Act) -> None:
    assert found([claim(SHELLING, "M23", act=act, days=DAY)]) == []
