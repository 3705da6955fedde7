"""What the record holds side by side, as tables and trees for a terminal. Text from reports is hostile: shown as plain characters only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from counterclaim.core.board import Cell, Ground, LastWord
from counterclaim.core.claim import Claim
from counterclaim.core.derivation import Derivation
from counterclaim.core.promise import Promise
from counterclaim.core.story import Retelling, Story, Version
from counterclaim.publish.words import counted, span
from counterclaim.reconcile.lineage import Lineage
from counterclaim.terminal import visible

__all__ = ["board_rows", "day_rows", "derivation_tree", "lineage_tree", "promise_rows", "story_rows", "version_rows"]


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def board_rows(cells: Iterable[Cell]) -> Table:
    """Every cell of the board, a row each."""
    cells = list(cells)
    names = {cell.claimant.id: cell.claimant.shown or "an unnamed source" for cell in cells}
    table = _table("place", "days", "claimant", "says", "how", "disputed by")
    for cell in cells:
        table.add_row(*_cell(cell), visible(", ".join(sorted(names.get(one, "another claimant") for one in cell.disputed_by))))
    return table


def day_rows(found: Mapping[Ground, Iterable[LastWord]]) -> Table:
    """What each claimant last claimed by a day, with how old that word is."""
    table = _table("place", "days", "claimant", "says", "how", "age in days")
    for words in found.values():
        for word in words:
            table.add_row(*_cell(word.cell), Text(str(word.age)))
    return table


def _cell(cell: Cell) -> tuple[Text, ...]:
    notes = [cell.basis, *(["gives its own away"] if cell.concedes else []), *(["open"] if cell.open else []), *(["withdrawn"] if cell.withdrawn else [])]
    return (
        visible(cell.place.shown, "bold"),
        Text(span(cell.first, cell.last) or "undated"),
        visible(cell.claimant.shown or "an unnamed source"),
        visible(cell.told),
        Text(", ".join(notes), {"derived": "dim", "conceded": "yellow", "excepted": "yellow"}.get(cell.basis, "")),
    )


def promise_rows(found: Iterable[Promise]) -> Table:
    """Promises with their terms, answers and silences."""
    table = _table("kind", "who", "terms", "answers", "told")
    for one in found:
        who = " and ".join(party.name for party in one.by) or "somebody"
        whom = f" to {' and '.join(party.name for party in one.to)}" if one.to else ""
        terms = [f"{term.role}: {term.act} ({term.state}{_bearing(len(term.conduct))})" for term in one.terms]
        answers = [f"{reply.by or 'somebody'}: {reply.value}{f', {reply.day}' if reply.day else ''}" for reply in one.answers]
        answers += [f"no answer by {silence.by or 'anybody'}{f', {silence.day}' if silence.day else ''}" for silence in one.silences]
        told = f"{span(one.first, one.last) or 'undated'}\n{counted(len(one.wordings), 'wording')}"
        table.add_row(Text(one.kind), visible(f"{who}{whom}"), visible("\n".join(terms)), visible("\n".join(answers)), Text(told))
    return table


def _bearing(claims: int) -> str:
    return f"; {counted(claims, 'later claim')} to look at" if claims else ""


def story_rows(found: Iterable[Story]) -> Table:
    """Events with who is in them, by whose word, and the claimed numbers."""
    table = _table("days", "place", "kinds", "who", "numbers", "told")
    for one in found:
        who = [f"{part.role}: {part.name}{' (denied)' if part.denied_by else ''}" for part in one.actors]
        numbers = [f"{toll.harm}: {'?' if toll.low is None else toll.low} to {'?' if toll.high is None else toll.high}" for toll in one.figures]
        told = f"{counted(len(one.claims), 'claim')}, {counted(len(one.reports), 'report')}, {counted(len(one.origins), 'origin')}"
        place = one.place.name if one.place else "unknown"
        table.add_row(
            Text(span(one.first, one.last) or "undated"),
            visible(place),
            Text(", ".join(one.kinds)),
            visible("\n".join(who)),
            Text("\n".join(numbers)),
            Text(told),
        )
    return table


def version_rows(found: Iterable[Version], claims: Mapping[str, Claim]) -> Table:
    """Reports and their later versions, with what the older said and what stands in its place; `claims` are those of the record by key."""
    table = _table("older", "newer", "because", "what the older said → what became of it")
    for one in found:
        became = "\n".join(dict.fromkeys(_retold(retelling, claims) for retelling in one.claims))
        table.add_row(visible(one.older), visible(one.newer), visible(one.because), visible(became))
    return table


def _retold(retelling: Retelling, claims: Mapping[str, Claim]) -> str:
    was, now = claims.get(retelling.claim), claims.get(retelling.by or "")
    old = f"{was.kind} “{was.evidence.quote}”" if was else f"claim {retelling.claim}"
    return f"{retelling.outcome}: {old} → {f'“{now.evidence.quote}”' if now else retelling.because}"


def lineage_tree(found: Lineage, names: Mapping[str, str]) -> Tree:
    """The forest of reports, each under the one it was taken from; pairs of which the order or the kinship cannot be told stand apart."""
    root = Tree("lineage of reports", guide_style="dim")
    by_child = {child: kin for kin in found.kinships for child in (kin.a, kin.b) if found.parents.get(child) in (kin.a, kin.b)}
    children: dict[str, list[str]] = {}
    for child, parent in sorted(found.parents.items()):
        children.setdefault(parent, []).append(child)

    def grow(tree: Tree, report: str) -> None:
        for child in children.get(report, ()):
            kin = by_child[child]
            grow(tree.add(visible(f"{kin.relation}: {names.get(child, child)} ({kin.because})")), child)

    for top in sorted(set(found.parents.values()) - set(found.parents)):
        grow(root.add(visible(names.get(top, top), "bold")), top)

    def head(report: str) -> str:
        while report in found.parents:
            report = found.parents[report]
        return report

    # Two that stand in one tree are placed, though neither was taken from the other.
    loose = [kin for kin in found.kinships if kin.relation == "possible" or head(kin.a) != head(kin.b)]
    for heading, listed in (
        ("kin, and nothing tells which came first", [kin for kin in loose if kin.relation != "possible" and kin.source is None]),
        ("kin, and placed elsewhere", [kin for kin in loose if kin.relation != "possible" and kin.source is not None]),
        ("not placed: whether they are kin at all cannot be told", [kin for kin in loose if kin.relation == "possible"]),
    ):
        apart = root.add(heading) if listed else root
        for kin in listed:
            apart.add(visible(f"{kin.relation} {kin.score:.2f}: {names.get(kin.a, kin.a)} / {names.get(kin.b, kin.b)} ({kin.because})"))
    return root


def derivation_tree(found: Derivation) -> Tree:
    """A derivation, down to the sentences."""
    tree = Tree(_step(found), guide_style="dim")
    _grow(tree, found)
    return tree


def _grow(tree: Tree, found: Derivation) -> None:
    if found.evidence is not None:
        tree.add(visible(f"{found.report} {found.evidence.start}-{found.evidence.end}: “{found.evidence.quote}”", "italic"))
    for part in found.parts:
        _grow(tree.add(_step(part)), part)


def _step(found: Derivation) -> Text:
    text = visible(f"{found.what}: {found.says}", "bold" if found.what in ("finding", "position") else "")
    if found.because:
        text.append(visible(f"  [{found.because}]", "dim"))
    if found.key and found.what in ("finding", "claim"):
        text.append(f"  {found.key}", "dim")
    return text
