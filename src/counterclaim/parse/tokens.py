"""Turn a stretch of text into tokens, following the conventions of the UD English treebanks (EWT, GUM)."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Written with a full stop that belongs to the word. Those in NEVER_END are titles and labels that
# always lead on to something, so a sentence does not end at their full stop.
NEVER_END = frozenset(
    "mr mrs ms messrs dr prof gen col maj capt lt sgt pvt cpl cmdr adm brig gov sen rep rev hon pres supt insp st mt ft fig al vs approx no nos e.g i.e cf ca".split()
)
ABBREVIATIONS = NEVER_END | frozenset(
    "jr sr etc inc ltd co corp bros jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun "
    "dept est ave blvd rd a.m p.m u.s u.n u.k e.u d.c ph.d sec vol pp op u.a.e d.r.c".split()
)
# Kept in one token with their hyphen ("non-state"); other hyphens split, as in EWT ("door - to - door").
PREFIXES = (
    "co|pre|re|non|anti|ex|post|un|mid|multi|inter|counter|self|sub|super|semi|pro|neo|micro|mini|cross|e|x|t|vice|bi|de|extra|intra|trans|ultra|over|under|pan"
)

_TOKEN = re.compile(
    rf"""
    (?:https?://|www\.)[^\s<>"“”]{{0,2000}}[^\s<>"“”.,;:!?)\]'’]   # addresses
  | [\w.+-]{{1,64}}@[\w-]{{1,64}}(?:\.[\w-]{{1,64}})+
  | [@\#]\w+
  | (?:[A-Za-z]\.){{2,}}(?=\W|$)                                   # U.S., a.m.
  | \d{{1,2}}:\d\d(?::\d\d)?
  | \d+(?:[.,]\d+)*(?:st|nd|rd|th|s|k|m|bn)?\b                     # 1,000  26.5  3rd  1990s  18m
  | \.\d+
  | [Cc]an(?=not\b)
  | (?i:gon|wan|got)(?=(?i:na|ta)\b)
  | (?i:{PREFIXES})-(?=[a-z])[^\W\d_]+
  | [^\W_]+?(?=[nN]['’][tT]\b)                                     # do|n't
  | [nN]['’][tT]\b
  | ['’](?i:s|m|d|re|ve|ll|em)\b
  | [AO]['’](?=[A-Z])[^\W\d_]+                                     # O'Brien
  | [^\W\d_]+['’](?!(?i:s|m|d|re|ve|ll)\b)[^\W\d_]+                # Sana'a
  | [^\W_]+
  | \.{{2,}} | … | --+ | – | — | [!?]+ | `` | ''
  | \S
    """,
    re.VERBOSE,
)


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield the half-open spans of the tokens of `text[start:end]`, in code points of `text`.

    Every character that is not white space lies in exactly one token.
    """
    last: tuple[int, int] | None = None
    for found in _TOKEN.finditer(text, start, len(text) if end is None else end):
        span = found.span()
        if last is not None and text[span[0] : span[1]] == "." and last[1] == span[0] and _keeps_stop(text, last):
            last = (last[0], span[1])
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last


def _keeps_stop(text: str, span: tuple[int, int]) -> bool:
    """Whether a full stop after this token belongs to it: an abbreviation or an initial."""
    if span[1] - span[0] > 6:
        return False
    word = text[span[0] : span[1]]
    if word.lower() in ("no", "nos"):
        # "No. 5" counts; "the general said no." ends.
        return text[span[1] + 1 : span[1] + 3].strip()[:1].isdigit()
    return word.lower() in ABBREVIATIONS or (len(word) == 1 and word.isupper())
