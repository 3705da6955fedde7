"""A record's reports brought side by side: what changed since the last time is linked, filed and derived anew, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from msgspec.structs import replace

from counterclaim.core.claim import Claim
from counterclaim.core.holdings import Draft, Holdings
from counterclaim.core.index import Index, Posting
from counterclaim.core.judgement import Judgement, Reviewed
from counterclaim.core.link import Link, LinkKind
from counterclaim.core.mention import Mention
from counterclaim.core.report import Report
from counterclaim.extract.interest import interest
from counterclaim.knowledge.gazetteer import Gazetteer
from counterclaim.reconcile.judged import Judged as JudgedClaims
from counterclaim.reconcile.judged import about_claims, named_anew
from counterclaim.reconcile.judged import judged as judged_claims
from counterclaim.reconcile.names import Targets, targets
from counterclaim.reconcile.origins import Kin
from counterclaim.reconcile.update import Changes, update
from counterclaim.resolve.merging import Judged, Merging, judged, moved, postings
from counterclaim.resolve.sets import expanded, speaks_of_set
from counterclaim.store import Filter, Store
from counterclaim.store.derived import Derived, Moment

# What is derived is derived anew when this changes, or the version of the package.
DERIVED = 3
# Reports brought up to date at once: few enough that a stopped run loses little, many enough that names settle once.
BATCH = 200
# How often a batch is worked out in vain, because another process brought the same record up to date, before others are kept from it.
_TRIES = 3
# Reports held in memory with their claims while blocks are derived.
_HELD = 4000


class Effective:
    """The claims and links of a record as they count by what people judged, report by report, each worked out once when it is asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._standing: Callable[[str], list[Judgement]] = lru_cache(_HELD)(lambda report: about_claims(store.judgements_in(report)))
        self._found: Callable[[str], JudgedClaims] = lru_cache(_HELD)(self._judged)

    @cached_property
    def reports(self) -> frozenset[str]:
        """The reports with claims that somebody judged."""
        return frozenset(self._store.judged_reports())

    def judged(self, report: str) -> JudgedClaims:
        """What the claims of a report come to; those nobody judged as they were read."""
        return self._found(report)

    def all(self, wanted: Filter) -> list[Claim]:
        """The claims of the record that count and meet the filter, in the order of their reports."""
        asked = (wanted.report or "").strip()
        reports = sorted(report for report in self.reports if asked in ("", report))
        found = [claim for claim in self._store.claims(wanted) if claim.report not in self.reports]
        counting = [claim for report in reports for claim in self._found(report).claims]
        if counting and wanted != Filter(report=wanted.report):
            texts = [text for report in reports if (text := self._store.find(report)) is not None]
            keys = self._store.matching(counting, texts, (link for report in reports for link in self.links(report)), wanted)
            counting = [claim for claim in counting if claim.key in keys]
        return sorted((*found, *counting), key=lambda claim: (claim.report, claim.evidence.start, claim.evidence.end, claim.key))

    def claims(self, report: str) -> Sequence[Claim]:
        """The claims of a report that count, by key."""
        if self._standing(report):
            return self._found(report).claims
        return sorted(self._store.claims(Filter(report=report)), key=lambda claim: claim.key)

    def links(self, report: str) -> list[Link]:
        """The links of a report, a person's in the place of the reader's."""
        return named_anew(self._store.links(report), self._found(report).links if self._standing(report) else ())

    def all_links(self) -> list[Link]:
        """The links of the record, a person's in the place of the reader's."""
        theirs = [report for report in sorted(self.reports) if self._found(report).links]
        kept = [link for link in self._store.links() if link.report not in theirs]
        return sorted((*kept, *(link for report in theirs for link in self.links(report))), key=lambda link: (link.report, link.words, link.kind))

    def find(self, key: str) -> list[Reviewed]:
        """The claims whose key begins so, rejected ones and added ones too; no more than a few."""
        keys = self._store.claim_keys(key)
        read = [one for name in keys for one in self._found(self._store.claim(name).report).reviewed if one.claim.key == name]
        if key in keys:
            # Keys are of one length, so nothing else begins with a whole one.
            return read
        return read + [
            one for report in sorted(self.reports) for one in self._found(report).reviewed if one.claim.key.startswith(key) and one.claim.key not in keys
        ]

    def home(self, claim_key: str) -> str | None:
        """The report of a claim that counts."""
        found = self._store.home(claim_key) or self._judged_homes.get(claim_key)
        counts = found is not None and (not self._standing(found) or any(claim.key == claim_key for claim in self._found(found).claims))
        return found if counts else None

    @cached_property
    def _judged_homes(self) -> Mapping[str, str]:
        """The report of each claim that counts where somebody judged; claims that a person added stand nowhere else."""
        return {claim.key: report for report in sorted(self.reports) for claim in self._found(report).claims}

    def _judged(self, report: str) -> JudgedClaims:
        found = judged_claims(self._store.claims(Filter(report=report)), self._standing(report), self._store.find(report))
        touched = {one.claim.key for one in found.reviewed if one.state in ("corrected", "added")}
        # Who gains by a claim is judged anew: what was read of it does not hold for what a person says.
        claims = tuple(replace(claim, interest=interest(_by_name(claim))) if claim.key in touched else claim for claim in found.claims)
        return found._replace(claims=claims)


def _by_name(claim: Claim) -> Claim:
    """The claim with the names that a person gave in the place of the words."""
    said = claim.proposition
    named: dict[str, Any] = {
        slot: tuple(replace(one, words=one.name) if isinstance(one, Mention) and one.name else one for one in filler)
        for slot in said.__struct_fields__
        if isinstance(filler := getattr(said, slot), tuple)
    }
    return replace(claim, proposition=replace(said, **named))


