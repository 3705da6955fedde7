"""Turn what the product read in a sentence into a PLOVER root by a table: what each kind of claim becomes, and whose claim is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from counterclaim.core.claim import Claim, Modality
from counterclaim.core.mention import Mention
from counterclaim.core.span import Span
from counterclaim.core.syntax import Sentence, Trigger
from counterclaim.core.voice import Act, origin

# Sources: the PLOVER manual and its crosswalk from CAMEO (Open Event Data Alliance, 2021).

# The manual's CONCEDE and RETREAT are one root here, as in PLOVER's first drafts and in the rows: YIELD. Its DEMAND is REQUEST.
ROOTS = tuple(
    "ACCUSE AGREE AID ASSAULT COERCE CONSULT COOPERATE MOBILIZE PROTEST REJECT REQUEST SANCTION SUPPORT THREATEN YIELD".split()
)  # fmt: skip


class Rule(msgspec.Struct, frozen=True):
    """A row of the table: claims of this kind that fit all that is given here have this root; None where PLOVER has none.

    `value` is that of the kind's slot `slot`; `said` are words of which the trigger or the cue holds one, in any form.
    """

    kind: str
    root: str | None
    slot: str | None = None
    value: str | None = None
    act: Act | None = None
    modality: Modality | None = None
    said: tuple[str, ...] = ()

    def fits(self, claim: Claim) -> bool:
        """Whether the claim is of this row."""
        if self.kind not in (ANY, claim.kind) or (self.act or claim.act) != claim.act or (self.modality or claim.modality) != claim.modality:
            return False
        if self.slot is not None:
            found = getattr(claim.proposition, self.slot)
            if self.value not in (found if isinstance(found, tuple) else (found,)):
                return False
        return not self.said or not spoken(claim).isdisjoint(form for word in self.said for form in forms(word))


ANY = "any kind"
# Words of the acts of speech that PLOVER codes and the record keeps as statements; ours, after the manual's definitions.
THREATS = tuple("threaten threat warn warning ultimatum".split())
CHARGES = tuple("accuse accusation allege allegation blame charge condemn criticise criticize criticism denounce complain complaint decry sue lawsuit".split())
REFUSALS = tuple("reject rejection refuse refusal decline dismiss veto".split())
PRAISE = tuple("support back endorse praise commend hail welcome applaud".split())
CONSENT = tuple("agree consent pledge promise commit".split())
SIGNING = tuple("sign signing ratify ratification".split())
# The first row that fits gives the root. What is demanded, promised or denied comes before what it is about: PLOVER codes the
# act of speech then, not the deed. Every kind ends in a row without a condition.
TABLE: tuple[Rule, ...] = (
    Rule("demand", "REQUEST"),
    Rule("pledge", "THREATEN", said=THREATS),
    Rule("pledge", "AGREE"),
    Rule("offer", "AGREE"),
    Rule("answer", "AGREE", slot="value", value="accepts"),
    Rule("answer", "AGREE", slot="value", value="conditional"),
    Rule("answer", "SUPPORT", slot="value", value="supports"),
    Rule("answer", "REJECT", slot="value", value="rejects"),
    Rule("answer", None),
    Rule("verification", "REJECT", slot="value", value="disputed"),
    Rule("verification", "REJECT", slot="value", value="false"),
    Rule("verification", None),
    Rule(ANY, "ACCUSE", said=CHARGES),
    Rule(ANY, "REJECT", act="denies"),
    Rule("statement", "REJECT", said=REFUSALS),
    Rule("statement", "THREATEN", said=THREATS),
    Rule("statement", "AGREE", said=CONSENT),
    Rule("statement", "SUPPORT", said=PRAISE),
    Rule(ANY, "REQUEST", act="demands"),
    Rule(ANY, "THREATEN", act="promises", said=THREATS),
    Rule(ANY, "AGREE", act="promises"),
    Rule(ANY, "AGREE", act="proposes"),
    Rule("attack", "THREATEN", modality="planned"),
    Rule("attack", "ASSAULT"),
    Rule("fighting", "ASSAULT"),
    Rule("casualties", "COERCE", slot="harm", value="captured"),
    Rule("casualties", "YIELD", slot="harm", value="surrendered"),
    Rule("casualties", "COERCE", slot="harm", value="trapped"),
    Rule("casualties", None, slot="harm", value="missing"),
    Rule("casualties", "ASSAULT"),
    Rule("control", "YIELD", slot="change", value="left"),
    Rule("control", "YIELD", slot="change", value="lost"),
    Rule("control", "COERCE", slot="change", value="besieged"),
    Rule("control", "ASSAULT", slot="change", value="captured"),
    Rule("control", "ASSAULT", slot="change", value="contested"),
    Rule("control", None),
    Rule("movement", "YIELD", slot="action", value="withdraw"),
    Rule("movement", None, slot="action", value="flee"),
    Rule("movement", None, slot="action", value="return"),
    Rule("movement", "MOBILIZE", slot="action", value="deploy"),
    Rule("movement", "MOBILIZE", slot="action", value="advance"),
    Rule("movement", "MOBILIZE", slot="action", value="enter"),
    Rule("movement", None),
    Rule("talks", "AGREE", modality="planned"),
    Rule("talks", "CONSULT"),
    Rule("agreement", "SUPPORT", said=SIGNING),
    Rule("agreement", "AGREE"),
    Rule("violation", "ASSAULT"),
    Rule("aid", "AGREE", slot="stage", value="pledged"),
    Rule("aid", "SANCTION", slot="stage", value="blocked"),
    Rule("aid", "AID"),
    Rule("need", None),
    Rule("protest", "PROTEST"),
    Rule("statement", None),
)
_DOERS = frozenset("by actor holder donor sides participants parties".split())
_WORD = re.compile(r"\w+")


class Row(msgspec.Struct, frozen=True):
    """A sentence, where source and target stand in it, and the root between them."""

    text: str
    source: tuple[Span, ...]
    target: tuple[Span, ...]
    root: str


class Read(msgspec.Struct, frozen=True):
    """What the product made of one sentence: claims, sentences with their trees, and the words that may express a claim."""

    claims: tuple[Claim, ...]
    sentences: tuple[Sentence, ...]
    triggers: tuple[tuple[Trigger, ...], ...]


def spoken(claim: Claim) -> frozenset[str]:
    """The words of a claim's trigger and of its cue, in lower case."""
    return frozenset(_WORD.findall(f"{claim.because} {origin(claim.chain).cue or ''}".lower()))


