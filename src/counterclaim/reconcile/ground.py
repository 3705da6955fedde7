"""Claims, reports and links to the ground that matters are read on: everything of it is looked up around a few reports, never gathered whole.

What a report adds to the index is told by its own claims and links alone (`postings`); what a name, a side or a retraction is, by looking
it up. So a few reports can be read side by side in a record of a hundred thousand, and the answer is the one a reading of all would give.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from counterclaim.core.claim import Claim, Control, Movement, Term
from counterclaim.core.codec import encode
from counterclaim.core.index import Index, MemoryIndex, Posting
from counterclaim.core.link import Link, LinkKind
from counterclaim.core.mention import Mention
from counterclaim.core.report import Report
from counterclaim.reconcile.folds import fold
from counterclaim.reconcile.names import Heard, Name, Names, Targets, targets
from counterclaim.reconcile.origins import Kin, Origins
from counterclaim.reconcile.pool import heard, key_ref, node_ref, ref_of
from counterclaim.reconcile.withdrawals import counted, retracted, withdrawn

_PLACE_SLOTS = frozenset({"place", "places", "except_"})


class Source(Protocol):
    """Where reports, their claims and their links come from."""

    def report(self, report_id: str) -> Report | None:
        """The report, where it is at hand."""

    def claims(self, report_id: str) -> Sequence[Claim]:
        """Its claims."""

    def targets(self, report_id: str) -> Targets:
        """What its words are linked to."""

    def home(self, claim_key: str) -> str | None:
        """The report of a claim, where it is at hand."""

    def derived(self, report_id: str) -> Sequence[Claim]:
        """What follows from its claims about sets of places, each for one unit (`Claim.derived_from`); its mention has the unit's name and key."""


class Ground:
    """What is at hand, looked up. Answers are remembered: a changed index or source needs new ground."""

    def __init__(self, index: Index, source: Source, kin: Kin | None = None) -> None:
        self.index = index
        self.source = source
        self.kin = kin or Kin()
        self.names = Names(index, source.targets)
        self.origins = Origins(self.names, source.report, self.side, self.kin)
        self._sides: dict[str, Name] = {}

    def side(self, name: Name) -> Name:
        """The side a named voice speaks for, where it speaks for one alone; else the name itself."""
        if name.id not in self._sides:
            found = {side for ref in self.names.refs(name) for item in self.index.items("side", ref) if (side := self.names.by_ref("actor", item))}
            self._sides[name.id] = next(iter(found)) if len(found) == 1 else name
        return self._sides[name.id]

    def is_contender(self, name: Name) -> bool:
        """Whether, by anybody's word, the name holds or held some place."""
        return name.is_named and any(self.index.items("contender", ref) for ref in self.names.refs(name))

    def home_reports(self, reports: Iterable[str]) -> set[str]:
        """These reports, with those of the claims that theirs refute, and so on."""
        found: set[str] = set()
        waiting = set(reports)
        while waiting:
            found |= waiting
            refuted = {claim.refutes for report in sorted(waiting) for claim in self.source.claims(report) if claim.refutes}
            waiting = {home for key in sorted(refuted) if (home := self.source.home(key)) is not None} - found
        return found

    def refuting(self, report: str) -> set[str]:
        """The reports whose claims refute one of this report's."""
        return {other for claim in self.source.claims(report) for other in self.index.items("refutes", claim.key)} - {report}

    def withdrawn(self, claims: Sequence[Claim]) -> frozenset[str]:
        """The keys of those of these claims that were taken back, wherever that was said."""
        at_hand = {claim.key: claim for claim in claims}
        for claim in claims:
            refuting = set(self.index.items("refutes", claim.key))
            retracting = {item for number in counted(claim) for item in self.index.items("retracts", number)}
            taking_back = {tuple(item.split("\n")[:2]) for item in retracting}
            for report in sorted(refuting | {report for report, _ in taking_back}):
                for other in self.source.claims(report):
                    if other.refutes == claim.key or (report, other.key) in taking_back:
                        at_hand.setdefault(other.key, other)
        ordered = [at_hand[key] for key in sorted(at_hand)]
        reports = {name: found for name in {claim.report for claim in ordered} if (found := self.source.report(name)) is not None}
        return withdrawn(ordered, self.origins, reports) & {claim.key for claim in claims}


def postings(report_id: str, source: Source) -> Iterator[Posting]:
    """What a report adds to the index: its names and sides, whom it makes a contender, what it refutes, counts and takes back."""
    for kind, words, target in named_in(report_id, source):
        yield from heard(kind, words, target)
        yield Posting(f"{kind}.in", ref_of(kind, words, target), report_id)
    yield from _others(report_id, source)


def named_in(report_id: str, source: Source) -> list[tuple[LinkKind, str, tuple[str, str] | None]]:
    """The words of a report that name, or may name, an actor or a place, each once with what it is linked to."""
    linked = source.targets(report_id)
    said = sorted({(words, kind) for _, words, kind in heard_in(source.report(report_id), source.claims(report_id))})
    return [(kind, words, linked.get((words, kind))) for words, kind in said]


