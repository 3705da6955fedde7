"""Stories to event reports: one row for each report of each event, with what that report says of it and nobody else's words.

What it captures: for every report of a story its own day, place, actors, figures, voices, denials, and the sentences; and beside it how the
event stands over all reports. Nothing is collapsed: put the rows of one `event` side by side to see who differs.
What it does not: hold events of other kinds than violence, control and movement (offers, aid and talks are findings).
"""

from __future__ import annotations

from collections.abc import Iterable

from counterclaim.core.claim import Attack, Casualties, Claim, Control, Fighting, Harm, Movement
from counterclaim.core.mention import Mention
from counterclaim.core.story import Story
from counterclaim.knowledge.standards import country_name
from counterclaim.publish.cells import Column, Rows, Value
from counterclaim.publish.events import TOTAL, left, total, totals_left
from counterclaim.publish.view import View
from counterclaim.publish.words import when

LOST = (
    "which claim of a report says what: a row gathers all of its claims about the event (their keys are in `claims`)",
    "offers, demands, answers, talks, agreements, aid, need and statements: they are no events here",
    "who holds a place unchanged: that is a state, on the board, and no event",
    "counts over a war, over more than a month, or over a country without a day of their own: they are totals, and no events (`csv` has them)",
    "how alike two claims had to be to be joined (`counterclaim why` shows it)",
    "where in the report the words stand: `sentences` quotes them, `webannotation` places them",
)
_HARMS: tuple[Harm, ...] = ("killed", "wounded", "captured", "missing", "displaced")
_TEXT: tuple[tuple[str, str], ...] = (
    ("event", "key of the story; the same in every row of one event"),
    ("report", "id of the report"),
    ("outlet", "who published it"),
    ("title", "its headline"),
    ("url", "its address"),
)
COLUMNS: tuple[Column, ...] = (
    *(Column(name, "text", says) for name, says in _TEXT),
    Column("published", "day", "the day it was published"),
    Column("published_by", "text", "how that day is known: given, metadata, text, inferred"),
    Column("kinds", "list", "kinds of the claims of this report"),
    Column("says_day", "list", "when it was, by this report, in the record's words"),
    Column("says_place", "list", "where it was, by this report"),
    Column("attackers", "list", "who attacked, killed or harmed, by this report"),
    Column("targets", "list", "who or what was attacked, by this report"),
    Column("sides", "list", "who fought, by this report"),
    Column("takers", "list", "who took or besieged a place, by this report"),
    Column("losers", "list", "who lost or left a place, by this report"),
    Column("movers", "list", "who moved, by this report"),
    Column("harmed", "list", "who was harmed, by this report"),
    Column("means", "list", "how, by this report: shelling, air strike, …"),
    *(
        column
        for harm in _HARMS
        for column in (
            Column(f"{harm}_low", "number", f"least number of {harm} this report tells; empty where it leaves that open"),
            Column(f"{harm}_high", "number", f"greatest number of {harm} this report tells; empty where it leaves that open"),
            Column(f"{harm}_words", "list", f"its words for the number of {harm}"),
        )
    ),
    Column("asserted_by", "list", "voices that assert it in this report, each as its chain from the outlet to the origin"),
    Column("denied_by", "list", "voices that deny or doubt some of it in this report"),
    Column("hedges", "list", "words that hedge it"),
    Column("withdrawn", "integer", "claims of this row that were taken back, or that a later version of the report replaces"),
    Column("sentences", "list", "the sentences the row rests on"),
    Column("claims", "list", "keys of its claims"),
    Column("event_from", "day", "over all reports: first day the event may have been on; empty where only “by” a day is known"),
    Column("event_to", "day", "over all reports: last day"),
    Column("event_place", "text", "over all reports: the place"),
    Column("event_place_key", "text", "key of the place in its gazetteer"),
    Column("country", "text", "its country"),
    Column("admin1", "text", "its province"),
    Column("admin2", "text", "its district"),
    Column("latitude", "number", "WGS 84"),
    Column("longitude", "number", "WGS 84"),
    Column("place_precision", "text", "how closely the place is known: exact, district, province, country, unknown"),
    Column("event_reports", "integer", "reports that tell of the event"),
    Column("event_origins", "integer", "independent origins of the event: copies, and one voice in many reports, count once"),
    Column("standings", "list", "standings of the findings the claims of this row stand in"),
)


def rows(view: View) -> Rows:
    """One row for each report of each story, by event day, event and publication day."""
    made: list[tuple[tuple[str, ...], tuple[Value, ...]]] = []
    left_out: list[str] = []
    for story in view.material.stories:
        if reason := total(view, story):
            left_out.append(left(story, f"{TOTAL}: {reason}"))
            continue
        for name in story.reports:
            claims = [claim for key in story.claims if (claim := view.claims.get(key)) is not None and claim.report == name]
            if claims:
                cells = _cells(view, story, name, sorted(claims, key=lambda one: (one.evidence.start, one.key)))
                order = (str(story.last or "9999"), story.key, str(cells["published"] or "9999"), name)
                made.append((order, tuple(cells.get(column.name) for column in COLUMNS)))
    return Rows(COLUMNS, tuple(row for _, row in sorted(made, key=lambda one: one[0])), tuple(sorted((*left_out, *totals_left(view)))))


