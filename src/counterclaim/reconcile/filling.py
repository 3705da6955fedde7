"""Words a person gives for a slot of a claim to what fills it: names, texts, figures, days, voices.

What it captures: several fillers with ";" between them; "the front=National Resistance Front" for words and the name they mean; nothing,
which empties the slot; "2021-09-05", "2021-09-04/2021-09-05", "/2021-09-05" for days; "UN < Taliban" for voices, the outlet left out.
What it does not: guess. A value a slot cannot have is refused, with those it can.
Example: `fillers("control", {"change": "lost"}, words)` is `{"change": "lost"}`.
"""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

import msgspec

from counterclaim.core.claim import KINDS, Claim, Mentions, Modality, Term, Texts
from counterclaim.core.figure import Figure
from counterclaim.core.link import LinkKind
from counterclaim.core.mention import Mention
from counterclaim.core.voice import Act, Chain, Voice
from counterclaim.core.when import When
from counterclaim.errors import JudgementRefused


class Words(NamedTuple):
    """What words come to: the one figure they give, if they do; and the key that the record has for a name, if it has one."""

    figure: Callable[[str], Figure | None]
    key: Callable[[LinkKind, str], str | None]


# What every claim has beside the slots of its kind, and a person may set.
COMMON = ("act", "chain", "when", "said", "modality")
_PLACES = frozenset(("place", "places", "except"))
_EVIDENCE = frozenset(("evidence", "quote", "start", "end", "report", "span"))


def slots(kind: str) -> tuple[str, ...]:
    """The slots of a kind as they are written. Raises JudgementRefused for what is no kind."""
    if kind not in KINDS:
        raise JudgementRefused(f"no kind of claim {kind!r}; kinds are {', '.join(sorted(KINDS))}")
    return KINDS[kind].__struct_encode_fields__


def names_a(kind: str, slot: str) -> LinkKind:
    """Whether the names in a slot of a kind are of places or of actors."""
    return "place" if slot in _PLACES or (kind == "movement" and slot in ("to", "from")) else "actor"


def holds_texts(kind: str, slot: str) -> bool:
    """Whether a slot of a kind is filled by words of the text, rather than by names or by one of a few values."""
    field = KINDS[kind].__struct_fields__[slots(kind).index(slot)]
    return bool(get_type_hints(KINDS[kind])[field] == Texts)


def fillers(kind: str, given: Mapping[str, str], words: Words) -> dict[str, object]:
    """What fills each slot given, by the name it is written by. Raises JudgementRefused for an unknown slot or a value it cannot have."""
    known = slots(kind)
    hints = get_type_hints(KINDS[kind])
    found: dict[str, object] = {}
    for slot, value in given.items():
        if slot in _EVIDENCE:
            raise JudgementRefused(f"{slot!r} cannot be corrected: the evidence is the report's own words; reject the claim and add one at the right words")
        if slot in COMMON:
            found[slot] = value
        elif slot in known:
            field = KINDS[kind].__struct_fields__[known.index(slot)]
            found[slot] = _filler(kind, slot, hints[field], value.strip(), words)
        else:
            raise JudgementRefused(f"a claim of kind {kind} has no slot {slot!r}; its slots are {', '.join(known)}, and every claim has {', '.join(COMMON)}")
    return found


def mentions(kind: LinkKind, words: str, key: Callable[[LinkKind, str], str | None]) -> Mentions:
    """Names with ";" between them, each with the name it means after "=" where that is another."""
    found = []
    for part in _parts(words):
        own, _, name = (one.strip() for one in part.partition("="))
        if not own:
            raise JudgementRefused(f"{part!r} gives a name without words; write WORDS=NAME, or WORDS alone")
        found.append(Mention(own, name=name or None, key=key(kind, name) if name else None))
    return tuple(found)


