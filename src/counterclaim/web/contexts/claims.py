"""Claims: in a list, and one with its derivation."""

from __future__ import annotations

import msgspec

from counterclaim.core.judgement import State
from counterclaim.web.contexts.findings import FindingRow
from counterclaim.web.contexts.names import LinkRow
from counterclaim.web.contexts.page import Context


class ClaimRow(msgspec.Struct, frozen=True, kw_only=True):
    """A claim in a list. `says` are its filled slots; `standing` are those of the findings it stands in."""

    key: str
    kind: str
    act: str
    voices: str
    says: str
    quote: str
    quotable: bool
    days: str
    said: str
    standing: tuple[str, ...]
    score: float
    report: str
    report_name: str
    at: str
    at_text: str


class VoiceRow(msgspec.Struct, frozen=True, kw_only=True):
    """A voice of a chain, outermost first."""

    name: str
    words: str | None
    speaks_for: str | None
    role: str | None
    cue: str | None
    manner: str | None
    medium: str | None
    source_type: str | None
    addressee: str | None


class EventRow(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened to a claim: it was read, withdrawn, judged."""

    at: str
    what: str
    hash: str


class Noted(msgspec.Struct, frozen=True, kw_only=True):
    """A person's judgement about a claim, with what it says in words; `stands` is false for one that was taken back."""

    decision: str
    by: str
    at: str
    value: str | None
    stands: bool


class ClaimPage(Context, frozen=True, kw_only=True):
    """A claim with its derivation, as people judged it; a rejected one as it was read.

    `version` stands for its state; a change sends it back, so that none is made on a stale page.
    """

    claim: ClaimRow
    state: State
    before: str
    after: str
    slots: tuple[tuple[str, str], ...]
    chain: tuple[VoiceRow, ...]
    hedges: tuple[str, ...]
    modality: str
    because: str
    interest: str | None
    dated: str | None
    when_words: str | None
    said_words: str | None
    refutes: str | None
    refutes_at: str | None
    derived_from: str | None
    links: tuple[LinkRow, ...]
    findings: tuple[FindingRow, ...]
    judgements: tuple[Noted, ...]
    events: tuple[EventRow, ...]
    version: str
