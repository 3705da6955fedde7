"""A record's reports brought side by side: what changed since the last time is linked, filed and derived anew, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec.structs import replace

from counterclaim.core.claim import Claim
from counterclaim.core.holdings import Holdings
from counterclaim.core.index import Index, Posting
from counterclaim.core.link import LinkKind
from counterclaim.core.report import Report
from counterclaim.knowledge.gazetteer import Gazetteer
from counterclaim.reconcile.names import Targets, targets
from counterclaim.reconcile.origins import Kin
from counterclaim.reconcile.update import Changes, update
from counterclaim.resolve.merging import Judged, Merging, judged, moved, postings
from counterclaim.resolve.sets import expanded, speaks_of_set
from counterclaim.store import Filter, Store

# What is derived is derived anew when this changes, or the version of the package.
DERIVED = 1
# Reports brought up to date in one transaction: few enough that a stopped run loses little, many enough that names settle once.
BATCH = 200
# Reports held in memory with their claims while blocks are derived.
_HELD = 4000


class RecordSource:
    """Reports, claims and links of a record as they stand, each looked up once."""

    def __init__(self, store: Store, merging: Merging, gazetteer: Callable[[], Gazetteer]) -> None:
        self._store = store
        self._merging = merging
        self._gazetteer = gazetteer
        # A method cached on the class would keep every record alive.
        self.report: Callable[[str], Report | None] = lru_cache(_HELD)(store.find)
        self.claims: Callable[[str], Sequence[Claim]] = lru_cache(_HELD)(self._claims)
        self.targets: Callable[[str], Targets] = lru_cache(_HELD)(self._targets)
        self.derived: Callable[[str], Sequence[Claim]] = lru_cache(_HELD)(self._derived)

    def home(self, claim_key: str) -> str | None:
        """The report of a claim, where it stands."""
        return self._store.home(claim_key)

    def _claims(self, report: str) -> Sequence[Claim]:
        return sorted(self._store.claims(Filter(report=report)), key=lambda claim: claim.key)

    def _derived(self, report: str) -> Sequence[Claim]:
        claims = [claim for claim in self.claims(report) if speaks_of_set(claim)]
        return sorted(expanded(claims, self._store.links(report), self._gazetteer()), key=lambda claim: claim.key) if claims else ()

    def _targets(self, report: str) -> Targets:
        return _Brought(targets(self._store.links(report)).get(report, {}), self._merging)


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


def refresh(store: Store, version: str, kin: Kin, gazetteer: Callable[[], Gazetteer], told: Callable[[int, int], None] | None = None) -> Changes:
    """Bring the findings of a record up to date, batch by batch, each kept as it is done. `told` is called with the reports done and all of them."""
    with store.deriving() as derived:
        derived.begin(version)
    reports = blocks = done = 0
    left = store.derived.count_stale()
    whole = left
    while left:
        if told:
            told(done, whole)
        with store.deriving() as derived:
            batch = derived.stale(BATCH)
            decided = judged(store.judgements())
            changed = set(batch) | _linked(store, derived, batch, decided)
            source = RecordSource(store, Merging(derived.index, decided), gazetteer)
            found = update(source, derived, changed, kin=kin)
            derived.fresh(batch)
        reports, blocks, done = reports + found.reports, blocks + found.blocks, done + len(batch)
        left = store.derived.count_stale()
        whole = max(whole, done + left)
    return Changes(reports, blocks)


def _linked(store: Store, holdings: Holdings, batch: Iterable[str], decided: Judged) -> set[str]:
    """Post whom the links of these reports name, and tell in which other reports an actor is another, or called otherwise, for it."""
    old = {report: holdings.posted(report) for report in batch}
    new = {report: tuple(postings(report, store.links(report), store.claims(Filter(report=report)))) for report in old}
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
