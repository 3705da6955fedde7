"""One report through all stages: offsets, voices, dates, quotability of what is stored."""

from __future__ import annotations

import datetime as dt
import sys
from itertools import chain

from counterclaim.core.claim import Casualties, Control
from counterclaim.core.when import Published
from tests.reading import reading

PAGE = """Rebels take river town

KESH, March 3 (Harrow Wire) - Rebels captured the town of Arvad on Sunday, the governor said.

By Jane Roe

Three soldiers were killed, according to a spokesman for the army.

Comments are closed."""


STRETCH = """Omar Sesse, a spokesman for the Lowa Front, said on Tuesday that its fighters had captured {0} after two days of fighting.
He denied that 40 people had been killed. “We hold the road to {0},” he said. “Nobody else is there.”

The army rejected the claim, according to General Idris {1}. It said 12 of its soldiers were wounded near {0}.
{1} offered to withdraw if the front released its prisoners. The front has not responded.

"""
SYLLABLES = ("ba", "de", "ki", "lo", "mu", "na", "re", "si")


def _calls(text: str) -> int:
    """How many functions are called to read a text."""
    count = 0

    def counting(_: object, event: str, __: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(counting)
    try:
        reading(text)
    finally:
        sys.setprofile(before)
    return count


def test_a_text_of_four_times_the_length_takes_four_times_the_steps() -> None:
    # Names of its own for each stretch: what grows with the names of a report is seen too.
    names = [f"{a}{b}{c}".title() for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES]
    stretches = [STRETCH.format(f"Kar{one.lower()}", f"{one}s") for one in names]
    texts = ["".join(stretches[start : start + n]) for start, n in ((0, 12), (12, 12), (24, 48))]
    reading("".join(chain(stretches[:1])))  # what is loaded once is loaded
    one, other, long = (_calls(text) for text in texts)
    assert long < 4.6 * max(one, other)


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
