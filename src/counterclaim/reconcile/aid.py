"""Aid claims to findings: who gave what, where and when, and whether a total is the sum of its parts.

What it captures: one finding for the same donor, goods, place, stage and day. Where a report tells a total and at least two parts in
one unit, in sentences that follow one another, with nothing between them that contradicts (donor, place, day, stage), the parts are
added up and belong to the total's finding. Only goods in general ("food", "relief supplies") are a total. What is said to be some of it
("including 25 tonnes of flour") belongs to the total and is not added up; a part told twice is added once; a part in general with parts of
its own ("40 tonnes of food: 25 of flour and 15 of rice") is added once, as itself or as its parts.
What it does not: parts in a unit of another measure than the total's (kilograms count in tonnes, bags do not), or told apart from it;
totals of totals; a part with no number; a total of something in particular ("84 tonnes of medicines"), for it looks like the first of a list.
Example: 480 tonnes, listed as 210, 150 and 100: disagrees, for the parts make 460.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from counterclaim.core.claim import Aid, Claim
from counterclaim.core.codec import key
from counterclaim.core.finding import Finding, SumCheck
from counterclaim.knowledge.units import base_of
from counterclaim.reconcile.context import Context, Reading
from counterclaim.reconcile.days import event_days, text
from counterclaim.reconcile.filing import Block, block
from counterclaim.reconcile.names import Name, fold
from counterclaim.reconcile.positions import Bearing, Question, bearing, ids, listed, once, positions, same, scope, shown
from counterclaim.reconcile.ranges import Bounds, are_apart, bounds
from counterclaim.reconcile.standing import case, standing

# What may stand between two sentences that follow one another: a stop, a line break and a bullet, not a third sentence.
_BETWEEN = 12
# The goods of a total. "500 tonnes of rice, 300 of flour and 200 of beans" is a list and no sum.
_GENERAL = frozenset(
    (
        *("aid", "relief", "supplies", "food", "foodstuffs", "goods", "assistance", "cargo", "items", "provisions", "material", "materials"),
        *("commodities", "support", "humanitarian", "emergency", "essential", "basic", "and", "of"),
    )
)
# A round total is taken to be rounded to its last digit that is not zero, but never more coarsely than to its second digit:
# 480 may be 475 to 485, and 1,000 may be 950 to 1,050.
_DIGITS = 2
# A sum of money is one thing in a sentence, however great, as a measure is.
_MONEY = frozenset(("USD", "EUR", "GBP", "AUD", "CAD", "JPY"))
# What adding up decimals leaves behind in a machine.
_DUST = 1e-6


class Matter(NamedTuple):
    """What aid claims must share to be laid side by side."""

    donor: str
    goods: str
    place: str
    stage: str | None
    day: dt.date | None
    report: str | None


class Entry(NamedTuple):
    """What one claim says of one delivery."""

    donor: tuple[Name, ...]
    place: tuple[Name, ...]
    goods: tuple[str, ...]
    day: dt.date | None
    amount: Bounds
    bearing: Bearing
    matter: Matter

    @property
    def report(self) -> str:
        """The report of the claim."""
        return self.bearing.claim.report


def filed(context: Context) -> Iterator[tuple[Block, Entry]]:
    """Each claim under its delivery; parts that make up a total under the total's."""
    total_of = context.once("totals of parts", lambda: totals_of_parts(context))
    for reading in context.readings("aid"):
        # A part is filed where its total is; a claim that refutes a part stands against the total's finding.
        under = context.by_key[total_of.get(reading.subject.key, reading.subject.key)]
        if isinstance(proposition := reading.subject.proposition, Aid) and isinstance(whole := under.proposition, Aid):
            entry = _entry(context, reading, proposition, under, whole)
            matter = entry.matter
            yield block("aid", matter.donor, matter.goods, matter.place, matter.stage, text(matter.day), matter.report), entry


def derived(context: Context, _: Block, filings: Sequence[Entry]) -> Iterator[Finding]:
    """The finding of a delivery."""
    yield _finding(context, filings[0].matter, filings, context.once("sums", lambda: sum_checks(context)))


def sum_checks(context: Context) -> dict[str, SumCheck]:
    """The totals that are told with all their parts, by the key of the claim that tells the total."""
    return {total.key: check for total, parts in _divisions(context) if (check := _checked(total, parts)) is not None}


def totals_of_parts(context: Context) -> dict[str, str]:
    """For each claim that tells a part of a total, the key of the claim that tells the total."""
    return {part.key: total.key for total, parts in _divisions(context) for part in parts}


def _divisions(context: Context) -> list[tuple[Claim, list[Claim]]]:
    """The totals with what is told of their parts."""
    return context.once("divisions", lambda: list(_divided(context)))


