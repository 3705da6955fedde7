"""Events to a file in the shape of ACLED's: 31 columns, one row an event. ACLED-shaped, not ACLED.

What it captures: the day, the type by our kinds, the one named actor of each side, the place, the sources, a paragraph for the coder, and a number.
What it does not: code what has no told day or place, or is a total of more than one event; give ACLED's ids, regions, source scales or codes for groups; choose between two accounts of who did it.
"""

from __future__ import annotations

from counterclaim.core.claim import Casualties
from counterclaim.core.link import Located
from counterclaim.knowledge.lexicon import table
from counterclaim.knowledge.standards import columns, country_name, iso_number
from counterclaim.publish.cells import Column, Rows, Value
from counterclaim.publish.collapse import collapsed, groups, receipts
from counterclaim.publish.events import Happening, happenings, left, named, one_or_none, parts, uncoded, unplaced
from counterclaim.publish.notes import notes
from counterclaim.publish.victims import is_civilian
from counterclaim.publish.view import View

MARK = "ACLED-shaped, not ACLED"
LOST = (
    "who told whom: `source` names outlets, and the voices stand in `notes` alone",
    "denials, doubts, withdrawals and failed checks, but for what `notes` says of them",
    "the range of a number: `fatalities` has one figure, by the house rule; all figures stand in `notes`",
    "counts over a war, over more than a month, or over a country without a day of their own: they are totals, and no events",
    "figures that were taken back, or that a later version of the report replaces: they count for nothing, and `notes` marks them",
    "wounded, captured, missing and displaced, but for `notes`",
    "an actor whom claims name differently: both columns stay empty then, and `notes` names all",
    "events without a told day (also those only known to be over by one), of more than a month, without a told place, or of a country alone: "
    "ACLED's codes have no value for them; events that nobody asserts, and movement alone",
    "offers, demands, answers, talks, aid, need, statements, and who holds a place unchanged",
    "the words of the reports and where they stand",
    "whether fighting and attacks of one story are one event to ACLED's rules or several",
)
# ACLED's precision of a place: 1 the place itself, 2 a part of its district, 3 a province. A country alone is no place to ACLED.
_GEO = {"exact": 1, "district": 2, "province": 3}
# ACLED's coarsest precision of a day is the month.
_MOST_DAYS = 31
_SAYS = {
    "event_id_cnty": "our key of the story, marked as ours: no id of ACLED",
    "event_date": "the day; of several days the claims leave open, the middle one",
    "time_precision": "1 one day, 2 up to a week, 3 up to a month",
    "event_type": "by the kinds of the claims (see codebooks); empty where they do not tell",
    "sub_event_type": "likewise",
    "actor1": "the one named attacker, taker or side; empty where claims name several or none",
    "inter1": "State forces, where our table of actors says so; else empty",
    "actor2": "the one named target, loser or other side",
    "assoc_actor_1": "empty: ties between actors are no part of a claim",
    "civilian_targeting": "where all targets named are civilians or their places",
    "iso": "ISO 3166-1 numeric code of the country of the place",
    "region": "empty: ACLED's regions are ACLED's",
    "location": "the place as the record calls it",
    "geo_precision": "1 the place itself, 2 near it or within its district, 3 its province; empty where no gazetteer in use has the place",
    "source": "the outlets of the reports",
    "source_scale": "empty: for the coder",
    "notes": "what is told, by whom, who disputes it, what is not verified, and how the number was made",
    "fatalities": "one number by the house rule; 0 where no death is told; empty where deaths are told without a number, or the house gives none",
    "tags": "the mark, the standings of the findings the event rests on, and the count of origins",
    "timestamp": "empty: the same record gives the same file",
}


def rows(view: View, house: str = "acled", *, is_week: bool = False) -> Rows:
    """One row an event, by day."""
    found, left_out = happenings(view, is_week=is_week)
    named_columns = tuple(Column(name, "text", _SAYS.get(name, "")) for name in columns("acled"))
    made, made_of = [], []
    for event in found:
        if reason := uncoded(event, most_days=_MOST_DAYS, wants_less_than_country=True):
            left_out.append(left(event.story, reason))
            continue
        cells = _cells(view, event, house)
        made.append(tuple(cells.get(column.name) for column in named_columns))
        made_of.append(event)
    return Rows(
        named_columns,
        tuple(made),
        tuple(left_out),
        tuple(line for event in made_of if (line := unplaced(event))),
        tuple(line for event in made_of for line in receipts(view, event.story, house)),
    )


