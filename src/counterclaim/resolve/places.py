"""Toponyms of one report to places: every name is weighed against the other names of the report, and left open when nothing decides.

What it captures: a name's places compete by how many people live there, by the words beside the name ("Panjshir province", "Alexandria,
Louisiana"), and by how near they lie to what the report's other names may mean; a name means one place throughout a report.
What it does not: places no gazetteer at hand has; streets and buildings; a report about two places of one name.
Example: "Tripoli" beside "Akkar" and "Beirut" is the Lebanese one; "Santa Rosa" with nothing beside it stays open.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from counterclaim.core.folding import folded
from counterclaim.core.place import Place
from counterclaim.core.span import Span
from counterclaim.knowledge.gazetteer import Gazetteer
from counterclaim.knowledge.places import Level, level_of, levels, levels_of
from counterclaim.resolve.candidates import Candidates, Priors
from counterclaim.resolve.similar import similar
from counterclaim.resolve.weighing import FAR_OFF, SHOWN, UNKNOWN, Resolution, Slot, Weighing, Weights

# Candidates that are weighed together, each with each: time and room grow with the square. The longest reports we have lie far below it.
_MOST = 4_000
# Two likenesses this close do not choose between two places.
_AS_LIKE = 0.05
# What stands between a place and the unit that holds it.
_HELD_BY = re.compile(
    r"\s*(?:,?\s*\b(?:in|of)\b(?:\s+the\b)?|,|\()\s*(?:(?:north|south|east|west)(?:ern)?\s+|central\s+|(?:province|state) of\s+)?", re.IGNORECASE
)
_NEXT_WORDS = re.compile(r"[\w.’'-]+(?:\s+[\w.’'-]+){0,2}")
# The holder before the place: "Kandahar's Maiwand district".
_HOLDER_BEFORE = re.compile(r"([A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,2})['’]s?\s+(?:[a-z]+\s+)?$")
_CAPITALS = re.compile(r"[A-Z][\w’'.-]+(?: (?:of |and )?[A-Z][\w’'.-]+)*")
_AFTER = re.compile(r"\s+([A-Za-z]+)")
# "The province of X" is X; "three districts of X" are not.
_BEFORE = re.compile(r"\b([A-Za-z]+[^s\W])\s+of\s+$")


class Resolver:
    """Resolves the toponyms of one report at a time; keeps what it looked up, and nothing of any report."""

    def __init__(self, gazetteer: Gazetteer, *, priors: Priors | None = None, weights: Weights | None = None) -> None:
        self.weights = weights or Weights()
        self.candidates = Candidates(gazetteer, priors or Priors())
        self._gazetteer = gazetteer

    def __call__(self, text: str, spans: Sequence[Span]) -> list[Resolution]:
        """A resolution for every span, in order. Names of the text outside the spans count as context."""
        return self._part(text, spans, Span(0, len(text)))

    def _part(self, text: str, spans: Sequence[Span], within: Span) -> list[Resolution]:
        """The resolutions of the spans of this part of a text: a text of more places than are weighed together is taken in halves."""
        own = [Slot(folded(span.of(text)), _hint(text, span)) for span in spans]
        wanted = dict.fromkeys(own) | dict.fromkeys(Slot(name, frozenset()) for name in self._heard(text, spans, within))
        slots = [(slot, self.candidates.of(slot.name)) for slot in sorted(wanted, key=lambda s: (s.name, sorted(s.hint)))]
        slots = [(slot, columns) for slot, columns in slots if columns.found]
        if not slots:
            return [Resolution(span, None, (), UNKNOWN) for span in spans]
        if len(spans) > 1 and sum(len(columns.found) for _, columns in slots) > _MOST:
            half = len(spans) // 2
            cut = spans[half].start
            return [*self._part(text, spans[:half], Span(within.start, cut)), *self._part(text, spans[half:], Span(cut, within.end))]
        named, known = {slot.name for slot in own}, {slot.name for slot, _ in slots}
        weighed = Weighing(text, slots, self.weights, is_unknown=len(named - known) * 2 >= len(named))
        for span, slot in zip(spans, own, strict=True):
            weighed.beside(slot, self._holders(text, span), self.candidates)
        weighed.settle([slot for slot in own if slot in weighed.at])
        at_home = weighed.countries()
        return [self._resolution(text, span, slot, weighed, at_home) for span, slot in zip(spans, own, strict=True)]

    def _resolution(self, text: str, span: Span, slot: Slot, weighed: Weighing, at_home: Sequence[str]) -> Resolution:
        found = weighed.resolution(span, slot) if slot in weighed.at else None
        if found is not None and (found.place is not None or not found.because.startswith(FAR_OFF)):
            return found
        like = self._suggested(span, slot, at_home, self._holders(text, span), weighed.homes)
        return like if found is None or like.place is not None else found

    def _suggested(self, span: Span, slot: Slot, countries: Sequence[str], holders: Sequence[Place], homes: Mapping[str, frozenset[str]]) -> Resolution:
        """A place of the report's countries that is spelled like a name no gazetteer has; open where several are, or none where the report is set."""
        found = [
            one for country in dict.fromkeys([*(h.country for h in holders if h.country), *countries]) for one in similar(slot.name, country, self._gazetteer)
        ]
        found.sort(key=lambda one: (-one[1], -one[0].population, one[0].key))
        fits = [f for f in found if any((f[0].country, f[0].admin1) == (h.country, h.admin1) for h in holders)] or found
        fits = [f for f in fits if level_of(f[0]) in slot.hint | levels(slot.name)] or fits
        if not fits:
            return Resolution(span, None, (), UNKNOWN)
        best, score, because = fits[0]
        ranked = tuple((place, round(like, 3)) for place, like, _ in fits[:SHOWN])
        # A likeness of spelling is no reason to leave the province that all other names lie in.
        if not holders and best.country and best.admin1 is not None and best.admin1 not in homes.get(best.country, {best.admin1}):
            return Resolution(span, None, ranked, f"{UNKNOWN}; {best.name}, far from the other places, is spelled like it")
        # A unit and the town it is called after are one answer.
        if any((p.country, p.admin1, p.admin2) != (best.country, best.admin1, best.admin2) and like >= score - _AS_LIKE for p, like, _ in fits[1:]):
            return Resolution(span, None, ranked, f"{UNKNOWN}; several places that may be meant are spelled like it")
        return Resolution(span, best, ranked, f"{UNKNOWN}; {best.name} is spelled like it ({because})")

    def _heard(self, text: str, spans: Sequence[Span], part: Span) -> dict[str, None]:
        """Countries, peoples and first-level units that a part of the text names outside the spans."""
        found: dict[str, None] = {}
        starts = sorted(spans)
        for m in _CAPITALS.finditer(text, part.start, part.end):
            at = bisect_left(starts, Span(m.end(), 0))
            within = bool(at) and starts[at - 1].end > m.start()
            if within and self.candidates.of(folded(starts[at - 1].of(text))).found:
                continue
            parts = m.group().split()
            i = 0
            while i < len(parts):
                for n in range(min(3, len(parts) - i), 0, -1):
                    name = folded(" ".join(parts[i : i + n]).rstrip(".,"))
                    # A toponym that nothing is known of is looked into for peoples alone: "the Venezuelan Andes", but not "Georgia Street".
                    if len(name) > 3 and (columns := self.candidates.of(name)).is_wide and (columns.is_people or not within):
                        found[name] = None
                        break
                else:
                    n = 1
                i += n
        return found

    def _holders(self, text: str, span: Span) -> list[Place]:
        """The units that the words right after a name, or the owner right before it, may name as holding it."""
        gap = _HELD_BY.match(text, span.end)
        words = _NEXT_WORDS.match(text, gap.end()) if gap else None
        if words and words.group()[:1].isupper():
            parts = words.group().split()
            for n in range(len(parts), 0, -1):
                if found := self._units(folded(" ".join(parts[:n]).rstrip(".’'"))):
                    return found
        owner = _HOLDER_BEFORE.search(text, max(0, span.start - 60), span.start)
        return self._units(folded(owner.group(1))) if owner else []

    def _units(self, name: str) -> list[Place]:
        return [f.place for f in self.candidates.of(name).found if f.place.level < 3 and f.kind != "people"]


def _hint(text: str, span: Span) -> frozenset[Level]:
    """The levels that the words right beside a name speak for: "Panjshir" in "Panjshir province", "the province of Panjshir"."""
    after = _AFTER.match(text, span.end)
    before = _BEFORE.search(text, max(0, span.start - 20), span.start)
    beside = tuple(m.group(1).lower() for m in (after, before) if m)
    return levels_of(beside) if beside else frozenset()