def _divided(context: Context) -> Iterator[tuple[Claim, list[Claim]]]:
    by_report: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in context.claims:
        if isinstance(claim.proposition, Aid) and claim.proposition.amount and claim.act in {"asserts", "confirms"} and claim.modality == "actual":
            by_report[claim.report].append(claim)
    for claims in by_report.values():
        told = sorted(claims, key=lambda claim: (claim.evidence.start, claim.evidence.end, claim.key))
        taken: set[str] = set()
        for total in sorted(filter(_is_general, told), key=lambda claim: (-(_amount(claim).low or _amount(claim).high or 0), claim.evidence.start, claim.key)):
            parts = _parts(context, total, [claim for claim in told if claim.key not in taken])
            if total.key not in taken and parts:
                yield total, parts
                taken.update(claim.key for claim in (total, *parts))


def _parts(context: Context, total: Claim, told: Sequence[Claim]) -> list[Claim]:
    """The parts of a total: smaller amounts that can be of it, in the sentences next to it; none where fewer than two are found and none is called one."""
    fit = [claim for claim in told if claim is not total and _can_be_part(context, claim, total)]
    chain = [total]
    while more := [claim for claim in fit if claim not in chain and any(_are_next(claim, other) for other in chain)]:
        chain += more
    parts = [claim for claim in fit if claim in chain]
    return parts if len(parts) > 1 or any(claim.counting == "part" for claim in parts) else []


def _checked(total: Claim, parts: Sequence[Claim]) -> SumCheck | None:
    """The check of a total against its parts; none where the text says that they are only some of it."""
    if any(claim.counting == "part" for claim in parts):
        return None
    once_each = list({(_told_goods(claim), _amount(claim)): claim for claim in reversed(parts)}.values())[::-1]
    # A part in general may have parts of its own: then it is added, or they are.
    ways = [once_each, [claim for claim in once_each if not _is_general(claim)], [claim for claim in once_each if _is_general(claim)]]
    checks = [_check(total, way) for way in ways if len(way) > 1]
    return next((check for check in checks if check.result == "agrees"), checks[0]) if checks else None


def _told_goods(claim: Claim) -> tuple[str, ...]:
    return tuple(" ".join(fold(words)) for words in claim.proposition.goods) if isinstance(claim.proposition, Aid) else ()


def _can_be_part(context: Context, claim: Claim, total: Claim) -> bool:
    part, whole = claim.proposition, total.proposition
    if not (isinstance(part, Aid) and isinstance(whole, Aid) and part.amount and whole.amount):
        return False
    amount, most = _measured(part), _measured(whole)
    size = most.low if most.low is not None else most.high
    if amount.low is None or amount.high is None or size is None or amount.high >= size or _unit(part) != _unit(whole):
        return False
    if part.goods == whole.goods or (part.stage and whole.stage and part.stage != whole.stage):
        return False
    pairs = (
        (ids(context.actors(claim, part.donor)), ids(context.actors(total, whole.donor))),
        (ids(context.places(claim, part.place)), ids(context.places(total, whole.place))),
        (text(event_days(claim).anchor) or "", text(event_days(total).anchor) or ""),
    )
    # What the part leaves open it shares with its total; what it says must be what the total says.
    return all(not mine or not its or mine == its for mine, its in pairs)


def _is_general(claim: Claim) -> bool:
    return isinstance(claim.proposition, Aid) and all(_GENERAL.issuperset(fold(words)) for words in claim.proposition.goods)


def _are_next(one: Claim, other: Claim) -> bool:
    """Whether the sentences are one, or follow one another."""
    first, second = sorted((one.evidence.span, other.evidence.span))
    return second.start - first.end <= _BETWEEN


def _check(total: Claim, parts: Sequence[Claim]) -> SumCheck:
    """The parts added up in the unit the total is told in, and whether that is the total, as far as it is rounded."""
    told = [one.proposition for one in (total, *parts) if isinstance(one.proposition, Aid)]
    unit = (told[0].amount.unit if told[0].amount else None) or ""
    whole, *shares = (_in_unit(aid, unit) for aid in told)
    low, high = sum(share.low or 0 for share in shares), sum(share.high or 0 for share in shares)
    floor = (whole.low or 0) - _rounding(whole.low or 0) - _DUST
    ceiling = math.inf if whole.high is None else whole.high + _rounding(whole.high) + _DUST
    agrees = floor <= high and low <= ceiling
    words = " + ".join(sorted((_number(share) for share in shares), key=lambda word: (-len(word), word)))
    made = f"{_number(Bounds(low, high))}{f' {unit}' if unit else ''}"
    mixed = f" (all in {unit})" if len({_spelled(aid) for aid in told}) > 1 else ""
    because = f"the parts, {words}, make {made}, {'as' if agrees else 'not as'} the total of {_number(whole)} says{mixed}"
    return SumCheck(total.key, tuple(sorted(part.key for part in parts)), "agrees" if agrees else "disagrees", because)


def _rounding(number: float) -> float:
    """How far a number may lie from what it was rounded from: half a step of its last digit that is not zero."""
    if number <= 0:
        return 0.0
    digits = f"{number:.3f}".rstrip("0")
    if not digits.endswith("."):
        return 0.5 * float(10 ** -len(digits.split(".")[1]))
    whole = digits[:-1]
    zeros = min(len(whole) - len(whole.rstrip("0")), max(0, len(whole) - _DIGITS))
    return 0.5 * float(10**zeros)


