"""What is taken from a JSON object, and what is wrong with one."""

from __future__ import annotations

import pytest

from counterclaim.errors import InputRefused
from counterclaim.read.records import as_utf8, record
from tests.read.factories import said


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"id": "a"}, "missing required field `text`"),
        ({"id": 5, "text": "b"}, "Expected `str | null`, got `int` - at `$.id`"),
        ({"id": "", "text": "b"}, "its id has 0 characters"),
        ({"id": "  ", "text": "b"}, "not all of them spaces"),
        ({"id": "x" * 201, "text": "b"}, "its id has 201 characters"),
        ({"id": "a\nb", "text": "b"}, "control character"),
        ({"id": "a", "text": ["b"]}, "$.text"),
        ({"id": "a", "text": "b", "title": 5}, "$.title"),
    ],
)
def test_what_is_wrong_is_named(fields: dict[str, object], why: str) -> None:
    with pytest.raises(InputRefused, match=r"^f: ") as error:
        record("f", said(**fields).encode())
    assert why in error.value.reason


@pytest.mark.parametrize("id_", ["a", "x" * 200, "wires/day 1", "Пост-1"])
def test_ids_are_taken_as_given(id_: str) -> None:
    assert record("f", said(id=id_, text="b").encode()).id == id_


@pytest.mark.parametrize(("published", "written"), [("2023-05-24", "2023-05-24"), (20230524, "20230524"), (None, "null"), ([1], "[1]")])
def test_a_date_of_any_shape_does_not_stop_the_text(published: object, written: str) -> None:
    assert record("f", said(text="b", published=published).encode()).written_date == written


@pytest.mark.parametrize(
    ("data", "clean"),
    [
        (rb'"\ud800"', rb'"\ufffd"'),
        (rb'"\uDC00x\ud83d"', rb'"\ufffdx\ufffd"'),
        (rb'"\ud83d\ude00"', rb'"\ud83d\ude00"'),  # a whole pair
        (rb'"\\ud800"', rb'"\\ud800"'),  # a backslash, then letters
        (b'\xef\xbb\xbf"a"', b'"a"'),
        ('"é"'.encode("utf-16"), '"é"'.encode()),
    ],
)
def test_json_is_made_whole(data: bytes, clean: bytes) -> None:
    assert as_utf8(data) == clean
