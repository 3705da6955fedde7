"""Events with a death to a file in the shape of UCDP GED: 49 columns, one row an event. UCDP-shaped, not UCDP.

What it captures: the type of violence where both sides are known, sources and independent origins, and low, best and high by the house rule.
What it does not: give UCDP's ids of conflicts, dyads, actors and countries, its grid cells or regions, or its threshold of deaths a year.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from counterclaim.core.claim import Casualties, Claim
from counterclaim.knowledge.lexicon import words
from counterclaim.knowledge.standards import columns, country_name
from counterclaim.publish.acled import actors
from counterclaim.publish.cells import Column, Rows, Value
from counterclaim.publish.collapse import Collapsed, House, Told, collapsed, told
from counterclaim.publish.events import Happening, happenings, is_people
from counterclaim.publish.view import View

MARK = "UCDP-shaped, not UCDP"
LOST = (
    "who told whom: `source_original` names the origins, `number_of_sources` counts the independent ones; the hops between are lost",
    "denials and doubts, but for `event_clarity`",
    "which voice gave which figure: `low`, `best` and `high` are numbers alone, by the house rule",
    "figures without a number (“dozens”): the event has no row unless a number is told",
    "wounded, captured, missing and displaced",
    "events without a death told, without a day, or that nobody asserts: they have no row",
    "deaths by side, where the claims do not name whose dead they are: all go to `deaths_unknown`",
    "offers, demands, answers, talks, aid, need, statements, and who holds a place",
    "the words of the reports and where they stand, but for `source_article` and `source_headline`",
)
# UCDP's precision of a place: 1 the place itself, 3 the district, 4 the province, 6 the country.
_WHERE = {"exact": 1, "district": 3, "province": 4, "country": 6}
_SAYS = {
    "id": "empty: UCDP's number",
    "relid": "our key of the story, marked as ours: no id of UCDP",
    "code_status": "the mark that this is no UCDP file",
    "type_of_violence": "1 a state against an organised group, 2 two groups, 3 one-sided; empty where a side is not known",
    "side_a": "the one named attacker, taker or side; empty where claims name several or none",
    "side_b": "the one named target, loser or other side",
    "number_of_sources": "independent origins: copies, and one voice in many reports, count once",
    "source_article": "outlet, day and address of each report",
    "source_office": "the outlets",
    "source_date": "the days the reports were published",
    "source_headline": "their titles",
    "source_original": "the origins: the innermost voices of the claims",
    "where_prec": "1 the place, 3 its district, 4 its province, 6 its country",
    "where_coordinates": "the place as the record calls it",
    "event_clarity": "1 where nothing disputes it, 2 where a claim denies or doubts it or it could not be verified",
    "date_prec": "1 one day, 2 up to a week, 4 up to a month, 5 longer; empty where only “by” a day is known",
    "deaths_a": "the dead of side A, where every claim that counts them names them so",
    "deaths_unknown": "`best`, where the dead are not told by side",
    "best": "by the house rule; `ucdp`: the figure with the most voices",
    "high": "the highest figure told",
    "low": "the lowest figure told",
}


def rows(view: View, house: House = "ucdp") -> Rows:
    """One row an event with a number of deaths, by day."""
    found, left_out = happenings(view)
    named = tuple(Column(name, "text", _SAYS.get(name, "")) for name in columns("ucdp"))
    made = []
    for event in found:
        figures = told(view, event.story)
        number = collapsed(figures, house)
        if not number.best:
            left_out.append(f"story {event.story.key}: no number of deaths is told")
            continue
        cells = _cells(view, event, figures, number)
        made.append(tuple(cells.get(column.name) for column in named))
    return Rows(named, tuple(made), tuple(left_out))


def _cells(view: View, event: Happening, figures: tuple[Told, ...], number: Collapsed) -> dict[str, Value]:
    story, at = event.story, event.at
    side_a, side_b = actors(event)
    reports = [view.reports[name] for name in story.reports if name in view.reports]
    spot = story.place
    has_point = spot is not None and spot.lat is not None and spot.lon is not None
    return {
        "relid": f"counterclaim:{story.key}",
        "year": event.day.year if event.day else None,
        "code_status": MARK,
        "type_of_violence": _violence(view, event, side_a, side_b),
        "side_a": side_a,
        "side_b": side_b,
        "number_of_sources": len(story.origins),
        "source_article": _listed(", ".join(filter(None, (one.outlet, str(one.published.day or ""), one.url))) for one in reports),
        "source_office": _listed(one.outlet for one in reports),
        "source_date": _listed(str(one.published.day or "") for one in reports),
        "source_headline": _listed(one.title for one in reports),
        "source_original": _listed(sorted({view.says(claim) for claim in event.claims})),
        "where_prec": _WHERE.get(spot.precision) if spot else None,
        "where_coordinates": spot.name if spot else None,
        "adm_1": at.province if at else None,
        "adm_2": at.district if at else None,
        "latitude": spot.lat if spot else None,
        "longitude": spot.lon if spot else None,
        "geom_wkt": f"POINT ({spot.lon} {spot.lat})" if has_point and spot else None,
        "country": country_name(at.country) if at and at.country else None,
        "event_clarity": 2 if event.against or any(one.standing in ("disputed", "not-verified") for one in view.findings(story.claims)) else 1,
        "date_prec": _date_precision(story.first, story.last),
        "date_start": story.first,
        "date_end": story.last,
        **_by_side(view, figures, number, side_a, side_b),
        "best": number.best,
        "high": number.high,
        "low": number.low,
    }


def _by_side(view: View, figures: tuple[Told, ...], number: Collapsed, side_a: str | None, side_b: str | None) -> dict[str, Value]:
    """The dead by side: of one side only where every claim that counts says they are of it."""
    claims = [view.claims[key] for one in figures if not one.is_withdrawn for key in one.claims]
    whose = {_whose(view, claim, side_a, side_b) for claim in claims}
    found: dict[str, Value] = dict.fromkeys(("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"), 0)
    found[whose.pop() if len(whose) == 1 else "deaths_unknown"] = number.best
    return found


def _whose(view: View, claim: Claim, side_a: str | None, side_b: str | None) -> str:
    if not isinstance(claim.proposition, Casualties):
        return "deaths_unknown"
    names = {view.name(claim, mention, "actor") for mention in claim.proposition.who}
    if names and names <= {side_a}:
        return "deaths_a"
    if names and names <= {side_b}:
        return "deaths_b"
    civilians = words("standards", "people", "civilians") - {"people", "person", "persons"}
    said = [mention.words.casefold().split() for mention in claim.proposition.who]
    return "deaths_civilians" if said and all(any(word in civilians for word in one) for one in said) else "deaths_unknown"


def _violence(view: View, event: Happening, side_a: str | None, side_b: str | None) -> int | None:
    sides = [_sort(view, event, side) for side in (side_a, side_b)]
    if sides[0] is None or sides[1] is None:
        return None
    if "civilians" in sides:
        return 3 if sides[0] != "civilians" else None
    return 1 if "state" in sides else 2


def _sort(view: View, event: Happening, name: str | None) -> str | None:
    """Whether a side is a state, an organised group or civilians; none where our table of actors does not say."""
    if name is None:
        return None
    if name == "Civilians" or is_people(name):
        return "civilians"
    kinds = {actor.kind for part in event.story.actors if part.name == name and (actor := view.actor_of(part.key))}
    return next((sort for sort, of in (("state", "states"), ("group", "groups")) if kinds and kinds <= words("standards", "ucdp", of)), None)


def _listed(values: Iterable[str | None]) -> str:
    return "; ".join(dict.fromkeys(value for value in values if value))


def _date_precision(first: dt.date | None, last: dt.date | None) -> int | None:
    if first is None or last is None:
        return None
    days = (last - first).days
    return 1 if days == 0 else 2 if days < 7 else 4 if days < 31 else 5
