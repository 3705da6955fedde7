"""Claims to the places they speak of, with where those lie; and two places to what one is to the other.

What it captures: the named places of a claim's slots; where the slots name none, the place a built thing is called after ("the market
of Kibua", "Kibua's market"). Two places are the same, one within the other by its units, near by their points, or apart.
What it does not: bare descriptions ("the city") that no link ties to a place; a place without a link lies in no unit.
Example: Khenj lies within Panjshir, for its link says so; Kibua, which no gazetteer has, is Kibua alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import asin, cos, radians, sin, sqrt
from typing import Literal, NamedTuple

from counterclaim.core.claim import Claim, Mentions, Movement
from counterclaim.core.link import Link, Located
from counterclaim.core.mention import Mention
from counterclaim.reconcile.context import Context
from counterclaim.reconcile.names import Fold, fold, fold_place
from counterclaim.reconcile.totals_told import countries

Relation = Literal["same", "near", "within", "country", "apart"]

_SLOTS = ("place", "places")
# Built things that are hit by name: two attacks on two of them are two attacks.
BUILT = frozenset(
    "market hospital clinic school university church mosque temple cathedral bridge airport airfield port dam station camp prison barracks "
    "base checkpoint hotel theatre factory plant refinery depot warehouse convoy bus train ship farm house home embassy court post".split()
)
_NAMED = r"[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*)*"
_OF = re.compile(rf"\b(?:of|in|at|near|outside)\s+(?:the\s+)?({_NAMED})")
_BEFORE = re.compile(rf"({_NAMED}?)(?:['’]s)?\s+(?:{'|'.join(sorted(BUILT))})s?\b")
# Two points closer than this are one town and its outskirts.
NEAR_KM = 5.0
_EARTH_KM = 6371.0
# "Hills near Nyabiondo" are not Nyabiondo, nor a place that another report would name so.
_BESIDE = frozenset("near close outside along between around beside towards".split())
_LEVELS = {"exact": 3, "district": 2, "province": 1, "country": 0, "unknown": -1}


class Where(NamedTuple):
    """A named place: what tells it apart, how it is shown, its key and where it lies, as far as known."""

    id: str
    name: str
    key: str | None
    at: Located | None

    @property
    def level(self) -> int:
        """How closely it is known: 3 a point, 2 a district, 1 a province, 0 a country; 3 too where no gazetteer has it."""
        return _LEVELS[self.at.precision] if self.at else 3

    @property
    def units(self) -> tuple[str, ...]:
        """The units that hold it or that it is: the country, then the province, then the district, as far as known."""
        at = self.at
        if at is None or at.country is None:
            return ()
        names = [at.country, *(one for one in (at.province, at.district) if one)] if at.province else [at.country]
        return tuple("/".join(names[: i + 1]) for i in range(min(len(names), max(1, self.level + 1))))


class Whereabouts:
    """The places of all claims at hand."""

    def __init__(self, context: Context, links: Iterable[Link]) -> None:
        links = tuple(links)
        self._context = context
        self.countries = countries(links)
        at: defaultdict[tuple[str, str], set[Located | None]] = defaultdict(set)
        for link in links:
            if link.kind == "place":
                at[link.report, link.words].add(link.target.at if link.target else None)
        self._at = {words: next(iter(found)) for words, found in at.items() if len(found) == 1}
        by_id: defaultdict[str, set[Located]] = defaultdict(set)
        for (report, words), located in self._at.items():
            if located is not None:
                by_id[context.names.of(report, words, "place").id].add(located)
        self._by_id = {name: min(found, key=repr) for name, found in by_id.items()}
        # Where a name of two words speaks and no gazetteer has it, it is a person's, whatever slot it was read into.
        spoken = (fold(voice.name) for claim in context.claims for voice in claim.chain[1:] if voice.name)
        self._speakers = frozenset(name for name in spoken if len(name) > 1)
        self._known: defaultdict[Fold, set[Where]] = defaultdict(set)
        for claim in context.claims:
            for place in self._slots(claim):
                for where in self.of(claim, (place,)):
                    self._known[fold_place(place.words)].add(where)

    def of(self, claim: Claim, mentions: Mentions) -> tuple[Where, ...]:
        """The named places among these mentions, each once."""
        found: dict[str, Where] = {}
        for mention in mentions:
            name = self._context.names.of(claim.report, mention.words, "place")
            if name.is_named and (name.link or self._is_place(fold(mention.words))):
                found[name.id] = Where(name.id, name.shown, name.link, self._by_id.get(name.id))
        return tuple(found[name] for name in sorted(found))

    def _is_place(self, words: Fold) -> bool:
        return words not in self._speakers and _BESIDE.isdisjoint(words)

    def within_words(self, words: str) -> tuple[Where, ...]:
        """The place that a built thing is called after; none unless exactly one place at hand has the name."""
        if not is_built(words):
            return ()
        named = [*_OF.findall(words), *(one for one in _BEFORE.findall(words) if one)]
        return tuple(dict.fromkeys(place for one in named for place in self.known(one)))

    def known(self, words: str) -> tuple[Where, ...]:
        """The one place at hand of this name; none where there is none or more than one."""
        found = self._known.get(fold_place(words), set())
        return tuple(found) if len(found) == 1 else ()

    def named_in(self, words: str) -> tuple[Where, ...]:
        """The places at hand that are named in a run of words, longer names before the shorter ones they hold."""
        found: dict[str, Where] = {}
        for run in re.findall(_NAMED, words):
            tokens = run.split()
            for size in range(len(tokens), 0, -1):
                hits = [place for i in range(len(tokens) - size + 1) for place in self.known(" ".join(tokens[i : i + size]))]
                found.update((place.id, place) for place in hits)
                if hits:
                    break
        return tuple(found[name] for name in sorted(found))

    def called(self, report: str, words: str) -> tuple[Where, ...]:
        """The place of these words by nothing but its name; for names that only a promise mentions."""
        name = self._context.names.of(report, words, "place")
        return (Where(name.id, name.shown, name.link, self._by_id.get(name.id)),) if name.is_named else ()

    def places(self, claim: Claim) -> tuple[Where, ...]:
        """The places of a claim: those of its slots, else those that what was hit is called after."""
        if named := self.of(claim, tuple(self._slots(claim))):
            return named
        hit = [mention.words for slot in ("target", "who", "place") for mention in getattr(claim.proposition, slot, ())]
        found = {place.id: place for words in hit for place in self.within_words(words)}
        if not found and any(is_built(words) for words in hit):
            # "The office at Kibua said that the market was shelled": the one place the sentence names.
            told = self.named_in(claim.evidence.quote)
            found = {place.id: place for place in told} if len(told) == 1 else {}
        return tuple(found[name] for name in sorted(found))

    @staticmethod
    def _slots(claim: Claim) -> Iterator[Mention]:
        # An offer's `to` is whom it is made to.
        for slot in (*_SLOTS, "to", "from_") if isinstance(claim.proposition, Movement) else _SLOTS:
            yield from (one for one in getattr(claim.proposition, slot, ()) if isinstance(one, Mention))


def is_built(words: str) -> bool:
    """Whether the words tell of a built thing."""
    return bool(built(words))


def built(words: str) -> frozenset[str]:
    """The built things that the words tell of, each in the singular."""
    tokens = set(fold(words))
    return frozenset(one for one in BUILT if one in tokens or f"{one}s" in tokens)


def relation(one: Where, other: Where) -> Relation:
    """What two places are to each other; a place that lies nowhere known is apart from all others."""
    if one.id == other.id:
        return "same"
    if one.at is None or other.at is None:
        return "apart"
    level = min(one.level, other.level)
    if level >= _LEVELS["exact"]:
        gap = distance(one.at, other.at)
        return "near" if gap is not None and gap <= NEAR_KM else "apart"
    if level < 0 or min(len(one.units), len(other.units)) <= level or one.units[level] != other.units[level]:
        return "apart"
    return "within" if level else "country"


def distance(one: Located, other: Located) -> float | None:
    """Kilometres between two points on the sphere (haversine); none where one has no point."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    lat, lon = radians(other.lat - one.lat), radians(other.lon - one.lon)
    half = sin(lat / 2) ** 2 + cos(radians(one.lat)) * cos(radians(other.lat)) * sin(lon / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(1.0, half)))
