"""A name or description as it stands in a text; what it names is a Link, kept beside it."""

from __future__ import annotations

import msgspec

from counterclaim.core.span import Span


class Mention(msgspec.Struct, frozen=True, omit_defaults=True):
    """The words that fill a slot. `name` and `key` are written on export, from the links; a stored claim has the words alone.

    `span` says where the words stand, when they stand in the report.
    """

    words: str
    name: str | None = None
    key: str | None = None
    span: Span | None = None


class Name(msgspec.Struct, frozen=True, gc=False):
    """A proper name found in a text, with the kind of thing it names (the worldwide newswire types)."""

    span: Span
    kind: str


class Reference(msgspec.Struct, frozen=True):
    """What a pronoun or description refers back to: the antecedent, or candidates when more than one is left."""

    span: Span
    antecedent: Span | None
    candidates: tuple[Span, ...] = ()
    because: str = ""
