"""PDF documents to text in the order it is read; locked, broken and wordless ones are refused."""

from __future__ import annotations

import datetime as dt

import pytest

from counterclaim.core.when import Published
from counterclaim.read import pdftext
from counterclaim.read.documents import document
from tests.read.factories import ENGLISH, reason, report
from tests.read.pdfs import Placed, lines, pdf

LEFT = [
    "The army said on Sunday that it had",
    "taken Bara. The rebels denied that,",
    "and said that their men were still in",
    "the town and would stay as long as",
]
RIGHT = [
    "they had to. Neither could be seen to",
    "be right. The market was closed and",
    "the roads out of the town were full of",
    "people who carried what they could.",
]
BOTH = " ".join(LEFT + RIGHT)


def text(*pages: list[Placed]) -> str:
    return report("d.pdf", pdf(pages)).text


def test_lines_make_a_paragraph_and_gaps_part_them() -> None:
    assert text(lines(LEFT) + lines(RIGHT, top=600)) == f"{' '.join(LEFT)}\n\n{' '.join(RIGHT)}"


def test_columns_are_read_one_after_the_other_whatever_the_order_of_the_file() -> None:
    title = [(20.0, 72.0, 750.0, "Situation Report No. 4")]
    assert text(title + lines(LEFT, top=700) + lines(RIGHT, x=330, top=700)) == f"Situation Report No. 4\n\n{BOTH}"
    mixed = [line for pair in zip(lines(LEFT, top=700), lines(RIGHT, x=330, top=700), strict=True) for line in pair]
    assert text(title + mixed) == f"Situation Report No. 4\n\n{BOTH}"


def test_rows_of_a_table_stay_rows() -> None:
    cells = [
        (11.0, x, y, word)
        for y, row in ((700.0, ("District", "Killed", "Fled")), (680.0, ("Bara", "12", "400")), (660.0, ("Kesh", "3", "90")))
        for x, word in zip((72.0, 200.0, 300.0), row, strict=True)
    ]
    assert text(lines([ENGLISH[:80]], top=750) + cells).endswith("District | Killed | Fled\n\nBara | 12 | 400\n\nKesh | 3 | 90")


def test_a_word_parted_at_the_end_of_a_line_is_one_word() -> None:
    assert text(lines(["The army said that the settle-", "ment was safe for every-", "body."])) == "The army said that the settlement was safe for everybody."


def test_a_paragraph_goes_on_over_the_page() -> None:
    assert text(lines(LEFT), lines(RIGHT)) == BOTH


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [
        [(9.0, 72.0, 770.0, "OCHA Situation Report 12 March"), *lines([f"The army left town {number}."]), (9.0, 300.0, 30.0, f"Page {number} of 4")]
        for number in range(1, 5)
    ]
    assert text(*pages) == "\n\n".join(f"The army left town {number}." for number in range(1, 5))


def test_a_page_with_very_many_lines_is_read_in_good_time() -> None:
    dots = [(4.0, float(x * 6), float(y * 6), "o") for y in range(130) for x in range(100)]
    assert document("d.pdf", pdf([dots])).text.count("o") == len(dots)


def test_items_of_a_list_are_paragraphs() -> None:
    assert (
        text(lines(["- The army left the town of Bara", "on Sunday.", "- The rebels came."]))
        == "- The army left the town of Bara on Sunday.\n\n- The rebels came."
    )


def test_what_the_document_tells_of_itself_is_kept() -> None:
    page = [(20.0, 72.0, 750.0, "Flash Update No. 3"), *lines([ENGLISH[:80], ENGLISH[80:], *LEFT], top=700)]
    found = report("s/d.pdf", pdf([page], "/Title (Flash update no. 3) /Author (OCHA) /CreationDate (D:20240304101500+02'00')"))
    assert (found.id, found.title, found.author) == ("s/d", "Flash update no. 3", "OCHA")
    assert found.published == Published(dt.date(2024, 3, 4), "metadata")


@pytest.mark.parametrize("title", ["Microsoft Word - draft 3.docx", "flash_3.pdf", "untitled", "", "---"])
def test_the_name_of_a_file_is_no_title(title: str) -> None:
    page = [(20.0, 72.0, 750.0, "Flash Update No. 3"), *lines(LEFT, top=700)]
    assert report("d.pdf", pdf([page], f"/Title ({title})")).title == "Flash Update No. 3"


@pytest.mark.parametrize("created", ["D:20241304", "D:2024", "yesterday", ""])
def test_a_day_that_is_none_is_none(created: str) -> None:
    assert report("d.pdf", pdf([lines([ENGLISH[:80]])], f"/CreationDate ({created})")).published == Published()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (pdf([lines([ENGLISH[:80]])], password=b"secret"), "locked with a password"),
        (pdf([lines([ENGLISH[:80]])])[:300], "damaged or cut off"),
        (pdf([[], []]), "no text in it (its pages are empty"),
        (b"", "nothing in it"),
        (ENGLISH.encode(), "no PDF document"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(data: bytes, why: str) -> None:
    assert why in reason("d.pdf", data)


def test_a_scan_is_told_from_an_empty_page() -> None:
    picture = "q 400 0 0 400 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q\n"
    assert "its pages are pictures" in reason("d.pdf", pdf([[]], filler=picture))


def test_another_language_is_refused() -> None:
    spanish = ["El ejército dijo que sus tropas habían tomado la ciudad"] * 8
    assert "not English" in reason("d.pdf", pdf([lines(spanish)]))


def test_the_program_imports_nothing_of_the_package() -> None:
    source = (pdftext.__file__ or "").removesuffix("c")
    with open(source, encoding="utf-8") as file:
        assert "import counterclaim" not in file.read()