def _number(amount: Bounds) -> str:
    low, high = (None if side is None else f"{side:,.10g}" for side in amount)
    if low == high:
        return low or "an unknown number"
    return f"{low} to {high}" if low and high else f"at least {low}" if low else f"up to {high}"


def _amount(claim: Claim) -> Bounds:
    return _measured(claim.proposition) if isinstance(claim.proposition, Aid) else bounds(None)


def _measured(proposition: Aid) -> Bounds:
    """The bounds of an amount in the base unit of its measure: 500 kg are half a tonne of the total."""
    return _in_unit(proposition, base_of(proposition.amount.unit or "")[0] if proposition.amount else "")


def _in_unit(proposition: Aid, unit: str) -> Bounds:
    """The bounds of an amount in another unit of its measure; as they are where the unit is its own, or of no measure at hand."""
    found = bounds(proposition.amount)
    own, (base, size) = base_of(_spelled(proposition)), base_of(unit)
    if own[0] != base or own[1] == size:
        return found
    return Bounds(*(None if side is None else round(side * own[1] / size, 9) for side in found))


def _spelled(proposition: Aid) -> str:
    return (proposition.amount.unit or "").casefold() if proposition.amount else ""


def _unit(proposition: Aid) -> str:
    """The base unit of its measure, else the unit without case and plural."""
    unit = _spelled(proposition)
    return base_of(unit)[0] or unit.removesuffix("s")


def _entry(context: Context, reading: Reading, proposition: Aid, filed: Claim, whole: Aid) -> Entry:
    donor = context.actors(filed, whole.donor)
    day = event_days(filed, context.refuted(filed)).anchor
    givers = context.actors(reading.subject, proposition.donor) or donor
    party = context.party(reading.claim)
    # A party that tells of its own gift is not named twice.
    says = _says("" if party and any(party.id == giver.id for giver in givers) else listed(givers), proposition)
    if reading.subject.counting == "part":
        says = f"{says}, as part of a greater amount"
    # Parts share the stance of their total, so that a party that tells both has one position.
    amount = _amount(filed)
    place = context.places(filed, whole.place)
    goods = " ".join(sorted({" ".join(fold(words)) for words in whole.goods}))
    matter = Matter(ids(donor), goods, ids(place), whole.stage, day, scope(filed, donor, place))
    return Entry(donor, place, whole.goods, day, amount, bearing(context, reading, says, f"{amount.low} {amount.high}"), matter)


def _says(donor: str, proposition: Aid) -> str:
    *others, last = proposition.goods or ("aid",)
    given = f"{', '.join(others)} and {last}" if others else last
    if amount := proposition.amount:
        # The words of an amount may hold its unit; it is not said twice.
        unit = f" {amount.unit}" if amount.unit and amount.unit not in amount.words else ""
        given = f"{amount.words}{unit} of {given}" if amount.unit else f"{amount.words} {given}"
    # "40 tonnes of flour was sent", for a measure is one; "12 trucks of flour were sent".
    amount = proposition.amount
    is_one = (bounds(amount) == Bounds(1, 1) or bool(base_of(_spelled(proposition))[0]) or amount.unit in _MONEY) if amount else len(proposition.goods) < 2
    done = "arrived" if proposition.stage == "arrived" else f"{'was' if is_one else 'were'} {proposition.stage or 'given'}"
    return f"{given}{f' from {donor}' if donor else ''} {done}"


def _finding(context: Context, matter: Matter, entries: Sequence[Entry], sums: dict[str, SumCheck]) -> Finding:
    first = entries[0]
    question: Question = {
        "kind": "aid",
        "donor": shown(first.donor),
        "goods": ", ".join(sorted(min(entry.goods for entry in entries))) or None,
        "place": shown(first.place),
        "stage": matter.stage,
        "day": text(matter.day),
    }
    if matter.report:
        question["report"] = matter.report
    bearings = once(entry.bearing for entry in entries)
    # A sum that does not come out is the one to show.
    checks = sorted(
        (sums[one.claim.key] for one in bearings if one.claim.key in sums and one.claim.key not in context.withdrawn),
        key=lambda check: (check.result == "agrees", check.total),
    )
    parts = context.once("totals of parts", lambda: totals_of_parts(context))
    told = [
        entry for entry in entries if entry.bearing.claim.key not in parts and entry.bearing.claim.key not in context.withdrawn and entry.bearing.sign == "for"
    ]
    differing = "origins give different amounts; nobody at hand disputes one of them" if are_apart(entry.amount for entry in told) else ""
    decided = case(context, bearings, agreeing=same([entry.bearing for entry in told]), differing=differing)
    name, because = standing(decided)
    return Finding(
        key=key(question),
        question=question,
        standing=name,
        positions=positions(context, bearings),
        verification=decided.check or "none",
        because=f"{because}; {checks[0].because}" if checks else because,
        sum_check=checks[0] if checks else None,
    )
