"""Tolls to what changes between two houses, and to a total of those that surely are of other people than the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from counterclaim.core.toll import LeftOut, Moved, Number, Reckoning, Row, Total


def moved(a: Iterable[Reckoning], b: Iterable[Reckoning]) -> list[Moved]:
    """The tolls whose numbers or grade differ, with each claim that the two houses treat otherwise; in the order of a, then of b."""
    before, after = {one.key: one for one in a}, {one.key: one for one in b}
    found = []
    for key in dict.fromkeys([*before, *after]):
        one, other = before.get(key), after.get(key)
        if one and other and (*one.numbers, one.grade) == (*other.numbers, other.grade):
            continue
        shown = one or other
        if shown is not None:
            found.append(Moved(key=key, question=shown.question, before=one, after=other, because=_because(one, other)))
    return found


def _because(one: Reckoning | None, other: Reckoning | None) -> tuple[str, ...]:
    if one is None or other is None:
        shown = one or other
        return (f"the {'first' if one is None else 'second'} house has no toll of {shown.harm}",) if shown else ()
    rows = {row.claim: row for row in other.rows}
    changes = [_change(row, rows[row.claim]) for row in one.rows if row.claim in rows and _differ(row, rows[row.claim])]
    return (other.because, *changes)


def _differ(one: Row, other: Row) -> bool:
    return (one.low, one.high, one.taken) != (other.low, other.high, other.taken)


def _change(one: Row, other: Row) -> str:
    was, now = ("taken" if row.taken else "not taken" for row in (one, other))
    return f"claim {one.claim[:10]}: {f'was {was}, now {now}' if was != now else f'{now} with other bounds'}; {other.because}"


def total(reckonings: Sequence[Reckoning], harm: str = "killed") -> Total:
    """The tolls of one harm added up. Those that may overlap with one already counted are left out, with the reason.

    Counted are persons by name, each once, and else tolls of a known day and place, of other days and other reports than those counted
    before: of one day, or in one report, one toll may be part of the other. Tolls with more origins go first, then those with more
    claims. Missed: a later report that counts earlier dead again under a later day.
    """
    counted: list[Reckoning] = []
    left: list[LeftOut] = []
    of_harm = [one for one in reckonings if one.harm == harm]
    for one in sorted(of_harm, key=lambda one: (-one.origins, -len(one.rows), one.key)):
        reason = _alone(one) or next((clash for other in counted if (clash := _clash(one, other))), "")
        if reason:
            left.append(LeftOut(one.key, reason))
        else:
            counted.append(one)
    return Total(
        house=reckonings[0].house if reckonings else "",
        harm=harm,
        low=_sum(one.low for one in counted),
        best=_sum(one.best for one in counted),
        high=_sum(one.high for one in counted),
        counted=tuple(sorted(one.key for one in counted)),
        left_out=tuple(sorted(left, key=lambda one: one.key)),
    )


def _alone(one: Reckoning) -> str:
    """Why a toll cannot be told from others at all; empty where it can."""
    if one.numbers == (None, None, None):
        return "it has no number"
    if one.is_person:
        return ""
    missing = [what for what, known in (("place", one.question.get("place")), ("day", one.question.get("from"))) if not known]
    return f"no {' and no '.join(missing)} is told, so it may be part of any other" if missing else ""


def _clash(one: Reckoning, other: Reckoning) -> str:
    """Why two tolls may be of the same people; empty where they surely are not."""
    if one.is_person and other.is_person:
        return "" if one.question.get("who") != other.question.get("who") else f"the person is counted already in {_name(other)}"
    if not _are_apart(one, other):
        return f"its days may meet those of {_name(other)}, and the same people may be in both"
    return f"one report tells of it and of {_name(other)}, and one may be part of the other" if set(one.reports) & set(other.reports) else ""


def _are_apart(one: Reckoning, other: Reckoning) -> bool:
    """Whether the days of both are known and none is of both."""
    (first, last), (start, end) = ((q.get("from"), q.get("to") or q.get("from")) for q in (one.question, other.question))
    return bool(first and last and start and end) and (str(last) < str(start) or str(end) < str(first))


def _name(one: Reckoning) -> str:
    return " · ".join(one.question[slot] or "" for slot in ("who", "place", "from") if one.question.get(slot)) or one.key[:10]


def _sum(numbers: Iterable[Number | None]) -> Number | None:
    """The sum; open where one of them is, or where there is none."""
    found = list(numbers)
    known = [number for number in found if number is not None]
    return sum(known) if found and len(known) == len(found) else None
