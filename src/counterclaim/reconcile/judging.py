"""What a person decides about the record to a judgement, checked: the thing, the person and the time must be plain, and fit the text.

What it captures: accept, reject, correct and add claims, merge and split, grade (Admiralty: source A to F, information 1 to 6), comment,
and undo, which takes a judgement back. A correction changes the act, the chain, the days, how a claim is meant or a slot of its kind.
What it does not: change the evidence of a claim, for a claim at other words is another claim; decide anything by itself.
Example: `grade(claim.key, "B2", by="Ada", at=now, of=claim)`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from counterclaim.core.claim import Claim, Proposition, Term
from counterclaim.core.codec import claim_key, encode
from counterclaim.core.codec import key as content_key
from counterclaim.core.figure import Figure
from counterclaim.core.judgement import Anchor, Correction, Decision, Judgement
from counterclaim.core.mention import Mention
from counterclaim.core.report import Report
from counterclaim.core.span import Span, evidence
from counterclaim.core.voice import Voice, origin
from counterclaim.errors import JudgementRefused
from counterclaim.reconcile.filling import COMMON, Words, act, chain, common, fillers, holds_texts, modality, one_line, slots, when

_CLAIM_GRADE = re.compile(r"[A-F][1-6]")
_SOURCE_GRADE = re.compile(r"[A-F]")
# The outlet as a thing to grade: it is in the record by its name alone.
OUTLET = "outlet:"


def accept(claim: Claim, *, by: str, at: dt.datetime) -> Judgement:
    """The claim stands as it was read."""
    return _judgement("accept", claim.key, by, at, None, claim)


def reject(claim: Claim, *, by: str, at: dt.datetime, reason: str) -> Judgement:
    """The report does not say this. Raises JudgementRefused without a reason."""
    if not reason.strip():
        raise JudgementRefused(f"claim {claim.key} is not rejected without a reason; say why, as in --reason 'the army said the opposite'")
    return _judgement("reject", claim.key, by, at, reason.strip(), claim)


def correct(claim: Claim, given: Mapping[str, str], *, by: str, at: dt.datetime, words: Words, shown: Claim | None = None) -> Judgement:
    """The report says this, but otherwise: `given` are slots with the words for what fills them. `shown` is the claim as corrected before.

    Raises JudgementRefused for an unknown slot, a value it cannot have, and where nothing would change.
    """
    now = shown or claim
    filled = fillers(claim.kind, given, words)
    new = {slot: common(now, slot, given[slot]) if slot in COMMON else _placed(now, slot, filled[slot]) for slot in sorted(given)}
    changes = [Correction(slot, _plain(_held(now, slot)), _plain(value)) for slot, value in new.items() if value != _held(now, slot)]
    if not changes:
        what = ", ".join(sorted(given)) or "no slot"
        raise JudgementRefused(f"claim {claim.key} says this already ({what}); give a slot another value, as in holder=NRF, or accept the claim")
    corrected(now, changes)
    return _judgement("correct", claim.key, by, at, encode(changes).decode(), claim)


def added(report: Report, span: Span, kind: str, given: Mapping[str, str], *, by: str, words: Words, quotable: bool = True, near: Sequence[Span] = ()) -> Claim:
    """A claim that the reader missed, at these words of the report: score 1.0, `because` tells who added it.

    `near` are stretches in which the words of names are looked for first. Raises JudgementRefused where the span is not in the text, names
    no words of it, or says nothing.
    """
    stands = span.of(report.text)
    if not 0 <= span.start < span.end <= len(report.text) or not stands.strip():
        raise JudgementRefused(f"{span.start}-{span.end} are no words of report {report.id}, which has {len(report.text)} characters; select words of its text")
    filled = fillers(kind, given, words)
    at = (*near, span)
    own = {slot: _standing(report, at, slot, value, are_texts=holds_texts(kind, slot)) for slot, value in filled.items() if slot not in COMMON}
    if not any(value not in ((), None) for value in own.values()):
        raise JudgementRefused(f"a claim of kind {kind} says nothing without a slot; give one of {', '.join(slots(kind))}")
    said: Proposition = msgspec.convert({"kind": kind, **{slot: _plain(value) for slot, value in own.items() if value is not None}}, Proposition)
    voices = chain((Voice(report.outlet),), given.get("chain", ""))
    for name in (name for voice in voices[1:] for name in (voice.name, voice.speaks_for) if name):
        _found(report, at, "chain", name)
    made = Claim(
        key="",
        report=report.id,
        evidence=evidence(report.text, span),
        chain=voices,
        act=act(given.get("act", "asserts")),
        hedges=(),
        said=when("said", given.get("said", "")),
        when=when("when", given.get("when", "")),
        proposition=said,
        score=1.0,
        because=f"added by {_person(by)}",
        modality=modality(given.get("modality", "actual")),
        quotable=quotable,
    )
    return msgspec.structs.replace(made, key=claim_key(made))


def add(claim: Claim, *, by: str, at: dt.datetime) -> Judgement:
    """The report says this too."""
    return _judgement("add", claim.report, by, at, encode(claim).decode(), claim)


def merge(one: str, other: str, *, by: str, at: dt.datetime) -> Judgement:
    """The two (actors, or claims of one event) are one. Raises JudgementRefused for one thing given twice."""
    return _judgement("merge", one, by, at, _second(one, other))


def split(one: str, other: str, *, by: str, at: dt.datetime) -> Judgement:
    """The two (actors, or claims of one event) are two. Raises JudgementRefused for one thing given twice."""
    return _judgement("split", one, by, at, _second(one, other))


def grade(about: str, value: str, *, by: str, at: dt.datetime, of: Claim | None = None) -> Judgement:
    """A person's grade of a claim ("B2"), or of a source ("B"). Raises JudgementRefused for another grade."""
    given = value.strip().upper()
    if of is not None and not _CLAIM_GRADE.fullmatch(given):
        raise JudgementRefused(f"grade {value!r} of claim {about}: expected a letter A to F for the source and a digit 1 to 6 for the information, such as B2")
    if of is None and not _SOURCE_GRADE.fullmatch(given):
        raise JudgementRefused(f"grade {value!r} of {about}: expected a letter A to F for a source; the digit 1 to 6 is for what it says, claim by claim")
    return _judgement("grade", about, by, at, given, of)


