"""Bearings to positions: what each party says on one matter, with its claims, origins and reports."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

import msgspec

from counterclaim.core.claim import Claim, InterestValue
from counterclaim.core.finding import Position
from counterclaim.core.voice import Act
from counterclaim.reconcile.context import Context, Reading, Sign
from counterclaim.reconcile.names import Name

Question = dict[str, str | None]

# How a position is told when its act is not simply to assert; "{}" is what the claim, or the refuted claim, says.
_TOLD: dict[Act, str] = {"denies": "denies that {}", "doubts": "doubts that {}", "cannot-verify": "cannot verify that {}"}


class Bearing(msgspec.Struct, frozen=True):
    """A claim as it bears on one matter: whose word it is, what it comes to, and `stance`, which divides a party's words into positions."""

    claim: Claim
    party: Name | None
    party_id: str
    says: str
    stance: str
    sign: Sign


def bearing(context: Context, reading: Reading, says: str, stance: str = "", *, party: Name | None = None) -> Bearing:
    """The bearing of a reading. `says` is what its subject says; `party` is given where it is not the origin's side."""
    claim = reading.claim
    return Bearing(
        claim, party or context.party(claim), party.id if party else context.party_id(claim), told(reading, says), f"{reading.sign} {stance}", reading.sign
    )


def told(reading: Reading, says: str) -> str:
    """What the claim says, given what its subject says."""
    if not reading.is_own and reading.claim.act in {"asserts", "confirms"}:
        return f"refutes that {says}"
    return _TOLD.get(reading.claim.act, "{}").format(says)


def once(bearings: Iterable[Bearing]) -> list[Bearing]:
    """One bearing a claim, the first: what a claim says itself goes before what it refutes."""
    return list({one.claim.key: one for one in reversed(list(bearings))}.values())[::-1]


def positions(context: Context, bearings: Sequence[Bearing], *, stance: Callable[[Bearing], str] = lambda one: one.stance) -> tuple[Position, ...]:
    """The positions taken, one for each party and stance. A claim stands in one of them."""
    groups: defaultdict[tuple[str, str, bool], list[Bearing]] = defaultdict(list)
    for one in bearings:
        groups[one.party_id, stance(one), one.claim.key in context.withdrawn].append(one)
    found = [_position(context, group, is_withdrawn=where[2]) for where, group in groups.items()]
    return tuple(sorted(found, key=lambda position: (position.party is None, position.party or "", position.says, position.claims)))


def opponents(bearings: Sequence[Bearing]) -> tuple[str, str] | None:
    """A party that stands for the matter and another that stands against it, or that refutes its claim; none where nobody disputes it."""
    by_key = {one.claim.key: one for one in bearings}
    for one in bearings:
        refuted = by_key.get(one.claim.refutes or "")
        if refuted is not None and one.sign != "open" and refuted.party_id != one.party_id:
            return label(refuted), label(one)
    supporters = sorted((one for one in bearings if one.sign == "for"), key=label)
    for against in bearings:
        if against.sign == "against" and (other := next((one for one in supporters if one.party_id != against.party_id), None)):
            return label(other), label(against)
    return None


def same(bearings: Iterable[Bearing]) -> list[list[Bearing]]:
    """The bearings that say the same, by their stance: to name a matter is not to give the same count of it."""
    groups: defaultdict[str, list[Bearing]] = defaultdict(list)
    for one in bearings:
        groups[one.stance].append(one)
    return list(groups.values())


def label(one: Bearing) -> str:
    """The party as it is called in a reason."""
    return one.party.shown if one.party else "an unnamed source"


def listed(names: Iterable[Name], last: str = "and", *, article: bool = False) -> str:
    """Names in a row: "A, B and C"; with `article` "the village of Tarn", where a description is all that is told."""
    words = sorted(f"the {name.shown}" if article and _DESCRIBES.match(name.shown) else name.shown for name in names)
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


# A place told by what it is ("village of Tarn"); one told by a number or a word of number has no article.
_DESCRIBES = re.compile(
    r"(?!(?:both|either|neither|several|some|many|all|two|three|four|five|six|seven|eight|nine|ten|near|there|here|a|an|the|this|that|its|their|his|her)\b)[a-z]"
)
# Words that begin with a capital only where they begin a sentence.
_SMALL = re.compile(
    r"(?:An?|The|At least|Some|About|Around|More than|Up to|Nearly|Almost|Several|Dozens|Hundreds|Thousands|Both|Its|Their|His|Her|One|Two|Three|Four|Five|Six|Seven|Eight|"
    r"Nine|Ten|Eleven|Twelve|Thirteen|Fourteen|Fifteen|Sixteen|Seventeen|Eighteen|Nineteen|Twenty|Thirty|Forty|Fifty|Sixty|Seventy|Eighty|Ninety)\b"
)


def within(words: str) -> str:
    """The words as they stand within a sentence: "Two officers" is "two officers" there."""
    return f"{words[0].lower()}{words[1:]}" if _SMALL.match(words) else words


def shown(names: Iterable[Name]) -> str | None:
    """Names as they stand in a question; null where the slot is open."""
    return ", ".join(sorted(name.shown for name in names)) or None


def ids(names: Iterable[Name]) -> str:
    """What tells two slots apart."""
    return " ".join(sorted(name.id for name in names))


def scope(claim: Claim, *slots: Iterable[Name]) -> str | None:
    """The report a matter is confined to: where no slot holds a name, "people" in one report are not those of another."""
    return None if any(name.is_named for slot in slots for name in slot) else claim.report


def _position(context: Context, group: Sequence[Bearing], *, is_withdrawn: bool) -> Position:
    claims = [one.claim for one in group]
    says = "; ".join(sorted({one.says for one in group}))
    return Position(
        party=group[0].party.shown if group[0].party else None,
        says=f"{says} (withdrawn)" if is_withdrawn else says,
        interest=_interest(claims),
        claims=tuple(sorted(claim.key for claim in claims)),
        origins=context.origins.count(claims),
        reports=len({claim.report for claim in claims}),
    )


def _interest(claims: Iterable[Claim]) -> InterestValue:
    """The interest all claims of the position were given; unknown where they were given none, or several."""
    values: set[InterestValue] = {claim.interest.value for claim in claims if claim.interest}
    return values.pop() if len(values) == 1 else "unknown"
