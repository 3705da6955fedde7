"""A place as a gazetteer has it: a point or a name only, with the units it lies in."""

from __future__ import annotations

import re
from functools import cache

import msgspec

_SETS = "villages|towns|districts|cities|places|areas|provinces|regions|settlements|neighbou?rhoods|locations|sites|positions|states|camps"
_NUMBERS = r"(?:at least |about |some |more than )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten|a dozen)"
_OPEN_SET = re.compile(
    rf"(?:the )?(?:(?:both|several|some|many|various|a few|a number of|dozens of|scores of|{_NUMBERS}(?: other)?|other|neighbou?ring|nearby|surrounding) (?:\w+ ){{0,2}}(?:{_SETS})\b"
    r"|(?:either|neither|another|one) (?:\w+ ){0,1}(?:village|town|district|city|place|area|province|camp)\b)"
    # "The two villages of Marsk and Lesk" are named.
    r"(?! of [A-Z]\w+(?: [A-Z]\w+)*(?:, [A-Z][\w ]+)* and [A-Z])",
    re.IGNORECASE,
)


def is_open_set(words: str) -> bool:
    """Whether the words tell of places without saying which: "two villages", "both towns", "several districts near Tarn"."""
    return _OPEN_SET.match(words.strip()) is not None


class Place(msgspec.Struct, frozen=True, gc=False):
    """One entry of a gazetteer.

    `key` names it to the outside ("geonames:1138957", "pcode:AF15"). `lat` and `lon` are WGS 84 degrees, both null where the
    source gives no point and none may be made up. `feature` is a GeoNames feature code (PPL, PPLC, ADM1, ADM2, PCLI, MTS …).
    `country` is an ISO 3166-1 alpha-2 code; `admin1` and `admin2` are the codes of the units it lies in, in its source's own
    coding; a unit carries its own code there. `point` says where the point comes from: "given", or "towns" where it is the
    middle of the towns known inside and only marks where to look.
    """

    key: str
    name: str
    lat: float | None
    lon: float | None
    feature: str
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    population: int = 0
    code: str | None = None
    point: str = "given"

    @property
    def is_country(self) -> bool:
        """Whether it is a country or a dependent territory."""
        return self.feature.startswith("PCL")

    @property
    def level(self) -> int:
        """0 for a country, 1 to 4 for its units, 5 for a town or a feature, by the feature code; 9 for a region that holds countries."""
        level = _level(self.feature)
        return 9 if level == _TOWN and self.country is None else level


_TOWN = 5


@cache
def _level(feature: str) -> int:
    if feature.startswith("PCL"):
        return 0
    return int(feature[3]) if feature.startswith("ADM") and feature[3:4].isdigit() else _TOWN
