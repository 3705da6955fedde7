"""A claim: one voice chain's act towards one proposition, at one place in one report.

Seventeen kinds of proposition, one class a kind, told apart in JSON by `kind`. Slots that hold names are tuples of
`Mention`; slots of text are tuples of strings in the words of the report. An empty slot was left open by the text.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from counterclaim.core.figure import Figure
from counterclaim.core.mention import Mention
from counterclaim.core.span import Evidence
from counterclaim.core.voice import Act, Chain
from counterclaim.core.when import When

Change = Literal["holds", "captured", "lost", "left", "besieged", "contested"]
Action = Literal["advance", "withdraw", "deploy", "flee", "enter", "return"]
Harm = Literal["killed", "wounded", "captured", "surrendered", "missing", "trapped", "displaced", "losses"]
Sequence = Literal["condition-first", "exchange", "unconditional"]
AnswerValue = Literal["accepts", "rejects", "conditional", "none", "supports"]
AgreementType = Literal["ceasefire", "peace", "exchange", "withdrawal", "access"]
Stage = Literal["pledged", "sent", "arrived", "distributed", "blocked"]
# What dates a claim whose own words do not: when it was said, the day of the report, the one event the report tells.
Dated = Literal["said", "report", "event"]
# How the number of a claim stands to others: it counts some of those another counts (`part`), more besides those told of (`further`),
# all of a longer time, in which others are (`sum`), or it was given up for another (`former`).
Counting = Literal["part", "further", "sum", "former"]
VerificationValue = Literal["verified", "not-verified", "disputed", "false"]
Modality = Literal["actual", "planned", "conditional", "hypothetical", "past-background", "habitual"]
InterestValue = Literal["own-gain", "against-interest", "neutral", "unknown"]

Mentions = tuple[Mention, ...]
Texts = tuple[str, ...]


class Term(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing an offer asks or undertakes: who is to do what, where."""

    act: str
    party: Mention | None = None
    places: Mentions = ()


class _Proposition(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="kind", kw_only=True):
    """What every kind shares: nothing but the way it is written down."""


class Control(_Proposition, frozen=True, tag="control"):
    """Who holds, takes or loses a place. With `lost` or `left`, `holder` is the side that lost or left it."""

    place: Mentions = ()
    holder: Mentions = ()
    not_holder: Mentions = ()
    change: Change | None = None
    except_: Mentions = msgspec.field(default=(), name="except")


class Movement(_Proposition, frozen=True, tag="movement"):
    """Forces or people going somewhere."""

    actor: Mentions = ()
    action: Action | None = None
    to: Mentions = ()
    from_: Mentions = msgspec.field(default=(), name="from")


class Fighting(_Proposition, frozen=True, tag="fighting"):
    """Two-sided violence."""

    sides: Mentions = ()
    place: Mentions = ()
    intensity: str | None = None


class Attack(_Proposition, frozen=True, tag="attack"):
    """One-sided violence."""

    actor: Mentions = ()
    target: Mentions = ()
    means: str | None = None
    place: Mentions = ()


class Casualties(_Proposition, frozen=True, tag="casualties"):
    """Harm to people. Several values of `harm` are an unsplit union: the floor of each is 0."""

    who: Mentions = ()
    harm: tuple[Harm, ...] = ()
    count: Figure | None = None
    named: Mentions = ()
    by: Mentions = ()
    place: Mentions = ()


class Offer(_Proposition, frozen=True, tag="offer"):
    """Something undertaken in return for something asked."""

    by: Mentions = ()
    to: Mentions = ()
    asks: tuple[Term, ...] = ()
    undertakings: tuple[Term, ...] = ()
    sequence: Sequence | None = None


class Answer(_Proposition, frozen=True, tag="answer"):
    """A reply to an offer, demand or call; `none` is a dated silence."""

    by: Mentions = ()
    to: Mentions = ()
    value: AnswerValue | None = None


class Demand(_Proposition, frozen=True, tag="demand"):
    """An appeal or ultimatum, with no return offered."""

    by: Mentions = ()
    to: Mentions = ()
    acts: Texts = ()
    places: Mentions = ()


class Pledge(_Proposition, frozen=True, tag="pledge"):
    """A promise or threat of one's own future acts."""

    by: Mentions = ()
    to: Mentions = ()
    acts: Texts = ()


