"""Whom words are said to."""

from __future__ import annotations

from tests.attribute.cases import found


def test_whom_it_was_said_to() -> None:
    text = "The general told Harrow Wire that three soldiers were killed."
    (act,) = found(text)
    assert act.voice.addressee == "Harrow Wire"
