"""Events with a death to a file in the shape of UCDP GED: 49 columns, one row an event. UCDP-shaped, not UCDP.

What it captures: the type of violence where both sides are known, sources and independent origins, and low, best and high by the house rule.
What it does not: give UCDP's ids of conflicts, dyads, actors and countries, its grid cells or regions, or its threshold of deaths a year.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from counterclaim.core.link import Located
from counterclaim.core.story import Spot
from counterclaim.knowledge.lexicon import words
from counterclaim.knowledge.standards import columns, country_name
from counterclaim.publish.acled import actors
from counterclaim.publish.cells import Column, Rows, Value
from counterclaim.publish.collapse import Collapsed, Group, collapsed, groups, numbers_of, parted, receipts
from counterclaim.publish.events import Happening, happenings, left, uncoded, unplaced
from counterclaim.publish.victims import is_civilian
from counterclaim.publish.view import View

MARK = "UCDP-shaped, not UCDP"
LOST = (
    "who told whom: `source_original` names the origins, `number_of_sources` counts the independent ones; the hops between are lost",
    "denials and doubts, but for `event_clarity`",
    "which voice gave which figure: `low`, `best` and `high` are numbers alone, by the house rule",
    "figures without a number (“dozens”): the event has no row unless a number is told",
    "counts over a war, over more than a month, or over a country without a day of their own: they are totals, and no events",
    "figures that were taken back, or that a later version of the report replaces: they count for nothing",
    "wounded, captured, missing and displaced",
    "events without a death told, without a told day (also those only known to be over by one), of more than a year, without a told place, "
    "or that nobody asserts: they have no row",
    "deaths by side, where the claims do not say whose dead they are: they go to `deaths_unknown`",
    "offers, demands, answers, talks, aid, need, statements, and who holds a place",
    "the words of the reports and where they stand, but for `source_article` and `source_headline`",
)
# UCDP's precision of a place: 1 the place itself, 2 near it, 3 the district, 4 the province, 6 the country. 5 (a line or an area of no
# unit's) and 7 (air and sea) are not told by any gazetteer in use.
_WHERE = {"exact": 1, "district": 3, "province": 4, "country": 6}
# UCDP's summary events last a year at the most.
_MOST_DAYS = 366
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
    "where_prec": "1 the place, 2 near it, 3 its district, 4 its province, 6 its country; empty where no gazetteer in use has the place",
    "where_coordinates": "the place as the record calls it",
    "event_clarity": "1 where nothing disputes it, 2 where a claim denies or doubts it or it could not be verified",
    "date_prec": "1 one day, 2 two to six days, 3 a week, 4 up to a month, 5 up to a year",
    "deaths_a": "the dead of side A, where the claims name them so; empty where the house gives no number",
    "deaths_civilians": "the dead who are said to be civilians (residents, children, patients …); “men” and “people” are not",
    "deaths_unknown": "`best` less the dead of known side; empty where there is no `best`",
    "best": "by the house rule; `ucdp`: the one number all claims of the same people tell, empty where they differ",
    "high": "the greatest upper bound; empty where the claims leave it open (“at least 14”)",
    "low": "the least lower bound; empty where the claims leave it open (“up to 14”)",
}


def rows(view: View, house: str = "ucdp", *, is_week: bool = False) -> Rows:
    """One row an event with a number of deaths, by day."""
    found, left_out = happenings(view, is_week=is_week)
    named = tuple(Column(name, "text", _SAYS.get(name, "")) for name in columns("ucdp"))
    made, made_of = [], []
    for event in found:
        figures = groups(view, event.story, house)
        number = collapsed(figures, house)
        if not any((number.low, number.best, number.high)):
            left_out.append(left(event.story, "no number of deaths is told"))
        elif reason := uncoded(event, most_days=_MOST_DAYS, wants_less_than_country=False):
            left_out.append(left(event.story, reason))
        else:
            cells = _cells(view, event, figures, number, house)
            made.append(tuple(cells.get(column.name) for column in named))
            made_of.append(event)
    return Rows(
        named,
        tuple(made),
        tuple(left_out),
        tuple(line for event in made_of if (line := unplaced(event))),
        tuple(line for event in made_of for line in receipts(view, event.story, house)),
    )


def _cells(view: View, event: Happening, figures: Sequence[Group], number: Collapsed, house: str) -> dict[str, Value]:
    story, at = event.story, event.at
    side_a, side_b = actors(view, event)
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
        "where_prec": _where(spot, at),
        "where_coordinates": view.place_name(story),
        "adm_1": at.province if at else None,
        "adm_2": at.district if at else None,
        "latitude": spot.lat if spot else None,
        "longitude": spot.lon if spot else None,
        "geom_wkt": f"POINT ({spot.lon} {spot.lat})" if has_point and spot else None,
        "country": country_name(at.country) if at and at.country else None,
        "event_clarity": 2 if event.against or any(one.standing in ("disputed", "not-verified") for one in view.findings(story.claims)) else 1,
        "date_prec": _date_precision(event.length),
        "date_start": event.first,
        "date_end": event.last,
        **_by_side(view, event, figures, number, house),
        "best": number.best,
        "high": number.high,
        "low": number.low,
    }


def _by_side(view: View, event: Happening, figures: Sequence[Group], number: Collapsed, house: str) -> dict[str, Value]:
    """The dead by side: each group where its claims put it; what is left of the best number is of no known side."""
    _, some = parted(figures)
    by: dict[str, list[Group]] = {}
    for group in some:
        if column := _column(view, event, group):
            by.setdefault(column, []).append(group)
    found: dict[str, Value] = dict.fromkeys(("deaths_a", "deaths_b", "deaths_civilians"), None if number.best is None else 0)
    bests = {column: numbers_of(of, house).best for column, of in by.items()}
    known = sum(best for best in bests.values() if best is not None)
    # Where the dead by side are told to be more than all, the claims tell no split of that number.
    if number.best is not None and known > number.best:
        return {**found, "deaths_unknown": number.best}
    return {**found, **bests, "deaths_unknown": None if number.best is None else number.best - known}


def _column(view: View, event: Happening, group: Group) -> str | None:
    """Whose dead a group is: a side's where it has its name, or is the state's or the armed group's and one side alone is such; civilians' where said."""
    sides = actors(view, event)
    for name, column in zip(sides, ("deaths_a", "deaths_b"), strict=True):
        if name and group.names and group.names <= {name}:
            return column
    if group.sort == "civilians":
        return "deaths_civilians"
    fitting = [column for name, column in zip(sides, ("deaths_a", "deaths_b"), strict=True) if group.sort and _sort(view, event, name) == group.sort]
    return fitting[0] if len(fitting) == 1 else None


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
    if name == "Civilians" or is_civilian(name):
        return "civilians"
    kinds = {actor.kind for part in event.story.actors if part.name == name and (actor := view.actor_of(part.key))}
    return next((sort for sort, of in (("state", "states"), ("group", "groups")) if kinds and kinds <= words("standards", "ucdp", of)), None)


def _listed(values: Iterable[str | None]) -> str:
    return "; ".join(dict.fromkeys(value for value in values if value))


def _date_precision(days: int | None) -> int | None:
    """UCDP's code: 1 the day, 2 two to six days, 3 the week, 4 the month, 5 more than a month and up to a year."""
    if days is None:
        return None
    return 1 if days == 1 else 2 if days < 7 else 3 if days == 7 else 4 if days <= 31 else 5


def _where(spot: Spot | None, at: Located | None) -> int | None:
    """UCDP's code for a place; what is called after a place ("the crossing at Kibua") is near it."""
    if spot is None:
        return None
    return 2 if at is not None and at.of and at.lat is not None and spot.precision == "district" else _WHERE.get(spot.precision)
