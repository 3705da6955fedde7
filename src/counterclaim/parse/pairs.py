"""Turn "the two sides", "both armies", "the former" and "the latter" into those of two that are meant.

What it captures: two that were joined by "and"; for "the former" and "the latter" also the two names, bodies, persons or
places of the sentence before.

What it does not: three or more: they stay open, with all of them.

Example: "Azerbaijan and Armenia agreed. The latter withdrew." → The latter: Armenia; "the last of two".
"""

from __future__ import annotations

from collections.abc import Iterator

from counterclaim.core.mention import Reference
from counterclaim.core.span import Span
from counterclaim.parse.entities import Scored
from counterclaim.parse.kinds import A_PERSON, A_THING, BODY, PLACE, WILLED
from counterclaim.parse.memory import Memory
from counterclaim.parse.nominals import Nominal
from counterclaim.parse.nouns import nouns_of


def pair(memory: Memory, n: Nominal) -> list[Scored]:
    """Two that were joined by "and"; three leave it open which two are meant."""
    kinds = A_PERSON if n.word in nouns_of("pairs") else n.kinds - A_THING | (WILLED if n.word in nouns_of("sides") else frozenset[str]())
    for mention in memory.backwards():
        entity = mention.entity
        if entity.members and all(each.kinds & kinds for each in entity.members) and (mention.sentence < memory.number or mention.at < n.head):
            return [Scored(entity, 0)] if len(entity.members) == 2 else [Scored(each, 0) for each in entity.members]
    return []


def former(memory: Memory, i: int) -> Iterator[Reference]:
    """Of two that were joined, or of the two names (or things of a kind) in the sentence before, the one that is meant."""
    tokens = memory.sentence.tokens
    if i == 0 or tokens[i - 1].text.lower() != "the" or (i + 1 < len(tokens) and tokens[i + 1].upos in ("NOUN", "PROPN", "ADJ", "NUM")):
        return
    span = Span(tokens[i - 1].start, tokens[i].end)
    last = [mention.entity for mention in (memory.recent[-1] if memory.recent else ()) if not mention.form and mention.role != "part"]
    two = next((m.entity.members for m in memory.backwards() if m.entity.members and m.sentence >= memory.number - 1), ())
    if len(two) != 2:
        for sort in (lambda e: bool(e.name), lambda e: BODY in e.kinds, lambda e: e.kinds == A_PERSON, lambda e: PLACE in e.kinds):
            two = tuple(dict.fromkeys(e for e in last if not e.members and sort(e)))
            if len(two) == 2:
                break
    if len(two) != 2:
        yield Reference(span, None, tuple(e.naming for e in two), "not two to choose from")
        return
    chosen = two[0 if tokens[i].text.lower() == "former" else 1]
    yield Reference(span, chosen.naming, tuple(e.naming for e in two), "the first of two" if chosen is two[0] else "the last of two")
    memory.note(memory.mention(i, chosen))
