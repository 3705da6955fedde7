"""The shape of a page's markup, before a parser sees it: how deep it nests, how many attributes a tag has.

libxml2 takes time that grows with the square of the attributes of a tag (300,000 of them: four minutes), and what works
on its trees calls itself for each level. So a page of a hostile shape is found out here, in one pass.
"""

from __future__ import annotations

import re

DEEPEST = 1_000
"""No published page nests a tenth as deep. libxml2 stops at 256 of its own accord and is asked afterwards whether it
did; this bound is for pages that should not reach it, and may count a level too many where end tags are left out."""

MOST_ATTRIBUTES = 256
"""Of one tag; published pages have a few dozen. A tag this full takes libxml2 a fifth of a millisecond."""

# Possessive throughout: a page without a single ">" is looked through once, not once a tag.
_TAG = re.compile(r"<(?:(!--)|(/?)([a-zA-Z][^\s/>]*+)((?>[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+)(>?))")
_ATTRIBUTE = re.compile(r"[^\s=/]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+")
# Elements that hold nothing, and elements whose end tag is mostly left out: neither nests without others between.
_HOLD_NOTHING = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"})
_END_LEFT_OUT = frozenset(
    {"p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "caption", "rp", "rt", "head", "body", "html"}
)
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})


def why_misshapen(markup: str) -> str | None:
    """Return the reason not to parse this markup, or nothing when its shape is that of a page."""
    opened: list[str] = []
    counts: dict[str, int] = {}
    at = 0
    while found := _TAG.search(markup, at):
        at = found.end()
        comment, closing, name, inside, ended = found.groups()
        if comment:
            at = markup.find("-->", at)
            if at < 0:
                break
            continue
        if not ended:
            break
        if len(inside) > 2 * MOST_ATTRIBUTES and sum(1 for _ in _ATTRIBUTE.finditer(inside)) > MOST_ATTRIBUTES:
            return f"a tag of the page has more than {MOST_ATTRIBUTES} attributes, as no published page does; save its words as text (.txt) and read that"
        name = name.lower()
        if closing:
            if counts.get(name):
                while (last := opened.pop()) != name:
                    counts[last] -= 1
                counts[name] -= 1
        elif name in _RAW:
            end = re.compile(f"</{name}", re.IGNORECASE).search(markup, at)
            if end is None:
                break
            at = end.start()
        elif name not in _HOLD_NOTHING | _END_LEFT_OUT and not inside.endswith("/"):
            opened.append(name)
            counts[name] = counts.get(name, 0) + 1
            if len(opened) > DEEPEST:
                return f"the page nests more than {DEEPEST:,} elements in one another, as no published page does; save its words as text (.txt) and read that"
    return None
