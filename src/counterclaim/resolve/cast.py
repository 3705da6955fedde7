"""The names of one report to its cast: who is who, each with all the names the report gives it.

What it captures: full names and surnames, acronyms and what they stand for, spellings of one name, a name and the same name with where
it is from ("the National Resistance Front in Afghanistan"), and the packaged table of actors, narrowed by the countries of the report.
What it does not: tie two people of one surname, or an acronym that two names would fit; choose between two rows of the table.
Example: "Fahim Dashty", "Dashti" and "Mr Dashty" are one; with "Reza Dashti" in the report, "Dashti" stays by itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple

from counterclaim.core.actor import Actor
from counterclaim.core.codec import key
from counterclaim.core.folding import folded
from counterclaim.core.mention import Name
from counterclaim.knowledge.actors import actors_named
from counterclaim.knowledge.lexicon import table, words
from counterclaim.resolve.acronyms import by_initials, expanded, introduced
from counterclaim.resolve.namesakes import Namesakes
from counterclaim.resolve.spellings import likeness

Kind = Literal["person", "group"]

_GROUPS = frozenset(("Organization", "NORP", "Miscellaneous", "Location", "Facility"))
# A likeness that may tie two full names of one report; below it they stay two.
_SURE = 0.8


class Member(NamedTuple):
    """Somebody of the cast: what they are called here, the key, the row of the table where there is one, and the rows it may be."""

    name: str
    key: str
    kind: Kind
    because: str
    known: Actor | None = None
    maybe: tuple[Actor, ...] = ()


class Cast:
    """Who is who in one report; asked by folded wording."""

    def __init__(self, text: str, names: Sequence[Name], countries: Mapping[str, int], year: int | None) -> None:
        self._countries = countries
        self._year = year
        self._above: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        self._why: dict[str, str] = {}
        self._kinds: dict[str, Kind] = {}
        self._hear(text, names)
        self._tie_acronyms(text)
        self._tie_groups()
        self._tie_people()
        same: defaultdict[str, list[str]] = defaultdict(list)
        for fold in sorted(self._shown):
            same[self._top(fold)].append(fold)
        self._members: dict[str, Member] = {fold: self._made(fold, self._top(fold), same[self._top(fold)]) for fold in self._shown}

    def of(self, wording: str) -> Member | None:
        """Who a wording names, folded here; none where it is no name of the report."""
        return self._members.get(folded(wording))

    def names(self) -> Iterable[str]:
        """The folded names of the report."""
        return self._members

    def _hear(self, text: str, names: Sequence[Name]) -> None:
        votes: defaultdict[str, list[str]] = defaultdict(list)
        for name in names:
            wording = name.span.of(text)
            if (fold := _untitled(folded(wording)) if name.kind == "Person" else folded(wording)) and (name.kind == "Person" or name.kind in _GROUPS):
                votes[fold].append(name.kind)
                shown = _untitled_words(wording) if name.kind == "Person" else wording
                self._shown.setdefault(fold, shown.removeprefix("the ").removeprefix("The "))
        for fold, kinds in votes.items():
            self._kinds[fold] = "person" if kinds.count("Person") * 2 > len(kinds) else "group"

    def _tie_acronyms(self, text: str) -> None:
        for short, full in introduced(text):
            for name in (short, full):
                self._shown.setdefault(folded(name), name)
                self._kinds.setdefault(folded(name), "group")
            self._tie(folded(short), folded(full), f"short for {full}")
        groups = by_initials(shown for fold, shown in self._shown.items() if self._kinds[fold] == "group")
        for fold, shown in list(self._shown.items()):
            spelled = expanded(shown, groups) if " " not in shown else None
            if spelled is not None:
                self._tie(fold, folded(spelled), f"the first letters of {spelled}")

    def _tie_groups(self) -> None:
        groups = sorted(fold for fold, kind in self._kinds.items() if kind == "group")
        for fold in groups:
            # With where it is from, or without: "the Afghan National Resistance", "the National Resistance Front".
            bare = fold.split(" ", 1)[1] if fold.split()[0] in _peoples() and " " in fold else fold
            if " " not in bare:
                continue
            # Those that begin with the same words stand together: a blank comes before every letter and figure.
            begun = groups[bisect_left(groups, f"{bare} ") : bisect_left(groups, f"{bare}!")]
            longer = {other for other in begun if other != fold and (bare != fold or other[len(bare) + 1 :].split()[0] in ("of", "in", "for"))}
            if len({self._top(other) for other in longer}) == 1:
                self._tie(fold, min(longer), f"short for {self._shown[min(longer)]}")

    def _tie_people(self) -> None:
        people = sorted(fold for fold, kind in self._kinds.items() if kind == "person")
        full = [fold for fold in people if " " in fold]
        namesakes = Namesakes([self._shown[fold] for fold in full])
        for i, j in sorted({(min(i, j), max(i, j)) for i, fold in enumerate(full) for j in namesakes.of(self._shown[fold]) if i != j}):
            one, other = full[i], full[j]
            like = likeness(self._shown[one], self._shown[other], "person")
            if like.same and like.score >= _SURE:
                lower, upper = sorted((one, other), key=lambda f: (len(f.split()), f))
                self._tie(lower, upper, f"another spelling or the shorter form ({like.because})")
        with_word: dict[str, set[str]] = {}
        for other in full:
            for word in other.split():
                with_word.setdefault(word, set()).add(other)
        for fold in people:
            if " " in fold:
                continue
            alike = (full[i] for i in namesakes.of(self._shown[fold]))
            bearers = {other for other in alike if likeness(self._shown[fold], self._shown[other], "person").same} | with_word.get(fold, set())
            if len({self._top(other) for other in bearers}) == 1:
                best = max(bearers, key=lambda f: (len(f), f))
                self._tie(fold, best, f"short for {self._shown[best]}")

    def _top(self, fold: str) -> str:
        while fold in self._above:
            fold = self._above[fold]
        return fold

    def _tie(self, lower: str, upper: str, why: str) -> None:
        low, top = self._top(lower), self._top(upper)
        if low != top:
            self._above[low] = top
            self._why.setdefault(lower, why)

    def _made(self, fold: str, top: str, same: Sequence[str]) -> Member:
        """The member that a name stands for; `same` are all the names of whoever `top` is the fullest name of."""
        kind = self._kinds[top]
        name = max((self._shown[other] for other in same), key=lambda n: (n.isupper() is False, len(n), n)) if kind == "person" else self._shown[top]
        because = self._why.get(fold, "a name of the report")
        rows = {row.key: row for other in same for row in actors_named(self._shown[other])} if kind == "group" else {}
        if kind == "group" and not rows:
            # "Israeli" names no actor of its own: what is Israeli is Israel's.
            rows = {row.key: row for other in same if other in _peoples() for row in actors_named(_peoples()[other]) if row.kind == "state"}
        fits = self._fitting(list(rows.values()))
        if len(fits) == 1:
            return Member(fits[0].name, fits[0].key, kind, f"{because}; {fits[0].name} in our table of actors", fits[0])
        return Member(name, key("actor", folded(name)), kind, because, None, tuple(fits))

    def _fitting(self, rows: Sequence[Actor]) -> list[Actor]:
        """The rows that the time and the countries of the report leave."""
        if self._year is not None:
            rows = [r for r in rows if (r.since is None or r.since <= self._year) and (r.until is None or r.until + 2 >= self._year)] or list(rows)
        if len(rows) < 2:
            return list(rows)
        at_home = [r for r in rows if r.country in self._countries]
        international = [r for r in rows if r.country is None or r.kind in ("igo", "un-body", "ngo", "media")]
        return at_home if len(at_home) == 1 else international if not at_home and len(international) == 1 else list(rows)


@cache
def _peoples() -> dict[str, str]:
    """Folded names of peoples to the names of their countries."""
    return {folded(word): country for country, demonyms in table("countries")["countries"].items() for word in demonyms.split()}


def _untitled(fold: str) -> str:
    parts = fold.split()
    while len(parts) > 1 and parts[0] in words("spellings", "person", "titles"):
        parts.pop(0)
    return " ".join(parts)


def _untitled_words(name: str) -> str:
    parts = name.split()
    while len(parts) > 1 and folded(parts[0]) in words("spellings", "person", "titles"):
        parts.pop(0)
    return " ".join(parts)
