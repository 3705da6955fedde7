"""Casualty claims to tolls by the rule of one house: low, best and high, and for each claim the bounds it gives and whether they count.

What it captures: the matters of `reconcile/casualties`, and for a union of harms ("killed, wounded or captured") a toll of each harm it
names, with a floor of 0. The rules are those of `knowledge/data/houses.toml`; harms that a house does not count have no toll there.
What it does not: weigh how credible a source is, replace an earlier figure by a later one, or split a toll among events. Houses do
these by a person's judgement.
Example: nine dead by the doctor, at least 14 by the priest: 9 and up; ACLED's rule gives 9; UCDP's gives no best, for they differ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from counterclaim.core.claim import Casualties, Counting, Harm
from counterclaim.core.codec import encode, key
from counterclaim.core.figure import Figure
from counterclaim.core.story import Story
from counterclaim.core.toll import Grade, Number, Reckoning, Row
from counterclaim.knowledge.houses import House
from counterclaim.reconcile.casualties import Entry, Matter, asked, counting, filed, gathered, is_counting, is_of_person, parts, share
from counterclaim.reconcile.context import Context
from counterclaim.reconcile.filing import Block
from counterclaim.reconcile.positions import Question, label, once
from counterclaim.reconcile.ranges import VAGUE, Bounds, widest
from counterclaim.reconcile.verification import check


class _Count(NamedTuple):
    """What one claim gives under a house before the others are looked at."""

    entry: Entry
    bounds: Bounds
    because: str
    counts: bool

    @property
    def told(self) -> Number:
        """The number it tells: "at least 14" tells 14, and so does "up to 14"."""
        low, high = self.bounds
        return low if low is not None else high if high is not None else 0


class _Asked(NamedTuple):
    """A matter with what is told of it, the same for every house: all entries, the first of each claim by key, and those that deny it."""

    harm: str
    question: Question
    key: str
    entries: Sequence[Entry]
    by_claim: Sequence[Entry]
    denials: Sequence[Entry]


def tolls(context: Context, house: House) -> list[Reckoning]:
    """The toll of every matter whose harm the house counts, in the order of their questions. The order of the claims changes nothing."""
    return [_reckoning(context, house, one, {}) for one in context.once("matters of tolls", lambda: _matters(context)) if _counts(house, one.harm)]


def _matters(context: Context) -> list[_Asked]:
    """Every matter, in the order of their questions."""
    blocks: defaultdict[Block, list[Entry]] = defaultdict(list)
    for block, entry in filed(context):
        blocks[block].append(entry)
    found = (one for filings in blocks.values() for one in _asked(context, filings))
    return sorted(found, key=lambda one: (encode(one.question), one.key))


def _asked(context: Context, filings: Sequence[Entry]) -> Iterator[_Asked]:
    """The matters that these entries tell of."""
    for matter, entries in _with_parts(gathered(filings)).items():
        by_claim = {entry.bearing.claim.key: entry for entry in reversed(entries)}
        question = asked(matter, entries)
        denials = [one for one in entries if one.bearing.sign == "against" and not one.is_union and one.bearing.claim.key not in context.withdrawn]
        yield _Asked(matter.harm, question, key(question), entries, [by_claim[claim] for claim in sorted(by_claim)], denials)


def of_stories(context: Context, house: House, stories: Iterable[Story], aside: Mapping[str, str]) -> dict[str, tuple[Reckoning, ...]]:
    """The tolls of each story by its key: of the same people and harm, whatever day and place each claim of the one event gives.

    `aside` are claims that count for nothing here, with the reason. A story without a toll has none.
    """
    by_claim = context.once("casualty entries by claim", lambda: _by_claim(context))
    found: dict[str, tuple[Reckoning, ...]] = {}
    for story in stories:
        claims = [*story.claims, *(key for claim in story.claims for key in context.once("refuters", lambda: _refuters(context)).get(claim, ()))]
        entries = [entry for claim in dict.fromkeys(claims) for entry in by_claim.get(claim, ())]
        matters = _asked(context, [one._replace(matter=one.matter._replace(place="", day=story.first, report=None)) for one in entries])
        tolls = [_reckoning(context, house, one, aside) for one in matters if _counts(house, one.harm)]
        if tolls:
            found[story.key] = tuple(sorted(tolls, key=lambda one: (encode(one.question), one.key)))
    return found


def _by_claim(context: Context) -> dict[str, list[Entry]]:
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for _, entry in filed(context):
        found[entry.bearing.claim.key].append(entry)
    return dict(found)


def _refuters(context: Context) -> dict[str, list[str]]:
    """The claims that refute a claim at hand, by its key."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for claim in context.claims:
        if claim.refutes in context.by_key:
            found[claim.refutes or ""].append(claim.key)
    return dict(found)


def _counts(house: House, harms: str) -> bool:
    """Whether the house has a toll of this harm, or of this union of harms."""
    return all(harm in house.harms for harm in harms.split(", ")) and (house.unions == "share" or ", " not in harms)


