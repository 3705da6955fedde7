"""Names of a report to its toponyms: every stretch of words that names a place, those inside longer names among them.

What it captures: names of places and peoples; the parts of "Irbid, Jordan"; the place in a dateline; a place at the head or the end of
an organisation's name ("Laurel County Detention Center", "University of Missouri"), for it says where the organisation is.
What it does not: directions alone ("in the east"); places that only a longer name's meaning gives ("Wall Street").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence

from counterclaim.core.folding import folded
from counterclaim.core.mention import Name
from counterclaim.core.span import Span
from counterclaim.knowledge.gazetteer import Found
from counterclaim.knowledge.lexicon import words as words_of
from counterclaim.knowledge.places import bare, levels

Known = Callable[[str], Sequence[Found]]
"""The places of a name."""

_DIRECTIONS = frozenset(
    "north south east west central upper lower northern southern eastern western northeast northwest southeast southwest northeastern northwestern "
    "southeastern southwestern middle outer inner main one united region area city county district state province town village".split()
)
# "KABUL, Afghanistan (AP) —", "BANTAM -": capitals at the beginning of a line, up to a dash.
_DATELINE = re.compile(
    r"(?m)^[^\S\n]*(?P<place>[A-Z][A-Z.’'/ -]*[A-Z.])(?:,[^\S\n]+(?P<holder>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,2}(?:[^\S\n]+\d{1,2})?))?(?:[^\S\n]*\([^)\n]{1,40}\))?[^\S\n]*(?:—|–|--|-)\s"
)
# What class words stand beside in the names of offices: "State Department", "City Council", "Division of the …".
_GENERAL = frozenset(
    "state city county district town village council university school college hall court police department division region general national".split()
)
_PLACES = ("Location", "Facility")
_CAPITAL = re.compile(r"[A-Z][\w’'.-]*")
# What stands before a place and before no person: "in Marib", "took Raqqa".
_INTO = re.compile(
    r"\b(?:in|at|near|into|towards?|outside|inside|around|took|entered|captured|bombed|shelled|attacked|besieged|seized|captured|hit|reached|stormed)\s$"
)
_KNOWN = 1_000
# Capitals above this size have names that are no other words.
_GREAT = 200_000
_NOUN = re.compile(r"[^\S\n]([a-z]+)\b")
_PART = re.compile(r"[^,/()]+")
# A country, a unit of the first level, or a people: known widely enough to be a toponym wherever it stands with a capital.
_WIDE = 2
# The longest name of a place inside another name, in words.
_LONGEST = 4


def toponyms(text: str, names: Sequence[Name], known: Known) -> list[Span]:
    """The toponyms of a report in order, none inside another."""
    found: set[Span] = set(_datelines(text, known))
    said = {folded(part.of(text)) for n in names if n.kind in _PLACES for part in _parts(text, n.span)}
    people = {folded(word) for n in names if n.kind == "Person" for word in n.span.of(text).split()[:1] if " " in n.span.of(text)}
    for name in _joined(text, names, known):
        words = name.span.of(text)
        if name.kind in _PLACES or _is_meant(text, name, known):
            for part in _parts(text, name.span):
                plain = folded(part.of(text))
                if plain and not set(plain.split()) <= _DIRECTIONS and plain not in people:
                    found.add(_undirected(text, _whole(text, part, known), known))
        elif name.kind == "NORP":
            if any(f.kind == "people" or (f.place.level < _WIDE and f.kind != "other") for f in known(folded(words))):
                found.add(name.span)
        elif name.kind == "Organization":
            found.update(_inside(text, name.span, known, said))
    taken = [n.span for n in names] + list(found)
    found.update(_elsewhere(text, taken, known, said))
    return _outermost(found)


def _whole(text: str, part: Span, known: Known) -> Span:
    """The name with the noun after it where a gazetteer has the two as one: "Panjshir valley"."""
    after = _NOUN.match(text, part.end)
    if after and after[1] in words_of("places", "features", "nouns") and known(folded(text[part.start : after.end()])):
        return Span(part.start, after.end())
    return part


def _undirected(text: str, part: Span, known: Known) -> Span:
    """The name without the direction before it, where only the rest is one: "eastern Uganda" is in Uganda, "Northern Ireland" is not in Ireland."""
    first, _, rest = part.of(text).partition(" ")
    if rest and first.lower() in _DIRECTIONS and not known(folded(part.of(text))) and known(folded(rest)):
        return Span(part.end - len(rest.lstrip()), part.end)
    return part


def _joined(text: str, names: Sequence[Name], known: Known) -> Iterator[Name]:
    """The names, two places that are one unit's name together joined ("Jammu and Kashmir")."""
    before: Name | None = None
    for name in names:
        if before is not None:
            whole = Span(before.span.start, name.span.end)
            is_one = text[before.span.end : name.span.start] in (" and ", " & ") and {before.kind, name.kind} <= set(_PLACES)
            if is_one and any(f.kind == "own" and f.place.level < _WIDE for f in known(folded(whole.of(text)))):
                before = Name(whole, before.kind)
                continue
            yield before
        before = name
    if before is not None:
        yield before


