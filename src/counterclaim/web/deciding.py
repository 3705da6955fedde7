"""What a reviewer sends to judgements kept in the record, and judgements to what the queue says of them.

The one place where the pages write decisions about claims and actors; what they come to is `reconcile/judged.py`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from counterclaim.core.claim import KINDS, Claim, Term
from counterclaim.core.figure import Figure
from counterclaim.core.judgement import Decision, Judgement
from counterclaim.core.mention import Mention
from counterclaim.core.span import Span
from counterclaim.errors import NotFound
from counterclaim.reconcile.decisions import standing_judgements
from counterclaim.reconcile.judging import told
from counterclaim.record import Record
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
    """A slot of a claim as a person writes it: its name and the words in it, several parted by semicolons."""

    name: str
    words: str


def accept(record: Record, key: str, *, by: str) -> Judgement:
    """Say that a claim stands as it was read. Raises NotFound."""
    return record.accept(key, by=by)


def reject(record: Record, key: str, reason: str, *, by: str) -> Judgement:
    """Say that the report does not say this. Raises NotFound."""
    return record.reject(key, reason or REJECTED, by=by)


def correct(record: Record, key: str, given: Mapping[str, str], *, by: str) -> Judgement:
    """Say what a claim says instead: slots with the words that fill them. Raises NotFound, and Misasked where nothing differs."""
    found = next((one for one in record.reviewed(key) if one.claim.key == key), None)
    if found is None:
        raise NotFound(f"no claim {key!r}; it may have been read anew")
    was = {slot.name: slot.words for slot in slots(found.effective or found.claim)}
    changes = {name: words.strip() for name, words in given.items() if name in was and words.strip() != was[name]}
    if not changes:
        raise Misasked("nothing was corrected: every slot says what it said; change one, or accept the claim")
    return record.correct(key, changes, by=by)


def add(record: Record, report: str, span: Span, kind: str, given: Mapping[str, str], *, by: str) -> Judgement:
    """Add a claim that the reader missed, at this place in the report. Raises NotFound, and Misasked for a place or kind that is none."""
    text = record.store.report(report).text
    if kind not in KINDS:
        raise Misasked(f"no kind {kind!r}; kinds are {', '.join(sorted(KINDS))}")
    if not 0 <= span.start < span.end <= len(text) or not text[span.start : span.end].strip():
        raise Misasked(f"{span.start} to {span.end} is no place in the text of {report}; select words of it")
    return record.add(report, span, kind, {name: words.strip() for name, words in given.items() if words.strip() and name in slot_names(kind)}, by=by)


def merge(record: Record, one: str, other: str, *, by: str) -> Judgement:
    """Say that two actors are one."""
    return record.merge(one, other, by=by)


def split(record: Record, one: str, other: str, *, by: str) -> Judgement:
    """Say that two actors are two."""
    return record.split(one, other, by=by)


def undo(record: Record, *, by: str) -> Judgement:
    """Take back the last decision of this person that stands, and say which it was. Raises NotFound where there is none."""
    last = last_of(record.store.judgements(), by)
    if last is None:
        raise NotFound(f"{by} has decided nothing that stands, so there is nothing to undo")
    record.undo(last.key, by=by)
    return last


def last_of(judgements: Iterable[Judgement], by: str) -> Judgement | None:
    """The last decision of this person that can be undone."""
    return next((one for one in standing_judgements(judgements) if one.by == by and one.decision in _UNDONE), None)


def said(one: Judgement) -> str:
    """`corrected by Ann, 2024-03-04 14:02: change was holds, is lost`."""
    words = told(one) if one.decision in ("correct", "reject", "grade", "comment") else ""
    return f"{_SAID.get(one.decision, one.decision)} by {one.by}, {one.at:%Y-%m-%d %H:%M}{f': {words}' if words else ''}"


def slot_names(kind: str) -> tuple[str, ...]:
    """The slots of a kind that are filled with words."""
    return tuple(field.encode_name for field in msgspec.structs.fields(KINDS[kind]) if not _holds_terms(field.type))


def slots(claim: Claim) -> tuple[Slot, ...]:
    """Every slot of a claim that words can fill, the open ones too."""
    values = {
        name: getattr(claim.proposition, field)
        for field, name in zip(claim.proposition.__struct_fields__, claim.proposition.__struct_encode_fields__, strict=True)
    }
    return tuple(Slot(name, _words(values[name])) for name in slot_names(claim.kind))


def _holds_terms(kind: object) -> bool:
    return Term in getattr(kind, "__args__", ())


def _words(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(_words(one) for one in value)
    if isinstance(value, Mention | Figure):
        return value.words
    return "" if value is None else str(value)
