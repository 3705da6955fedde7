"""Any string becomes a text that can be stored, one character for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.read.plain import alike, one_line, plain, plain_in_place, web_address

ANY = st.text(st.one_of(st.characters(), st.sampled_from("\r\n\x00\ud800\udfff\x0c\t")))


@given(ANY)
def test_what_is_stored_can_be_written_and_has_one_kind_of_line_end(text: str) -> None:
    for stored in (plain(text), plain_in_place(text)):
        stored.encode()
        assert not {chr(code) for code in range(32) if chr(code) not in "\n\t"} & set(stored)
        assert plain(stored) == stored


@given(ANY)
def test_in_place_no_offset_moves(text: str) -> None:
    stored = plain_in_place(text)
    assert len(stored) == len(text)
    assert all(new == old or new in " \n\ufffd" for old, new in zip(text, stored, strict=True))


@pytest.mark.parametrize(("words", "line"), [(" Bara \n falls\x00", "Bara falls"), ("", None), (" \n", None), (None, None)])
def test_one_line(words: str | None, line: str | None) -> None:
    assert one_line(words) == line


@pytest.mark.parametrize(("one", "other", "same"), [("Bara  falls", "BARA FALLS ", True), ("Bara falls", "Bara falls.", False)])
def test_alike(one: str, other: str, same: bool) -> None:
    assert alike(one, other) is same


@pytest.mark.parametrize(
    ("words", "address"),
    [
        (" https://x.example/a ", "https://x.example/a"),
        ("HTTP://x.example", "HTTP://x.example"),
        ("javascript:alert(1)", None),
        ("https://x.example/a b", None),
        ("https://x.example/\ud800", None),
        ("/a", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_are_kept(words: str | None, address: str | None) -> None:
    assert web_address(words) == address
