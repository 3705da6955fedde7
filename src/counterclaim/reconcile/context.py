"""Claims, reports and links to the context every matter is read in: names, origins, sides, caveats and what was taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Literal, NamedTuple, TypeVar

import msgspec

from counterclaim.core.claim import Claim, Mentions, Modality, Movement, Term
from counterclaim.core.codec import encode
from counterclaim.core.link import Link, LinkKind
from counterclaim.core.mention import Mention
from counterclaim.core.report import Report
from counterclaim.core.voice import Act
from counterclaim.reconcile.names import Heard, Name, Names
from counterclaim.reconcile.origins import Origins, voice_of
from counterclaim.reconcile.withdrawals import withdrawn

Sign = Literal["for", "against", "open"]
"""Whether a claim stands for a matter, against it, or leaves it open (a doubt, a check that could not be made)."""

SIGNS: Mapping[Act, Sign] = {"asserts": "for", "confirms": "for", "denies": "against", "doubts": "open", "cannot-verify": "open"}
_TURNED: Mapping[Sign, Sign] = {"for": "against", "against": "for", "open": "open"}
_PLACE_SLOTS = frozenset({"place", "places", "except_"})
_ACTUAL: frozenset[Modality] = frozenset({"actual"})

Kept = TypeVar("Kept", Claim, Report)


class Reading(NamedTuple):
    """How one claim bears on a matter: by what it says itself, or by refuting another claim (`subject`) that says it."""

    claim: Claim
    subject: Claim
    sign: Sign

    @property
    def is_own(self) -> bool:
        """Whether the claim speaks of the matter itself."""
        return self.claim is self.subject


class Context(msgspec.Struct, frozen=True, dict=True, eq=False):
    """All claims at hand, in the order of their keys, with what reading them side by side needs."""

    claims: tuple[Claim, ...]
    reports: dict[str, Report]
    names: Names
    sides: dict[str, Name]
    origins: Origins
    withdrawn: frozenset[str]

    @cached_property
    def by_key(self) -> dict[str, Claim]:
        """The claims by their keys."""
        return {claim.key: claim for claim in self.claims}

    @cached_property
    def checks(self) -> dict[str, list[Claim]]:
        """The verification claims of each report."""
        found: defaultdict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            if claim.kind == "verification" and claim.act != "denies" and claim.modality == "actual":
                found[claim.report].append(claim)
        return dict(found)

    def actor(self, claim: Claim, words: str) -> Name:
        """The actor that these words of the claim name."""
        return self.names.of(claim.report, words, "actor")

    def actors(self, claim: Claim, mentions: Mentions) -> tuple[Name, ...]:
        """The actors that fill a slot, each once, in the order of their ids."""
        return _once(self.names.of(claim.report, mention.words, "actor") for mention in mentions)

    def places(self, claim: Claim, mentions: Mentions) -> tuple[Name, ...]:
        """The places that fill a slot, each once, in the order of their ids."""
        return _once(self.names.of(claim.report, mention.words, "place") for mention in mentions)

    def side(self, name: Name) -> Name:
        """The side a person speaks for, or the name itself."""
        return self.sides.get(name.id, name)

    def party(self, claim: Claim) -> Name | None:
        """Whose word the claim is: the side of its origin, else the origin, else the outlet; null where nobody has a name."""
        voice = voice_of(claim)
        words = voice.speaks_for or voice.name or voice.words or (self.origins.outlet(claim) if len(claim.chain) < 2 else None)
        return self.side(self.actor(claim, words)) if words else None

    def party_id(self, claim: Claim) -> str:
        """What tells one party from another; the nameless are told apart by their report."""
        party = self.party(claim)
        return party.id if party else f"report:{claim.report}"

    def refuted(self, claim: Claim) -> Claim | None:
        """The claim at hand that this one refutes, if there is one."""
        return self.by_key.get(claim.refutes) if claim.refutes and claim.refutes != claim.key else None

    def readings(self, kind: str, *, signs: Mapping[Act, Sign] = SIGNS, modalities: frozenset[Modality] = _ACTUAL) -> Iterator[Reading]:
        """The claims that bear on matters of this kind: those that speak of them first, then those that refute one."""
        for claim in self.claims:
            if claim.kind == kind and claim.act in signs and claim.modality in modalities:
                yield Reading(claim, claim, signs[claim.act])
        for claim in self.claims:
            subject = self.refuted(claim)
            if subject is None or claim.act not in SIGNS or claim.modality != "actual" or claim.kind == "verification":
                continue
            if subject.kind == kind and subject.act in signs and subject.modality in modalities and subject.key not in self.withdrawn:
                sign = _TURNED[signs[subject.act]] if SIGNS[claim.act] != "open" else "open"
                yield Reading(claim, subject, sign)


def context(claims: Iterable[Claim], reports: Iterable[Report], links: Iterable[Link]) -> Context:
    """The context of these claims. The order they come in changes nothing; what comes twice counts once."""
    kept = _one_each((claim.key, claim) for claim in claims)
    texts = _one_each((report.id, report) for report in reports)
    ordered = tuple(kept[key] for key in sorted(kept))
    names = Names(_heard(ordered, texts), links)
    sides = _sides(ordered, names)
    origins = Origins(names, texts, sides)
    return Context(ordered, texts, names, sides, origins, withdrawn(ordered, origins, texts))


def _sides(claims: Iterable[Claim], names: Names) -> dict[str, Name]:
    """The side each named voice speaks for, where it speaks for one alone."""
    found: defaultdict[str, set[Name]] = defaultdict(set)
    for claim in claims:
        for voice in claim.chain:
            if voice.name and voice.speaks_for:
                found[names.of(claim.report, voice.name, "actor").id].add(names.of(claim.report, voice.speaks_for, "actor"))
    return {name: next(iter(sides)) for name, sides in found.items() if len(sides) == 1}


def _one_each(pairs: Iterable[tuple[str, Kept]]) -> dict[str, Kept]:
    """One value a key; of several the one that comes first as JSON, whatever order they come in."""
    found: dict[str, Kept] = {}
    for key, value in pairs:
        if key not in found or (found[key] != value and encode(value) < encode(found[key])):
            found[key] = value
    return found


def _once(names: Iterable[Name]) -> tuple[Name, ...]:
    return tuple(sorted({name.id: name for name in names}.values(), key=lambda name: name.id))


def _heard(claims: Iterable[Claim], reports: Mapping[str, Report]) -> Iterator[Heard]:
    """All words of the claims that name, or may name, an actor or a place."""
    for claim in claims:
        report = reports.get(claim.report)
        if report and report.outlet:
            yield claim.report, report.outlet, "actor"
        for voice in claim.chain:
            for words in (voice.name or voice.words, voice.speaks_for):
                if words:
                    yield claim.report, words, "actor"
        for slot in claim.proposition.__struct_fields__:
            filler = getattr(claim.proposition, slot)
            if not isinstance(filler, tuple):
                continue
            is_place = slot in _PLACE_SLOTS or (isinstance(claim.proposition, Movement) and slot in {"to", "from_"})
            kind: LinkKind = "place" if is_place else "actor"
            for part in filler:
                if isinstance(part, Mention):
                    yield claim.report, part.words, kind
                elif isinstance(part, Term):
                    if part.party:
                        yield claim.report, part.party.words, "actor"
                    for place in part.places:
                        yield claim.report, place.words, "place"
