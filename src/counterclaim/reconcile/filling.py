"""Words a person gives for a slot of a claim to what fills it: names, texts, terms, figures, days, voices; and back.

What it captures: several fillers with ";" between them; "the front=National Resistance Front" for words and the name they mean; nothing,
which empties the slot; "2021-09-05", "2021-09-04/2021-09-05", "/2021-09-05" for days; "UN < Taliban" for voices, the outlet left out;
"stop the attacks; who: Taliban; where: Panjshir" for a term, with the next after ";" or on a line of its own. ";" and "=" that are part of
the words are written twice.
What it does not: guess. A value a slot cannot have is refused, with those it can.
Example: `fillers("control", {"change": "lost"}, words)` is `{"change": "lost"}`.
"""

from __future__ import annotations

import datetime as dt
import re
import types
from collections.abc import Callable, Iterator, Mapping
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
# A filler: anything up to a single ";"; and the words of a name: anything up to a single "=".
_PART = re.compile(r"(?:[^;]|;;)+")
_NAMED = re.compile(r"((?:[^=]|==)*)=?(.*)", re.DOTALL)
_TIE = re.compile(r"(who|where)\s*:(.*)", re.IGNORECASE | re.DOTALL)


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
    return tuple(dict.fromkeys(_mention(kind, part, key) for part in _PART.findall(words) if part.strip()))


def terms(slot: str, words: str, key: Callable[[LinkKind, str], str | None]) -> tuple[Term, ...]:
    """Terms: what is to be done, then who is to do it and where, as in `stop the attacks; who: Taliban; where: Panjshir; where: Rokha`.

    The next term begins with anything else, on the same line or another. Raises JudgementRefused for a term without an act, or with two who.
    """
    found: list[Term] = []
    for part in (part for line in words.splitlines() for part in _PART.findall(line) if part.strip()):
        tie = _TIE.fullmatch(part.strip())
        if tie is None:
            found.append(Term(_plain(part)))
            continue
        if not found:
            raise JudgementRefused(f"{slot}={words}: expected what is to be done first, then who and where, as in `stop; who: Taliban; where: Panjshir`")
        if not tie[2].strip():
            continue
        is_place = tie[1].casefold() == "where"
        mention, last = _mention("place" if is_place else "actor", tie[2], key), found[-1]
        if not is_place and last.party is not None:
            raise JudgementRefused(f"{slot}={words}: two are to do {last.act!r}; write the term once for each of them")
        found[-1] = msgspec.structs.replace(last, **({"places": (*last.places, mention)} if is_place else {"party": mention}))
    return tuple(dict.fromkeys(found))


def written(value: object) -> str:
    """What fills a slot as a person would write it, so that `fillers` makes the same of it again; a term a line, nothing for an open slot."""
    if isinstance(value, tuple):
        return ("\n" if any(isinstance(one, Term) for one in value) else "; ").join(
            _quoted(written(one)) if isinstance(one, str) else written(one) for one in value
        )
    if isinstance(value, Mention):
        words, name = (one_line(one).replace("=", "==") for one in (value.words, value.name or ""))
        # The blank keeps the mark from being read as the first half of a doubled one.
        return _quoted(f"{words}={' ' if name.startswith('=') else ''}{name}" if name else words)
    if isinstance(value, Term):
        ties = [f"who: {written(value.party)}"] if value.party else []
        return "; ".join([_quoted(value.act), *ties, *(f"where: {written(one)}" for one in value.places)])
    return "" if value is None else one_line(value.words if isinstance(value, Figure) else str(value))


def named(kind: str, slot: str, value: object) -> Iterator[tuple[Mention, LinkKind]]:
    """The names in a slot of a kind, those in its terms too, each with what it names."""
    for one in value if isinstance(value, tuple) else ():
        if isinstance(one, Mention):
            yield one, names_a(kind, slot)
        elif isinstance(one, Term):
            yield from ((mention, "actor") for mention in (one.party,) if mention)
            yield from ((mention, "place") for mention in one.places)


def holds_terms(kind: str, slot: str) -> bool:
    """Whether a slot of a kind is filled by terms."""
    field = KINDS[kind].__struct_fields__[slots(kind).index(slot)]
    return bool(get_type_hints(KINDS[kind])[field] == tuple[Term, ...])


def one_line(words: str) -> str:
    """The words with one blank for every break between them, as a form shows them."""
    return " ".join(words.split())


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
            return terms(slot, words, known.key)
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
    return tuple(dict.fromkeys(one for part in _PART.findall(words) if (one := _plain(part))))


def _plain(part: str) -> str:
    return part.replace(";;", ";").strip()


def _quoted(words: str) -> str:
    return one_line(words).replace(";", ";;")


def _mention(kind: LinkKind, part: str, key: Callable[[LinkKind, str], str | None]) -> Mention:
    found = _NAMED.fullmatch(_plain(part))
    own, name = (one.replace("==", "=").strip() for one in found.groups()) if found else ("", "")
    if not own:
        raise JudgementRefused(f"{part.strip()!r} gives a name without words; write WORDS=NAME, or WORDS alone")
    return Mention(own, name=name or None, key=key(kind, name) if name else None)


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