def comment(about: str, words: str, *, by: str, at: dt.datetime, of: Claim | None = None) -> Judgement:
    """A remark, which changes nothing. Raises JudgementRefused for an empty one."""
    if not words.strip():
        raise JudgementRefused(f"the comment on {about} is empty; write what there is to say")
    return _judgement("comment", about, by, at, words.strip(), of)


def undo(judgement: Judgement, *, by: str, at: dt.datetime) -> Judgement:
    """The judgement is taken back. Raises JudgementRefused for one that takes another back."""
    if judgement.decision == "withdraw":
        raise JudgementRefused(f"judgement {judgement.key} takes another back and cannot be undone; decide anew instead")
    return _judgement("withdraw", judgement.key, by, at, None)


def anchor(claim: Claim) -> Anchor:
    """Where a claim stands in its report and what it says."""
    at = claim.evidence
    return Anchor(
        report=claim.report,
        start=at.start,
        end=at.end,
        quote=at.quote,
        kind=claim.kind,
        act=claim.act,
        voice=origin(claim.chain).name if claim.chain else None,
        said=claim.proposition,
    )


def corrections(judgement: Judgement) -> list[Correction]:
    """What a correction changes. Raises JudgementRefused where its value is something else."""
    try:
        return msgspec.json.decode(judgement.value or "", type=list[Correction])
    except msgspec.MsgspecError as error:
        raise JudgementRefused(f"judgement {judgement.key} is no correction of a claim ({error}); undo it and correct anew") from error


def corrected(claim: Claim, changes: Sequence[Correction]) -> Claim:
    """The claim as corrected, under its own key. Raises JudgementRefused where a value does not fit its slot."""
    plain: Any = _plain(claim)
    for change in changes:
        holder = plain if change.slot in COMMON else plain["proposition"]
        holder.pop(change.slot, None)
        if change.now is not None or change.slot in ("when", "said"):
            holder[change.slot] = change.now
    try:
        return msgspec.convert(plain, Claim)
    except msgspec.ValidationError as error:
        raise JudgementRefused(f"claim {claim.key} cannot be corrected so: {error}; give another value") from error


def added_claim(judgement: Judgement) -> Claim:
    """The claim that a judgement adds. Raises JudgementRefused where its value is something else."""
    try:
        return msgspec.json.decode(judgement.value or "", type=Claim)
    except msgspec.MsgspecError as error:
        raise JudgementRefused(f"judgement {judgement.key} adds no claim ({error}); undo it and add anew") from error


def told(judgement: Judgement) -> str:
    """What a judgement says beside its decision, in words: the slots corrected, the claim added, the grade, reason or comment; may be empty."""
    try:
        if judgement.decision == "correct" and judgement.anchor:
            return "; ".join(f"{one.slot} was {worded(one.was)}, is {worded(one.now)}" for one in corrections(judgement))
        if judgement.decision == "add":
            made = added_claim(judgement)
            return f"{made.kind} claim {made.key}"
    except JudgementRefused:
        return judgement.value or ""
    return judgement.value or ""


