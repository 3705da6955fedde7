"""What a person decided about the record: added and withdrawn, never edited; and what the record comes to by it."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

import msgspec

from counterclaim.core.claim import Claim, Proposition
from counterclaim.core.span import Span
from counterclaim.core.voice import Act

Decision = Literal["accept", "correct", "reject", "add", "merge", "split", "grade", "comment", "withdraw"]
State = Literal["unreviewed", "accepted", "corrected", "rejected", "added"]
STATES: tuple[State, ...] = ("unreviewed", "accepted", "corrected", "rejected", "added")


class Anchor(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Where what was judged stands in the text and what it said then, so that it is found again when a newer reading gives other keys."""

    report: str
    start: int
    end: int
    quote: str
    kind: str
    act: Act | None = None
    voice: str | None = None
    said: Proposition | None = None

    @property
    def span(self) -> Span:
        """Where the evidence stands."""
        return Span(self.start, self.end)


class Correction(msgspec.Struct, frozen=True):
    """One slot of a claim as it was read and as a person says it is, both as plain JSON values."""

    slot: str
    was: Any
    now: Any


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """One decision about one thing, by one person, at one time.

    `about` is the key of a claim, actor, term or judgement, or the id of a report (`add`) or `outlet:NAME` (`grade`). `value` is what was
    said: a list of corrections or the claim added (as JSON), the other of two, a grade, a reason, a comment. Judgements kept before there
    were anchors have none.
    """

    key: str
    about: str
    decision: Decision
    by: str
    at: dt.datetime
    value: str | None = None
    anchor: Anchor | msgspec.UnsetType = msgspec.UNSET

    @property
    def moment(self) -> dt.datetime:
        """When it was made; a time without a zone is taken as UTC, so that any two can be told earlier from later."""
        return self.at if self.at.tzinfo else self.at.replace(tzinfo=dt.UTC)


class Reviewed(msgspec.Struct, frozen=True, kw_only=True):
    """A claim as it was read or added, what became of it, and the judgements that stand about it, the latest first.

    `effective` is the claim as it counts, none where it was rejected. `moved` are the keys of judgements about an older reading of it.
    """

    claim: Claim
    state: State
    effective: Claim | None
    judgements: tuple[Judgement, ...] = ()
    moved: tuple[str, ...] = ()

    @property
    def grade(self) -> str | None:
        """The grade a person gave it last."""
        return next((one.value for one in self.judgements if one.decision == "grade"), None)


class Adrift(msgspec.Struct, frozen=True):
    """A judgement whose claim is not among those of the report any more, and why it fits no other; `now` are claims at its words."""

    judgement: Judgement
    reason: str
    now: tuple[str, ...] = ()


class Review(msgspec.Struct, frozen=True):
    """How far a person has come with a report: its claims with their states, what is adrift, and the sentences that gave no claim."""

    report: str
    reviewed: tuple[Reviewed, ...]
    adrift: tuple[Adrift, ...] = ()
    silent: tuple[Span, ...] = ()

    def count(self, state: State) -> int:
        """How many claims are in this state."""
        return sum(one.state == state for one in self.reviewed)
