"""Control claims to the control board: every place, day and claimant, in one table.

What it captures: what each party says of each place, for the days it speaks of; how it was said: outright, by giving its own away, by
denying another's word, by leaving the place out of a set; who says otherwise for the same days; what was taken back, marked. What
follows from a claim about a set of places ("every district") stands beside it as derived, with the claim it follows from.
What it does not: say who holds a place; fill a day or a place that nobody spoke of; derive anything from a denial, a doubt, a set that
nobody in particular holds, or one that is said not to be held: who does not hold all of it may hold most of it.
Example: the Taliban say that every district but Bazarak and Rokha is theirs: two cells excepted, and one derived for each other
district. The front says they left Paryan: a cell of the front's, at odds with the derived one.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

import msgspec

from counterclaim.core.board import Basis, Board, Cell, Claimant, Ground, Says
from counterclaim.core.claim import Change, Claim, Control
from counterclaim.core.codec import encode
from counterclaim.core.mention import Mention
from counterclaim.reconcile.context import SIGNS, Context, Reading
from counterclaim.reconcile.control import Entry, Hold, are_at_odds, concession, entries, hold, wording
from counterclaim.reconcile.days import Days
from counterclaim.reconcile.names import Name
from counterclaim.reconcile.positions import scope

_SHORT: dict[Change | None, Says] = {"besieged": "besieged", "contested": "contested"}


class _Manner(NamedTuple):
    """How a word was said."""

    basis: Basis
    concedes: bool
    is_open: bool
    is_withdrawn: bool


class _Word(NamedTuple):
    """All of a cell but the claims: those that share it stand in one cell."""

    place: Ground
    claimant: Claimant
    days: Days
    says: Says
    hold: Hold
    change: Change | None
    manner: _Manner

    @property
    def is_live(self) -> bool:
        """Whether it can be at odds with another: what is open or contested settles nothing, what is withdrawn is no longer said."""
        return self.hold.holds is not None and not self.manner.is_withdrawn

    @property
    def is_derived(self) -> bool:
        return self.manner.basis == "derived"


Spoken = tuple[_Word, Claim, str]


def board(context: Context, derived: Sequence[Claim] = ()) -> Board:
    """The board of these claims; the order of what comes in changes nothing.

    `derived` are claims about single places that follow from claims about sets of them (`Claim.derived_from`); one that follows
    from no claim at hand is left out.
    """
    cells: list[Cell] = []
    for spoken in _by_place(_spoken(context, derived)):
        groups: defaultdict[_Word, list[tuple[Claim, str]]] = defaultdict(list)
        for word, claim, told in spoken:
            groups[word].append((claim, told))
        disputes = _disputes(context, list(groups))
        cells += [_cell(context, word, said, disputes[word]) for word, said in groups.items()]
    return Board(tuple(sorted(cells, key=_order)))


def _spoken(context: Context, derived: Iterable[Claim]) -> Iterator[Spoken]:
    for reading in context.readings("control"):
        for entry in entries(context, reading):
            yield _word(context, reading, entry), reading.claim, entry.bearing.says
    units = _Units(context)
    for claim in {one.key: one for one in sorted(derived, key=encode)}.values():
        source = context.by_key.get(claim.derived_from or "")
        if source is not None and _is_each(claim):
            yield from _derived(context, claim, source, units)


def _derived(context: Context, claim: Claim, source: Claim, units: _Units) -> Iterator[Spoken]:
    """What a derived claim says of each unit it names; a mention of it keeps the words of the set, with the unit beside them."""
    reading = Reading(claim, claim, SIGNS[claim.act])
    mentions = claim.proposition.place if isinstance(claim.proposition, Control) else ()
    # The set itself is the entry's place: nothing else in it depends on the place.
    for entry, mention in product([one for one in entries(context, reading) if one.hold.holders][:1], mentions):
        unit = units.of(claim, mention)
        word = _word(context, reading, entry._replace(place=unit))
        manner = word.manner._replace(basis="derived", is_withdrawn=source.key in context.withdrawn)
        yield word._replace(manner=manner), source, f"{wording(context, claim, unit)} (follows from “{mention.words}”)"


def _is_each(claim: Claim) -> bool:
    """Whether what a claim says of a set it says of each in it."""
    said = claim.proposition
    is_said = claim.act in {"asserts", "confirms"} and claim.modality == "actual"
    return isinstance(said, Control) and is_said and (bool(said.holder) or not said.not_holder)


class _Units:
    """The units that derived claims are about, each at the place that claims at hand name, where they do."""

    def __init__(self, context: Context) -> None:
        self._context = context
        said = [(claim, claim.proposition) for claim in context.claims if isinstance(claim.proposition, Control)]
        names = [name for claim, one in said for name in context.places(claim, (*one.place, *one.except_))]
        self._linked = {name.link: name for name in names if name.link}
        self._taken = {name.shown for name in names}

    def of(self, claim: Claim, mention: Mention) -> Name:
        """The unit of a mention; a district is told apart from a town of its name by its key."""
        if mention.key is None:
            return self._context.names.of(claim.report, mention.name or mention.words, "place")
        if known := self._linked.get(mention.key):
            return known
        shown = mention.name or mention.key
        return Name(f"place:{mention.key}", f"{shown} [{mention.key}]" if shown in self._taken else shown, is_named=True, link=mention.key)


def _word(context: Context, reading: Reading, entry: Entry) -> _Word:
    claim, subject, party = reading.claim, reading.subject, entry.bearing.party
    said = subject.proposition
    change = said.change if isinstance(said, Control) and not entry.is_excepted else None
    is_doubt = entry.bearing.sign == "open"
    is_denial = not is_doubt and (not reading.is_own or claim.act == "denies")
    is_open = is_doubt or (is_denial and change in _SHORT)
    # What is doubted is told as it would be if it were said.
    holds = hold(context, msgspec.structs.replace(subject, act="asserts")).holds if is_open else entry.hold.holds
    concedes = bool(concession(context, entry))
    basis: Basis = "excepted" if entry.is_excepted else "denied" if is_denial else "conceded" if concedes else "said"
    return _Word(
        place=Ground(entry.place.id, entry.place.shown, entry.place.link, scope(subject, [entry.place])),
        claimant=Claimant(entry.bearing.party_id, party.shown if party else None),
        days=entry.days,
        says=_SHORT.get(change) or ("holds" if holds else "does-not-hold"),
        hold=entry.hold,
        change=change,
        manner=_Manner(basis, concedes, is_open, claim.key in context.withdrawn),
    )


def _by_place(spoken: Iterable[Spoken]) -> Iterator[list[Spoken]]:
    """What is said of each place. A claim that says it itself does not say it again by refuting another, for the same days."""
    places: defaultdict[Ground, list[Spoken]] = defaultdict(list)
    days: defaultdict[tuple[Ground, str], list[Days]] = defaultdict(list)
    for word, claim, told in spoken:
        before = days[word.place, claim.key]
        if not any(_meet(word.days, one) for one in before):
            before.append(word.days)
            places[word.place].append((word, claim, told))
    yield from places.values()


def _disputes(context: Context, words: Sequence[_Word]) -> dict[_Word, set[str]]:
    """The claimants at odds with each word. A derived word that its own claimant's said one is at odds with stands back, and disputes nothing."""
    pairs = [(a, b) for a, b in _meeting([word for word in words if word.is_live]) if are_at_odds(context, a.hold, b.hold)]
    own = [(a, b) for a, b in pairs if a.claimant == b.claimant and a.is_derived is not b.is_derived]
    silent = {a if a.is_derived else b for a, b in own}
    found: dict[_Word, set[str]] = {word: set() for word in words}
    for a, b in pairs:
        if a.claimant.id != b.claimant.id and silent.isdisjoint((a, b)):
            found[a].add(b.claimant.id)
            found[b].add(a.claimant.id)
    return found


