"""A web page to the text of its article, headline first, with what the page says of itself."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from typing import Any
from urllib.parse import urljoin

import msgspec
import trafilatura
from lxml import etree  # type: ignore[import-untyped, unused-ignore]

from counterclaim.errors import InputRefused
from counterclaim.read.dates import day_of_page
from counterclaim.read.encodings import decoded
from counterclaim.read.markup import tree_of
from counterclaim.read.plain import alike, one_line, plain, web_address
from counterclaim.read.sources import Around

# Where a page says what it is written in: the first bytes, as browsers look there (they stop at 1,024).
_DECLARED = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_DECLARED_WITHIN = 4_096

LONGEST_ATTRIBUTE = 10_000
"""Longer attributes hold pictures or data, no words, and go before extraction: searches in them take time that grows
with the square of their length. With them goes the text that Discourse forums keep in an attribute: accepted."""

LONGEST_TITLE = 1_000
"""A longer title is cut from the metadata; what the article itself says stays whole."""

LARGE = 4_000
"""Elements of a page above which the second and third extractor (justext, readability) are not asked as well, and marks
of emphasis are taken out first: the time of both grows with the square of the elements (20,000 of them: half a minute,
4,000: one second). News pages have 300 to 3,000."""

MOST_ELEMENTS = 100_000
"""A page of more is refused: what is left grows with the square too, if slowly."""

_EMPHASIS = ("abbr", "b", "big", "em", "font", "i", "mark", "small", "span", "strong", "sub", "sup", "u")

# trafilatura's own search for dates guesses from the words, and up to today. Ours does neither and is used instead.
_ONLY_SURE_DATES = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Some generators close the page where they open it; libxml2 takes them at their word.
_CLOSED_AT_ONCE = re.compile(r"(<html\b[^<>]{0,1000}?)\s*/>", re.IGNORECASE)
_SCRIPT = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """The article of a web page, one paragraph after another, and what the page says of itself."""

    text: str
    title: str | None
    outlet: str | None
    author: str | None
    day: dt.date | None
    url: str | None


def page(name: str, data: bytes, around: Around = Around()) -> Page:  # noqa: B008 - a frozen value
    """Return the article on the page. Raises InputRefused when the page cannot be parsed whole or no article is found."""
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    markup = plain(decoded(name, data, around.charset or (declared[1].decode("ascii") if declared else None)))
    if not markup.strip():
        raise InputRefused(name, "there is no text in it")
    tree = tree_of(name, _CLOSED_AT_ONCE.sub(r"\1>", markup, count=1))
    elements = sum(1 for _ in tree.iter())
    if elements > MOST_ELEMENTS:
        raise InputRefused(name, f"the page has {elements:,} elements, at most {MOST_ELEMENTS:,} are read; save its words as text (.txt) and read that")
    named = next((link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()), None)
    try:
        found = _extracted(tree, is_large=elements > LARGE)
    except Exception as error:  # a page can bring any error out of an extractor, and must not stop a batch
        raise InputRefused(name, f"the page cannot be taken apart ({type(error).__name__}); save its words as text (.txt) and read that") from error
    if found is None or not (found.text or "").strip():
        raise InputRefused(name, "no article was found on the page; save its words as text (.txt) and read that")
    url, outlet = _canonical(named, found.url, around.url), _words(found.sitename)
    lines = [line.rstrip() for line in plain(found.text).split("\n") if line.strip()]
    title = _headline(tree, lines) or _words(found.title)
    if title and outlet:
        title = re.sub(rf"\s+[|–—·:-]\s+{re.escape(outlet)}$", "", title) or title
    return Page(text=_article(lines, title), title=title, outlet=outlet, author=_words(found.author), day=day_of_page(tree, url or around.url), url=url)


def _canonical(named: str | None, found: str | None, fetched: str | None) -> str | None:
    """Return the page's own address: the one it names, made whole by where it was fetched from; nothing where it names none."""
    whole = web_address(named) or web_address(found)
    if whole is None and named and fetched:
        try:
            whole = web_address(urljoin(fetched, named.strip()))
        except ValueError:  # brackets in the address that hold none
            whole = None
    return whole


def _allowed(words: str | None) -> str | None:
    """Return the words with a space for each character that a tree may hold but not be given (`&#1;` is one).

    The extractor gives up on a page, without a word, when it meets one.
    """
    return _FORBIDDEN.sub(" ", words) if words else words


def _extracted(tree: Any, *, is_large: bool) -> Any:
    """Return what trafilatura finds: a document with text and metadata, or nothing. May raise anything."""
    if is_large:
        etree.strip_tags(tree, *_EMPHASIS)
    for element in tree.iter():
        # Also makes one of the many pieces of text that are left: the extractor would look from each back at all others.
        element.text, element.tail = _allowed(element.text), _allowed(element.tail)
        for attribute, value in element.items():
            if len(value) > LONGEST_ATTRIBUTE or _FORBIDDEN.search(value):
                del element.attrib[attribute]
    return trafilatura.bare_extraction(tree, fast=is_large, with_metadata=True, include_comments=False, date_extraction_params=_ONLY_SURE_DATES)


def _headline(tree: Any, lines: list[str]) -> str | None:
    """Return the page's only main heading, when the article opens with it: what readers saw, where the metadata may differ."""
    if len(lines[0]) > LONGEST_TITLE:
        return None
    headings = [" ".join("".join(heading.itertext()).split()) for heading in tree.iter("h1")]
    return lines[0] if len(headings) == 1 and alike(lines[0], headings[0]) else None


def _article(lines: list[str], title: str | None) -> str:
    """Return the headline and the paragraphs, parted by empty lines; the items of a list and the rows of a table stay together."""
    if title:
        # A line or two (a kicker, a section) may stand above the headline; it is not to be there twice.
        lines = [title, *(line for number, line in enumerate(lines) if number > 2 or not alike(line, title))]
    text = lines[:1]
    for before, line in pairwise(lines):
        text += ["\n" if before[:2] == line[:2] and line[:2] in ("- ", "| ") else "\n\n", line]
    return "".join(text)


def _words(metadata: str | None) -> str | None:
    """Return a value of the metadata as one line, without markup that was smuggled in; nothing when none is left."""
    words = one_line(_TAG.sub(" ", _SCRIPT.sub(" ", (metadata or "")[:LONGEST_TITLE])))
    return words if words and any(letter.isalnum() for letter in words) else None
