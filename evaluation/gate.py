"""Hold measured figures against the floors pinned in `floors.json`, so that quality cannot slip unseen.

    python -m evaluation.gate --gold DIR [--set NAME] [--reader rules|trained] [--raise | --lower REASON] [--json]

In place of --gold: --syntax FILE.conllu or --names FILE.jsonl (the trained engine). A set of floors is named after the
data and the reader unless NAME says otherwise. The exit status is 1 where a figure fell, the data is not the data the
floors were measured on, or nothing is pinned.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, get_args

import msgspec

from counterclaim.config import ReaderName, Settings
from counterclaim.errors import CounterclaimError
from evaluation import gold, names, syntax
from evaluation.conllu import treebank
from evaluation.engine import trained

FLOORS = Path(__file__).with_name("floors.json")
# Figures are pinned to one or two decimals; a difference up to this is rounding.
TOLERANCE = 0.05
# Of these fewer is better: their floor is a ceiling.
CEILINGS = frozenset(("must_not", "misquoted"))

Figures = Mapping[str, float]


class Floor(msgspec.Struct, frozen=True):
    """A figure, how it was measured, and the hash of the data it was measured on."""

    figure: int | float
    command: str
    sha256: str


class Lowered(msgspec.Struct, frozen=True, rename={"before": "from", "after": "to"}):
    """A floor that was given up, or measured anew on other data, and why. `before` is null where none was pinned."""

    set: str
    name: str
    before: int | float | None
    after: int | float
    reason: str


class Table(msgspec.Struct, frozen=True):
    """All floors by set and figure, and the history of those lowered."""

    sets: dict[str, dict[str, Floor]]
    lowered: tuple[Lowered, ...] = ()


class Measured(NamedTuple):
    """What was measured: the name of the set, its figures, the command that gives them, and the hash of the data."""

    set: str
    figures: Figures
    command: str
    sha256: str


def failures(table: Table, measured: Measured) -> list[str]:
    """Say what is wrong, a line each: other data, a figure that fell, a figure that is gone, a set with no floors."""
    floors = table.sets.get(measured.set, {})
    if not floors:
        there = ", ".join(sorted(table.sets)) or "none"
        return [f"no floors are pinned for the set '{measured.set}'; pinned sets: {there}. Pin what is measured with --raise"]
    if any(floor.sha256 != measured.sha256 for floor in floors.values()):
        there = ", ".join(sorted({floor.sha256[:12] for floor in floors.values()}))
        return [f"other data: the floors of '{measured.set}' were measured on {there}…, this is {measured.sha256[:12]}…. Pin anew with --lower REASON"]
    wrong = []
    for name, floor in sorted(floors.items()):
        if name not in measured.figures:
            wrong.append(f"{name}: pinned at {floor.figure}, not measured any more")
        elif is_worse(name, measured.figures[name], floor.figure, by=TOLERANCE):
            wrong.append(f"{name}: {measured.figures[name]}, {'ceiling' if name in CEILINGS else 'floor'} {floor.figure}")
    return wrong


def raised(table: Table, measured: Measured) -> Table:
    """Pin every figure that is new or better than its floor; no floor falls. On other data nothing is pinned."""
    floors = table.sets.get(measured.set, {})
    if any(floor.sha256 != measured.sha256 for floor in floors.values()):
        return table
    better = {
        name: Floor(figure, measured.command, measured.sha256)
        for name, figure in measured.figures.items()
        if name not in floors or is_worse(name, floors[name].figure, figure)
    }
    return Table({**table.sets, measured.set: {**floors, **better}}, table.lowered)


def lowered(table: Table, measured: Measured, reason: str) -> Table:
    """Pin the figures that fell where they are now and keep the reason. On other data every figure is pinned anew."""
    floors = table.sets.get(measured.set, {})
    if any(floor.sha256 != measured.sha256 for floor in floors.values()):
        kept, pinned = {}, dict(measured.figures)
    else:
        kept = floors
        pinned = {name: figure for name, figure in measured.figures.items() if name in floors and is_worse(name, figure, floors[name].figure)}
    if not pinned:
        return table
    given_up = (Lowered(measured.set, name, floors[name].figure if name in floors else None, figure, reason) for name, figure in sorted(pinned.items()))
    new = {name: Floor(figure, measured.command, measured.sha256) for name, figure in pinned.items()}
    return Table({**table.sets, measured.set: {**kept, **new}}, (*table.lowered, *given_up))


def is_worse(name: str, figure: float, floor: float, *, by: float = 0.0) -> bool:
    """Whether the figure is on the wrong side of its floor or ceiling, by more than `by`."""
    return figure > floor + by if name in CEILINGS else figure < floor - by


def data_hash(files: Iterable[Path]) -> str:
    """Hash names and contents of the data files; neither their order nor their folder counts."""
    named = sorted((file.name, hashlib.sha256(file.read_bytes()).hexdigest()) for file in files)
    return hashlib.sha256("".join(f"{name} {digest}\n" for name, digest in named).encode()).hexdigest()


def load(path: Path = FLOORS) -> Table:
    """Return the pinned floors."""
    return msgspec.json.decode(path.read_bytes(), type=Table)


def save(table: Table, path: Path = FLOORS) -> None:
    """Write the floors, sorted, so that a change reads as a diff."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(table, order="sorted"), indent=2) + b"\n")


