"""A feed (RSS, Atom, RDF) to its entries, and a list of feeds (OPML) to their addresses.

Read with lxml rather than feedparser, which would bring a parser of its own for broken markup; entities are never
expanded, nothing is fetched, and what lxml had to drop is said.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import html
import re
from collections.abc import Iterator
from typing import Any

import msgspec
from lxml import etree  # type: ignore[import-untyped, unused-ignore]

from counterclaim.core.report import Refusal
from counterclaim.errors import InputRefused
from counterclaim.read.dates import day_written
from counterclaim.read.encodings import decoded
from counterclaim.read.english import FEWEST_WORDS, why_not_english
from counterclaim.read.made import Results, Told, made
from counterclaim.read.markup import tree_of
from counterclaim.read.options import Options
from counterclaim.read.plain import alike, fit, one_line, plain, web_address
from counterclaim.read.shape import why_misshapen
from counterclaim.read.sources import Source

MOST_ENTRIES = 20_000

_DECLARED = re.compile(rb"<\?xml\b[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml\b[^>]{0,400}\?>")
_ENTITY = re.compile(r"<!ENTITY\b", re.IGNORECASE)
_END = re.compile(r"</(?:\w{1,20}:)?(?:rss|rdf|feed|opml)\s*>\s*(?:<!--.{0,2000}-->\s*)*$", re.IGNORECASE | re.DOTALL)
_HEAD = 65_536
_ROOTS = {"rss", "RDF", "feed", "opml"}
# In order: the whole text before its summary.
_WORDS = ("encoded", "content", "description", "summary", "subtitle")
_DAYS = ("published", "pubDate", "date", "issued", "created", "updated", "modified")
_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li ol p pre section table td th tr ul".split()
)
_SILENT = frozenset(("script", "style", "noscript", "template", "iframe", "object"))


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a feed: its words, and what the feed tells of it. `mark` tells it from all others of its feed."""

    mark: str
    words: str
    title: str | None
    author: str | None
    day: dt.date | None
    url: str | None
    markup: bytes
    refused: str | None = None


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """A feed with its entries, or a list of feeds with their addresses; `is_cut` when the last entry may not be whole."""

    title: str | None
    entries: tuple[Entry, ...]
    feeds: tuple[str, ...]
    is_list: bool
    is_cut: bool


def feed(name: str, raw: bytes, charset: str | None = None) -> Feed:
    """Return the feed. Raises InputRefused when it is none, or of a hostile shape."""
    declared = _DECLARED.search(raw[:1024])
    markup = plain(decoded(name, raw, charset or (declared[1].decode("ascii") if declared else None)))
    if not markup.strip():
        raise InputRefused(name, "there is nothing in it")
    if _ENTITY.search(markup, 0, _HEAD):
        raise InputRefused(name, "it declares entities of its own, which feeds do not and bombs do; they are not expanded")
    if reason := why_misshapen(markup):
        raise InputRefused(name, reason)
    root = _root(name, _DECLARATION.sub("", markup).strip())
    kind = _local(root)
    if kind == "html":
        raise InputRefused(name, "a web page; give its name the suffix .html")
    if kind not in _ROOTS:
        raise InputRefused(name, f"XML, but no feed: its outermost element is {kind[:60]!r}, expected {', '.join(sorted(_ROOTS))}")
    channel = next((child for child in root if _local(child) == "channel"), root)
    if kind == "opml":
        found = dict.fromkeys(address for outline in root.iter() if (address := _outlined(outline)))
        return Feed(title=None, entries=(), feeds=tuple(found), is_list=True, is_cut=False)
    items = [element for element in root.iter() if _local(element) in ("item", "entry")][:MOST_ENTRIES]
    outlet = one_line(_text(channel, ("title",)))
    return Feed(title=outlet, entries=tuple(_entry(name, item) for item in items), feeds=(), is_list=False, is_cut=not _END.search(markup[-3000:]))


def reports(source: Source, options: Options, raw: bytes) -> Results:
    """Return a report or a refusal for each entry of a feed. Raises InputRefused for a list of feeds, which has no texts."""
    found = feed(source.name, raw, source.around.charset)
    if found.is_list:
        raise InputRefused(source.name, f"a list of {len(found.feeds):,} feeds and no report; `counterclaim watch` reads what they announce")
    if not found.entries:
        raise InputRefused(source.name, "there is no entry in the feed")
    # A short entry does not tell its language; all short ones together do.
    foreign = why_not_english("\n".join(entry.words for entry in found.entries if _is_short(entry)))
    for number, entry in enumerate(found.entries, 1):
        name = f"{source.name} entry {number}" + (f" ({entry.url})" if entry.url else "")
        try:
            if found.is_cut and number == len(found.entries):
                raise InputRefused(name, "the feed ends early, so its last entry may not be whole; get it again")
            if entry.refused:
                raise InputRefused(name, entry.refused)
            if foreign and _is_short(entry):
                raise InputRefused(name, foreign)
            if not entry.words.strip():
                raise InputRefused(name, "the entry has a headline and no text; `counterclaim read` reads the page it leads to when given its address")
            is_opened = not entry.title or alike(entry.words.partition("\n")[0], entry.title)
            text = fit(name, entry.words if is_opened else f"{entry.title}\n\n{entry.words}")
            told = Told(title=entry.title, outlet=found.title, author=entry.author, day=entry.day, basis="metadata", url=entry.url)
            yield made(source, name, f"{source.id}-{entry.mark}", text, entry.markup, told, options)
        except InputRefused as refused:
            yield Refusal(refused.source, refused.reason)


