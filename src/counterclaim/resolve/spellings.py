"""Two spellings to whether they may be one name: a person's, a place's or a group's.

What it captures: romanisations that differ by habit (`resolve/romanised.py`), titles and particles set or left out, initials, fathers'
names and second family names left out, nicknames in quotes, words joined or not, acronyms, what the packaged tables know as one.
What it does not: whether two people of one name are one; that takes more than spelling. Two given names, two numbers, two directions
and two generations are two names, however alike.
Example: "Abdul Qadir Karimi" and "Abdul Qader Kareemi" are one; "Hassan al-Tamimi" and "Hussein al-Tamimi" are two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

import msgspec

from counterclaim.core.folding import folded
from counterclaim.knowledge.actors import actors_named
from counterclaim.knowledge.gazetteer import Gazetteer
from counterclaim.knowledge.lexicon import table, words
from counterclaim.knowledge.places import bare, levels
from counterclaim.resolve.romanised import distance, sounds

NameKind = Literal["person", "place", "group"]

# How unlike two words may sound and still be one: a step of habit or two; in short words, less.
_ALIKE, _ALIKE_SHORT, _SHORT = 0.75, 0.45, 3
_ALIKE_PLACE = 0.6
# And for its length: one in six signs.
_SHARE = 0.17
_QUOTED = re.compile('["“”„«»]([^"“”„«»]+)["“”„«»]|\\balias\\s+(\\w+)|\\(([^)]*)\\)')
# "Servant of", in front of a name of God.
_SERVANT = re.compile(r"^abd(?:el|al|ol|oul|ul|il)|^abd[uo](?:([rsntzd])(?=\1))")
_NUMBER = re.compile(r"^\d+(?:st|nd|rd|th)?$")


class Likeness(msgspec.Struct, frozen=True):
    """Whether two spellings may be one name, how likely (0 to 1), and the reason."""

    same: bool
    score: float
    because: str


class _Person(NamedTuple):
    parts: tuple[str, ...]
    nicknames: frozenset[str]
    generation: str
    has_title: bool


@lru_cache(maxsize=100_000)
def likeness(a: str, b: str, kind: NameKind) -> Likeness:
    """Whether the two spellings may be one name; the same whichever comes first."""
    one, other = sorted((a, b))
    if folded(one) == folded(other):
        return Likeness(True, 1.0, "the same letters")
    return {"person": _person_likeness, "place": _place_likeness, "group": _group_likeness}[kind](one, other)


def _person_likeness(one: str, other: str) -> Likeness:
    a, b = _person(one), _person(other)
    if a.generation != b.generation and a.generation and b.generation:
        return Likeness(False, 0.0, "two generations")
    for nicknames, parts in ((a.nicknames, b), (b.nicknames, a)):
        if len(parts.parts) == 1 and any(alike(n, parts.parts[0]) for n in nicknames):
            return Likeness(True, 0.8, "the nickname")
    short, long = sorted((a, b), key=lambda p: (len(p.parts), p.parts))
    if not short.parts:
        return Likeness(False, 0.0, "no name is left without titles")
    found = _aligned(short.parts, long.parts)
    if found is None and len(short.parts) == 2 and any(alike(n, short.parts[0]) for n in long.nicknames) and alike(short.parts[1], long.parts[-1]):
        return Likeness(True, 0.8, "the nickname and the family name")
    if found is None and len(short.parts) == len(long.parts) > 1 and _is_turned(short.parts, long.parts):
        return Likeness(True, 0.8, "family name and given name in the other order")
    if found is None:
        return Likeness(False, 0.0, "the words of the names differ")
    if len(short.parts) == len(long.parts):
        return Likeness(True, round(1 - found / 4, 2), "every word alike" if found else "the same words without titles and particles")
    if len(short.parts) == 1:
        ends = alike(short.parts[0], long.parts[-1]) or (short.has_title and alike(short.parts[0], long.parts[0]))
        return Likeness(ends, 0.65 if ends else 0.0, "one word of the name, which others may bear" if ends else "one word of the name, and not its last")
    return Likeness(True, round(0.85 - found / 4, 2), "every word of the shorter name stands in the longer")


def parts_of(name: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The words of a person's name that are compared, without titles and particles, and the nicknames."""
    person = _person(name)
    return person.parts, person.nicknames


