"""Made-up judgements, a minute apart."""

from __future__ import annotations

import datetime as dt

from counterclaim.core.claim import Claim
from counterclaim.core.figure import Figure
from counterclaim.core.judgement import Judgement
from counterclaim.reconcile import judging
from counterclaim.reconcile.filling import Words


def at(minute: int) -> dt.datetime:
    return dt.datetime(2026, 1, 1, 9, minute, tzinfo=dt.UTC)


def number(words: str) -> Figure | None:
    """The number of digits alone."""
    return Figure(int(words), int(words), words) if words.isdecimal() else None


WORDS = Words(number, lambda _, name: {"NRF": "nrf"}.get(name))


def correct(claim: Claim, *, minute: int = 0, by: str = "Ada", shown: Claim | None = None, **given: str) -> Judgement:
    return judging.correct(claim, given, by=by, at=at(minute), words=WORDS, shown=shown)


def accept(claim: Claim, *, minute: int = 0, by: str = "Ada") -> Judgement:
    return judging.accept(claim, by=by, at=at(minute))


def reject(claim: Claim, *, minute: int = 0, by: str = "Ada") -> Judgement:
    return judging.reject(claim, by=by, at=at(minute), reason="not said")