def worded(value: object) -> str:
    """A plain JSON value as words."""
    if isinstance(value, list | tuple):
        return ", ".join(worded(one) for one in value) or "empty"
    if isinstance(value, dict):
        if "act" in value:
            ties = ", ".join(worded(value[tie]) for tie in ("party", "places") if value.get(tie))
            return f"{value['act']} [{ties}]" if ties else str(value["act"])
        named = value.get("words") or value.get("name") or "unnamed"
        return f"{named} ({value['name']})" if "words" in value and value.get("name") not in (None, named) else str(named)
    return "empty" if value is None else str(value)


def _judgement(decision: Decision, about: str, by: str, at: dt.datetime, value: str | None, of: Claim | None = None) -> Judgement:
    who, when_ = _person(by), at if at.tzinfo else at.replace(tzinfo=dt.UTC)
    return Judgement(
        key=content_key("judgement", about, decision, who, when_, value),
        about=about,
        decision=decision,
        by=who,
        at=when_,
        value=value,
        anchor=msgspec.UNSET if of is None else anchor(of),
    )


def _person(by: str) -> str:
    who = " ".join(by.split())
    if not who:
        raise JudgementRefused("nobody is named who decides; give a name, as in --by Ada, or set `by` in the settings")
    return who


def _second(one: str, other: str) -> str:
    if one == other:
        raise JudgementRefused(f"{one} is one thing already; name two")
    return other


def _held(claim: Claim, slot: str) -> object:
    if slot in COMMON:
        return getattr(claim, slot)
    said = claim.proposition
    return getattr(said, said.__struct_fields__[said.__struct_encode_fields__.index(slot)])


def _plain(value: object) -> Any:
    """The value as plain JSON."""
    return msgspec.json.decode(encode(value))


def _placed(claim: Claim, slot: str, value: object) -> object:
    """The filler with its words where they stand: as the claim has them, else where the evidence first has them. Breaks between words count as blanks."""
    if not isinstance(value, tuple):
        return value
    held = _held(claim, slot)
    before = held if isinstance(held, tuple) else ()
    terms = {one_line(one.act): one for one in before if isinstance(one, Term)}
    names = [one for one in before if isinstance(one, Mention)] + [one for term in terms.values() for one in (term.party, *term.places) if one is not None]
    known = {one_line(one.words): one for one in reversed(names)}
    texts = {one_line(one): one for one in before if isinstance(one, str)}

    def at(one: object) -> object:
        if isinstance(one, Mention):
            return _at(claim, one, known.get(one_line(one.words)))
        if isinstance(one, Term):
            act_words = terms[one_line(one.act)].act if one_line(one.act) in terms else one.act
            return msgspec.structs.replace(one, act=act_words, party=at(one.party), places=tuple(at(place) for place in one.places))
        return texts.get(one_line(one), one) if isinstance(one, str) else one

    return tuple(at(one) for one in value)


def _at(claim: Claim, mention: Mention, known: Mention | None) -> Mention:
    if known is not None:
        # The key goes with the name: one that the person left as it was keeps it.
        key = mention.key or (known.key if mention.name == known.name else None)
        return msgspec.structs.replace(mention, words=known.words, span=known.span, key=key)
    found = _stands(claim.evidence.quote, mention.words)
    at = claim.evidence.start
    return msgspec.structs.replace(mention, words=found[0], span=Span(at + found.start(), at + found.end())) if found else mention


def _standing(report: Report, at: Sequence[Span], slot: str, value: object, *, are_texts: bool = False) -> Any:
    """The filler with its words found in the text, and as it has them. Raises JudgementRefused for words that are not there."""
    if isinstance(value, tuple):
        return tuple(_standing(report, at, slot, one, are_texts=are_texts) for one in value)
    if isinstance(value, Mention):
        span = _found(report, at, slot, value.words)
        return msgspec.structs.replace(value, words=span.of(report.text), span=span)
    if isinstance(value, Term):
        found = _found(report, at, slot, value.act).of(report.text)
        return Term(found, _standing(report, at, slot, value.party), _standing(report, at, slot, value.places))
    if isinstance(value, Figure):
        _found(report, at, slot, value.words)
    return _found(report, at, slot, value).of(report.text) if are_texts and isinstance(value, str) else value


def _found(report: Report, at: Sequence[Span], slot: str, words: str) -> Span:
    for stretch in (*at, Span(0, len(report.text))):
        if found := _stands(report.text, words, stretch):
            return Span(*found.span())
    raise JudgementRefused(
        f"{slot}: {words!r} does not stand in report {report.id}; give the words as the text has them, and another name after them, as in {slot}=WORDS=NAME"
    )


def _stands(text: str, words: str, at: Span | None = None) -> re.Match[str] | None:
    """Where the words first stand in a stretch of the text, a break between two of them taken for a blank; nothing where they do not."""
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    return pattern.search(text, *((at.start, at.end) if at else ())) if words.strip() else None
