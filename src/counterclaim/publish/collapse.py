"""The tolls of an event to one number, low, best and high: for formats that have room for one.

What it captures: every figure told of a story's harm and who told it; and the number of the event by the rule of a house. Figures of the
same people are one matter and collapse by that rule alone, as in `counterclaim tolls` (docs/reference/tolls.md). Matters are put together so:
where a toll of all is told, it is the number, and tolls of some are in it; civilians, a state's soldiers and an armed group's fighters are
other people than one another, as are two persons by name, and are added up; of people who may be among the others the greatest number stands.
What it does not: choose which figure is true, or take a count that was withdrawn, replaced by a later version, or is of more than the event.
Example: at least 12 soldiers by the army, 40 by the front, and 7 villagers by the doctor: by ACLED's rule 12 and 7, so 19.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from itertools import combinations
from typing import NamedTuple

import msgspec

from counterclaim.core.claim import Casualties, Claim
from counterclaim.core.story import Story
from counterclaim.core.toll import Number, Reckoning
from counterclaim.knowledge.houses import house as house_of
from counterclaim.knowledge.lexicon import words as known
from counterclaim.publish.victims import Sort, is_anybody, label, names_of, sides_of, sort_of
from counterclaim.publish.view import View


class Told(msgspec.Struct, frozen=True):
    """One figure of some people, open on a side where the words are, with the voices that give it and its claims.

    `who` is empty where they are only counted; `gone` says why none of its claims stands any more, and is empty where one does.
    """

    low: Number | None
    high: Number | None
    words: str
    by: tuple[str, ...]
    claims: tuple[str, ...]
    who: str = ""
    gone: str = ""

    @property
    def shown(self) -> str:
        """The figure in words: "at least 14", "at least 12 (soldiers)"; the text's own words where it gives no number."""
        people = f" ({self.who})" if self.who else ""
        if self.low is None and self.high is None:
            return f"“{self.words}”{people}" if self.words else f"no number given{people}"
        if self.low == self.high:
            return f"{self.low:,}{people}"
        span = f"at least {self.low:,}" if self.high is None else f"up to {self.high:,}" if self.low is None else f"{self.low:,} to {self.high:,}"
        return f"{span}{people}"

    @property
    def told_by(self) -> str:
        """The mark of a figure that does not stand: " (withdrawn)"; empty for one that does."""
        return f" ({self.gone})" if self.gone else ""


class Numbers(NamedTuple):
    """Low, best and high; null is open, or not given by the rule."""

    low: Number | None
    best: Number | None
    high: Number | None


class Group(NamedTuple):
    """The toll of one group of people in an event, and what they are; `sides` are keys of actors, `names` what they are called."""

    toll: Reckoning
    sort: Sort | None
    sides: frozenset[str]
    names: frozenset[str]
    is_whole: bool

    @property
    def numbers(self) -> Numbers:
        """The numbers of its toll."""
        return Numbers(*self.toll.numbers)

    @property
    def shown(self) -> str:
        """The group with its number: "soldiers 12"."""
        low, best, high = self.numbers
        number = f"{best:,}" if best is not None else f"{low or 0:,} to {high:,}" if high is not None else f"{low or 0:,} or more"
        return f"{self.toll.question.get('who') or 'people'} {number}"


class Collapsed(msgspec.Struct, frozen=True):
    """What a house writes down of an event, and by which rule; null is open or untold."""

    low: Number | None
    best: Number | None
    high: Number | None
    because: str


def told(view: View, story: Story, harm: str = "killed") -> tuple[Told, ...]:
    """The figures told of a harm in a story by the people harmed, the lowest first, then the vague ones. Totals of more than it are none."""
    groups: defaultdict[tuple[str, Number | None, Number | None, str], list[Claim]] = defaultdict(list)
    for key in story.claims:
        claim = view.claims.get(key)
        if claim is None or not isinstance(proposition := claim.proposition, Casualties) or proposition.harm != (harm,):
            continue
        if claim.act not in ("asserts", "confirms") or claim.key in view.material.totals:
            continue
        figure = proposition.count
        low, high = (figure.low, figure.high) if figure else (None, None)
        words = _vague(figure.words) if figure and (low, high) == (None, None) else ""
        groups[label(view, claim), low, high, words].append(claim)
    found = [_told(view, *what, claims) for what, claims in groups.items()]
    return tuple(sorted(found, key=_order))


def _order(one: Told) -> tuple[object, ...]:
    number = one.low if one.low is not None else one.high
    return number is None, number or 0, one.high is None, one.high or 0, one.words, one.who


def _told(view: View, who: str, low: Number | None, high: Number | None, words: str, claims: Sequence[Claim]) -> Told:
    live = [claim for claim in claims if view.is_standing(claim.key)]
    gone = "" if live else "withdrawn" if any(claim.key in view.material.withdrawn for claim in claims) else "replaced by a later version"
    voices = tuple(sorted({view.says(claim) for claim in live or claims}))
    return Told(low, high, words, voices, tuple(sorted(claim.key for claim in claims)), who, gone)


def _vague(words: str) -> str:
    """The words where they say how many, if roughly; empty for words that only say who."""
    return words if known("standards", "vague", "words").intersection(words.casefold().split()) else ""


def groups(view: View, story: Story, house: str, harm: str = "killed") -> tuple[Group, ...]:
    """The tolls of a story for this harm that have a number, each with what its people are."""
    found = []
    for toll in view.tolls(story.key, house):
        if toll.harm == harm and toll.numbers != (None, None, None):
            claims = [claim for row in toll.rows if (claim := view.claims.get(row.claim)) is not None and isinstance(claim.proposition, Casualties)]
            is_whole = not toll.is_person and is_anybody(toll.question.get("who") or "people")
            found.append(Group(toll, None if is_whole else sort_of(view, claims), sides_of(view, claims), names_of(view, claims), is_whole))
    return tuple(found)


