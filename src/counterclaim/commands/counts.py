"""Tolls and amounts as tables for a terminal. Text from reports is hostile: shown as plain characters only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from rich.console import Group
from rich.table import Table
from rich.text import Text

from counterclaim.core.amount import Amount, Told
from counterclaim.core.claim import Claim
from counterclaim.core.toll import Moved, Number, Reckoning, Row, Total
from counterclaim.knowledge.houses import House
from counterclaim.publish.words import chain, counted
from counterclaim.publish.words import span as days_between
from counterclaim.terminal import visible

__all__ = ["aid_rows", "moved_rows", "need_rows", "toll_rows", "totals_words"]

# The slots of a question in the order they are shown; its kind goes without saying.
_SLOTS = ("who", "harm", "donor", "goods", "stage", "place")
_CHECKS = {"agrees": "green", "disagrees": "red"}


def _table(*columns: str, title: str | None = None) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False, title=title, title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def number(value: Number | None) -> str:
    """A number as it is shown; an open bound is a dash."""
    if value is None:
        return "–"
    return f"{int(value):,}" if value == int(value) else f"{value:,}"


def toll_rows(found: Iterable[Reckoning], house: House, claims: Mapping[str, Claim]) -> Group:
    """Tolls by one house, each with a line a claim: its bounds, whether it was taken, and why."""
    table = _table("question", "low", "best", "high", *(["grade"] if house.grades else []), "claims")
    for one in found:
        lines = Text()
        for row in sorted(one.rows, key=lambda row: (not row.taken, row.claim)):
            lines.append(_line(row, claims))
        if one.because != house.rule:
            lines.append_text(visible(f"{one.because}\n", "italic"))
        lines.rstrip()
        grade = [Text(one.grade or "none")] if house.grades else []
        table.add_row(visible(_question(one.question)), *(Text(number(value), "bold") for value in one.numbers), *grade, lines)
    return Group(_rule(house), Text(), table)


def _line(row: Row, claims: Mapping[str, Claim]) -> Text:
    claim = claims.get(row.claim)
    who = f"{chain(claim)} ({claim.report})" if claim else row.claim
    line = visible(f"{'+' if row.taken else '-'} {span(row.low, row.high)}  {who}: {row.because}", "" if row.taken else "dim")
    line.append(f"  {row.claim[:10]}\n", "dim")
    return line


def span(low: Number | None, high: Number | None) -> str:
    """Bounds on one line: "9", "14 and up", "up to 12", "no number"."""
    if low is None and high is None:
        return "no number"
    if low == high:
        return number(low)
    return f"{number(low)} to {number(high)}" if low is not None and high is not None else f"up to {number(high)}" if low is None else f"{number(low)} and up"


def _rule(house: House) -> Text:
    return Text.assemble((house.title, "bold"), f": {house.rule} ", (f"[{house.source}]", "dim"))


def _question(question: Mapping[str, str | None]) -> str:
    """A question of casualties, aid or needs on one line, its days joined."""
    days = [value for value in dict.fromkeys((question.get("from"), question.get("to"), question.get("day"))) if value]
    rest = [value for slot in _SLOTS if (value := question.get(slot) or ("people" if slot == "who" and slot in question else None))]
    only = [f"in {question['report']} alone"] if question.get("report") else []
    return " · ".join([*rest, " to ".join(days) or "undated", *only])


def moved_rows(found: Iterable[Moved], house: House, other: House) -> Group:
    """What moves from one house to another: both sets of numbers, and the claims that the two treat otherwise."""
    table = _table("question", house.name, other.name, "why")
    for one in found:
        table.add_row(visible(_question(one.question)), _numbers(one.before), _numbers(one.after), visible("\n".join(_why(one, house, other))))
    return Group(_rule(house), _rule(other), Text("Numbers are low / best / high.", "dim"), Text(), table)


def _numbers(one: Reckoning | None) -> Text:
    if one is None:
        return Text("not counted", "dim")
    shown = " / ".join(number(value) for value in one.numbers)
    return Text(f"{shown}\n{one.grade}" if one.grade else shown, "bold")


def _why(one: Moved, house: House, other: House) -> list[str]:
    if one.before is None or one.after is None:
        return [f"{(house if one.before is None else other).title} has no toll of: {one.question.get('harm')}"]
    return list(one.because)


def totals_words(added: Sequence[Total], found: Sequence[Reckoning], house: House) -> Group:
    """The totals by one house's rule."""
    return Group(_rule(house), *(_total_words(one, found) for one in added))


def _total_words(added: Total, found: Sequence[Reckoning]) -> Group:
    """A total with the tolls it holds and those it leaves out."""
    named = {one.key: one for one in found}
    low, best, high = (number(value) for value in (added.low, added.best, added.high))
    table = _table("toll", "low", "best", "high", "why it is left out")
    for key in added.counted:
        table.add_row(visible(_question(named[key].question)), *(Text(number(value)) for value in named[key].numbers), "")
    for left in added.left_out:
        one = named[left.key]
        table.add_row(visible(_question(one.question), "dim"), *(Text(number(value), "dim") for value in one.numbers), visible(left.because, "dim"))
    since, until = (dt.date.fromisoformat(day) if day else None for day in (added.since, added.until))
    days = days_between(since, until)
    about = ", ".join(filter(None, (added.country, days)))
    head = f"{added.harm}{f' ({about})' if about else ''}: low {low}, best {best}, high {high} ({counted(len(added.counted), 'toll')} counted, {len(added.left_out)} left out)"
    return Group(Text(), Text(head, "bold"), Text(), table)


def aid_rows(found: Iterable[Amount]) -> Table:
    """Shipments with their amounts, the sum check and the unit check."""
    table = _table("standing", "shipment", "amounts", "checks")
    for one in found:
        checks = Text()
        if one.sum_check:
            checks.append(f"sum {one.sum_check.result}: {one.sum_check.because}\n", _CHECKS[one.sum_check.result])
        checks.append(f"{one.units.result}: {one.units.because}", "red" if one.units.result == "not comparable" else "dim")
        table.add_row(Text(one.standing), visible(_question(one.question)), visible("\n".join(_told(each, " of ") for each in one.told)), checks)
    return table


def need_rows(found: Iterable[Amount]) -> Table:
    """Needs with the range of the counts, and each claim."""
    table = _table("standing", "who and where", "people", "by whose word")
    for one in found:
        table.add_row(
            Text(one.standing),
            visible(_question(one.question)),
            Text(span(one.low, one.high), "bold"),
            visible("\n".join(_told(each, " in need of ") for each in one.told)),
        )
    return table


def _told(one: Told, joined: str) -> str:
    """One figure on one line: the role, the words, what of, in the base unit where that is another, by whom, where."""
    unit = f" {one.unit}" if one.unit and one.unit not in (one.words or "") else ""
    base = one.base if one.base and one.unit and one.base.unit != one.unit.casefold() else None
    based = f" ({span(base.low, base.high)} {base.unit})" if base and base.low is not None else ""
    of = ", ".join(one.of)
    said = f"{one.words}{unit}{based}{f'{joined}{of}' if of else ''}" if one.words else f"{of}{', ' if of else ''}no number told"
    notes = "".join(f" ({note})" for note in (one.act if one.act not in ("asserts", "confirms") else "", "withdrawn" if one.withdrawn else "") if note)
    role = f"{one.role}: " if one.role != "told" else ""
    return f"{role}{said}{notes}, {one.party or 'an unnamed source'} ({one.report}) {one.claim[:10]}"