class Talks(_Proposition, frozen=True, tag="talks"):
    """A meeting or negotiation that took place."""

    participants: Mentions = ()
    place: Mentions = ()
    topic: Texts = ()


class Agreement(_Proposition, frozen=True, tag="agreement"):
    """Something signed or announced by both sides."""

    parties: Mentions = ()
    type: AgreementType | None = None
    terms: Texts = ()


class Violation(_Proposition, frozen=True, tag="violation"):
    """A breach of an agreement or law."""

    by: Mentions = ()
    of: Texts = ()
    place: Mentions = ()


class Aid(_Proposition, frozen=True, tag="aid"):
    """Relief given, sent or blocked."""

    donor: Mentions = ()
    goods: Texts = ()
    amount: Figure | None = None
    place: Mentions = ()
    stage: Stage | None = None
    mode: str | None = None


class Need(_Proposition, frozen=True, tag="need"):
    """People in want of relief."""

    who: Mentions = ()
    count: Figure | None = None
    need: Texts = ()
    driver: Texts = ()
    place: Mentions = ()


class Verification(_Proposition, frozen=True, tag="verification"):
    """Somebody checked, or could not check, what others say; `about` is the reach of the caveat."""

    by: Mentions = ()
    value: VerificationValue | None = None
    about: Texts = ()


class Protest(_Proposition, frozen=True, tag="protest"):
    """Demonstrations and riots."""

    actor: Mentions = ()
    place: Mentions = ()
    count: Figure | None = None


class Statement(_Proposition, frozen=True, tag="statement"):
    """Anything attributed that fits no kind above: kept, untyped."""

    content: Texts = ()


Proposition = (
    Control
    | Movement
    | Fighting
    | Attack
    | Casualties
    | Offer
    | Answer
    | Demand
    | Pledge
    | Talks
    | Agreement
    | Violation
    | Aid
    | Need
    | Verification
    | Protest
    | Statement
)
KINDS: dict[str, type[_Proposition]] = {
    str(cls.__struct_config__.tag): cls
    for cls in (
        Control,
        Movement,
        Fighting,
        Attack,
        Casualties,
        Offer,
        Answer,
        Demand,
        Pledge,
        Talks,
        Agreement,
        Violation,
        Aid,
        Need,
        Verification,
        Protest,
        Statement,
    )
}

# The slots without which a claim of the kind is not right (the interchange format's starred slots).
KEY_SLOTS: dict[str, tuple[str, ...]] = {
    "agreement": ("parties", "type"),
    "aid": ("donor", "amount"),
    "answer": ("by", "value"),
    "attack": ("actor", "target"),
    "casualties": ("who", "harm", "count"),
    "control": ("place", "holder"),
    "demand": ("by", "to"),
    "fighting": ("sides",),
    "movement": ("actor",),
    "need": ("who", "count"),
    "offer": ("by", "to"),
    "pledge": ("by", "acts"),
    "protest": ("actor",),
    "statement": ("content",),
    "talks": ("participants",),
    "verification": ("by", "value"),
    "violation": ("by", "of"),
}


class Interest(msgspec.Struct, frozen=True):
    """Whether the origin's side profits from the claim, and why we think so."""

    value: InterestValue
    because: str


class Claim(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One voice chain's act towards one proposition. The words are the report's for ever; names are Links beside it.

    `refutes` is the key of the refuted claim, or the words of what is refuted when it is not in this report. `derived_from` is
    the key of the claim that this one follows from by a gazetteer: nobody said it in these words, and `because` says how it follows.
    `dated` says what `when` rests on where the words of the claim give no time: a day carried from elsewhere in the report.
    `counting` says how the claim's number stands to others; null where it counts for itself.
    """

    key: str
    report: str
    evidence: Evidence
    chain: Chain
    act: Act
    hedges: Texts
    said: When | None
    when: When | None
    proposition: Proposition
    score: float
    because: str
    modality: Modality = "actual"
    refutes: str | None = None
    interest: Interest | None = None
    quotable: bool = True
    story: str | None = None
    derived_from: str | None = None
    dated: Dated | None = None
    counting: Counting | None = None

    @property
    def kind(self) -> str:
        """The kind of its proposition."""
        return str(self.proposition.__struct_config__.tag)
