"""The words of a caveat to what they reach: which kinds of claims, whose, and whether one or all of them.

What it captures: what is doubted by its noun (tolls, control; claims, accounts and reports of any kind), whose it is by "either
side's", "the two sides'", "the army's", "given by the rebels", and "this account" as one thing.
What it does not: whose losses are counted ("the rebels' losses" are anybody's figures on the rebels).
Example: "neither side's figures" reach the casualty claims of the warring sides; "the claim" what was claimed last.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from counterclaim.core.claim import KINDS, Claim
from counterclaim.core.folding import folded
from counterclaim.core.voice import SourceType
from counterclaim.reconcile.context import Context
from counterclaim.reconcile.origins import voice_of

# What is doubted, by its nouns. Of the last nothing says what it tells of: it may be of any kind.
_CASUALTIES = re.compile(r"\b(?:casualt|tolls?\b|death|losses|figures?\b|numbers?\b|counts?\b|how many\b)", re.I)
_CONTROL = re.compile(r"control|captur|advance|territor", re.I)
_TOLD = re.compile(r"\b(?:claim|account|report|statement|assertion|allegation|accusation|version|stor(?:y|ies)\b|testimon|information)", re.I)
# What is seen, and not said.
_SEEN = re.compile(r"\b(?:videos?|footage|photo(?:graph)?s?|pictures?|images?|recordings?|clips?)\b", re.I)
_COUNTING = re.compile(r"\b(?:numbers?|tolls?|figures?|counts?|how many)\b", re.I)
_SIDES = re.compile(
    r"\b(?:n?either|each|both|two|warring|rival|opposing)\b(?: of the)?(?: two)?(?: warring| rival)? (?:sides?|part(?:y|ies)|camps?|armies)\b", re.I
)
_GIVEN = r"claims?|accounts?|reports?|statements?|assertions?|allegations?|accusations?|versions?|story|stories|figures?|numbers?|counts?|tolls?|estimates?|information"
_OWNER = re.compile(rf"^(?:the )?(?P<whose>.+?)(?:['’]s|(?<=s)['’]) (?:[\w-]+ ){{0,3}}?(?:{_GIVEN})\b", re.I)
_GIVER = re.compile(rf"\b(?:{_GIVEN})\b(?: (?:made|given|released|issued|published|put out|announced))? (?:by|from) (?:the )?(?P<whose>[^,;]+)$", re.I)
_ONE = re.compile(
    r"^(?:this|that|the|a|an|his|her|its|their|such an?|either) (?:[\w-]+ )?(?:claim|account|report|statement|assertion|allegation|version|story|testimony)\b",
    re.I,
)
# Acts of speech, and checks themselves: nobody doubts that an appeal was made when he cannot verify "the claims".
_SPOKEN = frozenset("offer answer demand pledge verification statement".split())
_ANY = frozenset(KINDS) - _SPOKEN
# Who counts and tells for no warring side.
_NO_SIDE: frozenset[SourceType | None] = frozenset({"un", "medical", "ngo", "witness", "media", "expert", "document"})


class Reach(NamedTuple):
    """What the words of a caveat reach: claims of these kinds; those of the sides, of one owner, those told, or anybody's; of one thing or all."""

    kinds: frozenset[str]
    whose: Literal["sides", "told", "anybody"]
    owner: str | None
    is_one: bool
    is_counting: bool


def reach(about: str) -> Reach | None:
    """What these words reach; none where they name nothing that is said, or something that is seen."""
    if _SEEN.search(about):
        return None
    kinds = {kind for kind, nouns in (("casualties", _CASUALTIES), ("control", _CONTROL)) if nouns.search(about)}
    is_told = _TOLD.search(about) is not None
    if not kinds and not is_told:
        return None
    sides = _SIDES.search(about)
    owner = None if sides else _GIVER.search(about) or _OWNER.search(about)
    whose: Literal["sides", "told", "anybody"] = "sides" if sides else "anybody" if kinds else "told"
    return Reach(frozenset(kinds) or _ANY, whose, owner["whose"] if owner else None, _ONE.search(about) is not None, _COUNTING.search(about) is not None)


def told(context: Context, report: str) -> list[Claim]:
    """The claims of a report that somebody other than its outlet is said to have made, checks and acts of speech left out."""

    def make() -> dict[str, list[Claim]]:
        found: dict[str, list[Claim]] = {}
        for claim in context.claims:
            if len(claim.chain) > 1 and claim.kind in _ANY:
                found.setdefault(claim.report, []).append(claim)
        return found

    return context.once("told", make).get(report, [])


def is_of_a_side(claim: Claim) -> bool:
    """Whether a claim is a warring side's: told by somebody else than the outlet, and by nobody who counts for no side."""
    return len(claim.chain) > 1 and voice_of(claim).source_type not in _NO_SIDE


def is_by(context: Context, checker: Claim, owner: str, claim: Claim) -> bool:
    """Whether the owner that a caveat names is the voice of a claim, or the side it speaks for."""
    if len(claim.chain) < 2:
        return False
    voice = voice_of(claim)
    if folded(owner) in {folded(words) for words in (voice.name, voice.speaks_for) if words}:
        return True
    # "The colonel's figures" are Colonel Varga's.
    if set(folded(owner).split()) <= set(folded(voice.words or "").split()):
        return True
    party = context.party(claim)
    return party is not None and party.id == context.side(context.actor(checker, owner)).id
