"""Turn a name into whom it names: somebody named before, in full or otherwise, or somebody new.

What it captures: surnames and given names of people named in full before, full names of people a headline gave by surname
alone, family names put first, acronyms introduced in brackets, short forms of a body's name.

What it does not: nicknames; a surname that several people share, when neither rank nor what was said of late tells them
apart, which stays open with all of them.

Example: "Rahim Sahak arrived. Sahak claimed …" → Sahak: Rahim Sahak.
"""

from __future__ import annotations

from counterclaim.core.mention import Reference
from counterclaim.knowledge.lexicon import words
from counterclaim.parse.agreement import same_sex
from counterclaim.parse.entities import Entity
from counterclaim.parse.kinds import A_PERSON, A_PLACE, BODY, PERSON
from counterclaim.parse.memory import REACH, Memory
from counterclaim.parse.nominals import Nominal

_SHORT = "short for a name given before"
# The last sentence (from nought) in which a surname alone can be a headline's: further down it is somebody known.
_HEADLINE = 1


def named(memory: Memory, n: Nominal) -> tuple[Entity, Reference | None]:
    """Whom a name names, and the reference when it is short for one given before."""
    register = memory.register
    known = register.by_name.get(_any_order(n.name))
    full = _full(memory, n)
    if len(full) == 1 and full[0] is not known:
        if n.phrase == n.span:  # from here on the bare surname is his, even when a brother of the same name is introduced
            register.by_short.setdefault(n.name, full[0])
        return full[0], Reference(n.phrase, full[0].naming, because=_SHORT)
    if len(full) > 1:
        entity = known if known is not None and known.name == n.name else memory.new(n)
        register.by_name[_any_order(n.name)] = entity
        return entity, Reference(n.phrase, None, tuple(each.naming for each in full), "short for several names given before")
    if known is not None and same_sex(known.gender, n.gender):
        if _any_order(known.name) == _any_order(n.name) or known.naming.end > n.span.start:
            return known, None
        return known, Reference(n.phrase, known.naming, because=_SHORT)
    entity = _introduced(memory, n) or _longer(memory, n) or memory.new(n)
    register.by_name[_any_order(n.name)] = entity
    parts = n.name.split()
    if len(parts) > 1 and PERSON in n.kinds:
        register.add_part(parts[-1], entity)
        register.add_part(parts[0], entity)
    elif len(parts) > 1 and BODY in n.kinds and parts[-1] in words("antecedents", "names", "suffixes"):
        register.add_part(" ".join(parts[:-1]), entity)
    return entity, None


def _full(memory: Memory, n: Nominal) -> list[Entity]:
    """Those whose full name this can be short for; of several the one of that rank, called so before, or alone spoken of of late."""
    if len(n.name.split()) > 1 and BODY not in n.kinds:
        return []
    found = [e for e in memory.register.by_part.get(n.name, ()) if same_sex(e.gender, n.gender)]
    found = [e for e in found if PERSON not in e.kinds or PERSON in n.kinds or n.name == e.name.split()[-1]]
    known = memory.register.by_short.get(n.name)
    for narrower in ([e for e in found if e.roles & n.roles], [e for e in found if e is known], [e for e in found if e.last >= memory.number - REACH]):
        if len(found) > 1 and len(narrower) == 1:
            return narrower
    return found


def _longer(memory: Memory, n: Nominal) -> Entity | None:
    """The person whom this full name names too, when a headline had the surname alone, or middle names come or go."""
    parts = n.name.split()
    if n.kinds != A_PERSON or len(parts) == 1:
        return None
    for known in memory.register.by_part.get(parts[-1], ()):
        others = known.name.split()
        if (others[0], others[-1]) == (parts[0], parts[-1]) and (set(parts) <= set(others) or set(others) <= set(parts)):
            return known
    alone = memory.register.by_name.get(parts[-1])
    is_headline = alone is not None and alone.name == parts[-1] and alone.last <= _HEADLINE
    return alone if alone is not None and is_headline and alone.kinds == A_PERSON and same_sex(alone.gender, n.gender) else None


def _introduced(memory: Memory, n: Nominal) -> Entity | None:
    """The body whose acronym (or long form) stands here in brackets: "the Lowa Liberation Front (LLF)"."""
    tokens = memory.sentence.tokens
    if n.first < 2 or tokens[n.first - 1].text != "(" or n.last >= len(tokens) or tokens[n.last].text != ")":
        return None
    other = memory.ends.get(n.first - 1)
    if other is None or other.head not in memory.here or A_PERSON in (n.kinds, other.kinds) or A_PLACE in (n.kinds, other.kinds):
        return None
    short, long = sorted((n.span.of(memory.text), other.span.of(memory.text)), key=len)
    initials = {word[0].casefold() for word in long.split()}
    if len(short.split()) > 1 or sum(c.isupper() for c in short) < 2 or short[0].casefold() not in initials:
        return None
    if other.name:
        memory.register.by_name.setdefault(_any_order(other.name), memory.here[other.head])
    return memory.here[other.head]


def _any_order(name: str) -> str:
    """A name with its words sorted: family names come first in some countries and in some reports."""
    return " ".join(sorted(name.split()))
