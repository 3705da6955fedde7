from __future__ import annotations

import msgspec
import pytest

from counterclaim.core.claim import Attack, Casualties, Claim, Dated
from counterclaim.core.codec import claim_key
from counterclaim.core.link import Candidate, Link, Located
from counterclaim.core.span import Evidence
from counterclaim.core.when import Precision, When
from counterclaim.reconcile.context import context
from counterclaim.reconcile.totals_told import COUNTRY, LONG, PASSING, WAR, countries, totals_told
from tests.reconcile.factories import claim, date, figure, m, report


def toll(
    sentence: str,
    days: str | None = None,
    *,
    precision: Precision = "day",
    dated: Dated | None = None,
    by: tuple[str, ...] = (),
    place: tuple[str, ...] = (),
) -> Claim:
    """A count of 900 killed in this sentence."""
    made = claim(Casualties(who=m("people"), harm=("killed",), count=figure(900), by=m(*by), place=m(*place)))
    first, _, last = (days or "/").partition("/") if days is None or "/" in days else (days, "/", days)
    when = When(date(first or None), date(last or None), precision, days) if days else None
    made = msgspec.structs.replace(made, evidence=Evidence(0, len(sentence), sentence), when=when, dated=dated)
    return msgspec.structs.replace(made, key=claim_key(made))


CASES: list[tuple[str, Claim, str | None]] = [
    ("laid to a war", toll("The war has killed 900 people.", "2025-06-10", dated="event", by=("The war",)), WAR),
    ("since it began", toll("900 people have been killed since the war began.", "2025-06-10", dated="event"), WAR),
    ("since its outbreak", toll("900 people have died since the outbreak of fighting.", "2025-06-10", dated="event"), WAR),
    ("in it", toll("900 people have died in the conflict.", "/2025-06-10", dated="report"), WAR),
    ("in years of it", toll("In four years of civil war 900 people have died."), WAR),
    ("since a year", toll("Since 2021, 900 people have been killed.", "2021-01-01/2025-06-10", precision="after"), LONG),
    ("since a year, in a report without a day", toll("Since 2021, 900 people have been killed.", "2021-01-01/", precision="after"), LONG),
    ("over a year", toll("Some 900 people have been killed this year.", "2025-01-01/2025-12-31", precision="year"), LONG),
    ("in passing", toll("The M23, which has killed 900 people, denied it.", "2025-06-10", dated="event", by=("The M23",)), PASSING),
    ("the perfect of an event", toll("The shelling has killed 900 people.", "2025-06-10", dated="event"), None),
    ("over a country", toll("The death toll across the country stands at 900.", "2025-06-10", dated="event"), COUNTRY),
    ("in a country, on a day carried from elsewhere", toll("900 were killed.", "2025-06-10", dated="event", place=("Congo",)), COUNTRY),
    ("in a country on a day of its own", toll("900 were killed in Congo on 10 June.", "2025-06-10", place=("Congo",)), None),
    ("on a day of its own, in a war", toll("900 were killed on 10 June in the war.", "2025-06-10"), None),
    ("a running toll of an event", toll("The toll has risen to 900 since Sunday.", "2025-06-08/2025-06-10", precision="after"), None),
    ("a toll of an event", toll("The death toll rose to 900, the hospital said.", "2025-06-10", dated="event"), None),
    ("over a month of nowhere", toll("In February 900 people were killed.", "2025-02-01/2025-02-28", precision="month"), COUNTRY),
    ("over a month in a country", toll("In February 900 were killed across the country.", "2025-02-01/2025-02-28", precision="month"), COUNTRY),
    ("over a month in a town", toll("In February 900 were killed in Kibua.", "2025-02-01/2025-02-28", precision="month", place=("Kibua",)), None),
    ("over a weekend of nowhere", toll("At the weekend 900 were killed.", "2025-06-07/2025-06-08", precision="weekend"), None),
    ("in a town", toll("900 people were killed in Kibua.", "2025-06-10", dated="event", place=("Kibua",)), None),
]
LINKS = (Link("r1", "Congo", "place", Candidate("Congo", "geo:cd", 1.0, Located("country", country="CD")), "made up"),)


@pytest.mark.parametrize(("why", "made", "reason"), CASES, ids=[case[0] for case in CASES])
def test_which_counts_are_of_more_than_an_event(why: str, made: Claim, reason: str | None) -> None:
    at_hand = context([made], [report("r1", published=None if "without a day" in why else "2025-06-11")], LINKS)
    assert totals_told(at_hand, countries(LINKS)) == ({made.key: reason} if reason else {})


def test_an_attack_that_is_told_to_a_year_is_an_event() -> None:
    words = "In 2019 an attack killed 900 people."
    made = toll(words, "2019-01-01/2019-12-31", precision="year")
    attack = msgspec.structs.replace(claim(Attack(target=m("people"))), evidence=made.evidence)
    assert totals_told(context([made, attack], [report("r1", published="2025-06-11")])) == {}
    since = toll("Since 2019 attacks have killed 900 people.", "2019-01-01/2025-06-11", precision="after")
    assert totals_told(context([since, attack], [report("r1", published="2025-06-11")])) == {since.key: LONG}


def test_an_attack_told_with_such_a_count_goes_with_it() -> None:
    made = toll("The M23, which has killed 900 people, denied it.", "2025-06-10", dated="event")
    attack = claim(Attack(actor=m("The M23"), target=m("900 people")))
    attack = msgspec.structs.replace(attack, evidence=made.evidence, when=made.when, dated="event")
    other = msgspec.structs.replace(attack, key="other", when=None, dated=None)
    assert totals_told(context([made, attack, other])) == {made.key: PASSING, attack.key: PASSING}
