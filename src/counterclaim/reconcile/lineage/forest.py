"""Reports to their forest: which pairs are worth comparing, what each is, and for every report the one it came from.

Near linear in the reports: a pair is compared when the two share a run of words that few have, or several facts that few have, and aligned
sentence by sentence only where `sieve` finds that the two may be kin.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple

import msgspec
import numpy as np

from counterclaim.core.folding import folded
from counterclaim.core.lineage import Kinship
from counterclaim.core.report import Report
from counterclaim.reconcile.lineage.facts import Print, fingerprint
from counterclaim.reconcile.lineage.kinship import directed, kinship
from counterclaim.reconcile.lineage.sieve import candidates, tables, worth_aligning

# A pair is named by two numbers in one: fingerprints are fewer than this has room for.
_BITS = 31


class Lineage(NamedTuple):
    """The kinships found, and for each report the source it was taken from, where one is known."""

    kinships: tuple[Kinship, ...]
    parents: Mapping[str, str]


class Known:
    """Fingerprints and kinships that were found before, so that a later lineage works out only what is new. What no lineage asks for is dropped."""

    def __init__(self) -> None:
        self._prints: dict[tuple[str, bytes], tuple[int, Print]] = {}
        self._next = 0
        # Pairs by the numbers of their fingerprints: those that are no kin, and those that are.
        self._strangers = np.zeros(0, np.int64)
        self._kin: dict[int, Kinship] = {}

    def prints(self, reports: Iterable[Report]) -> list[tuple[int, Print]]:
        """The fingerprint of each report, with a number of its own: another text under an id has another."""
        found: dict[tuple[str, bytes], tuple[int, Print]] = {}
        for report in reports:
            at = report.id, blake2b(report.text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
            if at not in found:
                found[at] = self._prints.get(at) or (self._next, fingerprint(report.id, report.text))
                self._next += at not in self._prints
        self._prints = found
        return list(found.values())

    def kin(self, prints: Sequence[tuple[int, Print]], days: Mapping[str, dt.date | None]) -> list[Kinship]:
        """What those of the pairs worth comparing that are kin are to each other, in the order of the fingerprints."""
        of = tables([one for _, one in prints])
        pairs = candidates(of)
        first, second = np.divmod(pairs, max(1, len(prints)))
        numbers = np.array([number for number, _ in prints], np.int64)
        names = (numbers[first] << _BITS) + numbers[second]
        was_kin = np.isin(names, np.fromiter(self._kin, np.int64))
        may_be_kin = was_kin | np.isin(pairs, worth_aligning(of, pairs[~was_kin & ~np.isin(names, self._strangers)]))
        found: dict[int, Kinship] = {}
        directions: list[Kinship] = []
        for name, a, b in zip(names[may_be_kin].tolist(), first[may_be_kin].tolist(), second[may_be_kin].tolist(), strict=True):
            one, other = prints[a][1], prints[b][1]
            kin = self._kin.get(name) or kinship(one, other)
            if kin.relation != "none":
                found[name] = kin
                directions.append(directed(kin, one, other, days))
        self._kin = found
        self._strangers = names[~np.isin(names, np.fromiter(found, np.int64))]
        return directions


def lineage(reports: Iterable[Report], known: Known | None = None) -> Lineage:
    """The lineage of these reports; their order changes nothing. `known` is what lineages of nearly the same reports found, and finds again."""
    ordered, known = sorted(reports, key=lambda report: report.id), known or Known()
    days: dict[str, dt.date | None] = {report.id: report.published.day for report in ordered}
    texts = {report.id: report for report in ordered}
    prints = {one.id: (number, one) for number, one in known.prints(ordered)}
    kin = tuple(_by_outlet(one, texts) for one in known.kin(list(prints.values()), days))
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
