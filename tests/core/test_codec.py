"""Canonical JSON, content keys and the schema of the record format."""

from __future__ import annotations

import msgspec
import pytest

from counterclaim.core.claim import KINDS, Casualties, Claim, Control
from counterclaim.core.codec import claim_key, decode, encode, key, schema
from counterclaim.core.figure import Figure
from counterclaim.core.mention import Mention
from counterclaim.core.span import Span, evidence
from counterclaim.core.voice import Voice


def _claim(**changes: object) -> Claim:
    text = "Rebels took Arvad."
    claim = Claim(
        key="",
        report="r",
        evidence=evidence(text, Span(0, len(text))),
        chain=(Voice(name="Wire"),),
        act="asserts",
        hedges=(),
        said=None,
        when=None,
        proposition=Control(place=(Mention("Arvad"),), holder=(Mention("Rebels"),), change="captured"),
        score=0.5,
        because="test",
    )
    return msgspec.structs.replace(claim, **changes)


def test_seventeen_kinds_are_told_apart() -> None:
    assert len(KINDS) == 17
    for kind, cls in KINDS.items():
        assert msgspec.to_builtins(cls())["kind"] == kind


def test_keys_name_content_alone() -> None:
    claim = _claim()
    assert claim_key(claim) == claim_key(_claim(score=0.9, because="another rule"))
    assert claim_key(claim) != claim_key(_claim(act="denies"))
    assert claim_key(claim) != claim_key(_claim(chain=(Voice(name="Post"),)))
    assert len(key("anything")) == 20


def test_dates_and_slots_have_the_formats_names() -> None:
    written = msgspec.json.decode(encode(_claim(proposition=Control(except_=(Mention("Kesh"),)))))
    assert written["proposition"] == {"except": [{"words": "Kesh"}], "kind": "control"}


def test_an_unknown_kind_is_refused() -> None:
    data = encode(_claim()).replace(b'"kind":"control"', b'"kind":"rumour"')
    with pytest.raises(msgspec.ValidationError):
        decode(data, Claim)


def test_an_unsplit_union_keeps_its_harms() -> None:
    union = Casualties(harm=("killed", "surrendered", "captured"), count=Figure(1000, None, "At least 1,000"))
    assert decode(encode(union), Casualties) == union


def test_schema_names_every_kind() -> None:
    text = msgspec.json.encode(schema()).decode()
    assert all(f'"{kind}"' in text for kind in KINDS)


def test_the_kind_of_a_claim_is_its_propositions() -> None:
    assert _claim().kind == "control"