def sound_as_one(one: str, other: str) -> bool:
    """Whether two names whose words are written as one sound alike."""
    return distance(one, other) <= _ALIKE


@lru_cache(maxsize=50_000)
def _person(name: str) -> _Person:
    nicknames = frozenset(folded(next(filter(None, groups))) for groups in _QUOTED.findall(name))
    plain = [part for part in folded(_QUOTED.sub(" ", name)).split() if part]
    generation = next((g[0] for g in plain if g in words("spellings", "person", "generations") and g != "senior"), "")
    titles, particles = words("spellings", "person", "titles"), words("spellings", "person", "particles")
    kept = [part for part in plain if part not in words("spellings", "person", "generations") or part == "senior"]
    has_title = bool(kept) and kept[0] in titles
    while len(kept) > 1 and kept[0] in titles:
        kept = kept[1:]
    kept = [part for part in kept if part not in particles or len(kept) == 1] or kept
    joined: list[str] = []
    for part in (_SERVANT.sub("abdul", part) for part in kept):
        if joined and joined[-1] in words("spellings", "person", "joined"):
            joined[-1] += part
        else:
            joined.append(part)
    return _Person(tuple(joined), nicknames, generation, has_title)


def _aligned(short: Sequence[str], long: Sequence[str]) -> float | None:
    """How unlike the words of the shorter name are to words of the longer, in their order, the first to the first or the last to the last; none if one has no match."""
    # Words written as one: "Haile Mariam", "Hailemariam".
    if len(short) != len(long) or len(short) > 1:
        whole = distance("".join(short), "".join(long))
        if whole <= _ALIKE and abs(len("".join(short)) - len("".join(long))) < 4 and not any(len(p) == 1 for p in (*short, *long)) and len(short) != len(long):
            return whole
    at, cost, matched = 0, 0.0, []
    for i, part in enumerate(short):
        while at < len(long):
            if alike(part, long[at]):
                break
            at += 1
        else:
            return None
        cost += min(distance(part, long[at]), _ALIKE) if not _is_initial(part, long[at]) else 0.3
        matched.append((i, at))
        at += 1
    if len(short) == len(long):
        return cost
    left_out = [part for j, part in enumerate(long) if j not in {j for _, j in matched}]
    if all(part.endswith(tuple(words("spellings", "person", "patronymics"))) for part in left_out):
        return cost / 2
    # Words left out and words spelled otherwise are one liberty too many.
    if cost >= _ALIKE_SHORT and len(short) > 1:
        return None
    if len(short) > 1 and len(long) - 1 - matched[-1][1] > 1:
        return None
    # A name that only ends alike is another: a son is called after his father and grandfather.
    return cost if matched[0] == (0, 0) or len(short) == 1 else None


def alike(one: str, other: str) -> bool:
    """Whether two words of names may be one."""
    if one == other or _is_initial(one, other) or (kin(one) and kin(one) == kin(other)):
        return True
    if kin(one, "apart") and kin(other, "apart") and kin(one, "apart") != kin(other, "apart"):
        return False
    length = max(len(sounds(one)), len(sounds(other)))
    apart = distance(one, other)
    return apart <= (_ALIKE_SHORT if length <= _SHORT else _ALIKE) and apart <= _SHARE * length


def _is_initial(one: str, other: str) -> bool:
    return (len(one) == 1 and other.startswith(one)) or (len(other) == 1 and one.startswith(other))


