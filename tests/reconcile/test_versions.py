from __future__ import annotations

import msgspec
import pytest

from counterclaim.core.claim import Claim
from counterclaim.core.report import Report
from counterclaim.reconcile.versions import versions
from tests.reconcile.demos import demos
from tests.reconcile.factories import claim, control, figure, killed, report

BODY = " ".join(f"word{i}" for i in range(200))
OTHER = " ".join(f"other{i}" for i in range(200))


def made(
    name: str, text: str = BODY, *, title: str | None = None, url: str | None = None, day: str | None = "2025-06-12", outlet: str | None = "Daily"
) -> Report:
    return msgspec.structs.replace(report(name, text, outlet=outlet, published=day), title=title, url=url)


HALF = " ".join([*BODY.split()[:100], *OTHER.split()[:100]])


@pytest.mark.parametrize(
    ("older", "newer", "ground", "why"),
    [
        (made("a", title="Toll climbs"), made("b", title="CORRECTED: Toll climbs", day="2025-06-13"), "title", "a mark before the title"),
        (made("a", title="Toll climbs"), made("b", title="UPDATE 2 - Toll climbs"), "title", "of one day, and one is marked"),
        (made("a", title="Toll climbs"), made("b", title="Toll climbs (corrected)"), "title", "a mark after the title"),
        (made("a", title="Toll climbs"), made("b", title="Toll climbs", day="2025-06-13"), "title", "no mark, a later day"),
        (made("a", title="Toll climbs"), made("b", HALF, title="Toll climbs", day="2025-06-13"), "title", "half rewritten under its title"),
        (made("a", url="https://d.org/x"), made("b", HALF, url="http://www.d.org/x?y=1", day="2025-06-13"), "url", "half rewritten at its address"),
        (made("a", title="One"), made("b", title="Two", day="2025-06-13"), "text", "in the same words under another title"),
        (made("a"), made("b", f"This version corrects the toll. {BODY}"), "text", "a note before the text"),
        (made("a", day=None), made("b", f"{BODY} Correction: the toll was 9."), "text", "undated, and one has a note"),
        (made("z", f"{BODY} Correction: the toll was 9.", day=None), made("a"), None, "the marked is the newer, whatever its name"),
        (made("a", title="Toll climbs"), made("b", title="Toll climbs"), None, "nothing tells which is newer"),
        (made("a"), made("b", day="2025-06-13", outlet="Weekly"), None, "another outlet: a copy"),
        (made("a", outlet=None), made("b", day="2025-06-13", outlet=None), None, "no outlet known"),
        (made("a", title="Toll climbs"), made("b", OTHER, title="Toll climbs", day="2025-06-13"), None, "another text under one title"),
        (made("a", title="One"), made("b", HALF, title="Two", day="2025-06-13"), None, "half of a text under another title"),
        (made("a", title="Update no. 2"), made("b", title="Update no. 3", day="2025-06-13"), None, "a series"),
        (made("a", OTHER, url="https://d.org/"), made("b", url="https://d.org", day="2025-06-13"), None, "a front page is nobody's address"),
    ],
)
def test_versions(older: Report, newer: Report, ground: str | None, why: str) -> None:
    found = versions([newer, older])
    assert [(one.older, one.newer, one.ground) for one in found if one.older == older.id] == ([(older.id, newer.id, ground)] if ground else []), why


def test_the_marked_is_the_newer_whatever_its_name() -> None:
    assert [(one.older, one.newer) for one in versions([made("z"), made("a", f"{BODY} Correction: the toll was 9.", day=None)])] == [("z", "a")]


def test_each_version_is_superseded_by_the_next() -> None:
    reports = [made("a", day="2025-06-12"), made("b", day="2025-06-13"), made("c", day="2025-06-14")]
    assert [(one.older, one.newer) for one in versions(reports[::-1])] == [("a", "b"), ("b", "c")]


def _quoting(made: Claim, quote: str) -> Claim:
    return msgspec.structs.replace(made, evidence=msgspec.structs.replace(made.evidence, quote=quote))


NINE = _quoting(claim(killed("people", figure(9)), "Lwambo", report="a"), "Nine died, Lwambo said.")
HELD = _quoting(claim(control("Kibua", "FARDC"), report="a", sentence=1), "The army held Kibua.")


@pytest.mark.parametrize(
    ("text", "claims", "expected", "why"),
    [
        ("Nine died, Lwambo said. The army held Kibua.", [], [], "both sentences stand"),
        ("Nine  died,\nLwambo said.", [], [("superseded", None)], "one sentence is gone"),
        (
            "The army held Kibua. At least 14 died, Lwambo said.",
            [claim(killed("people", figure(14)), "Lwambo", report="b")],
            [("superseded", "heir")],
            "one is said otherwise",
        ),
        ("The army held Kibua. Daily withdraws the figure of 9 dead.", [], [("withdrawn", None)], "one is taken back"),
        ("The army held Kibua. Lwambo: nine.", [claim(killed("people", figure(9)), "Lwambo", report="b")], [], "said again in other words"),
        (
            "The army held Kibua.",
            [claim(killed("people", figure(n)), "Lwambo", report="b", sentence=n) for n in (14, 15)],
            [("superseded", None)],
            "two would do: none is named",
        ),
        ("The army held Kibua.", [claim(killed("people", figure(14)), "Muhindo", report="b")], [("superseded", None)], "another voice"),
    ],
)
def test_what_became_of_the_claims(text: str, claims: list[Claim], expected: list[tuple[str, str | None]], why: str) -> None:
    reports = [made("a", f"{NINE.evidence.quote} {HELD.evidence.quote} {BODY}"), made("b", f"{text} {BODY}", day="2025-06-13")]
    [one] = versions(reports, [NINE, HELD, *claims])
    assert [(told.outcome, told.by) for told in one.claims] == [(what, claims[0].key if heir else None) for what, heir in expected], why
    assert all(told.because for told in one.claims)


def test_demo_the_corrected_report_supersedes_the_earlier_and_withdraws_its_figure() -> None:
    read = demos()
    [one] = versions(read.reports, read.claims)
    assert (one.older, one.newer) == ("cd-market-0612", "cd-market-0612-corrected")
    by_key = {made.key: made for made in read.claims}
    withdrawn = [by_key[told.claim].evidence.quote for told in one.claims if told.outcome == "withdrawn"]
    assert withdrawn == ["He said 26 people had been killed."]
