"""Casualty claims to those that count a whole war, a long time or a country: figures that belong to no one event.

What it captures: a count that its sentence tells as a running total; a count laid to a war ("the war has killed 40,000"), told in, during or since one; a count "since" a day more than a
month back; a count of more than a month that no attack in its sentence brings about; a count over a whole country for which the claim's
own words give no day, or over weeks with no place; what a side "has killed", told in passing in a clause beside its name. An attack told
with such a count goes with it.
What it does not: a running toll of one event ("46 since Sunday"); a total that nothing in its sentence tells from the toll of an event.
Example: "38,000 people have been killed since the war began in 2021" is counted over a war.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Set
from functools import cache

from counterclaim.core.claim import Attack, Casualties, Claim
from counterclaim.core.link import Link
from counterclaim.core.when import When
from counterclaim.knowledge.lexicon import words
from counterclaim.reconcile.context import Context
from counterclaim.reconcile.folds import fold

# What lasts longer is no event to those who count events: ACLED's coarsest precision of a day is the month.
MONTH = dt.timedelta(days=31)
# Days of a claim's own that are no more than these are an event's, whatever else its sentence tells (`stories/events.py` has the same).
EVENT = dt.timedelta(days=10)
RUNNING = "told as a running total"
WAR = "counted over a war"
LONG = "counted over more than a month"
PASSING = "told in passing of who did it, with no day of its own"
# "The M23, which has killed thousands": what a side did is told with the perfect in a clause beside its name.
_PASSING = re.compile(r"\b(?:which|who|that) ha(?:s|ve) (?:also |since |already )?(?:killed|wounded|injured|displaced|claimed|left)\b", re.IGNORECASE)
_WIDE = re.compile(r"\b(?:across|throughout) the (?:whole |entire )?(?:country|nation)\b|\b(?:nation|country)wide\b", re.IGNORECASE)
COUNTRY = "counted over a country, with no day or town of its own"


def countries(links: Iterable[Link]) -> frozenset[tuple[str, str]]:
    """The words of reports, with the report before them, that are linked to a whole country."""
    return frozenset((link.report, link.words) for link in links if link.kind == "place" and link.target and _is_country(link))


def totals_told(context: Context, countries: Set[tuple[str, str]] = frozenset()) -> dict[str, str]:
    """The keys of the claims that count more than an event, each with the reason; `countries` are words that name one, as `countries` gives them."""
    attacks = {(claim.report, claim.evidence.start) for claim in context.claims if isinstance(claim.proposition, Attack)}
    found: dict[str, str] = {}
    sentences: dict[tuple[str, int, When | None], str] = {}
    for claim in context.claims:
        if isinstance(claim.proposition, Casualties) and (reason := _reason(context, claim, claim.proposition, countries, attacks)):
            found[claim.key] = sentences[claim.report, claim.evidence.start, claim.when] = reason
    # "The M23, which has killed thousands": the attack is told with the count, and is no more of the day than it.
    for claim in context.claims:
        if isinstance(claim.proposition, Attack) and (reason := sentences.get((claim.report, claim.evidence.start, claim.when), "")):
            found[claim.key] = reason
    return found


def _is_country(link: Link) -> bool:
    at = link.target.at if link.target else None
    return at is not None and at.precision == "country"


def _reason(context: Context, claim: Claim, said: Casualties, countries: Set[tuple[str, str]], attacks: set[tuple[str, int]]) -> str:
    if claim.counting == "sum":
        return RUNNING
    if any(words("totals", "wars").intersection(fold(mention.words)) for mention in said.by):
        return WAR
    length = _own_length(context, claim)
    if length is not None and length > MONTH:
        is_since = claim.when is not None and (claim.when.precision == "after" or claim.when.end is None)
        return LONG if is_since or (claim.report, claim.evidence.start) not in attacks else ""
    if length is not None and length <= EVENT:
        return ""
    if _of_war().search(claim.evidence.quote):
        return WAR
    if claim.dated is not None and _PASSING.search(claim.evidence.quote):
        return PASSING
    places = [mention.words for mention in said.place]
    # "In February 310 people were killed": a month of nowhere is of the whole country.
    is_wide = (
        bool(_WIDE.search(claim.evidence.quote))
        or (length is not None and not places and (claim.report, claim.evidence.start) not in attacks)
        or any((claim.report, one) in countries or words("totals", "countries") & set(fold(one)) for one in places)
    )
    return COUNTRY if is_wide else ""


def _own_length(context: Context, claim: Claim) -> dt.timedelta | None:
    """How long the days are that the claim's own words give; none where they give none. What is open lasts till the report."""
    when = claim.when
    if when is None or claim.dated is not None or when.start is None:
        return None
    report = context.reports.get(claim.report)
    last = when.end or (report.published.day if report else None)
    # Nobody knows how long "since 2021" is in a report without a day: long enough for a year that is told as one.
    return max(last, when.start) - when.start if last else dt.timedelta(0) if when.precision in ("day", "weekend", "week") else MONTH * 2


@cache
def _of_war() -> re.Pattern[str]:
    war, begins = "|".join(sorted(words("totals", "wars"))), "|".join(sorted(words("totals", "begins")))
    of_war = rf"(?:in|during|throughout|of) (?:the |this |that |its |their |our )?(?:[\w'’-]+ ){{0,3}}?(?:{war})\b"
    since = rf"since (?:the |an? |its )?(?:[\w'’-]+ ){{0,5}}?(?:{war}|fighting|violence|offensive)\b|since (?:[\w'’-]+ ){{0,6}}?(?:{begins})\b"
    return re.compile(rf"\b(?:{since}|{of_war})", re.IGNORECASE)
