"""Commands by which a person judges the record: accept, reject, correct and add claims, merge, split, grade, comment, undo and review."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from counterclaim import config
from counterclaim.commands.reviewing import adrift_rows, progress_rows, reviewed_rows, silent_rows
from counterclaim.commands.shared import Json, RecordPath, app, err, out, print_lines
from counterclaim.core.codec import encode
from counterclaim.core.judgement import Judgement
from counterclaim.errors import JudgementRefused
from counterclaim.reconcile.judging import told
from counterclaim.record import Record
from counterclaim.terminal import plain

By = Annotated[str | None, typer.Option("--by", help="Who decides; by default `by` of the settings, or the name you are logged in by.", show_default=False)]
Key = Annotated[str, typer.Argument(help="The key of a claim, or its beginning (`counterclaim review --report REPORT` shows keys).")]
Slots = Annotated[
    list[str],
    typer.Argument(
        metavar="SLOT=VALUE…",
        help='A slot and what fills it: `holder=NRF`, `holder="the front=NRF"` (words=name), `sides="army;M23"`, `asks="stop; who: M23; where: Goma"`, `count=14`, `when=2021-09-05`, `act=denies`, `chain="UN < Taliban"`; nothing empties it.',
    ),
]


def _person(by: str | None) -> str:
    return by or config.load().by or os.environ.get("USER") or os.environ.get("USERNAME") or ""


def _given(slots: list[str]) -> dict[str, str]:
    """The slots with their values. Raises JudgementRefused for what is no SLOT=VALUE, and for a slot given twice."""
    found: dict[str, str] = {}
    for each in slots:
        slot, mark, value = each.partition("=")
        if not mark or not slot.strip():
            raise JudgementRefused(f"{each!r}: expected SLOT=VALUE, such as holder=NRF")
        if slot.strip() in found:
            raise JudgementRefused(f"{slot.strip()} is given twice; several fillers of a slot go in one value, with ; between them")
        found[slot.strip()] = value
    return found


def _decide(record: Path | None, as_json: bool, make: Callable[[Record], Judgement]) -> None:
    """Keep what was decided, and say so in one line with the way back."""
    with Record.open(record) as opened:
        made = make(opened)
        undone = next((one for one in opened.store.judgements() if made.decision == "withdraw" and one.key == made.about), None)
    if as_json:
        print_lines([encode(made) + b"\n"])
        return
    line = f"{made.by} took back: {_line(undone)}" if undone else f"{_line(made)}; to take it back: counterclaim undo {made.key}"
    out.print(plain(line), soft_wrap=True, highlight=False)


def _line(judgement: Judgement) -> str:
    value = told(judgement)
    return f"{judgement.decision} {judgement.about}{f' ({value})' if value else ''}, by {judgement.by}"


@app.command(epilog="**Example:** `counterclaim accept 0b800a7f --by Ada`")
def accept(key: Key, record: RecordPath = None, by: By = None, as_json: Json = False) -> None:
    """Accept a claim: the report says this, as it was read."""
    _decide(record, as_json, lambda opened: opened.accept(key, by=_person(by)))


@app.command(epilog='**Example:** `counterclaim reject 0b800a7f --reason "the spokesman says the opposite"`')
def reject(
    key: Key,
    reason: Annotated[str, typer.Option(help="Why the report does not say this.")],
    record: RecordPath = None,
    by: By = None,
    as_json: Json = False,
) -> None:
    """Reject a claim: the report does not say this. It counts for nothing until that is undone."""
    _decide(record, as_json, lambda opened: opened.reject(key, reason, by=_person(by)))


@app.command(epilog='**Examples:** `counterclaim correct 0b800a7f holder=NRF` · `counterclaim correct 0b800a7f "count=at least 14" when=2021-09-05 act=denies`')
def correct(key: Key, slots: Slots, record: RecordPath = None, by: By = None, as_json: Json = False) -> None:
    """Correct a claim: the report says this, but otherwise. Its evidence stays; its slots, act, chain and days may change."""
    _decide(record, as_json, lambda opened: opened.correct(key, _given(slots), by=_person(by)))


@app.command(epilog='**Example:** `counterclaim add pj-wire-0904 --words "Rokha is ours" --kind control place=Rokha change=holds "chain=Fahim Dashty"`')
def add(
    report: Annotated[str, typer.Argument(help="The id of the report.")],
    slots: Slots,
    words: Annotated[str, typer.Option(help="Words of the report that say it; the sentences that hold them become the evidence.")],
    kind: Annotated[str, typer.Option(help="The kind of claim (control, casualties, offer, …).")],
    record: RecordPath = None,
    by: By = None,
    as_json: Json = False,
) -> None:
    """Add a claim the reader missed, by words of the report. Names must stand in the report as you give them."""
    _decide(record, as_json, lambda opened: opened.add(report, words, kind, _given(slots), by=_person(by)))


@app.command(epilog='**Examples:** `counterclaim grade 0b800a7f B2` · `counterclaim grade "Harrow Wire" B`')
def grade(
    what: Annotated[str, typer.Argument(help="The key of a claim, an outlet by its name, or an actor by key or name.")],
    value: Annotated[str, typer.Argument(metavar="GRADE", help="By the Admiralty scale: A to F for a source, with 1 to 6 for a claim.")],
    record: RecordPath = None,
    by: By = None,
    as_json: Json = False,
) -> None:
    """Grade a claim or a source by the Admiralty scale. A grade is yours alone: no finding follows from it."""
    _decide(record, as_json, lambda opened: opened.grade(what, value, by=_person(by)))


@app.command(epilog='**Example:** `counterclaim comment 0b800a7f "compare with the video of 5 September"`')
def comment(
    what: Annotated[str, typer.Argument(help="The key of a claim, the id of a report, an outlet by its name, or an actor by key or name.")],
    words: Annotated[str, typer.Argument(help="What there is to say.")],
    record: RecordPath = None,
    by: By = None,
    as_json: Json = False,
) -> None:
    """Comment on a claim, a report or a source. A comment changes nothing."""
    _decide(record, as_json, lambda opened: opened.comment(what, words, by=_person(by)))


_One = Annotated[str, typer.Argument(metavar="A", help="An actor by key or name, or a claim by its key.")]
_Other = Annotated[str, typer.Argument(metavar="B", help="The other.")]


@app.command(epilog='**Example:** `counterclaim merge "Belal Kareemi" "Bilal Karimi"`')
def merge(one: _One, other: _Other, record: RecordPath = None, by: By = None, as_json: Json = False) -> None:
    """Say that two actors are one, or that two claims tell of one event."""
    _decide(record, as_json, lambda opened: opened.merge(one, other, by=_person(by)))


@app.command(epilog='**Example:** `counterclaim split "Belal Kareemi" "Bilal Karimi"`')
def split(one: _One, other: _Other, record: RecordPath = None, by: By = None, as_json: Json = False) -> None:
    """Say that two actors are two, or that two claims tell of two events."""
    _decide(record, as_json, lambda opened: opened.split(one, other, by=_person(by)))


@app.command(epilog="**Examples:** `counterclaim undo` · `counterclaim undo 0b800a7f`")
def undo(
    key: Annotated[
        str | None, typer.Argument(help="The key of a judgement, or of what it is about; by default your last judgement.", show_default=False)
    ] = None,
    record: RecordPath = None,
    by: By = None,
    as_json: Json = False,
) -> None:
    """Take back a judgement: the record is as if it had never been made, and still tells who made it and who took it back."""
    _decide(record, as_json, lambda opened: opened.undo(key, by=_person(by)))


@app.command(epilog="**Examples:** `counterclaim review` · `counterclaim review --report pj-wire-0904` · `counterclaim review --adrift --json`")
def review(
    record: RecordPath = None,
    report: Annotated[str | None, typer.Option(help="Only this report: its claims with their keys and states, and the sentences that gave no claim.")] = None,
    adrift: Annotated[bool, typer.Option("--adrift", help="Only judgements that no longer fit a claim, with the reason.")] = False,
    as_json: Json = False,
) -> None:
    """Show how far the review has come: the state of each claim, judgements that no longer fit, sentences that gave no claim."""
    with Record.open(record) as opened:
        found = list(opened.review(report))
        texts = {one.report: opened.store.report(one.report).text for one in found} if report and not adrift else {}
    astray = [one for each in found for one in each.adrift]
    if as_json:
        print_lines(encode(one) + b"\n" for one in (astray if adrift else found))
        return
    if not adrift and found:
        out.print(progress_rows(found))
        for each in found if report else []:
            out.print(reviewed_rows(each.reviewed))
            if each.silent:
                out.print(silent_rows(each.silent, texts[each.report]))
    if astray:
        out.print(adrift_rows(astray))
    elif adrift:
        err.print("every judgement fits a claim")
    elif not found:
        err.print("the record has no reports; `counterclaim read` reads some into it")