def _is_short(entry: Entry) -> bool:
    return len(entry.words.split()) < 2 * FEWEST_WORDS


def _root(name: str, markup: str) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    try:
        root = etree.fromstring(markup.encode(), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise InputRefused(name, f"no XML that can be read ({str(error)[:150]}); get it again") from error
    if root is None:
        raise InputRefused(name, "no XML that can be read; see what it is and name it so")
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise InputRefused(name, "it nests too deep or has a single piece of over 10 MB, the rest of it would be lost")
    return root


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _outlined(outline: Any) -> str | None:
    """Return the address of a feed in a list of them."""
    found = next((value for key, value in outline.attrib.items() if key.lower() == "xmlurl"), None)
    return web_address(found)


def _entry(name: str, item: Any) -> Entry:
    """Return one entry of a feed, refused when a piece of markup in it is of a hostile shape."""
    markup, url = etree.tostring(item, encoding="utf-8", with_tail=False), _link(item)
    try:
        return _told(name, item, markup, url)
    except InputRefused as refused:
        mark = hashlib.sha256(markup).hexdigest()[:10]
        return Entry(mark=mark, words="", title=None, author=None, day=None, url=url, markup=markup, refused=refused.reason)


def _told(name: str, item: Any, markup: bytes, url: str | None) -> Entry:
    title = one_line(_flat(name, _text(item, ("title",))))
    words = next((flat for tag in _WORDS if (flat := _flat(name, _inner(item, tag)).strip())), "")
    own = _text(item, ("id", "guid")) or url or f"{title}\n{words}"
    return Entry(
        mark=hashlib.sha256(own.encode("utf-8", "replace")).hexdigest()[:10],
        words=words,
        title=title,
        author=one_line(_flat(name, _author(item))),
        day=day_written(_text(item, _DAYS)),
        url=url,
        markup=markup,
    )


def _children(item: Any, tag: str) -> Iterator[Any]:
    # `media:description` tells of a picture, `itunes:summary` of a recording.
    return (child for child in item if _local(child) == tag and not re.search(r"mrss|itunes", child.tag))


def _text(item: Any, tags: tuple[str, ...]) -> str:
    """Return the words of the first child with one of these names that has any."""
    return next((words for tag in tags for child in _children(item, tag) if (words := "".join(child.itertext()).strip())), "")


def _inner(item: Any, tag: str) -> str:
    """Return what a child holds as markup: escaped, or in XHTML as it stands."""
    for child in _children(item, tag):
        inside = "".join(etree.tostring(each, encoding="unicode") for each in child) if len(child) else ""
        if words := ((html.escape(child.text or "") if inside else child.text or "") + inside).strip():
            return words
    return ""


def _author(item: Any) -> str:
    for tag in ("creator", "author"):
        for child in _children(item, tag):
            if words := (_text(child, ("name",)) if len(child) else (child.text or "").strip()):
                return words
    return ""


def _link(item: Any) -> str | None:
    """Return where the entry leads: in Atom the link to the page itself, in RSS the words of the link, or a guid that is one."""
    for link in _children(item, "link"):
        if link.get("rel", "alternate") == "alternate" and (found := web_address(link.get("href") or link.text)):
            return found
    guid = next(iter(_children(item, "guid")), None)
    return web_address(guid.text) if guid is not None and guid.get("isPermaLink", "true").lower() == "true" else None


def _flat(name: str, markup: str) -> str:
    """Return a piece of markup as its words, a paragraph after another. Raises InputRefused for markup of a hostile shape."""
    if "<" not in markup:
        return plain(html.unescape(markup))
    if "<" not in markup.replace("<![CDATA[", "") or not markup.strip():
        return plain(markup)
    pieces: list[str] = []
    silent = 0
    for event, element in etree.iterwalk(tree_of(name, markup), events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            silent += tag in _SILENT
            pieces += ["\n" if tag in _BLOCKS else "", "" if silent else element.text or ""]
        else:
            silent -= tag in _SILENT
            pieces += ["\n" if tag in _BLOCKS else "", "" if silent else element.tail or ""]
    rows = (" ".join(row.split()) for row in plain("".join(pieces)).split("\n"))
    return "\n\n".join(row for row in rows if row)