def forms(word: str) -> Iterator[str]:
    """The regular forms of a verb or noun, and a few that no word has."""
    stem = word[:-1] if word[-1] in "ey" else word
    yield from (word, word + "s", word + "d", stem + "ed", stem + "ing", word + "ing", stem + "ies", stem + "ied")


def root_of(claim: Claim) -> str | None:
    """The root of a claim by the table, or None."""
    return next((rule.root for rule in TABLE if rule.fits(claim)), None)


def table_rows() -> Iterator[str]:
    """The table as it stands in docs/reference/codebooks.md: kind, condition and root, a row a line."""
    for rule in TABLE:
        conditions = [f"`{rule.slot}` {rule.value}"] if rule.slot else []
        conditions += [f"{name} {value}" for name, value in (("act", rule.act), ("modality", rule.modality)) if value]
        conditions += ["said with " + ", ".join(rule.said)] if rule.said else []
        yield f"| {rule.kind} | {'; '.join(conditions)} | {rule.root or 'none'} |"


def by_table(row: Row, read: Read) -> str | None:
    """The root of the claim that fits source and target best, the likeliest of several; None where no claim has a root."""

    def fitness(claim: Claim) -> tuple[int, float]:
        fills = set(filled(claim, row))
        does = any(end == "source" and slot in _DOERS for end, slot in fills) or speaks(claim, row)
        return 2 * does + any(end == "target" for end, _ in fills), claim.score

    told = [(claim, root) for claim in read.claims if (root := root_of(claim)) is not None]
    return max(told, key=lambda pair: fitness(pair[0]))[1] if told else None


def speaks(claim: Claim, row: Row) -> bool:
    """Whether the source of the row is the claim's origin."""
    span = origin(claim.chain).span
    return span is not None and any(span.meets(other) for other in row.source)


def filled(claim: Claim, row: Row) -> Iterator[tuple[str, str]]:
    """Which end of the row fills which slot of the claim: ("source", "by"), …"""
    for slot in claim.proposition.__struct_fields__:
        value = getattr(claim.proposition, slot)
        for filler in value if isinstance(value, tuple) else ():
            span = filler.span if isinstance(filler, Mention) else None
            for end, spans in (("source", row.source), ("target", row.target)):
                if span is not None and any(span.meets(other) for other in spans):
                    yield end, slot
