"""Find the counts and amounts in a stretch of text, as ranges that never say more than the words.

Conventions (the house rules of `docs/reference/figures.md`): "at least 50" is 50 and up, "up to 50" is 50 and down,
"about 50" is 50, "dozens" has no bounds. Dates, ages, times of day and numbers that are part of a name are no figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from counterclaim.core.figure import Derived, Figure
from counterclaim.core.span import Span
from counterclaim.parse.needed import lowered, may_match


class Quantity(NamedTuple):
    """A figure, where it stands (qualifier and unit included) and where its number words begin."""

    span: Span
    figure: Figure


_SMALL = {
    w: i
    for i, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {w: 10 * i for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
_SCALES = {
    "lakh": 100_000,
    "crore": 10_000_000,
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "k": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "bn": 1_000_000_000,
}
_LOTS = {"dozen": 12, "couple": 2, "score": 20, "pair": 2}

_WORD = "|".join([*_SMALL, *_TENS])
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_SCALED = r"(?:[\s-]*(?:hundred|thousand|million|billion|lakh|crore)\b|(?:bn|mn|[mk])\b)"
_SCALE_WORD = r"(?:hundred|thousand|million|billion|lakh|crore|dozen|couple|score)"
_SPELLED = (
    rf"(?:(?:half\s+an?\s+{_SCALE_WORD}|a\s+quarter\s+of\s+a\s+million|an?\s+{_SCALE_WORD}|(?:{_WORD}|{_SCALE_WORD}))\b"
    rf"(?:[\s-]+(?:and\s+(?:a\s+half\s+)?)?(?:{_WORD}|{_SCALE_WORD})\b)*)"
)
_CORE = rf"(?:{_DIGITS}{_SCALED}*|{_SPELLED})"

_VAGUE = re.compile(
    r"(?:(?:many|several|some|a\s+few|few|countless|untold)\s+)?(?:tens|dozens|scores|hundreds|thousands|millions)(?:\s+(?:of|and)\s+(?:thousands|hundreds|millions))*\b"
    r"|(?:several|a\s+few|few|many)\s+(?:dozen|score|hundred|thousand|million)\b|\b(?:several|a\s+few|a\s+number\s+of|a\s+handful\s+of|an?\s+(?:unknown|unspecified|undisclosed)\s+number\s+of)\b"
    r"|\bheavy\s+(?=losses|casualties)|\bnumerous\b",
    re.IGNORECASE,
)
_LEAST = r"at\s+least|just\s+over|well\s+over|more\s+than|over|no\s+(?:fewer|less)\s+than|not\s+less\s+than|upwards?\s+of|in\s+excess\s+of|above|a\s+minimum\s+of|exceeding|some\s+more\s+than"
_MOST = r"up\s+to|nearly|almost|as\s+many\s+as|fewer\s+than|less\s+than|under|as\s+much\s+as|at\s+most|no\s+more\s+than|not\s+more\s+than|close\s+to|a\s+maximum\s+of|just\s+under|just\s+below|below"
_ABOUT = r"about|around|some|roughly|approximately|an?\s+estimated|estimated|circa|just\s+about|~"
_NUMBER = re.compile(
    rf"(?<![\w.,/-])(?P<qualifier>(?:(?:{_LEAST})|(?:{_MOST})|(?:{_ABOUT}))(?:\s+|(?<=~)))?(?:(?P<money>US\$|USD\s?|A\$|C\$|[$€£¥])\s?)?"
    rf"(?:(?P<between>between|from|anywhere\s+from)\s+)?(?P<low>{_CORE})"
    rf"(?:\s*(?P<joined>-|–|—|\bto\b|\band\b|\bor\b)\s*(?:US\$|[$€£])?\s?(?P<high>{_CORE}))?(?P<or_more>\+|\s+or\s+(?:more|so|fewer|less)\b)?(?![\w]|\.\d|,\d{{3}})",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    r"\b(?P<qualifier>(?:at\s+least|more\s+than|over|nearly|almost|about|around|roughly|up\s+to|less\s+than)\s+)?"
    r"(?:(?P<half>half)|(?P<top>an?|one|two|three|four)[\s-](?P<bottom>third|quarter|fifth|tenth)s?)(?!\s+of\s+a\s+(?:million|billion))(?=\s+of\b|\s+the\b|\s+its\b)",
    re.IGNORECASE,
)
_BOTTOM = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_IN = re.compile(
    rf"\b(?:(?:about|nearly|almost|around|roughly)\s+)?(?P<top>\d+|{_WORD})\s+(?:in|out\s+of)\s+(?:every\s+)?(?P<bottom>\d+|{_WORD})\b(?!\s*(?:January|February|March|April|May|June|July|August|September|October|November|December))",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"\b(?P<words>no(?=\s+(?:(?!reports?\b|word\b|sign\b|information\b)\w+\s+){0,2}(?:casualt|death|fatalit|injur|loss|dead\b|victims?\b|deaths|wounded))|none(?=\s+(?:was|were|of\s+(?:them|whom|the|those|these|its|their|our|his|her))\b)|not\s+(?:one|a\s+single)(?=\s+(?!but\b|day\b|of\s+(?:which|his|her)\b)[a-z])|none(?=\.?$|[.;])|zero(?=\s+(?:casualt|death|fatalit|injur|loss)))",
    re.IGNORECASE,
)

# A unit after the number; the key is what the record says.
_UNITS: list[tuple[str, str]] = [
    ("percent", r"per\s?cent\b|percent\b|%|percentage\s+points?\b"),
    ("t", r"(?:metric\s+)?ton(?:ne)?s?\b|mt\b"),
    ("kg", r"kg\b|kilo(?:gram(?:me)?)?s?\b"),
    ("km2", r"(?:sq(?:uare|\.)?\s+k(?:m|ilomet(?:re|er)s?)|km2)\b"),
    ("km", r"km\b|kilomet(?:re|er)s?\b"),
    ("mile", r"miles?\b"),
    ("m", r"met(?:re|er)s?\b"),
    ("litre", r"lit(?:re|er)s?\b"),
    ("truck", r"(?:aid\s+|relief\s+|food\s+)?(?:trucks?|lorries|lorry|truckloads?)\b"),
    ("box", r"boxes\b|box\b"),
    ("dose", r"(?:vaccine\s+)?doses?\b"),
    ("bed", r"(?:hospital\s+)?beds?\b"),
    ("flight", r"(?:aid\s+|relief\s+)?flights?\b"),
    ("tent", r"tents?\b"),
    ("bag", r"bags?\b|sacks?\b"),
    ("USD", r"(?:US\s+|U\.S\.\s+)?dollars?\b"),
    ("EUR", r"euros?\b"),
    ("GBP", r"pounds?\b(?!\s+of)"),
    ("hour", r"hours?\b"),
    ("day", r"days?\b"),
    ("week", r"weeks?\b"),
    ("month", r"months?\b"),
    ("year", r"years?\b(?!\s+old|-old)"),
    ("minute", r"minutes?\b"),
]
_UNIT = re.compile(r"[\s-]*(?:" + "|".join(f"(?P<u{i}>{pattern})" for i, (_, pattern) in enumerate(_UNITS)) + ")", re.IGNORECASE)
_MONEY = {"us$": "USD", "usd": "USD", "$": "USD", "a$": "AUD", "c$": "CAD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_RATE = re.compile(
    r"\s+(?:people\s+|tonnes\s+|trucks\s+)?(?:(?:per|each|every)\s+(?P<per>day|week|month|year|hour|person|head)|an?\s+(?P<a>day|week|month|year|hour)|(?P<adverb>daily|weekly|monthly|annually))\b",
    re.IGNORECASE,
)

# Before a number: it is a name's, a label's or a date's own.
_LABEL = re.compile(
    r"(?:\b(?:[Rr]esolution|RESOLUTION|[Hh]ighway|[Rr]oute|Road|[Aa]rticle|[Cc]hapter|[Ss]ection|[Nn]o\.|[Nn]os\.|[Nn]umber|[Pp]age|[Pp]aragraph|[Aa]nnex|[Pp]hase|[Ss]tage|Camp|Block|Zone|Sector|Area|District|Division|"
    r"Brigade|Battalion|Regiment|Corps|Army|Unit|[Ww]ard|[Rr]oom|[Ff]light|Channel|Radio|[Ll]evel|[Cc]ategory|[Gg]roup\s+of|[Pp]art|[Vv]ersion|Act|Law|Decree|Point|Hill|Post|Checkpoint|Gate|[Cc]all|[Tt]el|[Pp]hone|"
    r"Grad|Type|Mark|Mk|January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?\s*|\b[Aa]ged?\s+(?:between\s+)?|[A-Za-z]-|[#№/=\[+]\s*|[a-z]:|\d{3,}\s)$"
)
_AFTER = re.compile(
    r"[\s-]?mm\b|\s+\d{3}\s+\d{4}|\s*(?:-|\s)year(?:s)?(?:-|\s)old|\s*(?:a\.?m\.?|p\.?m\.?|o[’']clock|gmt|utc|hours?\s+(?:gmt|local)|local\s+time)\b|\s+(?:january|february|march|april|may|june|july|august|september|october|november|december)\b|:\d\d|/\d|st\b|nd\b|rd\b|th\b|-(?:year|day|week|month|point|member|nation|man|month)-",
    re.IGNORECASE,
)
# "one" and "a" count only before something counted.
_ONE_IS_NO_COUNT = re.compile(
    r"\s+(?:of|another|but|who|which|that|day|side|hand|thing|can|could|would|must|has|is|was|side|more|by)\b|\s*[.,;:!?)”\"]", re.IGNORECASE
)


def quantities(text: str, start: int = 0, end: int | None = None, taken: Iterable[Span] = ()) -> Iterator[Quantity]:
    """Yield the quantities of `text[start:end]` in order. `taken` are stretches that are dates and hold no figure."""
    end = len(text) if end is None else end
    found: list[Quantity] = []
    # Which characters a date or a figure has already.
    used = bytearray(end - start)
    for span in taken:
        _use(used, span, start)
    for reader in (_fractions, _vague, _none, _numbers):
        for quantity in reader(text, start, end):
            if 1 not in used[quantity.span.start - start : quantity.span.end - start]:
                found.append(quantity)
                _use(used, quantity.span, start)
    yield from _parted(text, sorted(found, key=lambda q: q.span))


def _use(used: bytearray, span: Span, start: int) -> None:
    first, past = max(span.start - start, 0), min(span.end - start, len(used))
    used[first:past] = b"\1" * max(past - first, 0)


# What stands between a share and what it is a share of.
_SHARE_OF = re.compile(
    r"\s+of\s+(?:(?:the|its|their|his|her|all|an?|some|about|around|roughly)\s+|[\w’'-]+(?:\s+[\w’'-]+)?['’]s?\s+)*(?:\w+\s+)?", re.IGNORECASE
)


def _parted(text: str, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """The quantities, a share and the number it is a share of made one: "a third of the town's 60,000 people" is not 60,000."""
    i = 0
    while i < len(found):
        one = found[i]
        other = found[i + 1] if i + 1 < len(found) else None
        if (
            other is not None
            and one.figure.unit in ("share", "percent")
            and other.figure.unit is None
            and _SHARE_OF.fullmatch(text[one.span.end : other.span.start])
        ):
            yield _part(text, one, other)
            i += 2
        else:
            yield one
            i += 1


def _part(text: str, share: Quantity, whole: Quantity) -> Quantity:
    span = Span(share.span.start, whole.span.end)
    per = 100 if share.figure.unit == "percent" else 1
    sides = [None if a is None or b is None else a / per * b for a, b in ((share.figure.low, whole.figure.low), (share.figure.high, whole.figure.high))]
    known = [side for side in sides if side is not None]
    derived: Derived | msgspec.UnsetType = msgspec.UNSET
    if len(known) == 2:
        # Two digits: a share in words is no exact number.
        low, high = (int(float(f"{side:.2g}")) for side in known)
        derived = Derived(low, high, f"{share.figure.words} of {whole.figure.words}")
    return Quantity(span, Figure(None, None, span.of(text), None, derived))


def _fractions(text: str, start: int, end: int) -> Iterator[Quantity]:
    for m in _FRACTION.finditer(text, start, end) if may_match(_FRACTION, lowered(text[start:end])) else ():
        share = 0.5 if m["half"] else (1 if m["top"].lower() in ("a", "an", "one") else _SMALL[m["top"].lower()]) / _BOTTOM[m["bottom"].lower()]
        share = round(share, 3)
        low, high = _bounds(m["qualifier"] or "", share, share)
        yield Quantity(Span(*m.span()), Figure(low, high, m.group(), "share"))
    for m in _IN.finditer(text, start, end):
        top, bottom = _plain(m["top"]), _plain(m["bottom"])
        if 0 < top < bottom <= 100:
            share = round(top / bottom, 3)
            yield Quantity(Span(*m.span()), Figure(share, share, m.group(), "share"))


def _plain(words: str) -> float:
    value = value_of(words)
    return 0 if value is None else value


def _vague(text: str, start: int, end: int) -> Iterator[Quantity]:
    for m in _VAGUE.finditer(text, start, end) if may_match(_VAGUE, lowered(text[start:end])) else ():
        words = m.group().strip()
        if words.lower() in ("scores", "tens", "hundreds") and re.match(r"\s+(?:\d|were\s+settled)", text[m.end() : m.end() + 20]):
            continue
        at = m.start() + len(m.group()) - len(m.group().lstrip())
        lead = re.search(r"\b(?:at least|more than|over|nearly|almost|about|around|up to|many|some)\s+$", text[max(start, at - 12) : at], re.IGNORECASE)
        if lead:
            at -= len(lead.group())
            words = text[at : at + len(lead.group()) + len(words)]
        unit, to = _unit(text, at + len(words), end)
        yield Quantity(Span(at, to if unit else at + len(words)), Figure(None, None, text[at:to] if unit else words, unit))


def _none(text: str, start: int, end: int) -> Iterator[Quantity]:
    for m in _NONE.finditer(text, start, end):
        yield Quantity(Span(*m.span("words")), Figure(0, 0, m["words"]))


def _numbers(text: str, start: int, end: int) -> Iterator[Quantity]:
    at = start
    while (m := _NUMBER.search(text, at, end)) is not None:
        at = m.end() if m.end() > m.start() else m.end() + 1
        quantity = _number(text, start, end, m)
        if quantity is None:
            # A range that failed as a whole may still hold a figure after its first number.
            at = m.end("low") if m["high"] else at
            continue
        yield quantity
        at = max(at, quantity.span.end) if m["high"] is None or quantity.span.end >= m.end("high") else quantity.span.end


def _number(text: str, start: int, end: int, m: re.Match[str]) -> Quantity | None:
    low_words, high_words, qualifier = m["low"], m["high"], (m["qualifier"] or "").strip()
    stop = m.end()
    joined = (m["joined"] or "").lower()
    if high_words and (joined in ("and", "or") or (joined == "to" and not m["between"])) and not (m["between"] or "").lower().endswith("between"):
        before, after = value_of(low_words), value_of(high_words)
        # "rose from 10 to 15" and "two and three" are two figures; "20 to 30 people" is one.
        if joined == "and" or before is None or after is None or before >= after:
            high_words, stop = None, m.end("low")
    if (
        high_words
        and (m["between"] or "").lower() == "from"
        and re.search(
            r"\b(?:rose|risen|rising|increas\w+|fell|fallen|dropped|grew|grown|up|down|climb\w+|jump\w+|went|gone|rais\w+|lower\w+|revis\w+|reduc\w+|cut|push\w+|bring\w*|brought|tak(?:e|es|ing)|took|lift\w*|correct\w+|doubl\w+)\b[^.]{0,80}$",
            text[max(start, m.start() - 100) : m.start()],
            re.IGNORECASE,
        )
    ):
        high_words, stop = None, m.end("low")
    low = value_of(low_words)
    if low is None:
        return None
    begin = (
        m.start("qualifier") if m["qualifier"] else m.start("money") if m["money"] else m.start("between") if m["between"] and high_words else m.start("low")
    )
    if _is_no_count(text, start, end, m, low_words, stop):
        return None
    high = low
    if high_words:
        high = value_of(high_words) or low
        scale = _scale_of(high_words)
        if scale > 1 and _scale_of(low_words) == 1 and low < high / scale * 1.0000001 and low < 1000:
            low *= scale  # "two to three million"
    unit = _MONEY.get((m["money"] or "").lower().strip())
    found, to = _unit(text, stop, end)
    if found and not unit:
        unit, stop = found, to
    elif found == "USD":
        stop = to
    rate = _RATE.match(text, stop, end)
    if rate is None and unit is None and (noun := re.match(r"\s+(?:[a-z]+\s+){0,2}[a-z]+s", text[stop : min(end, stop + 60)])):
        rate = _RATE.match(text, stop + noun.end(), end)
        rate = rate if rate is None or rate["per"] or rate["adverb"] else None
        if rate:
            unit = "per " + (rate["per"] or {"daily": "day", "weekly": "week", "monthly": "month", "annually": "year"}[rate["adverb"].lower()]).lower()
            rate = None
    if rate:
        per = (
            rate["per"] or rate["a"] or {"daily": "day", "weekly": "week", "monthly": "month", "annually": "year"}[(rate["adverb"] or "daily").lower()]
        ).lower()
        unit = f"{unit} per {per}" if unit else f"per {per}"
        stop = rate.end()
    # "Drones flew over 12 villages": after a verb of motion "over" is a place.
    if qualifier.lower() == "over" and re.search(
        r"\b(?:fl[ey]w|fly|flying|flown|hover\w*|circl\w*|passed|drove|crossed|spread|took)\s+$", text[max(start, begin - 14) : begin]
    ):
        begin, qualifier = m.start("low"), ""
    first, second = _bounds(qualifier + (m["or_more"] or "").lower().replace(" or so", ""), low, high)
    words = text[begin:stop]
    return Quantity(Span(begin, stop), Figure(_tidy(first), _tidy(second), words, unit))


def _is_no_count(text: str, start: int, end: int, m: re.Match[str], words: str, stop: int) -> bool:
    before, after = text[max(start, m.start("low") - 24) : m.start("low")], text[stop : min(end, stop + 24)]
    lower = words.lower()
    if m["qualifier"] is None and m["money"] is None and _LABEL.search(before):
        return True
    if _AFTER.match(after):
        return True
    if lower == "one" and (_ONE_IS_NO_COUNT.match(after) or re.search(r"\b(?:no|any|every|some|this|that|the|which|each)\s+$", before, re.IGNORECASE)):
        return True
    if lower in ("m", "k", "score", "couple", "hundred", "thousand", "million", "billion"):
        return True
    # A bare four-digit number between 1900 and 2100 is a year unless it counts something.
    if (
        re.fullmatch(r"(?:19|20)\d\d", words)
        and m["qualifier"] is None
        and m["money"] is None
        and not re.match(r"\s+(?:[a-z]+\s+){0,2}[a-z]+(?:s|ple|ren)\b", after)
    ):
        return True
    if re.fullmatch(r"(?:19|20)\d\d", words) and re.search(r"\b(?:in|since|until|by|during|of|from|the)\s+$", before, re.IGNORECASE) and m["qualifier"] is None:
        return True
    return bool(re.fullmatch(r"\d{1,2}", words) and re.search(r",\s+$", before) and re.match(r"\s*,", after) and re.search(r"[A-Z]\w+,\s+$", before))


def _bounds(qualifier: str, low: float, high: float) -> tuple[float | None, float | None]:
    q = qualifier.lower().strip()
    if re.match(rf"(?:{_LEAST})", q) or q.endswith(("or more", "+")):
        return low, None if low == high else high
    if re.match(rf"(?:{_MOST})", q) or q.endswith(("or fewer", "or less")):
        return (None if low == high else low), high
    return low, high


def _unit(text: str, at: int, end: int) -> tuple[str | None, int]:
    m = _UNIT.match(text, at, end)
    if m is None or (m.lastgroup is None):
        return None, at
    return _UNITS[int(m.lastgroup[1:])][0], m.end()


def _scale_of(words: str) -> int:
    scale = 1
    for w in re.findall(r"[a-z]+", words.lower()):
        scale = max(scale, _SCALES.get(w, 1))
    return scale


def value_of(words: str) -> float | None:
    """The number these words say: digits, words, or both ("2.5 million", "two dozen"); none when they say no number."""
    parts = re.findall(r"\d[\d,. \u00a0\u202f]*\d|\d|[a-z]+", words.lower())
    total = current = 0.0
    said = False
    for i, part in enumerate(parts):
        if part[0].isdigit():
            current += float(re.sub(r"[,\s\u00a0\u202f]", "", part))
        elif part in _SMALL:
            current += _SMALL[part]
        elif part in _TENS:
            current += _TENS[part]
        elif part in _LOTS:
            current = (current or 1) * _LOTS[part]
        elif part in _SCALES:
            current = (current or 1) * _SCALES[part]
            if _SCALES[part] >= 1_000:
                total, current = total + current, 0.0
        elif part == "half":
            # "half a million" stands for its half; "two and a half million" adds one.
            rest = [p for p in parts[i + 1 :] if p not in ("a", "an", "of")]
            current = current + 0.5
            if not rest:
                return total + current
        elif part == "quarter":
            current = 0.25
        elif part in ("a", "an", "and", "of"):
            continue
        else:
            return None
        said = True
    return total + current if said else None


def _tidy(value: float | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if float(value).is_integer() else round(value, 6)
