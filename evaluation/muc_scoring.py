"""Score MUC-4 templates against the keys: how much of every slot was wanted, was filled, and is right.

The definition is the task's own (score_muc.py beside the data, a lenient reading of the MUC-4 scorer, Chinchor 1992);
this is our own writing of it, and the tests hold it to figures of the original.

What it captures: the templates of a report are paired with its keys one to one, for the greatest sum of credit, and only where
the incident types agree; a fill earns 1, ½ or 0; a key without a template is all missing, a template without a key all spurious,
and an optional key is wanted only where it is met. `victims` compares sets of (effect, number) a report, and `filter` asks
whether a report has any template at all.
What it does not: MUC's partial credit by human judgement, and its hierarchy of set fills beyond a common beginning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
from scipy.optimize import linear_sum_assignment

# The slots, in the order of the form.
SLOTS = tuple(
    "date location type stage instr_id instr_type perp_cat perp_ind perp_org perp_conf phys_id phys_type phys_num phys_nation phys_effect "
    "phys_total hum_name hum_desc hum_type hum_num hum_nation hum_effect hum_total".split()
)
TEMPLATE = "template-id"  # the row that counts the templates themselves
HARMS = ("DEATH", "INJURY")
_STRINGS = frozenset("instr_id perp_ind perp_org phys_id hum_name hum_desc".split())
_NUMBERS = frozenset("phys_num hum_num phys_total hum_total".split())
_SLIGHT = frozenset("THE A AN OF IN ON AT BY TO AND SOME SEVERAL".split())
_WORD = re.compile(r"[A-Z0-9'\-]+")
_DAY = re.compile(r"\d+ [A-Z]{3} \d+")
_GLOSS = re.compile(r"\(.*?\)")
_DIGITS = re.compile(r"\d+")
_NOBODY = ("-",)  # a reference that is said to be to nothing

Json = dict[str, Any]


class Fill(msgspec.Struct, frozen=True, omit_defaults=True):
    """One fill of a slot: its wordings, any of which will do, and the wordings of the fill it belongs to."""

    alts: tuple[str, ...]
    ref: tuple[str, ...] = ()
    optional: bool = False


class Template(msgspec.Struct, frozen=True):
    """One incident as MUC-4 writes it."""

    slots: dict[str, tuple[Fill, ...]]
    optional: bool = False

    def fills(self, slot: str) -> tuple[Fill, ...]:
        """The fills of this slot; none where it is empty."""
        return self.slots.get(slot, ())


class Credit(msgspec.Struct, frozen=True):
    """Fills wanted (`possible`) and given (`actual`), and the credit earned."""

    possible: int = 0
    actual: int = 0
    earned: float = 0.0

    def __add__(self, other: Credit) -> Credit:
        return Credit(self.possible + other.possible, self.actual + other.actual, self.earned + other.earned)


Templates = Sequence[Template]


def template(row: Mapping[str, Any]) -> Template:
    """A template from its JSON form: the values that are lists are its slots."""
    slots = {slot: msgspec.convert(fills, tuple[Fill, ...]) for slot, fills in row.items() if isinstance(fills, list)}
    return Template(slots, bool(row.get("optional")))


def words(phrase: str) -> list[str]:
    """The words of a phrase that weigh, in capitals."""
    return [word for word in _WORD.findall(phrase.upper()) if word not in _SLIGHT]


def alike(one: str, other: str) -> float:
    """How alike two phrases are: the same words, or more words before the same last one, 1; a word in common, ½."""
    a, b = words(one), words(other)
    if a == b:
        return 1.0
    if not a or not b:
        return 0.0
    first, second = set(a), set(b)
    if a[-1] == b[-1] and (first <= second or second <= first):
        return 1.0
    return 0.5 if first & second else 0.0


def _same_place(one: str, other: str) -> float:
    a, b = ([_GLOSS.sub("", part).strip() for part in place.split(":")] for place in (one, other))
    if a == b:
        return 1.0
    return 0.5 if a[0] == b[0] or set(a) & set(b) else 0.0


def _same_day(one: str, other: str) -> float:
    a, b = one.strip("- "), other.strip("- ")
    if a == b:
        return 1.0
    return 0.5 if set(_DAY.findall(a)) & set(_DAY.findall(b)) else 0.0


def _same_number(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if set(_DIGITS.findall(one)) & set(_DIGITS.findall(other)):
        return 0.5
    return 0.5 if ("PLURAL" in one) != ("PLURAL" in other) and "1" not in (one, other) else 0.0


def _same_value(one: str, other: str) -> float:
    if one == other:
        return 1.0
    return 0.5 if one.startswith(other) or other.startswith(one) else 0.0


def _measure(slot: str) -> Callable[[str, str], float]:
    if slot in _STRINGS:
        return alike
    if slot in _NUMBERS:
        return _same_number
    return {"location": _same_place, "date": _same_day}.get(slot, _same_value)


def likeness(slot: str, key: Fill, said: Fill) -> float:
    """The credit of one fill for another: of their most alike wordings, and no more than ½ where they belong to fills with no word in common."""
    measure = _measure(slot)
    best = max((measure(a.upper(), b.upper()) for a in key.alts for b in said.alts), default=0.0)
    if not best or slot == "instr_type" or not key.ref or not said.ref or _NOBODY in (key.ref, said.ref):
        return best
    return best if any(alike(a, b) for a in key.ref for b in said.ref) else min(best, 0.5)


def credit(slot: str, keys: Sequence[Fill], said: Sequence[Fill]) -> Credit:
    """The credit of the fills of one slot of a template against those of its key, paired for the greatest sum."""
    wanted = sum(not key.optional for key in keys)
    if not keys or not said:
        return Credit(wanted, len(said))
    matrix = np.array([[likeness(slot, key, fill) for fill in said] for key in keys])
    pairs = [(int(a), int(b)) for a, b in zip(*linear_sum_assignment(-matrix), strict=True)]
    met = sum(keys[a].optional and matrix[a, b] > 0 for a, b in pairs)
    return Credit(wanted + int(met), len(said), float(sum(matrix[a, b] for a, b in pairs)))


def credits(key: Template, said: Template) -> dict[str, Credit]:  # noqa: A001
    """The credit of every slot of a template against this key."""
    return {slot: credit(slot, key.fills(slot), said.fills(slot)) for slot in SLOTS}


def pairs(keys: Templates, said: Templates) -> list[tuple[int, int]]:
    """Which template stands for which key, as (key, template): one to one, for the greatest sum, types agreeing (or the key without one)."""
    if not keys or not said:
        return []
    matrix = np.zeros((len(keys), len(said)))
    for a, key in enumerate(keys):
        for b, one in enumerate(said):
            earned = credits(key, one)
            if earned["type"].earned > 0 or not key.fills("type"):
                matrix[a, b] = sum(part.earned for part in earned.values())
    return [(int(a), int(b)) for a, b in zip(*linear_sum_assignment(-matrix), strict=True) if matrix[a, b] > 0]


def totals(keys: Mapping[str, Templates], said: Mapping[str, Templates]) -> dict[str, Credit]:
    """The credit of every slot, and of the templates themselves, over all reports of the keys. Reports without a key row do not count."""
    found: dict[str, Credit] = {}

    def add(slot: str, part: Credit) -> None:
        found[slot] = found.get(slot, Credit()) + part

    for report, wanted in keys.items():
        given = said.get(report, ())
        paired = pairs(wanted, given)
        for a, b in paired:
            add(TEMPLATE, Credit(1, 1, 1.0))
            for slot, part in credits(wanted[a], given[b]).items():
                add(slot, part)
        met, used = {a for a, _ in paired}, {b for _, b in paired}
        for key in (key for a, key in enumerate(wanted) if a not in met and not key.optional):
            add(TEMPLATE, Credit(possible=1))
            for slot in SLOTS:
                add(slot, Credit(possible=sum(not fill.optional for fill in key.fills(slot))))
        for one in (one for b, one in enumerate(given) if b not in used):
            add(TEMPLATE, Credit(actual=1))
            for slot in SLOTS:
                add(slot, Credit(actual=len(one.fills(slot))))
    return found


def victims(templates: Templates) -> set[tuple[str, str, bool]]:
    """Who died or was hurt, as (effect, number, optional); people without a number are left out."""
    found = set()
    for one in templates:
        number = {who: fill.alts[0] for fill in one.fills("hum_num") for who in fill.ref or ("?",)}
        for fill in one.fills("hum_effect"):
            effect = next((value for value in fill.alts if value in HARMS), None)
            many = next((number[who] for who in fill.ref if who in number), None)
            if effect and many:
                found.add((effect, many, fill.optional or one.optional))
    return found


def figures(keys: Mapping[str, Templates], said: Mapping[str, Templates]) -> Json:
    """All figures, in percent: `ALL`, `victims`, `filter`, then a row a slot and one for the templates themselves."""
    found = totals(keys, said)
    out = {
        "ALL": _row(sum(found.values(), Credit())),
        "victims": _victims_row(keys, said),
        "filter": _filter_row(keys, said),
    }
    return out | {slot: _row(part) for slot, part in found.items()}


def _victims_row(keys: Mapping[str, Templates], said: Mapping[str, Templates]) -> Json:
    right = extra = missed = 0
    for report, wanted in keys.items():
        gold = victims(wanted)
        may = {(effect, many) for effect, many, _ in gold}
        must = {(effect, many) for effect, many, optional in gold if not optional}
        given = {(effect, many) for effect, many, _ in victims(said.get(report, ()))}
        right, extra, missed = right + len(may & given), extra + len(given - may), missed + len(must - given)
    p, r = _percent(right, right + extra), _percent(right, right + missed)
    return _rounded(p, r, _percent(2 * right, 2 * right + extra + missed))


def _filter_row(keys: Mapping[str, Templates], said: Mapping[str, Templates]) -> Json:
    right = extra = missed = 0
    for report, wanted in keys.items():
        if said.get(report):
            right, extra = right + bool(wanted), extra + (not wanted)
        elif any(not key.optional for key in wanted):
            missed += 1
    p, r = _percent(right, right + extra), _percent(right, right + missed)
    return _rounded(p, r, 2 * p * r / max(1e-9, p + r))


def _row(part: Credit) -> Json:
    return _rounded(
        _percent(part.earned, part.actual),
        _percent(part.earned, part.possible),
        _percent(2 * part.earned, part.possible + part.actual),
    )


def _percent(part: float, whole: float) -> float:
    return 100 * part / max(whole, 1)


def _rounded(p: float, r: float, f1: float) -> Json:
    return {"p": round(p, 1), "r": round(r, 1), "f1": round(f1, 1)}


def by_report(rows: Iterable[Mapping[str, Any]], of: Callable[[Mapping[str, Any]], Iterable[Mapping[str, Any]]]) -> dict[str, list[Template]]:
    """The templates of each row, by the report's id."""
    return {row["id"]: [template(one) for one in of(row)] for row in rows}
