"""What a reviewer sends to judgements kept in the record, and judgements to what the queue says of them.

The one place where the pages write decisions about claims and actors; what they come to is `reconcile/judged.py`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from counterclaim.core.claim import KINDS, Claim
from counterclaim.core.judgement import Decision, Judgement
from counterclaim.core.span import Span
from counterclaim.errors import NotFound
from counterclaim.reconcile import filling
from counterclaim.reconcile.decisions import standing_judgements
from counterclaim.reconcile.judging import told
from counterclaim.record import Record, Versions
from counterclaim.web.errors import Misasked

# What is said where a claim is rejected without a word.
REJECTED = "the report does not say this"
# What can be undone from the queue.
_UNDONE: frozenset[Decision] = frozenset({"accept", "correct", "reject", "add", "merge", "split"})
_SAID: Mapping[str, str] = {
    "accept": "accepted",
    "correct": "corrected",
    "reject": "rejected",
    "add": "added",
    "merge": "made one",
    "split": "kept two",
    "grade": "graded",
    "comment": "remarked on",
}


class Slot(msgspec.Struct, frozen=True):
    """A slot of a claim as a person writes it: its name and the words in it, several parted by semicolons; `terms` says that each is on a line."""

    name: str
    words: str
    terms: bool = False


def accept(record: Record, key: str, *, by: str, seen: Versions) -> Judgement:
    """Say that a claim stands as it was read. `seen`, here and below, is what was looked at. Raises NotFound, and Stale where that changed."""
    return record.accept(key, by=by, expecting=seen)


def reject(record: Record, key: str, reason: str, *, by: str, seen: Versions) -> Judgement:
    """Say that the report does not say this. Raises NotFound, and Stale."""
    return record.reject(key, reason or REJECTED, by=by, expecting=seen)


def correct(record: Record, key: str, given: Mapping[str, str], *, by: str, seen: Versions) -> Judgement:
    """Say what a claim says instead: slots with the words that fill them. Raises NotFound, Stale, and Misasked where nothing differs."""
    found = next((one for one in record.reviewed(key) if one.claim.key == key), None)
    if found is None:
        raise NotFound(f"no claim {key!r}; it may have been read anew")
    was = {slot.name: slot.words for slot in slots(found.effective or found.claim)}
    sent = {name: "\n".join(words.split("\r\n")).strip() for name, words in given.items()}
    changes = {name: words for name, words in sent.items() if name in was and words != was[name]}
    if not changes:
        raise Misasked("nothing was corrected: every slot says what it said; change one, or accept the claim")
    return record.correct(key, changes, by=by, expecting=seen)


def add(record: Record, report: str, span: Span, kind: str, given: Mapping[str, str], *, by: str) -> Judgement:
    """Add a claim that the reader missed, at this place in the report. Raises NotFound, and Misasked for a place or kind that is none."""
    text = record.store.report(report).text
    if kind not in KINDS:
        raise Misasked(f"no kind {kind!r}; kinds are {', '.join(sorted(KINDS))}")
    if not 0 <= span.start < span.end <= len(text) or not text[span.start : span.end].strip():
        raise Misasked(f"{span.start} to {span.end} is no place in the text of {report}; select words of it")
    return record.add(report, span, kind, {name: words.strip() for name, words in given.items() if words.strip() and name in slot_names(kind)}, by=by)


def merge(record: Record, one: str, other: str, *, by: str, seen: Versions) -> Judgement:
    """Say that two actors are one. Raises Stale."""
    return record.merge(one, other, by=by, expecting=seen)


def split(record: Record, one: str, other: str, *, by: str, seen: Versions) -> Judgement:
    """Say that two actors are two. Raises Stale."""
    return record.split(one, other, by=by, expecting=seen)


def undo(record: Record, *, by: str) -> Judgement:
    """Take back the last decision of this person that stands, and say which it was. Raises NotFound where there is none, and Stale."""
    last = last_of(record.store.judgements(), by)
    if last is None:
        raise NotFound(f"{by} has decided nothing that stands, so there is nothing to undo")
    record.undo(last.key, by=by, expecting={last.key: record.version(last.key)})
    return last


def last_of(judgements: Iterable[Judgement], by: str) -> Judgement | None:
    """The last decision of this person that can be undone."""
    return next((one for one in standing_judgements(judgements) if one.by == by and one.decision in _UNDONE), None)


def said(one: Judgement) -> str:
    """`corrected by Ann, 2024-03-04 14:02: change was holds, is lost`."""
    words = told(one) if one.decision in ("correct", "reject", "grade", "comment") else ""
    return f"{_SAID.get(one.decision, one.decision)} by {one.by}, {one.at:%Y-%m-%d %H:%M}{f': {words}' if words else ''}"


def slot_names(kind: str) -> tuple[str, ...]:
    """The slots of a kind. Raises JudgementRefused for what is no kind."""
    return filling.slots(kind)


def open_slots(kind: str) -> tuple[Slot, ...]:
    """The slots of a kind, to be filled."""
    return tuple(Slot(name, "", filling.holds_terms(kind, name)) for name in slot_names(kind))


def slots(claim: Claim) -> tuple[Slot, ...]:
    """Every slot of a claim as a person would write it, the open ones too."""
    values = (getattr(claim.proposition, field) for field in claim.proposition.__struct_fields__)
    return tuple(msgspec.structs.replace(slot, words=filling.written(value)) for slot, value in zip(open_slots(claim.kind), values, strict=True))
