"""Claims and findings in a few words, as the pages and their tables show them. Text of reports goes through unchanged; the templates escape it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from counterclaim.core.claim import Claim, Term
from counterclaim.core.figure import Figure
from counterclaim.core.finding import Finding
from counterclaim.core.link import Located
from counterclaim.core.mention import Mention
from counterclaim.core.span import Span
from counterclaim.core.voice import Voice
from counterclaim.core.when import When

# The order findings are listed in: what needs a look first.
ORDER = ("disputed", "conceded", "not-verified", "withdrawn", "verified", "corroborated", "claimed")
# What a question of each kind is called; a part in braces that is open leaves its brackets out with it.
_TITLES = {
    "agreement": "[{type} ]agreement[ between {parties}]",
    "aid": "aid[ from {donor}][: {goods}][, {stage}][, {place}]",
    "attack": "attack[ by {actor}][ on {target}][ in {place}]",
    "casualties": "[{who} ]{harm}[ in {place}]",
    "control": "control of {place}",
    "fighting": "fighting[ between {sides}][ in {place}]",
    "need": "need[ of {who}][ in {place}]",
    "offer": "offer[ by {by}][ to {to}]",
    "talks": "talks[ between {participants}][ in {place}]",
    "violation": "breach[ by {by}][ in {place}]",
}
_OPTIONAL = re.compile(r"\[([^\]{]*)\{(\w+)\}([^\]]*)\]")
_REQUIRED = re.compile(r"\{(\w+)\}")
_DAYS = ("as_of", "day", "from", "to")
# Slots of a question that may name a party.
PARTY_SLOTS = ("by", "to", "actor", "target", "who", "sides", "participants", "parties", "donor")


def address(*parts: str) -> str:
    """The path of a page, each part as one segment whatever signs it holds."""
    # Most parts are keys, in which nothing has to be written otherwise.
    return "/" + "/".join(part if part.isascii() and part.isalnum() else quote(part, safe="") for part in parts)


def quoted(value: str) -> str:
    """A value for the query of an address."""
    return quote(value, safe="")


def voice_words(voice: Voice, *, is_outlet: bool) -> str:
    """A voice by its name."""
    return voice.name or voice.words or ("unnamed outlet" if is_outlet else "unnamed source")


def chain_words(claim: Claim) -> str:
    """`CNN < UN < Taliban`, the outlet first."""
    return " < ".join(voice_words(voice, is_outlet=number == 0) for number, voice in enumerate(claim.chain))


def slots(claim: Claim) -> Iterator[tuple[str, str]]:
    """The filled slots of a claim, by the name they are written under."""
    proposition = claim.proposition
    for field, name in zip(proposition.__struct_fields__, proposition.__struct_encode_fields__, strict=True):
        value = getattr(proposition, field)
        if value not in ((), None):
            yield name.replace("_", " "), _words(value)


def slot_words(claim: Claim) -> str:
    """The filled slots on one line."""
    return on_one_line(slots(claim))


def on_one_line(filled: Iterable[tuple[str, str]]) -> str:
    """These slots on one line."""
    return " · ".join(f"{name}: {words}" for name, words in filled)


def _words(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(_words(one) for one in value)
    if isinstance(value, Mention | Figure):
        return value.words
    if isinstance(value, Term):
        where = f" ({_words(value.places)})" if value.places else ""
        return f"{value.party.words}: {value.act}{where}" if value.party else f"{value.act}{where}"
    return str(value)


def days(start: dt.date | None, end: dt.date | None) -> str:
    """`2021-09-04 to 2021-09-05`, `by 2021-09-05`, `since 2021-09-04`, one day, or nothing."""
    if start and end:
        return str(start) if start == end else f"{start} to {end}"
    return f"by {end}" if end else f"since {start}" if start else ""


def when_words(when: When | None) -> str:
    """The days of a time as the record has them."""
    return days(when.start, when.end) if when else ""


def title(finding: Finding) -> str:
    """What a finding is about, without its days."""
    question = finding.question
    pattern = _TITLES.get(question.get("kind") or "")
    out = (
        " · ".join(value for name, value in question.items() if value and name not in _DAYS)
        if pattern is None
        else _made(pattern, question).lstrip(",: ").strip()
    )
    return out[:1].upper() + out[1:]


def _made(pattern: str, question: dict[str, str | None]) -> str:
    """The pattern with the question's values. A value may itself hold brackets, so each part is taken from the pattern and never read again."""
    out, at = "", 0
    for found in _OPTIONAL.finditer(pattern):
        out += _filled(pattern[at : found.start()], question)
        if value := question.get(found[2]):
            out += f"{found[1]}{value}{found[3]}"
        at = found.end()
    return out + _filled(pattern[at:], question)


def _filled(pattern: str, question: dict[str, str | None]) -> str:
    return _REQUIRED.sub(lambda found: question.get(found[1]) or "unnamed", pattern)


def rank(finding: Finding) -> tuple[int, str, str, str]:
    """Where a finding goes in a list: those first that need a look, then by what they are about."""
    return (ORDER.index(finding.standing), title(finding).casefold(), finding_days(finding), finding.key)


def parties(finding: Finding) -> set[str]:
    """The parties that say something in a finding or are spoken of."""
    slots = [finding.question.get(slot) or "" for slot in PARTY_SLOTS]
    speaking = {position.party for position in finding.positions if position.party}
    return speaking | {name for slot in slots for name in (slot, *slot.split(", ")) if name}


def finding_days(finding: Finding) -> str:
    """The day or days a finding is about."""
    question = finding.question
    if day := question.get("as_of") or question.get("day"):
        return day
    first, last = question.get("from"), question.get("to")
    return (first if first == last else f"{first or '…'} to {last or '…'}") or "" if first or last else ""


def range_words(finding: Finding) -> str:
    """`9 to 14`, with a mark for an open end; nothing where there is no range."""
    if finding.low is None and finding.high is None:
        return ""
    low, high = (f"{number:g}" if isinstance(number, float) else str(number) if number is not None else "?" for number in (finding.low, finding.high))
    return low if low == high else f"{low} to {high}"


def where_words(name: str, at: Located | None) -> str:
    """The units a place lies in, without those it is named after."""
    return ", ".join(part for part in ((at.district, at.province, at.country) if at else ()) if part and part != name)


def around(text: str, span: Span, reach: int) -> tuple[str, str]:
    """The words before and after a place in a text, so many characters at the most, cut where a word ends."""
    before, after = text[max(0, span.start - reach) : span.start], text[span.end : span.end + reach]
    if span.start > reach:
        before = f"… {before.partition(' ')[2]}"
    if span.end + reach < len(text):
        after = f"{after.rpartition(' ')[0]} …"
    return before, after


def counted(number: int, one: str, many: str | None = None) -> str:
    """`1 report`, `2 reports`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