def _meeting(words: Iterable[_Word]) -> Iterator[tuple[_Word, _Word]]:
    """The pairs of words that speak of a common day; two without a day do. Walked by day, for most speak of one."""
    open_: list[_Word] = []
    for word in sorted(words, key=lambda word: _start(word.days)):
        open_ = [one for one in open_ if _meet(one.days, word.days)]
        yield from ((one, word) for one in open_)
        open_.append(word)


def _start(days: Days) -> dt.date:
    return days.anchor or dt.date.max


def _meet(one: Days, other: Days) -> bool:
    """Whether some day is spoken of by both."""
    if one.latest is None or other.latest is None:
        return one.latest is other.latest
    return one.covers(_start(other)) or other.covers(_start(one))


def _cell(context: Context, word: _Word, said: Sequence[tuple[Claim, str]], disputed_by: set[str]) -> Cell:
    claims = list({claim.key: claim for claim, _ in said}.values())
    return Cell(
        place=word.place,
        claimant=word.claimant,
        first=word.days.first,
        last=word.days.last,
        says=word.says,
        holders=tuple(sorted(name.shown for name in word.hold.holders)),
        change=word.change,
        basis=word.manner.basis,
        told="; ".join(sorted({told for _, told in said})),
        claims=tuple(sorted(claim.key for claim in claims)),
        origins=context.origins.count(claims),
        reports=len({claim.report for claim in claims}),
        concedes=word.manner.concedes,
        open=word.manner.is_open,
        withdrawn=word.manner.is_withdrawn,
        disputed_by=tuple(sorted(disputed_by)),
    )


def _order(cell: Cell) -> tuple[object, ...]:
    days = Days(cell.first, cell.last)
    place, claimant = cell.place, cell.claimant
    when = (_start(days), days.latest or dt.date.max)
    return place.shown, place.id, place.report or "", *when, claimant.shown or "", claimant.id, encode(cell)
