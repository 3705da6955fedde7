"""Whether a reading holds a claim that a case of the tables of voices asks for: kind, act, origin, count and words of slots."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from counterclaim.core.claim import Casualties, Claim
from counterclaim.core.mention import Mention
from tests.cases import Case
from tests.reading import reading

_OWN = frozenset(("kind", "act", "origin", "count", "chain"))


def told(case: Case) -> tuple[Claim, ...]:
    """The claims of the text of a case, as the Wire of that day reports it."""
    return reading(case["text"], reader="trained", outlet="Wire", published="2025-05-06").claims


def matching(claims: Iterable[Claim], wanted: dict[str, Any]) -> list[Claim]:
    """The claims that are what a case asks for; further words of it are slots, of which one mention must hold one of the words."""
    return [claim for claim in claims if _is(claim, wanted)]


def _is(claim: Claim, wanted: dict[str, Any]) -> bool:
    voice = claim.chain[-1]
    origin = wanted.get("origin", "")
    names = [v.name or "" for v in claim.chain]
    said = claim.proposition
    return (
        claim.kind in _several(wanted["kind"])
        and claim.act in _several(wanted.get("act", claim.act))
        and (voice.name is None if origin is None else origin in f"{voice.name} {voice.words}")
        and all(any(one in name for name in names) for one in wanted.get("chain", ()))
        and ("count" not in wanted or (isinstance(said, Casualties) and said.count is not None and said.count.low == wanted["count"]))
        and all(_holds(getattr(said, slot, None), words) for slot, words in wanted.items() if slot not in _OWN)
    )


def _several(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _holds(value: object, words: str) -> bool:
    """Whether one of the words (parted by "|") stands in a slot."""
    filled = [one.words if isinstance(one, Mention) else str(one) for one in value] if isinstance(value, tuple) else [str(value)]
    return any(one.casefold() in text.casefold() for one in words.split("|") for text in filled)


def missed(case: Case, claims: Iterable[Claim]) -> list[dict[str, Any]]:
    """What a case asks for and nobody is read to say, and what it forbids and somebody is."""
    all_told = list(claims)
    unread = [wanted for wanted in case.get("reads", ()) if not matching(all_told, wanted)]
    return unread + [forbidden for forbidden in case.get("never", ()) if matching(all_told, forbidden)]