def _with_parts(matters: dict[Matter, list[Entry]]) -> dict[Matter, list[Entry]]:
    """The matters, and one for each harm that a union names and nobody tells of alone. "Losses" name none."""
    found = dict(matters)
    for matter, entries in matters.items():
        for harm in entries[0].harms if len(entries[0].harms) > 1 else ():
            part = matter._replace(harm=harm)
            if part not in matters and harm in parts(entries[0].harms):
                found[part] = [*found.get(part, []), *(share(entry) for entry in entries)]
    return found


def _reckoning(context: Context, house: House, matter: _Asked, aside: Mapping[str, str]) -> Reckoning:
    harm, entries = matter.harm, matter.entries
    counts = [_count(context, house, harm, entry, aside) for entry in matter.by_claim]
    own = [one for one in counts if one.counts and not one.entry.is_union]
    unions = [one for one in counts if one.counts and one.entry.is_union]
    used = [] if house.unions == "excluded" or (house.unions == "alone" and own) else unions
    low, best, high = _numbers(house, own, used)
    taken = _decisive(house, own, used, low)
    rows = tuple(_row(one, matter.denials, taken=one in taken, is_used=one in own or one in used, house=house) for one in counts)
    claims = [one.entry.bearing.claim for one in taken]
    grade, graded = _grade(context, matter, own) if house.grades else (None, "")
    return Reckoning(
        key=matter.key,
        house=house.name,
        question=matter.question,
        low=low,
        best=best,
        high=high,
        because=graded or _because(house, own, used, best),
        origins=context.origins.count(claims),
        reports=tuple(sorted({entry.report for entry in entries})),
        rows=rows,
        grade=grade,
        is_person=all(is_of_person(entry) for entry in entries),
        counting=_counting(entries),
    )


def _counting(entries: Sequence[Entry]) -> Counting | None:
    """How the toll stands to others, where all that give it a number agree in that."""
    found = {counting(entry) for entry in entries if not entry.bounds.is_vague}
    return found.pop() if len(found) == 1 else None


def _count(context: Context, house: House, harm: str, entry: Entry, aside: Mapping[str, str]) -> _Count:
    """The bounds a claim gives, and why; where it gives none, why not."""
    claim = entry.bearing.claim
    if claim.key in context.withdrawn:
        return _Count(entry, entry.bounds, "withdrawn", False)
    if entry.is_share and claim.act in ("asserts", "confirms"):
        what = "part of another count" if counting(entry) == "part" else "more besides another count"
        return _Count(entry, VAGUE, f"told as {what}: gives no number of its own", False)
    if why := aside.get(claim.key):
        return _Count(entry, entry.bounds, why, False)
    if not is_counting(entry):
        what = {"denies": "denies it", "doubts": "doubts it", "cannot-verify": "could not verify it"}.get(claim.act, "refutes it")
        return _Count(entry, VAGUE, f"{what}: gives no number of its own", False)
    words = _words(entry)
    if not entry.bounds.is_vague:
        return _Count(entry, entry.bounds, _union(entry.harms, harm) if entry.is_union else _tells(entry, words), True)
    if entry.is_union:
        return _Count(entry, VAGUE, f"{_union(entry.harms, harm)}; no number is told", False)
    if not words:
        return _Count(entry, VAGUE, "no count", False)
    if counted := house.count_of(words):
        word, number = counted
        return _Count(entry, Bounds(number, number), f"vague: “{word}” counts as {number} by this house's table", True)
    why = "is not in this house's table" if house.vague else "is no number"
    return _Count(entry, VAGUE, f"vague: “{words}” {why}", False)


def _tells(entry: Entry, words: str) -> str:
    return f"one person by name: “{words}”" if is_of_person(entry) else f"tells “{words}”"


def _union(harms: Sequence[Harm], harm: str) -> str:
    what = "losses of every sort" if harms == ("losses",) else f"union of {', '.join(harms[:-1])} and {harms[-1]}"
    return f"{what}; {harm} floor 0"


def _words(entry: Entry) -> str:
    proposition = entry.bearing.claim.proposition
    figure: Figure | None = proposition.count if isinstance(proposition, Casualties) else None
    return figure.words if figure else ""


_LOW: dict[str, Callable[[Sequence[_Count]], Number | None]] = {
    "least": lambda counts: widest(one.bounds for one in counts).low,
    "told": lambda counts: min((one.told for one in counts), default=None),
    "floor": lambda counts: min((one.bounds.low or 0 for one in counts), default=None),
    "none": lambda counts: None,
}


