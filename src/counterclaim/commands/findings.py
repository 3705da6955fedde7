"""Commands that ask what the record holds: findings, the board, promises, stories, versions, lineage, derivations and the brief."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, get_args

import typer

from counterclaim.commands.shared import Json, RecordPath, app, day, err, one_of, out, print_lines, write
from counterclaim.commands.tables import board_rows, day_rows, derivation_tree, lineage_tree, promise_rows, story_rows, version_rows
from counterclaim.core.claim import KINDS
from counterclaim.core.codec import encode
from counterclaim.core.finding import Standing
from counterclaim.core.promise import Promise
from counterclaim.publish.brief import MOST
from counterclaim.publish.records import finding_lines
from counterclaim.reconcile.boardviews import on
from counterclaim.record import Record
from counterclaim.terminal import finding_rows


def _has(wanted: str | None, *words: str | None) -> bool:
    """Whether some of the words hold what is asked for; true where nothing is."""
    return wanted is None or any(wanted.casefold() in word.casefold() for word in words if word)


@app.command(epilog="**Examples:** `counterclaim findings --standing disputed` · `counterclaim findings --kind casualties --json`")
def findings(
    record: RecordPath = None,
    kind: Annotated[str | None, typer.Option(help="Only questions of this kind.")] = None,
    standing: Annotated[str | None, typer.Option(help="Only with this standing (disputed, conceded, not-verified, …).")] = None,
    place: Annotated[str | None, typer.Option(help="Only about this place.")] = None,
    as_json: Json = False,
) -> None:
    """List findings: claims about the same matter laid side by side, with their standing."""
    kind, standing = one_of(kind, "--kind", KINDS), one_of(standing, "--standing", get_args(Standing))
    with Record.open(record) as opened:
        found = [one for one in opened.findings(kind, standing) if _has(place, one.question.get("place"))]
        if as_json:
            print_lines(finding_lines(found))
        elif found:
            out.print(finding_rows(found))
        else:
            err.print("no findings meet this; `counterclaim findings` without options lists all")


@app.command(epilog="**Examples:** `counterclaim board --on 2021-09-05` · `counterclaim board --place Paryan --json`")
def board(
    record: RecordPath = None,
    on_day: Annotated[str | None, typer.Option("--on", help="What each claimant last claimed by this day (YYYY-MM-DD), with its age.")] = None,
    place: Annotated[str | None, typer.Option(help="Only this place.")] = None,
    claimant: Annotated[str | None, typer.Option(help="Only the word of this claimant.")] = None,
    as_json: Json = False,
) -> None:
    """Show the control board: every claimant's word on every place and day, conceded, denied and derived ones marked."""
    when = day(on_day, "--on")
    with Record.open(record) as opened:
        whole = opened.board()
    cells = [cell for cell in whole.cells if _has(place, cell.place.shown) and _has(claimant, cell.claimant.shown)]
    if when is None:
        if as_json:
            print_lines(encode(cell) + b"\n" for cell in cells)
        elif cells:
            out.print(board_rows(cells))
        else:
            err.print("no claims about who holds a place meet this")
        return
    kept = set(cells)
    found = {where: [word for word in words if word.cell in kept] for where, words in on(whole, when).items()}
    if as_json:
        print_lines(encode(word) + b"\n" for words in found.values() for word in words)
    elif any(found.values()):
        out.print(day_rows(found))
    else:
        err.print(f"nobody had claimed anything of this by {when}")


@app.command(epilog="**Examples:** `counterclaim promises` · `counterclaim promises --kind offer --party Massoud --json`")
def promises(
    record: RecordPath = None,
    kind: Annotated[str | None, typer.Option(help="Only offers, demands, pledges or agreements (offer, demand, pledge, agreement).")] = None,
    party: Annotated[str | None, typer.Option(help="Only by or to this party.")] = None,
    as_json: Json = False,
) -> None:
    """List the promise ledger: offers, demands, pledges and agreements in all their wordings, with what came of each term."""
    with Record.open(record) as opened:
        found = [one for one in opened.promises() if kind in (None, one.kind) and _has(party, *_parties(one))]
    if as_json:
        print_lines(encode(one) + b"\n" for one in found)
    elif found:
        out.print(promise_rows(found))
    else:
        err.print("no promises meet this; `counterclaim promises` without options lists all")


