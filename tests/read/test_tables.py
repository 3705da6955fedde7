"""Tables to reports, a row each: which column holds what, and what becomes of rows that are none."""

from __future__ import annotations

import datetime as dt

import pytest

from counterclaim.core.report import Received, Refusal
from counterclaim.read import Options
from counterclaim.read.columns import USUAL, mapping, placed
from tests.read.factories import reason, report, results, said

ROW = "The army left the town of Bara on Sunday."


def test_usual_names_of_columns_are_known() -> None:
    found = report(
        "d.csv", f'ID,Headline,Publish Date,Source,Link,Authors,Body\n7,Army leaves,2024-03-04T10:00:00,Harrow Wire,https://x.example/1,Ann Lee,"{ROW}"\n'
    )
    assert (found.id, found.title, found.outlet, found.url, found.author) == ("7", "Army leaves", "Harrow Wire", "https://x.example/1", "Ann Lee")
    assert found.published.day == dt.date(2024, 3, 4)
    assert found.text == ROW
    assert found.source == "d.csv:2"


def test_columns_can_be_named() -> None:
    data = f'text,x,y\nnot this,"{ROW}",Wire\n'
    found = report("d.csv", data, Options(columns=mapping("text=x,outlet=Y")))
    assert (found.text, found.outlet, found.id) == (ROW, "Wire", "d-2")


@pytest.mark.parametrize(
    ("words", "why"), [("", "nothing is said"), ("text", "expected WHAT=COLUMN"), ("words=x", "one of text"), ("text=a,text=b", "twice"), ("text=", "expected")]
)
def test_a_mapping_that_says_nothing_is_an_error(words: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        mapping(words)


def test_a_column_that_is_not_there_is_named_with_those_that_are() -> None:
    assert "no column is called 'body'; the first row of the table says 'text', 'title'" in reason(
        "d.csv", f"text,title\n{ROW},x\n", Options(columns=(("text", "body"),))
    )
    assert "--map text=COLUMN" in reason("d.csv", "a,b\n1,2\n")


@pytest.mark.parametrize("slot", USUAL)
def test_no_column_is_taken_twice(slot: str) -> None:
    found = placed([name for names in USUAL.values() for name in names], {slot: "Source"})
    assert len(set(found.values())) == len(found) == len(USUAL)


@pytest.mark.parametrize(("path", "sign"), [("d.csv", ","), ("d.csv", ";"), ("d.csv", "\t"), ("d.csv", "|"), ("d.tsv", "\t")])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_separators_and_encodings_are_told(path: str, sign: str, encoding: str) -> None:
    found = report(path, f"title{sign}text\r\nx{sign}The army’s “new” men left Bara.\r\n".encode(encoding))
    assert found.text == "The army’s “new” men left Bara."


def test_a_cell_may_hold_lines_and_quotation_marks() -> None:
    assert report("d.csv", 'text,title\n"The army\n\nleft ""Bara"", he said.",x\n').text == 'The army\n\nleft "Bara", he said.'


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("a,b,c", "3 cells where the first has 2"),
        ("a", "none for the text"),
        ("a,", "no text"),
        ('a,"opened', "quotation mark"),
        ("a," + "x" * 5_000, "larger than 3,000"),
        (
            f'"{"x" * 300}",El ejército dijo que sus tropas habían tomado la ciudad después de tres días' + " de combates con los rebeldes y los vecinos" * 6,
            "not English",
        ),
    ],
)
def test_a_bad_row_is_refused_and_the_next_is_read(row: str, why: str) -> None:
    found = results("d.csv", f"title,text\nx,{ROW}\n{row}\ny,{ROW} It did.\n", Options(largest=3_000))
    assert [type(item) for item in found] == [Received, Refusal, Received]
    bad, last = found[1:]
    assert isinstance(bad, Refusal)
    assert bad.source == "d.csv:3"
    assert why in bad.reason
    assert isinstance(last, Received)
    assert last.report.source == "d.csv:4"


def test_a_mark_that_is_never_closed_costs_its_own_row() -> None:
    rows = [f'x,"{ROW} Row {number}."' for number in range(20)]
    rows[5] = f'x,"{ROW}'
    found = results("d.csv", "title,text\n" + "\n".join(rows) + "\n")
    assert [item.source for item in found if isinstance(item, Refusal)] == ["d.csv:7"]
    assert sum(isinstance(item, Received) for item in found) == 19


def test_objects_with_other_names_are_read_alike() -> None:
    found = report(
        "d.jsonl",
        said(body=ROW, headline="Army leaves", date="Mon, 04 Mar 2024 10:00:00 GMT", source="Wire", link="https://x.example/1", authors=["Ann Lee", "Bo"]),
    )
    assert (found.text, found.title, found.outlet, found.url, found.author) == (ROW, "Army leaves", "Wire", "https://x.example/1", "Ann Lee, Bo")
    assert found.published.day == dt.date(2024, 3, 4)
    assert report("d.json", said(text="not this", x=ROW), Options(columns=(("text", "x"),))).text == ROW


@pytest.mark.parametrize("line", [said(x=ROW), said(body=5.5j.imag > 9), said(body=None)])
def test_an_object_without_a_text_says_what_was_expected(line: str) -> None:
    assert "expected one object" in reason("d.json", line)
