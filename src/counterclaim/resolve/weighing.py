"""The names of one report weighed together: what is believed of one name counts for the others, a few times over."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from counterclaim.core.place import Place
from counterclaim.core.span import Span
from counterclaim.knowledge.gazetteer import Found
from counterclaim.knowledge.places import Level, featureless, levels
from counterclaim.resolve.candidates import WIDE, Candidates, Columns, Floats
from counterclaim.resolve.renown import LARGE, TOWN, is_known, stands_out

FAR_OFF = "the place of the name lies in"
UNKNOWN = "no gazetteer at hand has the name"
NAMESAKE = "a place of the name lies in"
UNSET = "and nothing in the report says that it is set there"
SHOWN = 5
"""The most candidates that are kept of a name."""

_EARTH = 6371.0  # kilometres, the mean radius
# The share of belief that one country must have of a small place's name, where nothing but the name speaks for it.
_AT_HOME = 0.75
# A country with less than this share of the belief is no home of the report.
_HOME = 0.2
# With so much belief in it a first-level unit is one that the report speaks of: one name is surely there, or two are likelier there than not.
_SURE = 0.8


class Weights(msgspec.Struct, frozen=True):
    """What each ground of the report counts, in logarithms of odds; found by `training.place_weights`."""

    classed: float = 6.0
    """A word beside the name says its level."""
    inside: float = 5.0
    """The unit named right after it holds it."""
    near: float = 5.0
    """What another name may mean lies near; by the kernel below, to the power, over the number of names to the spread."""
    power: float = 0.4
    spread: float = 0.3
    same_first: float = 0.5
    same_country: float = 0.13
    reach: float = 60.0
    """Kilometres at which nearness has fallen to a half."""
    rounds: int = 3
    told: float = 0.3
    """The share of belief below which a name stays open when nothing in the report speaks for any of its places."""


class Resolution(NamedTuple):
    """What a toponym names: a place, or none while it is open, with the likeliest candidates and their shares of belief (they sum to 1 over all)."""

    span: Span
    place: Place | None
    candidates: tuple[tuple[Place, float], ...]
    because: str
    feature: str | None = None
    """The words of a feature that is called after the place ("Kabul airport"), where the gazetteer has not the feature itself."""
    is_people: bool = False
    """The name is a people's ("Georgian"): it says where from, and not where."""
    is_set: bool = False
    """The report says where the place lies, by a country, a people or a neighbour it names, or the place is known far and wide; else only
    its name does, or a second town of that country, and both may be namesakes."""

    @property
    def is_feature(self) -> bool:
        """Whether the place is only the one that a feature is called after."""
        return self.feature is not None


class Slot(NamedTuple):
    """A name of the report with the levels that the words beside it speak for: what is weighed as one."""

    name: str
    hint: frozenset[Level]


