from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.publish.cells import BOM, Value, as_written, cell, csv_bytes, neutral


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ('=HYPERLINK("http://x","y")', '\'=HYPERLINK("http://x","y")'),
        ("+1 to all", "'+1 to all"),
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("a=1", "a=1"),
        ("'tis", "'tis"),
        ("a\x00b\x1bc", "a b c"),
        ("", ""),
    ],
)
def test_a_cell_that_begins_like_a_formula_is_marked(words: str, shown: str) -> None:
    assert neutral(words) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (-1.5, "-1.5"),
        (-3, "-3"),
        (14.0, "14"),
        (0, "0"),
        (None, ""),
        (True, "true"),
        (dt.date(2025, 6, 10), "2025-06-10"),
        (("a", "=b"), "a | =b"),
        (("=b", "a"), "'=b | a"),
        ((), ""),
    ],
)
def test_numbers_stay_numbers_and_days_are_iso(value: Value, shown: str) -> None:
    assert cell(value) == shown


@given(st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")) | st.sampled_from("'=+-@\t"), max_size=30))
def test_what_was_marked_reads_back(words: str) -> None:
    assert as_written(neutral(words)) == words
    assert not neutral(words).startswith(("=", "+", "-", "@", "\t"))


@given(st.lists(st.lists(st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), max_size=12), min_size=2, max_size=2), max_size=6))
def test_rows_read_back_equal(rows: list[list[str]]) -> None:
    data = csv_bytes([["one", "two"]], rows).decode()
    found = list(csv.reader(io.StringIO(data, newline="")))
    assert found[0] == ["one", "two"]
    assert [[as_written(one) for one in row] for row in found[1:]] == rows


def test_line_ends_and_quotes_stay_in_their_cell() -> None:
    data = csv_bytes([["a", "b"]], [('say "x",\nthen', "y")])
    assert list(csv.reader(io.StringIO(data.decode(), newline="")))[1] == ['say "x",\nthen', "y"]


def test_the_mark_before_utf8_only_on_demand() -> None:
    assert csv_bytes([["Ä"]], [("é",)]) == "Ä\r\né\r\n".encode()
    assert csv_bytes([["Ä"]], [("é",)], bom=True) == BOM + "Ä\r\né\r\n".encode()
