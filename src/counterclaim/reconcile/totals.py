"""Tolls to what changes between two houses, and to a total of those that surely are of other people than the rest."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from counterclaim.core.claim import Harm
from counterclaim.core.link import Link
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
    """The tolls of one harm added up, all of one war and time (`totals` parts them). Those that may overlap with one already counted are left out, with the reason.

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


# Tolls between which nothing is told for so long are of two wars, or of two times of one.
_LULL = dt.timedelta(days=365)


def totals(reckonings: Sequence[Reckoning], harm: Harm | str = "killed", countries: Mapping[str, str] | None = None) -> list[Total]:
    """A total for each stretch of time and each country in it, the one with most tolls first: nothing is added over wars or over years of silence.

    `countries` gives the country of a toll, by its key, where that is known. A toll of no known day is told with the one stretch there is.
    """
    known = countries or {}
    found = []
    for since, until, stretch in _stretches([one for one in reckonings if one.harm == harm]):
        lie = {known[one.key] for one in stretch if one.key in known}
        apart = sorted(lie) if len(lie) > 1 else []
        found += [_total([one for one in stretch if known.get(one.key) == country], harm, country, since, until) for country in apart]
        # Where all that is known lies in one country, the rest is told with it; of several, the rest may be of any.
        rest = [one for one in stretch if one.key not in known] if len(lie) > 1 else stretch
        if rest:
            found.append(_total(rest, harm, next(iter(lie)) if len(lie) == 1 else None, since, until))
    return sorted(found, key=lambda one: (-len(one.counted), one.country or "", one.since or "", one.left_out)) or [total(reckonings[:1], harm)]


def _total(tolls: Sequence[Reckoning], harm: str, country: str | None, since: str | None, until: str | None) -> Total:
    return msgspec.structs.replace(total(tolls, harm), country=country, since=since, until=until)


def foremost(found: Sequence[Total]) -> Total:
    """The total with most tolls, what others count left out of it with the reason: for a page that has room for one."""
    first, *others = found
    left = [
        LeftOut(key, f"it is of another country or time{f' ({about})' if (about := ', '.join(filter(None, (one.country, one.since)))) else ''}")
        for one in others
        for key in one.counted
    ]
    rest = [one for other in others for one in other.left_out]
    return msgspec.structs.replace(first, left_out=tuple(sorted((*first.left_out, *left, *rest), key=lambda one: one.key)))


def _stretches(tolls: Iterable[Reckoning]) -> list[tuple[str | None, str | None, list[Reckoning]]]:
    """The tolls parted by lulls, each stretch with its first and last day; what has no day, or counts a longer time, goes with the first."""
    tolls = list(tolls)
    dated = sorted(
        (one for one in tolls if one.question.get("from") and not _is_long(one) and one.counting != "sum"), key=lambda one: (_day(one, "from"), one.key)
    )
    stretches: list[list[Reckoning]] = []
    last = dt.date.min
    for one in dated:
        if not stretches or _day(one, "from") - last > _LULL:
            stretches.append([])
        stretches[-1].append(one)
        last = max(last, _day(one, "to"))
    spans = [(min(_day(one, "from") for one in group), max(_day(one, "to") for one in group)) for group in stretches]
    for one in (one for one in tolls if one not in dated):
        # What has no day, or counts a longer time, is told where its time begins; of several stretches, nothing says in which an undated toll is.
        begun = _day(one, "from") if one.question.get("from") else dt.date.min
        alone = len(spans) == 1 and begun == dt.date.min
        at = next((i for i, (first, last) in enumerate(spans) if alone or begun == first or (begun > dt.date.min and first - _LULL <= begun <= last)), None)
        if at is None:
            spans.append((begun, begun))
            stretches.append([one])
        else:
            stretches[at].append(one)
    return [(_text(first), _text(last), group) for (first, last), group in zip(spans, stretches, strict=True)]


def _text(day: dt.date) -> str | None:
    return day.isoformat() if day > dt.date.min else None


def _day(one: Reckoning, side: str) -> dt.date:
    return dt.date.fromisoformat(str(one.question.get(side) or one.question.get("from")))


def countries(reckonings: Iterable[Reckoning], links: Iterable[Link]) -> dict[str, str]:
    """The country of each toll, by its key, where the links of its reports put its place in one country alone."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for link in links:
        if link.kind == "place" and link.target is not None and link.target.at is not None and link.target.at.country:
            found[link.report, link.target.name].add(link.target.at.country)
    lie = {
        one.key: {country for report in one.reports for place in (one.question.get("place") or "").split(", ") for country in found.get((report, place), ())}
        for one in reckonings
    }
    return {key: next(iter(known)) for key, known in lie.items() if len(known) == 1}


def _alone(one: Reckoning) -> str:
    """Why a toll cannot be told from others at all; empty where it can."""
    if one.numbers == (None, None, None):
        return "it has no number"
    if one.is_person:
        return ""
    if one.counting == "sum":
        return "a running total: it holds tolls of other days"
    if one.counting == "part":
        return "it counts some of those that a greater toll counts"
    if _is_long(one):
        return f"it counts all of a longer time, from {one.question.get('from')} to {one.question.get('to')}"
    missing = [what for what, known in (("place", one.question.get("place")), ("day", one.question.get("from"))) if not known]
    return f"no {' and no '.join(missing)} is told, so it may be part of any other" if missing else ""


# The news of some days may be told as one event; what a longer stretch holds is told by the day as well.
_LONG = dt.timedelta(days=31)


def _is_long(one: Reckoning) -> bool:
    """Whether the toll is of more than a month."""
    first, last = one.question.get("from"), one.question.get("to")
    return bool(first and last) and dt.date.fromisoformat(str(last)) - dt.date.fromisoformat(str(first)) > _LONG


def _clash(one: Reckoning, other: Reckoning) -> str:
    """Why two tolls may be of the same people; empty where they surely are not."""
    if one.is_person and other.is_person:
        return "" if one.question.get("who") != other.question.get("who") else f"the person is counted already in {_name(other)}"
    if not _are_apart(one, other):
        return f"its days may meet those of {_name(other)}, and the same people may be in both"
    if "further" in (one.counting, other.counting):
        # "Another five" are surely others than those told of before.
        return ""
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
