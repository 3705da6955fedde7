"""A few changed reports to the findings they change: what holds after is what a reading of all reports would give.

What a report says reaches others by names (a second Massoud makes "Massoud" open everywhere), sides, contenders, refutations,
retractions and offers. Each of these is looked up before and after; only the reports they reach are filed again, and only the blocks
that these were or are filed in are derived again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from counterclaim.core.finding import Finding
from counterclaim.core.holdings import NOTHING, Holdings, Posted
from counterclaim.core.index import Posting
from counterclaim.core.link import LinkKind
from counterclaim.reconcile import matters, offers
from counterclaim.reconcile.context import Context, around
from counterclaim.reconcile.filing import Block, parts
from counterclaim.reconcile.folds import Fold
from counterclaim.reconcile.ground import Ground, Source, postings
from counterclaim.reconcile.names import Name
from counterclaim.reconcile.origins import Kin
from counterclaim.reconcile.pool import Ref

# An actor or a place by one of its refs.
Where = tuple[LinkKind, Ref]
_NAMING = frozenset(("words", "title", "keys"))


class View(NamedTuple):
    """What a ref comes to: its name, what tells it apart, its side, and whether it contends for a place."""

    name: Name | None
    forms: frozenset[Fold]
    side: Name | None
    contends: bool


class Changes(NamedTuple):
    """What an update came to: how many reports were filed again and how many blocks were derived again."""

    reports: int
    blocks: int


def update(source: Source, holdings: Holdings, changed: Iterable[str], *, kin: Kin | None = None, told: Callable[[int, int], None] | None = None) -> Changes:
    """Bring the holdings to what the source now has of the changed reports. `told` is called with the blocks done and all of them."""
    changed = sorted(set(changed))
    kin = kin or Kin()
    dirty = _said(source, holdings, changed, kin)
    ground = Ground(holdings.index, source, kin)
    blocks = _filed(ground, holdings, dirty)
    names = sorted(blocks)
    for i, name in enumerate(names):
        if told:
            told(i, len(names))
        holdings.replace(name, _derived(ground, name))
    return Changes(len(dirty), len(names))


def _said(source: Source, holdings: Holdings, changed: list[str], kin: Kin) -> set[str]:
    """Post what the changed reports say, and tell which reports that reaches."""
    was_empty = holdings.is_empty()
    old = {report: holdings.posted(report) for report in changed}
    new = {report: replace(old[report], said=tuple(postings(report, source)), claims=tuple(claim.key for claim in source.claims(report))) for report in changed}
    come, gone = _difference((p for one in new.values() for p in one.said), (p for one in old.values() for p in one.said))
    ground = Ground(holdings.index, source, kin)
    reach = set() if was_empty else _reach(ground, (*come, *gone))
    before = {where: _view(ground, where) for where in reach}
    holdings.change(come, gone)
    for report, posted in new.items():
        holdings.post(report, posted)
    dirty = set(changed)
    if not was_empty:
        ground = Ground(holdings.index, source, kin)
        after = _reach(ground, (*come, *gone)) | reach
        moved = {where for where in after if where not in before or before[where] != _view(ground, where)}
        moved |= {where for kind, ref in moved if kind == "actor" for voice in holdings.index.items("sided", ref) for where in _same(ground, ("actor", voice))}
        dirty |= {report for kind, ref in moved for space in ("in", "set") for report in holdings.index.items(f"{kind}.{space}", ref)}
    return _spread(ground, holdings, dirty, old)


def _spread(ground: Ground, holdings: Holdings, dirty: set[str], old: Mapping[str, Posted]) -> set[str]:
    """The dirty reports with those whose claims they refute or take back, or are refuted by; before the change and after it."""
    waiting = sorted(dirty)
    while waiting:
        report = waiting.pop()
        was, now = old.get(report, NOTHING), holdings.posted(report)
        said = [posting for posting in {*was.said, *now.said} if posting.space in ("refutes", "retracts")]
        others = {other for key in {*was.claims, *now.claims} for other in holdings.index.items("refutes", key)}
        others |= {home for posting in said if posting.space == "refutes" and (home := ground.source.home(posting.term)) is not None}
        others |= _counting(ground, [posting for posting in said if posting.space == "retracts"])
        waiting += sorted(others - dirty)
        dirty |= others
    return dirty


def _filed(ground: Ground, holdings: Holdings, dirty: set[str]) -> set[Block]:
    """File the dirty reports again, and tell which blocks that concerns."""
    index = holdings.index
    contexts = {report: around(ground, [report]) for report in dirty} if len(dirty) < _MANY else {}

    def at(report: str) -> Context:
        return contexts.get(report) or around(ground, [report])

    touched: set[Block] = set()
    unaddressed: set[str] = set()
    answered: set[str] = set()
    for report in sorted(dirty):
        old = holdings.posted(report)
        hints = tuple(posting for teller, posting in offers.hints(at(report)) if teller == report)
        come, gone = _difference(hints, old.hints)
        holdings.change(come, gone)
        holdings.post(report, replace(old, hints=hints))
        for space, term, _ in (*come, *gone):
            unaddressed |= {term} if space == "offer.to" else set()
        # An answer to the same side may be another answer: by its act, its day or its value.
        answered |= {term for space, term, _ in (*hints, *old.hints) if space == "answer.to"}
    again = dirty | {report for by in unaddressed for report in index.items("offer.open", by)}
    for report in sorted(again):
        old = holdings.posted(report)
        blocks = tuple(sorted(set(_blocks(at(report), report))))
        come, gone = _difference(blocks, old.blocks)
        holdings.change(come, gone)
        holdings.post(report, replace(old, blocks=blocks))
        touched |= {posting.term for posting in (*blocks, *old.blocks) if posting.space == "block"}
    return touched | {name for side in answered for name in index.items("offer.by", side)}


# So many reports are not all held in memory at once.
_MANY = 1000


def _blocks(context: Context, report: str) -> Iterator[Posting]:
    for name, filing in matters.filed(context):
        if filing.report == report:
            yield Posting("block", name, report)
            if isinstance(filing, offers.Entry):
                yield from (Posting("offer.by", side, name) for side in sorted(offers.offering(context, filing)))


def _derived(ground: Ground, name: Block) -> list[Finding]:
    kind = parts(name)[0] or ""
    reports = set(ground.index.items("block", name))
    context = around(ground, reports)
    filings = [filing for where, filing in matters.filed(context, kind) if where == name]
    if kind == "offer" and (extra := offers.beside(context, filings) - reports):
        context = around(ground, reports | extra)
        filings = [filing for where, filing in matters.filed(context, kind) if where == name]
    return matters.in_order(matters.derived(context, name, filings)) if filings else []


def _difference(new: Iterable[Posting], old: Iterable[Posting]) -> tuple[list[Posting], list[Posting]]:
    """What comes and what goes, each as often as it does."""
    now, was = Counter(new), Counter(old)
    return sorted((now - was).elements()), sorted((was - now).elements())


def _reach(ground: Ground, postings: Iterable[Posting]) -> set[Where]:
    """The refs whose name, side or contention these postings may change."""
    found: set[Where] = set()
    for space, term, _ in postings:
        what = space.partition(".")[2]
        kind: LinkKind = "place" if space.startswith("place.") else "actor"
        if what in _NAMING:
            for ref in ground.names.near(kind, term):
                found.update(_same(ground, (kind, ref)))
        elif space in ("side", "contender"):
            found.update(_same(ground, ("actor", term)))
    return found


def _same(ground: Ground, where: Where) -> set[Where]:
    """All refs of the name a ref is part of, and the ref itself."""
    kind, ref = where
    name = ground.names.by_ref(kind, ref)
    return {where, *((kind, one) for one in ground.names.refs(name))} if name else {where}


def _view(ground: Ground, where: Where) -> View:
    kind, ref = where
    name = ground.names.by_ref(kind, ref)
    if name is None:
        return View(None, frozenset(), None, contends=False)
    is_actor = kind == "actor"
    return View(name, ground.names.forms(name), ground.side(name) if is_actor else None, contends=is_actor and ground.is_contender(name))


def _counting(ground: Ground, retracting: Iterable[Posting]) -> set[str]:
    """The reports whose counts these retractions may take back: by the number, and by who tells it."""
    found: set[str] = set()
    refs: defaultdict[str, set[Ref]] = defaultdict(set)
    for _, number, item in retracting:
        refs[number].update(item.split("\n")[2:])
    for number, tellers in refs.items():
        same = {ref for teller in tellers for _, ref in _same(ground, ("actor", teller))}
        same |= {ref for teller in sorted(same) for voice in ground.index.items("sided", teller) for _, ref in _same(ground, ("actor", voice))}
        # Both speak for a third: whom a teller speaks for, and who else does.
        sides = {side for teller in sorted(same) for side in ground.index.items("side", teller)}
        same |= {ref for side in sorted(sides) for _, ref in _same(ground, ("actor", side))}
        same |= {ref for side in sorted(sides) for voice in ground.index.items("sided", side) for _, ref in _same(ground, ("actor", voice))}
        for ref in same:
            found |= set(ground.index.items("counts", f"{number} {ref}"))
    return found