class Weighing:
    """All candidates of all names of one report as one table of columns, a row a candidate."""

    def __init__(self, text: str, slots: Sequence[tuple[Slot, Columns]], weights: Weights, *, is_unknown: bool = False) -> None:
        """`is_unknown` is true of a report of which no gazetteer at hand has half the names: it is set where none of them knows the towns."""
        self.text = text
        self.is_unknown = is_unknown
        self.w = weights
        self.slots = slots
        self.at = {slot: i for i, (slot, _) in enumerate(slots)}
        self.sizes = [len(columns.found) for _, columns in slots]
        self.starts: NDArray[np.intp] = np.concatenate(([0], np.cumsum(self.sizes)[:-1])).astype(np.intp)
        self.group = np.repeat(np.arange(len(slots)), self.sizes)
        self.country = np.concatenate([c.country for _, c in slots])
        self.first = np.concatenate([c.first for _, c in slots])
        self.level = np.concatenate([c.level for _, c in slots])
        self.wide = np.array([c.is_wide for _, c in slots])
        self.score = np.concatenate([c.prior for _, c in slots])
        self.classed = np.zeros_like(self.score)
        self.held = np.zeros_like(self.score)
        self.belief = self.score
        self.support = self.score
        for slot, columns in slots:
            if slot.hint:
                fits = np.array([level in slot.hint for level in columns.levels])
                if fits.any():
                    self.classed[self._rows(slot)] = np.where(fits, weights.classed, 0.0)
        self.kernel = self._kernel(np.concatenate([c.vector for _, c in slots]))

    def _rows(self, slot: Slot) -> slice:
        start = int(self.starts[self.at[slot]])
        return slice(start, start + self.sizes[self.at[slot]])

    def beside(self, slot: Slot, holders: Sequence[Place], candidates: Candidates) -> None:
        """Count the unit named beside a name for the candidates that lie in it."""
        if slot not in self.at or not holders:
            return
        rows = self._rows(slot)
        held = np.zeros(self.sizes[self.at[slot]], dtype=bool)
        for holder in holders:
            if holder.level == 0:
                inside = self.country[rows] == candidates.number(holder.country)
            else:
                inside = self.first[rows] == candidates.number(holder.country, holder.admin1)
            inside &= self.level[rows] > holder.level
            if inside.any():
                held |= inside
                # What holds one of them is the holder meant: "Atlanta, Georgia" speaks for the state as much as for the city.
                self._favour(holder)
        self.held[rows] = np.maximum(self.held[rows], np.where(held, self.w.inside, 0.0))

    def _favour(self, holder: Place) -> None:
        self.held[self._rows_of.get(holder.key, [])] = self.w.inside

    @cached_property
    def _rows_of(self) -> dict[str, list[int]]:
        """The rows of each place, but as a people, by its key."""
        rows: dict[str, list[int]] = {}
        row = 0
        for _, columns in self.slots:
            for found in columns.found:
                if found.kind != "people":
                    rows.setdefault(found.place.key, []).append(row)
                row += 1
        return rows

    def settle(self, said: Sequence[Slot]) -> None:
        """Weigh every candidate by what the candidates of the other names are believed to be, a few times over."""
        w = self.w
        often = np.ones(len(self.slots), dtype=np.float32)
        for slot in said:
            often[self.at[slot]] += 1.0
        voice = np.log2(1.0 + often)[self.group]
        score = self.score + self.classed + self.held
        total = score
        for _ in range(w.rounds):
            belief = self._shares(total)
            self.support = np.add.reduceat(self.kernel * (belief * voice)[None, :], self.starts, axis=1)
            total = score + w.near * np.power(self.support, w.power).sum(axis=1) / len(self.slots) ** w.spread
        self.belief = self._shares(total)
        self.believed: list[float] = self.belief.tolist()

    def countries(self) -> list[str]:
        """The countries that the names of the report are believed to lie in, the likeliest first, those with a small share left out."""
        least = _HOME * self.whole
        large = [(country, part) for country, part in self.mass.items() if part >= least]
        return [country for country, _ in sorted(large, key=lambda x: (-round(x[1], 4), x[0]))][:3]

    @cached_property
    def homes(self) -> dict[str, frozenset[str]]:
        """For each country the first-level units that most of its names in the report are believed to lie in."""
        mass: dict[tuple[str, str], float] = {}
        row = 0
        for _, columns in self.slots:
            for found in columns.found:
                if found.place.country is not None and found.place.admin1 is not None:
                    where = (found.place.country, found.place.admin1)
                    mass[where] = mass.get(where, 0.0) + self.believed[row]
                row += 1
        large = [where for where, part in mass.items() if part >= _SURE]
        return {country: frozenset(unit for at, unit in large if at == country) for country in {at for at, _ in large}}

    @cached_property
    def mass(self) -> dict[str, float]:
        """How many names are believed to lie in each country."""
        mass: dict[str, float] = {}
        row = 0
        for _, columns in self.slots:
            for found in columns.found:
                country = found.place.country
                if country is not None:
                    mass[country] = mass.get(country, 0.0) + self.believed[row]
                row += 1
        return mass

    @cached_property
    def whole(self) -> float:
        """How many names are believed to lie in some country."""
        return sum(self.mass.values())

    def _is_far_off(self, found: Found, share: float) -> bool:
        """Whether a place is not large, and lies in a country that hardly any other name of the report does; the more so where the name is not its first."""
        country = found.place.country
        # What our own table of features holds is known far and wide.
        if country is None or found.place.level < WIDE or found.kind == "people" or found.place.key.startswith("region:"):
            return False
        largest, least = (LARGE, 0.1) if found.kind == "other" else (TOWN, 0.05)
        if found.place.population >= largest:
            return False
        others = self.whole - share
        return others > 1.5 and self.mass[country] - share < least * others

    def resolution(self, span: Span, slot: Slot) -> Resolution:
        """What is believed of a name, or that it stays open."""
        if slot not in self.at:
            return Resolution(span, None, (), UNKNOWN)
        rows, columns = self._rows(slot), self.slots[self.at[slot]][1]
        if len(columns.found) == 1:
            [found] = columns.found
            ranked: tuple[tuple[Place, float], ...] = ((found.place, 1.0),)
            feature = span.of(self.text) if columns.is_feature else None
            if self._is_far_off(found, 1.0):
                return Resolution(span, None, ranked, f"{FAR_OFF} {found.place.country}, which nothing else in the report does", feature)
            if self.is_unknown and not is_known(found.place) and not self._is_supported(rows.start):
                return Resolution(span, None, ranked, f"{NAMESAKE} {found.place.country}, {UNSET}", feature)
            because = f"the feature is called after {found.place.name}" if feature else "the one place of the name"
            return Resolution(span, found.place, ranked, because, feature, found.kind == "people", self._is_set(rows.start, found.place))
        shares = self.believed[rows]
        order = sorted(range(len(shares)), key=lambda i: -shares[i])[:SHOWN] if len(shares) > 1 else [0]
        ranked = tuple((columns.found[i].place, round(shares[i], 3)) for i in order)
        best = rows.start + order[0]
        feature = span.of(self.text) if columns.is_feature else None
        because, is_told = self._reason(best, columns.found[order[0]].place, len(shares), columns)
        if self._is_far_off(columns.found[order[0]], shares[order[0]]):
            where = ranked[0][0].country
            return Resolution(span, None, ranked, f"{FAR_OFF} {where}, which nothing else in the report does", feature)
        chosen = columns.found[order[0]].place
        before = self._shares(self.score)[rows]
        at_home = sum(share for found, share in zip(columns.found, before, strict=True) if found.place.country == chosen.country)
        is_set = self._is_set(best, chosen)
        if not is_set and ((self.is_unknown and not is_told) or (at_home < _AT_HOME and chosen.population < TOWN)):
            return Resolution(span, None, ranked, f"{NAMESAKE} {chosen.country}, {UNSET}", feature)
        if not is_told and shares[order[0]] < self.w.told and not stands_out(columns):
            return Resolution(span, None, ranked, f"{len(shares)} places of the name, and nothing in the report speaks for one", feature)
        return Resolution(span, ranked[0][0], ranked, because, feature, columns.found[order[0]].kind == "people", is_set)

    def _is_set(self, row: int, place: Place) -> bool:
        """Whether the report says where a candidate lies: it is known, held by what is named beside it, in a country or near a town that is named too."""
        if is_known(place) or self.held[row] > 0:
            return True
        if self.support.ndim != 2:
            return False
        wide = self.support[row][self.wide].max(initial=0.0)
        return bool(self.support[row].max() >= self.w.same_first or wide >= self.w.same_country / 2)

    def _is_supported(self, row: int) -> bool:
        """Whether another name of the report, or the words beside this one, speak for a candidate."""
        around = self.support[row].max() if self.support.ndim == 2 else 0.0
        return bool(self.held[row] > 0 or self.classed[row] > 0 or around >= self.w.same_country / 2)

    def _reason(self, row: int, place: Place, rivals: int, columns: Columns) -> tuple[str, bool]:
        """Why this candidate, and whether the report itself speaks for it."""
        after = f"the feature is called after {place.name}; " if columns.is_feature else ""
        if rivals == 1:
            return after + "the one place of the name", True
        if self.held[row] > 0:
            return after + "the report names what it lies in right beside it", True
        support = self.support[row] if self.support.ndim == 2 else np.zeros(len(self.slots))
        helper = int(np.argmax(support))
        if support[helper] >= self.w.same_country / 2:
            other = self.slots[helper][1].found[int(np.argmax(self.belief[self._rows(self.slots[helper][0])]))].place
            return after + f"it goes with {other.name}, which the report names too", True
        if self.classed[row] > 0 or levels(self.slots[self.group[row]][0].name):
            return after + "the word beside the name says what it is", True
        return after + f"the most likely of {rivals} places of the name, by people living there", False

    def _shares(self, score: Floats) -> Floats:
        grown = np.exp(score - np.maximum.reduceat(score, self.starts)[self.group])
        shares: Floats = (grown / np.add.reduceat(grown, self.starts)[self.group]).astype(np.float32)
        return shares

    def _kernel(self, vector: Floats) -> Floats:
        """How much each candidate speaks for each other: by nearness, by lying in one unit or country; not within one name."""
        w = self.w
        chord = np.clip(2.0 - 2.0 * (vector @ vector.T), 0.0, None)
        near = 1.0 / (1.0 + np.sqrt(chord) * (_EARTH / w.reach))
        # The middle of a country or a sea is near nothing.
        wide = (self.level < WIDE) | (self.level == 9) | ~vector.any(axis=1)
        near[wide[:, None] | wide[None, :]] = 0.0
        same_country = (self.country[:, None] == self.country[None, :]) & (self.country >= 0)
        same_first = (self.first[:, None] == self.first[None, :]) & (self.first >= 0)
        kernel = np.maximum(near, np.where(same_first, w.same_first, np.where(same_country, w.same_country, 0.0)))
        names = np.array([hash_of for _, hash_of in _numbered(self.slots)])[self.group]
        kernel[names[:, None] == names[None, :]] = 0.0
        narrow: Floats = kernel.astype(np.float32)
        return narrow


def _numbered(slots: Sequence[tuple[Slot, Columns]]) -> list[tuple[str, int]]:
    """Each slot's name with a number that slots of one name share; a feature has the name of the place it is called after."""
    numbers: dict[str, int] = {}
    names = [featureless(slot.name) if columns.is_feature else slot.name for slot, columns in slots]
    return [(name, numbers.setdefault(name, len(numbers))) for name in names]
