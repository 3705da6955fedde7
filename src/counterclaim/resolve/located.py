"""A place to what a record keeps of it: where it lies, and how closely that is known."""

from __future__ import annotations

from counterclaim.core.link import Located, Precision
from counterclaim.core.place import Place
from counterclaim.knowledge.gazetteer import Gazetteer

# A point that is a town's or a built thing's own; an area's is the middle of what may be wide.
_AREAS = frozenset("RGN RGNH CONT SEA OCN GULF STRT LK STM MTS VAL DSRT ISLS PEN CNL PRK RSV FRST ADM1H AREA CAPE PASS".split())


def located(place: Place, gazetteer: Gazetteer, *, is_feature: bool = False) -> Located:
    """Where a place lies and how closely that is known; a feature called after a place is somewhere in or by it."""
    units = {unit.level: unit.name for unit in gazetteer.parents(place)}
    names = units | ({place.level: place.name} if place.level in (1, 2) else {})
    pcode = place.code if place.code and not place.code.startswith("geonames:") else None
    point = (place.lat, place.lon) if place.point == "given" or place.level > 0 else (None, None)
    return Located(precision(place, is_feature=is_feature), place.country, names.get(1), names.get(2), *point, place.feature, pcode, is_feature)


def precision(place: Place, *, is_feature: bool = False) -> Precision:
    """How closely a place says where something is."""
    if place.level == 0:
        return "country"
    if place.level == 1:
        return "province"
    if place.feature in _AREAS:
        return "district" if place.admin2 else "province" if place.admin1 else "country" if place.country else "unknown"
    return "district" if place.level in (2, 3, 4) or is_feature or place.lat is None else "exact"
