"""Turn cleaned text into lines (paragraphs), each told apart by the part it plays on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median

from counterclaim.core.report import Line, LineKind
from counterclaim.core.span import Span

_BLOCK = re.compile(r"[^\n]*\S[^\n]*(?:\n(?![ \t]*\n)[^\n]*\S[^\n]*)*")
_ROW = re.compile(r"[^\n]+")
_ENDED = re.compile(r"[.!?…:;,][\"”’'»)\]]*\s*$")
_BULLET = re.compile(r"\s*(?:[•·▪◦‣*–—-]|\d{1,2}[.)])\s+\S")

# A page is hard-wrapped when nearly all its inner rows stop near one width; the widths are those of
# typewriters, mail and terminals (MUC's messages stop at 70).
_WRAP_WIDTHS = range(45, 101)
_WRAPPED_SHARE = 0.7

_BYLINE = re.compile(
    # "By Jane Roe and John Doe in Goma": a few words, none of them a verb's; every word is matched one way only.
    r"by\s+(?-i:[A-Z])[\w.’'-]*(?:,?[ \t]+(?:and|in|for|at|\||–|-|(?-i:[A-Z])[\w.’'-]*)){0,11}\s*$"
    r"|by\s+(?-i:[A-Z]).{0,60}[\w.]+@[\w.-]+\w\s*$|\(?(?:additional )?(?:reporting|writing|editing|compiled|written|produced|translated|photographs|pictures)\s+by\b"
    r"|.{0,160}\b(?:contributed to this|reported from)\b.{0,60}$"
    r"|.{0,160}\bcontributed (?:to|reporting)\b"
    r"|(?:published|updated|posted|last updated)\b.{0,60}\d{4}.{0,30}$",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"\(?(?:file|file photo|file image|photo|picture|pictured|image|caption|above|left|right|video|screengrab|screenshot|handout|map)\b\s*(?:photo|image|picture)?\s*[:\-–—|(/]"
    r"|this (?:still|photo|picture|image|frame|screengrab|screenshot|handout|video grab|undated|satellite)\b"
    r"|(?:in|an?) (?:this |an? )?(?:undated |file |handout |satellite )*(?:photo|photograph|picture|image|video still|still)\b.{0,120}\b(?:show|shows|showing|taken|released|provided)\b"
    r"|.{0,260}[(\[](?:photo|image|picture|credit|file|source: satellite)s?\b[^)\]]{0,80}[)\]]\.?\s*$"
    r"|.{0,260}\b(?:photo|photograph|image|credit|picture)s?\s*(?:by\b|:|/|©).{0,80}$",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"(?:also |see )?(?:read(?: more| also| next| here)?|related(?: stor(?:y|ies)| articles?| news| links?)?|see also|more on this|more from|recommended|watch|listen|don[’']t miss|you may also like|what to read next|in pictures|explainer|analysis|opinion|live updates?)\s*[:|>»–—-]"
    r"|(?:also on|related story)\b.{0,60}:"
    r"|(?:read (?:more|also|next)|see also|you may also like|more on this (?:story|topic)|related (?:stories|articles|topics|news|coverage))\b.{0,140}$"
    r"|[>»→▶]\s*\S",
    re.IGNORECASE,
)
_BOILERPLATE = re.compile(
    r"comments? (?:are|is|have been) (?:closed|disabled)|(?:leave|post|add) a (?:comment|reply)|share (?:this|on|via)\b|share$|sign up\b|subscribe\b|log in\b|sign in\b|"
    r"advertis(?:e)?ment|sponsored\b|©|copyright\b|all rights reserved|follow us\b|click here\b|cookie|we use cookies|privacy policy|terms (?:of|and)\b|contact us|"
    r"newsletter|download (?:our|the) app|print (?:this )?(?:page|article)|e-?mail (?:this|to)|back to top|skip to\b|this (?:article|story|report) (?:was|has been|is) (?:first |originally )?(?:published|translated|updated|produced|provided|republished)|"
    r"most (?:read|popular|viewed)\s*$|(?:media|press) contacts?\b|(?:story|article) continues below|updated (?:at )?\d|\d{1,2}:\d\d(?: ?(?:gmt|utc|am|pm))?\s*$|the boundaries and names shown|"
    r"(?:home|menu|search|tags?|topics?|categories|filed under|posted in|view all|load more|continue reading|loading)\s*(?:[:|»>].*)?$|"
    r"support (?:our|independent) journalism|donate\b|thank you for (?:reading|subscribing)|.{0,80}\ball rights reserved\b|"
    r"(?:\d+ )?(?:min(?:ute)?s? read|views|shares|comments?)\s*$|facebook\b.{0,60}\b(?:twitter|whatsapp)\b|twitter$|whatsapp$|-?\s*30\s*-?$|ends?/?/?$|###+$|\*\s*\*\s*\*",
    re.IGNORECASE,
)
# Characters at the end of a line that its last mark stands among, with all the quotes and brackets behind it.
_TAIL = 200
# A heading is short; longer lines without a full stop are sentences cut off or verses.
_HEADING = 170


def lines(text: str) -> list[Line]:
    """The lines of a page, in order. White space between them belongs to none."""
    spans = list(_rows(text))
    found: list[Line] = []
    for i, span in enumerate(spans):
        found.append(Line(span, _kind(span.of(text), first=i <= 2 and not any(line.kind == "headline" for line in found), last=i + 1 == len(spans))))
    return found


def _kind(words: str, *, first: bool, last: bool) -> LineKind:
    if _RELATED.match(words):
        return "related"
    if _BOILERPLATE.match(words) and len(words) < 240:
        return "boilerplate"
    if _BYLINE.match(words) and len(words) < 260:
        return "byline"
    if _CAPTION.match(words) and len(words) < 400 and not _BYLINE.match(words):
        return "caption"
    if (_ENDED.search(words) and not (words.rstrip().endswith(("?", "!")) and first)) or _BULLET.match(words) or len(words) > _HEADING:
        return "paragraph"
    if first:
        return "headline" if not last else "paragraph"
    return (
        "subheading"
        if (len(words.split()) > 1 or (words.isalpha() and len(words) > 4)) and (words[0].isupper() or words[0].isdigit() or words[0] in "“\"‘'")
        else "paragraph"
    )


def _rows(text: str) -> Iterator[Span]:
    """Paragraphs: blocks between blank lines; inside a block every row is one, unless the page is hard-wrapped."""
    blocks = [found.span() for found in _BLOCK.finditer(text)]
    inner = [len(row) for start, end in blocks for row in text[start:end].split("\n")[:-1]]
    ended = sum(bool(_ENDED.search(row)) for start, end in blocks for row in text[start:end].split("\n")[:-1])
    wrapped = (
        len(inner) >= 4
        and round(median(inner)) in _WRAP_WIDTHS
        and sum(n <= _WRAP_WIDTHS[-1] for n in inner) >= _WRAPPED_SHARE * len(inner)
        and ended < len(inner) / 2
    )
    for start, end in blocks:
        open_at: int | None = None
        last_end = start
        for row in _ROW.finditer(text, start, end):
            words = row.group()
            lead = len(words) - len(words.lstrip())
            at, to = row.start() + lead, row.start() + len(words.rstrip())
            joins = (
                open_at is not None
                and not _BULLET.match(words)
                and (wrapped or (words[lead].islower() and not _ENDED.search(text, max(open_at, last_end - _TAIL), last_end)))
            )
            if not joins:
                if open_at is not None:
                    yield Span(open_at, last_end)
                open_at = at
            last_end = to
        if open_at is not None:
            yield Span(open_at, last_end)