def _cells(view: View, event: Happening, house: str) -> dict[str, Value]:
    story = event.story
    number = collapsed(groups(view, story, house), house)
    actor1, actor2 = actors(view, event)
    inter1, inter2 = _inter(view, event, actor1), _inter(view, event, actor2)
    kind, sub, disorder = table("standards")["acled"]["types"][event.type]
    if event.type == "remote":
        sub = table("standards")["acled"]["remote"].get(event.means or "", "")
    return {
        "event_id_cnty": f"counterclaim:{story.key}",
        "event_date": event.day,
        "year": event.day.year if event.day else None,
        "time_precision": _time_precision(event.length),
        "disorder_type": disorder,
        "event_type": kind,
        "sub_event_type": sub,
        "actor1": actor1,
        "inter1": inter1,
        "actor2": actor2,
        "inter2": inter2,
        "interaction": f"{inter1}-{inter2}" if inter1 and inter2 else None,
        "civilian_targeting": "Civilian targeting" if _targets_civilians(view, event) else None,
        **place(event.at),
        "location": view.place_name(story),
        "latitude": story.place.lat if story.place else None,
        "longitude": story.place.lon if story.place else None,
        "geo_precision": _GEO.get(story.place.precision) if story.place else None,
        "source": "; ".join(sorted({view.outlet(claim) for claim in (*event.claims, *event.against)})),
        "notes": notes(view, event, number, house),
        "fatalities": number.best if number.best is not None else None if may_have_died(event) else 0,
        "tags": "; ".join([MARK, *sorted({f"standing={one.standing}" for one in view.findings(story.claims)}), f"origins={len(story.origins)}"]),
    }


def actors(view: View, event: Happening) -> tuple[str | None, str | None]:
    """The one named actor of each side, null where claims name several, or nobody whom a link names."""
    story = event.story
    if event.type == "fighting" and not parts(view, story, "attacker"):
        sides = named(view, story, "side")
        return (sides[0], sides[1]) if len(sides) == 2 else (one_or_none(sides), None)
    first = named(view, story, "taker", "attacker") or named(view, story, "side")
    targets = named(view, story, "target", "loser")
    first = [name for name in first if name not in targets] or first
    second = one_or_none(targets) or ("Civilians" if _targets_civilians(view, event) else None)
    one = one_or_none(first)
    return one, second if second != one else None


def place(at: Located | None) -> dict[str, Value]:
    """The columns for the units a place lies in."""
    code = at.country if at else None
    return {
        "iso": iso_number(code) if code else None,
        "country": country_name(code) if code else None,
        "admin1": at.province if at else None,
        "admin2": at.district if at else None,
    }


def may_have_died(event: Happening) -> bool:
    """Whether deaths are told, be it without a number or within an unsplit count ("killed or wounded", "losses")."""
    return any(isinstance(one.proposition, Casualties) and {"killed", "losses"} & set(one.proposition.harm) for one in event.claims)


def _time_precision(days: int | None) -> int | None:
    """ACLED's code: 1 the day, 2 the week, 3 the month."""
    return None if days is None else 1 if days == 1 else 2 if days <= 7 else 3


def _inter(view: View, event: Happening, name: str | None) -> str | None:
    if name == "Civilians":
        return "Civilians"
    keys = {part.key for part in event.story.actors if part.name == name and part.key}
    labels: dict[str, str] = table("standards")["acled"]["inter"]
    found = {labels.get(actor.kind) for key in keys if (actor := view.actor_of(key))}
    return found.pop() if len(found) == 1 else None


def _targets_civilians(view: View, event: Happening) -> bool:
    targets = parts(view, event.story, "target")
    return bool(targets) and all(is_civilian(part.name) for part in targets)
