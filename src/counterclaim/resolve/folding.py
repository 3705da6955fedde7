"""Names made comparable, and the mentions of a claim with the slots they fill."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from counterclaim.core.claim import Claim, Movement, Offer
from counterclaim.core.mention import Mention

_ARTICLE = re.compile(r"^(?:the|a|an)\s+")
_PLACES = frozenset(("place", "except_", "places"))
_WAYS = frozenset(("to", "from_"))
_OWNER = re.compile(r"[’']s\b|[’'](?=\s|$)")


def fold(words: str) -> str:
    """Lower case, no accents, no article, no possessive, single blanks."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c)).casefold()
    return _ARTICLE.sub("", " ".join(re.findall(r"[\w-]+", _OWNER.sub("", plain))))


def is_place(claim: Claim, slot: str) -> bool:
    """Whether a slot of this claim holds places: "to" and "from" are places of a movement and parties of an offer."""
    return slot in _PLACES or (slot in _WAYS and isinstance(claim.proposition, Movement))


def mentions_of(claim: Claim) -> Iterator[tuple[str, Mention]]:
    """The mentions in the slots of a claim and the sources of its voices, each with its slot's name."""
    for voice in claim.chain[1:]:
        if voice.name:
            yield "voice", Mention(voice.name)
        if voice.speaks_for:
            yield "voice", Mention(voice.speaks_for)
    proposition = claim.proposition
    for slot in proposition.__struct_fields__:
        value = getattr(proposition, slot)
        if isinstance(value, tuple):
            for each in value:
                if isinstance(each, Mention):
                    yield slot, each
    if isinstance(proposition, Offer):
        for term in (*proposition.asks, *proposition.undertakings):
            if term.party is not None:
                yield "party", term.party
            for place in term.places:
                yield "places", place
