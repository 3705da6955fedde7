"""One report through all stages: offsets, voices, dates, quotability of what is stored."""

from __future__ import annotations

import datetime as dt

from counterclaim.core.claim import Casualties, Control
from counterclaim.core.when import Published
from tests.reading import reading

PAGE = """Rebels take river town

KESH, March 3 (Harrow Wire) - Rebels captured the town of Arvad on Sunday, the governor said.

By Jane Roe

Three soldiers were killed, according to a spokesman for the army.

Comments are closed."""


def test_claims_know_their_voice_and_day() -> None:
    found = reading(PAGE, outlet="Harrow Wire", published="2024-03-04")
    control, said = next((c, c.proposition) for c in found.claims if isinstance(c.proposition, Control))
    assert [v.name for v in control.chain] == ["Harrow Wire", "governor"]
    assert control.when is not None
    assert control.when.start == dt.date(2024, 3, 3)
    assert said.place[0].words.endswith("Arvad")


def test_deaths_are_counted_by_who_says_so() -> None:
    found = reading(PAGE, outlet="Harrow Wire", published="2024-03-04")
    deaths, said = next((c, c.proposition) for c in found.claims if isinstance(c.proposition, Casualties))
    assert said.count is not None
    assert (said.count.low, said.count.high) == (3, 3)
    assert deaths.chain[-1].speaks_for == "army"


def test_bylines_and_boilerplate_say_nothing() -> None:
    found = reading(PAGE)
    assert not any("Roe" in c.evidence.quote or "Comments" in c.evidence.quote for c in found.claims)


def test_a_dateline_dates_the_report() -> None:
    found = reading("SAN ANTON, 20 NOV 89 (RADIO) -- THE ARMY SAID THREE SOLDIERS WERE KILLED.")
    assert found.report.published == Published(dt.date(1989, 11, 20), "text")


def test_no_date_is_invented() -> None:
    found = reading("The army said on Sunday that three soldiers were killed.")
    assert found.report.published == Published()
    assert all(c.when is None or c.when.start is None for c in found.claims)


def test_invisible_characters_do_not_move_offsets() -> None:
    plain = reading("Rebels captured the town of Arvad, the army said.")
    marked_text = "Rebels cap\u00adtured the\u200b town of Arvad, the army said."
    marked = reading(marked_text)
    assert [c.kind for c in marked.claims] == [c.kind for c in plain.claims] != []
    assert all(marked_text[c.evidence.start : c.evidence.end] == c.evidence.quote for c in marked.claims)
