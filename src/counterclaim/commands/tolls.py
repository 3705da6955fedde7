"""Commands that ask for numbers: casualty tolls by the rule of a house, and amounts of aid and need."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal, get_args

import typer

from counterclaim.commands.counts import aid_rows, moved_rows, need_rows, toll_rows, totals_words
from counterclaim.commands.shared import Json, RecordPath, app, err, out, print_lines
from counterclaim.core.amount import Amount
from counterclaim.core.claim import Harm
from counterclaim.core.codec import encode
from counterclaim.core.toll import Reckoning
from counterclaim.errors import SettingsError
from counterclaim.knowledge.houses import DEFAULT, house, houses
from counterclaim.reconcile.totals import countries, moved, totals
from counterclaim.record import Record

_HOUSES = ", ".join(houses())


def _has(wanted: str | None, words: str | None) -> bool:
    """Whether the words hold what is asked for; true where nothing is."""
    return wanted is None or wanted.casefold() in (words or "").casefold()


def _chosen(found: Iterable[Reckoning], place: str | None, harm: str | None) -> list[Reckoning]:
    return [one for one in found if _has(place, one.question.get("place")) and (harm is None or harm in one.harm.split(", "))]


@app.command(
    epilog="**Examples:** `counterclaim tolls --place Kibua` · `counterclaim tolls --house acled --json` · `counterclaim tolls --house widest --compare ucdp`"
)
def tolls(
    record: RecordPath = None,
    by: Annotated[str, typer.Option("--house", help=f"By whose rule: {_HOUSES}.")] = DEFAULT,
    compare: Annotated[str | None, typer.Option("--compare", help="Show only what moves when this house's rule is used instead.")] = None,
    place: Annotated[str | None, typer.Option(help="Only in this place.")] = None,
    harm: Annotated[str | None, typer.Option(help="Only of this harm (killed, wounded, captured, …).")] = None,
    sums: Annotated[
        bool, typer.Option("--total", help="Add up the tolls that surely do not overlap, by country and stretch of time, and say which were left out and why.")
    ] = False,
    as_json: Json = False,
) -> None:
    """List casualty tolls by the rule of one house: each number with the claims it rests on, and why a claim counts or does not."""
    if harm is not None and harm not in get_args(Harm):
        raise SettingsError(f"--harm {harm!r}: harms are {', '.join(get_args(Harm))}")
    if sums and compare is not None:
        raise SettingsError("--total and --compare cannot be asked for at once; ask for the total of each house")
    rule, other = house(by), house(compare) if compare is not None else None
    with Record.open(record) as opened:
        found = _chosen(opened.tolls(by), place, harm)
        claims = {claim.key: claim for claim in opened.claims()}
        others = _chosen(opened.tolls(other.name), place, harm) if other else []
        links = opened.registry().links if sums else ()
    if other is not None:
        changes = moved(found, others)
        if as_json:
            print_lines(encode(one) + b"\n" for one in changes)
        elif changes:
            out.print(moved_rows(changes, rule, other))
        else:
            err.print(f"nothing moves between {rule.name} and {other.name}")
        return
    added = totals(found, harm or "killed", countries(found, links)) if sums else []
    if as_json:
        print_lines(encode(one) + b"\n" for one in (added or found))
    elif not found:
        err.print("no tolls meet this; `counterclaim tolls` without options lists all")
    elif added:
        out.print(totals_words(added, found, rule))
    else:
        out.print(toll_rows(found, rule, claims))


@app.command(epilog="**Examples:** `counterclaim aid` · `counterclaim aid --donor Pakistan --json`")
def aid(
    record: RecordPath = None,
    donor: Annotated[str | None, typer.Option(help="Only from this donor.")] = None,
    place: Annotated[str | None, typer.Option(help="Only to this place.")] = None,
    as_json: Json = False,
) -> None:
    """List shipments of aid: each amount with its claim, whether a total is the sum of its parts, and whether the units can be compared."""
    found = [one for one in _amounts(record, "aid", place) if _has(donor, one.question.get("donor"))]
    if as_json:
        print_lines(encode(one) + b"\n" for one in found)
    elif found:
        out.print(aid_rows(found))
    else:
        err.print("no aid meets this; `counterclaim aid` without options lists all")


@app.command(epilog="**Examples:** `counterclaim needs` · `counterclaim needs --place Kibua --json`")
def needs(
    record: RecordPath = None,
    who: Annotated[str | None, typer.Option(help="Only of these people.")] = None,
    place: Annotated[str | None, typer.Option(help="Only in this place.")] = None,
    as_json: Json = False,
) -> None:
    """List people in need: who, how many, of what, and by whose word."""
    found = [one for one in _amounts(record, "need", place) if _has(who, one.question.get("who"))]
    if as_json:
        print_lines(encode(one) + b"\n" for one in found)
    elif found:
        out.print(need_rows(found))
    else:
        err.print("no needs meet this; `counterclaim needs` without options lists all")


def _amounts(record: RecordPath, kind: Literal["aid", "need"], place: str | None) -> list[Amount]:
    with Record.open(record) as opened:
        return [one for one in opened.amounts(kind) if _has(place, one.question.get("place"))]
