"""Acts in the words of a text to what they ask for: their stems, and the class of act that tells which later conduct bears on them.

Tables and how they are read. The classes follow what agreements to end a war ask of parties: to cease fire, to withdraw, to give access,
to release, to protect, to bring relief, to talk; and what is threatened: to take a place, to fight on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from counterclaim.core.claim import AgreementType

ActClass = Literal["cease", "leave", "open", "release", "protect", "relief", "talk", "take", "fight"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words too common in promises to tell one act from another.
_STOP = _words(
    "the a an and or of to in on at by for from with as all any each every its it his her their our my your they them he she we i be is are was were been "
    "will would shall should can could may might must do does did have has had ready willing prepared able also both once soon then there this that "
    "these those not no now again further more most other another such own said says ask asks asked call calls called demand promise pledge offer if when while "
    "immediately forces side sides group people"
)
_VERBS: tuple[tuple[ActClass, frozenset[str]], ...] = (
    ("leave", _words("leave quit withdraw evacuate vacate retreat pullout")),
    ("release", _words("release free exchange swap return hand")),
    ("protect", _words("protect safe safety safeguard guarantee respect spare secure")),
    ("open", _words("open reopen let allow permit lift unblock access passage pass corridor dismantle clear ease")),
    ("talk", _words("talk talks meet meeting negotiate negotiation dialogue assembly join discuss summit")),
    ("take", _words("take retake capture recapture seize conquer liberate advance")),
    ("fight", _words("fight attack strike bomb shell retaliate avenge resist war")),
    ("relief", _words("send provide deliver give donate supply fund distribute aid food relief tonne ton")),
)
_CEASE = _words("stop end halt cease suspend pause refrain abstain desist freeze ceasefire truce hostility")
_VIOLENCE = _words(
    "fight fighting attack attacks offensive fire firing shell shelling bomb bombing bombardment war hostility strike airstrike assault raid violence operation "
    "advance move moves arms weapon clash ceasefire truce"
)
_AGREED: Mapping[AgreementType, ActClass] = {"ceasefire": "cease", "withdrawal": "leave", "exchange": "release", "access": "open"}
_NOT = re.compile(r"\b(?:not|never|no|without|stop|cease|refrain(?:ing)? from)\b")
_OUT_OF = re.compile(r"\b(?:pull(?:s|ed|ing)?|move[sd]?|get|go|be|is|are)\b(?:\s+\w+){0,4}?\s+(?:out|back|away)\b|\bout of\b")
_DOWN = re.compile(r"\b(?:take|tak(?:es|en|ing)|bring|tear)\s+down\b|\bin return\b")
_WORD = re.compile(r"[^\W\d_]+")
_ENDINGS = ("ingly", "edly", "ing", "ies", "ied", "ed", "es", "s", "e")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without its ending: "stopped", "stops" and "stop" are "stop"; "leaves" and "leave" are "leav"."""
    low = word.lower()
    for ending in _ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) >= 3:
            low = low[: -len(ending)] + ("y" if ending in ("ies", "ied") else "")
            break
    if len(low) > 3 and low[-1] == low[-2] and low[-1] not in "aeiouls":
        low = low[:-1]
    return low.removesuffix("e") if len(low) > 3 else low


@lru_cache(maxsize=65536)
def stems(words: str) -> frozenset[str]:
    """The stems of the words that tell an act from another."""
    return frozenset(stem(word) for word in _WORD.findall(words) if word.lower() not in _STOP and len(word) > 2)


_STEMS = {name: frozenset(stem(word) for word in words) for name, words in _VERBS}
_CEASE_STEMS = frozenset(stem(word) for word in _CEASE)
_VIOLENCE_STEMS = frozenset(stem(word) for word in _VIOLENCE)
_LET_STEMS = _STEMS["open"]


def act_class(words: str, agreement: AgreementType | None = None) -> ActClass | None:
    """The class of an act; none where no table has it, or where it is denied and its contrary is no class.

    An agreement's type decides where its words do not.
    """
    low = words.lower()
    found = {stem(word) for word in _WORD.findall(low)}
    is_violent = bool(found & _VIOLENCE_STEMS)
    if is_violent and (found & _CEASE_STEMS or _NOT.search(low)):
        return "cease"
    if _NOT.search(low):
        return _AGREED.get(agreement) if agreement else None
    if _OUT_OF.search(low):
        return "leave"
    if _DOWN.search(low):
        return "open"
    for name, _ in _VERBS:
        if found & _STEMS[name]:
            return name
    return _AGREED.get(agreement) if agreement else None