def when(slot: str, words: str) -> When | None:
    """A day, or a range of days with either end open; none for nothing. Raises JudgementRefused for anything else."""
    if not words.strip():
        return None
    first, mark, last = (one.strip() for one in words.partition("/"))
    try:
        start, end = (dt.date.fromisoformat(one) if one else None for one in (first, last if mark else first))
    except ValueError as error:
        raise JudgementRefused(f"{slot}={words}: expected a day as YYYY-MM-DD, or FROM/TO with either end left out") from error
    if (start is None and end is None) or (start and end and end < start):
        raise JudgementRefused(f"{slot}={words}: expected FROM/TO with the earlier day first and at least one of the two")
    return When(start, end, "day", words.strip())


def act(words: str) -> Act:
    """An act by its name."""
    found: Act = _one_of("act", words.strip(), get_args(Act))
    return found


def modality(words: str) -> Modality:
    """How a claim is meant, by its name."""
    found: Modality = _one_of("modality", words.strip(), get_args(Modality))
    return found


def chain(claim_chain: Chain, words: str) -> Chain:
    """The chain with these names beneath its outlet, outermost first: a voice that keeps its name keeps all that was read of it.

    "Bilal Karimi (Taliban)" is Karimi who speaks for the Taliban; "unnamed source" is a voice without a name.
    """
    names = [one.strip() for one in words.split("<")] if words.strip() else []
    if any(not one for one in names):
        raise JudgementRefused(f"chain={words}: expected names with `<` between them, outermost first; an unnamed voice is `unnamed source`")
    outlet = claim_chain[:1] or (Voice(None),)
    if names and names[0].casefold() == (outlet[0].name or "unnamed outlet").casefold():
        names = names[1:]
    known = {voice.name: voice for voice in reversed(claim_chain[1:])}
    # One name for another: how and where it was said stays, who said it does not.
    places = claim_chain[1:] if len(names) == len(claim_chain) - 1 else [Voice(None)] * len(names)
    return (*outlet, *(_voice(name, known, place) for name, place in zip(names, places, strict=True)))


def _voice(words: str, known: Mapping[str | None, Voice], place: Voice) -> Voice:
    name, mark, rest = words.partition("(")
    called = None if name.strip() == "unnamed source" else name.strip()
    side = rest.removesuffix(")").strip() if mark else None
    if called in known:
        voice = known[called]
        return msgspec.structs.replace(voice, speaks_for=side) if side else voice
    said = {part: getattr(place, part) for part in ("cue", "manner", "medium", "addressee", "cue_span", "content")}
    return Voice(called, words=called, speaks_for=side or None, **said)


def _filler(kind: str, slot: str, hint: Any, words: str, known: Words) -> object:
    """A value of the type a slot has."""
    if get_origin(hint) is tuple:
        (each, _) = get_args(hint)
        if each is Mention:
            return mentions(names_a(kind, slot), words, known.key)
        if each is Term:
            return tuple(Term(one) for one in _parts(words))
        if get_origin(each) is Literal:
            return tuple(_one_of(slot, one, get_args(each)) for one in _parts(words))
        return _parts(words)
    if not words:
        return None
    options = get_args(hint) if isinstance(hint, types.UnionType) or get_origin(hint) is Union else (hint,)
    values = [value for option in options if get_origin(option) is Literal for value in get_args(option)]
    if values:
        return _one_of(slot, words, values)
    if Figure in options:
        found = known.figure(words)
        if found is None:
            raise JudgementRefused(f"{slot}={words}: expected one figure, such as 14, at least 14, 9 to 14, 480 tonnes or dozens")
        return found
    return words


def _parts(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for part in words.split(";") if (one := part.strip())))


def _one_of(slot: str, words: str, values: Any) -> Any:
    if words not in values:
        raise JudgementRefused(f"{slot}={words}: expected one of {', '.join(values)}")
    return words


def common(claim: Claim, slot: str, words: str) -> object:
    """What a slot that every claim has comes to by these words."""
    match slot:
        case "act":
            return act(words)
        case "chain":
            return chain(claim.chain, words)
        case "modality":
            return modality(words)
        case _:
            return when(slot, words)
