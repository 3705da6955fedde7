"""Markup of the shape of a page passes; what would keep a parser busy for minutes does not."""

from __future__ import annotations

import pytest

from counterclaim.read.shape import DEEPEST, MOST_ATTRIBUTES, why_misshapen
from tests.read.factories import web_page


@pytest.mark.parametrize(
    "markup",
    [
        web_page(""),
        "",
        "no markup at all: 1 < 2, a <b",
        "<p>" * 5_000,
        "<ul>" + "<li>item" * 5_000 + "</ul>",
        "<br>" * 5_000 + "<img src=x>" * 5_000,
        "<div>" * (DEEPEST // 2) + "</div>" * (DEEPEST // 2),
        # Unclosed emphasis is closed by the end of its paragraph's container.
        "<div><b>bold</div>" * 5_000,
        "<svg><path/></svg>" * 5_000,
        # Tags in scripts, comments, titles and attributes open nothing.
        "<script>" + "'<div>'" * 5_000 + "</script>",
        "<!--" + "<div>" * 5_000 + "-->",
        "<title>" + "<div>" * 5_000 + "</title>",
        '<p data-x="' + "<div>" * 5_000 + '">',
        f'<img src="data:image/png;base64,{"A" * 100_000}" alt="{"many words " * 5_000}">',
        "<p " + "a=1 " * (MOST_ATTRIBUTES - 1) + ">",
        "</div>" * 5_000,
    ],
)
def test_pages_pass(markup: str) -> None:
    assert why_misshapen(markup) is None


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        ("<div>" * 100_000, "nests more than 1,000"),
        ("<div>" * 100_000 + "</div>" * 100_000, "nests more than 1,000"),
        ("<b><i>" * 50_000, "nests more than 1,000"),
        ("<p " + " ".join(f"a{n}" for n in range(300)) + ">", "more than 256 attributes"),
        ("<p " + " ".join(f"a{n}='>'" for n in range(300)) + ">", "more than 256 attributes"),
    ],
)
def test_hostile_shapes_do_not(markup: str, why: str) -> None:
    assert why in (why_misshapen(markup) or "")


@pytest.mark.parametrize("markup", ["<" * 300_000, "<!--" * 100_000, "<script>" * 50_000, "<a b=' " * 50_000, "<a =" * 50_000, "<p\n" * 100_000])
def test_markup_without_end_is_gone_through_once(markup: str) -> None:
    why_misshapen(markup)
