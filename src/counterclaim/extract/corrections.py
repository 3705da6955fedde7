"""Counts that a report itself takes back, and the count it gives in their stead.

What it captures: "an earlier version of this report said 40 …; the ministry now says 14", "first said 30 … later lowered the figure to 22",
"put at 50 at first, but now say 31", "withdrew its statement that 12 …". The old count is marked as given up (`counting`: former), and the
new one is told of the same people, place and day, by whoever gives it.
What it does not: a toll that rises, which takes nothing back; a correction of anything but a count; one that the next sentence does not hold.
Example: "The army first said 30 people were killed. It later lowered the figure to 22." → 30 no longer holds; 22 were killed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec

from counterclaim.core.claim import Casualties, Claim
from counterclaim.core.codec import claim_key
from counterclaim.core.figure import Figure
from counterclaim.core.span import Span, evidence
from counterclaim.core.voice import Act, Chain
from counterclaim.extract.frames import Scene

Speaker = Callable[[Span], tuple[Chain, Act, tuple[str, ...]]]

_PIECE = r"(?:report|story|article|dispatch|bulletin|post|page|update)"
_SAID = r"(?:said|stated|reported|gave|put|wrote|claimed|listed|cited|spoke of|counted)"
# Our own words of before: an earlier report of somebody else's is a source, and is not taken back.
_VERSION = re.compile(rf"\b(?:earlier|previous|original|prior|first) versions? of (?:this|the|our|that) {_PIECE}\b[^.;]{{0,40}}?\b{_SAID}\b", re.IGNORECASE)
_FIRST = re.compile(
    rf"\b(?:first|initially|originally|at first)\b[^.;]{{0,20}}?\b{_SAID}\b|\b{_SAID}\b[^.;]{{0,12}}?\b(?:first|initially|originally|at first)\b", re.IGNORECASE
)
_GIVEN_UP = re.compile(
    r"\b(?:withdr[ae]w|withdrawn|retract(?:s|ed)?|took back|taken back|disown(?:s|ed)?)\s+(?:its|their|his|her|the|an?|that)\s+(?:\w+\s+){0,2}?"
    r"(?:statement|claim|report|figure|count|account|announcement|number)s?\s+(?:that|of)\b",
    re.IGNORECASE,
)
_REVISED = re.compile(
    r"\b(?:lower|revis|correct|reduc|amend)\w*\s+(?:it|that|(?:the|its|their|this|his|her)\s+(?:\w+\s+){0,2}?(?:figure|number|toll|count|estimate|total))s?(?:\s+down)?\s+(?:from\b[^.;]{0,20}?\b)?to\b"
    r"|\bnow\s+(?:say|put|give|count|report|speak|estimate|state)s?\b|\b(?:since|later|then)\s+(?:put|said|gave|counted|corrected)\b|\bshould (?:have said|have been|be|read)\b"
    r"|\b(?:correct|right|actual|true|updated|new|revised)\s+(?:figure|number|toll|count|total)\s+(?:is|was|stands at)\b",
    re.IGNORECASE,
)
# From here on a sentence that began with the old count tells the new one.
_TURN = re.compile(r";|—|–|\bbut\b|\bwhile\b|\band\b(?=[^.;]{0,20}\b(?:now|later|since|then)\b)", re.IGNORECASE)
_NEGATED = re.compile(r"\b(?:not|never|n[’']t)\s+(?:\w+\s+)?$", re.IGNORECASE)


class _Old(NamedTuple):
    """The stretch of a sentence that tells the old count; `is_final` where nothing is given in its stead."""

    start: int
    end: int
    is_final: bool = False


def corrected(scenes: Sequence[Scene], claims: Sequence[Claim], speaker: Speaker) -> list[Claim]:
    """The claims of a report, those it takes back marked, and the counts it gives in their stead."""
    out = list(claims)
    counted = {claim.evidence.span for claim in claims if isinstance(claim.proposition, Casualties)}
    for k, scene in enumerate(scenes):
        if scene.sentence.span not in counted:
            continue
        following = scenes[k + 1] if k + 1 < len(scenes) else None
        found = _old(scene, following)
        if found is None:
            continue
        old, new = found
        gone = [c for c in out if c.evidence.span == scene.sentence.span and isinstance(c.proposition, Casualties) and _stands_in(scene, c, old)]
        if not gone:
            continue
        if new is not None:
            if not _is_told(*new, out):
                # What is said next is of something else.
                continue
            out = _given(new, gone[0], out, speaker) if len(gone) == 1 else out
        out = [msgspec.structs.replace(c, counting="former") if c in gone else c for c in out]
    return out


def _old(scene: Scene, following: Scene | None) -> tuple[_Old, tuple[Scene, int] | None] | None:
    """Where the old count stands, and where the new one is to be looked for: a sentence, and from where in it."""
    start, text = scene.sentence.span.start, scene.sentence.span.of(scene.text)
    if (given_up := _GIVEN_UP.search(text)) is not None and not _NEGATED.search(text[: given_up.start()]):
        return _Old(start + given_up.end(), start + len(text), is_final=True), None
    lead = _VERSION.search(text)
    is_version = lead is not None
    lead = lead or _FIRST.search(text)
    if lead is None or _NEGATED.search(text[: lead.end()].removesuffix(lead[0].split()[-1])):
        return None
    turn = next((m for m in _TURN.finditer(text, lead.end()) if _REVISED.search(text, m.start()) or (is_version and m[0] == ";")), None)
    if turn is not None:
        revised = _REVISED.search(text, turn.start())
        return _Old(start + lead.start(), start + turn.start()), (scene, start + (revised.start() if revised else turn.end()))
    after = following.sentence.span.of(following.text) if following is not None else ""
    revised = _REVISED.search(after)
    if following is not None and revised is not None:
        return _Old(start + lead.start(), start + len(text)), (following, following.sentence.span.start + revised.start())
    return (_Old(start + lead.start(), start + len(text), is_final=True), None) if is_version else None


def _stands_in(scene: Scene, claim: Claim, old: _Old) -> bool:
    """Whether the claim's count is told in this stretch."""
    said = claim.proposition
    figure = said.count if isinstance(said, Casualties) else None
    return figure is not None and any(f == figure and old.start <= span.start and span.end <= old.end for span, f in scene.figures)


