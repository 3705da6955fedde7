"""Measure the record on MUC-4: write its templates from the record of each report, and score them against the keys.

    python -m evaluation.muc4 FILE.jsonl [--json] [--reader trained|rules] [--weights DIR] [--maps FILE] [--out FILE] [--readings FILE]
    python -m evaluation.muc4 --fit TRAIN.jsonl [--weights DIR] [--maps FILE] [--readings FILE]

Each line: {"id", "text", "gold": {"templates": [...]}}. The product is handed id and text alone; the keys are opened when every
template is written. `--fit` learns what MUC asks for (evaluation/muc4-maps.json) from the keys of its training reports instead.
`--readings` keeps what the product read, for other runs with the same reader and weights; an old file is used as it is.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import get_args

import msgspec

from counterclaim.config import ReaderName, Settings
from counterclaim.errors import CounterclaimError
from evaluation.muc_features import View
from evaluation.muc_fitting import fit_maps
from evaluation.muc_reading import kept, rows
from evaluation.muc_scoring import Json, Template, figures, template
from evaluation.muc_templates import Writer, load

MAPS = Path(__file__).with_name("muc4-maps.json")


def keys(file: Path) -> dict[str, list[Template]]:
    """The key templates of each report of a file."""
    return {row["id"]: [template(one) for one in row["gold"]["templates"]] for row in rows(file)}


def written(templates: Sequence[Template]) -> list[Json]:
    """Templates in the form of the file."""
    return [{slot: msgspec.to_builtins(fills) for slot, fills in one.slots.items()} for one in templates]


def table(found: Json) -> Iterator[str]:
    """Yield the figures as lines for people."""
    for name, row in found.items():
        yield f"{name:14}" + "  ".join(f"{what} {value:5}" for what, value in row.items())


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, or with `--fit` learn; 0 when the file could be read."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.muc4", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--fit", action="store_true", help="learn the maps from FILE and keep them; nothing is scored")
    parser.add_argument("--json", action="store_true", help="print one JSON object of figures and nothing else")
    parser.add_argument("--reader", choices=get_args(ReaderName), default=Settings().reader)
    parser.add_argument("--weights", metavar="DIR", help="engine weights instead of the packaged ones")
    parser.add_argument("--maps", type=Path, default=MAPS, metavar="FILE", help="what was learned from keys")
    parser.add_argument("--out", type=Path, metavar="FILE", help="keep the templates (JSON Lines)")
    parser.add_argument("--readings", type=Path, metavar="FILE", help="keep what the product read here, and use what is kept")
    args = parser.parse_args(arguments)
    try:
        views = [View(one) for one in kept(args.file, args.readings, args.reader, args.weights)]
    except CounterclaimError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    if args.fit:
        args.maps.write_bytes(msgspec.json.encode(fit_maps(views, keys(args.file))) + b"\n")
        return 0
    writer = Writer(load(args.maps))
    said = {view.seen.id: writer.templates(view) for view in views}
    if args.out:
        args.out.write_text("".join(json.dumps({"id": id_, "templates": written(row)}) + "\n" for id_, row in said.items()), encoding="utf-8")
    found = figures(keys(args.file), said)
    for line in [json.dumps(found)] if args.json else table(found):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
