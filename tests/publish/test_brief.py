"""The brief: every sentence carries its standing and its references, and nothing of a report is obeyed."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from counterclaim.core.claim import Claim, Control
from counterclaim.publish.brief import brief, escaped
from counterclaim.reconcile import findings
from tests.reconcile.factories import claim, m, report

HELD = [
    claim(Control(place=m("Paryan"), holder=m("Taliban"), change="holds"), "Taliban", days="2021-09-05"),
    claim(Control(place=m("Paryan"), holder=m("NRF"), change="holds"), "NRF", days="2021-09-05", report="r2"),
    claim(Control(place=m("Arvad"), holder=m("NRF"), change="holds"), "NRF", days="2021-09-20", report="r2", sentence=2),
]


def written(claims: list[Claim], since: dt.date | None = None, until: dt.date | None = None, place: str | None = None, most: int = 12) -> str:
    reports = {name: report(name, published="2021-09-06") for name in ("r1", "r2")}
    found = findings(claims, list(reports.values()), [])
    return brief(found, {one.key: one for one in claims}, reports, since=since, until=until, place=place, most=most)


def test_every_line_has_its_standing_and_its_references() -> None:
    lines = [line for line in written(HELD).splitlines() if line.startswith("- ")]
    assert len(lines) == 2
    assert all(re.search(r"\((disputed|claimed|conceded): ", line) and re.search(r"\[\d+", line) for line in lines)


def test_references_are_listed_once_each_with_their_sentence() -> None:
    text = written(HELD)
    used = {number for found in re.findall(r"\[([\d, ]+)\]", text.split("## References")[0]) for number in found.split(", ")}
    listed = re.findall(r"^(\d+)\. .*“sentence \d+”$", text, re.MULTILINE)
    assert used == set(listed)
    assert len(listed) == len(set(listed))


def test_what_is_disputed_comes_first() -> None:
    lines = [line for line in written(HELD).splitlines() if line.startswith("- ")]
    assert "disputed" in lines[0]


@pytest.mark.parametrize(
    ("since", "until", "place", "kept"),
    [
        (dt.date(2021, 9, 10), None, None, {"Arvad"}),
        (None, dt.date(2021, 9, 10), None, {"Paryan"}),
        (None, None, "arv", {"Arvad"}),
        (dt.date(2022, 1, 1), None, None, set()),
    ],
)
def test_days_and_places_narrow_it(since: dt.date | None, until: dt.date | None, place: str | None, kept: set[str]) -> None:
    text = written(HELD, since, until, place)
    assert {name for name in ("Paryan", "Arvad") if f"**{name}" in text} == kept
    assert kept or "Nothing in the record speaks of this." in text


def test_what_has_no_room_is_counted() -> None:
    assert "- 1 finding more: `counterclaim findings --kind control`" in written(HELD, most=1)


def test_words_of_reports_are_words() -> None:
    assert escaped("<script>alert(1)</script>\n# [x](javascript:y)") == "\\<script\\>alert(1)\\</script\\> \\# \\[x\\](javascript:y)"