def _others(report_id: str, source: Source) -> Iterator[Posting]:
    """All of the postings of a report that are not of its names."""
    linked = source.targets(report_id)
    report = source.report(report_id)
    claims = source.claims(report_id)

    def ref(words: str) -> str:
        return ref_of("actor", words, linked.get((words, "actor")))

    for unit in sorted({mention.key for claim in source.derived(report_id) for mention in _places(claim) if mention.key}):
        yield Posting("place.set", key_ref(unit), report_id)
    for claim in claims:
        for voice in claim.chain:
            if voice.name and voice.speaks_for:
                yield Posting("side", ref(voice.name), ref(voice.speaks_for))
                yield Posting("sided", ref(voice.speaks_for), ref(voice.name))
        if isinstance(claim.proposition, Control):
            for mention in (*claim.proposition.holder, *claim.proposition.not_holder):
                yield Posting("contender", ref(mention.words), "")
        if claim.refutes and " " not in claim.refutes:
            yield Posting("refutes", claim.refutes, report_id)
        outlet = claim.chain[0].name if claim.chain and claim.chain[0].name else report.outlet if report else None
        tellers = {ref(words) for voice in claim.chain for words in (voice.name, voice.speaks_for) if words}
        for number in sorted(retracted(claim)):
            yield Posting("retracts", number, "\n".join((report_id, claim.key, *sorted(tellers | ({node_ref(fold(outlet))} if outlet else set())))))
        for number in sorted(counted(claim)):
            for teller in sorted(tellers | ({node_ref(fold(outlet))} if outlet else set())):
                yield Posting("counts", f"{number} {teller}", report_id)


def _places(claim: Claim) -> tuple[Mention, ...]:
    return claim.proposition.place if isinstance(claim.proposition, Control) else ()


def heard_in(report: Report | None, claims: Iterable[Claim]) -> Iterator[Heard]:
    """All words of a report's claims that name, or may name, an actor or a place."""
    if report and report.outlet:
        yield report.id, report.outlet, "actor"
    for claim in claims:
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


class MemorySource:
    """Reports, claims and links held in memory. The order they come in changes nothing; what comes twice counts once."""

    def __init__(self, claims: Iterable[Claim], reports: Iterable[Report], links: Iterable[Link], derived: Iterable[Claim] = ()) -> None:
        by_key: dict[str, Claim] = {}
        for claim in claims:
            if claim.key not in by_key or (by_key[claim.key] != claim and encode(claim) < encode(by_key[claim.key])):
                by_key[claim.key] = claim
        self.by_key = {key: by_key[key] for key in sorted(by_key)}
        self.texts: dict[str, Report] = {}
        for report in reports:
            if report.id not in self.texts or (self.texts[report.id] != report and encode(report) < encode(self.texts[report.id])):
                self.texts[report.id] = report
        self._claims: dict[str, list[Claim]] = {}
        for claim in self.by_key.values():
            self._claims.setdefault(claim.report, []).append(claim)
        self._targets: Mapping[str, Targets] = targets(links)
        self._derived: dict[str, list[Claim]] = {}
        for claim in sorted({claim.key: claim for claim in derived}.values(), key=lambda claim: claim.key):
            self._derived.setdefault(claim.report, []).append(claim)

    @property
    def ids(self) -> list[str]:
        """Every report that is at hand or that a claim is of."""
        return sorted({*self.texts, *self._claims})

    def report(self, report_id: str) -> Report | None:
        """The report, where it is at hand."""
        return self.texts.get(report_id)

    def claims(self, report_id: str) -> Sequence[Claim]:
        """Its claims, in the order of their keys."""
        return self._claims.get(report_id, ())

    def targets(self, report_id: str) -> Targets:
        """What its words are linked to."""
        return self._targets.get(report_id, {})

    def home(self, claim_key: str) -> str | None:
        """The report of a claim, where it is at hand."""
        found = self.by_key.get(claim_key)
        return found.report if found else None

    def derived(self, report_id: str) -> Sequence[Claim]:
        """What follows from its claims about sets of places."""
        return self._derived.get(report_id, ())


def ground(source: MemorySource) -> Ground:
    """The ground of everything a source in memory has: what each report posts is in its index, and what many reports name is worked out once."""
    index = MemoryIndex()
    named: Counter[tuple[LinkKind, str, tuple[str, str] | None]] = Counter()
    for report in source.ids:
        here = named_in(report, source)
        named.update(here)
        index.post(Posting(f"{kind}.in", ref_of(kind, words, target), report) for kind, words, target in here)
        index.post(_others(report, source))
    for (kind, words, target), times in named.items():
        index.post(heard(kind, words, target), times)
    return Ground(index, source)
