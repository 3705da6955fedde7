"""Turn the people an incident came to into candidates for who is dead or hurt: an effect and a number, with what speaks for them.

What it captures: what the groups of so many people say together, how they stand beside the other numbers of the report, what the
casualty claims count, how old their matter is and who tells it, and whether the report tells of fighting.
What it does not: ranges ("16 or more"), and figures that stand with no noun; both are rare in keys. Tried without gain on the folds
of the training reports: the words of the sentences and of the report, and boosted trees over the same features.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from counterclaim.core.claim import Casualties, Fighting
from evaluation.muc_features import Features, View
from evaluation.muc_phrases import Group
from evaluation.muc_scoring import HARMS
from evaluation.muc_slots import ANY, TYPES, odds

_SAID = {"DEATH": "killed", "INJURY": "wounded"}  # the harm of a claim that tells of an effect


class Person(msgspec.Struct, frozen=True):
    """A group that may be people an incident came to: how surely, in a template how likely, and what may have become of them."""

    kind: str
    group: Group
    features: Features
    sure: float
    likely: float
    effects: dict[str, float]


Pair = tuple[str, str]  # an effect and a number
Row = Sequence[tuple[float, Person]]


def many(group: Group) -> str:
    """How many people a group stands for, as MUC writes it."""
    return "1" if group.is_person else group.phrases[0].many


def harms(people: Iterable[Person]) -> dict[Pair, list[tuple[float, Person]]]:
    """For each effect and number, the people who may be so many dead or hurt, each with its probability, the likeliest first."""
    found: defaultdict[Pair, list[tuple[float, Person]]] = defaultdict(list)
    for person in people:
        for effect in HARMS:
            found[effect, many(person.group)].append((person.sure * person.likely * person.effects.get(effect, 0.0), person))
    return {pair: sorted(row, key=lambda of: -of[0]) for pair, row in sorted(found.items())}


def harm_features(view: View, likely: Mapping[str, float], rows: Mapping[Pair, Row]) -> dict[Pair, Features]:
    """What tells, for each effect and number, whether a report has so many dead or hurt."""
    return {pair: _own(*pair, row) | _beside(pair, likely, rows) | dict(_claimed(*pair, view)) for pair, row in rows.items()}


def _size(number: str) -> str:
    return number if number in ("1", "2", "PLURAL") else "n"


def _own(effect: str, number: str, row: Row) -> Features:
    """How likely each group is to be them, taken together, and what is said of the likeliest."""
    by: defaultdict[str, list[float]] = defaultdict(list)
    for p, person in row:
        by[person.kind].append(p)
    p, best = row[0]
    size = _size(number)
    found: Features = {
        "either": odds(max(either(mine) for mine in by.values())),
        "best": odds(p),
        "second": odds(row[1][0]) if len(row) > 1 else odds(0.0),
        "groups": math.log(len(row)),
        "template": odds(best.likely),
    }
    for name in ("either", "best"):
        found[f"{name}+"] = max(found[name], 0.0)
        found[f"{name} {effect} {size}"] = found[name]
    found |= {effect: 1.0, f"many={size}": 1.0, f"{effect} many={size}": 1.0, f"type={best.kind}": 1.0}
    return found | {name: value for name, value in best.features.items() if name.startswith(("in killed", "in wounded", "person", "first", "mentions", "p "))}


def _beside(pair: Pair, likely: Mapping[str, float], rows: Mapping[Pair, Row]) -> Features:
    """How the pair stands beside the other pairs of the report, and what the report is likely to be about."""
    effect, number = pair
    own = rows[pair][0][0]
    rivals = [row[0][0] for (other, _), row in rows.items() if other == effect and row is not rows[pair]]
    opposite = next(other for other in HARMS if other != effect)
    found: Features = {f"about {kind}": odds(likely[kind]) / (1 if kind == ANY else 2) for kind in (ANY, *TYPES[:4])}
    found[f"about {effect} {_size(number)}"] = odds(likely[ANY])
    found["rivals"] = odds(max(rivals, default=0.0))
    found[f"rank={min(3, sum(p > own for p in rivals))}"] = 1.0
    found["same of the other effect"] = odds(rows[opposite, number][0][0] if (opposite, number) in rows else 0.0)
    found["best of the other effect"] = odds(max((row[0][0] for (other, _), row in rows.items() if other == opposite), default=0.0))
    return found


def _claimed(effect: str, number: str, view: View) -> Iterator[tuple[str, float]]:
    """What the claims of the report count: the surest claim for each way it agrees with the number."""
    best: Features = {}

    def add(name: str, value: float) -> None:
        best[name] = max(best.get(name, 0.0), value)

    size, same = _size(number), 0
    for claim in view.seen.claims:
        said = claim.proposition
        if isinstance(said, Fighting):
            add("fighting", claim.score)
        if not isinstance(said, Casualties) or _SAID[effect] not in said.harm:
            continue
        low, high = (said.count.low, said.count.high) if said.count else (None, None)
        how = "none" if low is None else "same" if low == high and str(int(low)) == number else "other" if size == "n" else "figure"
        add(f"count {how}", claim.score)
        add(f"count {how} {effect} {size}", claim.score)
        if how == "same":
            same += 1
            add(f"counted {view.age(claim)}", claim.score)
            add(f"counted by {claim.chain[-1].source_type or claim.chain[-1].manner}", 1.0)
    yield from best.items()
    yield "counts", 0.3 * same


def either(likely: Iterable[float]) -> float:
    """How likely at least one of several things is, taken as independent."""
    return 1 - math.prod(1 - p for p in likely)
