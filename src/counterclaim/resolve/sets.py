"""Claims about sets of places to claims about each: "all districts of Panjshir except Bazarak and Rokha" is a claim about every other one.

What it captures: all, every and each of the districts, counties or provinces of a place that the gazetteer knows the units of, and the
whole of such a place; exceptions named by place.
What it does not: most, many and several; a set with an exception that no unit is found for, or with a number that is not the
gazetteer's, for then nobody knows which units are meant.
Example: with five districts in the gazetteer, "all districts of X except Y" gives four derived claims, each saying what it follows from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from counterclaim.core.claim import Claim, Control
from counterclaim.core.codec import claim_key
from counterclaim.core.link import Link
from counterclaim.core.mention import Mention
from counterclaim.core.place import Place
from counterclaim.knowledge.gazetteer import Gazetteer
from counterclaim.knowledge.lexicon import words

_ALL = re.compile(r"\b(?:all|every|each|whole|entire|entirety|rest)\b", re.IGNORECASE)
# A sentence with an exception that was not read as one says less than it seems to.
_EXCEPT = re.compile(r"(?i)\b(?:except|excepting|excluding|exception|apart from|besides|but for|save for|other than|all but)\b")
_NUMBER = re.compile(r"\b(\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b", re.IGNORECASE)
_NUMBERS = {word: n for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)}


def expanded(claims: Iterable[Claim], links: Iterable[Link], gazetteer: Gazetteer) -> Iterator[Claim]:
    """The claims that follow from those about sets of places, each a claim of its own that names what it was derived from."""
    targets = {(link.report, link.words): link for link in links if link.kind == "place"}
    for claim in claims:
        if isinstance(claim.proposition, Control):
            yield from _of(claim, claim.proposition, targets, gazetteer)


def speaks_of_set(claim: Claim) -> bool:
    """Whether a claim may be about a set of places, by its words alone."""
    return isinstance(claim.proposition, Control) and any(_ALL.search(mention.words) for mention in claim.proposition.place)


def _of(claim: Claim, said: Control, targets: Mapping[tuple[str, str], Link], gazetteer: Gazetteer) -> Iterator[Claim]:
    for mention in said.place:
        link = targets.get((claim.report, mention.words))
        whole = gazetteer.place(link.target.key) if link is not None and link.target is not None else None
        if whole is None or not _ALL.search(mention.words):
            continue
        units = _units(mention.words, whole, gazetteer)
        if _EXCEPT.search(claim.evidence.quote) and not said.except_:
            continue
        left_out = [_unit_of(targets.get((claim.report, other.words)), units) for other in said.except_]
        if not units or None in left_out or not _is_number_of(mention.words, units):
            continue
        out = ", except " + " and ".join(m.words for m in said.except_) if said.except_ else ""
        for unit in units:
            if unit.key not in left_out:
                place = Mention(mention.words, name=unit.name, key=unit.key)
                made = msgspec.structs.replace(
                    claim,
                    key="",
                    proposition=msgspec.structs.replace(said, place=(place,), except_=()),
                    derived_from=claim.key,
                    because=f"derived: “{mention.words}” holds for each of the {len(units)} units that the gazetteer has in {whole.name}{out}",
                )
                yield msgspec.structs.replace(made, key=claim_key(made))


def _units(wording: str, whole: Place, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The units that a set speaks of: of the level its class word names, else of the level below the place."""
    lowered = set(re.findall(r"\w+", wording.lower()))
    units = gazetteer.units_in(whole)
    wants_second = bool(lowered & (words("places", "classes", "second") - words("places", "classes", "first")))
    if whole.is_country and wants_second:
        return tuple(second for first in units for second in gazetteer.units_in(first))
    return units


def _unit_of(link: Link | None, units: tuple[Place, ...]) -> str | None:
    """The unit of the set that an exception names: the linked place itself, or the one it is the name-giving town of."""
    if link is None or link.target is None:
        return None
    for candidate in (link.target, *link.candidates):
        for unit in units:
            if unit.key == candidate.key or (candidate.at is not None and unit.name == candidate.at.district):
                return unit.key
    return None


def _is_number_of(wording: str, units: tuple[Place, ...]) -> bool:
    """Whether a number said of the set is the number of its units; true where none is said."""
    found = _NUMBER.search(wording)
    if not found:
        return True
    return len(units) == (int(found[1]) if found[1].isdigit() else _NUMBERS[found[1].lower()])
