"""Several figures for one harm to one number, by a house rule: for formats that have room for one.

What it captures: every figure told of a story's harm, who told it, and the number a house would write down, with the rule in words.
What it does not: choose which figure is true. A figure of several harms together counts for none of them; what was withdrawn is left out.
Houses: `acled` and `least` take the lowest figure told, `most` the highest, `ucdp` keeps low and high and takes for best the figure
with the most voices, of two with as many the lower. Only `acled` turns vague words into numbers, by its own table.
Example: 9 by two voices, at least 14, 26: acled 9; ucdp 9, 9, 26; most 26.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from counterclaim.core.claim import Casualties, Claim
from counterclaim.core.story import Story
from counterclaim.knowledge.lexicon import table
from counterclaim.knowledge.lexicon import words as known
from counterclaim.publish.view import View

House = Literal["acled", "ucdp", "least", "most"]
Number = int | float


class Told(msgspec.Struct, frozen=True):
    """One figure, open on a side where the words are, with the voices that give it and its claims. `is_withdrawn` where all took it back."""

    low: Number | None
    high: Number | None
    words: str
    by: tuple[str, ...]
    claims: tuple[str, ...]
    is_withdrawn: bool = False

    @property
    def number(self) -> Number | None:
        """The number said: of "at least 14" 14, of "up to 20" 20, of "dozens" none."""
        return self.low if self.low is not None else self.high

    @property
    def shown(self) -> str:
        """The figure in words: "at least 14"; the text's own words where it gives no number."""
        if self.low is None and self.high is None:
            return f"“{self.words}”" if self.words else "no number given"
        if self.low == self.high:
            return f"{self.low:,}"
        return f"at least {self.low:,}" if self.high is None else f"up to {self.high:,}" if self.low is None else f"{self.low:,} to {self.high:,}"


class Collapsed(msgspec.Struct, frozen=True):
    """What a house writes down of several figures, and by which rule; null is open or untold."""

    low: Number | None
    best: Number | None
    high: Number | None
    because: str


def told(view: View, story: Story, harm: str = "killed") -> tuple[Told, ...]:
    """The figures told of a harm in a story, the lowest first, then the vague ones."""
    counted = {claim for toll in story.figures if toll.harm == harm for claim in toll.claims}
    groups: defaultdict[tuple[Number | None, Number | None, str], list[Claim]] = defaultdict(list)
    for key in story.claims:
        claim = view.claims.get(key)
        if claim is None or not isinstance(proposition := claim.proposition, Casualties) or proposition.harm != (harm,):
            continue
        is_withdrawn = claim.key in view.material.withdrawn
        # A toll of some is in the story and counts for nothing beside a toll of all; what was withdrawn is shown as that.
        if claim.key not in counted and not is_withdrawn:
            continue
        figure = proposition.count
        low, high = (figure.low, figure.high) if figure else (None, None)
        groups[low, high, _vague(figure.words) if figure and (low, high) == (None, None) else ""].append(claim)
    found = [_told(view, low, high, words, claims) for (low, high, words), claims in groups.items()]
    return tuple(sorted(found, key=lambda one: (one.number is None, one.number or 0, one.high is None, one.high or 0, one.words)))


def collapsed(figures: Iterable[Told], house: House) -> Collapsed:
    """The number this house writes down, and its range."""
    live = [one for one in figures if not one.is_withdrawn]
    numbers = [(number, len(one.by)) for one in live if (number := one.number) is not None]
    vague = [(number, len(one.by)) for one in live if house == "acled" and one.number is None and (number := _of_words(one.words)) is not None]
    numbers += vague
    if not numbers:
        return Collapsed(None, None, None, "no number is told")
    lows = [one.low for one in live if one.number is not None]
    highs = [one.high for one in live if one.number is not None]
    # A figure that is open above bounds nothing: the range's end is then the greatest number told.
    low = min(number for number, _ in numbers) if None in lows or vague or not lows else min(one for one in lows if one is not None)
    high = max([*(number for number, _ in numbers), *(one for one in highs if one is not None)])
    if house == "most":
        return Collapsed(low, max(number for number, _ in numbers), high, "the highest figure told")
    if house == "ucdp":
        best = min(numbers, key=lambda one: (-one[1], one[0]))[0]
        return Collapsed(low, best, high, "the figure with the most voices, of two with as many the lower")
    least = min(numbers)[0]
    worded = f"; {', '.join(_vague_words(live))} by ACLED's table for vague words" if any(least == number for number, _ in vague) else ""
    return Collapsed(low, least, high, f"the lowest figure told{worded}")


def _told(view: View, low: Number | None, high: Number | None, words: str, claims: Sequence[Claim]) -> Told:
    live = [claim for claim in claims if claim.key not in view.material.withdrawn]
    return Told(
        low=low,
        high=high,
        words=words,
        by=tuple(sorted({view.says(claim) for claim in live or claims})),
        claims=tuple(sorted(claim.key for claim in claims)),
        is_withdrawn=not live,
    )


def _vague(words: str) -> str:
    """The words where they say how many, if roughly; empty for words that only say who."""
    return words if known("standards", "vague", "words").intersection(words.casefold().split()) else ""


def _of_words(words: str) -> int | None:
    """The number ACLED writes for vague words; none where its table has none."""
    numbers: dict[str, int] = table("standards")["acled"]["vague"]
    return next((numbers[word] for word in words.casefold().split() if word in numbers), None)


def _vague_words(figures: Iterable[Told]) -> list[str]:
    return [one.shown for one in figures if one.number is None and _of_words(one.words) is not None]
