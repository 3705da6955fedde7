"""What was offered, demanded, pledged or agreed: every wording kept, every term with its state and what bears on it."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from counterclaim.core.claim import AnswerValue

PromiseKind = Literal["offer", "demand", "pledge", "agreement"]
TermRole = Literal["ask", "undertaking", "agreed"]
State = Literal["open", "met", "broken", "unknown"]
Bearing = Literal["for", "against"]


class Party(msgspec.Struct, frozen=True, omit_defaults=True):
    """A side to a promise; `key` is that of its link."""

    name: str
    key: str | None = None


class Conduct(msgspec.Struct, frozen=True):
    """A later claim as evidence that a term was kept or was not. It is somebody's claim, and no verdict."""

    claim: str
    bears: Bearing
    day: dt.date | None
    because: str


class TermWording(msgspec.Struct, frozen=True, omit_defaults=True):
    """A term as one wording has it. `key` names it for ever: a person's judgement about it counts wherever the term goes.

    `adds` are places that no earlier wording of the term had.
    """

    key: str
    claim: str
    act: str
    places: tuple[str, ...] = ()
    adds: tuple[str, ...] = ()


class PromiseTerm(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One thing to be done or left, by whom and where, over all wordings. `unlisted` counts conduct beyond what is listed."""

    key: str
    role: TermRole
    act: str
    party: Party | None
    places: tuple[str, ...]
    wordings: tuple[TermWording, ...]
    state: State
    because: str
    conduct: tuple[Conduct, ...] = ()
    unlisted: int = 0
    judged: str | None = None


class Wording(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One telling of a promise, in the words of its sentence.

    `terms` are keys of term wordings; `adds` are keys of terms that no earlier wording had. `doubt` is the act of a claim that denies
    or doubts the promise; such a telling adds no term.
    """

    claim: str
    report: str
    day: dt.date | None
    words: str
    voice: str | None
    terms: tuple[str, ...] = ()
    adds: tuple[str, ...] = ()
    doubt: str | None = None
    withdrawn: bool = False


class Reply(msgspec.Struct, frozen=True):
    """An answer to a promise, with the day it was known."""

    by: str | None
    value: AnswerValue
    day: dt.date | None
    claims: tuple[str, ...]


class Silence(msgspec.Struct, frozen=True):
    """No answer up to this day, by the word of these claims. A silence is no refusal."""

    by: str | None
    day: dt.date | None
    claims: tuple[str, ...]


class Tie(msgspec.Struct, frozen=True):
    """Another promise that this one answers, or that answers this one."""

    promise: str
    relation: Literal["answers", "answered-by"]
    because: str


class Promise(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One offer, demand, pledge or agreement in all its wordings. For an agreement `by` are all parties and `to` is empty."""

    key: str
    kind: PromiseKind
    by: tuple[Party, ...]
    to: tuple[Party, ...]
    first: dt.date | None
    last: dt.date | None
    wordings: tuple[Wording, ...]
    terms: tuple[PromiseTerm, ...]
    because: str
    answers: tuple[Reply, ...] = ()
    silences: tuple[Silence, ...] = ()
    ties: tuple[Tie, ...] = ()
    sequence: str | None = None
