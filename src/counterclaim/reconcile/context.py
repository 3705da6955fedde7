"""Claims, reports and links to the context every matter is read in: names, origins, sides, caveats and what was taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Literal, NamedTuple, TypeVar

import msgspec

from counterclaim.core.claim import Claim, Mentions, Modality
from counterclaim.core.link import Link
from counterclaim.core.report import Report
from counterclaim.core.voice import Act
from counterclaim.reconcile.ground import Ground, MemorySource, ground
from counterclaim.reconcile.names import Name, Names
from counterclaim.reconcile.origins import Origins, voice_of

Sign = Literal["for", "against", "open"]
"""Whether a claim stands for a matter, against it, or leaves it open (a doubt, a check that could not be made)."""

SIGNS: Mapping[Act, Sign] = {"asserts": "for", "confirms": "for", "denies": "against", "doubts": "open", "cannot-verify": "open"}
_TURNED: Mapping[Sign, Sign] = {"for": "against", "against": "for", "open": "open"}
Made = TypeVar("Made")
_ACTUAL: frozenset[Modality] = frozenset({"actual"})


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
    """The claims of some reports, in the order of their keys, on the ground of all that is at hand."""

    claims: tuple[Claim, ...]
    reports: dict[str, Report]
    ground: Ground

    def once(self, what: str, make: Callable[[], Made]) -> Made:
        """What is worked out from this context once and asked for often."""
        kept: dict[str, Made] = self.__dict__.setdefault("kept", {})
        if what not in kept:
            kept[what] = make()
        return kept[what]

    @property
    def names(self) -> Names:
        """What words name."""
        return self.ground.names

    @property
    def origins(self) -> Origins:
        """Who claims come from."""
        return self.ground.origins

    @cached_property
    def withdrawn(self) -> frozenset[str]:
        """The keys of the claims that were taken back."""
        return self.ground.withdrawn(self.claims)

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
        return self.ground.side(name)

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


def context(claims: Iterable[Claim], reports: Iterable[Report] = (), links: Iterable[Link] = (), derived: Iterable[Claim] = ()) -> Context:
    """The context of all these claims, and of what follows from them. The order they come in changes nothing; what comes twice counts once."""
    return of_all(MemorySource(claims, reports, links, derived))


def of_all(source: MemorySource) -> Context:
    """The context of everything a source in memory has."""
    return Context(tuple(source.by_key.values()), source.texts, ground(source))


def around(ground: Ground, reports: Iterable[str]) -> Context:
    """The context of the claims of some reports, and of what they refute."""
    ids = sorted(ground.home_reports(reports))
    claims = sorted((claim for name in ids for claim in ground.source.claims(name)), key=lambda claim: claim.key)
    return Context(tuple(claims), {name: report for name in ids if (report := ground.source.report(name)) is not None}, ground)


def _once(names: Iterable[Name]) -> tuple[Name, ...]:
    return tuple(sorted({name.id: name for name in names}.values(), key=lambda name: name.id))
