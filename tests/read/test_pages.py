"""Web pages become articles, headline first, with what the pages say of themselves."""

from __future__ import annotations

import datetime as dt

import pytest

from counterclaim.errors import InputRefused
from counterclaim.read.pages import Page, page
from counterclaim.read.sources import Around
from tests.read.factories import ENGLISH, web_page

ARTICLE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<title>Army leaves Bara | The Nile Standard</title>
<meta property="og:title" content="Army leaves Bara | The Nile Standard">
<meta property="og:site_name" content="The Nile Standard">
<meta property="article:published_time" content="2023-05-24">
<link rel="canonical" href="https://nile.example/army-leaves-bara">
<style>p { color: red }</style>
</head><body>
<nav><a href="/">Home</a> <a href="/army">With the army</a></nav>
<article><h1>Army leaves Bara</h1>
<p>The army said on Sunday that it had left Bara, a town of 40,000 people west of the river, after three days.</p>
<script>var hidden = "never in the text";</script>
<p>“We hold the bridge,” said <b>Colonel</b> José Muñoz.<br>He gave no date.</p>
<ul><li>Two trucks were left behind, the colonel said.</li><li>Nobody was hurt, he said.</li></ul>
<p>The rebels denied it and said the army had fled, leaving the wounded in the hospital of the town.</p>
</article>
<footer>© The Nile Standard. <a href="/privacy">Privacy</a></footer>
</body></html>"""


def read(markup: str | bytes) -> Page:
    return page("f.html", markup.encode() if isinstance(markup, str) else markup)


def reason(markup: str | bytes) -> str:
    with pytest.raises(InputRefused) as error:
        read(markup)
    return error.value.reason


def test_an_article_with_its_metadata() -> None:
    found = read(ARTICLE)
    assert (found.title, found.outlet, found.url) == ("Army leaves Bara", "The Nile Standard", "https://nile.example/army-leaves-bara")
    assert found.day == dt.date(2023, 5, 24)
    assert found.text.startswith("Army leaves Bara\n\nThe army said on Sunday")
    assert found.text.count("Army leaves Bara") == 1
    assert "“We hold the bridge,” said Colonel José Muñoz." in found.text
    assert "- Two trucks were left behind, the colonel said.\n- Nobody was hurt, he said." in found.text
    for unwanted in ("hidden", "color", "Privacy", "With the army", "<", "\r"):
        assert unwanted not in found.text


def test_paragraphs_are_parted_by_empty_lines() -> None:
    assert [line for line in read(web_page("")).text.split("\n\n") if line.startswith("The army said")] == [
        f"{ENGLISH} That was told by witness number {n}." for n in range(4)
    ]


def test_a_headline_that_is_only_in_the_metadata_opens_the_text() -> None:
    assert read(web_page("", "<title>Bara falls</title>")).text.startswith(f"Bara falls\n\n{ENGLISH}")


@pytest.mark.parametrize("declared", ["windows-1251", "iso-8859-2", "windows-1252", "utf-8"])
def test_the_declared_charset_is_heeded(declared: str) -> None:
    words = {"windows-1251": "Бахмут", "iso-8859-2": "Łódź"}.get(declared, "“José”")
    markup = web_page(f"<p>The last word of the mayor was {words} and nothing else at all.</p>", f'<meta charset="{declared}">')
    assert words in read(markup.encode(declared)).text


def test_the_older_form_of_declaration_is_heeded() -> None:
    markup = web_page("<p>The town of Łódź was quiet, he said.</p>", '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-2">')
    assert "Łódź" in read(markup.encode("iso-8859-2")).text


@pytest.mark.parametrize(
    "title",
    [
        "<title><script>alert(1)</script>Bara falls</title>",
        '<title>Bara falls</title><meta property="og:title" content="<script>alert(1)</script>Bara falls">',
        '<title>Bara falls</title><meta property="og:title" content="&lt;img src=x onerror=alert(1)&gt;Bara falls">',
        "<title>Bara <b>falls</b></title>",
    ],
)
def test_markup_in_a_title_does_not_stay(title: str) -> None:
    found = read(web_page("", title))
    assert found.title == "Bara falls"
    assert "alert" not in found.text


def test_an_address_that_runs_a_script_is_left_out() -> None:
    assert read(web_page("", '<link rel="canonical" href="javascript:alert(1)">')).url is None


@pytest.mark.parametrize(
    "markup",
    [
        web_page("<p>An unclosed paragraph <b>with bold <i>and both</p><p>Next").replace("</article></body></html>", ""),
        web_page("<p>A <a href='x>broken quotation</a> mark, and <<<>> < signs.</p>"),
        web_page("</div></div></article></p></table><p>After stray end tags.</p>"),
        "<p>" + ENGLISH + "<p>" + ENGLISH.replace("Bara", "Goma") + "<table><td>" + ENGLISH.replace("Bara", "Rokha"),
        "<html/>" + web_page(""),
        "\ufeff" + web_page(""),
        web_page("<p>A NUL \x00 and &#0; and &#1; and &#xd800; and &#x110000; and \x1b[0m.</p>"),
        web_page("<p {{ x }} y='" + "y" * 20_000 + "' \"z=1 @on=2 :if=3>Odd attributes.</p>"),
        web_page("<p title='&#1;'>Odd values.</p>"),
        web_page("<p>Not characters: \ufffe \uffff \x85 \u2028.</p>"),
    ],
)
def test_broken_markup_is_read(markup: str) -> None:
    text = read(markup).text
    assert "The army said on Sunday" in text
    assert not set("\x00\x01\x1b\r") & set(text)


def test_a_text_that_only_has_the_name_of_a_page_is_read() -> None:
    assert ENGLISH in read(ENGLISH).text


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        ("<div>" * 100_000 + "words" + "</div>" * 100_000, "nests more than"),
        # Past 256 levels the parser would drop the rest without a word.
        (web_page("<div>" * 300 + "deep words" + "</div>" * 300 + "<p>The end.</p>"), "nests too deep"),
        (web_page("<p>" + "long words " * 1_000_000 + "</p>"), "over 10 MB"),
        (web_page("<p " + " ".join(f"a{n}" for n in range(1_000)) + ">x</p>"), "attributes"),
        (web_page("<i></i>" * 100_001), "elements, at most 100,000"),
        ("<html><head><title>Bara falls</title></head><body></body></html>", "no article"),
        ("<script>only()</script>", "no article"),
        # A long value under a name that cannot be looked up.
        (web_page("<p {x='" + "y" * 20_000 + "'>Odd attributes.</p>"), "cannot be taken apart"),
        ("", "no text"),
        ("\x00\x01", "no text"),
    ],
)
def test_what_cannot_be_read_whole_is_refused(markup: str, why: str) -> None:
    assert why in reason(markup)


def test_a_page_with_very_many_elements_is_read_in_good_time() -> None:
    text = read(web_page("<p>" + "<em>He</em> said so. " * 8_000 + "</p>" + "<div>x</div>" * 8_000)).text
    assert "He said so. He said so." in text


def test_long_attributes_do_not_keep_the_extractor_busy() -> None:
    assert ENGLISH in read(web_page("", "<meta name='author' content='" + "<" * 300_000 + "'>")).text


def test_an_error_of_the_extractor_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr("counterclaim.read.pages.trafilatura.bare_extraction", broken)
    assert "cannot be taken apart (RecursionError)" in reason(ARTICLE)


def test_the_author_is_kept() -> None:
    found = page("a.html", web_page("", '<title>Bara</title><meta name="author" content="Ann Lee">').encode())
    assert found.author == "Ann Lee"


@pytest.mark.parametrize(
    ("href", "fetched", "url"),
    [
        ("https://x.example/story", "https://x.example/amp", "https://x.example/story"),
        ("/story", "https://x.example/amp/1", "https://x.example/story"),
        ("/story", None, None),
        ("javascript:alert(1)", "https://x.example/amp", None),
        ("//[", "https://x.example/amp", None),
    ],
)
def test_a_page_names_its_own_address(href: str, fetched: str | None, url: str | None) -> None:
    markup = web_page("", f'<link rel="canonical" href="{href}">').encode()
    assert page("a.html", markup, Around(url=fetched)).url == url
