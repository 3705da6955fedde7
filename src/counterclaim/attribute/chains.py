"""Lay acts of speech inside one another: the chain of voices above any stretch of a report."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from counterclaim.core.span import Span
from counterclaim.core.voice import Act, Attribution, Chain, Voice


class Said(msgspec.Struct, frozen=True):
    """Who says a stretch of text, and what the innermost voice does with it."""

    chain: Chain
    act: Act
    hedges: tuple[str, ...]
    attribution: Attribution | None


def said(at: Span, outlet: Voice, found: Sequence[Attribution]) -> Said:
    """The chain above this stretch: the outlet, then every voice whose content holds it, widest content first."""
    above = [a for a in found if any(c.holds(at) for c in a.content)]
    # Of two voices for the same words the one that is quoted stands inside: "Radio Tamar reported, citing doctors, that …".
    above.sort(key=lambda a: (-max(c.end - c.start for c in a.content if c.holds(at)), a.voice.cue in _QUOTING))
    heard = tuple(c for a in above for c in a.content)
    above.sort(key=lambda a: a.source is not None and any(c.holds(a.source) for c in heard))
    chain: list[Voice] = [outlet]
    for a in above:
        voice = msgspec.structs.replace(a.voice, cue_span=a.cue, content=a.content)
        # One speaker's "said he hoped" is one voice with two acts; the inner act is the one that counts.
        if len(chain) > 1 and voice.name is not None and _same(chain[-1].name, voice.name):
            continue
        if len(chain) > 1 and chain[-1].name is None and (voice.name or "").casefold() in _FIRST:
            # "It further read: “We condemn …”": who says "we" is whoever is quoted, named or not.
            chain[-1] = voice
            continue
        chain.append(voice)
    if not above:
        return Said((msgspec.structs.replace(outlet, manner="narration"),), "asserts", (), None)
    inner = above[-1]
    hedges = tuple(dict.fromkeys(h for a in above for h in a.hedges))
    return Said(tuple(chain), inner.act, hedges, inner)


_FIRST = frozenset(("i", "we"))
_QUOTING = frozenset("citing quoting cited quoted".split())


def _same(a: str | None, b: str) -> bool:
    if a is None:
        return False
    left, right = a.casefold().split(), b.casefold().split()
    return left == right or left[-1] == right[-1] or b.casefold() in ("he", "she", "they", "it", "i", "we")
