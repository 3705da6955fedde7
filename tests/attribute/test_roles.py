"""As what a voice speaks, and for whom."""

from __future__ import annotations

from tests.reading import reading


def test_a_lieutenant_colonel_speaks_for_the_army_and_for_no_lieutenant() -> None:
    text = "Lieutenant-Colonel Alan Mbusa, an army spokesman in Tarn, said the rebels had fired the shells."
    found = reading(text, reader="trained", outlet="Wire", published="2025-05-13").claims
    assert {(voice.speaks_for, voice.role) for claim in found for voice in claim.chain[1:]} == {("army", "spokesman")}