def _is_meant(text: str, name: Name, known: Known) -> bool:
    """Whether a name taken for a person's or a body's is a place's all the same: a capital that speaks, a town that something is in."""
    if name.kind not in ("Person", "Organization", "Miscellaneous", "NORP"):
        return False
    found = [f.place for f in known(folded(name.span.of(text))) if f.kind in ("own", "other")]
    if not found:
        return False
    if any(place.feature == "PPLC" for place in found) and name.kind != "Person":
        return True
    return bool(_INTO.search(text, max(0, name.span.start - 14), name.span.start)) and any(p.population >= _KNOWN for p in found)


def _parts(text: str, span: Span) -> Iterator[Span]:
    """The parts of a name between commas and slashes, without blanks at their ends."""
    for m in _PART.finditer(text, span.start, span.end):
        part = m.group()
        start = m.start() + len(part) - len(part.lstrip())
        end = m.end() - len(part) + len(part.rstrip())
        if start < end:
            yield Span(start, end)


def _datelines(text: str, known: Known) -> Iterator[Span]:
    for m in _DATELINE.finditer(text):
        for group in ("place", "holder"):
            if m[group] and known(folded(m[group])):
                yield Span(*m.span(group))


def _inside(text: str, span: Span, known: Known, said: set[str]) -> Iterator[Span]:
    """The place at the head of an organisation's name, and the one after its last "of"."""
    words = [Span(m.start(), m.end()) for m in re.finditer(r"\S+", text[span.start : span.end])]
    words = [Span(span.start + w.start, span.start + w.end) for w in words]
    if len(words) < 2:
        return
    for n in range(min(_LONGEST, len(words) - 1), 0, -1):
        head = Span(words[0].start, words[n - 1].end)
        if _is_place(head.of(text), known, said):
            yield head
            break
    last = next((i for i in range(len(words) - 1, 0, -1) if words[i].of(text) in ("of", "in")), None)
    if last is not None and last + 1 < len(words):
        tail = Span(words[last + 1].start, words[-1].end)
        if _is_place(tail.of(text), known, said):
            yield tail


def _is_place(words: str, known: Known, said: set[str]) -> bool:
    """Whether words inside a longer name are a place: the report names it by itself, or it is a country, people or unit."""
    plain = folded(words.rstrip(".,"))
    if not plain or set(plain.split()) <= _DIRECTIONS or not (words[:1].isupper() and words.split()[-1][:1].isupper()):
        return False
    if levels(plain) and bare(plain) in _GENERAL:
        return False
    if plain in said:
        return True
    if len(plain) < 4:
        return False
    return any(f.place.level < _WIDE and f.kind in ("own", "people") for f in known(plain)) or bool(levels(plain) and known(plain) and known(bare(plain)))


def _elsewhere(text: str, taken: Iterable[Span], known: Known, said: set[str]) -> Iterator[Span]:
    """Capitalised words in no name that the report names as a place elsewhere, or that are a country's or a people's."""
    spans = sorted(taken)
    for m in re.finditer(r"[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*)*", text):
        whole = Span(m.start(), m.end())
        at = bisect_left(spans, Span(m.end(), 0))
        if at and spans[at - 1].end > m.start():
            continue
        words = [Span(whole.start + w.start(), whole.start + w.end()) for w in re.finditer(r"\S+", m.group())]
        i = 0
        while i < len(words):
            for n in range(min(_LONGEST, len(words) - i), 0, -1):
                run = Span(words[i].start, words[i + n - 1].end)
                plain = folded(run.of(text).rstrip(".,"))
                if plain in said or (len(plain) > 3 and any(_is_state(f) for f in known(plain))):
                    yield run
                    break
            else:
                n = 1
            i += n


def _is_state(found: Found) -> bool:
    """Whether a name is a country's, a people's or a large capital's, for which it may speak."""
    place = found.place
    return found.kind in ("own", "people") and (place.is_country or (place.feature == "PPLC" and place.population >= _GREAT))


def _outermost(found: Iterable[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(found, key=lambda s: (s.start, -s.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept
