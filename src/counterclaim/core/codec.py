"""Core values to JSON and back: canonical bytes, content keys, and the JSON Schema of the record format."""

from __future__ import annotations

import hashlib
from typing import Any, TypeVar

import msgspec

from counterclaim.core.claim import Claim
from counterclaim.core.finding import Finding

FORMAT_VERSION = 1

T = TypeVar("T")
_ENCODER = msgspec.json.Encoder(order="sorted")


def encode(value: object) -> bytes:
    """Canonical JSON: UTF-8, sorted keys, no spaces; equal values give equal bytes."""
    return _ENCODER.encode(value)


def decode(data: bytes | str, as_type: type[T]) -> T:
    """The value of this type that the JSON holds. Raises `msgspec.ValidationError` where it does not."""
    return msgspec.json.decode(data, type=as_type)


def key(*parts: object) -> str:
    """A content key: 20 hexadecimal digits that depend on nothing but the parts."""
    return hashlib.blake2b(encode(parts), digest_size=10).hexdigest()


def claim_key(claim: Claim) -> str:
    """The key of a claim: its report, evidence, chain, act, time and proposition; scores and links do not count."""
    said = [(voice.name, voice.words, voice.cue) for voice in claim.chain]
    return key("claim", claim.report, claim.evidence.start, claim.evidence.end, said, claim.act, claim.when, claim.proposition)


def schema() -> dict[str, Any]:
    """The JSON Schema of the record format: a claim or a finding a line."""
    (claim, finding), parts = msgspec.json.schema_components([Claim, Finding], ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"counterclaim record, version {FORMAT_VERSION}",
        "anyOf": [claim, finding],
        "$defs": parts,
    }
