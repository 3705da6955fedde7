"""Events to the files of TimeMap (Forensic Architecture): events, sources and associations, as its validators have them.

What it captures: an event a story with a day, its sources with what they say, and filters by kind of claim and by standing.
What it does not: write a field TimeMap does not know, which would make it discard the event: what has no field is in `description`.
"""

from __future__ import annotations

from typing import Any

from counterclaim.knowledge.standards import columns
from counterclaim.publish.events import Happening, happenings
from counterclaim.publish.geojson import encoded
from counterclaim.publish.notes import notes
from counterclaim.publish.view import View

LOST = (
    "events without a day, those that nobody asserts, and movement alone: TimeMap drops an event without a date",
    "counts over a war, over more than a month, or over a country without a day of their own: they are totals, and no events",
    "the range of days: `date` is the last of them, and `time_display` writes the range",
    "figures, voices and disputes, but as words in `description`",
    "how closely a place is known, but as a word in `location`",
    "findings that are no event, promises and the board",
)
_MODE = "FILTER"


def files(view: View, head: dict[str, Any], house: str) -> dict[str, bytes]:
    """The files by name; `head` is a file of its own, since TimeMap discards what it does not know."""
    found, _ = happenings(view)
    events = [_event(view, event, notes(view, event, None, house)) for event in found]
    used = sorted({name for event in events for name in event["sources"]})
    return {
        "events.json": encoded(events),
        "sources.json": encoded({name: _source(view, name) for name in used}),
        "associations.json": encoded(_associations(events)),
        "about.json": encoded(head),
    }


def _event(view: View, event: Happening, description: str) -> dict[str, Any]:
    story, day = event.story, event.last
    spot = story.place
    has_point = spot is not None and spot.lat is not None and spot.lon is not None
    standings = sorted({one.standing for one in view.findings(story.claims)})
    made = {
        "id": story.key,
        "description": description,
        "date": f"{day:%m/%d/%Y}" if day else "",
        "time": "",
        "time_display": f"by {story.last}" if story.first is None else str(story.last) if story.first == story.last else f"{story.first} to {story.last}",
        "location": f"{view.place_name(story)} ({spot.precision})" if spot else "",
        "latitude": str(spot.lat) if has_point and spot else "",
        "longitude": str(spot.lon) if has_point and spot else "",
        "category": story.kinds[0] if story.kinds else "",
        "associations": [*(f"kind {kind}" for kind in story.kinds), *(f"standing {one}" for one in standings)],
        "sources": list(story.reports),
    }
    return {name: made[name] for name in columns("timemap", "event") if name in made}


def _source(view: View, name: str) -> dict[str, Any]:
    report = view.reports.get(name)
    made = {
        "id": name,
        "title": (report.title if report else None) or name,
        "paths": [],
        "type": "Article",
        "url": (report.url if report else None) or "",
        "author": (report.outlet if report else None) or "",
        "date": str(report.published.day or "") if report else "",
    }
    return {field: made[field] for field in columns("timemap", "source") if field in made}


def _associations(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    made = []
    for name in sorted({one for event in events for one in event["associations"]}):
        group, _, title = name.partition(" ")
        one = {"id": name, "title": title, "desc": "", "mode": _MODE, "filter_paths": [group, name]}
        made.append({field: one[field] for field in columns("timemap", "association") if field in one})
    return made