def _cells(view: View, story: Story, name: str, claims: list[Claim]) -> dict[str, Value]:
    report = view.reports.get(name)
    live = [claim for claim in claims if view.is_standing(claim.key)]
    asserted = [claim for claim in live if claim.act in ("asserts", "confirms")]
    against = [claim for claim in live if claim.act not in ("asserts", "confirms")]
    at = view.at(story.place.key if story.place else None)
    cells: dict[str, Value] = {
        "event": story.key,
        "report": name,
        "outlet": view.outlet(claims[0]),
        "title": report.title if report else None,
        "url": report.url if report else None,
        "published": report.published.day if report else None,
        "published_by": report.published.basis if report else None,
        "kinds": _each(claim.kind for claim in claims),
        "says_day": _each(when(claim.when) for claim in live if claim.when),
        "says_place": _each(where for claim in live for where in _slots(view, claim, "place", "to")),
        "means": _each(claim.proposition.means for claim in asserted if isinstance(claim.proposition, Attack)),
        **{column: _each(name for claim in asserted for name in _role(view, claim, column)) for column in _ROLES},
        "asserted_by": _each(view.chain(claim) for claim in asserted),
        "denied_by": _each(f"{view.chain(claim)} ({claim.act})" for claim in against),
        "hedges": _each(hedge for claim in live for hedge in claim.hedges),
        "withdrawn": len(claims) - len(live),
        "sentences": _each(claim.evidence.quote for claim in claims),
        "claims": tuple(claim.key for claim in claims),
        "event_from": story.first,
        "event_to": story.last,
        "event_place": view.place_name(story),
        "event_place_key": story.place.key if story.place else None,
        "country": country_name(at.country) if at and at.country else None,
        "admin1": at.province if at else None,
        "admin2": at.district if at else None,
        "latitude": story.place.lat if story.place else None,
        "longitude": story.place.lon if story.place else None,
        "place_precision": story.place.precision if story.place else None,
        "event_reports": len(story.reports),
        "event_origins": len(story.origins),
        "standings": tuple(sorted({one.standing for one in view.findings(claim.key for claim in claims)})),
    }
    for harm in _HARMS:
        cells |= _toll([claim for claim in asserted if claim.key not in view.material.totals], harm)
    return cells


def _toll(claims: Iterable[Claim], harm: Harm) -> dict[str, Value]:
    """What one report tells of a harm: an open side of one figure leaves the whole open; unsplit unions give words alone."""
    of_harm = [(one.counting, one.proposition) for one in claims if isinstance(one.proposition, Casualties) and harm in one.proposition.harm]
    # A part of a count, or more besides it, is no count of the whole where that is told.
    whole = [said for counting, said in of_harm if counting is None]
    told = whole or [said for counting, said in of_harm if counting in ("part", "further")]
    counts = [one.count for one in told if one.count is not None and one.harm == (harm,) and not one.count.is_vague]
    lows, highs = [one.low for one in counts if one.low is not None], [one.high for one in counts if one.high is not None]
    return {
        f"{harm}_low": min(lows) if counts and len(lows) == len(counts) else None,
        f"{harm}_high": max(highs) if counts and len(highs) == len(counts) else None,
        f"{harm}_words": _each(one.count.words if len(one.harm) == 1 else f"{one.count.words} {' or '.join(one.harm)}" for one in told if one.count),
    }


_ROLES = ("attackers", "targets", "sides", "takers", "losers", "movers", "harmed")


def _role(view: View, claim: Claim, role: str) -> list[str]:
    proposition = claim.proposition
    if isinstance(proposition, Attack):
        slots = {"attackers": "actor", "targets": "target"}
    elif isinstance(proposition, Fighting):
        slots = {"sides": "sides"}
    elif isinstance(proposition, Casualties):
        slots = {"attackers": "by", "harmed": "named" if proposition.named else "who"}
    elif isinstance(proposition, Movement):
        slots = {"movers": "actor"}
    elif isinstance(proposition, Control):
        slots = {"losers" if proposition.change in ("lost", "left") else "takers": "holder"}
    else:
        slots = {}
    return _slots(view, claim, slots[role]) if role in slots else []


def _slots(view: View, claim: Claim, *slots: str) -> list[str]:
    kinds = ("place",) if slots[0] in ("place", "to") else ("actor", "place")
    return [view.name(claim, one, *kinds) for slot in slots for one in getattr(claim.proposition, slot, ()) if isinstance(one, Mention)]


def _each(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
