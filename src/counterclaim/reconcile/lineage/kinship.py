"""Two fingerprints to what one is to the other: copy, rewrite, lift, possible or nothing, and which was there first.

What it captures: copies by the runs of words they share; rewrites by the facts, for a rewrite brings none of its own and keeps selection
and order; lifts by numbers and a stretch of sentences that align. Independent reports share official quotations to the letter and the
facts everybody had; that is no kinship.
What it does not: a lift of a paragraph or two in a report on the same facts, which nothing here separates; those stay possible or none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from math import exp
from typing import NamedTuple

import msgspec

from counterclaim.core.lineage import Kinship, Relation
from counterclaim.reconcile.lineage.alignment import aligned
from counterclaim.reconcile.lineage.facts import Print, are_same, runs_shared

# Fitted on the families f01 to f05 of training/lineage by logistic regression with a ridge, rounded; the others were looked at once after.
# (mean, spread, weight) of each ground.
GROUNDS: Mapping[str, tuple[float, float, float]] = {
    "facts": (0.41, 0.29, 0.35),
    "contained": (0.56, 0.30, 0.25),
    "numbers": (0.53, 0.32, 2.44),
    "order": (0.59, 0.34, 0.28),
    "run": (0.48, 0.39, 1.70),
    "share": (0.16, 0.17, 0.10),
}
BIAS = 2.4
# Aligned sentences beyond which more of them prove no more.
MANY = 12
# The share of the shorter report's runs of words that make it a copy; independents that quote one statement lie below .1.
COPY = 0.5
# A rewrite tells this share of all facts of both: in the fitted families rewrites .68 and more, lifts .42 and less, independents .32.
_WHOLE = 0.55
# Two short notes on one event tell the same few facts.
LEAST = 12
_TIED, POSSIBLE = 0.5, 0.3
# How much longer a text must be than its light copy to be what was cut.
_CUT = 1.05


class Grounds(NamedTuple):
    """What is measured of a pair, each 0 to 1 but for `order`, which is -1 to 1."""

    facts: float
    contained: float
    numbers: float
    order: float
    run: float
    share: float
    copied: float

    @property
    def score(self) -> float:
        """How likely one was taken from the other, in whole or in part, 0 to 1."""
        total = BIAS
        for name, (mean, spread, weight) in GROUNDS.items():
            total += weight * (getattr(self, name) - mean) / spread
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def kinship(a: Print, b: Print, days: Mapping[str, dt.date | None] | None = None) -> Kinship:
    """What two reports are to each other. Nothing but the two counts, so a third report changes nothing."""
    if (a.id, b.id) > (b.id, a.id):
        a, b = b, a
    value, pairs = aligned(a, b)
    found = grounds(a, b, value, len(pairs))
    score = round(found.score, 3)
    relation: Relation
    if found.copied >= COPY:
        shared = f"{found.copied:.0%} of the shorter report's runs of five words stand in the other"
        relation, because, score = "copy", "the two are the same, word for word" if are_same(a, b) else shared, 1.0
    elif min(len(a.facts), len(b.facts)) < LEAST:
        relation, because = "none", "too few facts to tell a rewrite from two reports of one event"
    elif score >= _TIED and found.facts >= _WHOLE:
        relation, because = "rewrite", f"the two tell {found.facts:.0%} of their facts in common, in {len(pairs)} aligned sentences"
    elif score >= _TIED:
        relation, because = "lift", f"{len(pairs)} sentences align, with {found.numbers:.0%} of all numbers in common"
    elif score >= POSSIBLE:
        relation, because = "possible", f"{len(pairs)} sentences align; independent reports of one event may be as alike"
    else:
        relation, because = "none", "no more in common than reports of one event have"
    source = _source(a, b, relation, days or {}) if relation in ("copy", "rewrite", "lift") else None
    return Kinship(a.id, b.id, relation, score, source, because, pairs if relation != "none" else ())


def directed(kin: Kinship, a: Print, b: Print, days: Mapping[str, dt.date | None]) -> Kinship:
    """The same kinship with its source as the days tell it."""
    source = _source(a, b, kin.relation, days) if kin.relation in ("copy", "rewrite", "lift") else None
    return kin if source == kin.source else msgspec.structs.replace(kin, source=source)


def is_one_text(a: Print, b: Print) -> bool:
    """Whether one is a copy or a rewrite of the other, as `kinship` says; texts that tell other facts need not be aligned for that."""
    if runs_shared(a, b) >= COPY:
        return True
    shared = len(a.facts & b.facts)
    is_whole = shared / (len(a.facts) + len(b.facts) - shared or 1) >= _WHOLE
    return is_whole and min(len(a.facts), len(b.facts)) >= LEAST and kinship(a, b).relation == "rewrite"


def grounds(a: Print, b: Print, alignment: float, pairs: int) -> Grounds:
    """What is measured of a pair, given its alignment."""
    shared = a.facts & b.facts
    numbers = {f for f in a.facts if f[0] == "#"}, {f for f in b.facts if f[0] == "#"}
    return Grounds(
        facts=len(shared) / (len(a.facts | b.facts) or 1),
        contained=len(shared) / (min(len(a.facts), len(b.facts)) or 1),
        numbers=len(numbers[0] & numbers[1]) / (len(numbers[0] | numbers[1]) or 1),
        order=_concordance(a.order, b.order),
        run=min(pairs, MANY) / MANY,
        share=alignment / max(1, min(len(a.sentences), len(b.sentences))),
        copied=runs_shared(a, b),
    )


def _concordance(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """Kendall's tau of the facts both tell, by where each first tells them; 0 where fewer than two are shared."""
    at = {fact: i for i, fact in enumerate(b)}
    places = [at[fact] for fact in a if fact in at]
    same = sum(x < y for i, x in enumerate(places) for y in places[i + 1 :])
    pairs = len(places) * (len(places) - 1) // 2
    return (2 * same - pairs) / pairs if pairs else 0.0


def _source(a: Print, b: Print, relation: Relation, days: Mapping[str, dt.date | None]) -> str | None:
    """Which of two kin was there first; none where nothing tells.

    A copy is cut and seldom grows; who rewrites turns direct speech into indirect and not back; else the day of publication, which may
    mislead. Who tells more facts says nothing: rewrites spell things out.
    """
    if relation == "copy" and max(len(a.runs), len(b.runs)) > _CUT * min(len(a.runs), len(b.runs)):
        return a.id if len(a.runs) > len(b.runs) else b.id
    if relation == "rewrite" and min(len(a.quotations), len(b.quotations)) == 0 and max(len(a.quotations), len(b.quotations)) > 1:
        return a.id if a.quotations else b.id
    day_a, day_b = days.get(a.id), days.get(b.id)
    if day_a is None or day_b is None or day_a == day_b:
        return None
    return a.id if day_a < day_b else b.id