def collapsed(found: Sequence[Group], house: str) -> Collapsed:
    """The number of an event by the rule of a house, from the tolls of its groups of people."""
    rule = house_of(house).rule
    if not found:
        return Collapsed(None, None, None, "no number is told")
    if len(found) == 1:
        return Collapsed(*found[0].numbers, _why(found[0]))
    whole, some = parted(found)
    if whole is not None:
        among = f"; {_listed(one.shown for one in some)} taken to be among them" if some else ""
        return Collapsed(*whole.numbers, f"{_why(whole)}{among}")
    classes = _classes(some)
    sure = [_together(of, house) for sort, of in classes if sort]
    open_ = [_together(of, house) for sort, of in classes if not sort]
    numbers = reduce(_or_among(house), [*([reduce(_added, sure)] if sure else []), *open_])
    added = [one for sort, of in classes if sort for one in of]
    said = [f"{rule}, for each group of people"]
    said += [
        f"{_listed(one.shown for one in added)} {'added up' if len(sure) > 1 or _are_apart(added) else 'who may be the same people: the greatest number'}"
    ] * (len(added) > 1)
    others = [one for sort, of in classes if not sort for one in of]
    said += [f"{_listed(one.shown for one in others)} {'may be among them' if added else 'may be the same people: the greatest number'}"] * bool(others)
    return Collapsed(*numbers, "; ".join(said))


def _why(group: Group) -> str:
    """Why the toll of a group is what it is, with the vague words that count as a number."""
    vague = [row.because.partition("vague: ")[2].partition(";")[0] for row in group.toll.rows if row.taken and row.because.startswith("vague: ")]
    return "; ".join(dict.fromkeys([group.toll.because, *vague]))


def parted(found: Sequence[Group]) -> tuple[Group | None, list[Group]]:
    """The toll of all and those of some. A toll of nobody in particular that is less than one of some is no toll of all."""
    wholes, some = [one for one in found if one.is_whole], [one for one in found if not one.is_whole]
    if len(wholes) == 1 and all(_most(wholes[0]) >= _number(one) for one in some):
        return wholes[0], some
    return None, list(found)


def numbers_of(found: Sequence[Group], house: str) -> Numbers:
    """The numbers of some groups that are of one sort."""
    return _together(found, house)


def receipts(view: View, story: Story, house: str) -> tuple[str, ...]:
    """What became of each claim of the killed under the rule: a line for each toll, with its claims."""
    lines = []
    for toll in view.tolls(story.key, house):
        if toll.harm == "killed":
            low, best, high = (f"{one:,}" if one is not None else "open" for one in toll.numbers)
            rows = "; ".join(f"claim {row.claim[:10]} {'taken' if row.taken else 'not taken'}: {row.because}" for row in toll.rows)
            lines.append(f"story {story.key}: killed, {toll.question.get('who') or 'people'}: low {low}, best {best}, high {high} ({rows})")
    return tuple(lines)


def _most(group: Group) -> float:
    """The greatest number that any claim of a toll allows."""
    tops = [
        float("inf") if row.high is None and row.low is not None else row.high or 0 for row in group.toll.rows if row.taken or "number is taken" in row.because
    ]
    return max(tops, default=0)


def _number(group: Group) -> Number:
    low, best, high = group.numbers
    return best if best is not None else low if low is not None else high or 0


def _classes(found: Iterable[Group]) -> list[tuple[str, list[Group]]]:
    """The groups by what they are; the persons by name, and those of whom nothing is told, under an empty name each."""
    by: defaultdict[tuple[bool, str], list[Group]] = defaultdict(list)
    for one in found:
        by[one.toll.is_person, "" if one.toll.is_person else one.sort or ""].append(one)
    return [(sort, of) for (_, sort), of in sorted(by.items())]


def _are_apart(found: Sequence[Group]) -> bool:
    """Whether groups of one sort are surely other people: persons of other names, or each linked to another actor."""
    if all(one.toll.is_person for one in found):
        return len({one.toll.question.get("who") for one in found}) == len(found)
    return all(one.sides and other.sides and not one.sides & other.sides for one, other in combinations(found, 2))


def _together(found: Sequence[Group], house: str) -> Numbers:
    """The numbers of groups of one sort."""
    join = _added if _are_apart(found) else _or_among(house)
    return reduce(join, (one.numbers for one in found))


def _added(one: Numbers, other: Numbers) -> Numbers:
    """Other people: the sum. What is open in one is open in both."""
    return Numbers(*(None if a is None or b is None else a + b for a, b in zip(one, other, strict=True)))


def _or_among(house: str) -> Callable[[Numbers, Numbers], Numbers]:
    """People who may be the same: at least the greater number, at most both together."""
    rule = house_of(house)

    def joined(one: Numbers, other: Numbers) -> Numbers:
        lows = [low for low in (one.low, other.low) if low is not None]
        low = max(lows, default=None)
        bests = [best for best in (one.best, other.best) if best is not None]
        best = None if rule.best == "agreed" else max(bests, default=None)
        high = None if one.high is None or other.high is None else one.high + other.high
        return Numbers(low, best, low if rule.high == "low" else high)

    return joined


def _listed(names: Iterable[str]) -> str:
    found = sorted(names)
    return f"{', '.join(found[:-1])} and {found[-1]}" if len(found) > 1 else "".join(found)
