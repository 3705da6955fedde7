"""Events and the control board to one GeoJSON FeatureCollection (RFC 7946), with how closely each place is known.

What it captures: a feature for each story and for each board cell, with a point where the place has one and no geometry where it has none.
What it does not: draw areas. A point of a province or district is the middle of it: read `precision` before you read the map.
"""

from __future__ import annotations

from typing import Any

import msgspec

from counterclaim.core.board import Cell
from counterclaim.core.story import Part, Story
from counterclaim.knowledge.standards import country_name
from counterclaim.publish.collapse import told
from counterclaim.publish.events import total
from counterclaim.publish.view import View

LOST = (
    "areas: a province or district is its middle point, marked by `precision`",
    "the sentences and the chains of voices: `claims` names the claims, `voices` who says so",
    "findings that are neither an event nor a word on who holds a place",
    "why claims were joined to one event",
    "counts over a war, over more than a month, or over a country without a day of their own: they are totals, and no events",
    "events of which every claim was taken back",
)
_HARMS = ("killed", "wounded", "captured", "missing", "displaced")


def features(view: View) -> list[dict[str, Any]]:
    """The features: stories by day, then the board in its order."""
    stories = sorted(
        (one for one in view.material.stories if not total(view, one) and any(map(view.is_standing, one.claims))),
        key=lambda one: (str(one.last or "9999"), one.key),
    )
    return [*(_of_story(view, one) for one in stories), *(_of_cell(view, one) for one in view.material.cells)]


def document(view: View, head: dict[str, Any]) -> dict[str, Any]:
    """The collection; `head` is kept as the foreign member `counterclaim`, which RFC 7946 allows."""
    return {"type": "FeatureCollection", "counterclaim": head, "features": features(view)}


def _of_story(view: View, story: Story) -> dict[str, Any]:
    spot = story.place
    at = view.at(spot.key if spot else None)
    claims = [view.claims[key] for key in story.claims if key in view.claims and view.is_standing(key)]
    return _feature(
        f"story:{story.key}",
        (spot.lat, spot.lon) if spot else (None, None),
        {
            "what": "event",
            "kinds": list(story.kinds),
            "from": _day(story.first),
            "to": _day(story.last),
            "place": view.place_name(story),
            "place_key": spot.key if spot else None,
            "precision": spot.precision if spot else "unknown",
            "country": country_name(at.country) if at and at.country else None,
            "actors": [
                {"role": one.role, "name": one.name, "claims": len(one.claims), "denied": len(one.denied_by)} for one in story.actors if _stands(view, one)
            ],
            "figures": {
                harm: [f"{one.shown} by {', '.join(one.by)}{one.told_by}" for one in figures] for harm in _HARMS if (figures := told(view, story, harm))
            },
            "voices": sorted({view.says(claim) for claim in claims}),
            "standings": sorted({one.standing for one in view.findings(story.claims)}),
            "origins": len(story.origins),
            "reports": list(story.reports),
            "claims": list(story.claims),
        },
    )


def _stands(view: View, part: Part) -> bool:
    return any(view.is_standing(claim) for claim in (*part.claims, *part.denied_by))


def _of_cell(view: View, cell: Cell) -> dict[str, Any]:
    at = view.at(cell.place.key)
    told_by = cell.claimant.shown or "an unnamed source"
    key = f"{cell.place.id} {cell.claimant.id} {cell.first} {cell.last} {cell.says} {' '.join(cell.holders)} {cell.basis} {cell.change} {' '.join(cell.claims)}"
    return _feature(
        f"board:{key}",
        (at.lat, at.lon) if at else (None, None),
        {
            "what": "control",
            "told": cell.told,
            "claimant": told_by,
            "from": _day(cell.first),
            "to": _day(cell.last),
            "place": cell.place.shown,
            "place_key": cell.place.key,
            "precision": at.precision if at else "unknown",
            "country": country_name(at.country) if at and at.country else None,
            "says": cell.says,
            "holders": list(cell.holders),
            "basis": cell.basis,
            "concedes": cell.concedes,
            "open": cell.open,
            "withdrawn": cell.withdrawn,
            "disputed": bool(cell.disputed_by),
            "origins": cell.origins,
            "claims": list(cell.claims),
        },
    )


def _feature(name: str, point: tuple[float | None, float | None], properties: dict[str, Any]) -> dict[str, Any]:
    lat, lon = point
    geometry = {"type": "Point", "coordinates": [lon, lat]} if lat is not None and lon is not None else None
    return {"type": "Feature", "id": name, "geometry": geometry, "properties": properties}


def _day(value: object) -> str | None:
    return str(value) if value else None


def encoded(value: object) -> bytes:
    """JSON in UTF-8, keys in the order given, a value a line."""
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"
