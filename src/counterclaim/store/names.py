"""The names a claim can be found by: who speaks in it, whom it names, and where; folded for comparing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

import msgspec

from counterclaim.core.claim import Claim
from counterclaim.core.mention import Mention

Role = Literal["voice", "party", "place"]

# Slots that hold places whatever the kind, and those that do so in one kind only (an offer is made *to* a party). All other
# mentions are parties.
_PLACES = frozenset({"place", "places", "except"})
_PLACES_OF = {"movement": frozenset({"to", "from"})}

_WORD = re.compile(r"\w+")


def fold(text: str) -> str:
    """Words without case, accents and punctuation, a space around each; empty when there are none.

    One folded name is in another, whole words only, exactly when its string is.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(c))
    words = _WORD.findall(plain)
    return f" {' '.join(words)} " if words else ""


def names(claim: Claim) -> set[tuple[Role, str]]:
    """Every folded name of the claim with the part it plays there."""
    voices = ((voice.name, voice.words, voice.speaks_for) for voice in claim.chain)
    found: set[tuple[Role, str]] = {("voice", fold(name)) for said in voices for name in said if name}
    found.update((role, fold(mention.words)) for role, mention in _mentions(claim.proposition, _PLACES | _PLACES_OF.get(claim.kind, frozenset())))
    return {(role, words) for role, words in found if words}


def _mentions(value: object, places: frozenset[str], role: Role = "party") -> Iterator[tuple[Role, Mention]]:
    if isinstance(value, Mention):
        yield role, value
    elif isinstance(value, tuple):
        for part in value:
            yield from _mentions(part, places, role)
    elif isinstance(value, msgspec.Struct):
        for name, slot in zip(value.__struct_encode_fields__, value.__struct_fields__, strict=True):
            yield from _mentions(getattr(value, slot), places, "place" if name in places else "party")
