"""Reports to their forest: which pairs are worth comparing, what each is, and for every report the one it came from.

Near linear in the reports: a pair is compared when the two share a run of words that few have, or several facts that few have.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import NamedTuple

import msgspec

from counterclaim.core.folding import folded
from counterclaim.core.lineage import Kinship
from counterclaim.core.report import Report
from counterclaim.reconcile.lineage.facts import Print, fingerprint
from counterclaim.reconcile.lineage.kinship import kinship

# A fact or run that more reports than this have makes no pair of them worth comparing.
_FEW = 30
# Rare facts that two reports must share to be compared.
_ANCHORS = 3


class Lineage(NamedTuple):
    """The kinships found, and for each report the source it was taken from, where one is known."""

    kinships: tuple[Kinship, ...]
    parents: Mapping[str, str]


_Pair = tuple[str, str, dt.date | None, dt.date | None]


class Known:
    """Fingerprints and kinships that were found before, so that a later lineage works out only what is new. What no lineage asks for is dropped."""

    def __init__(self) -> None:
        self._prints: dict[tuple[str, str], Print] = {}
        self._kin: dict[_Pair, tuple[Print, Print, Kinship]] = {}

    def prints(self, reports: Iterable[Report]) -> list[Print]:
        """The fingerprint of each report."""
        self._prints = {at: self._prints.get(at) or fingerprint(*at) for at in ((report.id, report.text) for report in reports)}
        return list(self._prints.values())

    def kin(self, pairs: Iterable[tuple[Print, Print]], days: Mapping[str, dt.date | None]) -> list[Kinship]:
        """What each pair is to each other."""
        found: dict[_Pair, tuple[Print, Print, Kinship]] = {}
        for a, b in pairs:
            at = (a.id, b.id, days.get(a.id), days.get(b.id))
            before = self._kin.get(at)
            # Another text under an id has another fingerprint.
            is_same = before is not None and before[0] is a and before[1] is b
            found[at] = before if before is not None and is_same else (a, b, kinship(a, b, days))
        self._kin = found
        return [kin for _, _, kin in found.values()]


def lineage(reports: Iterable[Report], known: Known | None = None) -> Lineage:
    """The lineage of these reports; their order changes nothing. `known` is what lineages of nearly the same reports found, and finds again."""
    ordered, known = sorted(reports, key=lambda report: report.id), known or Known()
    prints = {one.id: one for one in known.prints(ordered)}
    days: dict[str, dt.date | None] = {report.id: report.published.day for report in ordered}
    found = known.kin(((prints[a], prints[b]) for a, b in candidates(prints.values())), days)
    texts = {report.id: report for report in ordered}
    kin = tuple(_by_outlet(k, texts) for k in found if k.relation != "none")
    return Lineage(kin, _parents(kin))


def _by_outlet(kin: Kinship, reports: Mapping[str, Report]) -> Kinship:
    """Two texts of one outlet are versions of one report: what was printed first is the source, for a correction may be longer."""
    a, b = reports[kin.a], reports[kin.b]
    first, second = a.published.day, b.published.day
    is_one = a.outlet is not None and b.outlet is not None and folded(a.outlet) == folded(b.outlet)
    if is_one and kin.relation in ("copy", "rewrite"):
        kin = msgspec.structs.replace(kin, relation="version", because=f"{a.outlet} printed both; {kin.because}")
    if kin.relation == "possible" or not is_one or first is None or second is None or first == second:
        return kin
    return msgspec.structs.replace(kin, source=kin.a if first < second else kin.b)


def candidates(prints: Iterable[Print]) -> list[tuple[str, str]]:
    """Pairs of reports that share a run of words that few have, or several facts that few have."""
    listed = sorted(prints, key=lambda p: p.id)
    holders: defaultdict[tuple[str, ...] | str, list[str]] = defaultdict(list)
    for p in listed:
        for run in sorted(p.runs):
            holders[run].append(p.id)
        for fact in p.order:
            holders[fact].append(p.id)
    shared: Counter[tuple[str, str]] = Counter()
    for anchor, names in holders.items():
        if 1 < len(names) <= _FEW:
            for pair in combinations(names, 2):
                shared[pair] += _ANCHORS if isinstance(anchor, tuple) else 1
    return sorted(pair for pair, count in shared.items() if count >= _ANCHORS)


def _parents(kin: Iterable[Kinship]) -> dict[str, str]:
    """For each report the likeliest source; a report is nobody's source's source's child twice, so there are no rings."""
    parents: dict[str, str] = {}
    for k in sorted(kin, key=lambda k: (k.relation == "lift", -k.score, k.a, k.b)):
        if k.source is None or k.relation == "possible":
            continue
        child = k.b if k.source == k.a else k.a
        if child not in parents and not _leads(parents, k.source, child):
            parents[child] = k.source
    return parents


def _leads(parents: Mapping[str, str], one: str, to: str) -> bool:
    while one in parents:
        one = parents[one]
        if one == to:
            return True
    return False
