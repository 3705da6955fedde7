"""Whether a claim serves the side of whoever makes it, from whom the origin speaks for and whom the claim favours.

What it captures: own gains (a side's spokesman says it holds a place, or that its enemy lost men), admissions (a side says
it lost a place or men of its own), and neutral voices (medical staff, the UN, aid groups, witnesses).
What it does not: motives; where the side is not plain, the interest is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable

from counterclaim.core.claim import Attack, Casualties, Claim, Control, Interest, Movement
from counterclaim.core.mention import Mention
from counterclaim.core.voice import Voice, origin

_NEUTRAL = frozenset(("medical", "un", "ngo", "witness", "expert"))
_LOST = frozenset(("lost", "left"))
_FORCES = frozenset("forces fighters troops soldiers militants rebels army men group movement authorities government spokesman leader the a an of s".split())


def interest(claim: Claim) -> Interest | None:
    """The interest behind a claim, with its reason; none for narration and kinds where nobody gains a place or loses people."""
    if len(claim.chain) < 2:
        return None
    voice = origin(claim.chain)
    if voice.source_type in _NEUTRAL:
        return Interest("neutral", f"{voice.name or 'the source'} is {voice.source_type}")
    said = claim.proposition
    if isinstance(said, Control):
        own, gained = _of(voice, said.holder), said.change not in _LOST
        if said.change in _LOST and not said.holder and not said.not_holder and claim.act == "confirms":
            # "Admitted the loss of the town": one admits a loss of one's own.
            return Interest("against-interest", f"{voice.speaks_for or voice.name or 'the source'} admits the loss")
        if said.not_holder:
            return _judged(own=_of(voice, said.not_holder), gained=False, claim=claim, what="does not hold the place")
        return _judged(own=own, gained=gained, claim=claim, what=f"{said.change or 'holds'} the place")
    if isinstance(said, Casualties):
        if _of(voice, said.who):
            return _judged(own=True, gained=False, claim=claim, what="suffers the harm")
        if _of(voice, said.by):
            return _judged(own=True, gained=True, claim=claim, what="did the harm to others")
        return Interest("unknown", "the harmed are not of the origin's side, nor plainly of its enemy's")
    if isinstance(said, Movement) and said.action in ("advance", "withdraw"):
        return _judged(own=_of(voice, said.actor), gained=said.action == "advance", claim=claim, what=f"is said to {said.action}")
    if isinstance(said, Attack) and _of(voice, said.target):
        return Interest("own-gain", f"{voice.speaks_for or voice.name} accuses another of an attack on its own side")
    return None


def _judged(*, own: bool | None, gained: bool, claim: Claim, what: str) -> Interest:
    voice = origin(claim.chain)
    side = voice.speaks_for or voice.name or "the source"
    if own is None:
        return Interest("unknown", f"nobody is named who {what}")
    denies = claim.act in ("denies", "doubts")
    for_side = (own == gained) != denies
    if not own and not for_side and voice.speaks_for is None:
        # That "Moscow's defence ministry" is no side of "Russian troops" is not plain from the words: what another's gain costs the
        # speaker is for the record to say, which knows who contends for the place.
        return Interest("unknown", f"{side} {'denies' if denies else 'says'} that another {what}; whether it is against its interest is not plain")
    whom = "its own side" if own else "another side"
    return Interest("own-gain" if for_side else "against-interest", f"{side} {'denies' if denies else 'says'} that {whom} {what}")


def _of(voice: Voice, mentions: Iterable[Mention]) -> bool | None:
    """Whether one of the mentions is the origin's own side; none when nobody is named.

    "Our forces", "their fighters" and "troops of its First Division", said by a side, are its own.
    """
    known: list[bool] = []
    sides = [_words(side) for side in (voice.speaks_for, voice.name) if side]
    for mention in mentions:
        if _OWN.intersection(mention.words.casefold().split()[:_LEAD]):
            known.append(True)
        elif any(c.isupper() for c in mention.words[1:]) or mention.words[:1].isupper():
            known.append(any(side & _words(mention.words) for side in sides))
    return any(known) if known else None


# How far into a phrase "its" may stand for the phrase to be its own.
_LEAD = 3
_OWN = frozenset("our their its his her we us".split())


def _words(name: str) -> frozenset[str]:
    return frozenset(w for w in name.casefold().replace("’s", "").replace("'s", "").split() if w not in _FORCES)