def _is_told(scene: Scene, start: int, claims: Sequence[Claim]) -> bool:
    """Whether a new count stands where it is looked for: one that a claim tells, or a bare number, and no other thing counted."""
    told = next(((span, f) for span, f in scene.figures if span.start >= start and f.unit is None), None)
    if told is None:
        return False
    span, figure = told
    if any(c.evidence.span == scene.sentence.span and _counts(c, figure) for c in claims):
        return True
    return _BARE.match(scene.text[span.end : scene.sentence.span.end]) is not None


_BARE = re.compile(r"\s*(?:[.,;:!?)”\"’—–-]|$|(?:people|persons?|dead|were|was|had|have|died|killed|wounded|in all|in total|instead|and\b))", re.IGNORECASE)


def _given(new: tuple[Scene, int], old: Claim, claims: list[Claim], speaker: Speaker) -> list[Claim]:
    """The claims with the new count: one that tells it already is told of the old one's place and day; else it is the old one with another number."""
    scene, start = new
    told = next(((span, f) for span, f in scene.figures if span.start >= start and f.unit is None), None)
    said = old.proposition
    if told is None or not isinstance(said, Casualties):
        return claims
    span, figure = told
    known = [c for c in claims if c.evidence.span == scene.sentence.span and c.counting != "former" and _counts(c, figure)]
    if known:
        return [_filled(c, old) if c in known else c for c in claims]
    chain, act, hedges = speaker(span)
    made = msgspec.structs.replace(
        old,
        key="",
        evidence=evidence(scene.text, scene.sentence.span),
        chain=_without_version(chain),
        act=act,
        hedges=hedges,
        counting=None,
        proposition=msgspec.structs.replace(said, count=figure, named=()),
        because=f"casualties: '{figure.words}' in place of '{said.count.words if said.count else ''}' ({old.because})",
    )
    return [*claims, msgspec.structs.replace(made, key=claim_key(made))]


def _without_version(chain: Chain) -> Chain:
    """The voices without the report's own earlier version."""
    return tuple(voice for voice in chain if not (voice.words and re.search(r"\bversions? of\b", voice.words)))


def _counts(claim: Claim, figure: Figure) -> bool:
    return isinstance(claim.proposition, Casualties) and claim.proposition.count == figure


def _filled(claim: Claim, old: Claim) -> Claim:
    """The claim of the new count; what it leaves open is as in the old one."""
    said, before = claim.proposition, old.proposition
    if not isinstance(said, Casualties) or not isinstance(before, Casualties) or said.harm != before.harm:
        return claim
    place = said.place if said.place and said.place[0].words.lower() != "there" else before.place
    made = msgspec.structs.replace(claim, proposition=msgspec.structs.replace(said, place=place, who=said.who or before.who), when=claim.when or old.when)
    return msgspec.structs.replace(made, key=claim_key(made))