def _is_turned(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two names are one in the other order, and one word is a family name by its form: in other places the order tells father from son."""
    families, monosyllables = tuple(words("spellings", "person", "families")), words("spellings", "person", "monosyllables")
    for first, turned in ((a, (*b[1:], b[0])), (a, (b[-1], *b[:-1]))):
        if all(alike(x, y) for x, y in zip(first, turned, strict=True)):
            return any(part.endswith(families) or part in monosyllables for part in (a[0], a[-1]))
    return False


@cache
def _groups(of: str) -> dict[str, int]:
    return {name: number for number, group in enumerate(table("spellings")[of]["names"], start=1) for name in group.split()}


def kin(name: str, of: str = "same") -> int:
    """The number, from 1, of the group of forms of one name that a word is in; 0 for none."""
    return _groups(of).get(name, 0)


def _place_likeness(one: str, other: str) -> Likeness:
    a, b = _place(one), _place(other)
    if a.telling != b.telling:
        return Likeness(False, 0.0, "a word that makes another place of it")
    if a.within and b.within and not alike(a.within, b.within):
        return Likeness(False, 0.0, "they lie in two places")
    if levels(one) and levels(other) and levels(one) != levels(other):
        return Likeness(False, 0.0, "two kinds of place")
    if a.parts == b.parts and a.parts:
        return Likeness(True, 0.95, "the same words without what kind of place it is")
    whole = distance("".join(a.parts), "".join(b.parts))
    length = max(len("".join(a.parts)), len("".join(b.parts)))
    if whole <= _ALIKE_PLACE and whole <= _SHARE * length and (len(a.parts) == len(b.parts) or whole < _ALIKE_PLACE):
        return Likeness(True, round(0.95 - whole / 3, 2), "it sounds alike")
    if _is_one_place(one, other):
        return Likeness(True, 0.9, "the gazetteer has both as names of one place")
    return Likeness(False, 0.0, "they sound apart")


class _Place(NamedTuple):
    parts: tuple[str, ...]
    telling: frozenset[str]
    within: str


@lru_cache(maxsize=100_000)
def _place(name: str) -> _Place:
    head, _, within = name.partition(",")
    forms = {form: group.split()[0] for group in table("spellings")["place"]["directions"] for form in group.split()}
    parts = [forms.get(part, part) for part in bare(head).split()]
    telling = frozenset(part for part in parts if part in words("spellings", "place", "telling"))
    small = words("spellings", "place", "small")
    kept = [part for part in parts if part not in telling and part not in small]
    return _Place(tuple(kept or parts), telling, folded(within))


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer()


def _is_one_place(one: str, other: str) -> bool:
    """Whether the best known place of one name is that of the other too."""
    best = [max(_gazetteer().named(name), key=lambda f: (f.place.level == 0, f.place.population), default=None) for name in (one, other)]
    return all(found is not None and found.kind != "people" for found in best) and len({found.place.key for found in best if found}) == 1


def _group_likeness(one: str, other: str) -> Likeness:
    known = {actor.key for actor in actors_named(one)} & {actor.key for actor in actors_named(other)}
    if known:
        return Likeness(True, 0.95, "our table has both as names of one group")
    if actors_named(one) and actors_named(other):
        return Likeness(False, 0.0, "our table has them as two groups")
    if _is_acronym(one, other) or _is_acronym(other, one):
        return Likeness(True, 0.8, "the first letters of the other's words")
    a, b = _group(one), _group(other)
    if len(a) == len(b) and a and all(_alike_word(x, y) for x, y in zip(a, b, strict=True)):
        return Likeness(True, 0.9, "every word alike")
    if "".join(a) and distance("".join(a), "".join(b)) <= _ALIKE_PLACE and abs(len(a) - len(b)) <= 1 and not any(_NUMBER.match(x) for x in (*a, *b)):
        return Likeness(True, 0.85, "it sounds alike")
    return Likeness(False, 0.0, "the words differ")


def _alike_word(one: str, other: str) -> bool:
    if _NUMBER.match(one) or _NUMBER.match(other):
        return one == other
    if one.rstrip("s") == other.rstrip("s") or {one.replace("defense", "defence"), other.replace("defense", "defence")} == {one.replace("defense", "defence")}:
        return True
    if len(one) < 3 or len(other) < 3:
        return False
    return distance(one, other) <= _ALIKE_PLACE and distance(one, other) <= _SHARE * max(len(one), len(other))


def _group(name: str) -> tuple[str, ...]:
    parts = [part for part in folded(name).split() if part not in words("spellings", "group", "small") and part != "s"]
    while len(parts) > 1 and parts[-1] in words("spellings", "group", "tails"):
        parts.pop()
    return tuple(parts)


def _is_acronym(short: str, long: str) -> bool:
    """Whether one is written in capitals and is the first letters of the other's words, small words counted or not."""
    letters = re.sub(r"[^A-Za-z]", "", re.sub(r"(?i)^the\s+", "", short))
    if not (2 <= len(letters) <= 8 and letters.isupper() and " " not in re.sub(r"(?i)^the\s+", "", short).strip()):
        return False
    parts = folded(long).split()
    if len(parts) < 2:
        return False
    firsts = ["".join(p[0] for p in parts), "".join(p[0] for p in parts if p not in words("spellings", "group", "small"))]
    return letters.lower() in firsts
