"""Rows to CSV."""

from __future__ import annotations

import pytest

from counterclaim.web.contexts import PositionRow, SourceRow
from counterclaim.web.tables import cell, table


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\nx", "'\nx"),
        ("a=1", "a=1"),
        (" =1", " =1"),
        ("", ""),
        (None, ""),
        (-1.5, "-1.5"),
        (3, "3"),
        (True, "yes"),
        (("=a", "b"), "'=a; b"),
        ((), ""),
        ((PositionRow(party="=x", says="y", interest="neutral", origins=1, reports=2, claims=()),), "'=x: y (2 reports, 1 origins)"),
    ],
)
def test_a_cell(value: object, written: str) -> None:
    assert cell(value) == written


def test_a_table_is_quoted_where_it_must_be_and_leaves_our_addresses_out() -> None:
    row = SourceRow(name='Harrow "Wire",\nKent', reports=1, claims=2, first=None, last="2024-03-04", at="/x")
    assert table(SourceRow, [row]) == b'name,reports,claims,first,last\r\n"Harrow ""Wire"",\nKent",1,2,,2024-03-04\r\n'
