"""The day a report was published, and how that is known."""

from __future__ import annotations

import datetime as dt

import pytest

from counterclaim.core.report import Report
from counterclaim.core.when import Published
from counterclaim.parse.publication import published

FIFTH = dt.date(2021, 9, 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KABUL, Sept. 5, 2021 — All was quiet.", Published(FIFTH, "text")),
        ("SAN SALVADOR (EL SALVADOR), 20 NOV 89 (AGENCY) -- [TEXT] ALL WAS QUIET.", Published(dt.date(1989, 11, 20), "text")),
        ("All was quiet in Anaba.\n\nLast updated: 5 September 2021", Published(FIFTH, "text")),
        ("Valley Courier\n5 September 2021\n\nRebels took Anaba.", Published(FIFTH, "text")),
        ("Rebels take Anaba\nSunday, September 5, 2021 14:30 GMT\n\nRebels took Anaba on Saturday.", Published(FIFTH, "text")),
        ("5 September 2021\n\nRebels took Anaba.\n\n9 September 2021\n\nThey left.", Published()),
        ("Rebels take Anaba\nOn 5 September 2021 and since\n\nRebels took Anaba.", Published()),
        ("On 5 September 2021 rebels took Anaba. They left on Monday.", Published(FIFTH, "inferred")),
        ("On 5 September 2021 rebels took Anaba. They left on 9 September 2021, a Thursday.", Published()),
        ("On 5 September 2021 rebels took Anaba.", Published()),
        ("Rebels took Anaba on Sunday.", Published()),
        ("Sunday, 5 September 2021 saw rebels in Anaba. They left on Monday.", Published(FIFTH, "inferred")),
        ("The 11 September 2001 attacks were remembered in the town. On Monday rebels shelled Dablo.", Published()),
        ("The attacks on 11 September 2001 were remembered. On Monday rebels shelled Dablo.", Published()),
        ("Since the accord of 4 March 2015 the valley was calm. On Monday rebels shelled Dablo.", Published()),
        ("The court sits on 12 May 2031. On Monday rebels shelled Dablo.", Published()),
    ],
)
def test_published(text: str, expected: Published) -> None:
    assert published(Report(id="r", text=text)) == expected


def test_a_given_day_stands() -> None:
    given = Published(dt.date(2020, 1, 1), "given")
    assert published(Report(id="r", text="KABUL, Sept. 5, 2021 — All was quiet.", published=given)) == given
