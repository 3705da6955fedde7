"""Measure how far the record carries the roots of PLOVER: what source does to target in a sentence, one of fifteen.

    python -m evaluation.plover --train FILE [--test FILE] [--json] [--reader trained|rules] [--weights DIR]

A line of FILE: `{text, source, target, marked?, gold: {root}}`; `marked` is the text with `<s>source</s>` and `<t>target</t>`.
Every sentence is read once by the product. Two ways lead from what it read to a root, side by side: TABLE, which says what
each kind of claim becomes (the table of docs/reference/codebooks.md), and a map learned from --train: a multinomial logistic
model over the claims and the words. Without --test the figures are of five-fold cross-validation on --train.
Sources: with the table in `evaluation.plover_table`, with the map in `evaluation.plover_map`.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from counterclaim.config import Settings
from counterclaim.core.report import Line, Report
from counterclaim.core.span import Span
from counterclaim.errors import CounterclaimError, InputRefused, NotFound
from counterclaim.pipeline import Pipeline
from counterclaim.plugins import Parsed
from evaluation.plover_map import FOLDS, crossed, features, fit, folds
from evaluation.plover_table import ROOTS, Read, Row, by_table

_TAG = re.compile(r"<(/?)([st])>")


def rows(file: Path) -> list[Row]:
    """The rows of a file, in order. Raises for a file that is not there, or a line that does not say what it must."""
    if not file.is_file():
        raise NotFound(f"no such file: {file}; expected rows of text, source, target and gold root")
    found = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            given = json.loads(line)
            text, root = given["text"], given["gold"]["root"]
            source, target = ends(text, given["source"], given["target"], given.get("marked"))
        except (ValueError, KeyError, TypeError) as error:
            raise InputRefused(f"{file}, line {number}", f"expected text, source, target and gold root; {error!r}") from error
        if root not in ROOTS:
            raise InputRefused(f"{file}, line {number}", f"expected one of {', '.join(ROOTS)}; its root is {root!r}")
        found.append(Row(text, source, target, root))
    return found


def ends(text: str, source: str, target: str, marked: str | None = None) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Where source and target stand: at their marks when there are any for this text, else wherever the text has their words."""
    found: dict[str, list[Span]] = {"s": [], "t": []}
    if marked is not None and _TAG.sub("", marked) == text:
        taken = opened = 0
        for tag in _TAG.finditer(marked):
            at = tag.start() - taken
            if tag[1]:
                found[tag[2]].append(Span(opened, at))
            opened = at
            taken += len(tag[0])
    for end, words in (("s", source), ("t", target)):
        if not found[end] and words:
            found[end] = [Span(m.start(), m.end()) for m in re.finditer(re.escape(words), text)]
    return tuple(found["s"]), tuple(found["t"])


def reader(name: str, weights: Path | None = None) -> Callable[[str], Read]:
    """The product with this reader (and these weights): a text → what it read there. Texts that are refused give nothing."""
    pipeline = Pipeline(Settings(reader="rules" if name == "rules" else "trained", weights=str(weights) if weights else None))
    parse = pipeline.parse
    last: list[Parsed] = []

    def remembered(text: str, lines: Iterable[Line]) -> Parsed:
        last[:] = [parse(text, lines)]
        return last[0]

    pipeline.parse = remembered

    def read(text: str) -> Read:
        try:
            claims = pipeline.read(Report(id="row", text=text)).claims
        except InputRefused:
            return Read((), (), ())
        return Read(claims, tuple(last[0].sentences), tuple(map(tuple, last[0].triggers)))

    return read


def scores(gold: Sequence[str], said: Sequence[str | None]) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 in percent of every root that is wanted or said."""
    found = {}
    for root in sorted({*gold, *(root for root in said if root is not None)}):
        right = sum(g == s == root for g, s in zip(gold, said, strict=True))
        told, wanted = sum(s == root for s in said), sum(g == root for g in gold)
        found[root] = {
            "p": round(100 * right / told, 2) if told else 0.0,
            "r": round(100 * right / wanted, 2) if wanted else 0.0,
            "f1": round(200 * right / (told + wanted), 2),
        }
    return found


def macro(found: Mapping[str, Mapping[str, float]]) -> float:
    """The mean F1 of the roots."""
    return round(sum(row["f1"] for row in found.values()) / len(found), 2) if found else 0.0


def measure(train: Sequence[Row], test: Sequence[Row] | None, read: Callable[[str], Read]) -> dict[str, Any]:
    """The figures of both ways on the test rows, or on the training rows by cross-validation."""
    seen = [read(row.text) for row in train]
    examples, labels = [features(row, what) for row, what in zip(train, seen, strict=True)], [row.root for row in train]
    if test is None:
        asked, learned = train, crossed(examples, labels, folds(train))
    else:
        asked, seen = test, [read(row.text) for row in test]
        learned = fit(examples, labels)([features(row, what) for row, what in zip(test, seen, strict=True)])
    gold = [row.root for row in asked]
    table = [by_table(row, what) for row, what in zip(asked, seen, strict=True)]
    covered = [i for i, root in enumerate(table) if root is not None]
    by_map, by_rows = scores(gold, learned), scores(gold, table)
    return {
        "root_macro_f1": macro(by_map),
        "root_accuracy": _share(sum(g == s for g, s in zip(gold, learned, strict=True)), len(gold)),
        "table_macro_f1": macro(by_rows),
        "table_macro_f1_covered": macro(scores([gold[i] for i in covered], [table[i] for i in covered])),
        "table_accuracy_covered": _share(sum(gold[i] == table[i] for i in covered), len(covered)),
        "table_coverage": _share(len(covered), len(gold)),
        "rows": len(gold),
        "trained_on": len(train),
        "folds": FOLDS if test is None else 0,
        "roots": {root: {"rows": gold.count(root), **row, "table_f1": by_rows.get(root, {"f1": 0.0})["f1"]} for root, row in by_map.items()},
    }


def _share(part: int, whole: int) -> float:
    return round(100 * part / whole, 2) if whole else 0.0


def table_lines(found: Mapping[str, Any]) -> Iterator[str]:
    """The figures as lines for people."""
    for root, row in found["roots"].items():
        yield f"{root:10} rows {row['rows']:4}  map p {row['p']:6}  r {row['r']:6}  f1 {row['f1']:6}  table f1 {row['table_f1']:6}"
    yield f"ALL        rows {found['rows']:4}  map macro-F1 {found['root_macro_f1']}, accuracy {found['root_accuracy']}" + (
        f" ({found['folds']} folds)" if found["folds"] else f" (learned from {found['trained_on']} rows)"
    )
    yield (
        f"table      {found['table_coverage']} % of the rows have a root; macro-F1 {found['table_macro_f1']} on all rows, "
        f"{found['table_macro_f1_covered']} on those (accuracy {found['table_accuracy_covered']})"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measurement."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.plover", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", type=Path, required=True, metavar="FILE", help="rows to learn the map from")
    parser.add_argument("--test", type=Path, metavar="FILE", help="rows to measure on; without it, five-fold cross-validation on --train")
    parser.add_argument("--reader", choices=("trained", "rules"), default="trained")
    parser.add_argument("--weights", type=Path, metavar="DIR", help="the engine's weights; without it the shipped ones")
    parser.add_argument("--json", action="store_true", help="print one JSON object of figures and nothing else")
    args = parser.parse_args(arguments)
    try:
        train, test = rows(args.train), rows(args.test) if args.test else None
        found = measure(train, test, reader(args.reader, args.weights))
    except CounterclaimError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    for line in [json.dumps(found)] if args.json else table_lines(found):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