class RecordSource:
    """Reports, claims and links of a record as they stand, each looked up once."""

    def __init__(self, store: Store, effective: Effective, merging: Merging, gazetteer: Callable[[], Gazetteer]) -> None:
        self._effective = effective
        self._merging = merging
        self._gazetteer = gazetteer
        # A method cached on the class would keep every record alive.
        self.report: Callable[[str], Report | None] = lru_cache(_HELD)(store.find)
        self.claims: Callable[[str], Sequence[Claim]] = lru_cache(_HELD)(effective.claims)
        self.targets: Callable[[str], Targets] = lru_cache(_HELD)(self._targets)
        self.derived: Callable[[str], Sequence[Claim]] = lru_cache(_HELD)(self._derived)

    def home(self, claim_key: str) -> str | None:
        """The report of a claim, where it stands."""
        return self._effective.home(claim_key)

    def _derived(self, report: str) -> Sequence[Claim]:
        claims = [claim for claim in self.claims(report) if speaks_of_set(claim)]
        return sorted(expanded(claims, self._effective.links(report), self._gazetteer()), key=lambda claim: claim.key) if claims else ()

    def _targets(self, report: str) -> Targets:
        return _Brought(targets(self._effective.links(report)).get(report, {}), self._merging)


class _Brought(Mapping[tuple[str, LinkKind], tuple[str, str]]):
    """What the words of a report are linked to, each actor brought to its one key when it is asked for."""

    def __init__(self, linked: Targets, merging: Merging) -> None:
        self._linked = linked
        self._merging = merging

    def __getitem__(self, where: tuple[str, LinkKind]) -> tuple[str, str]:
        key, name = self._linked[where]
        return self._merging.target(key, name) if where[1] == "actor" else (key, name)

    def __iter__(self) -> Iterator[tuple[str, LinkKind]]:
        return iter(self._linked)

    def __len__(self) -> int:
        return len(self._linked)


class Work(NamedTuple):
    """A batch of reports brought up to date and not yet put in: from which state, what changes, and what it came to."""

    seen: Moment
    batch: list[str]
    draft: Draft
    changes: Changes

    def put_in(self, derived: Derived) -> None:
        """Keep it; inside a transaction."""
        self.draft.put_in(derived)
        derived.settle(self.batch, self.seen)


def refresh(
    store: Store, version: str, kin: Kin, gazetteer: Callable[[], Gazetteer], told: Callable[[int, int], None] | None = None, size: int = BATCH
) -> Changes:
    """Bring the findings of a record up to date, batch by batch, each kept as it is done. `told` is called with the reports done and all of them."""
    if store.derived.version() != version:
        with store.deriving() as derived:
            derived.begin(version)
    reports = blocks = done = 0
    left = store.derived.count_stale()
    whole = left
    while left:
        if told:
            told(done, whole)
        work = _kept(store, kin, gazetteer, size)
        reports, blocks, done = reports + work.changes.reports, blocks + work.changes.blocks, done + len(work.batch)
        left = store.derived.count_stale()
        whole = max(whole, done + left)
    return Changes(reports, blocks)


def _kept(store: Store, kin: Kin, gazetteer: Callable[[], Gazetteer], size: int) -> Work:
    """Bring the next batch up to date beside whoever writes, and put it in at once.

    Where another process did the same meanwhile it is done again, in the end with all others waiting.
    """
    for _ in range(_TRIES):
        with store.at_one_moment() as derived:
            work = _worked_out(store, derived, kin, gazetteer, size)
        with store.deriving() as derived:
            if derived.moment().mark == work.seen.mark:
                work.put_in(derived)
                return work
    with store.deriving() as derived:
        work = _worked_out(store, derived, kin, gazetteer, size)
        work.put_in(derived)
        return work


def _worked_out(store: Store, derived: Derived, kin: Kin, gazetteer: Callable[[], Gazetteer], size: int) -> Work:
    draft, batch = Draft(derived), derived.stale(size)
    decided, effective = judged(store.judgements()), Effective(store)
    changed = set(batch) | _linked(effective, draft, batch, decided)
    source = RecordSource(store, effective, Merging(draft.index, decided), gazetteer)
    return Work(derived.moment(), batch, draft, update(source, draft, changed, kin=kin))


def _linked(effective: Effective, holdings: Holdings, batch: Iterable[str], decided: Judged) -> set[str]:
    """Post whom the links of these reports name, and tell in which other reports an actor is another, or called otherwise, for it."""
    old = {report: holdings.posted(report) for report in batch}
    new = {report: tuple(postings(report, effective.links(report), effective.claims(report))) for report in old}
    now, was = Counter(p for said in new.values() for p in said), Counter(p for posted in old.values() for p in posted.linked)
    come, gone = list((now - was).elements()), list((was - now).elements())
    before = _groups(holdings.index, decided, (*come, *gone))
    holdings.change(come, gone)
    for report, said in new.items():
        holdings.post(report, replace(old[report], linked=said))
    keys = moved(before, Merging(holdings.index, decided), (*come, *gone))
    return {report for key in keys for report in holdings.index.items("who.in", key)}


def _groups(index: Index, decided: Judged, changed: Iterable[Posting]) -> Merging:
    """The groups near these postings as they are now, looked up before anything changes."""
    merging = Merging(index, decided)
    for posting in changed:
        merging.group(posting.item if posting.space == "who.surname" else posting.term)
    return merging


def concerned(store: Store, keys: Iterable[str]) -> set[str]:
    """The reports that name an actor of these keys, or one that stands for them or that they stand for, as things are decided now."""
    merging = Merging(store.derived.index, judged(store.judgements()))
    return {report for key in keys for one in merging.group(key).keys for report in store.derived.items("who.in", one)}