def _parties(promise: Promise) -> list[str]:
    return [party.name for party in (*promise.by, *promise.to)]


@app.command(epilog="**Examples:** `counterclaim stories` · `counterclaim stories --place Kibua --json`")
def stories(
    record: RecordPath = None,
    place: Annotated[str | None, typer.Option(help="Only in this place.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Those of a single claim too.")] = False,
    as_json: Json = False,
) -> None:
    """List events as they are told across reports: what was joined, by which claims, and why."""
    with Record.open(record) as opened:
        found = [one for one in opened.stories() if (all_ or len(one.claims) > 1) and _has(place, one.place.name if one.place else "")]
    if as_json:
        print_lines(encode(one) + b"\n" for one in found)
    elif found:
        out.print(story_rows(found))
    else:
        err.print("no stories meet this; `counterclaim stories --all` lists every event")


@app.command(epilog="**Example:** `counterclaim versions --record yemen.db`")
def versions(record: RecordPath = None, as_json: Json = False) -> None:
    """List reports that were corrected or updated, and what became of the claims of the earlier version."""
    with Record.open(record) as opened:
        found = opened.versions()
        claims = {claim.key: claim for claim in (*opened.claims(), *opened.claims(raw=True))} if found and not as_json else {}
    if as_json:
        print_lines(encode(one) + b"\n" for one in found)
    elif found:
        out.print(version_rows(found, claims))
    else:
        err.print("no report is a version of another")


@app.command(epilog="**Examples:** `counterclaim lineage` · `counterclaim lineage --json`")
def lineage(record: RecordPath = None, as_json: Json = False) -> None:
    """Show which report was copied or rewritten from which; what cannot be told stands apart and counts as independent."""
    with Record.open(record) as opened:
        found = opened.lineage()
        names = {one.id: f"{one.id} ({one.outlet or 'unnamed outlet'}, {one.published.day or 'undated'})" for one in opened.store.reports()}
    if as_json:
        print_lines(encode(one) + b"\n" for one in found.kinships)
    elif found.kinships:
        out.print(lineage_tree(found, names))
    else:
        err.print("no two reports of the record are kin")


@app.command(epilog="**Example:** `counterclaim why 0b800a7f5a` (keys stand in `counterclaim findings --json`; the beginning of one will do)")
def why(
    key: Annotated[str, typer.Argument(help="The key of a finding, claim, promise or story, or its beginning.")],
    record: RecordPath = None,
    as_json: Json = False,
) -> None:
    """Show how something was come to, step by step, down to the sentences of the reports."""
    with Record.open(record) as opened:
        found = opened.why(key)
    if as_json:
        print_lines([encode(found) + b"\n"])
    else:
        out.print(derivation_tree(found))


@app.command(epilog="**Examples:** `counterclaim brief` · `counterclaim brief --since 2021-09-04 --until 2021-09-06 --out brief.md`")
def brief(
    record: RecordPath = None,
    since: Annotated[str | None, typer.Option(help="Only matters of this day (YYYY-MM-DD) and later.")] = None,
    until: Annotated[str | None, typer.Option(help="Only matters of this day and earlier.")] = None,
    place: Annotated[str | None, typer.Option(help="Only matters that name this.")] = None,
    most: Annotated[int, typer.Option(help="The most lines in a section.")] = MOST,
    to: Annotated[Path | None, typer.Option("--out", "-o", help="Write to this file instead of standard output.")] = None,
) -> None:
    """Write a short dated situation brief in Markdown: every sentence carries its standing and its references."""
    first, last = day(since, "--since"), day(until, "--until")
    with Record.open(record) as opened:
        write([opened.brief(since=first, until=last, place=place, most=most).encode()], to)
