"""Claims to independent origins: who, in the end, says so, counted once.

What it captures: the innermost voice of a chain is the origin. Voices of one side are one origin, as are all mentions of one
person; an outlet's own narration is one origin however many reports it fills; an unnamed voice is one origin a report; and
what copies narrate, or quote without a name, is one origin.
Rewrites count as copies where their lineage is plain (`reconcile/lineage`); what is only possible counts as independent.
Example: the doctor quoted in two papers is one origin; the doctor and the priest with his list are two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations

from counterclaim.core.claim import Claim
from counterclaim.core.report import Report
from counterclaim.core.voice import Voice, origin
from counterclaim.reconcile.lineage.facts import Print, fingerprint
from counterclaim.reconcile.lineage.kinship import is_one_text
from counterclaim.reconcile.names import Name, Names, fold

# Five words in a row are seldom written twice by chance; independent reports of one event share less than one run in a hundred.
_RUN = 5
# Measured on made-up families: light copies lie at .84, reports that share quotations below .01. Rewrites lie there too and are missed.
_COPY = 0.6
# What is kept in memory of texts and of pairs of them; past that it is worked out again.
_MOST_TEXTS, _MOST_PAIRS = 2000, 200_000


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """The runs of five words of a text; a shorter text is one run."""
    words = text.casefold().split()
    return frozenset(tuple(words[i : i + _RUN]) for i in range(max(1, len(words) - _RUN + 1))) if words else frozenset()


def voice_of(claim: Claim) -> Voice:
    """The innermost voice; one of no name where the chain is empty."""
    return origin(claim.chain) if claim.chain else Voice(None)


def is_narration(claim: Claim) -> bool:
    """Whether the outlet tells it itself."""
    return len(claim.chain) < 2


class Kin:
    """Which reports are copies or rewrites of one text. It depends on the two texts alone, so what was found stays."""

    def __init__(self) -> None:
        self._shingles: dict[str, frozenset[tuple[str, ...]]] = {}
        self._prints: dict[str, Print] = {}
        self._copies: dict[tuple[str, str], bool] = {}

    def are_copies(self, a: Report, b: Report) -> bool:
        """Whether two reports are copies or rewrites of one text."""
        pair = (min(a.id, b.id), max(a.id, b.id))
        if pair not in self._copies:
            if len(self._copies) > _MOST_PAIRS:
                self._copies.clear()
            one, other = self._runs(a), self._runs(b)
            shared = len(one & other)
            is_copy = bool(shared) and shared / (len(one) + len(other) - shared) >= _COPY
            self._copies[pair] = is_copy or is_one_text(self._print(a), self._print(b))
        return self._copies[pair]

    def _print(self, report: Report) -> Print:
        if report.id not in self._prints:
            if len(self._prints) > _MOST_TEXTS:
                self._prints.clear()
            self._prints[report.id] = fingerprint(report.id, report.text)
        return self._prints[report.id]

    def _runs(self, report: Report) -> frozenset[tuple[str, ...]]:
        if report.id not in self._shingles:
            if len(self._shingles) > _MOST_TEXTS:
                self._shingles.clear()
            self._shingles[report.id] = shingles(report.text)
        return self._shingles[report.id]


class Origins:
    """Who the claims at hand come from. `report` gives a report by its id, `side` whom a name speaks for."""

    def __init__(self, names: Names, report: Callable[[str], Report | None], side: Callable[[Name], Name], kin: Kin) -> None:
        self._names = names
        self._report = report
        self._side = side
        self._kin = kin

    def of(self, claim: Claim) -> str:
        """The origin of a claim by itself, copies not yet looked at."""
        voice = voice_of(claim)
        name = voice.speaks_for or voice.name or (self.outlet(claim) if is_narration(claim) else None)
        if name is None:
            return f"report:{claim.report}"
        return self._side(self._names.of(claim.report, name, "actor")).id

    def outlet(self, claim: Claim) -> str | None:
        """The name of the outlet, as the chain or else the report gives it."""
        report = self._report(claim.report)
        return (claim.chain[0].name if claim.chain else None) or (report.outlet if report else None)

    def count(self, claims: Iterable[Claim]) -> int:
        """How many independent origins the claims have."""
        return len(set(self.grouped(claims).values()))

    def grouped(self, claims: Iterable[Claim]) -> dict[str, str]:
        """The origin of each claim, by its key: copies, and what one voice or side says in many reports, have one."""
        claims = list(claims)
        above: dict[str, str] = {}
        tellers: dict[tuple[bool, str], str] = {}
        for claim in claims:
            found = self.of(claim)
            above.setdefault(found, found)
            if is_narration(claim) or found.startswith("report:"):
                tellers[is_narration(claim), claim.report] = found

        def top(one: str) -> str:
            while above[one] != one:
                one = above[one]
            return one

        for a, b in combinations(sorted(tellers), 2):
            one, other = top(tellers[a]), top(tellers[b])
            # Like with like: what an outlet tells itself and what its nameless witness told are two origins, copied or not.
            if a[0] == b[0] and one != other and self.are_copies(a[1], b[1]):
                above[max(one, other)] = min(one, other)
        return {claim.key: top(self.of(claim)) for claim in claims}

    def are_copies(self, a: str, b: str) -> bool:
        """Whether two reports are copies or rewrites of one text; false where a text is not at hand."""
        if a == b:
            return True
        one, other = self._report(a), self._report(b)
        return one is not None and other is not None and self._kin.are_copies(one, other)

    def is_same_outlet(self, one: Claim, other: Claim) -> bool:
        """Whether both stand in reports of one named outlet."""
        a, b = self.outlet(one), self.outlet(other)
        return a is not None and b is not None and fold(a) == fold(b)
