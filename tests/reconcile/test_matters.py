from __future__ import annotations

from counterclaim.core.claim import Verification
from counterclaim.core.codec import decode, encode, key
from counterclaim.core.finding import Finding
from counterclaim.reconcile import findings
from tests.reconcile.factories import claim, control, figure, killed, link, m, report, voice

CLAIMS = [
    claim(control("Paryan", "Taliban"), voice("Bilal Karimi", "Taliban"), days="2021-09-05"),
    claim(control("Paryan", "Taliban", "left"), "NRF", days="/2021-09-05", sentence=1),
    claim(killed("people", figure(9)), "Josué Lwambo", days="2025-06-10", report="r2"),
    claim(Verification(by=m("Daily"), value="not-verified", about=("the toll",)), act="cannot-verify", report="r2", sentence=4),
]


def test_nothing_makes_nothing() -> None:
    assert findings([]) == []


def test_findings_of_several_kinds() -> None:
    assert [(one.question["kind"], one.standing) for one in findings(CLAIMS)] == [("control", "disputed"), ("casualties", "not-verified")]


def test_keys_are_of_the_question() -> None:
    assert all(one.key == key(one.question) for one in findings(CLAIMS))


def test_what_comes_twice_counts_once() -> None:
    reports, links = [report(outlet="Daily")], [link("NRF", "National Resistance Front")]
    assert findings([*CLAIMS, *CLAIMS], reports * 2, links * 2) == findings(CLAIMS, reports, links)


def test_findings_are_json() -> None:
    assert decode(encode(findings(CLAIMS)), list[Finding]) == findings(CLAIMS)
