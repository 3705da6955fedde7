"""Written dates, and the days that pages give."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from lxml import html  # type: ignore[import-untyped, unused-ignore]

from counterclaim.read.dates import day_of, day_of_page, day_written

DAY = dt.date(2021, 9, 6)


@pytest.mark.parametrize(
    "written",
    [
        "2021-09-06",
        "20210906",
        " 2021-09-06 ",
        "2021-09-06T14:30:00Z",
        "2021-09-06T23:30:00.123+04:30",
        "2021-09-06 14:30",
        "20210906T143000Z",
        "2021-09-06T14",
    ],
)
def test_year_first_is_a_date(written: str) -> None:
    assert day_of(written) == DAY


@pytest.mark.parametrize(
    "written", [None, "", "null", "06/09/2021", "6 September 2021", "2021-9-6", "2021-13-01", "2021-02-30", "2021-0906", "0000-01-01", "2021", "tomorrow"]
)
def test_anything_else_is_none(written: str | None) -> None:
    assert day_of(written) is None


def tree(head: str, body: str = "") -> Any:
    return html.document_fromstring(f"<html><head><title>t</title>{head}</head><body><p>p</p>{body}</body></html>")


@pytest.mark.parametrize(
    ("head", "body", "url"),
    [
        ('<meta property="article:published_time" content="2021-09-06T10:00:00Z">', "", None),
        ('<meta name="DC.date.issued" content="2021-09-06">', "", None),
        ('<meta itemprop="datePublished" content="2021-09-06">', "", None),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2021-09-06T01:00"}</script>', "", None),
        ("", '<time datetime="2021-09-06T10:00">Monday</time>', None),
        ("", '<time datetime="2020-01-01">related</time><time itemprop="datePublished" datetime="2021-09-06">Monday</time>', None),
        ("", "", "https://x.example/2021/09/06/bara"),
    ],
)
def test_pages_give_their_day(head: str, body: str, url: str | None) -> None:
    assert day_of_page(tree(head, body), url) == DAY


@pytest.mark.parametrize(
    ("head", "body", "url"),
    [
        ('<meta property="article:modified_time" content="2021-09-06">', "", None),
        # Two days and no mark: either may be that of a related story.
        ("", '<time datetime="2021-09-06">a</time><time datetime="2021-09-07">b</time>', None),
        # Words are for other stages.
        ("", "<p>Published on 2021-09-06.</p>", None),
        ('<meta name="date" content="06/09/2021">', "", "https://x.example/2021/45/06/"),
    ],
)
def test_what_does_not_give_the_day_of_publication(head: str, body: str, url: str | None) -> None:
    assert day_of_page(tree(head, body), url) is None


@pytest.mark.parametrize(
    "written",
    ["2024-03-04T10:00:00Z", "Mon, 04 Mar 2024 23:59:00 -0500", "4 March 2024", "March 4, 2024", "Monday 4 Mar. 2024 10:00", "04-Mar-2024", "Mar 04 2024"],
)
def test_a_day_written_so_that_it_cannot_be_misread(written: str) -> None:
    assert day_written(written) == dt.date(2024, 3, 4)


@pytest.mark.parametrize("written", [None, "", "04/03/2024", "31 February 2024", "March 2024", "4 Marchpane 20245", "the 4th"])
def test_a_day_that_could_be_another_is_none(written: str | None) -> None:
    assert day_written(written) is None