def _numbers(house: House, own: Sequence[_Count], unions: Sequence[_Count]) -> tuple[Number | None, Number | None, Number | None]:
    """Low, best and high of the counts of the harm alone and of unions that hold it."""
    counts = [*own, *unions]
    low = _LOW[house.low](counts)
    ceiling = widest(one.bounds for one in counts).high
    high = {"greatest": ceiling, "low": low, "none": None}[house.high]
    best = {"none": None, "low": low, "agreed": _agreed(own), "greatest": max((_most(one) for one in own), default=None)}[house.best]
    return low, best, high


def _agreed(own: Sequence[_Count]) -> Number | None:
    """The one number that all tell; none where two differ, or where one tells a stretch ("850 to 1,000")."""
    if any(None not in one.bounds and one.bounds.low != one.bounds.high for one in own):
        return None
    told = {one.told for one in own}
    return told.pop() if len(told) == 1 else None


def _most(one: _Count) -> Number:
    return one.bounds.high if one.bounds.high is not None else one.told


def _decisive(house: House, own: Sequence[_Count], unions: Sequence[_Count], low: Number | None) -> list[_Count]:
    """The claims whose numbers are taken: all that count where the house keeps a range, those that tell its one number where it keeps one."""
    counts = [*own, *unions]
    if house.low == "told":
        return [one for one in counts if one.told == low]
    if house.low == "floor":
        return [one for one in counts if (one.bounds.low or 0) == low]
    if house.low == "none":
        # A union may give the greatest number of all, and the harm alone the best one.
        most, best = max((_most(one) for one in counts), default=None), max((_most(one) for one in own), default=None)
        return [one for one in counts if _most(one) == most or one.bounds.high is None or one.entry.is_union or (one in own and _most(one) == best)]
    return counts


def _row(one: _Count, denials: Sequence[Entry], *, taken: bool, is_used: bool, house: House) -> Row:
    claim = one.entry.bearing.claim
    because = one.because
    if one.counts and not is_used:
        because = f"excluded: {because}"
    elif one.counts and not taken:
        because = f"{because}; a {'greater' if house.low == 'none' else 'lower'} number is taken"
    if one.counts and (by := _deniers(one.entry, denials)):
        because = f"{because}; denied by {', '.join(by)}"
    return Row(claim.key, *one.bounds, taken=taken, because=because)


def _deniers(told: Entry, denials: Iterable[Entry]) -> list[str]:
    """The other parties that deny this claim, or a count of which nothing tells it apart from this claim's."""
    found = set()
    for entry in denials:
        one = entry.bearing
        if one.party_id == told.bearing.party_id:
            continue
        if one.claim.refutes == told.bearing.claim.key or (not one.claim.refutes and entry.bounds in {VAGUE, told.bounds}):
            found.add(label(one))
    return sorted(found)


def _because(house: House, own: Sequence[_Count], unions: Sequence[_Count], best: Number | None) -> str:
    if not own and not unions:
        return "no claim gives a number that this house takes"
    if not own:
        return "only a union of harms gives a number"
    if house.best == "agreed" and best is not None:
        return f"best {best:,}: {'the one claim tells it' if len(own) == 1 else 'all claims that count tell it'}"
    if house.best == "agreed":
        return f"no best: the claims tell {', '.join(sorted({_shown(one.bounds) for one in own}))}"
    return house.rule


def _shown(bounds: Bounds) -> str:
    low, high = (None if side is None else f"{side:,}" for side in bounds)
    if low == high:
        return low or ""
    return f"{low} to {high}" if low and high else f"at least {low}" if low else f"up to {high}"


def _grade(context: Context, matter: _Asked, own: Sequence[_Count]) -> tuple[Grade | None, str]:
    """Airwars' grades as far as claims alone give them; a person decides how credible a source is, so every origin counts alike.

    Discounted goes first, then confirmed: an admission ends the contest over who did it.
    """
    value, checker = check(context, [entry.bearing for entry in matter.entries if entry.bearing.claim.key not in context.withdrawn])
    if value == "false":
        return "discounted", f"{checker} checked it and calls it false"
    if not own:
        gone = any(entry.bearing.claim.key in context.withdrawn for entry in matter.entries)
        return ("discounted", "every count was taken back") if gone else (None, "no claim gives a number that this house takes")
    bearings = once(one.entry.bearing for one in own)
    accused: dict[str, str] = {}
    for one in bearings:
        for name in context.actors(one.claim, one.claim.proposition.by) if isinstance(one.claim.proposition, Casualties) else ():
            side = context.side(name)
            accused[side.id] = side.shown
            if one.party_id == side.id:
                return "confirmed", f"{label(one)} says that it did it"
    if len(accused) > 1:
        return "contested", f"it is laid to {' and to '.join(sorted(accused.values()))}"
    if by := sorted({name for one in own for name in _deniers(one.entry, matter.denials)}):
        return "contested", f"{', '.join(by)} {'denies' if len(by) == 1 else 'deny'} it"
    origins = context.origins.count(one.claim for one in bearings)
    return ("fair", f"{origins} independent origins tell of it") if origins > 1 else ("weak", "one origin tells of it")