def measure_gold(folder: Path, reader: ReaderName) -> dict[str, float]:
    """Return the pinned figures of the product on gold reports."""
    results, _ = gold.measure(gold.gold_files([folder]), gold.product(reader))
    found = gold.summary(results)
    scores = {f"{name}.f1": found[name]["f1"] for name in ("record", "found", "slots", "offer_terms")}
    return scores | {name: found[name] for name in ("voice", "chain", "act", "when", "must_not", "misquoted")}


def measure_syntax(file: Path) -> dict[str, float]:
    """Return the pinned figures of the trained engine on a treebank."""
    found = syntax.measure(treebank(file), trained())
    return {name: found[name] for name in ("upos", "uas", "las", "sentence_f1")}


def measure_names(file: Path) -> dict[str, float]:
    """Return the pinned figures of the trained engine on names."""
    found = names.measure(names.reports(file), trained())
    return {name: found[name] for name in ("f1", "person", "location", "organization")}


def main(arguments: Sequence[str] | None = None, floors: Path = FLOORS) -> int:
    """Measure, compare, and where asked pin what was measured."""
    parser = _parser()
    args = parser.parse_args(arguments)
    if not (args.gold or args.syntax or args.names).exists():
        parser.error(f"no such file or folder: {args.gold or args.syntax or args.names}")
    try:
        measured = _measured(args)
    except CounterclaimError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return settle(measured, floors, raise_them=args.raise_them, lower=args.lower, as_json=args.json)


def settle(measured: Measured, floors: Path, *, raise_them: bool = False, lower: str | None = None, as_json: bool = False) -> int:
    """Pin what was asked to be pinned, then hold the figures against the floors; 1 where something is wrong."""
    table = load(floors)
    new = lowered(table, measured, lower) if lower else raised(table, measured) if raise_them else table
    if new != table:
        save(new, floors)
    wrong = failures(new, measured)
    pinned = new.sets.get(measured.set, {})
    if as_json:
        figures = {name: {"measured": figure, "floor": pinned[name].figure if name in pinned else None} for name, figure in measured.figures.items()}
        print(json.dumps({"set": measured.set, "sha256": measured.sha256, "figures": figures, "failures": wrong}))
        return int(bool(wrong))
    for name, figure in measured.figures.items():
        print(f"{name:16} {figure:7}  " + (f"{'ceiling' if name in CEILINGS else 'floor'} {pinned[name].figure}" if name in pinned else "not pinned"))
    for line in wrong:
        print(f"FAILED {line}", file=sys.stderr)
    return int(bool(wrong))


def _measured(args: argparse.Namespace) -> Measured:
    path: Path = args.gold or args.syntax or args.names
    figures: dict[str, float]
    if args.gold:
        files, reader = gold.gold_files([path]), args.reader
        command = f"python -m evaluation.gold {path} --reader {reader} --json"
        figures = measure_gold(path, reader)
    else:
        files, reader = [path], "trained"
        what, measure = ("syntax", measure_syntax) if args.syntax else ("names", measure_names)
        command = f"python -m evaluation.{what} {path} --json"
        figures = measure(path)
    return Measured(args.set or f"{path.resolve().stem}-{reader}", figures, command, data_hash(files))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evaluation.gate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    data = parser.add_mutually_exclusive_group(required=True)
    data.add_argument("--gold", type=Path, metavar="DIR", help="a folder of gold files, or one")
    data.add_argument("--syntax", type=Path, metavar="FILE.conllu")
    data.add_argument("--names", type=Path, metavar="FILE.jsonl")
    parser.add_argument("--set", metavar="NAME", help="the set of floors")
    parser.add_argument("--reader", choices=get_args(ReaderName), default=Settings().reader, help="for --gold")
    change = parser.add_mutually_exclusive_group()
    change.add_argument("--raise", dest="raise_them", action="store_true", help="raise the floors to what is measured")
    change.add_argument("--lower", type=_reason, metavar="REASON", help="the only way to lower a floor, or to go over to other data; the reason is kept")
    parser.add_argument("--json", action="store_true", help="print one JSON object of figures and nothing else")
    return parser


def _reason(words: str) -> Any:
    if not words.strip():
        raise argparse.ArgumentTypeError("a floor is lowered for a reason; give one")
    return words.strip()


if __name__ == "__main__":
    sys.exit(main())
