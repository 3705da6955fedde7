"""Who speaks: voices, and chains of them from the outlet to the origin."""

from __future__ import annotations

from typing import Literal

import msgspec

from counterclaim.core.span import Span

Manner = Literal["direct", "indirect", "mixed", "narration"]
SourceType = Literal["official", "belligerent", "witness", "medical", "ngo", "un", "media", "expert", "document", "unnamed"]
Act = Literal["asserts", "denies", "doubts", "confirms", "cannot-verify", "proposes", "demands", "promises", "hopes", "expects"]


class Voice(msgspec.Struct, frozen=True, omit_defaults=True):
    """One voice of a chain. `name` is null for an unknown outlet or an unnamed source; `words` are the text's own.

    `span`, `cue_span` and `content` say where the source, the cue and what is said stand in the report.
    """

    name: str | None
    words: str | None = None
    speaks_for: str | None = None
    role: str | None = None
    cue: str | None = None
    manner: Manner | None = None
    medium: str | None = None
    source_type: SourceType | None = None
    addressee: str | None = None
    span: Span | None = None
    cue_span: Span | None = None
    content: tuple[Span, ...] = ()


Chain = tuple[Voice, ...]


def origin(chain: Chain) -> Voice:
    """The innermost voice: who is said to have said it first."""
    return chain[-1]


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """One act of speech found in a report: who (source), the words that say so (cue), and what is said (content).

    `sentence` is the number of the sentence the cue stands in; `source` is null for an unnamed one. `carried` is true
    where the content is a quotation carried on from another sentence.
    """

    sentence: int
    source: Span | None
    cue: Span
    content: tuple[Span, ...]
    act: Act
    voice: Voice
    hedges: tuple[str, ...] = ()
    carried: bool = False
